package web_test

import (
	"context"
	"crypto/rand"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/law"
)

// restarting is a server that is stopped and started again at the same address.
type restarting struct {
	t    *testing.T
	addr string
	srv  *http.Server
}

func (s *restarting) start(h http.Handler) {
	s.t.Helper()
	if s.addr == "" {
		s.addr = "127.0.0.1:0"
	}
	l, err := net.Listen("tcp", s.addr)
	if err != nil {
		s.t.Fatal(err)
	}
	s.addr = l.Addr().String()
	s.srv = &http.Server{Handler: h}
	go func(srv *http.Server) { _ = srv.Serve(l) }(s.srv)
}

func (s *restarting) stop() { _ = s.srv.Close() }

// again signs the person of a session in anew.
func (o *atelier) again(person string) string {
	o.t.Helper()
	secret, err := accounts.NewSecret(rand.Reader)
	if err != nil {
		o.t.Fatal(err)
	}
	now := o.now()
	if err := o.store.AddSession(context.Background(), accounts.SecretHash(accounts.ToStay, secret), accounts.Session{ID: "again", Person: accounts.PersonID(person),
		Began: now, Used: now, Proved: now, Turned: now, Second: true}, accounts.Entry{At: now, Person: accounts.PersonID(person), Did: "session.began"}); err != nil {
		o.t.Fatal(err)
	}
	return secret
}

// Nothing typed is lost: while the server is away, when the session has ended, in
// two pages at once; and without script every button saves.
func TestDraftsOfProposalsAreKept(t *testing.T) {
	o := newAtelier(t, "")
	person := o.person(o.editor)
	ctx := browser(t)
	s := &restarting{t: t}
	s.start(o.handler)
	t.Cleanup(s.stop)
	field := `document.querySelector('textarea[name="t-ru-` + second + `"]')`
	page := "http://" + s.addr + "/ru" + o.desk + "/edit?at=" + second
	signIn := func(session string) {
		t.Helper()
		do(t, ctx, chromedp.Navigate("http://"+s.addr+"/ru/glossary"))
		ask[string](t, ctx, `document.cookie = "session=`+session+`; path=/"`)
	}
	open := func() { t.Helper(); do(t, ctx, chromedp.Navigate(page), chromedp.WaitVisible(chromedp.CSS("form.pe"))) }
	typed := func(words string) {
		t.Helper()
		ask[bool](t, ctx, field+`.value += " `+words+`", `+field+`.dispatchEvent(new Event('input', {bubbles: true}))`)
	}
	wait := func(what string) {
		t.Helper()
		if _, err := chromedp.Run(ctx, chromedp.Poll[bool](what)); err != nil {
			t.Fatalf("%s: %v; the page says %q", what, err, ask[string](t, ctx, `document.querySelector('#kept')?.textContent ?? location.href`))
		}
	}
	says := func(words string) {
		t.Helper()
		wait(`document.querySelector('#kept').textContent.includes("` + words + `")`)
	}
	kept := func() string {
		t.Helper()
		return standing(t, o.draft(person).Content, law.RU, second)
	}
	restore := func() {
		t.Helper()
		wait(`document.querySelector('#found-copy') && !document.querySelector('#found-copy').hidden`)
		do(t, ctx, chromedp.Click(chromedp.CSS("[data-restore]")))
		says("Черновик сохранён:")
	}

	// The redline lives, and the draft saves itself.
	screen(t, ctx, 1280, false)
	signIn(o.editor)
	open()
	typed("Слово первое.")
	if got := ask[string](t, ctx, `document.querySelector('[data-red="t-ru-`+second+`"] ins').textContent`); !strings.Contains(got, "Слово первое") {
		t.Errorf("live redline: %q", got)
	}
	says("Черновик сохранён:")
	if !strings.HasSuffix(kept(), "Слово первое.") {
		t.Fatalf("kept %q", kept())
	}

	// The server goes away while somebody types; the window is closed; both come back.
	s.stop()
	typed("Слово второе.")
	says("Нет связи")
	do(t, ctx, chromedp.Navigate("about:blank"))
	s.start(o.handler)
	open()
	restore()
	if !strings.HasSuffix(kept(), "Слово второе.") {
		t.Fatalf("after a restart: %q", kept())
	}

	// The session ends.
	o.pass(accounts.SessionIdle * 2)
	typed("Слово третье.")
	says("Сеанс закончился")
	do(t, ctx, chromedp.Navigate(page), chromedp.WaitVisible(chromedp.CSS("#password")))
	session := o.again(person)
	signIn(session)
	open()
	restore()
	if !strings.HasSuffix(kept(), "Слово третье.") {
		t.Fatalf("after a session ended: %q", kept())
	}
	open() // and nothing is asked any more
	if !ask[bool](t, ctx, `document.querySelector('#found-copy').hidden`) {
		t.Error("the copy is offered again")
	}

	// Another page keeps something else in the same place.
	f := formOf(o.document(o.get("/ru"+o.desk+"/edit?at="+second, session), http.StatusOK))
	f.Set("t-ru-"+second, f.Get("t-ru-"+second)+" Вторая вкладка.")
	o.document(o.send("/ru"+o.desk+"/edit", session, f, ""), http.StatusOK)
	typed("Первая вкладка.")
	says("из другой вкладки")
	d := o.draft(person)
	if !strings.HasSuffix(standing(t, d.Content, law.RU, second), "Вторая вкладка.") || len(d.Typed) != 1 || !strings.HasSuffix(d.Typed[0].Text, "Первая вкладка.") {
		t.Fatalf("two pages: %q, %+v", standing(t, d.Content, law.RU, second), d.Typed)
	}
	open()
	do(t, ctx, chromedp.Click(chromedp.CSS(`input[name="take-ru-`+second+`"][value=theirs]`)), chromedp.Click(chromedp.CSS(`.pe__bar button[value=save]`)), chromedp.WaitVisible(chromedp.CSS("form.pe[data-done]")))
	if d = o.draft(person); len(d.Typed) != 0 || !strings.HasSuffix(kept(), "Вторая вкладка.") {
		t.Errorf("chosen: %q, %+v", kept(), d.Typed)
	}

	// Without script.
	do(t, ctx, func(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return chromedp.Void{}, err
	})
	open()
	do(t, ctx, chromedp.SendKeys(chromedp.CSS(`textarea[name="t-ru-`+second+`"]`), " Без сценария."), chromedp.Click(chromedp.CSS(`button[value=show]`)), chromedp.WaitVisible(chromedp.CSS("form.pe[data-done]")))
	if !strings.Contains(kept(), "Без сценария.") {
		t.Errorf("without script: %q", kept())
	}
}
