package web_test

import (
	"context"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// chromium is the path of the browser, which TUZETU_CHROMIUM may give; the test
// is skipped where there is none.
func chromium(t *testing.T) string {
	t.Helper()
	path := os.Getenv("TUZETU_CHROMIUM")
	if path == "" {
		var err error
		if path, err = exec.LookPath("chromium"); err != nil {
			t.Skip("no chromium")
		}
	}
	return path
}

// browser starts Chromium.
func browser(t *testing.T) context.Context {
	t.Helper()
	path := chromium(t)
	opts := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true))
	alloc, stop := chromedp.NewExecAllocator(context.Background(), opts...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(alloc)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start %s: %v", path, err)
	}
	ctx, cancel = context.WithTimeout(ctx, 10*time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// do runs the actions or ends the test.
func do(t *testing.T, ctx context.Context, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

// ask runs a script in the page and returns what it says.
func ask[T any](t *testing.T, ctx context.Context, script string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](script))
	if err != nil {
		t.Fatalf("%s: %v", script, err)
	}
	return v
}

// screen sets the width of the window, and light or dark.
func screen(t *testing.T, ctx context.Context, width int64, dark bool) {
	t.Helper()
	media(t, ctx, width, dark, false)
}

// media is screen, or paper of that width.
func media(t *testing.T, ctx context.Context, width int64, dark, paper bool) {
	t.Helper()
	kind := "screen"
	if paper {
		kind = "print"
	}
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	do(t, ctx, chromedp.EmulateViewport(width, 900), func(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: kind, Features: []*emulation.MediaFeature{
			{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
		}})
		return chromedp.Void{}, err
	})
}

// shot is a screenshot taken for people to look at; it is not compared.
type shot struct {
	name, path string
	width      int64
	dark       bool
	print      bool
}

func sampleShots() []shot {
	return []shot{
		{"home-ru-1280", "/ru", 1280, false, false},
		{"home-kk-360", "/kk", 360, false, false},
		{"act-en-1280", "/en/acts/Z9900000001", 1280, false, false},
		{"edition-kk-1280", "/kk/acts/Z9900000001/2026-02-01/kk", 1280, false, false},
		{"edition-old-ru-360", "/ru/acts/Z9900000001/2025-03-01/ru", 360, false, false},
		{"compare-ru-1280", "/ru/acts/Z9900000001/compare/2025-03-01...2026-02-01/ru", 1280, false, false},
		{"compare-ru-360", "/ru/acts/Z9900000001/compare/2025-03-01...2026-02-01/ru", 360, false, false},
		{"compare-kk-dark-1280", "/kk/acts/Z9900000001/compare/2025-03-01...2026-02-01/kk", 1280, true, false},
		{"compare-en-side-1280", "/en/acts/Z9900000001/compare/2026-02-01...proposed-2026-09-01/en?view=side", 1280, false, false},
		{"compare-before-360", "/ru/acts/Z9900000001/compare/2025-03-01...2026-02-01/ru?view=before", 360, false, false},
		{"print-compare", "/ru" + sampleCompare + "/ru", 800, false, true},
		{"print-edition", "/kk" + sampleSecond + "/kk", 800, false, true},
		{"compare-hidden-kk-1280", "/kk" + sampleCompare + "/kk?technical=hide&view=side", 1280, false, false},
		{"outcome-pending-en-1280", "/en" + sampleOutcome + "/en", 1280, false, false},
		{"outcome-pending-kk-360", "/kk" + sampleOutcome + "/kk", 360, true, false},
		{"history-ru-1280", "/ru" + sampleAct + "/at/art_4__para_2/ru", 1280, false, false},
		{"history-kk-360", "/kk" + sampleAct + "/at/art_6/kk", 360, false, false},
		{"history-gone-en-360", "/en" + sampleAct + "/at/art_6__subpara_4/en?edition=2025-03-01", 360, true, false},
		{"missing-kk-360", "/kk/acts/Z9900000001/2020-01-01/kk", 360, false, false},
	}
}

func TestScreens(t *testing.T) {
	ctx := browser(t)
	srv := httptest.NewServer(sampled(t).handler)
	t.Cleanup(srv.Close)
	shoot(t, ctx, srv.URL, sampleShots())
}

func TestOutcomeScreens(t *testing.T) {
	ctx := browser(t)
	srv := httptest.NewServer(decided(t).handler)
	t.Cleanup(srv.Close)
	shoot(t, ctx, srv.URL, []shot{
		{"outcome-ru-1280", "/ru" + fullOutcome + "/ru", 1280, false, false},
		{"outcome-ru-360", "/ru" + fullOutcome + "/ru", 360, false, false},
		{"outcome-kk-dark-1280", "/kk" + fullOutcome + "/ru", 1280, true, false},
		{"outcome-en-800", "/en" + fullOutcome + "/ru?status=rejected", 800, false, false},
		{"print-outcome", "/ru" + fullOutcome + "/ru", 800, false, true},
	})
}

func TestPanelScreens(t *testing.T) {
	ctx := browser(t)
	srv := httptest.NewServer(workshop(t).handler)
	t.Cleanup(srv.Close)
	shoot(t, ctx, srv.URL, []shot{
		{"panels-ru-1280", "/ru" + sampleCompare + "/ru#refs", 1280, false, false},
		{"panels-kk-360", "/kk" + sampleCompare + "/ru#refs", 360, false, false},
		{"panels-en-dark-360", "/en" + sampleCompare + "/ru#norms", 360, true, false},
	})
}

func TestMassMediaScreens(t *testing.T) {
	s := massMediaSite(t)
	ctx := browser(t)
	srv := httptest.NewServer(s.handler)
	t.Cleanup(srv.Close)
	const law = "/acts/Z2400000093"
	shoot(t, ctx, srv.URL, []shot{
		{"mm-home-ru-1280", "/ru", 1280, false, false},
		{"mm-home-en-360", "/en", 360, false, false},
		{"mm-act-kk-1280", "/kk" + law, 1280, false, false},
		{"mm-edition-ru-1280", "/ru" + law + "/2026-03-02/ru", 1280, false, false},
		{"mm-compare-ru-1280", "/ru" + law + "/compare/2024-06-19...2026-03-02/ru", 1280, false, false},
		{"mm-compare-kk-360", "/kk" + law + "/compare/2024-06-19...2026-03-02/kk", 360, true, false},
	})
}

func shoot(t *testing.T, ctx context.Context, origin string, shots []shot) {
	t.Helper()
	dir := filepath.Join("testdata", "screens")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, s := range shots {
		media(t, ctx, s.width, s.dark, s.print)
		do(t, ctx, chromedp.Navigate(origin+s.path))
		png, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, s.name+".png"), png, 0o644); err != nil {
			t.Fatal(err)
		}
		for _, width := range []int64{320, 360} {
			screen(t, ctx, width, false)
			if over := ask[int](t, ctx, `document.documentElement.scrollWidth - innerWidth`); over > 0 {
				t.Errorf("%s at %d px: scrolls sideways by %d px", s.path, width, over)
			}
		}
	}
}

// A reader goes from change to change with n and p; the focus goes along.
func TestKeyboardSteps(t *testing.T) {
	ctx := browser(t)
	srv := httptest.NewServer(sampled(t).handler)
	t.Cleanup(srv.Close)
	screen(t, ctx, 1280, false)
	do(t, ctx, chromedp.Navigate(srv.URL+"/ru"+sampleCompare+"/ru"))
	here := func() string {
		return ask[string](t, ctx, `(document.activeElement.closest('.chg') || {id: ''}).id + ' ' + (document.querySelector('.chglist a[aria-current]') || {hash: ''}).hash`)
	}
	ids := ask[[]string](t, ctx, `[...document.querySelectorAll('.chg')].map(c => c.id)`)
	at := -1
	for _, key := range []string{"n", "n", "n", "p", "n", "n", "n", "n", "n", "n", "p", "p"} {
		do(t, ctx, chromedp.KeyEvent(key))
		if key == "n" {
			at = min(at+1, len(ids)-1)
		} else {
			at--
		}
		if got, want := here(), ids[at]+" #"+ids[at]; got != want {
			t.Fatalf("after %s: at %q, want %q", key, got, want)
		}
		if !ask[bool](t, ctx, `(() => { const r = document.activeElement.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight })()`) {
			t.Errorf("after %s: %s is out of sight", key, ids[at])
		}
	}
	if outline := ask[string](t, ctx, `getComputedStyle(document.activeElement).outlineStyle`); outline == "none" {
		t.Error("the focus cannot be seen")
	}
}

// An old link to a change finds it on the page it stands on now, and n goes on
// to the next page.
func TestSheetsInBrowser(t *testing.T) {
	ctx := browser(t)
	srv := httptest.NewServer(drafted(t).handler)
	t.Cleanup(srv.Close)
	at := srv.URL + "/ru" + sampleCompare + "/ru"
	screen(t, ctx, 1280, false)
	do(t, ctx, chromedp.Navigate(at+"#c-art_451"), chromedp.WaitVisible("#c-art_451"))
	if where, err := chromedp.Run(ctx, chromedp.Location()); err != nil || where != at+"?page=3#c-art_451" {
		t.Errorf("the link leads to %q, %v", where, err)
	}
	do(t, ctx, chromedp.Navigate(at), chromedp.WaitVisible("#c-art_201__para_1"), chromedp.Focus("#c-art_201__para_1 .chg__cite a"),
		chromedp.KeyEvent("n"), chromedp.WaitVisible("#c-art_202__para_1"))
	shoot(t, ctx, srv.URL, []shot{
		{"sheets-ru-1280", "/ru" + sampleCompare + "/ru?page=2", 1280, false, false},
		{"sheets-kk-360", "/kk" + sampleCompare + "/ru", 360, false, false},
	})
}

// Everything works without script.
func TestWithoutScript(t *testing.T) {
	ctx := browser(t)
	srv := httptest.NewServer(sampled(t).handler)
	t.Cleanup(srv.Close)
	do(t, ctx, func(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return chromedp.Void{}, err
	})
	screen(t, ctx, 360, false)
	do(t, ctx, chromedp.Navigate(srv.URL+"/ru"+sampleSecond+"/ru"),
		chromedp.Click(chromedp.CSS(".picks__fold summary")), chromedp.Click(chromedp.CSS(`form.points button`)), chromedp.WaitVisible(chromedp.CSS("article.chg")))
	where, err := chromedp.Run(ctx, chromedp.Location())
	if err != nil {
		t.Fatal(err)
	}
	if want := srv.URL + "/ru" + sampleCompare + "/ru"; where != want {
		t.Errorf("the picker leads to %s, want %s", where, want)
	}
	do(t, ctx, chromedp.Click(chromedp.CSS(".cmp > .fold summary")), chromedp.WaitVisible(chromedp.CSS(".cmp > .fold .prov")),
		chromedp.Click(chromedp.CSS("#norms summary")), chromedp.WaitVisible(chromedp.CSS(".norms__k")),
		chromedp.Click(chromedp.CSS(".techsw a")), chromedp.WaitNotPresent(chromedp.CSS(".chg.tech")),
		chromedp.Navigate(srv.URL+"/ru"+sampleAct+"/outcome"), chromedp.WaitVisible(chromedp.CSS(".oitem")),
		chromedp.Click(chromedp.CSS(".board__k a")), chromedp.WaitVisible(chromedp.CSS(`.board__k a[aria-current]`)),
		chromedp.Click(chromedp.CSS(".picks__fold summary")), chromedp.Click(chromedp.CSS("form.pick button")), chromedp.WaitNotPresent(chromedp.CSS(`.board__k a[aria-current]`)))
	if where, err = chromedp.Run(ctx, chromedp.Location()); err != nil {
		t.Fatal(err)
	}
	if want := srv.URL + "/ru" + sampleOutcome + "/ru"; where != want {
		t.Errorf("the texts are chosen at %s, want %s", where, want)
	}
}
