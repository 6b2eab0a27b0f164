package campaigns

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tuzetu/tuzetu/law"
)

func TestStates(t *testing.T) {
	ways := map[State][]State{}
	for _, from := range States() {
		for _, to := range States() {
			if from.May(to) {
				ways[from] = append(ways[from], to)
			}
		}
	}
	want := map[State][]State{
		Draft: {Review}, Review: {Draft, Live}, Live: {Paused, Delivered, Closed}, Paused: {Live, Delivered, Closed},
		Delivered: {Answered, Closed}, Answered: {Closed}, Closed: {Delivered},
	}
	if d := cmp.Diff(want, ways); d != "" {
		t.Error(d)
	}
	if Draft.Published() || Review.Published() || !Closed.Published() || Paused.TakesSignatures() || !Paused.TakesConfirmations() || Delivered.TakesConfirmations() {
		t.Error("what a state allows")
	}
}

func TestCanonicalText(t *testing.T) {
	text := Text{
		Title: Words{law.RU: "О «сроках» <b>", law.KK: "Мерзім"}, Ask: Words{law.RU: "а\u2028б \\u2028 \"в\""},
		Target: Words{law.RU: "и\u0306"}, Base: "Z2400000093@2026-03-02:ru", Proposed: "proposal:1@1:ru",
	}
	got, err := text.Canonical()
	want := `{"ask":{"ru":"а` + "\u2028" + `б \\u2028 \"в\""},"base":"Z2400000093@2026-03-02:ru","proposed":"proposal:1@1:ru","story":null,"target":{"ru":"й"},"title":{"kk":"Мерзім","ru":"О «сроках» <b>"}}`
	if err != nil || string(got) != want {
		t.Errorf("%s\n%s\n%v", got, want, err)
	}
	if _, err := (Text{Base: "x"}).Canonical(); err == nil {
		t.Error("half a redline")
	}
	rapid.Check(t, func(t *rapid.T) {
		text := Text{Title: Words{law.RU: rapid.String().Draw(t, "title")}, Ask: Words{law.KK: rapid.String().Draw(t, "ask")}}
		first, err := text.Canonical()
		if err != nil {
			t.Fatal(err)
		}
		var read Text
		if err := json.Unmarshal(first, &read); err != nil {
			t.Fatalf("%s: %v", first, err)
		}
		if second, err := read.Canonical(); err != nil || string(second) != string(first) {
			t.Fatalf("%s\n%s\n%v", first, second, err)
		}
	})
}

func TestConsents(t *testing.T) {
	op := Operator{Name: Words{law.KK: "«Мысал» ҚҚ", law.RU: "ОФ «Пример»", law.EN: "Example Foundation"}, BIN: "123456789012"}
	hashes := map[string]bool{}
	for _, lang := range law.Langs {
		form, err := ReadConsentForm(lang)
		if err != nil {
			t.Fatal(err)
		}
		c, err := form.Fill(op)
		if err != nil || !strings.Contains(c.Text, op.Name[lang]) || !strings.Contains(c.Text, op.BIN) || strings.ContainsAny(c.Text, "{}") {
			t.Errorf("%s: %v\n%s", lang, err, c.Text)
		}
		if strings.Contains(strings.ToLower(c.Text+form.Display+form.Updates), "петици") || form.Display == "" || form.Updates == "" {
			t.Errorf("%s: %s", lang, c.Text)
		}
		// It says how long data are kept, and names all that a Person holds.
		comments, err := ReadCommentConsentForm(lang)
		if err != nil {
			t.Fatal(err)
		}
		days := fmt.Sprint(int(KeepSealed.Hours() / 24))
		if !strings.Contains(form.Items[2].Text, days) || !strings.Contains(comments.Items[2].Text, days) {
			t.Errorf("%s: %s days are not the term: %s; %s", lang, days, form.Items[2].Text, comments.Items[2].Text)
		}
		if word := map[law.Lang]string{law.KK: "өкілінің", law.RU: "представителя", law.EN: "representative"}[lang]; !strings.Contains(form.Items[6].Text, word) {
			t.Errorf("%s: whose name is collected for a minor is not in the list: %s", lang, form.Items[6].Text)
		}
		hashes[c.SHA256] = true
		other := op
		other.BIN = "210987654321"
		if d, err := form.Fill(other); err != nil || d.SHA256 == c.SHA256 {
			t.Errorf("another operator, the same hash: %v", err)
		}
		if _, err := form.Fill(Operator{Name: op.Name, BIN: "12"}); err == nil {
			t.Error("a consent without an operator")
		}
	}
	if len(hashes) != len(law.Langs) {
		t.Error("hashes are not distinct")
	}
}

func TestForm(t *testing.T) {
	regions, err := Regions()
	if err != nil || len(regions) != 21 {
		t.Fatalf("%d regions, %v", len(regions), err)
	}
	good := Form{Lang: law.KK, Given: " Айгүл ", Surname: "Серікова\u00a0 Ахметқызы", Region: "KZ-75", Adult: true, Agreed: true, Comment: "а\r\nб"}
	got, err := good.Clean(regions)
	if err != nil || got.Given != "Айгүл" || got.Surname != "Серікова Ахметқызы" || got.Comment != "а\nб" || got.ShownName() != "Айгүл С." {
		t.Errorf("%+v, %v", got, err)
	}
	for name, c := range map[string]struct {
		spoil func(*Form)
		want  FormError
	}{
		"nothing":         {func(f *Form) { *f = Form{Adult: true} }, FormError{FieldGiven: Missing, FieldSurname: Missing, FieldRegion: Missing, FieldAgreed: Missing, FieldLang: Unknown}},
		"a minor alone":   {func(f *Form) { f.Adult = false }, FormError{FieldRepresentative: Missing}},
		"a long name":     {func(f *Form) { f.Given = strings.Repeat("ұ", 61) }, FormError{FieldGiven: TooLong}},
		"a turned name":   {func(f *Form) { f.Given = "А\u202eБ" }, FormError{FieldGiven: BadCharacter}},
		"broken text":     {func(f *Form) { f.Surname = "А\xff" }, FormError{FieldSurname: BadCharacter}},
		"a zero byte":     {func(f *Form) { f.Comment = "А\x00" }, FormError{FieldComment: BadCharacter}},
		"a link":          {func(f *Form) { f.Surname = "https://example.org" }, FormError{FieldSurname: NotAName}},
		"a bare link":     {func(f *Form) { f.Given = "example.kz" }, FormError{FieldGiven: NotAName}},
		"a picture":       {func(f *Form) { f.Given = "Аня🙂" }, FormError{FieldGiven: NotAName}},
		"a number":        {func(f *Form) { f.Given = "Аня 77012345678" }, FormError{FieldGiven: NotAName}},
		"heaped marks":    {func(f *Form) { f.Given = "А" + strings.Repeat("\u0301", 20) }, FormError{FieldGiven: NotAName}},
		"unseen marks":    {func(f *Form) { f.Given = "А\u200fн\u200bя" }, FormError{FieldGiven: BadCharacter}},
		"no letters":      {func(f *Form) { f.Surname = "..." }, FormError{FieldSurname: NotAName}},
		"a long comment":  {func(f *Form) { f.Comment = strings.Repeat("ұ", 2001) }, FormError{FieldComment: TooLong}},
		"nowhere":         {func(f *Form) { f.Region = "KZ-99" }, FormError{FieldRegion: Unknown}},
		"without consent": {func(f *Form) { f.Agreed = false }, FormError{FieldAgreed: Missing}},
	} {
		f := good
		c.spoil(&f)
		_, err := f.Clean(regions)
		var wrong FormError
		if !errors.As(err, &wrong) || cmp.Diff(c.want, wrong) != "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, name := range []string{"Әл-Фараби", "О’Нил", "Д'Артаньян", "Қ.Серік", "А. Б.", "محمد", "Нұр (Нұрлан)", "Nguyễn Thị Ánh"} {
		f := good
		f.Given = name
		if _, err := f.Clean(regions); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	good.Occupation = "учитель, школа № 5"
	if _, err := good.Clean(regions); err != nil {
		t.Error(err)
	}
	if got := (Form{Given: "Аня", Surname: "(ван) Гог"}).ShownName(); got != "Аня В." {
		t.Errorf("shown as %s", got)
	}
	minor := good
	minor.Adult, minor.Representative = false, "Әсел Серікова"
	if _, err := minor.Clean(regions); err != nil {
		t.Error(err)
	}
}

func TestSubjects(t *testing.T) {
	s, err := ReadSubjects()
	if err != nil || s.Complete() || s.Source == "" {
		t.Fatalf("%+v, %v", s, err)
	}
	for _, c := range []struct {
		text  Text
		acts  []law.ActID
		items string
	}{
		{Text{Ask: Words{law.RU: "Сократить срок ответа на запрос до пяти дней"}}, []law.ActID{"Z2400000093"}, ""},
		{Text{Ask: Words{law.RU: "Исключить статью 451 КоАП."}}, nil, "8"},
		{Text{Ask: Words{law.KK: "Уәкілетті органның құзыретін қысқарту"}}, nil, "16"},
		{Text{Title: Words{law.RU: "О компетенции министерства"}, Ask: Words{law.RU: "и национальной безопасности"}}, nil, "9 16"},
		{Text{}, []law.ActID{"K1400000235"}, "8"},
	} {
		var items []string
		for _, w := range s.Check(c.text, c.acts) {
			items = append(items, w.Subject.Item)
			if w.Act == "" && w.Word == "" {
				t.Errorf("%+v gives no reason", w)
			}
		}
		if strings.Join(items, " ") != c.items {
			t.Errorf("%v %v: %v, want %q", c.text, c.acts, items, c.items)
		}
	}
}

func TestShownNumber(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		exact, shown int64
		after        time.Duration
		want         int64
	}{
		{9, 0, 0, 0}, {10, 0, 0, 10}, {19, 10, time.Minute, 10}, {20, 10, time.Minute, 20}, {25, 10, 0, 25},
		{11, 10, time.Hour - 1, 10}, {11, 10, time.Hour, 11}, {8, 10, time.Minute, 10}, {8, 10, time.Hour, 8},
		{505, 495, 0, 505}, {504, 495, 0, 495}, {501, 500, 0, 501}, {500, 501, 0, 500}, {499, 500, 0, 500},
	} {
		n := Number{Exact: c.exact, Shown: c.shown, ShownAt: now}.Next(now.Add(c.after))
		if n.Shown != c.want {
			t.Errorf("%+v: %d", c, n.Shown)
		}
	}
	// After a quiet day the next signature waits for its hour as well.
	quiet := Number{Exact: 50, Shown: 50, ShownAt: now}.Next(now.Add(24 * time.Hour))
	quiet.Exact++
	if n := quiet.Next(now.Add(24*time.Hour + time.Minute)); n.Shown != 50 {
		t.Errorf("one signature after a quiet day is seen at once: %+v", n)
	}
	if n := (Number{Exact: 7}).Next(now); n.Shown != 0 || n.ShownAt != now {
		t.Errorf("the first seven: %+v", n)
	}
}

// partsThat are all ways to fill hidden parts so that what is shown stays the same.
func partsThat(look []Part, total int64) (ways []map[string]int64) {
	said, next := false, total // whether small parts are named as such; the smallest shown one
	for _, p := range look {
		said = said || p.Few
		if !p.Hidden && p.N > 0 {
			next = min(next, p.N)
		}
	}
	var fill func(i int, left int64, so map[string]int64)
	fill = func(i int, left int64, so map[string]int64) {
		if i == len(look) {
			if left == 0 {
				ways = append(ways, maps.Clone(so))
			}
			return
		}
		p := look[i]
		from, to := p.N, p.N
		switch {
		case p.Few:
			from, to = 1, LeastCell-1
		case p.Hidden && said:
			from, to = LeastCell, next
		case p.Hidden:
			from, to = 1, next
		}
		for n := from; n <= min(to, left); n++ {
			so[p.Name] = n
			fill(i+1, left-n, so)
		}
	}
	fill(0, total, map[string]int64{})
	return ways
}

// A stranger who knows the total, what is shown, and that what is hidden beside a
// small part is no small one and at most what is shown next, cannot tell any part
// that is less than LeastCell: with another number there all looks the same.
func TestHiddenPartsCannotBeComputed(t *testing.T) {
	checked := 0
	for a := range int64(9) {
		for b := range int64(9) {
			for c := range int64(12) {
				in := map[string]int64{"a": a, "b": b, "c": c}
				look := Parts(in)
				hidden := 0
				for _, p := range look {
					if p.Hidden {
						hidden++
					}
				}
				if hidden == 1 {
					if a+b+c > max(a, b, c) {
						t.Fatalf("%v: one alone is hidden: %+v", in, look)
					}
					continue // nothing else is there: it is the total
				}
				for _, p := range look {
					if n := in[p.Name]; n == 0 || n >= LeastCell {
						continue
					}
					checked++
					others := map[int64]bool{}
					for _, way := range partsThat(look, a+b+c) {
						others[way[p.Name]] = true
					}
					// Two parts of one each have no other way to be there.
					if len(others) < 2 && a+b+c > int64(hidden) {
						t.Errorf("%v: %s can only be %v behind %+v", in, p.Name, others, look)
					}
				}
			}
		}
	}
	if checked == 0 {
		t.Error("nothing was checked")
	}
}

func TestParts(t *testing.T) {
	shown := func(name string, n int64) Part { return Part{Name: name, N: n} }
	few := func(name string) Part { return Part{Name: name, Hidden: true, Few: true} }
	beside := func(name string) Part { return Part{Name: name, Hidden: true} }
	for name, c := range map[string]struct {
		in   map[string]int64
		want []Part
	}{
		"all large":  {map[string]int64{"a": 5, "b": 90}, []Part{shown("a", 5), shown("b", 90)}},
		"two small":  {map[string]int64{"a": 4, "b": 1, "c": 50}, []Part{few("a"), few("b"), shown("c", 50)}},
		"one small":  {map[string]int64{"a": 4, "b": 60, "c": 50}, []Part{few("a"), shown("b", 60), beside("c")}},
		"none there": {map[string]int64{"a": 0, "b": 60}, []Part{shown("a", 0), shown("b", 60)}},
		"alone":      {map[string]int64{"a": 4}, []Part{few("a")}},
		// 50 − 42 = 8 can only be 4 + 4, and 2 only 1 + 1.
		"both at most":  {map[string]int64{"a": 4, "b": 4, "c": 20, "d": 22}, []Part{few("a"), few("b"), beside("c"), shown("d", 22)}},
		"both at least": {map[string]int64{"a": 1, "b": 1, "c": 20, "d": 22}, []Part{few("a"), few("b"), beside("c"), shown("d", 22)}},
		// Beside 5 that is shown, the smallest other one could only be 5.
		"all equal": {map[string]int64{"a": 3, "b": 5, "c": 5, "d": 9}, []Part{few("a"), beside("b"), beside("c"), shown("d", 9)}},
		// 6 in two parts, of which one is at least 5: which one is not said.
		"nothing else": {map[string]int64{"a": 1, "b": 5}, []Part{beside("a"), beside("b")}},
	} {
		if d := cmp.Diff(c.want, Parts(c.in)); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

func TestSignatureID(t *testing.T) {
	at := time.Date(2026, 11, 22, 13, 14, 15, 123456000, time.UTC)
	b := BatchAt(at)
	for _, n := range []int64{0, 1, BatchSize - 1} {
		id := SignatureID(b + n)
		if id.Batch() != b || !id.Time().Equal(at) {
			t.Errorf("%d: %d, %s", id, id.Batch(), id.Time())
		}
	}
	if BatchAt(at.Add(250*365*24*time.Hour)) < b {
		t.Error("ids end too soon")
	}
}
