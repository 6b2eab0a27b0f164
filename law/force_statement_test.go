package law

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// says prints statements as rows of a table.
func says(ss []Statement, notes bool) string {
	var b strings.Builder
	for _, s := range ss {
		if s.Source.Note != notes {
			continue
		}
		fmt.Fprintf(&b, "%s %v %s %s", s.Verb, s.Addresses, s.InForce.Basis, dash(s.InForce.Date))
		if s.From != "" || s.Until != "" {
			fmt.Fprintf(&b, " [%s, %s)", s.From, s.Until)
		}
		if s.Wording != nil {
			fmt.Fprintf(&b, " %.4q×%d", s.Wording[0], len(s.Wording))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// TestFinalArticle reads art. 70 of the mass-media law in both languages: the
// general rule, four exceptions, a suspension with its temporary wording.
func TestFinalArticle(t *testing.T) {
	needLawdata(t)
	for _, date := range []string{"2024-06-19", "2025-01-01", "2026-03-02"} {
		for _, lang := range []string{"ru", "kk"} {
			ss, doubts := readFile(t, filepath.Join(lawdata, "mass-media-law", date+"."+lang+".md")).Statements()
			want := "enters_force [] days_after_publication:60 -\n" +
				"enters_force [art_1__subpara_11 art_7__subpara_5 art_32__para_1__part_2__subpara_4 art_33] fixed 2025-01-01\n" +
				"suspended [art_1__subpara_35] until 2025-01-01 [, 2025-01-01) \"35) \"×1\n"
			if diff := cmp.Diff(want, says(ss, false)); diff != "" {
				t.Errorf("%s.%s (-want +got):\n%s", date, lang, diff)
			}
			if len(doubts) > 0 {
				t.Errorf("%s.%s: doubts %v", date, lang, doubts)
			}
		}
	}
}

// TestFinalArticleOfACode: exceptions as a list, several suspensions, a list of
// what applies until a day; what is not understood is doubted, never dropped.
func TestFinalArticleOfACode(t *testing.T) {
	needLawdata(t)
	ss, doubts := readFile(t, filepath.Join(lawdata, "diff-pairs", "code-ru-draft.old.txt")).Statements()
	got := says(ss, false)
	for _, want := range []string{
		"enters_force [] fixed 2016-01-01\n",
		"enters_force [art_38__para_2__subpara_5] fixed 2016-02-06\n",
		"enters_force [art_211] fixed 2017-01-01\n",
		"enters_force [art_3__para_2__subpara_19 art_22 art_58__para_2 art_62] see -\n", // another act decides
		"suspended [art_118__para_1 art_118__para_2] until 2017-01-01 [, 2017-01-01) \"1. Т\"×2\n",
		"suspended [art_119] until 2017-01-01 [, 2017-01-01) \"Стат\"×6\n",
		"suspended [art_129__para_4-1 art_129__para_6__subpara_4] until 2026-02-01 [, 2026-02-01)\n",
		"suspended [art_193__para_3] until 2017-01-01 [, 2017-01-01)\n", // two wordings in turn: doubted
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if len(doubts) == 0 {
		t.Error("units that later acts took out of the text are not doubted")
	}
}

// TestFinalForms: the forms of the article on entry into force, one by one, in our
// own words.
func TestFinalForms(t *testing.T) {
	const ru = "Статья 1. Чтение\n1. Читать можно.\n2. Писать нельзя.\n1) пером;\n2) мелом.\nСтатья 2. Зал\nЗал открыт.\nСтатья 3. Порядок введения в действие настоящего Закона\n"
	const kk = "1-бап. Оқу\n1. Оқуға болады.\n2. Жазуға болмайды.\n1) қаламмен;\n2) бормен.\n2-бап. Зал\nЗал ашық.\n3-бап. Осы Заңды қолданысқа енгізу тәртібі\n"
	for _, tc := range []struct {
		lang   Lang
		text   string
		want   string
		doubts int
	}{
		{RU, ru + "1. Настоящий Закон вводится в действие по истечении десяти календарных дней после дня его первого официального опубликования.", "enters_force [] days_after_publication:10 -\n", 0},
		{RU, ru + "1. Настоящий Закон вводится в действие с 1 января 2026 года, за исключением:\n1) пункта 2 статьи 1, который вводится в действие с 1 июля 2026 года;\n2) статьи 2 настоящего Закона, которая вводится в действие по истечении шести месяцев после дня его первого официального опубликования.",
			"enters_force [] fixed 2026-01-01\nenters_force [art_1__para_2] fixed 2026-07-01\nenters_force [art_2] months_after_publication:6 -\n", 0},
		{RU, ru + "1. Настоящий Закон вводится в действие с 1 января 2026 года, за исключением статьи 9, которая вводится в действие с 1 июля 2026 года.", "enters_force [] fixed 2026-01-01\n", 1},
		{RU, ru + "1. Настоящий Закон вводится в действие с 1 января 2026 года, за исключением правил о мелах.", "enters_force [] fixed 2026-01-01\n", 1},
		{RU, ru + "2. Приостановить с 1 января 2026 года по 31 декабря 2026 года действие подпунктов 1) и 2) пункта 2 статьи 1 настоящего Закона.",
			"suspended [art_1__para_2__subpara_1 art_1__para_2__subpara_2] until 2027-01-01 [2026-01-01, 2027-01-01)\n", 0},
		{RU, ru + "3. Установить, что статья 2 действует до 1 января 2030 года.", "temporary [art_2] until 2030-01-01 [, 2030-01-01)\n", 0},
		{RU, ru + "4. Пункт 1 статьи 1 настоящего Закона вводится в действие с 1 марта 2026 года.", "enters_force [art_1__para_1] fixed 2026-03-01\n", 0},
		{RU, "Статья 1. Чтение\nЧитать можно.\nСтатья 2. Заключительные положения\nНастоящий Закон вводится в действие со дня его официального опубликования.", "enters_force [] on_publication -\n", 0},
		{KK, kk + "1. Осы Заң алғашқы ресми жарияланған күнінен кейін күнтізбелік он күн өткен соң қолданысқа енгізіледі.", "enters_force [] days_after_publication:10 -\n", 0},
		{KK, "1. Зал ашық.\n2. Осы Жарлық ресми жарияланған күнiнен бастап қолданысқа енгiзiледi және ресми жариялануға тиіс.", "enters_force [] on_publication -\n", 0},
		{KK, "1. Зал ашық.\n2. Осы шешiм 2024 жылдың 1 қаңтарынан бастап күшiне енедi.", "enters_force [] fixed 2024-01-01\n", 0},
		{KK, kk + "1. Осы Заң, 2026 жылғы 1 шілдеден бастап қолданысқа енгізілетін осы Заңның 1-бабының 1 және 2-тармақтарын қоспағанда, 2026 жылғы 1 қаңтардан бастап қолданысқа енгізіледі.",
			"enters_force [] fixed 2026-01-01\nenters_force [art_1__para_1 art_1__para_2] fixed 2026-07-01\n", 0},
		{KK, kk + "2. Осы Заңның 2-бабының күші 2026 жылғы 1 қаңтардан бастап 2027 жылғы 1 қаңтарға дейін тоқтатыла тұрсын.", "suspended [art_2] until 2027-01-01 [2026-01-01, 2027-01-01)\n", 0},
		{KK, kk + "3. Осы Заңның 2-бабы 2030 жылғы 1 қаңтарға дейін қолданылады деп белгіленсін.", "temporary [art_2] until 2030-01-01 [, 2030-01-01)\n", 0},
		{EN, "Article 1. Reading\n1. One may read.\n2. One may not write.\nArticle 2. Entry into force of this Law\n1. This Law enters into force on 1 January 2026, with the exception of paragraph 2 of Article 1, which enters into force on 1 July 2026.",
			"enters_force [] fixed 2026-01-01\nenters_force [art_1__para_2] fixed 2026-07-01\n", 0},
	} {
		lines, err := ReadText(strings.NewReader(tc.text))
		if err != nil {
			t.Fatal(err)
		}
		ss, doubts := Build(tc.lang, "", lines).Statements()
		if diff := cmp.Diff(tc.want, says(ss, false)); diff != "" || len(doubts) != tc.doubts {
			t.Errorf("%s\n%d doubts %v (-want +got):\n%s", tc.text[strings.LastIndexByte(tc.text, '\n')+1:], len(doubts), doubts, diff)
		}
	}
}

// TestStatementsOfEveryText: whatever the text, reading its statements ends and
// names only units that stand in it.
func TestStatementsOfEveryText(t *testing.T) {
	for _, path := range globLawdata(t, "adilet-text/*.txt", "mass-media-law/*.md", "ua-press-law/*.md", "amendments/*/*.txt") {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		d := readBytes(t, path, raw)
		ss, doubts := d.Statements()
		for _, s := range ss {
			for _, a := range s.Addresses {
				if d.Find(a) == nil {
					t.Errorf("%s: %s %s is not in the text", path, s.Verb, a)
				}
			}
		}
		if len(doubts) > 0 {
			t.Logf("%s: %d statements, %d doubts, first: %s", filepath.Base(path), len(ss), len(doubts), doubts[0].Reason)
		}
	}
}
