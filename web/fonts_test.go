package web_test

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/css"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/chromedp"
)

// Every letter of Kazakh and Russian and every sign of legal texts comes from our
// own files, in each family: the browser is asked which font drew it.
func TestLettersAreOurOwn(t *testing.T) {
	ctx := browser(t)
	srv := httptest.NewServer(newSite(t).handler)
	t.Cleanup(srv.Close)
	screen(t, ctx, 1280, false)
	// A font that is not there within a moment of the first paint is left for the
	// next page: what counts is how a page looks whose fonts the browser has.
	own := func() bool {
		for _, family := range []string{"serif", "display", "sans"} {
			for _, f := range fontsOf(t, ctx, ".glyphs--"+family) {
				if !f.IsCustomFont {
					return false
				}
			}
		}
		return true
	}
	for range 10 {
		do(t, ctx, chromedp.Navigate(srv.URL+"/kk/styleguide"))
		for !ask[bool](t, ctx, `document.fonts.status === 'loaded'`) {
			// the test ends with its context
		}
		if own() {
			break
		}
	}
	for family, name := range map[string]string{"serif": "Source Serif", "display": "Source Serif", "sans": "Golos"} {
		var drawn, want int
		rows := ask[int](t, ctx, `document.querySelectorAll('.glyphs--`+family+`').length`)
		if rows != 3 {
			t.Fatalf("%s: %d rows of letters", family, rows)
		}
		want = ask[int](t, ctx, `[...document.querySelectorAll('.glyphs--`+family+`')].reduce((n, p) => n + [...p.textContent].length, 0)`)
		for _, f := range fontsOf(t, ctx, ".glyphs--"+family) {
			if !f.IsCustomFont || !strings.Contains(f.FamilyName, name) {
				t.Errorf("%s: %v letters are drawn by %q", family, f.GlyphCount, f.FamilyName)
				continue
			}
			drawn += int(f.GlyphCount)
		}
		if drawn != want {
			t.Errorf("%s: our fonts drew %d of %d letters", family, drawn, want)
		}
	}
}

// fontsOf are the fonts that drew the elements a selector finds.
func fontsOf(t *testing.T, ctx context.Context, selector string) []*css.PlatformFontUsage {
	t.Helper()
	var out []*css.PlatformFontUsage
	do(t, ctx, func(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
		var none chromedp.Void
		if _, err := cdp.Call(ctx, tab, dom.Enable, dom.EnableParams{}); err != nil {
			return none, err
		}
		if _, err := cdp.Call(ctx, tab, css.Enable, cdp.Empty{}); err != nil {
			return none, err
		}
		doc, err := cdp.Call(ctx, tab, dom.GetDocument, dom.GetDocumentParams{})
		if err != nil {
			return none, err
		}
		found, err := cdp.Call(ctx, tab, dom.QuerySelectorAll, dom.QuerySelectorAllParams{NodeID: doc.Root.NodeID, Selector: selector})
		if err != nil {
			return none, err
		}
		for _, id := range found.NodeIDs {
			r, err := cdp.Call(ctx, tab, css.GetPlatformFontsForNode, css.GetPlatformFontsForNodeParams{NodeID: id})
			if err != nil {
				return none, err
			}
			out = append(out, r.Fonts...)
		}
		return none, nil
	})
	return out
}

// A Kazakh or Russian page loads no file of Latin letters: digits, signs, the
// numbers of acts and what the frame says in every language have one of their own.
func TestCyrillicPagesLoadNoLatin(t *testing.T) {
	ctx := browser(t)
	srv := httptest.NewServer(sampled(t).handler)
	t.Cleanup(srv.Close)
	screen(t, ctx, 1280, false)
	english := "/en" + sampleCompare + "/en" // last, as a browser keeps what it loaded
	for _, path := range []string{"/kk", "/ru", "/kk" + sampleCompare + "/kk", "/ru" + sampleCompare + "/ru", "/ru" + sampleUnit + "/ru", "/ru" + sampleOutcome + "/ru", english} {
		do(t, ctx, chromedp.Navigate(srv.URL+path))
		for !ask[bool](t, ctx, `document.readyState === 'complete' && document.fonts.status === 'loaded'`) {
			// the test ends with its context
		}
		files := ask[[]string](t, ctx, `performance.getEntriesByType('resource').map(e => e.name).filter(n => /woff2/.test(n)).map(n => n.replace(/.*\//, ''))`)
		if got := strings.Contains(strings.Join(files, " "), "-latin"); got != (path == english) || len(files) == 0 {
			t.Errorf("%s loads %v", path, files)
		}
	}
}
