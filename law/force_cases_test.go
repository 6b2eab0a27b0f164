package law

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const tenDays = "по истечении десяти календарных дней после дня его первого официального опубликования"

// TestForceCases: small acts, each with one thing that happens to real ones. The
// act was adopted on 1.12.2024 and published on 9.12.2024 (so ten days end on
// 20.12.2024), law 5-VIII on 30.04.2025 (11.05.2025); of 6-VIII nothing is known.
// A row is the provision and what a page would say of it.
func TestForceCases(t *testing.T) {
	const entry = "\nСтатья 9. Порядок введения в действие настоящего Закона\n1. Настоящий Закон вводится в действие " + tenDays
	for _, tc := range []struct {
		name     string
		editions map[Date]string
		at       Address
		days     map[Date]string
	}{
		{"a note and the final article name different days: both are shown",
			map[Date]string{"2024-12-01": "Статья 1. Зал\nЗал открыт.\nСноска. Статья 1 вводится в действие с 01.03.2025." + entry + ", за исключением статьи 1, которая вводится в действие с 1 января 2025 года."},
			"art_1", map[Date]string{
				"2024-12-25": "enacted_not_in_force - - doubt: «Статья 1 вводится в действие с 01.03.2025» (01.03.2025) — «с 01.01.2025» (01.01.2025)",
				"2025-02-01": "unclear - - doubt: «Статья 1 вводится в действие с 01.03.2025» (01.03.2025) — «с 01.01.2025» (01.01.2025)",
				"2025-04-01": "in_force - - doubt: «Статья 1 вводится в действие с 01.03.2025» (01.03.2025) — «с 01.01.2025» (01.01.2025)",
			}},
		{"a smaller unit has its own day", map[Date]string{"2024-12-01": "Статья 1. Зал\n1. Зал открыт.\n2. Зал закрыт.\nСноска. Пункт 2 статьи 1 вводится в действие с 01.03.2025." + entry + ", за исключением статьи 1, которая вводится в действие с 1 января 2025 года."},
			"art_1__para_2", map[Date]string{"2025-02-01": "enacted_not_in_force 2025-03-01 -", "2025-03-01": "in_force 2025-03-01 -"}},
		{"a chapter has its own day, and its articles with it", map[Date]string{"2024-12-01": "Глава 1. Дом\nСтатья 1. Зал\nЗал открыт.\nГлава 2. Двор\nСтатья 2. Сад\nСад открыт." + strings.Replace(entry, "\n", "\n", 1) + ", за исключением главы 2, которая вводится в действие с 1 января 2026 года."},
			"art_2__part_1", map[Date]string{"2025-02-01": "enacted_not_in_force 2026-01-01 -", "2026-01-01": "in_force 2026-01-01 -"}},
		{"a suspension without a temporary wording", map[Date]string{"2024-12-01": "Статья 1. Зал\nЗал открыт." + entry + ".\n2. Приостановить с 1 января 2025 года до 1 января 2026 года действие статьи 1 настоящего Закона."},
			"art_1", map[Date]string{"2024-12-31": "in_force 2024-12-20 -", "2025-01-01": "suspended 2025-01-01 2026-01-01", "2026-01-01": "in_force 2026-01-01 -"}},
		{"a suspension told by a note", map[Date]string{"2024-12-01": "Статья 1. Зал\nЗал открыт.\nСноска. Действие статьи 1 приостановлено до 01.01.2026 Законом РК от 20.04.2025 № 5-VIII." + entry + "."},
			"art_1", map[Date]string{"2025-05-01": "suspended 2024-12-20 2026-01-01"}},
		{"what applies until a day has lost its force on it", map[Date]string{"2024-12-01": "Статья 1. Зал\nЗал открыт." + entry + ".\n2. Установить, что статья 1 действует до 1 января 2026 года."},
			"art_1", map[Date]string{"2025-12-31": "in_force 2024-12-20 2026-01-01", "2026-01-01": "lost_force 2024-12-20 2026-01-01"}},
		{"an excluded article, heading and note alone", map[Date]string{
			"2024-12-01": "Статья 1. Зал\nЗал открыт." + entry + ".",
			"2025-05-11": "Статья 1. Зал\nСноска. Статья 1 исключена Законом РК от 20.04.2025 № 5-VIII (вводится в действие " + tenDays + ")." + entry + "."},
			"art_1", map[Date]string{"2025-05-10": "in_force 2024-12-20 -", "2025-05-11": "lost_force 2024-12-20 2025-05-11"}},
		{"the act lost its force", map[Date]string{"2024-12-01": "Сноска. Утратил силу Законом РК от 20.04.2025 № 5-VIII (вводится в действие с 01.07.2025).\nСтатья 1. Зал\nЗал открыт." + entry + "."},
			"art_1", map[Date]string{"2025-06-30": "in_force 2024-12-20 2025-07-01", "2025-07-01": "lost_force 2024-12-20 2025-07-01"}},
		{"a provision that went in a later edition, in force or not", map[Date]string{
			"2024-12-01": "Статья 1. Зал\n1. Зал открыт.\n2. Зал закрыт." + entry + ".",
			"2025-06-01": "Статья 1. Зал\n1. Зал открыт.\nСноска. Статья 1 с изменением, внесенным Законом РК от 20.04.2025 № 5-VIII (вводится в действие " + tenDays + ")." + entry + "."},
			"art_1__para_2", map[Date]string{"2025-05-10": "in_force 2024-12-20 -", "2025-05-11": "lost_force 2024-12-20 2025-05-11"}},
		{"the day of publication of the amending law is unknown: its official edition stands, no day is named", map[Date]string{
			"2024-12-01": "Статья 1. Зал\n1. Зал открыт." + entry + ".",
			"2025-06-01": "Статья 1. Зал\n1. Зал закрыт.\nСноска. Статья 1 с изменением, внесенным Законом РК от 20.05.2025 № 6-VIII (вводится в действие " + tenDays + ")." + entry + "."},
			"art_1__para_1", map[Date]string{"2025-05-30": "in_force 2024-12-20 -", "2025-05-31": "unclear 2024-12-20 -", "2025-06-01": "in_force - -"}},
		{"a note names both the first day and the end", map[Date]string{"2024-12-01": "Статья 1. Зал\nЗал открыт.\nСноска. Статья 1 вводится в действие с 01.03.2025 и действует до 01.01.2027." + entry + "."},
			"art_1", map[Date]string{"2025-01-01": "enacted_not_in_force 2025-03-01 2027-01-01", "2026-12-31": "in_force 2025-03-01 2027-01-01", "2027-01-01": "lost_force 2025-03-01 2027-01-01"}},
		{"an amending act names both for its wording", map[Date]string{
			"2024-12-01": "Статья 1. Зал\n1. Зал открыт." + entry + ".",
			"2025-06-01": "Статья 1. Зал\n1. Зал открыт.\n2. Зал светел.\nСноска. Статья 1 с изменением, внесенным Законом РК от 20.04.2025 № 5-VIII (вводится в действие с 01.01.2026 и действует до 01.01.2028)." + entry + "."},
			"art_1__para_2", map[Date]string{"2025-07-01": "enacted_not_in_force 2026-01-01 2028-01-01", "2026-01-01": "in_force 2026-01-01 2028-01-01", "2028-01-01": "lost_force 2026-01-01 2028-01-01"}},
		{"two ends: both are shown, between them it is unclear", map[Date]string{"2024-12-01": "Статья 1. Зал\nЗал открыт.\nСноска. Статья 1 действует до 01.01.2027." + entry + ".\n2. Установить, что статья 1 действует до 1 января 2026 года."},
			"art_1", map[Date]string{
				"2025-12-31": "in_force 2024-12-20 - doubt: «2. Установить, что статья 1 действует до 1 января 2026 года.» (01.01.2026) — «Статья 1 действует до 01.01.2027» (01.01.2027)",
				"2026-01-01": "unclear 2024-12-20 - doubt: «2. Установить, что статья 1 действует до 1 января 2026 года.» (01.01.2026) — «Статья 1 действует до 01.01.2027» (01.01.2027)",
				"2027-01-01": "lost_force 2024-12-20 - doubt: «2. Установить, что статья 1 действует до 1 января 2026 года.» (01.01.2026) — «Статья 1 действует до 01.01.2027» (01.01.2027)",
			}},
		{"two suspensions that end differently", map[Date]string{"2024-12-01": "Статья 1. Зал\nЗал открыт.\nСноска. Действие статьи 1 приостановлено до 01.01.2026 Законом РК от 20.04.2025 № 5-VIII." + entry + ".\n2. Приостановить до 1 июля 2025 года действие статьи 1 настоящего Закона."},
			"art_1", map[Date]string{
				"2025-05-01": "suspended 2024-12-20 - doubt: «Сноска. Действие статьи 1 приостановлено до 01.01.2026 Законом РК от 20.04.2025 № 5-VIII.» (01.01.2026) — «2. Приостановить до 1 июля 2025 года действие статьи 1 настоящего Закона.» (01.07.2025)",
				"2025-07-01": "unclear 2024-12-20 - doubt: «Сноска. Действие статьи 1 приостановлено до 01.01.2026 Законом РК от 20.04.2025 № 5-VIII.» (01.01.2026) — «2. Приостановить до 1 июля 2025 года действие статьи 1 настоящего Закона.» (01.07.2025)",
				"2026-01-01": "in_force 2024-12-20 - doubt: «Сноска. Действие статьи 1 приостановлено до 01.01.2026 Законом РК от 20.04.2025 № 5-VIII.» (01.01.2026) — «2. Приостановить до 1 июля 2025 года действие статьи 1 настоящего Закона.» (01.07.2025)",
			}},
		{"two suspensions in turn", map[Date]string{"2024-12-01": "Статья 1. Зал\nЗал открыт." + entry + ".\n2. Приостановить с 1 января 2025 года до 1 февраля 2025 года действие статьи 1 настоящего Закона.\n3. Приостановить с 1 января 2026 года до 1 февраля 2026 года действие статьи 1 настоящего Закона."},
			"art_1", map[Date]string{"2025-01-15": "suspended 2025-01-01 2025-02-01", "2025-06-01": "in_force 2025-02-01 -", "2026-01-15": "suspended 2026-01-01 2026-02-01", "2026-02-01": "in_force 2026-02-01 -"}},
		{"a suspension that ends before it begins has no days", map[Date]string{"2024-12-01": "Статья 1. Зал\nЗал открыт." + entry + ".\n2. Приостановить с 1 января 2026 года до 1 января 2025 года действие статьи 1 настоящего Закона."},
			"art_1", map[Date]string{"2025-06-01": "in_force 2024-12-20 -"}},
		{"excluded before its own first day", map[Date]string{"2024-12-01": "Статья 1. Зал\nЗал открыт.\nСноска. Статья 1 вводится в действие с 01.03.2025.\nСноска. Статья 1 утратила силу Законом РК от 20.04.2025 № 5-VIII (вводится в действие с 01.02.2025)." + entry + "."},
			"art_1", map[Date]string{"2025-04-01": "lost_force - 2025-02-01"}},
		{"a placeholder in the first known edition: it is gone, whatever the day", map[Date]string{"2024-12-01": "Статья 1. Зал\n1. Зал открыт.\n2. Исключен Законом РК от 07.10.1998 № 284-I (вводится в действие со дня его опубликования)." + entry + "."},
			"art_1__para_2", map[Date]string{"2024-12-25": "lost_force - -"}},
		{"an excluded article in the first known edition", map[Date]string{"2024-12-01": "Статья 1. Зал\nСноска. Статья 1 исключена Законом РК от 07.10.1998 № 284-I (вводится в действие со дня его опубликования)." + entry + "."},
			"art_1", map[Date]string{"2024-12-25": "lost_force 2024-12-20 -"}},
		{"a change by a law without a number says nothing of the rest of the unit", map[Date]string{"2024-12-01": "Статья 1. Зал\n1. Зал открыт.\nСноска. Статья 1 с изменением, внесенным Законом РК от 08.06.2022 (вводится в действие с 08.06.2025)." + entry + "."},
			"art_1", map[Date]string{"2024-12-25": "in_force 2024-12-20 -", "2025-07-01": "in_force 2024-12-20 -"}},
		{"an exclusion by a law without a number", map[Date]string{"2024-12-01": "Статья 1. Зал\n1. Зал открыт.\n2. Исключен Законом РК от 08.06.2022 (вводится в действие с 22.12.2024)." + entry + "."},
			"art_1__para_2", map[Date]string{"2024-12-25": "lost_force - 2024-12-22"}},
		{"an exception that waits for another act", map[Date]string{"2024-12-01": "Статья 1. Зал\nЗал открыт." + entry + ", за исключением статьи 1, которая вводится в действие после введения в действие закона о залах."},
			"art_1", map[Date]string{"2030-01-01": "unclear - -"}},
	} {
		tl := NewTimeline(Act{Adopted: "2024-12-01", Published: "2024-12-09"}, func(a NoteAct) Date {
			if a.Number == "5-VIII" {
				return "2025-04-30"
			}
			return ""
		})
		docs := map[Date]*Document{}
		var dates []Date
		for _, date := range []Date{"2024-12-01", "2025-05-11", "2025-06-01"} {
			text, ok := tc.editions[date]
			if !ok {
				continue
			}
			lines, err := ReadText(strings.NewReader(text))
			if err != nil {
				t.Fatal(err)
			}
			docs[date] = Build(RU, "", lines)
			dates = append(dates, date)
			tl.Add(date, docs[date], nil)
		}
		for day, want := range tc.days {
			s, ok := tl.On(day)
			p := docs[dates[s.Edition]].Find(tc.at)
			if !ok || p == nil {
				t.Fatalf("%s, %s: %v, no %s", tc.name, day, ok, tc.at)
			}
			f := s.Force[p.Index]
			got := fmt.Sprintf("%s %s %s", f.Status, dash(f.Since), dash(f.Until))
			for _, d := range f.Doubts {
				got += " doubt: " + d
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s, %s (-want +got):\n%s", tc.name, day, diff)
			}
		}
	}
}

// BenchmarkTimeline: one more edition of 1.3 MB, and a question.
func BenchmarkTimeline(b *testing.B) {
	d := readFile(b, lawdata+"/diff-pairs/code-ru-draft.old.txt")
	e := readFile(b, lawdata+"/diff-pairs/code-ru-draft.new.txt")
	b.Run("Add", func(b *testing.B) {
		for b.Loop() {
			tl := NewTimeline(Act{}, nil)
			tl.Add("2024-01-01", d, nil)
			tl.Add("2025-01-01", e, nil)
		}
	})
	tl := NewTimeline(Act{}, nil)
	for k := range 200 {
		tl.Add(Date("2000-01-01").AddDays(40*k), [...]*Document{d, e}[k%2], nil)
	}
	b.Run("On", func(b *testing.B) {
		for b.Loop() {
			tl.On("2010-01-01")
		}
	})
}

// FuzzTimeline: whatever two texts say, every provision of the shown one has a
// standing, and every day named is a real one.
func FuzzTimeline(f *testing.F) {
	f.Add("Статья 1. Зал\nЗал открыт.\nСноска. Статья 1 вводится в действие с 01.03.2025.", "Статья 1. Зал\n1) исключен Законом РК от 20.04.2025 № 5-VIII (вводится в действие с 01.01.2026);\nСтатья 2. Порядок введения в действие настоящего Закона\n1. Настоящий Закон вводится в действие "+tenDays+", за исключением статьи 1, которая вводится в действие с 1 января 2030 года.", "2025-06-01")
	f.Add("1-бап. Зал\nЗал ашық.\n2-бап. Осы Заңды қолданысқа енгізу тәртібі\nОсы Заңның 1-бабының күші 2026 жылғы 1 қаңтарға дейін тоқтатыла тұрсын, мынадай редакцияда қолданылады:\n«Зал жабық.».", "", "2025-12-31")
	f.Fuzz(func(t *testing.T, first, second, day string) {
		tl := NewTimeline(Act{Published: "2024-12-09"}, func(NoteAct) Date { return "2025-04-30" })
		var docs []*Document
		for i, text := range []string{first, second} {
			lines, err := ReadText(strings.NewReader(text))
			if err != nil {
				return
			}
			lang, _ := DetectLang(lines)
			docs = append(docs, Build(lang, "", lines))
			tl.Add(Date("2024-12-01").AddDays(100*i), docs[i], nil)
		}
		s, ok := tl.On(Date(day))
		if !ok {
			return
		}
		if len(s.Force) != len(docs[s.Edition].Provisions) {
			t.Fatalf("%d standings, %d provisions", len(s.Force), len(docs[s.Edition].Provisions))
		}
		for _, x := range append(s.Force, s.Act) {
			for _, d := range []Date{x.Since, x.Until} {
				if _, real := d.Time(); d != "" && !real {
					t.Fatalf("no such day: %q in %+v", d, x)
				}
			}
			if x.Status == "" {
				t.Fatalf("no status: %+v", x)
			}
		}
		tl.Events()
	})
}

// TestSuspendedAct: what is told of the whole act is its own standing, which its
// provisions share.
func TestSuspendedAct(t *testing.T) {
	lines, err := ReadText(strings.NewReader("Сноска. Действие Закона приостановлено до 01.01.2026 Законом РК от 20.04.2025 № 5-VIII.\nСтатья 1. Зал\nЗал открыт."))
	if err != nil {
		t.Fatal(err)
	}
	tl := NewTimeline(Act{Adopted: "2024-12-01"}, func(NoteAct) Date { return "" })
	tl.Add("2024-12-01", Build(RU, "", lines), nil)
	for day, want := range map[Date]ForceStatus{"2025-12-31": SuspendedNow, "2026-01-01": InForceNow} {
		s, _ := tl.On(day)
		if s.Act.Status != want || s.Force[0].Status != want || s.Force[0].Own {
			t.Errorf("%s: the act %s, article 1 %s, marked %v; want %s", day, s.Act.Status, s.Force[0].Status, s.Force[0].Own, want)
		}
	}
}

// TestSentencesOfANote: what a note says after its first day is not dropped in
// silence.
func TestSentencesOfANote(t *testing.T) {
	for note, want := range map[string]int{
		"Сноска. Пункт 1 вводится в действие с 01.01.2026. Пункт 2 вводится в действие с 01.01.2027.":    1,
		"Сноска. Статья 1 вводится в действие с 01.01.2026 и действует до 01.01.2028.":                   0,
		"Сноска. Статья 1 вводится в действие с 01.01.2026 в соответствии с п. 1 статьи 2 этого Закона.": 0,
	} {
		lines, err := ReadText(strings.NewReader("Статья 1. Зал\n1. Зал открыт.\n2. Сад закрыт.\n" + note))
		if err != nil {
			t.Fatal(err)
		}
		if _, doubts := Build(RU, "", lines).Statements(); len(doubts) != want {
			t.Errorf("%s\n%d doubts, want %d: %+v", note, len(doubts), want, doubts)
		}
	}
}

// TestAdoptionUnknown: a text from a file may be all that is known of an act. If
// its notes name amending acts, it is not the text of its first day.
func TestAdoptionUnknown(t *testing.T) {
	const text = "Статья 1. Зал\nЗал открыт.\n%sСтатья 2. Порядок введения в действие настоящего Закона\nНастоящий Закон вводится в действие " + tenDays + "."
	for note, want := range map[string]ForceStatus{
		"": Unclear,
		"Сноска. Статья 1 с изменением, внесенным Законом РК от 20.04.2020 № 5-VI (вводится в действие с 01.07.2020).\n": InForceNow,
	} {
		lines, err := ReadText(strings.NewReader(fmt.Sprintf(text, note)))
		if err != nil {
			t.Fatal(err)
		}
		tl := NewTimeline(Act{}, func(NoteAct) Date { return "" })
		tl.Add("2024-12-01", Build(RU, "", lines), nil)
		if s, _ := tl.On("2025-02-01"); s.Act.Status != want || s.Act.Since != "" {
			t.Errorf("%q: %s since %q, want %s", note, s.Act.Status, s.Act.Since, want)
		}
	}
}
