package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// openBrowser starts Debian's Chromium, or skips the test where there is none.
func openBrowser(t *testing.T) context.Context {
	t.Helper()
	path := os.Getenv("TUZETU_CHROMIUM")
	if path == "" {
		var err error
		if path, err = exec.LookPath("chromium"); err != nil {
			t.Skip("no chromium")
		}
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun, chromedp.IgnoreCertErrors,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true))
	alloc, stop := chromedp.NewExecAllocator(context.Background(), opts...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(alloc)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start %s: %v", path, err)
	}
	return ctx
}

// visitor is somebody with a browser of their own.
type visitor struct {
	*town
	ctx   context.Context
	width int64
}

// comes opens the browser of somebody whose screen is that wide.
func (w *town) comes(browser context.Context, width int64) *visitor {
	w.t.Helper()
	ctx, cancel := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	w.t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil { // what begins it is what it lives as long as
		w.t.Fatal(err)
	}
	v := &visitor{w, ctx, width}
	// Without motion, so that what is pressed lies where it lay a moment before.
	v.do(func(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}}})
		return chromedp.Void{}, err
	})
	return v
}

// withoutScript turns script off.
func (v *visitor) withoutScript() {
	v.t.Helper()
	v.do(func(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return chromedp.Void{}, err
	})
}

// do takes no longer than anything may.
func (v *visitor) do(actions ...chromedp.Action[chromedp.Void]) {
	v.t.Helper()
	ctx, cancel := context.WithTimeout(v.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		v.t.Fatalf("%v on %s", err, v.where())
	}
}

func ask[T any](v *visitor, script string) (T, error) {
	ctx, cancel := context.WithTimeout(v.ctx, patience/4)
	defer cancel()
	return chromedp.Run(ctx, chromedp.Evaluate[T](script))
}

// where is the page as it is now, for one who reads that the test has failed.
func (v *visitor) where() string {
	said, err := ask[string](v, `location.href + "\n" + (document.querySelector("main") ?? document.body).innerText`)
	if err != nil {
		return err.Error()
	}
	return said
}

// open follows a link, of a letter or of the site.
func (v *visitor) open(link string) {
	v.t.Helper()
	if strings.HasPrefix(link, "/") {
		link = v.origin + link
	}
	v.do(chromedp.Navigate(link))
	v.fits()
}

// press presses a button or follows a link and waits for the next page.
func (v *visitor) press(selector string) {
	v.t.Helper()
	if _, err := ask[string](v, `document.documentElement.dataset.left = "yes"`); err != nil {
		v.t.Fatal(err)
	}
	v.do(chromedp.Click(chromedp.CSS(selector)))
	v.sees("the next page", `!document.documentElement.dataset.left`)
	v.fits()
}

// fits waits until the page lies still, and looks that it does not scroll
// sideways, neither on a small phone nor on the screen it is read on.
func (v *visitor) fits() {
	v.t.Helper()
	v.sees("its fonts", `document.readyState === "complete" && document.fonts.status === "loaded"`)
	for _, width := range []int64{320, v.width} {
		v.do(chromedp.EmulateViewport(width, 900))
		if over, err := ask[int](v, `document.documentElement.scrollWidth - innerWidth`); err != nil || over > 0 {
			v.t.Errorf("at %d px scrolls sideways by %d (%v): %s", width, over, err, v.where())
		}
	}
	v.keep()
}

// keep stores a picture of the page for people to look at, in the folder that
// TUZETU_SCREENS names.
func (v *visitor) keep() {
	dir := os.Getenv("TUZETU_SCREENS")
	if dir == "" {
		return
	}
	path, err := ask[string](v, `location.pathname + "@" + innerWidth`)
	if err != nil {
		v.t.Fatal(err)
	}
	png, err := chromedp.Run(v.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		v.t.Fatal(err)
	}
	name := fmt.Sprintf("%d-%.90s.png", time.Now().UnixMilli()%10_000_000, strings.ReplaceAll(strings.Trim(path, "/"), "/", "_"))
	if err := os.WriteFile(filepath.Join(dir, name), png, 0o644); err != nil {
		v.t.Fatal(err)
	}
}

// fill writes into a field of the page as one who pastes, or chooses.
func (v *visitor) fill(pairs ...string) {
	v.t.Helper()
	for i := 0; i+1 < len(pairs); i += 2 {
		script := fmt.Sprintf(`(() => {
			const f = document.querySelector("main form [name='%s']:not([type=hidden])");
			if (!f) return false;
			f.value = %q;
			f.dispatchEvent(new Event("input", {bubbles: true}));
			f.dispatchEvent(new Event("change", {bubbles: true}));
			return f.value !== "" || f.tagName !== "SELECT";
		})()`, pairs[i], pairs[i+1])
		if ok, err := ask[bool](v, script); err != nil || !ok {
			v.t.Fatalf("no field %s that takes %q (%v) on %s", pairs[i], pairs[i+1], err, v.where())
		}
	}
}

// types writes letter by letter.
func (v *visitor) types(pairs ...string) {
	v.t.Helper()
	for i := 0; i+1 < len(pairs); i += 2 {
		v.do(chromedp.SendKeys(chromedp.CSS("main form [name='"+pairs[i]+"']:not([type=hidden])"), pairs[i+1]))
	}
}

// ticks presses on boxes.
func (v *visitor) ticks(selectors ...string) {
	v.t.Helper()
	for _, s := range selectors {
		v.do(chromedp.Click(chromedp.CSS(s)))
		if v.count(s+":checked") == 0 {
			v.t.Fatalf("%s is not ticked on %s", s, v.where())
		}
	}
}

// unticks takes the mark from boxes that have one.
func (v *visitor) unticks(selectors ...string) {
	v.t.Helper()
	for _, s := range selectors {
		if v.count(s+":checked") != 1 {
			v.t.Fatalf("%s is not ticked on %s", s, v.where())
		}
		v.do(chromedp.Click(chromedp.CSS(s)))
		if v.count(s+":checked") != 0 {
			v.t.Fatalf("%s is still ticked on %s", s, v.where())
		}
	}
}

// text is what the first such element says, "" where there is none.
func (v *visitor) text(selector string) string {
	v.t.Helper()
	s, err := ask[string](v, fmt.Sprintf(`(document.querySelector(%q)?.innerText ?? "").trim()`, selector))
	if err != nil {
		v.t.Fatal(err)
	}
	return s
}

// sees waits until a condition holds on the page.
func (v *visitor) sees(what, condition string) {
	v.t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		met, err := ask[bool](v, condition) // fails while a page goes and another comes
		if err == nil && met {
			return
		}
		if time.Now().After(end) {
			v.t.Fatalf("waited for %s in vain (%v) on %s", what, err, v.where())
		}
	}
}

// reads reports whether the page says something.
func (v *visitor) reads(texts ...string) {
	v.t.Helper()
	page := strings.Join(strings.Fields(v.text("main")), " ")
	for _, s := range texts {
		if !strings.Contains(page, s) {
			v.t.Errorf("no %q on %s", s, v.where())
		}
	}
}

// count is how many such elements the page has.
func (v *visitor) count(selector string) int {
	v.t.Helper()
	n, err := ask[int](v, fmt.Sprintf(`document.querySelectorAll(%q).length`, selector))
	if err != nil {
		v.t.Fatal(err)
	}
	return n
}
