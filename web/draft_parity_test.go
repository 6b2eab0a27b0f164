package web_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

const (
	hallsRU = `О внесении изменений и дополнений в Закон Республики Казахстан «О залах»
Статья 1. Внести в Закон Республики Казахстан от 1 марта 1995 года «О залах» следующие изменения и дополнения:
1) подпункт 3) пункта 1 статьи 1 исключить;
2) статью 2 дополнить пунктом 3 следующего содержания:
«3. Вход свободный с 10 часов.».
Статья 2. Настоящий Закон вводится в действие по истечении десяти календарных дней после дня его первого официального опубликования.
`
	hallsKK = `«Залдар туралы» Қазақстан Республикасының Заңына өзгерістер мен толықтырулар енгізу туралы
1-бап. «Залдар туралы» 1995 жылғы 1 наурыздағы Қазақстан Республикасының Заңына мынадай өзгерістер мен толықтырулар енгізілсін:
1) 1-баптың 1-тармағының 3) тармақшасы алып тасталсын;
2) 2-бап мынадай мазмұндағы 3-тармақпен толықтырылсын:
«3. Кіру сағат 10-нан бастап тегін.».
2-бап. Осы Заң алғашқы ресми жарияланған күнінен кейін күнтізбелік он күн өткен соң қолданысқа енгізіледі.
`
)

func TestDraftParity(t *testing.T) {
	s := sampled(t)
	compare := func(ru, kk string) *goquery.Document {
		t.Helper()
		w := s.sent("/ru/draft/parity", map[string]string{"text-ru": ru, "text-kk": kk})
		if w.Code != http.StatusOK || w.Header().Get("Cache-Control") != "private, no-store" {
			t.Fatalf("%d, Cache-Control %q: %s", w.Code, w.Header().Get("Cache-Control"), w.Body)
		}
		return parsed(t, w)
	}
	doc := compare(hallsRU, hallsKK)
	if got := text(doc.Find("#found")); got != "Расхождений не найдено" || doc.Find("details.fold li.par").Length() != 3 {
		t.Errorf("%q: %s", got, text(doc.Find("main")))
	}
	for name, tc := range map[string]struct{ ru, kk, what, inRU, inKK string }{
		"a number":     {hallsRU, strings.Replace(hallsKK, "10-нан", "11-ден", 1), "числа в кавычках", "10", "11"},
		"an address":   {strings.Replace(hallsRU, "пункта 1 статьи 1", "пункта 2 статьи 1", 1), hallsKK, "структурный элемент", "пункта 2 статьи 1", "пункта 1 статьи 1"},
		"an operation": {strings.Replace(hallsRU, "исключить", "изложить в следующей редакции:\n«3) карты»", 1), hallsKK, "вид указания", "новая редакция", "исключение"},
		"a date":       {strings.Replace(hallsRU, "1 марта", "2 марта", 1), hallsKK, "даты", "1995-03-02", "1995-03-01"},
	} {
		doc := compare(tc.ru, tc.kk)
		found := false
		doc.Find("#found ~ table tr, #found ~ ol table tr").Each(func(_ int, row *goquery.Selection) {
			cells := row.Find("td")
			found = found || row.Find("th[scope=row]").Text() == tc.what && strings.Contains(cells.Eq(0).Text(), tc.inRU) && strings.Contains(cells.Eq(1).Text(), tc.inKK)
		})
		if !found || text(doc.Find("#found")) != "Есть расхождения" {
			t.Errorf("%s: %s", name, text(doc.Find("main")))
		}
	}
	doc = compare(hallsRU, strings.Replace(hallsKK, "1) 1-баптың 1-тармағының 3) тармақшасы алып тасталсын;\n", "", 1))
	if got := text(doc.Find("#found ~ ol .par__c").Last()); got != "есть только на русском языке" {
		t.Errorf("left out in Kazakh: %q", got)
	}
}

// Each side says what is wrong with it, and keeps what was pasted.
func TestDraftParityRefuses(t *testing.T) {
	s := sampled(t)
	for name, tc := range map[string]struct {
		ru, kk string
		fault  [2]string
	}{
		"nothing":         {"", "", [2]string{"Вставьте текст или выберите файл.", "Вставьте текст или выберите файл."}},
		"exchanged":       {hallsKK, hallsRU, [2]string{"Этот текст на другом языке.", "Этот текст на другом языке."}},
		"one is no act":   {hallsRU, "Жай ғана мәтін. Мұнда ешқандай өзгеріс көзделмейді.", [2]string{"", "В тексте не найдено ни одного указания об изменении."}},
		"one is not sent": {hallsRU, " ", [2]string{"", "Вставьте текст или выберите файл."}},
	} {
		w := s.sent("/ru/draft/parity", map[string]string{"text-ru": tc.ru, "text-kk": tc.kk})
		doc := parsed(t, w)
		if w.Code != http.StatusUnprocessableEntity || doc.Find("#found").Length() != 0 {
			t.Errorf("%s: %d", name, w.Code)
		}
		doc.Find(".draft__side").Each(func(i int, side *goquery.Selection) {
			if got := strings.TrimPrefix(text(side.Find(".err")), "Ошибка: "); got != tc.fault[i] {
				t.Errorf("%s, side %d: %q, want %q", name, i, got, tc.fault[i])
			}
			if got, want := strings.TrimSpace(side.Find("textarea").Text()), strings.TrimSpace([]string{tc.ru, tc.kk}[i]); got != want {
				t.Errorf("%s, side %d: the text is gone", name, i)
			}
		})
	}
}
