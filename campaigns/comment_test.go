package campaigns

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tuzetu/tuzetu/law"
)

func TestCommentForm(t *testing.T) {
	good := CommentForm{Stance: Object, Body: " Срок\r\nмал.\r ", Given: " Айгүл ", Surname: "Серікова", Lang: law.KK, Agreed: true, Display: true, Wording: "не нужно"}
	got, err := good.Clean()
	if err != nil || got.Body != "Срок\nмал." || got.Given != "Айгүл" || got.Wording != "" || got.ShownName() != "Айгүл С." {
		t.Errorf("%+v, %v", got, err)
	}
	for name, c := range map[string]struct {
		change func(*CommentForm)
		want   FormError
	}{
		"support needs no words":   {func(f *CommentForm) { f.Stance, f.Body = Support, "" }, nil},
		"nor a name":               {func(f *CommentForm) { f.Display, f.Given, f.Surname = false, "", "" }, nil},
		"a shown one has a name":   {func(f *CommentForm) { f.Given = "" }, FormError{FieldGiven: Missing}},
		"an objection has reasons": {func(f *CommentForm) { f.Body = "\n " }, FormError{FieldBody: Missing}},
		"a suggestion has wording": {func(f *CommentForm) { f.Stance, f.Wording = Suggest, "" }, FormError{FieldWording: Missing}},
		"no stance":                {func(f *CommentForm) { f.Stance = "" }, FormError{FieldStance: Missing}},
		"a reply is no stance":     {func(f *CommentForm) { f.Stance = Reply }, FormError{FieldStance: Missing}},
		"a reply to something":     {func(f *CommentForm) { f.Stance, f.Parent = "", 512 }, nil},
		"too long":                 {func(f *CommentForm) { f.Body = strings.Repeat("а", maxCommentBody+1) }, FormError{FieldBody: TooLong}},
		"turned letters":           {func(f *CommentForm) { f.Body = "а\u202eб" }, FormError{FieldBody: BadCharacter}},
		"not agreed":               {func(f *CommentForm) { f.Agreed = false }, FormError{FieldAgreed: Missing}},
		"no language":              {func(f *CommentForm) { f.Lang = "de" }, FormError{FieldLang: Unknown}},
	} {
		f := good
		c.change(&f)
		_, err := f.Clean()
		var wrong FormError
		errors.As(err, &wrong)
		if d := cmp.Diff(c.want, wrong); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

func TestDecision(t *testing.T) {
	for _, c := range []struct {
		d    Decision
		good bool
	}{
		{Decision{By: "a", Verdict: Publish, Comments: []CommentID{1}}, true},
		{Decision{By: "a", Verdict: Reject, Reason: "insult", Comments: []CommentID{1}}, true},
		{Decision{By: "a", Verdict: Undo, Undoes: 1}, true},
		{Decision{Verdict: Publish, Comments: []CommentID{1}}, false},
		{Decision{By: "a", Verdict: Publish}, false},
		{Decision{By: "a", Verdict: Publish, Reason: "insult", Comments: []CommentID{1}}, false},
		{Decision{By: "a", Verdict: Reject, Comments: []CommentID{1}}, false},
		{Decision{By: "a", Verdict: Reject, Reason: "I do not like it", Comments: []CommentID{1}}, false},
		{Decision{By: "a", Verdict: Undo}, false},
		{Decision{By: "a", Verdict: Undo, Undoes: 1, Comments: []CommentID{1}}, false},
		{Decision{By: "a", Verdict: "burn", Comments: []CommentID{1}}, false},
	} {
		if err := c.d.Validate(); (err == nil) != c.good {
			t.Errorf("%+v: %v", c.d, err)
		}
	}
}

func TestAge(t *testing.T) {
	now := time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	for waited, want := range map[time.Duration]Age{0: AgeFresh, 24*time.Hour - 1: AgeFresh, 24 * time.Hour: AgeDue, 72*time.Hour - 1: AgeDue, 72 * time.Hour: AgeLate, -time.Hour: AgeFresh} {
		if got := AgeOf(now.Add(-waited), now); got != want {
			t.Errorf("%s: %s", waited, got)
		}
	}
}

func TestAnchorAt(t *testing.T) {
	var in []law.Line
	for n, s := range []string{"Глава 1. ОБЩИЕ ПОЛОЖЕНИЯ", "Статья 5-1. Срок ответа", "1. Ответ дается в срок, и срок этот – пять дней.", "1) письменно;", "2) ;", "Преамбула без номера, 5 слов."} {
		in = append(in, law.Line{Text: s, From: n + 1, To: n + 1})
	}
	doc := law.Build(law.RU, "", in)
	key := law.EditionKey{Act: "Z2600000001", Status: law.Enacted, Date: "2026-01-01", Lang: law.RU}
	for _, c := range []struct {
		at           law.Address
		quote, words string
		err          error
	}{
		{"chp_1", "", "ОБЩИЕ ПОЛОЖЕНИЯ", nil},
		{"art_5-1", "", "Срок ответа", nil},
		{"art_5-1__para_1", "", "Ответ дается в срок, и срок этот – пять дней.", nil},
		{"art_5-1__para_1__subpara_1", "", "письменно;", nil},
		{"art_5-1__para_1__subpara_2", "", ";", nil},
		{"art_5-1__para_1", "  пять \u00a0дней ", "пять дней", nil},
		{"art_5-1__para_1", "срок", "", ErrQuoteTwice},
		{"art_5-1__para_1", "шесть дней", "", ErrNoQuote},
		{"art_6", "", "", ErrNoProvision},
	} {
		a, err := AnchorAt(doc, key, c.at, c.quote)
		if !errors.Is(err, c.err) || a.Quote != c.words {
			t.Errorf("%s %q: %q, %v", c.at, c.quote, a.Quote, err)
			continue
		}
		if err == nil && (!a.Holds(doc.Find(c.at)) || a.Edition != key) {
			t.Errorf("%s: does not hold: %+v", c.at, a)
		}
	}
}

const template = "Прошу сохранить срок ответа на запрос журналиста в пять рабочих дней, потому что новость через две недели уже никому не нужна, а читатели нашего города имеют право знать о решениях акимата сразу."

func TestAlike(t *testing.T) {
	own := "В нашей редакции трое сотрудников, и мы дважды теряли эксклюзив: ответ на запрос журналиста приходил, когда городские соседи уже всё напечатали."
	for _, c := range []struct {
		name  string
		texts []string
		want  [][]int
	}{
		{"nothing", nil, [][]int{}},
		{"the same", []string{template, own, template}, [][]int{{0, 2}, {1}}},
		{"print differs", []string{template, strings.ReplaceAll(strings.ToUpper(template), "О", "O"), "«" + template + "»!"}, [][]int{{0, 1, 2}}},
		{"two words replaced", []string{template, strings.NewReplacer("Прошу", "Требую", "города", "района").Replace(template)}, [][]int{{0, 1}}},
		{"a sentence of one's own added", []string{template, template + " Я журналист с десятилетним стажем."}, [][]int{{0, 1}}},
		{"one subject, own words", []string{template, own}, [][]int{{0}, {1}}},
		{"short ones, the same", []string{"Поддерживаю!", "поддерживаю", "Не поддерживаю"}, [][]int{{0, 1}, {2}}},
		{"no words", []string{"!!!", "", "!!!"}, [][]int{{0}, {1}, {2}}},
	} {
		if d := cmp.Diff(c.want, Alike(c.texts)); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
	}
}

// TestAlikeOfAnything: every text stands in one group, order does not matter,
// and what reads the same is together.
func TestAlikeOfAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.Custom(func(t *rapid.T) string {
			return strings.Join(rapid.SliceOfN(rapid.SampledFrom(strings.Fields(template)), 0, 20).Draw(t, "words"), " ")
		})
		texts := rapid.SliceOfN(text, 0, 12).Draw(t, "texts")
		groups := Alike(texts)
		of := make([]int, len(texts))
		seen := map[int]bool{}
		for n, g := range groups {
			if len(g) == 0 || !slices.IsSorted(g) || n > 0 && groups[n-1][0] >= g[0] {
				t.Fatalf("%v", groups)
			}
			for _, i := range g {
				if seen[i] {
					t.Fatalf("%d stands twice: %v", i, groups)
				}
				seen[i], of[i] = true, n
			}
		}
		if len(seen) != len(texts) {
			t.Fatalf("%d of %d", len(seen), len(texts))
		}
		back := slices.Clone(texts)
		slices.Reverse(back)
		backOf := make([]int, len(texts))
		for n, g := range Alike(back) {
			for _, i := range g {
				backOf[len(texts)-1-i] = n
			}
		}
		for i := range texts {
			for j := range texts {
				if (of[i] == of[j]) != (backOf[i] == backOf[j]) {
					t.Fatalf("%q and %q: it depends on their order", texts[i], texts[j])
				}
				if texts[i] == texts[j] && texts[i] != "" && of[i] != of[j] {
					t.Fatalf("%q twice, in two groups", texts[i])
				}
			}
		}
	})
}

func BenchmarkAlike(b *testing.B) {
	var texts []string
	for i := range 2000 {
		texts = append(texts, fmt.Sprintf("%s Подпись %d.", template, i%500))
	}
	for b.Loop() {
		Alike(texts)
	}
}

func TestCSVCell(t *testing.T) {
	for in, want := range map[string]string{
		"":                       "",
		"Срок":                   "Срок",
		"5 - 3":                  "5 - 3",
		"a=b":                    "a=b",
		"=1+1":                   "'=1+1",
		"+7 701":                 "'+7 701",
		"-1":                     "'-1",
		"@SUM(A1)":               "'@SUM(A1)",
		"\t=1":                   "'\t=1",
		"\tа":                    "'\tа",
		"\r=1":                   "'\r=1",
		"\n=1":                   "'\n=1",
		"  =1":                   "'  =1",
		"\u00a0=1":               "'\u00a0=1",
		"\ufeff=1":               "'\ufeff=1",
		"＝1":                     "'＝1",
		"－1":                     "'－1",
		`=HYPERLINK("http://x")`: `'=HYPERLINK("http://x")`,
		"'=1":                    "'=1",
	} {
		if got := CSVCell(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestWriteCSV(t *testing.T) {
	var b bytes.Buffer
	if err := WriteCSV(&b, [][]string{{"текст", "n"}, {"он сказал: «\"да\", и ушёл»\nконец", "=1"}}); err != nil {
		t.Fatal(err)
	}
	want := "\ufeffтекст,n\r\n\"он сказал: «\"\"да\"\", и ушёл»\r\nконец\",'=1\r\n"
	if b.String() != want {
		t.Errorf("%q", b.String())
	}
}

// FuzzWriteCSV: whatever is written, each row comes back as one row of as many
// cells, and no cell begins like a formula.
func FuzzWriteCSV(f *testing.F) {
	f.Add("=cmd|' /C calc'!A0", "a,b\"c\r\nd")
	f.Fuzz(func(t *testing.T, a, b string) {
		var out bytes.Buffer
		if err := WriteCSV(&out, [][]string{{a, b}, {b, a}}); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(out.String(), "\ufeff"))).ReadAll()
		if err != nil || len(rows) != 2 {
			t.Fatalf("%q: %d rows, %v", out.String(), len(rows), err)
		}
		for _, row := range rows {
			for _, cell := range row {
				if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r\n") {
					t.Errorf("%q", cell)
				}
			}
		}
	})
}
