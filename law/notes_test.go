package law

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestReadNote: a note, and what it says act by act: number, day, verb, basis
// and day of entry into force.
func TestReadNote(t *testing.T) {
	const sixty = "вводится в действие по истечении шестидесяти календарных дней после дня его первого официального опубликования"
	for _, tc := range []struct{ text, want string }{
		{"Сноска. Статья 2 с изменением, внесенным Законом РК от 30.12.2025 № 248-VIII (" + sixty + ").",
			"248-VIII 2025-12-30 amended days_after_publication:60 -"},
		{"Сноска. Статья 14 с изменением, внесенным Законом РК РК от 17.11.2025 № 231-VIII (" + sixty + ").",
			"231-VIII 2025-11-17 amended days_after_publication:60 -"},
		{"Сноска. Статья 5 в редакции Закона РК от 01.02.2020 № 170-VІ (вводится в действие с 01.03.2020); с изменениями, внесенными законами РК от 02.03.2021 № 1-VII; от 03.04.2022 № 2-VII (вводится в действие по истечении шести месяцев после дня его первого официального опубликования).",
			"170-VI 2020-02-01 reworded fixed 2020-03-01; 1-VII 2021-03-02 amended  -; 2-VII 2022-04-03 amended months_after_publication:6 -"},
		{"Сноска. Глава 2 дополнена статьей 9-1 в соответствии с Законом РК от 01.02.2020 № 3-VI (вводится в действие со дня его первого официального опубликования).",
			"3-VI 2020-02-01 inserted on_publication -"},
		{"Сноска. Статья 8 исключена Законом РК от 08.07.2005 № 67 (порядок введения в действие см. ст.2).",
			"67 2005-07-08 deleted see -"},
		{"В пункт 7 предусматривается изменение Законом РК от 09.01.2026 № 256-VIII (вводится в действие по истечении десяти календарных дней со дня первого официального опубликования).",
			"256-VIII 2026-01-09 planned days_from_publication:10 -"},
		{"Сноска. Вводится в действие по истечении шестидесяти календарных дней после дня его первого официального опубликования в соответствии с пунктом 1 статьи 70 настоящего Закона.",
			" - enters_force days_after_publication:60 -"},
		{"Сноска. Подпункт 11) статьи 1 вводится в действие с 01.01.2025 в соответствии с пунктом 1 статьи 70 настоящего Закона.",
			" - enters_force fixed 2025-01-01"},
		{"Сноска. Данная редакция действует до 01.01.2025 в соответствии со статьей 70 настоящего Закона.",
			" - temporary until 2025-01-01"},
		{"Ескерту. 14-бапқа өзгеріс енгізілді - ҚР 17.11.2025 № 231-VIII (алғашқы ресми жарияланған күнінен кейін күнтізбелік алпыс күн өткен соң қолданысқа енгізіледі) Заңымен.",
			"231-VIII 2025-11-17 amended days_after_publication:60 -"},
		{"Ескерту. 5-бап жаңа редакцияда - ҚР 2010.11.23 № 354-ІV (2011.01.01 бастап қолданысқа енгізіледі); өзгеріс енгізілді - ҚР 30.12.2024 № 148-VIII (алғашқы ресми жарияланған күнінен кейін алты ай өткен соң қолданысқа енгізіледі) Заңдарымен.",
			"354-IV 2010-11-23 reworded fixed 2011-01-01; 148-VIII 2024-12-30 amended months_after_publication:6 -"},
		{"Ескерту. Заң 9-1-баппен толықтырылды - ҚР 04.05.2022 № 13-VII (алғашқы ресми жарияланған күнінен кейін күнтізбелік жиырма бір күн өткен соң қолданысқа енгізіледі) Заңымен.",
			"13-VII 2022-05-04 inserted days_after_publication:21 -"},
		{"Ескерту. Осы редакция 01.01.2025 дейін қолданылады - осы Заңның 70-бабымен.",
			" - temporary until 2025-01-01"},
		{"1) тармақшаны алып тастау көзделген – ҚР 09.01.2026 № 256-VIII (алғашқы ресми жарияланған күнінен кейін алты ай өткен соң қолданысқа енгізіледі) Заңымен.",
			"256-VIII 2026-01-09 planned months_after_publication:6 -"},
		{"Footnote. Article 4 as amended by the Law dated 28.11.2025 № 2-I (shall enter into force upon expiry of sixty calendar days after the day of its first official publication).",
			"2-I 2025-11-28 amended days_after_publication:60 -"},
		{"Вниманию пользователей!", ""},
		{"Сноска. Статья 1 с изменением, внесенным Законом РК от 01.02.2020 № 1-VI (порядок введения в действие см. Закон РК от 05.05.2020 № 2-VI).",
			"1-VI 2020-02-01 amended see -"},
		{"Сноска. Статья 1 с изменениями, внесенными законами РК от 01.02.2020 № 1-VI (вводится в действие с 01.03.2020; от 01.03.2021 № 2-VI (вводится в действие с 01.04.2021).",
			"1-VI 2020-02-01 amended fixed 2020-03-01; 2-VI 2021-03-01 amended fixed 2021-04-01"},
		{"Сноска. Статья 1 с изменением, внесенным Законом РК от 01.02.2020 № 3-VI (вводится в действие с 31.02.2020).",
			"3-VI 2020-02-01 amended  -"}, // there is no such day: the phrase stays, the date does not
	} {
		var got []string
		for _, a := range readNote(tc.text, nil) {
			got = append(got, fmt.Sprintf("%s %s %s %s %s", a.Number, dash(a.Date), a.Verb, a.InForce.Basis, dash(a.InForce.Date)))
		}
		if diff := cmp.Diff(tc.want, strings.Join(got, "; ")); diff != "" {
			t.Errorf("%s\n(-want +got):\n%s", tc.text, diff)
		}
	}
}

func dash(d Date) string {
	if d == "" {
		return "-"
	}
	return string(d)
}

func TestNoteLinks(t *testing.T) {
	acts := readNote("Сноска. Статья 5 с изменениями, внесенными законами РК от 01.02.2020 № 3-VI; от 02.03.2021 № 4-VII (вводится в действие с 03.03.2021).",
		[]Link{{Text: "№ 3-VІ", Href: "/rus/docs/Z2000000003#z7"}, {Text: "№ 4-VII", Href: "/rus/docs/Z2100000004#z1"}, {Text: "вводится", Href: "/rus/docs/Z2100000004#z9"}})
	if len(acts) != 2 || acts[0].Href != "/rus/docs/Z2000000003#z7" || acts[1].Href != "/rus/docs/Z2100000004#z1" {
		t.Errorf("links: %+v", acts)
	}
}

// TestNotesPlace: a note belongs to the unit it names if it stands there, else
// to the one it follows.
func TestNotesPlace(t *testing.T) {
	text := `Сноска. Вводится в действие по истечении десяти календарных дней после дня его первого официального опубликования.
Глава 1. Начало
Статья 1. Понятия
1) книга;
Сноска. Подпункт 1) статьи 1 вводится в действие с 01.01.2025.
2) зал.
Сноска. Статья 1 с изменением, внесенным Законом РК от 01.02.2020 № 3-VI.
Статья 2. Чтение
1. Читать можно.
Сноска. Статья 3 с изменением, внесенным Законом РК от 01.02.2020 № 3-VI.
Примечание ИЗПИ!
В пункт 2 предусматривается изменение Законом РК от 09.01.2026 № 256-VIII.
2. Писать нельзя.
Примечание ИЗПИ!
Статью 2 предусматривается дополнить пунктом 3 в соответствии с Законом РК от 09.01.2026 № 256-VIII.`
	lines, err := ReadText(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	d := Build(RU, "", lines)
	var got []string
	for _, n := range d.Notes {
		got = append(got, string(n.Address))
	}
	want := []string{"", "art_1__subpara_1", "art_1", "art_2__para_1", "art_2__para_2", "art_2__para_2", "art_2", "art_2"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("addresses of the notes (-want +got):\n%s", diff)
	}
	if len(d.Doubts) != 1 || !strings.Contains(d.Doubts[0].Reason, "names article 3 and stands in article 2") {
		t.Errorf("doubts: %v", d.Doubts)
	}
}
