package web_test

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/tuzetu/tuzetu/campaigns"
)

// A person signs in Kazakh with script and in Russian without, confirms by the
// button of the letter's page, sees the count rise and withdraws.
func TestSigningInBrowser(t *testing.T) {
	b := newBooth(t)
	ctx := browser(t)
	srv := httptest.NewServer(b.handler)
	t.Cleanup(srv.Close)
	screen(t, ctx, 360, false)
	page := func(ui string) string { return srv.URL + "/" + ui + boothPath }
	sign := func(ui, given, surname, email string) {
		t.Helper()
		do(t, ctx, chromedp.Navigate(page(ui)), chromedp.WaitVisible(chromedp.CSS("#sign")),
			chromedp.SendKeys(chromedp.CSS("#f-given"), given), chromedp.SendKeys(chromedp.CSS("#f-surname"), surname),
			chromedp.SendKeys(chromedp.CSS("#f-email"), email), chromedp.SetValue(chromedp.CSS("#f-region"), "KZ-75"),
			chromedp.Click(chromedp.CSS("#f-agreed")), chromedp.Click(chromedp.CSS("#sign input[name=display]")),
			chromedp.Click(chromedp.CSS("#sign button")), chromedp.WaitVisible(chromedp.CSS(".steps")))
	}
	confirmed := func() (manage string) {
		t.Helper()
		letters := b.letters()
		if len(letters) != 1 {
			t.Fatalf("%d letters", len(letters))
		}
		confirm, manage := links(letters[0])
		do(t, ctx, chromedp.Navigate(srv.URL+confirm), chromedp.Click(chromedp.CSS("main form button")), chromedp.WaitVisible(chromedp.CSS(".receipt")))
		return manage
	}

	sign("kk", "Айгүл", "Серікова", "aigul@example.kz")
	first := confirmed()
	if got := b.count(); got != "1" {
		t.Fatalf("counted %s", got)
	}

	// The page that stands open is told of the next one.
	do(t, ctx, chromedp.Navigate(page("kk")), chromedp.WaitVisible(chromedp.CSS("#live")))
	if got := ask[string](t, ctx, `document.querySelector('#live').textContent`); got != "1" {
		t.Fatalf("the page begins at %s", got)
	}
	b.signed("ru", "second@example.kz")
	// Its stream may open only now; it then begins with the number of this moment.
	b.pass(campaigns.LeastWait)
	if err := b.counter.Step(context.Background()); err != nil {
		t.Fatal(err)
	}
	b.pass(campaigns.LeastWait)
	if err := b.counter.Step(context.Background()); err != nil {
		t.Fatal(err)
	}
	const rose = `document.querySelector('#live').textContent === '2' && document.querySelector('[data-live-n]').textContent === '2'`
	if _, err := chromedp.Run(ctx, chromedp.Poll[bool](rose)); err != nil {
		t.Fatalf("the open page was not told: %v", err)
	}
	do(t, ctx, func(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return chromedp.Void{}, err
	})
	sign("ru", "Дмитрий", "Ким", "dmitry@example.kz")
	second := confirmed()
	if got := b.count(); got != "3" {
		t.Errorf("counted %s", got)
	}
	if got := text(b.page("/ru" + boothPath).Find(".names")); !strings.Contains(got, "Айгүл С.") || !strings.Contains(got, "Дмитрий К.") {
		t.Errorf("names %q", got)
	}
	for _, manage := range []string{first, second} {
		do(t, ctx, chromedp.Navigate(srv.URL+manage), chromedp.Click(chromedp.CSS("form[action$='/withdraw'] button")), chromedp.WaitVisible(chromedp.CSS(".links")))
	}
	if got := b.count(); got != "1" {
		t.Errorf("after withdrawing: %s", got)
	}
	b.pass(time.Second)
	if b.page("/ru"+boothPath).Find(".names").Length() != 0 {
		t.Error("withdrawn names are shown")
	}
}
