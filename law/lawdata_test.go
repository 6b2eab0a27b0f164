package law

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// lawdata is the folder of real texts beside the project. Tests on them are
// skipped where it is absent; each has a twin on our own sample act.
const lawdata = "../../shared/lawdata"

func needLawdata(t testing.TB) {
	t.Helper()
	if _, err := os.Stat(lawdata); err != nil {
		t.Skip("../shared absent")
	}
}

func globLawdata(t testing.TB, patterns ...string) []string {
	t.Helper()
	needLawdata(t)
	var files []string
	for _, p := range patterns {
		found, err := filepath.Glob(filepath.Join(lawdata, p))
		if err != nil || len(found) == 0 {
			t.Fatalf("no file matches %s: %v", p, err)
		}
		files = append(files, found...)
	}
	return files
}

// readFile reads a text by the ending of its name.
func readFile(t testing.TB, path string) *Document {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return readBytes(t, path, raw)
}

func readBytes(t testing.TB, path string, raw []byte) *Document {
	t.Helper()
	lang := RU
	if strings.Contains(path, ".kk.") || strings.Contains(path, "_kz.") || strings.Contains(path, "-kk-") {
		lang = KK
	}
	var title string
	var lines []Line
	var err error
	if strings.HasSuffix(path, ".md") {
		title, lines, err = ReadMarkdown(bytes.NewReader(raw))
	} else {
		lines, err = ReadText(bytes.NewReader(raw))
	}
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return Build(lang, title, lines)
}

// wholeText is everything a document holds, in order, blanks folded.
func wholeText(d *Document) string {
	var b strings.Builder
	if d.Title != "" {
		b.WriteString(d.Title + " ")
	}
	d.each(func(p *Provision, n *Note) {
		if n != nil {
			b.WriteString(n.Text + " ")
			return
		}
		b.WriteString(p.Text + " ")
	})
	return Squeeze(b.String())
}

var (
	testMarks   = regexp.MustCompile(`(?m)^[ \t]*(?:#+ |> \*|\*\*)|\*\*?[ \t]*$|<a id="[^"]*"></a>`)
	testEscapes = regexp.MustCompile(`\\(.)`)
)

// foldedInput is the input as the promise of completeness states it: blanks
// folded, Markdown marks and escapes removed.
func foldedInput(path string, raw []byte) string {
	s := string(raw)
	if strings.HasSuffix(path, ".md") {
		s = testEscapes.ReplaceAllString(testMarks.ReplaceAllString(s, ""), "$1")
	}
	return Squeeze(s)
}

func TestNothingIsLost(t *testing.T) {
	files := globLawdata(t, "mass-media-law/*.md", "adilet-text/*.txt", "diff-pairs/*.txt",
		"amendments/*/*.txt")
	for _, path := range files {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		sameText(t, path, wholeText(readBytes(t, path, raw)), foldedInput(path, raw))
	}
	t.Logf("%d texts, every character kept", len(files))
}

func sameText(t *testing.T, path, got, want string) {
	t.Helper()
	if got == want {
		return
	}
	i := 0
	for i < len(got) && i < len(want) && got[i] == want[i] {
		i++
	}
	t.Errorf("%s: texts part at byte %d:\n got …%.120q\nwant …%.120q", path, i, got[max(0, i-40):], want[max(0, i-40):])
}

func TestMarkdownReadsBack(t *testing.T) {
	for _, path := range globLawdata(t, "mass-media-law/*.md", "adilet-text/*.txt", "diff-pairs/*.old.txt", "ua-press-law/*.md") {
		readsBack(t, path, readFile(t, path))
	}
}

// readsBack proves that Markdown keeps kinds, addresses, texts and notes.
func readsBack(t *testing.T, name string, d *Document) {
	t.Helper()
	title, lines, err := ReadMarkdown(strings.NewReader(d.Markdown()))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	back := Build(d.Lang, title, lines)
	if got, want := shape(back), shape(d); got != want {
		t.Errorf("%s: Markdown reads back as another document:\n%s", name, firstDifference(got, want))
	}
}

func shape(d *Document) string {
	var b strings.Builder
	fmt.Fprintf(&b, "title %s\n", d.Title)
	d.each(func(p *Provision, n *Note) {
		if n != nil {
			fmt.Fprintf(&b, "note %s %v %v\n", n.Text, n.Links, n.Acts)
			return
		}
		fmt.Fprintf(&b, "%s %s %s %v\n", p.Address, p.Kind, p.Text, p.Links)
	})
	return b.String()
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return fmt.Sprintf("line %d\n got %.300s\nwant %.300s", i, g[i], w[i])
		}
	}
	return fmt.Sprintf("%d lines against %d", len(g), len(w))
}

func TestMassMediaLaw(t *testing.T) {
	needLawdata(t)
	for _, edition := range []struct {
		date       string
		paragraphs int
		notes      int
	}{{"2024-06-19", 241, 7}, {"2025-01-01", 241, 6}, {"2026-03-02", 242, 11}} {
		var addresses [2][]Address
		for i, lang := range []string{"ru", "kk"} {
			d := readFile(t, filepath.Join(lawdata, "mass-media-law", edition.date+"."+lang+".md"))
			count := map[Kind]int{}
			for _, p := range d.Provisions {
				count[p.Kind]++
				addresses[i] = append(addresses[i], p.Address)
			}
			want := map[Kind]int{Chapter: 9, Article: 70, Remark: 2, Signature: 2, Preamble: 1, Subparagraph: 253, Paragraph: edition.paragraphs, Part: 98, Indent: 12}
			for k, n := range want {
				if count[k] != n {
					t.Errorf("%s %s: %d × %s, want %d", edition.date, lang, count[k], k, n)
				}
			}
			if count[Text] > 0 {
				t.Errorf("%s %s: %d lines not understood: %v", edition.date, lang, count[Text], d.Doubts)
			}
			if len(d.Doubts) > 1 {
				t.Errorf("%s %s: doubts %v", edition.date, lang, d.Doubts)
			}
			checkMassMediaPlaces(t, d)
		}
		if !slices.Equal(addresses[0], addresses[1]) {
			t.Errorf("%s: the ru and kk texts differ in their addresses", edition.date)
		}
		t.Logf("%s: %d addresses, the same in ru and kk", edition.date, len(addresses[0]))
	}
}

func checkMassMediaPlaces(t *testing.T, d *Document) {
	t.Helper()
	for _, a := range []Address{
		"preamble", "chp_9", "art_1__part_1", "art_1__subpara_56", "art_2__remark", "art_40__remark",
		"art_22__para_6__subpara_1", "art_22__para_6__subpara_2",
		"art_22__para_6__part_2", "art_22__para_6__part_2__subpara_1", "art_22__para_6__part_2__subpara_2__indent_4",
		"art_5__para_3__part_2__subpara_2", "art_14__para_5__part_2", "art_45__para_2__indent_2",
		"art_45__para_1__subpara_3__part_2", "art_70__para_2__indent_2", "signature_1", "signature_2",
	} {
		if d.Find(a) == nil {
			t.Errorf("%s: no %s", d.Lang, a)
		}
	}
	if d.Find("art_1__subpara_57") != nil || d.Find("art_71") != nil {
		t.Errorf("%s: more units than the law has", d.Lang)
	}
}

// TestLanguagesAgree lists where the ru and kk texts of three laws differ in
// structure; the differences are the texts' own and are known one by one.
func TestLanguagesAgree(t *testing.T) {
	needLawdata(t)
	for name, known := range map[string]int{
		"law_on_child_rights":             6, // art. 35, 39 and 52 differ in the texts; the signature is on one line in ru
		"law_on_consumer_protection":      1, // kk repeats the heading of art. 6
		"law_on_personal_data_protection": 1, // the signature is on three lines in ru
	} {
		ru := readFile(t, filepath.Join(lawdata, "adilet-text", name+".txt"))
		kk := readFile(t, filepath.Join(lawdata, "adilet-text", name+"_kz.txt"))
		differ := 0
		report := func(lang string, a, b *Document) {
			for _, p := range a.Provisions {
				if b.Find(p.Address) == nil {
					differ++
					t.Logf("%s: only in %s: %s, line %d: %s", name, lang, p.Address, p.From, shorten(p.Text, 60))
				}
			}
		}
		report("ru", ru, kk)
		report("kk", kk, ru)
		all := len(ru.Provisions) + len(kk.Provisions)
		t.Logf("%s: share of addresses in both languages %.4f", name, 1-float64(differ)/float64(all))
		if differ > known {
			t.Errorf("%s: %d addresses differ, %d are known", name, differ, known)
		}
	}
}

// TestCitationsReadBack writes the citation of every provision of every text in
// three languages, reads it, and finds the provision again.
func TestCitationsReadBack(t *testing.T) {
	for _, path := range globLawdata(t, "mass-media-law/*.md", "adilet-text/*.txt") {
		citationsReadBack(t, path, readFile(t, path))
	}
}

func citationsReadBack(t *testing.T, path string, d *Document) {
	t.Helper()
	byKey := map[string]int{}
	for _, p := range d.Provisions {
		byKey[p.Cite().In(RU)]++
	}
	for _, p := range d.Provisions {
		switch p.Kind {
		case Signature, Table, Text:
			continue // nobody cites them
		}
		for _, lang := range Langs {
			words := p.Cite().In(lang)
			c, err := ParseCitation(lang, words)
			if err != nil {
				t.Fatalf("%s: %s: %v", path, p.Address, err)
			}
			found := d.Resolve(c, nil)
			if !slices.Contains(found, p) {
				t.Fatalf("%s: %q does not lead back to %s but to %d others (%+v)", path, words, p.Address, len(found), c)
			}
			if len(found) > 1 && byKey[p.Cite().In(RU)] == 1 && lang != EN {
				t.Errorf("%s: %q of %s is ambiguous: also %s", path, words, p.Address, found[1].Address)
			}
		}
	}
}

func BenchmarkBuild(b *testing.B) {
	needLawdata(b)
	raw, err := os.ReadFile(filepath.Join(lawdata, "diff-pairs", "code-ru-draft.old.txt"))
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(raw)))
	for b.Loop() {
		lines, err := ReadText(bytes.NewReader(raw))
		if err != nil {
			b.Fatal(err)
		}
		Build(RU, "", lines)
	}
}
