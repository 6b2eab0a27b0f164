package zan

import (
	"encoding/json"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
)

func served(t testing.TB, address string) string {
	t.Helper()
	w := httptest.NewRecorder()
	sample.Zan().ServeHTTP(w, httptest.NewRequest("GET", address, nil))
	if w.Code != 200 {
		t.Fatalf("%s: %d", address, w.Code)
	}
	return w.Body.String()
}

// TestSameOutlineAsMarkdown: both sources of an edition give one law.
func TestSameOutlineAsMarkdown(t *testing.T) {
	for _, lang := range []law.Lang{law.KK, law.RU} {
		path := "/api/documents/" + sample.ZanCode + "/" + pathLang(lang)
		for date, body := range map[law.Date]string{
			sample.First:  served(t, path+"/01.03.2025?page=1"),
			sample.Second: served(t, path+"?page=1") + served(t, path+"?page=2"),
		} {
			p, err := ParseText(strings.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			if p.Act != sample.ActID || p.Lang != lang || p.Changed != date || len(p.Doubts) > 0 || p.Editions != 2 || p.Title != sample.Act().Titles[lang] {
				t.Errorf("%+v, doubts %v", p.Info, p.Doubts)
			}
			title, lines, err := law.ReadMarkdown(strings.NewReader(sample.Markdown(lang, date)))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(outline(law.Build(lang, title, lines)), outline(law.Build(p.Lang, p.Title, p.Lines))); diff != "" {
				t.Errorf("%s %s: the blocks (+) are not like the Markdown (-):\n%s", date, lang, diff)
			}
		}
	}
}

func outline(d *law.Document) []string {
	var all []string
	for _, p := range d.Provisions {
		all = append(all, string(p.Address)+" "+law.Fold(p.Text))
	}
	for _, n := range d.Notes {
		all = append(all, "note "+string(n.Address)+" "+law.Fold(n.Text))
	}
	return all
}

// shared is where the real answers lie, next to the project; TestLines and
// TestSameOutlineAsMarkdown are the same on our own writing.
func shared(t testing.TB, pattern string) []string {
	t.Helper()
	if _, err := os.Stat("../../../shared"); err != nil {
		t.Skip("../shared absent")
	}
	files, err := filepath.Glob("../../../shared/lawdata/zan-json/" + pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no %s: %v", pattern, err)
	}
	return files
}

func TestRealAnswer(t *testing.T) {
	f, err := os.Open(shared(t, "document_1_rus.sample.json")[0])
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	p, err := ParseText(f)
	if err != nil {
		t.Fatal(err)
	}
	if p.Act != "K950001000_" || p.Lang != law.RU || p.Changed != "2023-01-01" || p.Adopted != "1995-08-30" || p.Editions != 9 || p.Archived ||
		p.Title != "Конституция Республики Казахстан" || p.CauseHref != "/client/#!/doc/168832/rus" || !strings.HasPrefix(p.Cause, "О внесении изменений и дополнений в Конституцию") {
		t.Errorf("%+v", p)
	}
	d := law.Build(p.Lang, p.Title, p.Lines)
	var addresses []string
	for _, u := range d.Provisions {
		addresses = append(addresses, string(u.Address))
	}
	want := "preamble sec_I art_2 art_2__para_1 art_2__para_3 art_2__para_3-1 art_2__para_4 art_4 art_4__para_1"
	if got := strings.Join(addresses, " "); got != want || len(d.Doubts)+len(p.Doubts) > 0 {
		t.Errorf("got %s, doubts %v %v", got, p.Doubts, d.Doubts)
	}
	if len(d.Notes) != 3 || d.Notes[0].Address != "art_2" || len(d.Notes[0].Acts) != 4 {
		t.Errorf("notes: %+v", d.Notes)
	}
}

// TestRealTexts: acts of all kinds, line by line as blocks. Not a word is lost,
// and what is no law text is known by its words.
func TestRealTexts(t *testing.T) {
	for _, name := range shared(t, "2*.json") {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var flat struct{ Title, Text string }
		if err := json.Unmarshal(raw, &flat); err != nil {
			t.Fatal(err)
		}
		var all []string
		for l := range strings.Lines(flat.Text) {
			j, _ := json.Marshal(map[string]any{"type": "text", "level": 2, "text": l})
			all = append(all, string(j))
		}
		p, err := ParseText(strings.NewReader(answerOf(strings.Join(all, ","))))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var got strings.Builder
		for _, l := range p.Lines {
			got.WriteString(l.Text + " ")
		}
		if law.Squeeze(got.String()) != law.Squeeze(flat.Text) {
			t.Errorf("%s: words were lost", name)
		}
		d := law.Build(p.Lang, p.Title, p.Lines)
		if n := len(d.Provisions) + len(d.Notes); n != len(p.Lines) {
			t.Errorf("%s: %d lines, %d units and notes", name, len(p.Lines), n)
		}
	}
}

// FuzzParseText: whatever comes, it is refused, or nothing of it is lost.
func FuzzParseText(f *testing.F) {
	f.Add(answerOf(blocks("title 2 - О школах\ntable 2\ntableRow 3\ntableCell 4 - а\ntext 1 - 1) б\npre 3 - в¶г")))
	f.Add(served(f, "/api/documents/"+sample.ZanCode+"/kaz?page=1") + served(f, "/api/documents/"+sample.ZanCode+"/kaz?page=2"))
	f.Fuzz(nothingLost)
}

// FuzzBlocks fuzzes the blocks themselves, in the notation of TestLines.
func FuzzBlocks(f *testing.F) {
	f.Add("title 2 - О школах\ntable 2\ntableRow 3\ntableCell 4 - а\ntable 5\ntableRow 6\ntableCell 7 - б\ntext 1 - 1) в\npre 3 - в¶г")
	f.Add("section 2 1\nheading 3 - Раздел I.\nheading 3 - Общее\narticle 3 4-1\nheading 4 - Статья 4-1\nnote 4 - Примечание. Нет.\nimage 4")
	f.Fuzz(func(t *testing.T, list string) { nothingLost(t, answerOf(blocks(list))) })
}

// nothingLost holds every word of every block to be in a line or in the title,
// in order.
func nothingLost(t *testing.T, body string) {
	p, err := ParseText(strings.NewReader(body))
	if err != nil {
		return
	}
	pages, err := decode([]byte(body))
	if err != nil {
		t.Fatal(err)
	}
	var want, got strings.Builder
	titles := true
	for _, a := range pages {
		for _, b := range a.blocks {
			if titles && b.Type == "title" {
				continue
			}
			titles = titles && strings.TrimSpace(string(b.Text)) == ""
			want.WriteString(string(b.Text))
		}
	}
	last := 0
	for _, l := range p.Lines {
		if l.Text == "" || l.Text != law.Squeeze(l.Text) || l.From < last || l.To < l.From {
			t.Errorf("%+v after %d", l, last)
		}
		last = l.From
		got.WriteString(l.Text)
	}
	letters := func(s string) string { return strings.NewReplacer(" ", "", "|", "").Replace(law.Squeeze(s)) }
	if letters(got.String()) != letters(want.String()) {
		t.Errorf("got %q, want %q", letters(got.String()), letters(want.String()))
	}
}
