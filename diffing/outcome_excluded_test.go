package diffing

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tuzetu/tuzetu/law"
)

// What the official text leaves in place of an excluded unit enacts its deletion,
// and only the one proposed.
func TestOutcomeExcluded(t *testing.T) {
	const base = `Статья 1. Смотритель
Смотритель маяка обязан:
1) зажигать огонь с наступлением темноты;
2) вести журнал дежурств;
3) чистить линзы раз в неделю;
4) звонить в колокол в дни тумана.
Статья 2. Надзор
1. Надзор ведет капитан порта.
2. Капитан порта проверяет маяки два раза в год.`
	// without leaves out the lines that begin so, left puts another in their place.
	left := func(instead string, lines ...string) string {
		var out []string
		for _, l := range strings.Split(base, "\n") {
			if slices.ContainsFunc(lines, func(s string) bool { return strings.HasPrefix(l, s) }) {
				l, instead = instead, ""
			}
			if l != "" {
				out = append(out, l)
			}
		}
		return strings.Join(out, "\n")
	}
	without := func(lines ...string) string { return left("", lines...) }
	for _, c := range []struct {
		name, proposed, enacted string
		items, unasked          []string
	}{
		{
			"line left", without("2) вести"), left("2) исключен Законом РК от 01.02.2026 № 1-VIII;", "2) вести"),
			[]string{"adopted art_1__subpara_2"}, nil,
		},
		{
			"line left, in the form of the proposal", left("2) исключен;", "2) вести"), left("2) исключен Законом РК от 01.02.2026 № 1-VIII;", "2) вести"),
			[]string{"adopted art_1__subpara_2", "adopted art_1__subpara_2"}, nil,
		},
		{
			"line proposed, nothing left", left("2) исключен;", "2) вести"), without("2) вести"),
			[]string{"adopted art_1__subpara_2", "adopted art_1__subpara_2"}, nil,
		},
		{
			"line proposed, not repealed", left("2) исключен;", "2) вести"), base,
			[]string{"rejected art_1__subpara_2", "rejected art_1__subpara_2"}, nil,
		},
		{
			"two in one line", without("2) вести", "3) чистить"),
			left("2)-3) исключены Законом РК от 01.02.2026 № 1-VIII;", "2) вести", "3) чистить"),
			[]string{"adopted art_1__subpara_2", "adopted art_1__subpara_3"}, nil,
		},
		{
			"two in one line, one of them proposed", without("2) вести"),
			left("2)-3) исключены Законом РК от 01.02.2026 № 1-VIII;", "2) вести", "3) чистить"),
			[]string{"adopted art_1__subpara_2"}, []string{"deleted art_1__subpara_3", "inserted art_1__subpara_2"},
		},
		{
			"another one repealed", without("2) вести"), left("3) исключен Законом РК от 01.02.2026 № 1-VIII;", "3) чистить"),
			[]string{"rejected art_1__subpara_2"}, []string{"deleted art_1__subpara_3", "inserted art_1__subpara_3"},
		},
		{
			"a paragraph", without("2. Капитан"), left("2. Утратил силу Законом РК от 01.02.2026 № 1-VIII.", "2. Капитан"),
			[]string{"adopted art_2__para_2"}, nil,
		},
		{
			"an article", without("Статья 2", "1. Надзор", "2. Капитан"),
			left("Статья 2. Исключена Законом РК от 01.02.2026 № 1-VIII", "Статья 2", "1. Надзор", "2. Капитан"),
			[]string{"adopted art_2", "adopted art_2__para_1", "adopted art_2__para_2"}, nil,
		},
		{
			"what was to be edited", strings.Replace(base, "журнал дежурств", "журнал дежурств на бумаге", 1), left("2) исключен Законом РК от 01.02.2026 № 1-VIII;", "2) вести"),
			[]string{"opposite art_1__subpara_2"}, []string{"inserted art_1__subpara_2"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			out := Outcome(readText(law.RU, base), readText(law.RU, c.proposed), readText(law.RU, c.enacted))
			items, unasked := verdicts(out)
			if diff := cmp.Diff(c.items, items); diff != "" {
				t.Error("items", diff)
			}
			if diff := cmp.Diff(c.unasked, unasked); diff != "" {
				t.Error("unasked", diff)
			}
		})
	}
}

func verdicts(out *OutcomeResult) (items, unasked []string) {
	for _, it := range out.Items {
		items = append(items, string(it.Status)+" "+string(it.Provision.Address))
	}
	for _, p := range out.Unasked {
		at := p.To
		if at == nil {
			at = p.From
		}
		unasked = append(unasked, string(p.Kind)+" "+string(at.Provisions[0].Address))
	}
	return items, unasked
}

func TestIsExcluded(t *testing.T) {
	for text, want := range map[string]bool{
		"4) исключен Законом РК от 06.04.2024 № 71-VIII;":      true,
		"3)-6) исключены Законом РК от 01.02.2020 № 1-VI;":     true,
		"7), 8) исключены Законом РК от 01.02.2020 № 1-VI;":    true,
		"5. Исключен Законом РК от 01.02.2020 № 1-VI.":         true,
		"5. Утратил силу Законом РК от 01.02.2020 № 1-VI.":     true,
		"Статья 8. Исключена Законом РК от 08.07.2005 № 67":    true,
		"Глава 3 исключена Законом РК от 01.02.2020 № 1-VI.":   true,
		"6) алып тасталды - ҚР 25.06.2020 № 347-VI Заңымен;":   true,
		"6. Алынып тасталды – ҚР 25.06.2020 № 347-VI Заңымен.": true,
		"6-бап. Күші жойылды – ҚР 25.06.2020 № 347-VI Заңымен": true,
		"2) excluded by the Law of 01.02.2020 No. 1-VI;":       true,
		"4) исключение из реестра;":                            false,
		"4) запись исключена из реестра;":                      false,
		"4) алып жүру;":           false,
		"4) утрата силы патента;": false,
		"Примечание. Для целей настоящей статьи маяк – это башня с огнем.":    false,
		"4) қызметтік куәліктің күші жойылған жағдайда оны редакцияға беруге": false,
	} {
		lang := law.RU
		if strings.Contains(text, "ҚР") || strings.Contains(text, "қ") {
			lang = law.KK
		}
		doc := document(lang, "Статья 1. Маяк", "1. Маяк:", text)
		if got := isExcluded(doc.Provisions[len(doc.Provisions)-1]); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}
