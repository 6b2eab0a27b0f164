package watch

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
)

func key(date law.Date) law.EditionKey {
	return law.EditionKey{Act: sample.ActID, Status: law.Enacted, Date: date, Lang: law.RU}
}

func documentOf(lines ...string) *law.Document {
	var in []law.Line
	for n, s := range lines {
		in = append(in, law.Line{Text: s, From: n + 1, To: n + 1})
	}
	return law.Build(law.RU, "", in)
}

func lawOf(text string) *law.Document {
	return documentOf(strings.Split(strings.TrimSpace(text), "\n")...)
}

const oldLaw = `Статья 1. Основные понятия
1) вестник – печатное издание библиотеки, которое выходит не реже раза в месяц;
2) читатель – лицо, записанное в библиотеку по месту жительства;
3) фонд – книги, журналы и карты библиотеки;
4) хранитель – работник, который отвечает за фонд.
Статья 2. Ответ на запрос
1. Библиотека отвечает на запрос читателя в течение пяти рабочих дней со дня его получения.
2. Отказ в ответе излагается письменно. Читатель вправе обжаловать отказ в совет читателей.
3. Иные полномочия осуществляются в соответствии с законом.
Статья 3. Совет читателей
1. Совет читателей собирается раз в квартал и ведет протокол.
2. Члены совета работают безвозмездно.
3. Иные полномочия осуществляются в соответствии с законом.
Статья 4. Архив вестника
Номера вестника хранятся постоянно.`

func carry(r *diffing.Result, to law.EditionKey, anchors []campaigns.Anchor) []campaigns.Fate {
	c := newCarrying(r, to)
	out := make([]campaigns.Fate, len(anchors))
	for i, a := range anchors {
		out[i] = c.carry(a)
	}
	return out
}

func TestCarry(t *testing.T) {
	replace := func(from, to string) func(string) string {
		return func(s string) string {
			if !strings.Contains(s, from) {
				t.Fatalf("%q does not stand there", from)
			}
			return strings.Replace(s, from, to, 1)
		}
	}
	both := func(f ...func(string) string) func(string) string {
		return func(s string) string {
			for _, g := range f {
				s = g(s)
			}
			return s
		}
	}
	request := "1. Библиотека отвечает на запрос читателя в течение пяти рабочих дней со дня его получения.\n"
	refusal := "2. Отказ в ответе излагается письменно. Читатель вправе обжаловать отказ в совет читателей.\n"
	other2 := "3. Иные полномочия осуществляются в соответствии с законом.\nСтатья 3"
	for _, c := range []struct {
		name   string
		at     law.Address
		quote  string
		change func(string) string
		reason campaigns.FateReason
		now    law.Address
		words  string // "" for those quoted
	}{
		{"nothing changed", "art_2__para_1", "", both(), campaigns.Carried, "art_2__para_1", ""},
		{"another article changed", "art_2__para_1", "", replace("безвозмездно", "за плату"), campaigns.Carried, "art_2__para_1", ""},
		{"other words of it changed", "art_2__para_1", "в течение пяти рабочих дней", replace("со дня его получения", "с момента регистрации"), campaigns.Carried, "art_2__para_1", ""},
		{"its words changed", "art_2__para_1", "в течение пяти рабочих дней", replace("пяти рабочих", "десяти рабочих"), campaigns.Changed, "art_2__para_1", ""},
		{"a word put between its words", "art_2__para_1", "в течение пяти рабочих дней", replace("пяти рабочих", "пяти полных рабочих"), campaigns.Changed, "art_2__para_1", ""},
		{"all of it was quoted, one word changed", "art_2__para_1", "", replace("пяти рабочих", "десяти рабочих"), campaigns.Changed, "art_2__para_1", ""},
		{"only the print changed", "art_1__subpara_2", "", replace("читатель – лицо", "читатель — лицо"), campaigns.Carried, "art_1__subpara_2", "читатель — лицо, записанное в библиотеку по месту жительства;"},
		{"only a sign changed", "art_1__subpara_4", "", replace("отвечает за фонд.", "отвечает за фонд;"), campaigns.Carried, "art_1__subpara_4", "хранитель – работник, который отвечает за фонд;"},
		{"renumbered", "art_1__subpara_3", "", both(replace("4) хранитель", "5) хранитель"), replace("3) фонд", "3) сайт – страница библиотеки в сети, доступная всем читателям;\n4) фонд")), campaigns.Carried, "art_1__subpara_4", ""},
		{"moved to another article", "art_2__para_2", "", both(replace(refusal, ""), replace("3. Иные полномочия осуществляются в соответствии с законом.\nСтатья 4", "4. Отказ в ответе излагается письменно. Читатель вправе обжаловать отказ в совет читателей.\nСтатья 4")), campaigns.Carried, "art_3__para_4", ""},
		{"moved and reworded", "art_2__para_2", "Отказ в ответе", both(replace(refusal, ""), replace("Статья 4", "4. Отказ в ответе излагается устно. Читатель вправе обжаловать такой отказ в совет читателей.\nСтатья 4")), campaigns.Unsure, "", ""},
		{"split, the words in the second part", "art_2__para_2", "Читатель вправе обжаловать отказ", replace(refusal, "2. Отказ в ответе излагается письменно.\n2-1. Читатель вправе обжаловать отказ в совет читателей.\n"), campaigns.Carried, "art_2__para_2-1", ""},
		{"split, the words in both parts", "art_2__para_2", "", replace(refusal, "2. Отказ в ответе излагается письменно.\n2-1. Читатель вправе обжаловать отказ в совет читателей.\n"), campaigns.Parted, "art_2__para_2", ""},
		{"deleted", "art_2__para_1", "", replace(request, ""), campaigns.Removed, "", ""},
		{"excluded, the number stays", "art_1__subpara_3", "", replace("3) фонд – книги, журналы и карты библиотеки;", "3) исключен Законом РК от 01.02.2026 № 2-I;"), campaigns.Removed, "art_1__subpara_3", ""},
		{"deleted, the same words stand in another article", "art_2__para_3", "", replace("3. Иные полномочия осуществляются в соответствии с законом.\nСтатья 3", "Статья 3"), campaigns.Removed, "", ""},
		{"its twin deleted", "art_3__para_3", "", replace(other2, "Статья 3"), campaigns.Carried, "art_3__para_3", ""},
		{"another definition under its number", "art_1__subpara_1", "печатное издание библиотеки", replace("1) вестник – печатное издание библиотеки, которое выходит не реже раза в месяц;", "1) альманах – печатное издание библиотеки, которое выходит не реже раза в год;"), campaigns.Unsure, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			from, to := lawOf(oldLaw), lawOf(c.change(oldLaw))
			a, err := campaigns.AnchorAt(from, key("2026-01-01"), c.at, c.quote)
			if err != nil {
				t.Fatal(err)
			}
			got := carry(diffing.Compare(from, to), key("2026-02-01"), []campaigns.Anchor{a})[0]
			if got.Reason != c.reason || got.Near != c.now {
				t.Fatalf("%q at %q, want %q at %q", got.Reason, got.Near, c.reason, c.now)
			}
			if c.reason != campaigns.Carried {
				if got.Anchor != (campaigns.Anchor{}) {
					t.Errorf("not carried, but %+v", got.Anchor)
				}
				return
			}
			words := a.Quote
			if c.words != "" {
				words = c.words
			}
			if got.Anchor.Quote != words || !got.Anchor.Holds(to.Find(got.Anchor.Address)) || got.Anchor.Edition != key("2026-02-01") {
				t.Errorf("%+v, want %q", got.Anchor, words)
			}
		})
	}
}

// TestCarryMismatch: an anchor of another text is not followed.
func TestCarryMismatch(t *testing.T) {
	d := lawOf(oldLaw)
	good, err := campaigns.AnchorAt(d, key("2026-01-01"), "art_2__para_1", "пяти")
	if err != nil {
		t.Fatal(err)
	}
	var bad []campaigns.Anchor
	for _, spoil := range []func(*campaigns.Anchor){
		func(a *campaigns.Anchor) { a.SHA256 = campaigns.TextSum("") },
		func(a *campaigns.Anchor) { a.Start++ },
		func(a *campaigns.Anchor) { a.Start = -1 },
		func(a *campaigns.Anchor) { a.Start = 1 << 40 },
		func(a *campaigns.Anchor) { a.Quote = "" },
		func(a *campaigns.Anchor) { a.Address = "art_99" },
		func(a *campaigns.Anchor) { a.Address = "art_2__para_2" },
	} {
		a := good
		spoil(&a)
		bad = append(bad, a)
	}
	for i, f := range carry(diffing.Compare(d, d), key("2026-02-01"), bad) {
		if f != (campaigns.Fate{Reason: campaigns.Mismatch}) {
			t.Errorf("%d: %+v", i, f)
		}
	}
}

// anchorsOf is an anchor at every provision and at some words of each.
func anchorsOf(t failer, d *law.Document, k law.EditionKey) (out []campaigns.Anchor) {
	t.Helper()
	for _, p := range d.Provisions {
		whole, err := campaigns.AnchorAt(d, k, p.Address, "")
		if err != nil {
			t.Fatalf("%s: %v", p.Address, err)
		}
		out = append(out, whole)
		words := strings.Fields(p.Text)
		if len(words) < 6 {
			continue
		}
		middle := strings.Join(words[len(words)/3:len(words)/3+3], " ")
		if a, err := campaigns.AnchorAt(d, k, p.Address, middle); err == nil {
			out = append(out, a)
		}
	}
	return out
}

// checkFates proves what holds for any two texts: a carried anchor holds in the
// new one and quotes the same words, and what stood apart stands apart.
func checkFates(t testing.TB, from, to *law.Document, r *diffing.Result) (carried, all int) {
	t.Helper()
	anchors := anchorsOf(t, from, key("2026-01-01"))
	fates := carry(r, key("2026-02-01"), anchors)
	type place struct {
		at    law.Address
		start int
		whole bool
	}
	taken := map[place]int{}
	for i, f := range fates {
		a := anchors[i]
		p := from.Find(a.Address)
		whole := a.Start == campaigns.BodyStart(p)
		if f.Reason != campaigns.Carried {
			if f.Anchor != (campaigns.Anchor{}) {
				t.Errorf("%s: %s, and yet at %s", a.Address, f.Reason, f.Anchor.Address)
			}
			continue
		}
		carried++
		if !f.Anchor.Holds(to.Find(f.Anchor.Address)) || f.Near != f.Anchor.Address {
			t.Errorf("%s: %+v does not hold", a.Address, f.Anchor)
		}
		if letters(f.Anchor.Quote) != letters(a.Quote) {
			t.Errorf("%s %q: carried to %q", a.Address, a.Quote, f.Anchor.Quote)
		}
		at := place{f.Anchor.Address, f.Anchor.Start, whole}
		if other, met := taken[at]; met && anchors[other].Address != a.Address {
			t.Errorf("%s and %s are both at %s", anchors[other].Address, a.Address, at.at)
		}
		taken[at] = i
	}
	return carried, len(fates)
}

// letters of a text as they are compared.
func letters(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(law.Fold(s)), func(r rune) bool { return strings.ContainsRune(" .,;:–—-«»\"()", r) }), " ")
}

func TestCarrySample(t *testing.T) {
	for _, lang := range law.Langs {
		read := func(date law.Date) *law.Document {
			title, lines, err := law.ReadMarkdown(strings.NewReader(sample.Markdown(lang, date)))
			if err != nil {
				t.Fatal(err)
			}
			return law.Build(lang, title, lines)
		}
		first, second, proposed := read(sample.First), read(sample.Second), read(sample.Proposed)
		if n, all := checkFates(t, first, first, diffing.Compare(first, first)); n != all {
			t.Errorf("%s: to itself %d of %d", lang, n, all)
		}
		for _, pair := range [][2]*law.Document{{first, second}, {second, proposed}} {
			r := diffing.Compare(pair[0], pair[1])
			if n, all := checkFates(t, pair[0], pair[1], r); 100*n < 95*all {
				t.Errorf("%s: only %d of %d", lang, n, all)
			}
			anchors := anchorsOf(t, pair[0], key("2026-01-01"))
			for i, f := range carry(r, key("2026-02-01"), anchors) {
				if f.Reason == campaigns.Unsure || f.Reason == campaigns.Mismatch {
					t.Errorf("%s: %s %q: %+v", lang, f.Reason, anchors[i].Quote, f)
				}
			}
		}
	}
}

// TestCarryRealEditions follows every provision of the real laws.
func TestCarryRealEditions(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("..", "..", "shared", "lawdata", "mass-media-law", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Skip("../shared absent")
	}
	slices.Sort(files)
	before := map[string]*law.Document{}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		title, lines, err := law.ReadMarkdown(strings.NewReader(string(b)))
		if err != nil {
			t.Fatal(err)
		}
		lang, _ := law.DetectLang(lines)
		doc := law.Build(lang, title, lines)
		if old := before[string(lang)]; old != nil {
			n, all := checkFates(t, old, doc, diffing.Compare(old, doc))
			t.Logf("%s: %d of %d carried", filepath.Base(name), n, all)
		}
		before[string(lang)] = doc
	}
}

// made is a law whose every line is known by an id, so that it is known where
// each went.
type made struct {
	articles [][]line
}

type line struct {
	id   int
	text string
}

func (m made) document() (*law.Document, []int) {
	var lines []string
	var ids []int
	for n, a := range m.articles {
		for k, l := range a {
			if k == 0 {
				lines = append(lines, fmt.Sprintf("Статья %d. %s", n+1, l.text))
			} else {
				lines = append(lines, fmt.Sprintf("%d. %s", k, l.text))
			}
			ids = append(ids, l.id)
		}
	}
	return documentOf(lines...), ids
}

// TestNeverToALookAlike: laws of a few sentences that repeat and resemble each
// other are edited at random. Whatever happens, a comment goes to the provision
// it was written at, or nowhere.
func TestNeverToALookAlike(t *testing.T) {
	who := []string{"Библиотека", "Редакция", "Совет читателей"}
	what := []string{"отвечает на запрос", "ведет реестр", "хранит номера"}
	when := []string{"в течение пяти рабочих дней", "в течение десяти рабочих дней", "не реже раза в год", "в порядке, установленном законом"}
	carried := 0
	rapid.Check(t, func(t *rapid.T) {
		pick := func(of []string) string { return rapid.SampledFrom(of).Draw(t, "word") }
		next := 0
		sentence := func() line {
			next++
			return line{next, pick(who) + " " + pick(what) + " " + pick(when) + "."}
		}
		heading := func() line { next++; return line{next, pick(who) + " и " + pick(when)} }
		var old made
		for range rapid.IntRange(1, 4).Draw(t, "articles") {
			a := []line{heading()}
			for range rapid.IntRange(1, 4).Draw(t, "paragraphs") {
				a = append(a, sentence())
			}
			old.articles = append(old.articles, a)
		}
		from, oldIDs := old.document()
		now := made{}
		for _, a := range old.articles {
			now.articles = append(now.articles, slices.Clone(a))
		}
		for range rapid.IntRange(1, 3).Draw(t, "changes") {
			n := rapid.IntRange(0, len(now.articles)-1).Draw(t, "article")
			a := now.articles[n]
			k := rapid.IntRange(1, len(a)-1).Draw(t, "paragraph")
			switch rapid.IntRange(0, 2).Draw(t, "change") {
			case 0: // edited
				next++
				a[k].text = strings.TrimSuffix(a[k].text, ".") + fmt.Sprintf(", если иное не указано в перечне %d.", next)
			case 1: // one more before it
				now.articles[n] = slices.Insert(a, k, sentence())
			case 2: // one less, unless it is the last
				if len(a) > 2 {
					now.articles[n] = slices.Delete(a, k, k+1)
				}
			}
		}
		to, newIDs := now.document()
		anchors := anchorsOf(t, from, key("2026-01-01"))
		for i, f := range carry(diffing.Compare(from, to), key("2026-02-01"), anchors) {
			if f.Reason != campaigns.Carried {
				continue
			}
			carried++
			was := from.Find(anchors[i].Address)
			is := to.Find(f.Anchor.Address)
			id, at := oldIDs[was.Index], newIDs[is.Index]
			if id == at {
				continue
			}
			// Word for word the same, and the only one or under its old number: that is
			// no look-alike.
			if same := body(was) == body(is); same && (was.Address == is.Address || bodies(from)[body(was)] == 1 && bodies(to)[body(is)] == 1) {
				continue
			}
			// One that went and one that came between the same neighbours are one that
			// was edited: that is what an edit is.
			if neighbours(oldIDs, newIDs, was.Index) == neighbours(newIDs, oldIDs, is.Index) {
				continue
			}
			t.Fatalf("%s %q went to %s %q, which is another provision\n%v\n%v", was.Address, was.Text, is.Address, is.Text, old, now)
		}
	})
	if carried == 0 {
		t.Error("nothing was ever carried: the test is blind")
	}
}

// neighbours are the nearest before and after a place that stand in the other
// text too.
func neighbours(ids, other []int, at int) [2]int {
	out := [2]int{-1, -1}
	for i, id := range ids {
		if !slices.Contains(other, id) {
			continue
		}
		if i < at {
			out[0] = id
		} else if i > at && out[1] < 0 {
			out[1] = id
		}
	}
	return out
}

// failer is a test or a property.
type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}
