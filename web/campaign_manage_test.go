package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
)

// Addresses with a token, and answers to forms, reach no other site and no cache.
func TestPrivateAnswers(t *testing.T) {
	b := newBooth(t)
	confirm, manage := b.signed("ru", "a@example.kz", "updates", "1")
	leave := b.unsubscribe(manage)
	for _, w := range []struct {
		name string
		path string
	}{{"confirm", confirm}, {"manage", manage}, {"unsubscribe", leave}, {"no such link", "/ru/confirm/none"}} {
		got := b.get(w.path)
		for name, want := range map[string]string{"Cache-Control": "private, no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex", "Set-Cookie": ""} {
			if h := got.Header().Get(name); h != want {
				t.Errorf("%s: %s is %q", w.name, name, h)
			}
		}
		body := got.Body.String()
		if strings.Contains(body, "og:") || strings.Contains(body, `rel="canonical"`) {
			t.Errorf("%s: tells others of itself", w.name)
		}
		if !strings.Contains(got.Header().Get("Content-Security-Policy"), "script-src 'self'") {
			t.Errorf("%s: %q", w.name, got.Header().Get("Content-Security-Policy"))
		}
	}
	// No address leads a visitor away, whatever is asked for.
	for _, path := range []string{manage + "?next=https://evil.example", "/ru" + boothPath + "/sign?redir=//evil.example"} {
		form := b.filled("ru", "b@example.kz")
		if to := b.post(path, form).Header().Get("Location"); !strings.HasPrefix(to, "/ru/") || strings.Contains(to, "evil") {
			t.Errorf("%.30s: to %q", path, to)
		}
	}
	if w := b.post("/ru"+boothPath+"/sign", b.filled("ru", "c@example.kz"), "Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site"); w.Code != http.StatusForbidden {
		t.Errorf("a form from another site: %d", w.Code)
	}
}

// unsubscribe is the link at the end of letters with news.
func (b *booth) unsubscribe(manage string) string {
	b.tb.Helper()
	kept, err := b.manager.Look(b.tb.Context(), manage[strings.LastIndex(manage, "/")+1:], "manage")
	if err != nil {
		b.tb.Fatal(err)
	}
	return "/ru/unsubscribe/" + b.manager.Unsubscribe(kept.ID)
}

// RFC 8058: a mail program unsubscribes by POST, without cookies and without
// having opened the page; to open it does nothing.
func TestUnsubscribe(t *testing.T) {
	b := newBooth(t)
	_, manage := b.signed("ru", "a@example.kz", "updates", "1", "display", "1")
	leave := b.unsubscribe(manage)
	news := func() bool { _, on := b.page(manage).Find("input[name=updates]").Attr("checked"); return on }
	for range 20 {
		b.page(leave)
		b.ask(http.MethodHead, leave)
	}
	if !news() {
		t.Fatal("looking unsubscribed")
	}
	for range 2 {
		if w := b.post(leave, url.Values{"List-Unsubscribe": {"One-Click"}}); w.Code != http.StatusOK {
			t.Fatalf("%d", w.Code)
		}
	}
	if news() {
		t.Error("still subscribed")
	}
	if got := text(b.page(manage).Find("main bdi")); got != "Айгүл С." {
		t.Errorf("the other consent went too: %q", got)
	}
	if got := b.count(); got != "1" {
		t.Errorf("the signature went too: %s", got)
	}
}

// The consents of a signer change one by one; what is sealed must be typed anew.
func TestWishes(t *testing.T) {
	b := newBooth(t)
	_, manage := b.signed("ru", "a@example.kz")
	if w := b.post(manage, url.Values{"display": {"1"}, "updates": {"1"}, "email": {"no address"}}); w.Code != http.StatusUnprocessableEntity || strings.Count(w.Body.String(), `aria-invalid="true"`) != 3 {
		t.Fatalf("%d", w.Code)
	}
	if w := b.post(manage, url.Values{"display": {"1"}, "given": {"Мария"}, "surname": {"иванова"}}); w.Code != http.StatusSeeOther {
		t.Fatalf("%d", w.Code)
	}
	if got := text(b.page(manage + "?done=wishes").Find("main bdi")); got != "Мария И." {
		t.Errorf("shown %q", got)
	}
	b.pass(time.Second)
	if got := text(b.page("/ru" + boothPath).Find(".names")); got != "Мария И." {
		t.Errorf("names %q", got)
	}
	b.post(manage, url.Values{})
	b.pass(time.Second)
	if b.page("/ru"+boothPath).Find(".names").Length() != 0 {
		t.Error("a name without consent is shown")
	}
}

// A new text begins at zero, and its signers are asked again.
func TestSignAgain(t *testing.T) {
	b := newBooth(t)
	_, manage := b.signed("ru", "a@example.kz", "display", "1")
	if got := b.count(); got != "1" {
		t.Fatalf("counted %s", got)
	}
	names := func() string { return text(b.page("/ru" + boothPath).Find(".names")) }
	if names() == "" {
		t.Fatal("no name is shown")
	}
	next := boothText()
	next.Ask = in3("Жаңа өтініш.", "Новая просьба.", "A new request.")
	if _, err := b.store.SaveText(t.Context(), b.id, next, accounts.Entry{}); err != nil {
		t.Fatal(err)
	}
	if got := b.count(); got != "0" {
		t.Errorf("the new text begins at %s", got)
	}
	if got := names(); got != "" {
		t.Errorf("%q stands under a text it has not signed", got)
	}
	doc := b.page(manage)
	if !strings.Contains(text(doc.Find("main")), "Новая просьба.") {
		t.Fatalf("%q", text(doc.Find("main")))
	}
	form := url.Values{"agreed": {"1"}}
	for _, name := range []string{"text", "consent"} {
		v, _ := doc.Find("form[action$='/again'] input[name=" + name + "]").Attr("value")
		form.Set(name, v)
	}
	stale := url.Values{"agreed": {"1"}, "text": {strings.Repeat("0", 64)}, "consent": form["consent"]}
	if w := b.post(manage+"/again", stale); w.Code != http.StatusConflict {
		t.Errorf("a text nobody showed: %d", w.Code)
	}
	w := b.post(manage+"/again", form)
	if to := w.Header().Get("Location"); w.Code != http.StatusSeeOther || to != manage+"?done=again" {
		t.Fatalf("%d to %q", w.Code, to)
	}
	if doc := b.page(manage); doc.Find("form[action$='/again']").Length() != 0 {
		t.Error("asked once more")
	}
	if got := b.count(); got != "1" || names() == "" {
		t.Errorf("signed again: %s, %q", got, names())
	}
}

// A lost link comes by mail, and whoever asks for it, it is the one of the first
// letter, which lives as long as the signature.
func TestLostLink(t *testing.T) {
	b := newBooth(t)
	_, manage := b.signed("kk", "a@example.kz")
	w := b.post("/kk"+boothPath+"/lost", url.Values{"email": {"a@example.kz"}})
	if w.Code != http.StatusSeeOther {
		t.Fatalf("%d", w.Code)
	}
	b.page(w.Header().Get("Location"))
	letters := b.letters()
	if len(letters) != 1 {
		t.Fatalf("%d letters", len(letters))
	}
	if _, again := links(letters[0]); again != manage {
		t.Errorf("another link: %s, first %s", again, manage)
	}
	b.page(manage)
	b.post("/kk"+boothPath+"/lost", url.Values{"email": {"nobody@example.kz"}})
	if got := b.letters(); len(got) != 0 {
		t.Errorf("letters to one who never signed: %+v", got)
	}
	if w := b.post("/kk"+boothPath+"/lost", url.Values{"email": {"nobody"}}); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("no address: %d", w.Code)
	}
	// Once it is closed nothing can be sent, and the page does not promise it.
	if err := b.store.SetState(t.Context(), b.id, campaigns.Closed, accounts.Entry{}); err != nil {
		t.Fatal(err)
	}
	b.pageWith(http.StatusConflict, "/kk"+boothPath+"/lost")
	if w := b.post("/kk"+boothPath+"/lost", url.Values{"email": {"a@example.kz"}}); w.Code != http.StatusConflict {
		t.Errorf("a link was promised: %d", w.Code)
	}
}
