package merge

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/law"
)

func document(lines ...string) *law.Document {
	var in []law.Line
	for _, s := range lines {
		if s = law.Squeeze(s); s != "" {
			in = append(in, law.Line{Text: s, From: len(in) + 1, To: len(in) + 1})
		}
	}
	return law.Build(law.RU, "", in)
}

func read(s string) *law.Document { return document(strings.Split(s, "\n")...) }

func textOf(d *law.Document) string { return strings.TrimRight(d.PlainText(), "\n") }

const base = `Статья 1. Читальный зал
1. Зал открыт с девяти часов утра до восьми часов вечера.
2. Зал хранит:
1) книги и журналы на всех языках;
2) ноты;
3) карты.
Статья 2. Правила
1. Книги выдаются бесплатно каждому читателю зала.
2. Шуметь запрещено.
Статья 3. Ответственность
За утерю книги читатель возмещает её стоимость.`

func TestMerge(t *testing.T) {
	edit := func(pairs ...string) string { return strings.NewReplacer(pairs...).Replace(base) }
	for _, tc := range []struct {
		name, mine, theirs, want string
		conflicts                []Kind
	}{
		{"words apart in one line", edit("девяти", "десяти"), edit("восьми", "семи"),
			edit("девяти", "десяти", "восьми", "семи"), nil},
		{"words beside each other", edit("девяти часов", "десяти часов"), edit("девяти часов утра", "девяти утра"), "", []Kind{Edited}},
		{"the same words otherwise", edit("девяти", "десяти"), edit("девяти", "одиннадцати"), "", []Kind{Edited}},
		{"the same change", edit("девяти", "десяти"), edit("девяти", "десяти"), edit("девяти", "десяти"), nil},
		{"new units of other numbers", edit("3) карты.", "3) карты.\n4) глобусы."), edit("2) ноты;", "2) ноты;\n2-1) пластинки;"),
			edit("2) ноты;\n3) карты.", "2) ноты;\n2-1) пластинки;\n3) карты.\n4) глобусы."), nil},
		{"new units at one place stand by their numbers", edit("2) ноты;", "2) ноты;\n2-2) афиши;"), edit("2) ноты;", "2) ноты;\n2-1) пластинки;"),
			edit("2) ноты;", "2) ноты;\n2-1) пластинки;\n2-2) афиши;"), nil},
		{"what belongs to the smaller unit comes first", edit("2. Шуметь запрещено.", "2. Шуметь запрещено.\nСтатья 2-1. Тишина\nТишина хранится."), edit("2. Шуметь запрещено.", "2. Шуметь запрещено.\n3. Есть запрещено."),
			edit("2. Шуметь запрещено.", "2. Шуметь запрещено.\n3. Есть запрещено.\nСтатья 2-1. Тишина\nТишина хранится."), nil},
		{"one number twice", edit("3) карты.", "3) карты.\n4) глобусы."), edit("3) карты.", "3) карты.\n4) афиши."), "", []Kind{Number}},
		{"one number, one text", edit("3) карты.", "3) карты.\n4) глобусы."), edit("3) карты.", "3) карты.\n4) глобусы."), edit("3) карты.", "3) карты.\n4) глобусы."), nil},
		{"deleted and edited", edit("2) ноты;\n", ""), edit("2) ноты;", "2) ноты и афиши;"), "", []Kind{Deleted}},
		{"deleted, and another line edited", edit("2) ноты;\n", ""), edit("3) карты.", "3) карты и планы."), edit("2) ноты;\n", "", "карты.", "карты и планы."), nil},
		{"a unit deleted, something put in it", edit("2. Зал хранит:\n1) книги и журналы на всех языках;\n2) ноты;\n3) карты.\n", ""), edit("2) ноты;", "2) ноты;\n2-1) пластинки;"), "", []Kind{Deleted}},
		{"moved and edited", edit("Статья 2. Правила\n1. Книги выдаются бесплатно каждому читателю зала.\n2. Шуметь запрещено.\n", "", "стоимость.", "стоимость.\nСтатья 4. Правила\n1. Книги выдаются бесплатно каждому читателю зала.\n2. Шуметь запрещено."),
			edit("каждому читателю", "каждому взрослому читателю"),
			edit("Статья 2. Правила\n1. Книги выдаются бесплатно каждому читателю зала.\n2. Шуметь запрещено.\n", "", "стоимость.", "стоимость.\nСтатья 4. Правила\n1. Книги выдаются бесплатно каждому взрослому читателю зала.\n2. Шуметь запрещено."), nil},
		{"moved, and something put in it", edit("Статья 2. Правила\n1. Книги выдаются бесплатно каждому читателю зала.\n2. Шуметь запрещено.\n", "", "стоимость.", "стоимость.\nСтатья 4. Правила\n1. Книги выдаются бесплатно каждому читателю зала.\n2. Шуметь запрещено."),
			edit("запрещено.", "запрещено.\n3. Есть запрещено."),
			edit("Статья 2. Правила\n1. Книги выдаются бесплатно каждому читателю зала.\n2. Шуметь запрещено.\n", "", "стоимость.", "стоимость.\nСтатья 4. Правила\n1. Книги выдаются бесплатно каждому читателю зала.\n2. Шуметь запрещено.\n3. Есть запрещено."), nil},
		{"written anew and edited", edit("2. Шуметь запрещено.", "2. Посетители говорят шёпотом."), edit("2. Шуметь запрещено.", "2. Шуметь строго запрещено."), "", []Kind{Edited}},
		{"split and edited elsewhere", edit("1. Зал открыт с девяти часов утра до восьми часов вечера.", "1. Зал открыт с девяти часов утра\n1-1. до восьми часов вечера."), edit("карты", "планы"),
			edit("1. Зал открыт с девяти часов утра до восьми часов вечера.", "1. Зал открыт с девяти часов утра\n1-1. до восьми часов вечера.", "карты", "планы"), nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			for _, swapped := range []bool{false, true} {
				mine, theirs := read(tc.mine), read(tc.theirs)
				if swapped {
					mine, theirs = theirs, mine
				}
				r := Merge(read(base), mine, theirs)
				var kinds []Kind
				for _, c := range r.Conflicts {
					kinds = append(kinds, c.Kind)
				}
				if !slices.Equal(kinds, tc.conflicts) {
					t.Fatalf("swapped %v: conflicts %+v, want %v", swapped, r.Conflicts, tc.conflicts)
				}
				if tc.want == "" {
					continue
				}
				got, err := r.Resolve()
				if err != nil {
					t.Fatal(err)
				}
				if textOf(got.Document) != tc.want {
					t.Errorf("swapped %v: got\n%s", swapped, textOf(got.Document))
				}
			}
		})
	}
}

func TestResolve(t *testing.T) {
	mine := strings.Replace(base, "2) ноты;", "2) ноты и афиши;\n2-1) пластинки;", 1)
	theirs := strings.Replace(base, "2) ноты;", "2) партитуры;\n2-1) кассеты;", 1)
	r := Merge(read(base), read(mine), read(theirs))
	if len(r.Conflicts) != 2 || r.Conflicts[0].Base.Address != "art_1__para_2__subpara_2" || r.Conflicts[1].Kind != Number {
		t.Fatalf("conflicts %+v", r.Conflicts)
	}
	if _, err := r.Resolve(Choice{Take: Mine}); !errors.Is(err, ErrUndecided) {
		t.Errorf("one choice for two conflicts: %v", err)
	}
	if _, err := r.Resolve(Choice{Take: Mine}, Choice{Take: "mien"}); !errors.Is(err, ErrUndecided) {
		t.Errorf("a choice that is none: %v", err)
	}
	for _, tc := range []struct {
		choices []Choice
		want    string
	}{
		{[]Choice{{Take: Mine}, {Take: Mine}}, "2) ноты и афиши;\n2-1) пластинки;"},
		{[]Choice{{Take: Theirs}, {Take: Theirs}}, "2) партитуры;\n2-1) кассеты;"},
		{[]Choice{{Take: Mine}, {Take: Both}}, "2) ноты и афиши;\n2-1) пластинки;\n2-1) кассеты;"},
		{[]Choice{{Take: Own, Lines: []string{" 2) ноты;", ""}}, {Take: Own}}, "2) ноты;"},
	} {
		got, err := r.Resolve(tc.choices...)
		if err != nil {
			t.Fatal(err)
		}
		if want := strings.Replace(base, "2) ноты;", tc.want, 1); textOf(got.Document) != want {
			t.Errorf("%v: got\n%s", tc.choices, textOf(got.Document))
		}
	}
}

// TestAddresses: what hangs on an address follows its provision.
func TestAddresses(t *testing.T) {
	mine := strings.Replace(base, "Статья 2. Правила", "Статья 1-1. Часы\nЧасы висят на стене.\nСтатья 2. Правила", 1)
	theirs := strings.NewReplacer("2) ноты;\n", "", "2. Шуметь запрещено.", "2. Шуметь строго запрещено.\n3. Есть запрещено.",
		"За утерю", "В зале тихо.\nЗа утерю").Replace(base)
	got, err := Merge(read(base), read(mine), read(theirs)).Resolve()
	if err != nil {
		t.Fatal(err)
	}
	for what, pair := range map[string][2]law.Address{
		"base, edited":    {got.Base["art_2__para_2"], "art_2__para_2"},
		"base, deleted":   {got.Base["art_1__para_2__subpara_2"], ""},
		"base, pushed on": {got.Base["art_3__part_1"], "art_3__part_2"},
		"mine, new":       {got.Mine["art_1-1__part_1"], "art_1-1__part_1"},
		"mine, pushed on": {got.Mine["art_3__part_1"], "art_3__part_2"},
		"theirs, new":     {got.Theirs["art_2__para_3"], "art_2__para_3"},
		"theirs, edited":  {got.Theirs["art_2__para_2"], "art_2__para_2"},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s: stands at %q, want %q", what, pair[0], pair[1])
		}
	}
}

// TestDoubled: one side renumbered a unit to the number of the other's new one.
func TestDoubled(t *testing.T) {
	mine := strings.Replace(base, "2. Шуметь запрещено.", "3. Шуметь запрещено.", 1)
	theirs := strings.Replace(base, "2. Шуметь запрещено.", "2. Шуметь запрещено.\n3. Есть запрещено.", 1)
	got, err := Merge(read(base), read(mine), read(theirs)).Resolve()
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got.Doubled, []law.Address{"art_2__para_3~2"}) {
		t.Errorf("doubled: %v", got.Doubled)
	}
}

// TestBothMoved: the choice decides the place.
func TestBothMoved(t *testing.T) {
	a := "Статья 9. Ученый совет\nУченый совет собирается ежемесячно и решает споры читателей."
	doc := func(order string) *law.Document {
		units := map[rune]string{'a': a,
			'1': "Статья 1. Первая\nСловари выдаются в зале под расписку, читатель сдаёт их вечером того же дня.",
			'2': "Статья 2. Вторая\nАтласы хранятся отдельно, доступ открыт учёным, студентам и школьникам города.",
			'3': "Статья 3. Третья\nГазеты подшиваются ежедневно библиотекарем, подшивки переплетаются раз в год."}
		var out []string
		for _, r := range order {
			out = append(out, strings.Split(units[r], "\n")...)
		}
		return document(out...)
	}
	r := Merge(doc("a123"), doc("12a3"), doc("123a"))
	if len(r.Conflicts) == 0 || r.Conflicts[0].Kind != Place {
		t.Fatalf("conflicts %+v", r.Conflicts)
	}
	all := func(take Take) (c []Choice) {
		for range r.Conflicts {
			c = append(c, Choice{Take: take})
		}
		return c
	}
	for take, want := range map[Take]string{Mine: "12a3", Theirs: "123a", Both: "12a3"} {
		got, err := r.Resolve(all(take)...)
		if err != nil {
			t.Fatal(err)
		}
		if textOf(got.Document) != textOf(doc(want)) {
			t.Errorf("%s: got\n%s", take, textOf(got.Document))
		}
	}
}
