package diffing

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/law"
	"pgregory.net/rapid"
)

// truth is what a pair of diff-pairs, or of our generator, is known to be.
type truth struct {
	Pairs []truePair `json:"pairs"`
	Ideal int        `json:"ideal_marked_chars"`
}

type truePair struct {
	Old, New int
	Flags    []string
}

func (p *truePair) UnmarshalJSON(b []byte) error {
	return json.Unmarshal(b, &[]any{&p.Old, &p.New, &p.Flags})
}

// figures measure a comparison against the truth, as issue 3 asks.
type figures struct {
	f1, precision, recall float64 // of aligned lines
	found, right          float64 // of moved lines: recall, precision
	marked                float64 // of the ideal
	wrong, missed         [][2]int
	wrongMoves, lostMoves [][2]int
}

func (f figures) String() string {
	return fmt.Sprintf("F1 %.4f (P %.4f R %.4f)  moves found %.3f right %.3f  marked %.3f of ideal", f.f1, f.precision, f.recall, f.found, f.right, f.marked)
}

func measure(t testing.TB, r *Result, want truth) figures {
	t.Helper()
	checkResult(t, r)
	var f figures
	ours, theirs := map[[2]int]bool{}, map[[2]int]bool{}
	moved, trueMoved := map[[2]int]bool{}, map[[2]int]bool{}
	for _, p := range r.Pairs {
		if p.From == nil || p.To == nil {
			continue
		}
		for a := p.From.First; a <= p.From.Last; a++ {
			for b := p.To.First; b <= p.To.Last; b++ {
				ours[[2]int{a, b}] = true
				if p.Moved {
					moved[[2]int{a, b}] = true
				}
			}
		}
	}
	for _, p := range want.Pairs {
		k := [2]int{p.Old, p.New}
		theirs[k] = true
		if strings.Contains(strings.Join(p.Flags, " "), "moved") {
			trueMoved[k] = true
		}
	}
	share := func(got, want map[[2]int]bool) (precision, recall float64, wrong, missed [][2]int) {
		hit := 0
		for k := range got {
			if want[k] {
				hit++
			} else {
				wrong = append(wrong, k)
			}
		}
		for k := range want {
			if !got[k] {
				missed = append(missed, k)
			}
		}
		part := func(of int) float64 {
			if of == 0 {
				return 1
			}
			return float64(hit) / float64(of)
		}
		return part(len(got)), part(len(want)), wrong, missed
	}
	f.precision, f.recall, f.wrong, f.missed = share(ours, theirs)
	f.f1 = 2 * f.precision * f.recall / (f.precision + f.recall)
	f.right, f.found, f.wrongMoves, f.lostMoves = share(moved, trueMoved)
	f.marked = float64(r.Summary.MarkedChars) / float64(want.Ideal)
	return f
}

// checkResult checks what every comparison promises.
func checkResult(t rapid.TB, r *Result) {
	t.Helper()
	seenOld, seenNew := map[*law.Provision]bool{}, map[*law.Provision]bool{}
	notes := map[*law.Note]bool{}
	once := func(s *Side, seen map[*law.Provision]bool) string {
		if s == nil {
			return ""
		}
		if s.Note != nil {
			if notes[s.Note] {
				t.Fatalf("note twice: %q", s.Text)
			}
			notes[s.Note] = true
			return s.Text
		}
		var texts []string
		for _, p := range s.Provisions {
			if seen[p] {
				t.Fatalf("line %d stands twice: %q", p.From, p.Text)
			}
			seen[p] = true
			texts = append(texts, p.Text)
		}
		if got := strings.Join(texts, " "); got != s.Text {
			t.Fatalf("side text %q, provisions %q", s.Text, got)
		}
		return s.Text
	}
	for _, p := range r.Pairs {
		from, to := once(p.From, seenOld), once(p.To, seenNew)
		var a, b strings.Builder
		for _, op := range p.Ops {
			a.WriteString(op.Old())
			b.WriteString(op.New())
		}
		if a.String() != from || b.String() != to {
			t.Fatalf("ops do not rebuild the pair:\n%q\n%q\n%q\n%q", a.String(), from, b.String(), to)
		}
	}
	if len(seenOld) != len(r.From.Provisions) || len(seenNew) != len(r.To.Provisions) || len(notes) != len(r.From.Notes)+len(r.To.Notes) {
		t.Fatalf("provisions %d of %d, %d of %d, notes %d", len(seenOld), len(r.From.Provisions), len(seenNew), len(r.To.Provisions), len(notes))
	}
}

func TestFigures(t *testing.T) {
	for _, c := range []struct {
		name      string
		lang      law.Lang
		f1, moves float64
	}{
		{"law-ru-enacted", law.RU, 0.99, 0.97},
		{"law-kk-draft", law.KK, 0.99, 0.97},
		{"law-ru-hard", law.RU, 0.97, 0.93},
		{"code-ru-draft", law.RU, 0.99, 0.97},
	} {
		t.Run(c.name, func(t *testing.T) {
			old := readText(c.lang, shared(t, "diff-pairs/"+c.name+".old.txt"))
			new := readText(c.lang, shared(t, "diff-pairs/"+c.name+".new.txt"))
			var want truth
			if err := json.Unmarshal([]byte(shared(t, "diff-pairs/"+c.name+".truth.json")), &want); err != nil {
				t.Fatal(err)
			}
			r := Compare(old, new)
			f := measure(t, r, want)
			t.Log(f)
			t.Logf("%+v", r.Summary)
			t.Log("wrong", f.wrong, "missed", f.missed, "moves wrong", f.wrongMoves, "lost", f.lostMoves)
			if f.f1 < c.f1 || f.found < c.moves || f.right < c.moves || f.marked > 1.03 {
				t.Errorf("below the bar: wrong %v missed %v, moves wrong %v lost %v", f.wrong, f.missed, f.wrongMoves, f.lostMoves)
			}
		})
	}
}
