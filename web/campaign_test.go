package web_test

import (
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/internal/store/storetest"
	"github.com/tuzetu/tuzetu/law"
)

func TestCampaignPage(t *testing.T) {
	b := newBooth(t)
	for _, ui := range law.Langs {
		doc := b.page("/" + string(ui) + boothPath)
		for _, sel := range []string{"h1", ".lead", ".chg ins", ".scale svg", "#sign button", ".dl8 dt:nth-of-type(8)", ".callout a[href='https://epetition.kz/']", ".receipt dd", ".mast__nav a[aria-current]"} {
			if text(doc.Find(sel)) == "" && doc.Find(sel).Length() == 0 {
				t.Errorf("%s: nothing at %s", ui, sel)
			}
		}
		if got := text(doc.Find("h1")); got != boothText().Title[ui] {
			t.Errorf("%s: %q", ui, got)
		}
		if n := doc.Find("#sign select option").Length(); n != 22 {
			t.Errorf("%s: %d regions", ui, n)
		}
		follow(t, b.site, doc, "main a[href], header a[href], footer a[href]")
		// It never calls itself a petition: the word stands only where the page
		// says what it is not, and which portal is.
		doc.Find(".callout--box").Remove()
		if strings.Contains(strings.ToLower(doc.Find("body").Text()), "петици") {
			t.Errorf("%s: the page speaks of a petition", ui)
		}
		list := b.page("/" + string(ui) + "/campaigns")
		if list.Find(".clist li").Length() != 1 || !strings.Contains(text(list.Find(".lead")), "20") {
			t.Errorf("%s: list: %q", ui, text(list.Find("main")))
		}
		follow(t, b.site, list, "main a[href]")
		if none := b.page("/" + string(ui) + "/campaigns?state=closed"); none.Find(".clist").Length() != 0 || none.Find(".empty a").Length() != 1 {
			t.Errorf("%s: closed ones: %q", ui, text(none.Find("main")))
		}
	}
}

// What is not published is not there, and neither is what was never made.
func TestCampaignUnpublished(t *testing.T) {
	b := newBooth(t)
	if _, err := b.store.AddCampaign(t.Context(), campaigns.Campaign{Slug: "draft", Org: "sample"}); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/draft", "/draft/sign", "/draft.json", "/draft.png", "/draft/live", "/draft/sheet", "/none", "/none/lost"} {
		b.pageWith(http.StatusNotFound, "/ru/campaigns"+path)
	}
	if w := b.post("/ru/campaigns/draft/sign", b.filled("ru", "a@example.kz")); w.Code != http.StatusNotFound {
		t.Errorf("a draft takes signatures: %d", w.Code)
	}
}

// The whole way, on both databases: sign, confirm, be counted, be shown, withdraw.
func TestSigning(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		b := boothOn(t, address)
		if got := text(b.page("/ru" + boothPath).Find("#live")); got != "0" {
			t.Fatalf("begins at %s", got)
		}
		confirm, manage := b.signed("kk", "aigul@example.kz", "display", "1", "updates", "1", "comment", "Ауылдан алыс")
		b.signed("ru", "dmitry@example.kz")
		if got := b.count(); got != "2" {
			t.Errorf("counted %s", got)
		}
		page := b.page("/ru" + boothPath)
		if got := text(page.Find(".names")); got != "Айгүл С." {
			t.Errorf("names: %q", got)
		}
		if got := text(page.Find(".levels")); !strings.Contains(got, "<5") {
			t.Errorf("levels: %q", got)
		}
		if strings.Contains(page.Text(), "aigul") || strings.Contains(page.Text(), "Ауылдан алыс") {
			t.Error("the page shows what is nobody's business")
		}
		thanks := b.page(confirm)
		if thanks.Find("form").Length() != 0 || text(thanks.Find(".receipt")) == "" {
			t.Errorf("confirmed already: %q", text(thanks.Find("main")))
		}
		if got := text(b.page(manage).Find("main bdi")); got != "Айгүл С." {
			t.Errorf("the manage page shows %q", got)
		}
		w := b.post(manage+"/withdraw", nil)
		if want := "/kk" + boothPath + "/withdrawn"; w.Code != http.StatusSeeOther || w.Header().Get("Location") != want {
			t.Fatalf("withdrawing: %d %q", w.Code, w.Header().Get("Location"))
		}
		b.page("/kk" + boothPath + "/withdrawn")
		if got := b.count(); got != "1" {
			t.Errorf("after withdrawing: %s", got)
		}
		if got := b.page("/ru" + boothPath).Find(".names").Length(); got != 0 {
			t.Error("a withdrawn name is still shown")
		}
		for _, path := range []string{confirm, manage} { // replay after withdrawal
			b.pageWith(http.StatusNotFound, path)
			if w := b.post(path, nil); w.Code != http.StatusNotFound {
				t.Errorf("%.12s after withdrawing: %d", path, w.Code)
			}
		}
	})
}

// Scanners of mail open every link: nothing happens until a button is pressed.
func TestScannersConfirmNothing(t *testing.T) {
	b := newBooth(t)
	b.sign("ru", b.filled("ru", "a@example.kz"))
	confirm, manage := links(b.letters()[0])
	for range 50 {
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			for _, path := range []string{confirm, manage, manage + "/withdraw", manage + "/again"} {
				b.ask(method, path)
			}
		}
	}
	if got := b.count(); got != "0" {
		t.Fatalf("scanners confirmed: %s", got)
	}
	doc := b.page(confirm)
	if action, _ := doc.Find("main form").Attr("action"); action != confirm || doc.Find("main form button").Length() != 1 {
		t.Errorf("the button leads to %q", action)
	}
	for range 3 { // and pressing it again is no mistake
		if w := b.post(confirm, nil); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "Спасибо") {
			t.Fatalf("confirming: %d", w.Code)
		}
	}
	if got := b.count(); got != "1" {
		t.Errorf("pressed three times: %s", got)
	}
	if !strings.Contains(text(b.page(manage).Find(".receipt")), "подтверждена") {
		t.Error("the manage page does not know")
	}
}

// A link of one kind is no link of another, and what looks like one is none.
func TestTokens(t *testing.T) {
	b := newBooth(t)
	b.sign("ru", b.filled("ru", "a@example.kz"))
	confirm, manage := links(b.letters()[0])
	token := func(path string) string { return path[strings.LastIndex(path, "/")+1:] }
	if n := len(token(confirm)); n < 22 || token(confirm) == token(manage) {
		t.Fatalf("tokens of %d characters", n)
	}
	flipped := "A"
	if strings.HasSuffix(confirm, "A") {
		flipped = "Q"
	}
	for name, path := range map[string]string{
		"confirm as manage": "/ru/manage/" + token(confirm), "manage as confirm": "/ru/confirm/" + token(manage),
		"manage as unsubscribe": "/ru/unsubscribe/" + token(manage),
		"one letter changed":    confirm[:len(confirm)-5] + flipped + confirm[len(confirm)-4:], "cut": confirm[:len(confirm)-4], "nothing": "/ru/confirm/x",
	} {
		b.pageWith(http.StatusNotFound, path)
		if w := b.post(path, url.Values{"display": {"1"}}); w.Code != http.StatusNotFound {
			t.Errorf("%s: POST %d", name, w.Code)
		}
	}
	b.pass(campaigns.ConfirmWithin)
	b.pageWith(http.StatusNotFound, confirm)
	if w := b.post(confirm, nil); w.Code != http.StatusNotFound {
		t.Errorf("confirmed after its term: %d", w.Code)
	}
	if got := b.count(); got != "0" {
		t.Errorf("counted %s", got)
	}
}

// New, waiting, signed, over the day's letters, over the network's limit: one
// answer, to the byte.
func TestRepliesAreIdentical(t *testing.T) {
	b := newBooth(t)
	b.signed("ru", "signed@example.kz")
	b.sign("ru", b.filled("ru", "waiting@example.kz"))
	for range 7 {
		b.sign("ru", b.filled("ru", "often@example.kz"))
		b.letters()
	}
	answer := func(path string, form url.Values) string {
		w := b.post(path, form)
		return fmt.Sprint(w.Code, w.Header(), w.Body)
	}
	sign, lost := "/ru"+boothPath+"/sign", "/ru"+boothPath+"/lost"
	first, firstLost := "", ""
	for _, email := range []string{"new@example.kz", "waiting@example.kz", "signed@example.kz", "often@example.kz"} {
		got, gotLost := answer(sign, b.filled("ru", email)), answer(lost, url.Values{"email": {email}})
		if first == "" {
			first, firstLost = got, gotLost
		}
		if got != first || gotLost != firstLost {
			t.Errorf("%s:\n%s\n%s\nwant\n%s\n%s", email, got, gotLost, first, firstLost)
		}
	}
	form := b.filled("ru", "limited@example.kz")
	for range boothBurst {
		if got := answer(sign, form); got != first {
			t.Fatalf("limited: %s", got)
		}
	}
}

// A forged X-Forwarded-For makes no new network of one visitor; that of a trusted
// proxy does.
func TestForgedForwardedFor(t *testing.T) {
	for _, c := range []struct {
		name    string
		trusted []netip.Prefix
		letters int
	}{
		{"nobody is trusted", nil, boothBurst},
		{"the peer is trusted", []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}, boothBurst + 10}, // httptest's peer
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBooth(t, c.trusted...)
			form := b.filled("ru", "")
			for i := range boothBurst + 10 {
				form.Set("email", fmt.Sprintf("p%d@example.kz", i))
				if w := b.post("/ru"+boothPath+"/sign", form, "X-Forwarded-For", fmt.Sprintf("10.0.%d.1", i)); w.Code != http.StatusSeeOther {
					t.Fatalf("%d: %d", i, w.Code)
				}
			}
			waiting, _, err := b.store.CountJobs(t.Context())
			if err != nil || waiting != c.letters {
				t.Errorf("%d letters, want %d (%v)", waiting, c.letters, err)
			}
		})
	}
}

// What is wrong stands beside its field, and what was typed stays.
func TestFormErrors(t *testing.T) {
	b := newBooth(t)
	for _, ui := range law.Langs {
		form := b.filled(string(ui), "аigul@example.kz") // the first letter is Cyrillic
		form.Set("region", "")
		form.Del("agreed")
		form.Set("surname", "https://evil.example")
		form.Set("comment", "Менің пікірім")
		w := b.post("/"+string(ui)+boothPath+"/sign", form)
		doc, err := goquery.NewDocumentFromReader(w.Body)
		if err != nil || w.Code != http.StatusUnprocessableEntity || w.Header().Get("Cache-Control") != "private, no-store" {
			t.Fatalf("%d, %q, %v", w.Code, w.Header().Get("Cache-Control"), err)
		}
		for _, field := range []string{"surname", "email", "region", "agreed"} {
			err, _ := doc.Find("#f-" + field).Attr("aria-describedby")
			id, _, _ := strings.Cut(err, " ")
			if invalid, _ := doc.Find("#f-" + field).Attr("aria-invalid"); invalid != "true" || text(doc.Find("#"+id)) == "" {
				t.Errorf("%s: %s says nothing", ui, field)
			}
			if doc.Find("[role=alert] a[href='#f-"+field+"']").Length() != 1 {
				t.Errorf("%s: no link to %s", ui, field)
			}
		}
		if v, _ := doc.Find("#f-given").Attr("value"); v != "Айгүл" || doc.Find("#f-given[aria-invalid]").Length() != 0 {
			t.Errorf("%s: given name %q", ui, v)
		}
		if v := doc.Find("#f-comment").Text(); v != "Менің пікірім" {
			t.Errorf("%s: the comment became %q", ui, v)
		}
	}
	for _, email := range []string{"a@example.kz\r\nBcc: b@example.kz", "a@example.kz\nX: y", "a b@example.kz", "a@example.kz, b@example.kz", "<a@example.kz>"} {
		if w := b.post("/ru"+boothPath+"/sign", b.filled("ru", email)); w.Code != http.StatusUnprocessableEntity {
			t.Errorf("%q: %d", email, w.Code)
		}
	}
	if got := b.letters(); len(got) != 0 {
		t.Errorf("letters: %+v", got)
	}
	stale := b.filled("ru", "a@example.kz")
	stale.Set("text", strings.Repeat("0", 64))
	if w := b.post("/ru"+boothPath+"/sign", stale); w.Code != http.StatusConflict || !strings.Contains(w.Body.String(), "Серікова") {
		t.Errorf("another text: %d", w.Code)
	}
}

// A minor signs with a legal representative; the letter is the same as any other.
func TestMinor(t *testing.T) {
	b := newBooth(t)
	b.signed("kk", "bala@example.kz", "representative", "Әсел Серікова")
	form := b.filled("kk", "bala2@example.kz")
	form.Set("representative", "12")
	if w := b.post("/kk"+boothPath+"/sign", form); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), `<details class="note more" open>`) {
		t.Errorf("a representative without letters: %d", w.Code)
	}
}

// Letters hold no name that a stranger could have typed, and one line each in
// what becomes a header.
func TestLettersOfCampaigns(t *testing.T) {
	b := newBooth(t)
	for _, ui := range law.Langs {
		form := b.filled(string(ui), string(ui)+"@example.kz")
		form.Set("given", "Win a prize evil.example\r\nBcc: x")
		b.sign(string(ui), form)
		l := b.letters()[0]
		if l.Lang != ui || !strings.Contains(l.Subject, boothText().Title[ui]) || strings.ContainsAny(l.Subject, "\r\n") || strings.Contains(fmt.Sprint(l), "evil") {
			t.Errorf("%s: %+v", ui, l)
		}
		confirm, manage := links(l)
		if !strings.HasPrefix(confirm, "/"+string(ui)+"/confirm/") || !strings.HasPrefix(manage, "/"+string(ui)+"/manage/") {
			t.Errorf("%s: links %q, %q", ui, confirm, manage)
		}
	}
}

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
	_, manage := b.signed("ru", "a@example.kz")
	if got := b.count(); got != "1" {
		t.Fatalf("counted %s", got)
	}
	next := boothText()
	next.Ask = in3("Жаңа өтініш.", "Новая просьба.", "A new request.")
	if _, err := b.store.SaveText(t.Context(), b.id, next); err != nil {
		t.Fatal(err)
	}
	if got := b.count(); got != "0" {
		t.Errorf("the new text begins at %s", got)
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
	fresh, _, _ := strings.Cut(w.Header().Get("Location"), "?")
	if w.Code != http.StatusSeeOther || fresh == manage {
		t.Fatalf("%d to %q", w.Code, fresh)
	}
	b.pageWith(http.StatusNotFound, manage)
	if doc := b.page(fresh); doc.Find("form[action$='/again']").Length() != 0 {
		t.Error("asked once more")
	}
	if got := b.count(); got != "1" {
		t.Errorf("signed again: %s", got)
	}
}

// A lost link comes by mail and ends the one before.
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
	_, fresh := links(letters[0])
	b.page(fresh)
	b.pageWith(http.StatusNotFound, manage)
	b.post("/kk"+boothPath+"/lost", url.Values{"email": {"nobody@example.kz"}})
	if got := b.letters(); len(got) != 0 {
		t.Errorf("letters to one who never signed: %+v", got)
	}
	if w := b.post("/kk"+boothPath+"/lost", url.Values{"email": {"nobody"}}); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("no address: %d", w.Code)
	}
}

// A paused campaign takes confirmations but no forms; one that is over neither.
func TestPausedAndClosed(t *testing.T) {
	b := newBooth(t)
	b.sign("ru", b.filled("ru", "a@example.kz"))
	form := b.filled("ru", "b@example.kz")
	confirm, _ := links(b.letters()[0])
	if err := b.store.SetState(t.Context(), b.id, campaigns.Paused); err != nil {
		t.Fatal(err)
	}
	b.pass(2 * time.Second)
	if b.page("/ru"+boothPath).Find("#sign").Length() != 0 {
		t.Error("a paused campaign shows a form")
	}
	if w := b.post("/ru"+boothPath+"/sign", form); w.Code != http.StatusConflict {
		t.Errorf("signing while paused: %d", w.Code)
	}
	if w := b.post(confirm, nil); w.Code != http.StatusOK {
		t.Errorf("confirming while paused: %d", w.Code)
	}
}

// The sheet and the appeal are complete in each language, the picture is drawn.
func TestCampaignPaper(t *testing.T) {
	b := newBooth(t)
	for _, ui := range law.Langs {
		at := "/" + string(ui) + boothPath
		sheet := b.page(at + "/sheet")
		if d, _ := sheet.Find(".qr path").Attr("d"); strings.Count(d, "M") < 200 {
			t.Errorf("%s: the code has %d squares", ui, strings.Count(d, "M"))
		}
		if got := text(sheet.Find(".qr figcaption")); got != "https://tuzetu.example"+at {
			t.Errorf("%s: printed %q", ui, got)
		}
		if got := b.page(at + "/appeal").Find("textarea").Text(); !strings.Contains(got, boothText().Ask[ui]) || strings.ContainsAny(got, "{}") {
			t.Errorf("%s: %q", ui, got)
		}
		if w := b.get(at + ".png"); w.Code != http.StatusOK || w.Header().Get("Content-Type") != "image/png" {
			t.Errorf("%s: picture %d", ui, w.Code)
		}
		b.page(at + "/sent")
	}
}
