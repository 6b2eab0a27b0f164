package web_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// The link «copy or cite» of a change opens a dialog with a citation in each
// language; each is copied with the wording of the change. Escape closes it, and
// the focus goes back.
func TestCitationDialog(t *testing.T) {
	ctx := browser(t)
	srv := httptest.NewServer(sampled(t).handler)
	t.Cleanup(srv.Close)
	screen(t, ctx, 1280, false)
	const change = `[id="c-art_4__para_2"]`
	link := chromedp.CSS(change + " a.js-quote")
	do(t, ctx, chromedp.Navigate(srv.URL+"/ru"+sampleCompare+"/ru"), chromedp.WaitVisible(link))
	// a browser without a window has no clipboard
	ask[bool](t, ctx, `Object.defineProperty(navigator, 'clipboard', {value: {writeText: s => { window.copied = s; return Promise.resolve() }}}), true`)
	opened := chromedp.CSS("dialog[open] .quote")
	for i, c := range []struct{ lang, cite, at string }{
		{"kk", "«Аудандық кітапханалар және оқу залдары туралы (үлгі)»", "/kk" + sampleSecond + "/ru#art_4__para_2"},
		{"ru", "пункт 2 статьи 4 (редакция от 1 февраля 2026 года)", "/ru" + sampleSecond + "/ru#art_4__para_2"},
		{"en", "Article 4(2) (edition of 1 February 2026)", "/en" + sampleSecond + "/ru#art_4__para_2"},
	} {
		do(t, ctx, chromedp.Click(link), chromedp.WaitVisible(opened))
		langs := ask[[]string](t, ctx, `[...document.querySelectorAll('dialog[open] .quote')].map(p => p.lang)`)
		if strings.Join(langs, " ") != "kk ru en" && len(langs) != 3 {
			t.Fatalf("citations in %v", langs)
		}
		ask[bool](t, ctx, `(document.querySelector('dialog[open] .quote[lang=`+c.lang+`] + button').click(), true)`)
		got := strings.ReplaceAll(ask[string](t, ctx, `window.copied`), "\u00a0", " ")
		wording, cite, _ := strings.Cut(got, "\n\n")
		if !strings.HasPrefix(wording, "2. Основные услуги районной библиотеки, включая доступ в сеть Интернет,") || strings.Contains(wording, "по желанию") || strings.Contains(wording, "[") {
			t.Errorf("%s: the wording is %q", c.lang, wording)
		}
		if !strings.Contains(cite, c.cite) || !strings.Contains(cite, c.at) {
			t.Errorf("%s: the citation is %q, want %q and %q in it", c.lang, cite, c.cite, c.at)
		}
		if n := ask[int](t, ctx, `document.querySelectorAll('dialog[open]').length`); n != 0 {
			t.Errorf("%d: %d dialogs stay open", i, n)
		}
		if said := ask[string](t, ctx, `document.querySelector('[role=status]').textContent`); said != "Скопировано" {
			t.Errorf("said: %q", said)
		}
	}
	do(t, ctx, chromedp.Focus(link), chromedp.KeyEvent("\r"), chromedp.WaitVisible(opened), chromedp.KeyEvent("\x1b"), chromedp.WaitNotPresent(opened))
	if !ask[bool](t, ctx, `document.activeElement.matches('`+change+` a.js-quote')`) {
		t.Error("the focus does not go back to the link")
	}
}
