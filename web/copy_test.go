package web_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
)

const longWords = " и далее перечисляются обстоятельства, которые принимаются во внимание"

// What is copied from a page is the official text: no spoken labels, no signs,
// no word left out, even where a long run was folded.
func TestCopiedTextIsClean(t *testing.T) {
	ctx := browser(t)
	s := workshop(t)
	srv := httptest.NewServer(s.handler)
	t.Cleanup(srv.Close)
	screen(t, ctx, 1280, false)
	do(t, ctx, chromedp.Navigate(srv.URL+"/ru"+sampleCompare+"/ru?view=after"))
	got := ask[string](t, ctx, `(() => {
		const body = document.querySelector('[id="c-art_2__para_1"] .chg__body');
		getSelection().selectAllChildren(body);
		return getSelection().toString();
	})()`)
	const want = "1. Инструмент выдается совершеннолетнему жителю двора на срок до пяти рабочих дней."
	if strings.Join(strings.Fields(got), " ") != want {
		t.Errorf("copied %q, want %q", got, want)
	}
}

// Long unchanged runs fold on the page and come back when they are copied.
func TestFoldedWordsAreCopied(t *testing.T) {
	ctx := browser(t)
	s := workshop(t)
	long := "2. Взнос" + strings.Repeat(longWords, 12) + " собирается до осени."
	s.edition(sample.ActID, law.Enacted, "2026-04-01", law.RU, "# О сборах (образец)\n\n**Статья 1. Сборы**\n\n"+long+"\n")
	s.edition(sample.ActID, law.Enacted, "2026-05-01", law.RU, "# О сборах (образец)\n\n**Статья 1. Сборы**\n\n"+strings.Replace(long, "осени", "зимы", 1)+"\n")
	srv := httptest.NewServer(s.handler)
	t.Cleanup(srv.Close)
	screen(t, ctx, 1280, false)
	do(t, ctx, chromedp.Navigate(srv.URL+"/ru"+sampleAct+"/compare/2026-04-01...2026-05-01/ru?view=after"))
	got := ask[string](t, ctx, `(() => {
		getSelection().selectAllChildren(document.querySelector('.chg__body'));
		document.dispatchEvent(new ClipboardEvent('copy'));
		return getSelection().toString();
	})()`)
	if want := strings.Replace(long, "осени", "зимы", 1); strings.Join(strings.Fields(got), " ") != want {
		t.Errorf("copied %q, want %q", got, want)
	}
}

// A question mark shows the keys, Escape closes them, and keys do nothing while a
// person types. Under a Russian layout the key n is «т».
func TestKeysSheet(t *testing.T) {
	ctx := browser(t)
	srv := httptest.NewServer(sampled(t).handler)
	t.Cleanup(srv.Close)
	screen(t, ctx, 1280, false)
	open := func() bool { return ask[bool](t, ctx, `document.getElementById('keys').open`) }
	do(t, ctx, chromedp.Navigate(srv.URL+"/ru"+sampleCompare+"/ru"), chromedp.KeyEvent("?"))
	if !open() {
		t.Fatal("? shows nothing")
	}
	do(t, ctx, chromedp.KeyEvent("n"), chromedp.KeyEvent("\u001b"))
	if open() || ask[bool](t, ctx, `!!document.querySelector('.chg.is-here')`) {
		t.Error("Escape does not close the keys, or n works below them")
	}
	at := ask[string](t, ctx, `(() => {
		const i = document.createElement('input'); document.body.append(i); i.focus();
		i.dispatchEvent(new KeyboardEvent('keydown', { key: 'n', code: 'KeyN', bubbles: true })); i.blur();
		const typed = document.querySelector('.chg.is-here') ? 'typing steps' : '';
		document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'т', code: 'KeyN', bubbles: true }));
		return typed + (document.activeElement.closest('.chg') || { id: 'nowhere' }).id;
	})()`)
	if at != "c-art_1__subpara_3-1" {
		t.Errorf("under a Russian layout n leads to %q", at)
	}
	if !ask[bool](t, ctx, `document.querySelector('.pin').classList.contains('is-on')`) {
		t.Error("the ribbon does not tell where the reader is")
	}
}
