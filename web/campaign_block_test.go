package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/tuzetu/tuzetu/internal/mail"
)

// blockLink is the link of a letter by which its address wants no more, as a path.
func blockLink(l mail.Sent) string {
	for _, link := range l.Links {
		if strings.Contains(link.Href, "/block/") {
			return strings.TrimPrefix(link.Href, "https://tuzetu.example")
		}
	}
	return ""
}

// Whose address a stranger typed forbids letters by a button, and only by it;
// from then on none comes, and nobody can tell.
func TestBlock(t *testing.T) {
	b := newBooth(t)
	b.sign("ru", b.filled("ru", "a@example.kz"))
	block := blockLink(b.letters()[0])
	for range 20 { // scanners of mail
		b.page(block)
		b.ask(http.MethodHead, block)
	}
	b.sign("ru", b.filled("ru", "a@example.kz"))
	if n := len(b.letters()); n != 1 {
		t.Fatalf("looking forbade letters: %d", n)
	}
	if got := text(b.page(block).Find("main")); strings.Contains(got, "example.kz") {
		t.Errorf("the page names the address: %q", got)
	}
	if w := b.post(block, nil, "Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site"); w.Code != http.StatusForbidden {
		t.Errorf("a form of another site: %d", w.Code)
	}
	for range 2 {
		if w := b.post(block, nil); w.Code != http.StatusSeeOther || w.Header().Get("Location") != block {
			t.Fatalf("%d to %q", w.Code, w.Header().Get("Location"))
		}
	}
	if b.page(block).Find("form[action$='/undo']").Length() != 1 {
		t.Error("the page does not say that letters are forbidden")
	}
	reply := func(path string, form url.Values) string {
		w := b.post(path, form)
		return w.Result().Status + w.Header().Get("Location") + w.Body.String()
	}
	for _, path := range []string{"/sign", "/lost"} {
		blocked, free := b.filled("ru", "A+x@example.kz"), b.filled("ru", "b@example.kz")
		if path == "/lost" {
			blocked, free = url.Values{"email": {"a@example.kz"}}, url.Values{"email": {"c@example.kz"}}
		}
		if x, y := reply("/ru"+boothPath+path, blocked), reply("/ru"+boothPath+path, free); x != y {
			t.Errorf("%s: a blocked address gets another answer:\n%s\n%s", path, x, y)
		}
	}
	letters := b.letters()
	if len(letters) != 1 || letters[0].To != "b@example.kz" {
		t.Errorf("%d letters", len(letters))
	}
	if w := b.post(block+"/undo", nil); w.Code != http.StatusSeeOther {
		t.Fatalf("%d", w.Code)
	}
	b.pass(time.Second)
	b.sign("kk", b.filled("kk", "a@example.kz"))
	if n := len(b.letters()); n != 1 {
		t.Errorf("allowed again: %d letters", n)
	}
	for _, wrong := range []string{block[:len(block)-1], block + "A", "/ru/block/x", "/ru/block/" + strings.Repeat("A", 43), strings.Replace(blockLink(letters[0]), "/block/", "/unsubscribe/", 1)} {
		b.pageWith(http.StatusNotFound, wrong)
		if w := b.post(wrong, nil); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", wrong, w.Code)
		}
	}
}

// News go to the address that confirmed, and to no other: one that somebody else
// owns would get letters it never asked for.
func TestNewsToTheOwnAddressOnly(t *testing.T) {
	b := newBooth(t)
	_, manage := b.signed("ru", "a@example.kz")
	if w := b.post(manage, url.Values{"updates": {"1"}, "email": {"victim@example.kz"}}); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "Укажите адрес, с которым вы подписали.") {
		t.Errorf("another's address: %d", w.Code)
	}
	if w := b.post(manage, url.Values{"updates": {"1"}, "email": {"A+news@example.kz"}}); w.Code != http.StatusSeeOther {
		t.Errorf("the own one: %d", w.Code)
	}
}
