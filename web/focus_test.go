package web_test

import (
	"net/http/httptest"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Tab stops at every link and control in the order of the text, each seen and
// not hidden, and goes on out of the page; Shift+Tab comes back the same way. The
// first stop is the skip link, which leads past the head.
func TestTabOrder(t *testing.T) {
	checks := auditFile(t, "checks.js")
	ctx := tab(t, browser(t), checks)
	srv := httptest.NewServer(sampled(t).handler)
	t.Cleanup(srv.Close)
	type place struct {
		At    int      `json:"at"` // among the stops, from 0; -1 for none of them
		Wrong []string `json:"wrong"`
	}
	for _, c := range []struct {
		path  string
		width int64
	}{
		{"/ru", 1280}, {"/kk", 320},
		{"/kk" + sampleSecond + "/kk", 1280}, {"/ru" + sampleSecond + "/ru", 320},
		{"/ru" + sampleCompare + "/ru", 1280}, {"/en" + sampleCompare + "/ru?view=side", 320},
	} {
		screen(t, ctx, c.width, false)
		do(t, ctx, chromedp.Navigate(srv.URL+c.path))
		at := -1
		for n := 1; ; n++ {
			do(t, ctx, chromedp.KeyEvent(kb.Tab))
			got := ask[place](t, ctx, `audit.focus()`)
			if got.At < at && got.At <= 0 { // out of the page, or round again
				break
			}
			for _, w := range got.Wrong {
				t.Errorf("%s, %d px: %s", c.path, c.width, w)
			}
			if at = got.At; n > 2000 || t.Failed() {
				t.Fatalf("%s, %d px: lost after %d stops", c.path, c.width, n)
			}
		}
		stops := ask[int](t, ctx, `audit.stops().length`)
		if at != stops-1 || stops < 10 {
			t.Errorf("%s, %d px: Tab ends at %d of %d stops", c.path, c.width, at, stops)
		}
		ask[bool](t, ctx, `audit.stops().at(-1).focus(), true`)
		for at := stops - 2; at >= stops-8; at-- { // the links of the foot
			do(t, ctx, chromedp.KeyEvent(kb.Tab, chromedp.KeyModifiers(8))) // Shift
			if got := ask[place](t, ctx, `audit.focus()`); got.At != at {
				t.Errorf("%s, %d px: Shift+Tab leads to stop %d, want %d", c.path, c.width, got.At, at)
			}
		}

		do(t, ctx, chromedp.Navigate(srv.URL+c.path), chromedp.KeyEvent(kb.Tab))
		if !ask[bool](t, ctx, `document.activeElement.matches('a.skip[href="#main"]') && document.activeElement.getBoundingClientRect().top >= 0`) {
			t.Errorf("%s: the first stop is no skip link in sight", c.path)
		}
		do(t, ctx, chromedp.KeyEvent(kb.Enter), chromedp.KeyEvent(kb.Tab))
		if !ask[bool](t, ctx, `document.querySelector('#main').contains(document.activeElement)`) {
			t.Errorf("%s: the skip link does not lead into the text", c.path)
		}
	}
}
