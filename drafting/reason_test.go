package drafting

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/law"
)

// TestReasonWords: every reason that the room gives has its words in three
// languages, with the same fields, and no words are of a reason it never gives.
func TestReasonWords(t *testing.T) {
	given := map[string]bool{}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	code := regexp.MustCompile(`because\("([a-z_]+)"`)
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range code.FindAllStringSubmatch(string(raw), -1) {
			given[m[1]] = true
		}
	}
	field := regexp.MustCompile(`\{[a-z0-9]+\}`)
	for c, words := range reasonWords() {
		if !given[c] {
			t.Errorf("%s: words of a reason that is never given", c)
		}
		delete(given, c)
		for _, lang := range law.Langs {
			if words[lang] == "" {
				t.Errorf("%s: no words in %s", c, lang)
			}
			for _, f := range field.FindAllString(words[lang], -1) {
				if !strings.Contains(words[law.EN], f) {
					t.Errorf("%s: %s is not in English", c, f)
				}
			}
		}
	}
	for c := range given {
		t.Errorf("%s: no words", c)
	}
}

func TestReasonIn(t *testing.T) {
	base := law.Build(law.RU, "", linesOf("Статья 1. Зал\n1. Зал открыт.\n2. Зал хранит:\n1) ноты;\n2) карты."))
	for _, tc := range []struct {
		act, code, ru, kk, en string
	}{
		{"пункт 7 статьи 1 исключить", "no_unit",
			"в тексте нет такого структурного элемента: пункт 7", "мәтінде мұндай құрылымдық элемент жоқ: 7-тармақ", "the text has no para_7"},
		{"в пункте 1 статьи 1 слово «закрыт» заменить словом «полон»", "words_not_in",
			"этих слов там нет: пункт 1", "бұл сөздер ол жерде жоқ: 1-тармақ", "the words are not in para_1"},
		{"пункт 2 статьи 1 дополнить подпунктом 2) следующего содержания: «2) афиши;»", "number_taken",
			"такой структурный элемент в тексте уже есть: подпункт 2)", "мұндай құрылымдық элемент мәтінде бар: 2) тармақша", "the text has subpara_2 already"},
		{"пункт 1 статьи 1 изложить в следующей редакции: «3. Зал закрыт.»", "other_number",
			"номер новой редакции – 3, а не 1", "жаңа редакцияның нөмірі – 1 емес, 3", "the wording is numbered 3, not 1"},
	} {
		a, err := Read(law.RU, linesOf("Статья 1. Внести в Закон Республики Казахстан «О залах» следующие изменения:\n"+tc.act+"."))
		if err != nil {
			t.Fatal(tc.act, err)
		}
		r := Apply(base, a, "")
		if len(r.Outcomes) != 1 {
			t.Fatalf("%s: %d instructions", tc.act, len(r.Outcomes))
		}
		got := r.Outcomes[0].Reason
		if got.Code() != tc.code || got.In(law.RU) != tc.ru || got.In(law.KK) != tc.kk || got.String() != tc.en {
			t.Errorf("%s:\n%s\n%s\n%s\n%s", tc.act, got.Code(), got.In(law.RU), got.In(law.KK), got)
		}
	}
}

// What was excluded before leaves the line that editors put in its place: that
// it goes too is told.
func TestExcludedBefore(t *testing.T) {
	base := law.Build(law.RU, "", linesOf("Статья 1. Зал\nЗал хранит:\n1) ноты;\n2) исключен Законом РК от 01.02.2020 № 5-VI;\n3) карты."))
	a, err := Read(law.RU, linesOf("Внести в Закон Республики Казахстан «О залах» следующие изменения:\nподпункты 2) и 3) статьи 1 исключить."))
	if err != nil {
		t.Fatal(err)
	}
	r := Apply(base, a, "")
	want := "подпункт 2): был исключён раньше, теперь убрана и отметка об этом"
	if len(r.Outcomes) != 1 || r.Outcomes[0].Status != Applied || len(r.Outcomes[0].Notices) == 0 || r.Outcomes[0].Notices[0].In(law.RU) != want {
		t.Errorf("%+v", r.Outcomes)
	}
}
