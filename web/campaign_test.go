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

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
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
	if _, err := b.store.AddCampaign(t.Context(), campaigns.Campaign{Slug: "draft", Org: "sample"}, accounts.Entry{}); err != nil {
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
	migrated.Each(t, func(t *testing.T, address string) {
		b := boothOn(t, address)
		if got := text(b.page("/ru" + boothPath).Find("#live")); got != "0" {
			t.Fatalf("begins at %s", got)
		}
		confirm, manage := b.signed("kk", "aigul@example.kz", "display", "1", "updates", "1", "comment", "Ауылдан алыс")
		b.signed("ru", "dmitry@example.kz")
		if got := text(b.page(confirm).Find(".camp__side .num")); got != "" {
			t.Errorf("who has just signed is told that %q have", got)
		}
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
		if got := text(thanks.Find(".camp__side .num")); !strings.HasPrefix(got, "2 ") {
			t.Errorf("how many have signed: %q", got)
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
		if w := b.post(confirm, nil); w.Code != http.StatusSeeOther || w.Header().Get("Location") != confirm || !strings.Contains(b.get(confirm).Body.String(), "Спасибо") {
			t.Fatalf("confirming: %d to %q", w.Code, w.Header().Get("Location"))
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
		form.Set("given", "Win a prize evil\r\nBcc x")
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

// A paused campaign takes confirmations but no forms; one that is over neither.
func TestPausedAndClosed(t *testing.T) {
	b := newBooth(t)
	b.sign("ru", b.filled("ru", "a@example.kz"))
	form := b.filled("ru", "b@example.kz")
	confirm, _ := links(b.letters()[0])
	if err := b.store.SetState(t.Context(), b.id, campaigns.Paused, accounts.Entry{}); err != nil {
		t.Fatal(err)
	}
	b.pass(2 * time.Second)
	if b.page("/ru"+boothPath).Find("#sign").Length() != 0 {
		t.Error("a paused campaign shows a form")
	}
	if w := b.post("/ru"+boothPath+"/sign", form); w.Code != http.StatusConflict {
		t.Errorf("signing while paused: %d", w.Code)
	}
	if w := b.post(confirm, nil); w.Code != http.StatusSeeOther {
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
