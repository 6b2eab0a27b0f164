package web_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
	"github.com/pquerna/otp/totp"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/accounts/door"
	"github.com/tuzetu/tuzetu/campaigns/gate"
	"github.com/tuzetu/tuzetu/campaigns/seal"
	"github.com/tuzetu/tuzetu/internal/jobs"
	"github.com/tuzetu/tuzetu/internal/mail"
	"github.com/tuzetu/tuzetu/internal/store"
	"github.com/tuzetu/tuzetu/web"
	"github.com/tuzetu/tuzetu/web/people"
)

// office is the application with an organisation, its letters, and a clock that
// tests move.
type office struct {
	t       testing.TB
	store   *store.Store
	door    *door.Door
	outbox  *mail.Outbox
	runner  *jobs.Runner
	handler http.Handler
	own     accounts.Organisation

	mu    sync.Mutex
	clock time.Time
}

func (o *office) now() time.Time {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.clock
}

func (o *office) pass(d time.Duration) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.clock = o.clock.Add(d)
}

type testKeys struct{ key [32]byte }

func (k testKeys) Lock(context string, plain []byte) ([]byte, error) {
	return seal.Secret(rand.Reader, k.key, context, plain)
}
func (k testKeys) Unlock(context string, locked []byte) ([]byte, error) {
	return seal.OpenSecret(k.key, context, locked)
}

// newDoor is a door on a store.
func newDoor(tb testing.TB, db *store.Store, now func() time.Time) *door.Door {
	tb.Helper()
	mailboxes, err := gate.ReadMailboxes()
	if err != nil {
		tb.Fatal(err)
	}
	return door.New(door.Config{Store: db, Keys: testKeys{}, Random: rand.Reader, Now: now,
		Addresses: func(s string) (string, string, error) {
			a, err := mailboxes.Parse(s)
			return a.Mail, a.Key, err
		}})
}

// newOffice is reached at base, or wherever asked for where that is "".
func newOffice(t testing.TB, base string) *office {
	t.Helper()
	return newOfficeOn(t, base, migrated.SQLite(t))
}

// newOfficeOn is newOffice on a database.
func newOfficeOn(t testing.TB, base, address string) *office {
	t.Helper()
	o := &office{t: t, clock: today()}
	db := openStore(t, address)
	o.store, o.door, o.outbox = db, newDoor(t, db, o.now), mail.NewOutbox(o.now)
	writer, err := mail.NewWriter(o.outbox, base)
	if err != nil {
		t.Fatal(err)
	}
	o.runner = &jobs.Runner{Store: db, Handlers: o.door.Handlers(writer), Now: o.now, Logger: slog.New(slog.DiscardHandler), Workers: 1}
	if o.handler, err = web.New(web.Config{Store: db, Now: o.now, BaseURL: base, People: &people.Config{Door: o.door}}); err != nil {
		t.Fatal(err)
	}
	if o.own, err = o.door.AddOrganisation(context.Background(), map[string]string{"kk": "Үлгі қоры", "ru": "Фонд «Образец»", "en": "Sample Fund"}, ""); err != nil {
		t.Fatal(err)
	}
	return o
}

const passphrase = "верно лошадь батарея"

// hire makes a member without a second factor and returns the secret of a
// session.
func (o *office) hire(email string, role accounts.Role) string {
	o.t.Helper()
	ctx := context.Background()
	token, err := o.door.Invite(ctx, "", o.own, email, role, "ru")
	if err != nil {
		o.t.Fatal(err)
	}
	session, err := o.door.Join(ctx, token, "Ольга Образцова", passphrase, "ru", "Firefox, Linux")
	if err != nil {
		o.t.Fatal(err)
	}
	return session
}

// equip sets up an authenticator for the person of a session.
func (o *office) equip(session string) (secret, turned string) {
	o.t.Helper()
	ctx := context.Background()
	s, _, err := o.door.Session(ctx, session)
	if err != nil {
		o.t.Fatal(err)
	}
	p, err := o.store.Person(ctx, s.Person)
	if err != nil {
		o.t.Fatal(err)
	}
	n, err := o.door.NewTOTP(p)
	if err != nil {
		o.t.Fatal(err)
	}
	turned, _, err = o.door.AddTOTP(ctx, s, n.State, o.code(n.Key))
	if err != nil {
		o.t.Fatal(err)
	}
	return n.Key, turned
}

// code is what an authenticator shows now.
func (o *office) code(key string) string {
	o.t.Helper()
	code, err := totp.GenerateCode(strings.ReplaceAll(key, " ", ""), o.now())
	if err != nil {
		o.t.Fatal(err)
	}
	return code
}

// deliver writes the letters that are due and returns the latest.
func (o *office) deliver() mail.Sent {
	o.t.Helper()
	for n := 1; n > 0; {
		var err error
		if n, err = o.runner.Step(context.Background()); err != nil {
			o.t.Fatal(err)
		}
	}
	sent := o.outbox.Sent()
	if len(sent) == 0 {
		o.t.Fatal("no letter was written")
	}
	return sent[0]
}

func (o *office) post(path string, cookie string, form ...string) *httptest.ResponseRecorder {
	v := url.Values{}
	for i := 0; i+1 < len(form); i += 2 {
		v.Set(form[i], form[i+1])
	}
	r := httptest.NewRequest(http.MethodPost, "https://tuzetu.example"+path, strings.NewReader(v.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if cookie != "" {
		r.Header.Set("Cookie", "__Host-session="+cookie)
	}
	w := httptest.NewRecorder()
	o.handler.ServeHTTP(w, r)
	return w
}

// A wrong password, an address nobody has, one that is no address, a person
// without a password, and too many tries get the same answer to the byte, but
// for the address that was typed; and the same work is done for each.
func TestSignInTellsNothing(t *testing.T) {
	o := newOffice(t, "https://tuzetu.example")
	o.hire("olga@example.kz", accounts.Viewer)
	answer := func(email string) (string, int) {
		w := o.post("/ru/sign-in", "", "email", email, "password", "не тот пароль совсем")
		doc, err := goquery.NewDocumentFromReader(w.Body)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := doc.Find("#email").Attr("value"); got != strings.ReplaceAll(email, "\r\n", "\n") { // as HTML reads lines
			t.Errorf("typed %q, kept %q", email, got)
		}
		// What differs is made anew for every page, and what was typed.
		doc.Find("[name=state], #email").Remove()
		doc.Find("[data-options]").RemoveAttr("data-options")
		html, err := doc.Html()
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprint(w.Code, w.Header().Get("Cache-Control"), w.Header().Values("Set-Cookie"), html), w.Code
	}
	want, code := answer("olga@example.kz")
	if code != http.StatusUnprocessableEntity {
		t.Fatalf("a wrong password: %d", code)
	}
	for _, email := range []string{"nobody@example.kz", "no address", "оlga@example.kz", "", "x\r\nBcc: y@example.kz"} {
		if got, _ := answer(email); got != want {
			t.Errorf("%q is told apart", email)
		}
	}
	for range 12 { // past the limit
		if got, _ := answer("olga@example.kz"); got != want {
			t.Fatal("the limit is told apart")
		}
	}
	if w := o.post("/ru/sign-in", "", "email", "olga@example.kz", "password", passphrase); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("the right password past the limit: %d", w.Code)
	}
	o.pass(time.Hour)
	if w := o.post("/ru/sign-in", "", "email", " Olga@Example.KZ ", "password", passphrase); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/ru/desk" {
		t.Errorf("the right password an hour later: %d to %q", w.Code, w.Header().Get("Location"))
	}
}

// Who asks for another password is answered alike, and each request writes one
// job of the same length; whether anybody is there, the job finds out.
func TestResetTellsNothing(t *testing.T) {
	o := newOffice(t, "https://tuzetu.example")
	o.hire("olga@example.kz", accounts.Viewer)
	var want string
	for i, email := range []string{"olga@example.kz", "who1@example.kz", "no-address-", "olga@example.kz", "olga@example.kz", "olga@example.kz", "olga@example.kz"} {
		w := o.post("/kk/forgot", "", "email", email)
		got := fmt.Sprint(w.Code, w.Header(), w.Body)
		if i == 0 {
			want = got
		}
		if got != want || w.Header().Get("Location") != "/kk/forgot/sent" {
			t.Errorf("%s is told apart: %s", email, got)
		}
	}
	todo, err := o.store.ClaimJobs(t.Context(), o.now(), 100)
	if err != nil || len(todo) != 7 {
		t.Fatalf("%d jobs, %v", len(todo), err)
	}
	for _, j := range todo {
		if d := len(j.Body) - len(todo[0].Body); d < -32 || d > 32 {
			t.Errorf("a job of %d bytes among those of %d", len(j.Body), len(todo[0].Body))
		}
		if strings.Contains(string(j.Body), "olga") {
			t.Error("a job names the address")
		}
	}
}

// A link to choose another password: good once, not for a weak password, not
// after an hour; all sessions end.
func TestReset(t *testing.T) {
	o := newOffice(t, "https://tuzetu.example")
	session := o.hire("olga@example.kz", accounts.Viewer)
	if w := o.post("/ru/forgot", "", "email", "olga@example.kz"); w.Code != http.StatusSeeOther {
		t.Fatal(w.Code)
	}
	letter := o.deliver()
	path := strings.TrimPrefix(letter.Href, "https://tuzetu.example")
	if letter.To != "olga@example.kz" || !strings.HasPrefix(path, "/ru/reset/") {
		t.Fatalf("%+v", letter)
	}
	for range 20 { // scanners of mail open links
		r := httptest.NewRequest(http.MethodGet, path, nil)
		w := httptest.NewRecorder()
		o.handler.ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			t.Fatalf("GET: %d", w.Code)
		}
	}
	if w := o.post(path, "", "password", "короткий"); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), `aria-invalid="true"`) {
		t.Errorf("a short password: %d", w.Code)
	}
	if w := o.post(path, "", "password", "другая длинная фраза"); w.Code != http.StatusSeeOther {
		t.Errorf("%d", w.Code)
	}
	if w := o.post(path, "", "password", "третья длинная фраза"); w.Code != http.StatusNotFound {
		t.Errorf("a link used twice: %d", w.Code)
	}
	if _, _, err := o.door.Session(t.Context(), session); err == nil {
		t.Error("a session outlives the password")
	}
	if _, err := o.door.SignIn(t.Context(), "olga@example.kz", "другая длинная фраза", client(), ""); err != nil {
		t.Error(err)
	}
}

// The cookie: what a browser needs to know to keep it to itself.
func TestSessionCookie(t *testing.T) {
	o := newOffice(t, "https://tuzetu.example")
	o.hire("olga@example.kz", accounts.Viewer)
	w := o.post("/ru/sign-in", "", "email", "olga@example.kz", "password", passphrase, "next", "//evil.example/ru/")
	if got := w.Header().Get("Location"); got != "/ru/desk" {
		t.Errorf("leads to %q", got)
	}
	var secret string
	for _, c := range w.Result().Cookies() {
		if c.MaxAge < 0 {
			continue
		}
		secret = c.Value
		if c.Name != "__Host-session" || !c.Secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" {
			t.Errorf("%+v", c)
		}
	}
	// After half an hour the secret is another; the old one soon is no use.
	ask := func(secret string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, "/ru/account", nil)
		r.Header.Set("Cookie", "__Host-session="+secret)
		w := httptest.NewRecorder()
		o.handler.ServeHTTP(w, r)
		return w
	}
	if w := ask(secret); w.Code != http.StatusOK || w.Header().Get("Set-Cookie") != "" || w.Header().Get("Cache-Control") != "private, no-store" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	o.pass(31 * time.Minute)
	turned := ask(secret).Result().Cookies()
	if len(turned) != 1 || turned[0].Value == secret {
		t.Fatalf("%v", turned)
	}
	o.pass(2 * time.Minute)
	if w := ask(secret); w.Code != http.StatusSeeOther {
		t.Errorf("the secret before: %d", w.Code)
	}
	if w := ask(turned[0].Value); w.Code != http.StatusOK {
		t.Errorf("the turned secret: %d", w.Code)
	}
	// A form of another site.
	r := httptest.NewRequest(http.MethodPost, "https://tuzetu.example/ru/sign-out", nil)
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	r.Header.Set("Cookie", "__Host-session="+turned[0].Value)
	foreign := httptest.NewRecorder()
	o.handler.ServeHTTP(foreign, r)
	if foreign.Code != http.StatusForbidden {
		t.Errorf("another site's form: %d", foreign.Code)
	}
}

// hosted is post at another host, over HTTP.
func (o *office) hosted(host, path, cookie string, form ...string) *httptest.ResponseRecorder {
	v := url.Values{}
	for i := 0; i+1 < len(form); i += 2 {
		v.Set(form[i], form[i+1])
	}
	r := httptest.NewRequest(http.MethodPost, "http://"+host+path, strings.NewReader(v.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Cookie", "session="+cookie)
	w := httptest.NewRecorder()
	o.handler.ServeHTTP(w, r)
	return w
}

// client is the address of a client.
func client() netip.Addr { return netip.MustParseAddr("203.0.113.9") }

// fill fills in a form and sends it.
func fill(t *testing.T, ctx context.Context, form string, values ...string) {
	t.Helper()
	script := fmt.Sprintf(`(() => { const f = document.querySelector(%q);`, form)
	for i := 0; i+1 < len(values); i += 2 {
		script += fmt.Sprintf(`f.elements[%q].value = %q;`, values[i], values[i+1])
	}
	ask[bool](t, ctx, script+`document.body.id = 'before'; f.requestSubmit(); return true; })()`)
	do(t, ctx, chromedp.WaitNotPresent(chromedp.CSS("body#before")), chromedp.WaitVisible(chromedp.CSS("main h1")))
}

func heading(t *testing.T, ctx context.Context, want string) {
	t.Helper()
	if got := ask[string](t, ctx, `document.querySelector('main h1').textContent`); strings.ReplaceAll(got, "\u00a0", " ") != want {
		t.Fatalf("the page is %q (%s), want %q: %s", got, ask[string](t, ctx, `location.pathname`), want, ask[string](t, ctx, `document.querySelector('main').textContent`))
	}
}

// The whole way of a person, in a browser: invited, joins, second factor, signs
// in, loses the phone, ends the sessions, a passkey.
func TestPersonInBrowser(t *testing.T) {
	ctx := browser(t)
	o := newOffice(t, "")
	srv := httptest.NewServer(o.handler)
	t.Cleanup(srv.Close)
	base := "http://localhost:" + srv.URL[strings.LastIndex(srv.URL, ":")+1:] // passkeys need a name
	_, owner := o.equip(o.hire("owner@example.kz", accounts.Owner))
	if w := o.hosted(strings.TrimPrefix(base, "http://"), "/kk/desk/"+string(o.own.ID)+"/members", owner, "email", "asel@example.kz", "role", "editor", "lang", "kk"); w.Code != http.StatusSeeOther {
		t.Fatalf("inviting: %d %s", w.Code, w.Header().Get("Location"))
	}
	link := o.deliver().Href

	do(t, ctx, func(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
		if _, err := cdp.Call(ctx, tab, webauthn.Enable, webauthn.EnableParams{}); err != nil {
			return chromedp.Void{}, err
		}
		yes := true
		_, err := cdp.Call(ctx, tab, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{Options: &webauthn.VirtualAuthenticatorOptions{
			Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal,
			HasResidentKey: yes, HasUserVerification: yes, IsUserVerified: yes, AutomaticPresenceSimulation: yes,
		}})
		return chromedp.Void{}, err
	})
	do(t, ctx, chromedp.Navigate(base+link), chromedp.WaitVisible(chromedp.CSS("main h1")))
	heading(t, ctx, "Үлгі қоры ұйымына шақыру")
	fill(t, ctx, "main form", "name", "Әсел Үлгіқызы", "password", "құпия")
	if kept := ask[string](t, ctx, `document.querySelector('#name').value + '|' + document.querySelector('#password').value`); kept != "Әсел Үлгіқызы|" {
		t.Errorf("kept %q", kept)
	}
	if got := ask[string](t, ctx, `document.querySelector('#password-err').textContent`); !strings.Contains(got, "Құпиясөз тым қысқа") {
		t.Errorf("beside the field: %q", got)
	}
	fill(t, ctx, "main form", "name", "Әсел Үлгіқызы", "password", passphrase)
	heading(t, ctx, "Аутентификатор қолданбасы")
	// Before the second factor there is nothing to see.
	do(t, ctx, chromedp.Navigate(base+"/kk/desk/"+string(o.own.ID)), chromedp.WaitVisible(chromedp.CSS("main h1")))
	heading(t, ctx, "Аутентификатор қолданбасы")
	key := ask[string](t, ctx, `document.querySelector('main .mono').textContent`)
	fill(t, ctx, "main .ask form", "code", "000000")
	if again := ask[string](t, ctx, `document.querySelector('main .mono').textContent`); again != key {
		t.Error("after a wrong code the key is another")
	}
	fill(t, ctx, "main .ask form", "code", o.code(key))
	heading(t, ctx, "Қалпына келтіру кодтары")
	codes := strings.Split(ask[string](t, ctx, `[...document.querySelectorAll('.codes li')].map(e => e.textContent).join(' ')`), " ")
	if len(codes) != accounts.RecoveryCodes {
		t.Fatalf("%d codes", len(codes))
	}
	do(t, ctx, chromedp.Click(chromedp.CSS("main .btnrow a.btn")), chromedp.WaitVisible(chromedp.CSS(".staff__who b")))
	heading(t, ctx, "Үлгі қоры")

	fill(t, ctx, ".staff__who form")
	signIn := func() {
		t.Helper()
		do(t, ctx, chromedp.Navigate(base+"/kk/sign-in"), chromedp.WaitVisible(chromedp.CSS("#password")))
		fill(t, ctx, "main .ask form", "email", "asel@example.kz", "password", passphrase)
		heading(t, ctx, "Екінші фактор")
	}
	signIn()
	fill(t, ctx, "main .ask form", "code", o.code(key)) // was used when it was set up
	heading(t, ctx, "Екінші фактор")
	o.pass(30 * time.Second)
	fill(t, ctx, "main .ask form", "code", o.code(key))
	heading(t, ctx, "Үлгі қоры")
	fill(t, ctx, ".staff__who form")

	signIn()
	do(t, ctx, chromedp.Click(chromedp.CSS("main .links a")), chromedp.WaitVisible(chromedp.CSS("#recovery")))
	fill(t, ctx, "main .ask form", "recovery", strings.ToUpper(codes[4]))
	heading(t, ctx, "Үлгі қоры")

	// A passkey, made and then used.
	do(t, ctx, chromedp.Navigate(base+"/kk/account/totp?next=/kk/account"), chromedp.WaitVisible(chromedp.CSS("form[data-passkey=make]")))
	fill(t, ctx, "form[data-passkey=make]", "name", "Ноутбук")
	heading(t, ctx, "Тіркелгі жазба")
	if !strings.Contains(ask[string](t, ctx, `document.querySelector('main .facts').textContent`), "Ноутбук") {
		t.Error("the passkey is not listed")
	}
	fill(t, ctx, ".staff__who form")
	do(t, ctx, chromedp.Navigate(base+"/kk/sign-in"), chromedp.WaitVisible(chromedp.CSS("form[data-passkey=use]")))
	fill(t, ctx, "form[data-passkey=use]")
	heading(t, ctx, "Үлгі қоры")

	// All sessions end, in every browser.
	other, err := o.door.SignIn(t.Context(), "asel@example.kz", passphrase, client(), "")
	if err != nil {
		t.Fatal(err)
	}
	o.pass(30 * time.Second)
	elsewhere, err := o.door.Second(t.Context(), other.Half, o.code(key), "Chrome, Android")
	if err != nil {
		t.Fatal(err)
	}
	do(t, ctx, chromedp.Navigate(base+"/kk/account"), chromedp.WaitVisible(chromedp.CSS("#sessions")))
	if n := ask[float64](t, ctx, `document.querySelectorAll('.rows li').length`); n != 2 {
		t.Errorf("%v sessions", n)
	}
	ask[bool](t, ctx, `document.body.id = 'before', document.querySelector('button[value=all]').click(), true`)
	do(t, ctx, chromedp.WaitNotPresent(chromedp.CSS("body#before")), chromedp.WaitVisible(chromedp.CSS("#password")))
	if _, _, err := o.door.Session(t.Context(), elsewhere); err == nil {
		t.Error("a session in another browser goes on")
	}
	log, err := o.store.Log(t.Context(), o.own.ID)
	if err != nil || accounts.CheckLog(log) != nil {
		t.Error(err, accounts.CheckLog(log))
	}
	var did []string
	for _, e := range log[len(log)-9:] {
		did = append(did, e.Did)
	}
	if got := strings.Join(did, " "); !strings.HasSuffix(got, "totp.added session.began recovery.used session.began passkey.added session.began session.began sessions.ended") {
		t.Errorf("the log tells of %s", got)
	}
}
