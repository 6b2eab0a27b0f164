package diffing

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tuzetu/tuzetu/law"
	"pgregory.net/rapid"
)

func blameText(b []Blamed) (out []string) {
	for _, p := range b {
		s := ""
		for _, span := range p.Spans {
			s += fmt.Sprintf("[%d %s]", span.Edition, span.Text)
		}
		out = append(out, s)
	}
	return out
}

func TestBlame(t *testing.T) {
	editions := []*law.Document{
		document(law.RU, "Статья 1. Маяк", "1. Маяк светит ночью на три мили.", "2. Журнал хранится пять лет, затем уничтожается."),
		document(law.RU, "Статья 1. Маяк", "1. Маяк светит ночью и в туман на три мили.", "2. Журнал хранится пять лет, затем уничтожается."),
		document(law.RU, "Статья 1. Маяк", "1. Журнал хранится десять лет, затем уничтожается.", "2. Маяк светит ночью и в туман на пять миль.", "3. Вход воспрещен."),
	}
	want := []string{
		"[0 Статья 1. Маяк]",
		"[2 1][0 . Журнал хранится ][2 десять ][0 лет, затем уничтожается.]",
		"[2 2][0 . Маяк светит ночью ][1 и в туман ][0 на ][2 пять миль][0 .]",
		"[2 3. Вход воспрещен.]",
	}
	if diff := cmp.Diff(want, blameText(Blame(editions...))); diff != "" {
		t.Error(diff)
	}
	if Blame() != nil {
		t.Error("blame of nothing")
	}
}

// On the real editions only the words the amending laws brought are young.
func TestBlameMassMedia(t *testing.T) {
	for _, lang := range []law.Lang{law.RU, law.KK} {
		var editions []*law.Document
		for _, date := range []string{"2024-06-19", "2025-01-01", "2026-03-02"} {
			editions = append(editions, readMarkdown(t, lang, shared(t, "mass-media-law/"+date+"."+string(lang)+".md")))
		}
		young := map[int][]string{}
		acts := map[string]string{}
		for _, b := range Blame(editions...) {
			seen := 0
			for _, s := range b.Spans {
				if s.Edition > 0 && s.Edition != seen {
					seen = s.Edition
					young[seen] = append(young[seen], string(b.Provision.Address))
					for _, a := range s.Acts {
						acts[string(b.Provision.Address)] += a.Number + " "
					}
				}
			}
		}
		want := map[int][]string{
			1: {"art_1__subpara_35"},
			2: {"art_2__para_4", "art_14__para_7", "art_23__para_3", "art_25__para_1__subpara_3", "art_67__para_4"},
		}
		if diff := cmp.Diff(want, young); diff != "" {
			t.Error(lang, diff)
		}
		wantActs := map[string]string{
			"art_2__para_4": "248-VIII ", "art_14__para_7": "231-VIII ", "art_23__para_3": "248-VIII ",
			"art_25__para_1__subpara_3": "248-VIII ", "art_67__para_4": "248-VIII ",
		}
		if diff := cmp.Diff(wantActs, acts); diff != "" {
			t.Error(lang, diff)
		}
	}
}

func TestBlameProperties(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var editions []*law.Document
		for range rapid.IntRange(1, 4).Draw(rt, "editions") {
			editions = append(editions, document(law.RU, rapid.SliceOfN(rapid.Custom(drawLine), 0, 8).Draw(rt, "lines")...))
		}
		for _, b := range Blame(editions...) {
			s := ""
			for _, span := range b.Spans {
				s += span.Text
			}
			if s != b.Provision.Text {
				rt.Fatalf("spans %q, text %q", s, b.Provision.Text)
			}
		}
	})
	r := rand.New(rand.NewPCG(1, 1))
	base := sampleLaw(r, law.KK, 30)
	g := &generator{Rand: r, donor: sampleLaw(r, law.KK, 10), hard: true, draft: true}
	next, _ := g.make(base)
	for _, b := range Blame(document(law.KK, base...), document(law.KK, next...), document(law.KK, next...)) {
		for _, span := range b.Spans {
			if span.Edition == 2 {
				t.Fatalf("nothing came with the last edition: %q", strings.TrimSpace(span.Text))
			}
		}
	}
}
