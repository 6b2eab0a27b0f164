package web_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/delivery"
	"github.com/tuzetu/tuzetu/law"
)

// receiveToken has the form of an addressee's link, and is nobody's.
const receiveToken = "AAAAAAAAAAAAAAAAAAAAAA"

// become brings a campaign on to a state, as a desk does. What was delivered was
// received, and what was answered was corrected once.
func (b *booth) become(state campaigns.State) {
	b.tb.Helper()
	ctx := b.tb.Context()
	must := func(err error) {
		b.tb.Helper()
		if err != nil {
			b.tb.Fatal(err)
		}
	}
	entry := accounts.Entry{At: b.clock(), Person: "x"} // Did is empty: no organisation keeps a log here
	c, err := b.store.Campaign(ctx, b.id)
	must(err)
	switch state {
	case c.State:
	case campaigns.Delivered:
		must(b.store.SetState(ctx, b.id, state, entry))
		token := delivery.TokenHash(fmt.Sprint(b.id))
		_, err := b.store.AddDelivery(ctx, campaigns.Delivery{Campaign: b.id, Version: c.Version, MadeAt: b.clock(), By: "x", Addressee: "Вымышленный комитет",
			Lang: law.RU, Signatures: 30, SHA256: strings.Repeat("a", 64)}, []byte("sealed"), token, entry)
		must(err)
		_, _, err = b.store.FetchDelivery(ctx, token, b.clock())
		must(err)
		_, err = b.store.ReceiveDelivery(ctx, token, accounts.Entry{At: b.clock()})
		must(err)
	case campaigns.Answered:
		b.become(campaigns.Delivered)
		must(b.store.AddAnswer(ctx, b.id, campaigns.Answer{On: "2026-11-10", Text: in3("Бас тартты.", "Отказано.", "Refused.")}, entry))
		must(b.store.AddAnswer(ctx, b.id, campaigns.Answer{On: "2026-11-12", Text: in3("Ережелер түзетіледі.\nМерзімі – бір жыл.", "Правила будут изменены.\nСрок – год.", "The rules will be changed.\nIt will take a year."),
			Href: "https://example.kz/answer"}, entry))
	default:
		must(b.store.SetState(ctx, b.id, state, entry))
	}
	b.pass(2 * time.Second) // how long a page is kept
}

// Every state says what it is, in place of the form, and what can still be done.
func TestStatesOfACampaign(t *testing.T) {
	for _, c := range []struct {
		state campaigns.State
		say   string
		links int // to have a link for withdrawing sent, to the answer
	}{
		{campaigns.Paused, "Новые подписи пока не принимаются", 1},
		{campaigns.Delivered, "адресат уже получил, мы изменить не можем", 1},
		{campaigns.Answered, "Адресат ответил", 2},
		{campaigns.Closed, "Прислать ссылку ещё раз нельзя", 0},
	} {
		b := newBooth(t)
		form := b.filled("ru", "a@example.kz")
		b.become(c.state)
		doc := b.page("/ru" + boothPath)
		said := doc.Find(".camp__body .callout").First()
		if got := text(said); !strings.Contains(got, c.say) || said.Find("a").Length() != c.links || doc.Find("#sign, .signbar, [data-live]").Length() != 0 {
			t.Errorf("%s: %q, %d links", c.state, got, said.Find("a").Length())
		}
		if got := text(doc.Find("footer")); strings.Contains(got, "{") {
			t.Errorf("the foot says %q", got)
		}
		if w := b.post("/ru"+boothPath+"/sign", form); w.Code != http.StatusConflict || !strings.Contains(w.Body.String(), c.say) {
			t.Errorf("%s: signing: %d", c.state, w.Code)
		}
	}
	b := newBooth(t)
	b.pass(40 * 24 * time.Hour)
	for range 400 { // past the last day
		if doc := b.page("/ru" + boothPath); doc.Find("#sign").Length() == 0 {
			if got := text(doc.Find(".camp__body .callout").First()); !strings.Contains(got, "31 декабря 2026 года включительно") {
				t.Errorf("over: %q", got)
			}
			return
		}
		b.pass(24 * time.Hour)
	}
	t.Error("never over")
}

// What the addressee was given and answered stands on the page and in its twin:
// the answer that counts first, what it corrects folded. On both databases.
func TestWhatCameOfACampaign(t *testing.T) {
	migrated.Each(t, func(t *testing.T, address string) {
		b := boothOn(t, address)
		b.become(campaigns.Answered)
		for ui, want := range map[string][2]string{"kk": {"Ережелер түзетіледі.", "Бас тартты."}, "ru": {"Правила будут изменены.", "Отказано."}, "en": {"The rules will be changed.", "Refused."}} {
			came := b.page("/" + ui + boothPath).Find(".came")
			if got := text(came.Find("#answer blockquote p").First()); got != want[0] {
				t.Errorf("%s: the answer is %q", ui, got)
			}
			if got := text(came.Find("details blockquote")); got != want[1] {
				t.Errorf("%s: it corrects %q", ui, got)
			}
			if got := text(came.Find(".receipt")); !strings.Contains(got, "Вымышленный комитет") || !strings.Contains(got, "30") {
				t.Errorf("%s: %q", ui, got)
			}
		}
		var twin struct {
			State     string
			Delivered struct {
				To         string
				Made       law.Date `json:"made_on"`
				Received   law.Date `json:"received_on"`
				Signatures int
			}
			Answers []struct {
				On   law.Date
				Text campaigns.Words
				Href string
			}
			Milestones []struct{ Reached bool }
		}
		if err := json.Unmarshal(b.get("/ru"+boothPath+".json").Body.Bytes(), &twin); err != nil {
			t.Fatal(err)
		}
		if twin.State != "answered" || twin.Delivered.Signatures != 30 || twin.Delivered.Received == "" || len(twin.Answers) != 2 || twin.Answers[0].On != "2026-11-12" || len(twin.Milestones) != 1 {
			t.Errorf("%+v", twin)
		}
	})
}

// campaignTwin are the fields of a campaign's twin that docs/campaigns.md
// promises.
var campaignTwin = []string{"answers", "ask", "as_of", "base", "closes", "comments", "delivered", "goal", "levels", "milestones", "photo", "proposed", "regions",
	"signatures", "slug", "state", "target", "text_sha256", "title", "version"}

func TestCampaignTwinIsStable(t *testing.T) {
	b := newBooth(t)
	var twin map[string]any
	if err := json.Unmarshal(b.get("/ru"+boothPath+".json").Body.Bytes(), &twin); err != nil {
		t.Fatal(err)
	}
	for _, name := range campaignTwin {
		if _, ok := twin[name]; !ok {
			t.Errorf("%s is missing", name)
		}
		delete(twin, name)
	}
	if len(twin) > 0 {
		t.Errorf("not promised: %v", twin)
	}
}

// The history of the text shows what each version changed, with the hash that
// was signed; a signer is shown what is new since.
func TestHistoryOfTheText(t *testing.T) {
	b := newBooth(t)
	_, manage := b.signed("ru", "a@example.kz")
	first := text(b.page("/ru" + boothPath + "/text").Find("#v1 dd.mono"))
	if len(first) != 64 {
		t.Fatalf("the hash is %q", first)
	}
	if got := text(b.page(manage).Find("main")); !strings.Contains(got, "ждёт подсчёта") || !strings.Contains(got, first) {
		t.Errorf("before it is counted: %q", got)
	}
	b.count()
	if got := text(b.page(manage).Find("main")); !strings.Contains(got, "Подпись засчитана. ") {
		t.Errorf("counted: %q", got)
	}
	next := boothText()
	next.Ask = in3("Кітап мерзімін телефон не сайт арқылы ұзартуды сұраймыз.", "Просим продлевать книгу по телефону и на сайте.", "We ask to renew books by telephone.")
	next.Base, next.Proposed = "", ""
	if _, err := b.store.SaveText(t.Context(), b.id, next, accounts.Entry{At: today()}); err != nil {
		t.Fatal(err)
	}
	b.count()
	doc := b.page("/ru" + boothPath + "/text")
	if got := text(doc.Find("#v2 dd.num")); got == "" || doc.Find("#v1 dd.num").Length() != 0 { // the first went live unlogged
		t.Errorf("signed since %q", got)
	}
	if got, _ := doc.Find("main section").First().Attr("id"); got != "v2" {
		t.Errorf("the first is %q", got)
	}
	if got := text(doc.Find("#v2 ins").First()); !strings.Contains(got, "и на сайте") {
		t.Errorf("what is new: %q", got)
	}
	if n := doc.Find("#v2 .law").Length(); n != 2 { // Russian and Kazakh: the English text is the same
		t.Errorf("%d parts changed", n)
	}
	mine := b.page(manage)
	if got := text(mine.Find("[aria-labelledby=again-h] ins").First()); !strings.Contains(got, "и на сайте") {
		t.Errorf("the signer is told: %q", got)
	}
	if got := text(mine.Find("main")); !strings.Contains(got, "под версией 1") {
		t.Errorf("%q", got)
	}
	if href, ok := mine.Find("a[download]").Attr("href"); !ok || b.get(href).Code != http.StatusOK {
		t.Errorf("no data at %q", href)
	}
}

// Each of the two consents has a button of its own, and leaves the other alone.
func TestConsentsApart(t *testing.T) {
	b := newBooth(t)
	_, manage := b.signed("ru", "a@example.kz", "display", "1", "updates", "1")
	forms := b.page(manage).Find("form[action='" + manage + "']")
	if forms.Length() != 2 {
		t.Fatalf("%d forms", forms.Length())
	}
	b.post(manage, map[string][]string{"keep": {"updates"}}) // the first form with nothing ticked
	doc := b.page(manage)
	if _, on := doc.Find("input[name=updates]").Attr("checked"); !on || doc.Find("main bdi").Length() != 0 {
		t.Error("hiding the name touched the letters, or did not hide it")
	}
	b.post(manage, map[string][]string{"display": {"1"}, "given": {"Айгүл"}, "surname": {"Серікова"}, "keep": {"updates"}})
	b.post(manage, map[string][]string{"keep": {"display"}})
	doc = b.page(manage)
	if _, on := doc.Find("input[name=updates]").Attr("checked"); on || text(doc.Find("main bdi")) != "Айгүл С." {
		t.Error("ending the letters touched the name, or did not end them")
	}
}

// Nothing announces each tick of the number; those who listen hear it when they
// get there.
func TestCountIsNotChatty(t *testing.T) {
	b := newBooth(t)
	doc := b.page("/ru" + boothPath)
	if n := doc.Find("[data-live][aria-live], [data-live] [aria-live], [data-live-n][aria-live], [data-live] [role=status]").Length(); n != 0 {
		t.Errorf("%d places announce", n)
	}
}

// Screenshots of every state, for people to look at.
func TestStateScreens(t *testing.T) {
	ctx := browser(t)
	for _, state := range []campaigns.State{campaigns.Live, campaigns.Paused, campaigns.Delivered, campaigns.Answered, campaigns.Closed} {
		s := sampled(t)
		b := signedBy(s)
		b.become(state)
		srv := httptest.NewServer(s.handler)
		t.Cleanup(srv.Close)
		var shots []shot
		for i, ui := range law.Langs {
			for _, width := range []int64{320, 1280} {
				shots = append(shots, shot{fmt.Sprintf("state-%s-%s-%d", state, ui, width), "/" + string(ui) + boothPath, width, i == 2 && width == 320, false})
			}
		}
		shoot(t, ctx, srv.URL, shots)
	}
}
