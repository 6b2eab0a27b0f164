package web_test

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
)

// The day a change entered into force is computed where the day its act was
// published is known, and says so; elsewhere the phrase stands alone.
func TestInForce(t *testing.T) {
	const phrase = "вводится в действие по истечении шестидесяти календарных дней после дня его первого официального опубликования"
	bare := sampled(t)
	published := sampled(t)
	published.act(law.Act{ID: sample.AmendingActID, Titles: map[law.Lang]string{law.RU: "О внесении изменений"}, Published: "2025-12-02"})
	for _, c := range []struct {
		name    string
		site    *site
		ui, sel string
		want    string
	}{
		{"unknown", bare, "ru", ".chg__mg dt, .chg__mg dd", "Закон № 2-I (28.11.2025) " + phrase},
		{"known", published, "ru", ".chg__mg dt, .chg__mg dd", "Закон № 2-I (28.11.2025) Действует с 01.02.2026 " + phrase + " рассчитано по дню официального опубликования (02.12.2025)"},
		{"kk", published, "kk", ".chg__mg dd:nth-of-type(2)", "2026 жылғы 1 ақпаннан бастап"},
		{"kk", published, "kk", ".chg__mg dt:nth-of-type(2)", "Қолданысқа енгізілуі"},
		{"en", published, "en", ".chg__mg dd:nth-of-type(2)", "since 01.02.2026"},
	} {
		e := c.site.page("/" + c.ui + sampleCompare + "/ru").Find(`[id="c-art_7-1"]`)
		var got []string
		e.Find(c.sel).Each(func(_ int, d *goquery.Selection) { got = append(got, text(d)) })
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %q, want %q", c.name, strings.Join(got, " "), c.want)
		}
	}
	note := text(published.page("/ru" + sampleSecond + "/ru").Find("#art_4 .note__act"))
	if !strings.Contains(note, "с 01.02.2026") {
		t.Errorf("the note says %q", note)
	}
	if got := text(published.page("/ru").Find("#latest small").First()); !strings.HasSuffix(got, "с 01.02.2026") {
		t.Errorf("the front page says %q", got)
	}
}
