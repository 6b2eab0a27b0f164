package web_test

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/PuerkitoBio/goquery"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/delivery"
	"github.com/tuzetu/tuzetu/campaigns/intake"
	"github.com/tuzetu/tuzetu/internal/jobs"
	"github.com/tuzetu/tuzetu/internal/store"
	"github.com/tuzetu/tuzetu/law"
)

// boothHandlers are the jobs of signatures and of comments.
func boothHandlers(s *store.Store, c *intake.Courier) map[string]jobs.Handler {
	all := c.Handlers()
	for kind, h := range (intake.CommentLetters{Courier: c, Comments: s}).Handlers() {
		all[kind] = h
	}
	return all
}

// commentForm is the form of the first place of a page of comments, filled in.
func (b *booth) commentForm(ui, email string) url.Values {
	b.tb.Helper()
	at, _ := b.page("/" + ui + boothPath + "/comments").Find(".cm__places a").First().Attr("href")
	return b.formAt(at, email)
}

func (b *booth) formAt(at, email string) url.Values {
	b.tb.Helper()
	form := url.Values{"stance": {"object"}, "body": {"Читателю из села это не поможет."}, "email": {email}, "agreed": {"1"}}
	b.page(at).Find("#form input[type=hidden]").Each(func(_ int, in *goquery.Selection) {
		name, _ := in.Attr("name")
		value, _ := in.Attr("value")
		form.Set(name, value)
	})
	if form.Get("sha256") == "" {
		b.tb.Fatalf("no form at %s", at)
	}
	return form
}

var commentLink = regexp.MustCompile(`https://tuzetu\.example(/(?:kk|ru|en)/comment/manage/\S+)`)

// commented posts a form and returns the links of its letter.
func (b *booth) commented(ui string, form url.Values) (confirm, manage string) {
	b.tb.Helper()
	path := "/" + ui + boothPath + "/comments"
	if w := b.post(path, form); w.Code != http.StatusSeeOther || w.Header().Get("Location") != path+"/sent" {
		b.tb.Fatalf("commenting: %d\n%s", w.Code, w.Body)
	}
	letters := b.letters()
	if len(letters) != 1 {
		b.tb.Fatalf("%d letters", len(letters))
	}
	return strings.TrimPrefix(letters[0].Href, "https://tuzetu.example"), commentLink.FindStringSubmatch(strings.Join(letters[0].Small, " "))[1]
}

func (b *booth) decide(v campaigns.Verdict, reason campaigns.RejectReason) campaigns.Decision {
	b.tb.Helper()
	ctx := context.Background()
	waiting, err := b.store.Comments(ctx, b.id, campaigns.CommentWaiting, 0, 100)
	if err != nil || len(waiting) == 0 {
		b.tb.Fatalf("%d wait, %v", len(waiting), err)
	}
	d := campaigns.Decision{Campaign: b.id, At: b.clock(), By: "moderator", Verdict: v, Reason: reason}
	for _, c := range waiting {
		d.Comments = append(d.Comments, c.ID)
	}
	if d, err = b.store.Decide(ctx, d, accounts.Entry{}); err != nil {
		b.tb.Fatal(err)
	}
	return d
}

// The whole way of a comment, on both databases: write, confirm, be published,
// be answered, withdraw.
func TestCommentWay(t *testing.T) {
	migrated.Each(t, func(t *testing.T, address string) {
		b := boothOn(t, address)
		form := b.commentForm("ru", "reader@example.kz")
		form.Set("body", "<script>alert(1)</script> Слишком долго.")
		confirm, manage := b.commented("ru", form)
		at := "/ru" + boothPath + "/comments?" + url.Values{"text": {form.Get("text")}, "at": {form.Get("at")}}.Encode()
		for range 100 { // scanners of letters
			if doc := b.page(confirm); doc.Find("form[method=post] button").Length() != 1 {
				t.Fatal("no button to confirm")
			}
		}
		if got := text(b.page(manage).Find("main")); !strings.Contains(got, "ещё не подтверждён") {
			t.Errorf("looking confirmed it: %q", got)
		}
		for range 2 {
			if w := b.post(confirm, nil); w.Code != http.StatusOK {
				t.Fatalf("confirming: %d", w.Code)
			}
		}
		if n := b.page(at).Find("article.cm").Length(); n != 0 {
			t.Errorf("%d comments before anybody looked at them", n)
		}
		b.decide(campaigns.Publish, "")
		b.pass(2 * time.Second)
		doc := b.page(at)
		if got := text(doc.Find("article.cm .cm__body")); got != "<script>alert(1)</script> Слишком долго." || doc.Find("main script").Length() != 0 {
			t.Errorf("%q", got)
		}
		if got := text(doc.Find("article.cm .cm__who")); !strings.Contains(got, "Возражаю") || !strings.Contains(got, "Без имени") {
			t.Errorf("%q", got)
		}
		answer, _ := doc.Find("article.cm a[href*=answer]").Attr("href")
		reply := b.formAt(strings.TrimSuffix(answer, "#form"), "other@example.kz")
		reply.Del("stance")
		reply.Set("body", "Поможет, если звонить.")
		confirmReply, _ := b.commented("ru", reply)
		b.post(confirmReply, nil)
		b.decide(campaigns.Publish, "")
		if got := text(b.page(at).Find(".cm__replies .cm__body")); got != "Поможет, если звонить." {
			t.Errorf("the reply: %q", got)
		}
		w := b.get(manage + "/data.json")
		var data intake.PersonData
		if err := json.Unmarshal(w.Body.Bytes(), &data); err != nil || data.Comment == nil || !strings.Contains(w.Header().Get("Cache-Control"), "no-store") {
			t.Errorf("%v: %s", err, w.Body)
		}
		if w := b.post(manage+"/withdraw", nil); w.Code != http.StatusOK {
			t.Fatalf("withdrawing: %d", w.Code)
		}
		for _, path := range []string{confirm, manage, manage + "/data.json"} {
			b.pageWith(http.StatusNotFound, path)
		}
		if strings.Contains(b.page(at).Text(), "Слишком долго") {
			t.Error("a withdrawn comment is still shown")
		}
	})
}

// Who sent the same text stands there once, with their number.
func TestSameComments(t *testing.T) {
	b := newBooth(t)
	for _, who := range []string{"a", "b", "c"} {
		form := b.commentForm("ru", who+"@example.kz")
		form.Set("body", "Прошу сохранить прежний порядок продления книг, потому что до библиотеки пятьдесят километров, "+who+".")
		confirm, _ := b.commented("ru", form)
		b.post(confirm, nil)
	}
	b.decide(campaigns.Publish, "")
	doc := b.page("/ru" + boothPath + "/comments")
	if n := doc.Find("article.cm").Length(); n != 1 || !strings.Contains(text(doc.Find("article.cm")), "Такой же текст прислали 3 человека") {
		t.Errorf("%d: %q", n, text(doc.Find("article.cm")))
	}
}

func TestCommentPages(t *testing.T) {
	b := newBooth(t)
	for _, ui := range law.Langs {
		doc := b.page("/" + string(ui) + boothPath + "/comments")
		if n := doc.Find(".cm__places li").Length(); n != 5 { // what the proposal changes and does not delete
			t.Errorf("%s: %d places", ui, n)
		}
		follow(t, b.site, doc, "main a[href]")
		b.page("/" + string(ui) + boothPath + "/comments/sent")
		at, _ := doc.Find(".cm__places a").First().Attr("href")
		place := b.page(at)
		if got := place.Find("#form .dl8 dt").Length(); got != 8 {
			t.Errorf("%s: %d items of consent", ui, got)
		}
		form := b.formAt(at, "not an address")
		form.Del("agreed")
		form.Del("stance")
		form.Set("quote", "слова, которых там нет")
		w := b.post("/"+string(ui)+boothPath+"/comments", form)
		if w.Code != http.StatusUnprocessableEntity {
			t.Fatalf("%s: %d", ui, w.Code)
		}
		wrong, err := goquery.NewDocumentFromReader(w.Body)
		if err != nil {
			t.Fatal(err)
		}
		if n := wrong.Find("[role=alert] li").Length(); n != 3 { // address, stance, consent
			t.Errorf("%s: %q", ui, text(wrong.Find("[role=alert]")))
		}
	}
	for _, path := range []string{"?at=art_99", "?text=Z9900000001@1999-01-01:ru", "?text=x"} {
		b.pageWith(http.StatusNotFound, "/ru"+boothPath+"/comments"+path)
	}
	for _, path := range []string{"/ru/comment/confirm/x", "/ru/comment/manage/x", "/ru/receive/x", "/ru/comment/manage/x/data.json", "/ru/manage/x/data.json"} {
		b.pageWith(http.StatusNotFound, path)
	}
}

// A rejected comment is nowhere but at its author's, with the reason.
func TestRejectedComment(t *testing.T) {
	b := newBooth(t)
	confirm, manage := b.commented("ru", b.commentForm("ru", "reader@example.kz"))
	b.post(confirm, nil)
	b.decide(campaigns.Reject, "personal_data")
	if got := text(b.page(manage).Find("main")); !strings.Contains(got, "персональные данные других людей") {
		t.Errorf("%q", got)
	}
	if n := b.page("/ru" + boothPath + "/comments").Find("article.cm").Length(); n != 0 {
		t.Error("shown all the same")
	}
}

// A signer is told what is kept, by the link that manages the signature alone.
func TestSignerData(t *testing.T) {
	b := newBooth(t)
	confirm, manage := b.signed("ru", "dmitry@example.kz", "display", "1", "updates", "1")
	w := b.get(manage + "/data.json")
	var data intake.PersonData
	if err := json.Unmarshal(w.Body.Bytes(), &data); err != nil || data.ShownName != "Айгүл С." || data.UpdatesTo != "dmitry@example.kz" || data.Consent == "" {
		t.Errorf("%v: %s", err, w.Body)
	}
	b.pageWith(http.StatusNotFound, strings.Replace(confirm, "/confirm/", "/manage/", 1)+"/data.json")
}

// An addressee takes a pack; afterwards the link gives nothing.
func TestReceive(t *testing.T) {
	b := newBooth(t)
	b.signed("ru", "dmitry@example.kz", "display", "1")
	b.count()
	if err := b.store.AddOrganisation(t.Context(), accounts.Organisation{ID: "sample", Names: map[string]string{"kk": "Қор", "ru": "Фонд", "en": "Fund"}, Since: b.clock()}, accounts.Entry{}); err != nil {
		t.Fatal(err)
	}
	key, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	m := delivery.Maker{Store: unlogged{b.store}, Name: func(campaigns.Kept) (string, error) { return "Айгүл С.", nil }, Random: rand.Reader, Now: b.clock}
	_, token, err := m.Make(t.Context(), delivery.Order{Campaign: b.id, Addressee: "Комитет", Key: key.Recipient().String(), Lang: law.RU, By: "person"})
	if err != nil {
		t.Fatal(err)
	}
	at := "/ru/receive/" + token
	doc := b.page(at)
	if doc.Find("form").Length() != 1 || !strings.Contains(text(doc.Find("main")), "Комитет") {
		t.Errorf("%q", text(doc.Find("main")))
	}
	if w := b.post(at+"/received", nil); w.Code != http.StatusSeeOther {
		t.Errorf("received before it was fetched: %d", w.Code)
	}
	w := b.post(at+"/archive", nil)
	if w.Code != http.StatusOK || !strings.HasPrefix(w.Body.String(), "age-encryption.org/v1") || !strings.Contains(w.Header().Get("Content-Disposition"), ".zip.age") {
		t.Errorf("%d, %.30q", w.Code, w.Body)
	}
	if n := b.page(at).Find("form").Length(); n != 2 {
		t.Errorf("%d buttons", n)
	}
	if w := b.post(at+"/received", nil); w.Code != http.StatusOK {
		t.Errorf("receiving: %d", w.Code)
	}
	b.pageWith(http.StatusNotFound, at)
	if w := b.post(at+"/archive", nil); w.Code != http.StatusNotFound {
		t.Errorf("fetched after it was received: %d", w.Code)
	}
}

// unlogged is the store for an organisation that keeps no log.
type unlogged struct{ *store.Store }

func (s unlogged) AddDelivery(ctx context.Context, d campaigns.Delivery, body, hash []byte, _ accounts.Entry) (campaigns.Delivery, error) {
	return s.Store.AddDelivery(ctx, d, body, hash, accounts.Entry{})
}

func (s unlogged) SetState(ctx context.Context, id campaigns.CampaignID, to campaigns.State, _ accounts.Entry) error {
	return s.Store.SetState(ctx, id, to, accounts.Entry{})
}
