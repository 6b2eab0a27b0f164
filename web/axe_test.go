package web_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"github.com/tuzetu/tuzetu/law"
)

// auditFile reads a file of audit/; the test is skipped where the packages of
// its lock are not installed.
func auditFile(t *testing.T, name ...string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(append([]string{"audit"}, name...)...))
	if os.IsNotExist(err) {
		t.Skipf("%s is not installed: npm ci --prefix web/audit", name[1])
	}
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// tab opens a tab of the browser in which every page carries the scripts.
func tab(t *testing.T, browser context.Context, scripts ...string) context.Context {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser)
	t.Cleanup(cancel)
	for _, s := range scripts {
		do(t, ctx, func(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
			_, err := cdp.Call(ctx, tab, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: s})
			return chromedp.Void{}, err
		})
	}
	return ctx
}

// complaints runs a check of audit/checks.js.
func complaints(t *testing.T, ctx context.Context, check string) []string {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](check, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%s: %v", check, err)
	}
	return v
}

// Every kind of page, in every language, light and dark, on a small phone and
// on a desktop: axe-core finds nothing, every text stands under its language,
// nothing scrolls sideways or is cut off. What is folded is opened first.
//
// All rules run in light on both widths. The dark theme is the same page in
// other colours, so only the rules that look at colours run again.
func TestAudit(t *testing.T) {
	axe, checks := auditFile(t, "node_modules", "axe-core", "axe.min.js"), auditFile(t, "checks.js")
	browser := browser(t)
	srv := httptest.NewServer(auditedSite(t).handler)
	t.Cleanup(srv.Close)

	type job struct {
		kind kind
		ui   law.Lang
	}
	jobs := make(chan job, len(kinds)*len(law.Langs))
	for _, k := range kinds {
		for _, ui := range law.Langs {
			jobs <- job{k, ui}
		}
	}
	close(jobs)
	var mu sync.Mutex
	found := map[string][]string{} // complaints → pages
	var workers sync.WaitGroup
	for range 2 {
		ctx := tab(t, browser, axe, checks)
		workers.Go(func() {
			for j := range jobs {
				for _, c := range audited(t, ctx, srv.URL+j.kind.in(j.ui)) {
					mu.Lock()
					found[c] = append(found[c], fmt.Sprintf("%s (%s)", j.kind.name, j.ui))
					mu.Unlock()
				}
			}
		})
	}
	workers.Wait()
	for complaint, pages := range found {
		t.Errorf("%s\n\ton %s", complaint, strings.Join(pages, ", "))
	}
}

// audited returns all that is wrong with a page.
func audited(t *testing.T, ctx context.Context, address string) (wrong []string) {
	screen(t, ctx, 1280, false)
	do(t, ctx, chromedp.Navigate(address))
	ask[bool](t, ctx, `audit.unfold(), true`)
	for _, c := range []struct {
		width int64
		dark  bool
		check string
	}{
		{1280, false, `audit.languages()`},
		{1280, false, `audit.violations()`},
		{1280, true, `audit.violations(['color-contrast', 'link-in-text-block'])`},
		{320, true, `audit.violations(['color-contrast', 'link-in-text-block'])`},
		{320, false, `audit.violations()`},
		{320, false, `audit.sideways()`},
		{320, false, `audit.spacing()`},
	} {
		screen(t, ctx, c.width, c.dark)
		for _, w := range complaints(t, ctx, c.check) {
			wrong = append(wrong, fmt.Sprintf("%s, %d px, dark %t: %s", strings.TrimPrefix(c.check, "audit."), c.width, c.dark, w))
		}
	}
	return wrong
}
