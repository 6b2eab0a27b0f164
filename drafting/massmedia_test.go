package drafting

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tuzetu/tuzetu/law"
)

// TestMassMediaFigures writes the changes between the official editions of the
// mass-media law as instructions, in both languages, and applies them: the next
// edition comes out, provision by provision.
func TestMassMediaFigures(t *testing.T) {
	steps, exact := 0, 0
	for _, lang := range []law.Lang{law.RU, law.KK} {
		for _, pair := range [][2]string{{"2024-06-19", "2025-01-01"}, {"2025-01-01", "2026-03-02"}} {
			t.Run(pair[1]+"/"+string(lang), func(t *testing.T) {
				from, to := edition(t, pair[0], lang), edition(t, pair[1], lang)
				act := changesAsAct(t, from, to)
				if len(act) == 0 {
					t.Fatal("the editions do not differ")
				}
				a, err := Read(lang, act)
				if err != nil {
					t.Fatal(err)
				}
				r := Apply(from, a, "")
				for _, o := range r.Outcomes {
					if o.Status != Applied {
						t.Errorf("%s: %s %s", o.Text, o.Status, o.Reason)
					}
				}
				steps++
				if diff := cmp.Diff(outline(to), outline(law.Build(lang, "", Lines(r.Text)))); diff != "" {
					t.Error(diff)
				} else {
					exact++
				}
			})
		}
	}
	t.Logf("mass-media law: %d of %d steps give the next edition exactly", exact, steps)
}

func edition(t *testing.T, date string, lang law.Lang) *law.Document {
	t.Helper()
	f, err := os.Open(lawdata + "/mass-media-law/" + date + "." + string(lang) + ".md")
	if err != nil {
		t.Skip("../shared absent")
	}
	defer f.Close()
	title, lines, err := law.ReadMarkdown(f)
	if err != nil {
		t.Fatal(err)
	}
	return law.Build(lang, title, lines)
}

func outline(d *law.Document) (out []string) {
	for _, p := range d.Provisions {
		out = append(out, string(p.Address)+" "+p.Text)
	}
	return out
}

// changesAsAct says of each provision that differs what an act would: inserted
// words after the words before them, a new text for what is changed otherwise.
func changesAsAct(t *testing.T, from, to *law.Document) (act []law.Line) {
	t.Helper()
	add := func(form string, args ...any) {
		for _, l := range strings.Split(fmt.Sprintf(form, args...), "\n") {
			act = append(act, law.Line{Text: l, From: len(act) + 1, To: len(act) + 1})
		}
	}
	kk := from.Lang == law.KK
	for _, p := range to.Provisions {
		before := from.Find(p.Address)
		cite := p.Cite().In(from.Lang)
		switch {
		case before == nil && p.Kind == law.Paragraph && kk:
			add("%s-бап мынадай мазмұндағы %s-тармақпен толықтырылсын:\n«%s»;", p.Parent.Number, p.Number, p.Text)
		case before == nil && p.Kind == law.Paragraph:
			add("статью %s дополнить пунктом %s следующего содержания:\n«%s»;", p.Parent.Number, p.Number, p.Text)
		case before == nil:
			t.Fatalf("%s is new", p.Address)
		case before.Text == p.Text:
		default:
			anchor, words, ok := inserted(before.Text, p.Text)
			switch {
			case ok && kk:
				add("%s «%s» деген сөздерден кейін «%s» деген сөздермен толықтырылсын;", cite, anchor, words)
			case ok:
				add("%s после слов «%s» дополнить словами «%s»;", cite, anchor, words)
			case kk:
				add("%s мынадай редакцияда жазылсын:\n«%s»;", cite, p.Text)
			default:
				add("%s изложить в следующей редакции:\n«%s»;", cite, p.Text)
			}
		}
	}
	return act
}

// inserted finds words put into a text, and the shortest run of words before
// them that stands in it once.
func inserted(a, b string) (anchor, words string, ok bool) {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	for i > 0 && a[i-1] != ' ' {
		i--
	}
	if len(b) <= len(a) || !strings.HasSuffix(b, a[i:]) {
		return "", "", false
	}
	words = strings.TrimSpace(b[i : len(b)-len(a[i:])])
	before := strings.Fields(a[:i])
	for n := 2; n <= len(before); n++ {
		anchor = strings.Join(before[len(before)-n:], " ")
		if strings.Count(a, anchor) == 1 {
			return anchor, words, words != ""
		}
	}
	return "", "", false
}
