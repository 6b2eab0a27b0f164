package edit

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/drafting"
	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
	"pgregory.net/rapid"
)

func sampleText(t testing.TB, lang law.Lang) *law.Document {
	t.Helper()
	title, lines, err := law.ReadMarkdown(strings.NewReader(sample.Markdown(lang, sample.Second)))
	if err != nil {
		t.Fatal(err)
	}
	return law.Build(lang, title, lines)
}

var words = map[law.Lang][]string{
	law.RU: {"Каталог ведётся картотекой", "Переплётная мастерская чинит обложки", "Гардероб принимает зонты", "Афиша висит у входа"},
	law.KK: {"Каталог картотека түрінде жүргізіледі", "Түптеу шеберханасы мұқабаларды жөндейді", "Киім ілгіш қолшатырларды қабылдайды", "Афиша кіреберісте ілулі тұрады"},
}

// operation is one random operation on a text, and how many lines it puts in
// and takes out.
type operation struct {
	name           string
	unit           *law.Provision // of the text before
	done           *Done
	err            error
	come, gone     int
	edited, placed bool // a line gets other words, or another place
}

func draw(t *rapid.T, d *law.Document) (o operation) {
	pick := func(label string) *law.Provision {
		return d.Provisions[rapid.IntRange(0, len(d.Provisions)-1).Draw(t, label)]
	}
	o.unit = pick("unit")
	p := o.unit
	text := rapid.SampledFrom(words[d.Lang]).Draw(t, "words")
	to := Place{rapid.SampledFrom([]Side{Before, After, Under}).Draw(t, "side"), pick("place").Address}
	o.name = rapid.SampledFrom([]string{"replace", "insert", "insert like", "split", "move", "delete", "exclude", "renumber"}).Draw(t, "operation")
	kinds := []law.Kind{law.Article, law.Paragraph, law.Subparagraph, law.Part, law.Indent}
	switch o.name {
	case "replace":
		o.edited = true
		o.done, o.err = replace(d, p.Address, text+".")
	case "insert":
		o.come = 1
		o.done, o.err = Insert(d, to, Unit{Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), Text: text + "."})
	case "insert like":
		o.come = 1
		o.done, o.err = Insert(d, Place{After, p.Address}, Unit{Kind: p.Kind, Text: text + "."})
	case "split":
		w := strings.Fields(p.Text[p.NumberEnd():])
		at := len(w) / 2
		o.edited, o.come = true, 1
		o.done, o.err = Split(d, p.Address, strings.Join(w[:at], " "), strings.Join(w[at:], " "))
	case "move":
		o.placed, o.edited = true, true
		o.done, o.err = Move(d, p.Address, to)
	case "delete":
		o.gone = len(d.Subtree(p))
		o.done, o.err = Delete(d, p.Address)
	case "exclude":
		o.gone = len(d.Subtree(p)) - 1
		o.edited = true
		o.done, o.err = Exclude(d, p.Address, "")
	case "renumber":
		o.edited = true
		o.done, o.err = Renumber(d, p.Address, p.Number+"-7")
	}
	return o
}

// TestOperationsReadBack: an operation does what it says and nothing else.
func TestOperationsReadBack(t *testing.T) {
	for _, lang := range []law.Lang{law.RU, law.KK} {
		whole := sampleText(t, lang)
		tried, done := 0, 0
		rapid.Check(t, func(t *rapid.T) {
			d := whole
			for range rapid.IntRange(1, 5).Draw(t, "operations") {
				o := draw(t, d)
				tried++
				if o.err != nil {
					var r *Refusal
					if !errors.As(o.err, &r) || o.done != nil {
						t.Fatalf("%s: %v", o.name, o.err)
					}
					continue
				}
				done++
				check(t, d, o)
				d = o.done.Document
			}
		})
		t.Logf("%s: %d of %d operations done", lang, done, tried)
		if done*4 < tried {
			t.Errorf("%s: only %d of %d operations done", lang, done, tried)
		}
	}
}

func check(t *rapid.T, d *law.Document, o operation) {
	now := o.done.Document
	fail := func(format string, args ...any) {
		t.Helper()
		t.Fatalf("%s %s: "+format, append([]any{o.name, o.unit.Address}, args...)...)
	}
	if again := law.Build(d.Lang, d.Title, o.done.Lines); again.Markdown() != now.Markdown() {
		fail("the lines make another document")
	}
	if got, want := len(now.Provisions), len(d.Provisions)+o.come-o.gone; got != want {
		fail("%d provisions, want %d", got, want)
	}
	if want := len(d.Provisions) - o.gone; len(o.done.Now) != want {
		fail("%d provisions are followed, want %d", len(o.done.Now), want)
	}
	// What was not touched has its words, its kind, its number and its holder.
	subtree := d.Subtree(o.unit)
	for was, is := range o.done.Now {
		p, q := d.Find(was), now.Find(is)
		if q == nil {
			fail("%s is said to be at %s", was, is)
		}
		if p == o.unit && (o.edited || o.placed) {
			continue
		}
		if p.Kind != q.Kind || p.Number != q.Number || p.Text != q.Text && !slices.Contains(o.done.Signs, is) && !(o.placed && slices.Contains(subtree, p)) {
			fail("%s %q became %s %q", was, p.Text, is, q.Text)
		}
		if p.Text != q.Text && strings.TrimRight(p.Text, ".;") != strings.TrimRight(q.Text, ".;") {
			fail("more than a sign: %q became %q", p.Text, q.Text)
		}
		if p.Parent != nil && p.Parent != o.unit && (q.Parent == nil || q.Parent.Address != o.done.Now[p.Parent.Address]) {
			fail("%s hangs on %s now", was, q.Address)
		}
	}
	if o.done.At != "" && now.Find(o.done.At) == nil {
		fail("touched %s, which is not there", o.done.At)
	}
	// The differ sees no more than that.
	changes := 0
	r := diffing.Compare(d, now)
	for k := range r.Pairs {
		if p := &r.Pairs[k]; !p.Note && p.Changed() {
			changes++
		}
	}
	most := o.come + o.gone + 2 + len(o.done.Signs)
	if o.placed {
		most += len(subtree)
	}
	// Where the words are the same over and over, either of two may have moved.
	if changes > most && !o.placed {
		fail("%d changes, at most %d expected", changes, most)
	}
	for _, doubt := range now.Doubts {
		if strings.HasPrefix(doubt.Reason, "the address") {
			fail("%s", doubt.Reason)
		}
	}
}

// TestActsOfOperations: what operations did can be ordered by an act: read and
// applied to the text before, it gives the text after, or says what it does not.
func TestActsOfOperations(t *testing.T) {
	for _, lang := range []law.Lang{law.RU, law.KK} {
		whole := sampleText(t, lang)
		acts, entire := 0, 0
		rapid.Check(t, func(t *rapid.T) {
			d := whole
			for range 3 {
				// An act orders an exclusion, not the line that editors leave of it.
				if o := draw(t, d); o.err == nil && o.name != "exclude" {
					d = o.done.Document
				}
			}
			act, err := drafting.Write(whole, d, drafting.WriteOptions{Title: "О залах"})
			if errors.Is(err, drafting.ErrNothing) {
				if len(Of(diffing.Compare(whole, d))) > 0 {
					t.Fatal("changes that are no change")
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			acts++
			if len(act.Unexpressed) > 0 {
				return
			}
			entire++
			var lines []law.Line
			for i, l := range act.Lines {
				lines = append(lines, law.Line{Text: l.Text, From: i + 1, To: i + 1})
			}
			read, err := drafting.Read(lang, lines)
			if err != nil {
				t.Fatal(err)
			}
			r := drafting.Apply(whole, read, "")
			got := law.Build(lang, d.Title, drafting.Lines(r.Text))
			if diff := cmp.Diff(texts(d), texts(got)); diff != "" {
				t.Fatalf("applied, the act gives another text:\n%s\n%s", diff, act.Text())
			}
		})
		t.Logf("%s: %d acts, %d of them order everything", lang, acts, entire)
		if entire*2 < acts {
			t.Errorf("%s: only %d of %d acts order everything", lang, entire, acts)
		}
	}
}

// texts are the provisions without the lines that editors leave of excluded
// ones: an act orders none, and takes none out.
func texts(d *law.Document) (out []string) {
	for _, p := range d.Provisions {
		if !drafting.IsPlaceholder(p) {
			out = append(out, string(p.Address)+" "+law.Fold(p.Text))
		}
	}
	return out
}
