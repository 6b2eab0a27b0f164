package web_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
)

// unfoundingAct excludes what the sample by-law was issued on, and changes what it
// cites, in each language.
var unfoundingAct = map[law.Lang]string{
	law.RU: `Внести в Закон Республики Казахстан «О районных библиотеках и читальных залах (образец)» следующие изменения:
1) подпункт 2) статьи 6 исключить;
2) в пункте 3 статьи 15 слово «только» исключить.`,
	law.KK: `«Аудандық кітапханалар және оқу залдары туралы (үлгі)» Қазақстан Республикасының Заңына мынадай өзгерістер енгізілсін:
1) 6-баптың 2) тармақшасы алып тасталсын;
2) 15-баптың 3-тармағындағы «ғана» деген сөз алып тасталсын.`,
}

// The page lists the units of other stored acts that cite what changes, and warns
// of by-laws that rest on it; it says what was looked through.
func TestDraftReferences(t *testing.T) {
	s := sampled(t)
	alone := parsed(t, s.sent("/ru/draft", map[string]string{"edition": string(sample.ActID) + "@2026-02-01:ru", "kind": "act", "text": unfoundingAct[law.RU]}))
	if got := text(alone.Find("[aria-labelledby=refs]")); !strings.Contains(got, "Других актов здесь нет") {
		t.Errorf("nothing is stored beside the act, and the page says %q", got)
	}

	s.act(sample.ByLaw())
	for _, lang := range []law.Lang{law.RU, law.KK} {
		s.edition(sample.ByLawID, law.Enacted, sample.ByLawDate, lang, sample.ByLawMarkdown(lang))
	}
	for ui, want := range map[law.Lang]struct{ name, basis, word, looked string }{
		law.RU: {"Постановление акимата Образцового района от 10 апреля 2025 года № 45 (образец) «Об утверждении Правил", "без неё он может остаться без основания", "подпункт 2) статьи 6 – исключено", "Просмотрен ещё 1 акт"},
		law.KK: {"«Аудандық кітапхананы пайдалану қағидаларын бекіту туралы (үлгі)» Үлгілі аудан", "онсыз акт негізсіз қалуы мүмкін", "6-баптың 2) тармақшасы – алып тасталды", "тағы 1 акт қаралды"},
		law.EN: {"«Аудандық кітапхананы пайдалану", "may be left without a legal basis", "Article 6(2) – removed", "1 other act stored here"},
	} {
		lang := ui
		if ui == law.EN {
			lang = law.RU
		}
		w := s.sent("/"+string(ui)+"/draft", map[string]string{"edition": string(sample.ActID) + "@2026-02-01:" + string(lang), "kind": "act", "text": unfoundingAct[lang]})
		if w.Code != http.StatusOK {
			t.Fatalf("%s: %d", ui, w.Code)
		}
		doc := parsed(t, w)
		section := doc.Find("[aria-labelledby=refs]")
		for _, said := range []string{want.name, want.basis, want.word, want.looked} {
			if got := text(section); !strings.Contains(got, said) {
				t.Errorf("%s: no %q in %q", ui, said, got)
			}
		}
		if n := section.Find("li").Length(); n != 3 { // the preamble, the rules' paragraphs 1 and 5
			t.Errorf("%s: %d references: %s", ui, n, text(section))
		}
		if n := section.Find(".notice, [role=note]").Length(); n != 1 {
			t.Errorf("%s: %d warnings that a by-law rests on what changes", ui, n)
		}
		follow(t, s, doc, "[aria-labelledby=refs] a[href]")
	}
}
