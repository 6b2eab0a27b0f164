package web_test

import (
	"context"
	"crypto/rand"
	"encoding/csv"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"filippo.io/age"
	"github.com/PuerkitoBio/goquery"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/delivery"
	"github.com/tuzetu/tuzetu/campaigns/gate"
	"github.com/tuzetu/tuzetu/campaigns/intake"
	"github.com/tuzetu/tuzetu/campaigns/seal"
	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web"
	"github.com/tuzetu/tuzetu/web/comments"
	"github.com/tuzetu/tuzetu/web/desk"
	"github.com/tuzetu/tuzetu/web/people"
)

// deskOffice is an office whose organisation has a live campaign with comments
// that wait.
type deskOffice struct {
	*office
	id      campaigns.CampaignID
	intake  *intake.Intake
	private seal.PrivateKey // of a recipient
}

func newDeskOffice(t *testing.T, bodies ...string) *deskOffice {
	t.Helper()
	ctx := context.Background()
	o := &deskOffice{office: newOffice(t, "https://tuzetu.example")}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	s := &site{tb: t, store: o.store}
	s.act(sample.Act())
	s.edition(sample.ActID, law.Enacted, sample.Second, law.RU, sample.Markdown(law.RU, sample.Second))
	s.edition(sample.ActID, law.Proposed, sample.Proposed, law.RU, sample.Proposal(law.RU))
	keys, err := gate.OpenKeyFolder(filepath.Join(t.TempDir(), "keys"), rand.Reader)
	must(err)
	o.id, err = o.store.AddCampaign(ctx, campaigns.Campaign{Slug: boothSlug, Org: string(o.own.ID), About: campaigns.About{Goal: 50, Languages: law.Langs[:],
		Funder: in3("ешкім", "никем", "nobody"), Operator: campaigns.Operator{Name: in3("қор", "фонд", "fund"), BIN: "000000000000"}}}, accounts.Entry{})
	must(err)
	_, err = o.store.SaveText(ctx, o.id, boothText(), accounts.Entry{})
	must(err)
	o.private = goLive(t, o.store, keys, o.id)
	in, err := intake.New(intake.Config{Store: o.store, Keys: keys, Random: rand.Reader, Now: o.now})
	must(err)
	o.intake = in
	running, stop := context.WithCancel(ctx)
	var all sync.WaitGroup
	all.Go(func() { in.Run(running) })
	t.Cleanup(func() { stop(); all.Wait() })
	key, err := law.ParseEditionKey(boothText().Proposed)
	must(err)
	e, err := o.store.EditionText(ctx, key)
	must(err)
	at := law.Build(law.RU, e.Title, e.Lines).Find("art_4__para_4")
	c, err := o.store.Campaign(ctx, o.id)
	must(err)
	words, err := c.CommentConsents()
	must(err)
	for _, body := range bodies {
		must(in.Comment(ctx, o.store, campaigns.CommentForm{Campaign: o.id, Stance: campaigns.Object, Body: body, Lang: law.RU, Email: "reader@example.kz",
			Given: "Айгүл", Surname: "Серікова", Display: true,
			Anchor: campaigns.Anchor{Edition: key, Address: at.Address, SHA256: campaigns.TextSum(at.Text)}, ConsentSHA256: words[1].SHA256, Agreed: true}, netip.Addr{}))
	}
	unconfirmed, err := o.store.Comments(ctx, o.id, campaigns.CommentUnconfirmed, 0, 100)
	must(err)
	for _, c := range unconfirmed {
		_, err := o.store.ConfirmComment(ctx, c.ID, func(campaigns.CampaignID, int, []byte) bool { return true }, o.now())
		must(err)
	}
	o.handler, err = web.New(web.Config{Store: o.store, Now: o.now, BaseURL: "https://tuzetu.example", People: &people.Config{Door: o.door},
		Comments: &comments.Config{Store: o.store, Intake: in}, Desk: &desk.Config{Store: o.store, Intake: in, Random: rand.Reader}})
	must(err)
	return o
}

func (o *deskOffice) get(path, cookie string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, "https://tuzetu.example"+path, nil)
	r.Header.Set("Cookie", "__Host-session="+cookie)
	w := httptest.NewRecorder()
	o.handler.ServeHTTP(w, r)
	return w
}

func (o *deskOffice) page(path, cookie string) *goquery.Document {
	o.t.Helper()
	w := o.get(path, cookie)
	if w.Code != http.StatusOK {
		o.t.Fatalf("%s: %d\n%s", path, w.Code, w.Body)
	}
	doc, err := goquery.NewDocumentFromReader(w.Body)
	if err != nil {
		o.t.Fatal(err)
	}
	return doc
}

// log is what the organisation's log says was done.
func (o *deskOffice) did(prefix string) (out []string) {
	o.t.Helper()
	log, err := o.store.Log(context.Background(), o.own.ID)
	if err != nil || accounts.CheckLog(log) != nil {
		o.t.Fatal(err, accounts.CheckLog(log))
	}
	for _, e := range log {
		if strings.HasPrefix(e.Did, prefix) {
			out = append(out, e.Did)
		}
	}
	return out
}

func TestModerationDesk(t *testing.T) {
	same := "Прошу сохранить прежний порядок продления книг, потому что до библиотеки пятьдесят километров."
	o := newDeskOffice(t, same, "=HYPERLINK(\"http://x\")", same+" Спасибо.")
	_, moderator := o.equip(o.hire("m@example.kz", accounts.Moderator))
	at := "/ru/desk/" + string(o.own.ID) + "/comments"
	if got := text(o.page(at, moderator).Find("tbody tr")); !strings.Contains(got, "3") {
		t.Errorf("%q", got)
	}
	at += "/" + boothSlug
	doc := o.page(at, moderator)
	boxes := doc.Find(".mod > label:first-child input[name=comment]")
	if boxes.Length() != 2 || !strings.Contains(text(doc.Find(".mod").First()), "2 человека") {
		t.Fatalf("%d groups: %q", boxes.Length(), text(doc.Find(".mod").First()))
	}
	// What is published has been read: each text of a group, and the names; each can
	// be decided on alone.
	if n := doc.Find(".mod").First().Find("input[name=comment]").Length(); n != 3 {
		t.Errorf("%d boxes for a group of two texts", n)
	}
	for _, want := range []string{same + " Спасибо.", "Айгүл С."} {
		if !strings.Contains(text(doc.Find(".mod").First()), want) {
			t.Errorf("the moderator does not see %q: %q", want, text(doc.Find(".mod").First()))
		}
	}
	group, _ := boxes.First().Attr("value")
	if w := o.post(at, moderator, "verdict", "reject", "comment", group, "reason", "whim"); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("rejected for a whim: %d", w.Code)
	}
	if w := o.post(at, moderator, "verdict", "publish"); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("published nothing: %d", w.Code)
	}
	if w := o.post(at, moderator, "verdict", "publish", "comment", group); w.Code != http.StatusSeeOther {
		t.Fatalf("publishing: %d", w.Code)
	}
	if w := o.post(at, moderator, "verdict", "publish", "comment", group); w.Code != http.StatusConflict {
		t.Errorf("published twice: %d", w.Code)
	}
	doc = o.page(at, moderator)
	decision, _ := doc.Find("button[name=decision]").Attr("value")
	if w := o.post(at, moderator, "verdict", "undo", "decision", decision); w.Code != http.StatusSeeOther {
		t.Fatalf("undoing: %d", w.Code)
	}
	doc = o.page(at, moderator)
	var all []string
	doc.Find("input[name=comment]").Each(func(_ int, in *goquery.Selection) { all = append(all, in.AttrOr("value", "")) })
	if w := o.post(at, moderator, "verdict", "publish", "comment", strings.Join(all, " ")); w.Code != http.StatusSeeOther {
		t.Fatal(w.Code)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(o.get(at+".csv", moderator).Body.String(), "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 4 || rows[2][7] != "'=HYPERLINK(\"http://x\")" {
		t.Errorf("%v: %q", err, rows)
	}
	if got := strings.Join(o.did("comments."), " "); got != "comments.published comments.undone comments.published" {
		t.Errorf("log: %s", got)
	}
	// Who may only look, and who works elsewhere, finds no such page.
	if w := o.get(at, o.hire("v@example.kz", accounts.Viewer)); w.Code != http.StatusNotFound {
		t.Errorf("a viewer: %d", w.Code)
	}
	if w := o.get("/ru/desk/"+string(o.own.ID)+"/deliveries", moderator); w.Code != http.StatusNotFound {
		t.Errorf("a moderator delivers: %d", w.Code)
	}
}

var receiveLink = regexp.MustCompile(`/ru/receive/[\w-]+`)

func TestDeliveryDesk(t *testing.T) {
	o := newDeskOffice(t)
	secret, editor := o.equip(o.hire("e@example.kz", accounts.Editor))
	at := "/ru/desk/" + string(o.own.ID) + "/deliveries/" + boothSlug
	o.page("/ru/desk/"+string(o.own.ID)+"/deliveries", editor)
	if n := o.page(at, editor).Find("form[action='" + at + "/answer']").Length(); n != 0 {
		t.Error("an answer before anything was delivered")
	}
	key, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	if w := o.post(at, editor, "addressee", "Комитет", "key", "age1x", "lang", "ru"); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a wrong key: %d", w.Code)
	}
	if w := o.post(at, editor, "addressee", "Комитет", "key", key.String(), "lang", "ru"); w.Code != http.StatusUnprocessableEntity || strings.Contains(w.Body.String(), key.String()) {
		t.Errorf("a private key: %d, or it is shown again", w.Code)
	}
	for _, whom := range []string{"Коми\x00тет", strings.Repeat("к", 301)} {
		if w := o.post(at, editor, "addressee", whom, "key", key.Recipient().String(), "lang", "ru"); w.Code != http.StatusUnprocessableEntity {
			t.Errorf("an addressee of %d bytes: %d", len(whom), w.Code)
		}
	}
	w := o.post(at, editor, "addressee", "Комитет", "key", key.Recipient().String(), "lang", "ru")
	link := receiveLink.FindString(w.Body.String())
	if w.Code != http.StatusOK || link == "" {
		t.Fatalf("%d: no link", w.Code)
	}
	if strings.Contains(o.get(at, editor).Body.String(), link) {
		t.Error("the link is shown again")
	}
	o.post(link+"/archive", "")
	o.post(link+"/received", "")
	if w := o.post(at, editor, "addressee", "Комитет", "key", key.Recipient().String(), "lang", "ru"); w.Code != http.StatusConflict {
		t.Errorf("made anew after it was received: %d", w.Code)
	}
	if w := o.post(at+"/answer", editor, "on", "2026-11-20", "text-ru", "Срок сокращён.", "href", "javascript:x"); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a script for an address: %d", w.Code)
	}
	if w := o.post(at+"/answer", editor, "on", "2099-01-01", "text-ru", "Срок сокращён."); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("an answer of a day to come: %d", w.Code)
	}
	if w := o.post(at+"/answer", editor, "on", "2026-11-20", "text-ru", "Срок сокращён."); w.Code != http.StatusSeeOther {
		t.Errorf("answering: %d", w.Code)
	}
	if !strings.Contains(o.page(at, editor).Text(), "Срок сокращён.") {
		t.Error("the answer is not shown")
	}
	if got := strings.Join(append(o.did("delivery."), o.did("answer.")...), " "); got != "delivery.made delivery.received answer.published" {
		t.Errorf("log: %s", got)
	}
	o.pass(accounts.SessionFresh)
	if w := o.get(at, editor); w.Code != http.StatusSeeOther || !strings.Contains(w.Header().Get("Location"), "/account/again") {
		t.Errorf("without a fresh sign-in: %d %s", w.Code, w.Header().Get("Location"))
	}
	if w := o.post("/ru/account/again", editor, "password", passphrase, "code", o.code(secret)); w.Code != http.StatusSeeOther || len(o.did("session.proved")) != 1 {
		t.Errorf("a fresh sign-in: %d, log: %v", w.Code, o.did("session."))
	}
}

// An organisation takes its signatures home sealed: the answer names nobody, its
// private key opens it, and the log says who took it.
func TestSealedDesk(t *testing.T) {
	o := newDeskOffice(t)
	_, editor := o.equip(o.hire("e@example.kz", accounts.Editor))
	_, moderator := o.equip(o.hire("m@example.kz", accounts.Moderator))
	sheet := []campaigns.Form{{Given: "Айгүл", Surname: "Серікова", Region: "KZ-75", Lang: law.KK, Agreed: true, Adult: true}}
	if _, err := o.intake.Paper(t.Context(), o.id, sheet, "1", accounts.Entry{}); err != nil {
		t.Fatal(err)
	}
	at := "/ru/desk/" + string(o.own.ID) + "/deliveries/" + boothSlug
	action, _ := o.page(at, editor).Find("section[aria-labelledby=sealed] form").Attr("action")
	if w := o.post(action, moderator); w.Code != http.StatusNotFound {
		t.Errorf("a moderator takes signatures: %d", w.Code)
	}
	w := o.post(action, editor)
	if w.Code != http.StatusOK || strings.Contains(w.Body.String(), "Серікова") || !strings.Contains(w.Header().Get("Content-Disposition"), "attachment") {
		t.Fatalf("%d %v", w.Code, w.Header())
	}
	var names []string
	if err := delivery.OpenSealed(w.Body, o.private, func(s delivery.Opened) error {
		names = append(names, s.Person.Given+" "+s.Person.Surname+" "+string(s.Level))
		return nil
	}); err != nil || strings.Join(names, "; ") != "Айгүл Серікова paper" {
		t.Errorf("%q, %v", names, err)
	}
	if got := strings.Join(o.did("signers."), " "); got != "signers.fetched" {
		t.Errorf("log: %s", got)
	}
}
