package drafting

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tuzetu/tuzetu/citing"
	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/law"
)

// citedIn finds in a text what an act of a title cites.
func citedIn(t *testing.T, lang law.Lang, act law.Act, kind citing.Kind, text, title string) (out []citing.Found) {
	t.Helper()
	name := citing.Titled(title)
	for _, c := range citing.Read(document(t, lang, text)) {
		if c.Name.Title == name.Title {
			f := citing.Found{Citation: c, Act: act, Kind: kind}
			f.Basis = f.Basis && kind.BelowLaw()
			f.Edition = law.EditionKey{Act: act.ID, Status: law.Enacted, Date: "2020-01-01", Lang: lang}
			out = append(out, f)
		}
	}
	return out
}

func document(t *testing.T, lang law.Lang, text string) *law.Document {
	t.Helper()
	lines, err := law.ReadText(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return law.Build(lang, "", lines)
}

const ferries = `Статья 1. Паромы
1. Паром ходит по расписанию, утвержденному портом.
2. Порт:
1) утверждает билет;
2) чинит причал.
3. Ночью паром не ходит без огней.
Статья 2. Причалы
1. Причал открыт в порядке пункта 3 статьи 1 настоящего Закона.
2. Отмена пункта 2 статьи 1 Закона «О паромах» не допускается.
Статья 3. Огни
Огни зажигает смотритель.`

// What was excluded, changed and moved is followed into the act itself, by its name
// too, and into others; by-laws that rest on it come before those that mention it.
func TestReferences(t *testing.T) {
	base := document(t, law.RU, ferries)
	after := document(t, law.RU, `Статья 1. Паромы
1. Паром ходит по расписанию, утвержденному портом.
2. Порт:
2) чинит причал.
3. Ночью паром не ходит без красных огней.
Статья 2. Причалы
1. Причал открыт в порядке пункта 3 статьи 1 настоящего Закона.
2. Отмена пункта 2 статьи 1 Закона «О паромах» не допускается.
Статья 4. Огни
Огни зажигает смотритель.`)
	order := law.Act{ID: "V1800000264", Titles: law.Words{law.RU: "Об утверждении билета", law.KK: "Билетті бекіту туралы"},
		Requisites: law.Words{law.RU: "Приказ Начальника порта от 15 июня 2018 года № 264. Зарегистрирован 1 июля 2018 года."}}
	other := law.Act{ID: "Z1200000001", Titles: law.Words{law.RU: "О маяках"}}
	found := append(
		citedIn(t, law.RU, other, citing.Law, "Статья 7. Маяк\nМаяк светит по статьям 1 – 3 Закона «О паромах», статье 9 Закона «О паромах» и пункту 1 статьи 2 Закона «О паромах».", "О паромах"),
		citedIn(t, law.RU, order, citing.Order, "В соответствии с подпунктом 1) пункта 2 статьи 1 Закона «О паромах» ПРИКАЗЫВАЮ:\n1. Билет именной.", "О паромах")...)
	itself := citing.Itself(base, law.Act{ID: "Z1100000012", Titles: law.Words{law.RU: "О паромах"}})

	var got []string
	for _, r := range References(diffing.Compare(base, after), itself, found) {
		got = append(got, r.Warning[law.RU])
	}
	want := []string{
		"пункт 1 статьи 2: ссылка – пункт 3 статьи 1, эта норма изменена",
		"пункт 2 статьи 2: ссылка – пункт 2 статьи 1, эта норма изменена",
		"Приказ Начальника порта от 15 июня 2018 года № 264 «Об утверждении билета», преамбула: акт издан на основании нормы – подпункт 1) пункта 2 статьи 1, она исключена: акт может остаться без основания",
		"О маяках, часть первая статьи 7: ссылка – статья 1, эта норма изменена",
		"О маяках, часть первая статьи 7: ссылка – статья 3, её номер изменён",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}

	all := References(diffing.Compare(base, after), itself, found)
	if a := all[2].Act; a.Page != "/ru/acts/V1800000264/2020-01-01/ru#preamble" || !all[2].Basis || all[2].Now != "" {
		t.Errorf("%+v", all[2])
	}
	if got := all[2].Warning[law.KK]; got != "Билетті бекіту туралы, кіріспе: акт мына норма негізінде шығарылған – 1-баптың 2-тармағының 1) тармақшасы, бұл норма алып тасталды: акт негізсіз қалуы мүмкін" {
		t.Errorf("kk: %s", got)
	}
	if got := CountReferences(all, &Searched{Acts: 12}, law.EN); got != "references to what changes: 2 in this act; 3 in other acts, 1 of them legal bases of by-laws (acts stored here and looked through: 12; those not stored are not known)" {
		t.Error(got)
	}
	if got := CountReferences(all[:2], nil, law.RU); got != "ссылки на изменяемое: в самом акте – 2" {
		t.Error(got)
	}
}

// Every fate has its words in every language, those of a legal basis too.
func TestReferenceWords(t *testing.T) {
	for _, lang := range law.Langs {
		for _, what := range []diffing.ReferenceFate{diffing.TargetMoved, diffing.TargetRenumbered, diffing.TargetRemoved, diffing.TargetChanged} {
			for _, key := range []string{string(what), "basis " + string(what)} {
				if s := warnings()[lang][key]; !strings.Contains(s, "{at}") || !strings.Contains(s, "{target}") {
					t.Errorf("%s %s: %q", lang, key, s)
				}
			}
		}
	}
}
