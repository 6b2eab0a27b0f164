package merge

import (
	"fmt"
	"slices"
	"strings"
	"testing"

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

// change does to a text what people do to it: a word here, a unit there; with
// words of its own, so that the merge can be asked for them.
func change(t *rapid.T, d *law.Document, name string) *law.Document {
	lines := d.Lines()
	fresh := 0
	word := func() string {
		fresh++
		return fmt.Sprintf("%s%d", name, fresh)
	}
	for range rapid.IntRange(0, 6).Draw(t, name+" changes") {
		if len(lines) < 2 {
			break
		}
		i := rapid.IntRange(0, len(lines)-1).Draw(t, "line")
		n := min(rapid.IntRange(1, 4).Draw(t, "lines"), len(lines)-i)
		words := strings.Fields(lines[i].Text)
		at := rapid.IntRange(0, len(words)).Draw(t, "word")
		switch rapid.SampledFrom([]string{"insert word", "replace word", "delete word", "delete", "insert", "number", "move", "split", "join", "rewrite"}).Draw(t, "what") {
		case "insert word":
			lines[i].Text = strings.Join(slices.Insert(words, at, word()), " ")
		case "replace word":
			words[min(at, len(words)-1)] = word()
			lines[i].Text = strings.Join(words, " ")
		case "delete word":
			if len(words) > 1 {
				at = min(at, len(words)-1)
				lines[i].Text = strings.Join(slices.Delete(words, at, at+1), " ")
			}
		case "delete":
			lines = slices.Delete(lines, i, i+n)
		case "insert":
			lines = slices.Insert(lines, i, law.Line{Text: "Новая часть " + word() + " " + word() + "."})
		case "number":
			form := rapid.SampledFrom([]string{"Статья %d-1. О новом", "%d-1. Новый", "%d) новый"}).Draw(t, "form")
			text := fmt.Sprintf(form, rapid.IntRange(1, 9).Draw(t, "number"))
			lines = slices.Insert(lines, i, law.Line{Text: text + " " + word() + ";"})
		case "move":
			block := slices.Clone(lines[i : i+n])
			lines = slices.Delete(lines, i, i+n)
			to := rapid.IntRange(0, len(lines)).Draw(t, "to")
			lines = slices.Insert(lines, to, block...)
		case "split":
			if at > 0 && at < len(words) {
				lines[i].Text = strings.Join(words[:at], " ")
				lines = slices.Insert(lines, i+1, law.Line{Text: strings.Join(words[at:], " ")})
			}
		case "join":
			if i+1 < len(lines) {
				lines[i].Text += " " + lines[i+1].Text
				lines = slices.Delete(lines, i+1, i+2)
			}
		case "rewrite":
			lines[i].Text = word() + " " + word() + "."
			if strings.ContainsAny(words[0], "0123456789") {
				lines[i].Text = words[0] + " " + lines[i].Text
			}
		}
	}
	for i := range lines {
		lines[i].From, lines[i].To = i+1, i+1
	}
	return law.Build(d.Lang, d.Title, lines)
}

// some takes a stretch of the sample law.
func some(t *rapid.T, whole *law.Document) *law.Document {
	lines := whole.Lines()
	from := rapid.IntRange(0, len(lines)-1).Draw(t, "from")
	lines = slices.Clone(lines[from:min(len(lines), from+rapid.IntRange(1, 40).Draw(t, "length"))])
	for i := range lines {
		lines[i].From, lines[i].To = i+1, i+1
	}
	return law.Build(whole.Lang, whole.Title, lines)
}

func resolve(t *rapid.T, r *Result, take Take) *Text {
	choices := make([]Choice, len(r.Conflicts))
	for i := range choices {
		choices[i] = Choice{Take: take, Lines: []string{"Решено."}}
	}
	got, err := r.Resolve(choices...)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func lineBag(d *law.Document) map[string]int {
	out := map[string]int{}
	for _, l := range d.Lines() {
		out[l.Text]++
	}
	return out
}

func bag(s string) map[string]int {
	out := map[string]int{}
	for _, w := range strings.Fields(s) {
		out[w]++
	}
	return out
}

func TestOneSideAlone(t *testing.T) {
	for _, lang := range []law.Lang{law.RU, law.KK} {
		whole := sampleText(t, lang)
		rapid.Check(t, func(t *rapid.T) {
			base := some(t, whole)
			mine := change(t, base, "мой")
			for _, tc := range []struct {
				what       string
				b, m, t, w *law.Document
			}{
				{"b, m, b", base, mine, base, mine},
				{"b, b, m", base, base, mine, mine},
				{"b, m, m", base, mine, mine, mine},
				{"b, b, b", base, base, base, base},
			} {
				r := Merge(tc.b, tc.m, tc.t)
				if len(r.Conflicts) > 0 {
					t.Fatalf("%s: conflicts %+v", tc.what, r.Conflicts)
				}
				if got := resolve(t, r, Mine); got.Markdown() != tc.w.Markdown() {
					t.Fatalf("%s: got\n%s\nwant\n%s\nbase\n%s", tc.what, got.PlainText(), tc.w.PlainText(), base.PlainText())
				}
			}
		})
	}
}

func TestNothingIsLost(t *testing.T) {
	for _, lang := range []law.Lang{law.RU, law.KK} {
		whole := sampleText(t, lang)
		rapid.Check(t, func(t *rapid.T) { nothingIsLost(t, some(t, whole)) })
	}
}

func nothingIsLost(t *rapid.T, base *law.Document) {
	mine := change(t, base, "мой")
	theirs := change(t, base, "их")
	r := Merge(base, mine, theirs)
	var conflicts strings.Builder
	for _, c := range r.Conflicts {
		conflicts.WriteString(strings.Join(append(slices.Clone(c.Mine.Lines), c.Theirs.Lines...), " ") + " ")
	}
	merged := resolve(t, r, Mine)
	stands := bag(textOf(merged.Document) + " " + conflicts.String())
	was := bag(textOf(base))
	m, th := bag(textOf(mine)), bag(textOf(theirs))
	for _, side := range [][2]map[string]int{{m, th}, {th, m}} {
		for w, n := range side[0] {
			if n > was[w] && stands[w] < n-max(0, was[w]-side[1][w]) {
				t.Fatalf("%q stands %d times in\n%s\nconflicts %s\nmine\n%s\ntheirs\n%s\nbase\n%s", w, stands[w], textOf(merged.Document), conflicts.String(), textOf(mine), textOf(theirs), textOf(base))
			}
		}
	}
	// A line that one side took out or changed and the other left alone is gone;
	// one that both left alone stands.
	asked := map[string]bool{}
	for _, c := range r.Conflicts {
		for _, l := range slices.Concat(c.Base.Lines, c.Mine.Lines, c.Theirs.Lines) {
			asked[l] = true
		}
	}
	now, m2, t2 := lineBag(merged.Document), lineBag(mine), lineBag(theirs)
	for l, n := range lineBag(base) {
		if asked[l] || n > 1 || m2[l] > n || t2[l] > n {
			continue
		}
		if want := min(m2[l], t2[l]); now[l] != want {
			t.Fatalf("%q stands %d times, want %d\n%s\nmine\n%s\ntheirs\n%s\nbase\n%s", l, now[l], want, textOf(merged.Document), textOf(mine), textOf(theirs), textOf(base))
		}
	}
	// The other way round it is the same but for order.
	back := Merge(base, theirs, mine)
	if len(back.Conflicts) != len(r.Conflicts) {
		t.Fatalf("%d conflicts, and %d the other way round", len(r.Conflicts), len(back.Conflicts))
	}
	a, b := strings.Split(textOf(merged.Document), "\n"), strings.Split(textOf(resolve(t, back, Theirs).Document), "\n")
	slices.Sort(a)
	slices.Sort(b)
	if !slices.Equal(a, b) {
		t.Fatalf("other lines the other way round:\n%s\n\n%s", strings.Join(a, "\n"), strings.Join(b, "\n"))
	}
	for _, take := range []Take{Theirs, Both, Own} {
		got := resolve(t, r, take)
		for name, m := range map[string]map[law.Address]law.Address{"mine": got.Mine, "theirs": got.Theirs, "base": got.Base} {
			for was, now := range m {
				if got.Find(now) == nil {
					t.Fatalf("%s: %s of %s is said to be at %s", take, was, name, now)
				}
			}
		}
	}
}

func FuzzMerge(f *testing.F) {
	f.Add(base, strings.Replace(base, "ноты", "афиши", 1), strings.Replace(base, "2. Шуметь запрещено.\n", "", 1))
	f.Add("а", "", "б\nа")
	f.Fuzz(func(t *testing.T, b, m, th string) {
		if len(b)+len(m)+len(th) > 4000 {
			return
		}
		r := Merge(read(b), read(m), read(th))
		for _, take := range []Take{Mine, Theirs, Both, Own} {
			choices := slices.Repeat([]Choice{{Take: take, Lines: []string{"x"}}}, len(r.Conflicts))
			if _, err := r.Resolve(choices...); err != nil {
				t.Fatal(err)
			}
		}
	})
}
