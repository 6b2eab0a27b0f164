package web_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/delivery"
	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web"
	"github.com/tuzetu/tuzetu/web/read"
)

// What the kinds of pages_test.go need besides a campaign: official sites, links
// of comments and of an addressee, a campaign that was answered.

// auditedSites are two official sites: one of which a page was refused, and one
// that has another wording of a text.
type auditedSites struct{ from *site }

const refusedSum = "0f4d8ad64c4bdc5ac0c12b1a08e8e1a3b5c1dd4f0a8f2e3d7c6b5a4938271605"

func (s auditedSites) Sites(context.Context) ([]read.Site, error) {
	at := today().Add(-3 * time.Hour)
	return []read.Site{
		{Name: "adilet", Address: "https://adilet.zan.kz", Accepted: at, Looked: at, Answered: at, Next: at.Add(6 * time.Hour), Changed: at,
			Edition: law.EditionKey{Act: sample.ActID, Status: law.Enacted, Date: sample.Second, Lang: law.RU}, Refusals: []read.RefusedPage{s.refused()}},
		{Name: "zan", Address: "https://zan.gov.kz", Accepted: at, Looked: at, Next: at.Add(time.Hour), Failures: 3, Outage: "connection refused"},
	}, nil
}

func (auditedSites) refused() read.RefusedPage {
	return read.RefusedPage{Source: "adilet", Act: sample.ActID, Lang: law.RU, URL: "https://adilet.zan.kz/rus/docs/" + string(sample.ActID), At: today(), Kind: "cut",
		Reason: "half of the text is missing", SHA256: refusedSum}
}

func (s auditedSites) Refused(ctx context.Context, sum string) (read.RefusedText, error) {
	e, err := s.from.store.EditionText(ctx, law.EditionKey{Act: sample.ActID, Status: law.Enacted, Date: sample.First, Lang: law.RU})
	if sum != refusedSum {
		return read.RefusedText{}, law.ErrNotFound
	}
	return read.RefusedText{Pages: []read.RefusedPage{s.refused()}, Title: e.Title, Lines: e.Lines[:len(e.Lines)/2]}, err
}

func (auditedSites) witness() law.EditionHead {
	return law.EditionHead{EditionKey: law.EditionKey{Act: sample.ActID, Status: law.Enacted, Date: sample.Second, Lang: law.RU}, Title: "О районных библиотеках",
		Source: "zan", SourceURL: "https://zan.gov.kz/ru/197914", FetchedAt: today(), SHA256: refusedSum}
}

func (s auditedSites) Witnesses(_ context.Context, act law.ActID) ([]law.EditionHead, error) {
	if act != sample.ActID {
		return nil, nil
	}
	return []law.EditionHead{s.witness()}, nil
}

func (s auditedSites) Witness(ctx context.Context, _ string, _ law.EditionKey) (law.Edition, error) {
	e, err := s.from.store.EditionText(ctx, law.EditionKey{Act: sample.ActID, Status: law.Enacted, Date: sample.First, Lang: law.RU})
	e.EditionHead = s.witness()
	return e, err
}

// watched lets a site have the pages on official sites too.
func watched(s *site) {
	s.tb.Helper()
	sources, err := web.New(web.Config{Store: s.store, Sites: auditedSites{s}, Now: today})
	if err != nil {
		s.tb.Fatal(err)
	}
	app := s.handler
	s.handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.Path, "/sources") {
			sources.ServeHTTP(w, r)
			return
		}
		app.ServeHTTP(w, r)
	})
}

// answeredSlug is the address of a campaign whose addressee answered, and has an
// archive still to receive.
const answeredSlug = "answered-library"

// discussedBy adds to a campaign's site comments in every state and a campaign
// that was answered, and stands for the tokens of their links: see signedBy.
func discussedBy(b *booth) map[string]string {
	b.tb.Helper()
	ctx := b.tb.Context()
	must := func(err error) {
		b.tb.Helper()
		if err != nil {
			b.tb.Fatal(err)
		}
	}
	comment := func(email, body string) (confirm, manage string) {
		form := b.formAt("/ru"+boothPath+"/comments?"+url.Values{"at": {"art_4__para_4"}}.Encode(), email)
		form.Set("body", body)
		form.Set("stance", "suggest")
		form.Set("wording", "4. Библиотека дважды в год спрашивает мнение жителей района.")
		return b.commented("ru", form)
	}
	for n := range 3 {
		confirm, _ := comment(fmt.Sprintf("same%d@example.kz", n), "Раз в год спрашивать о часах работы слишком редко, жители забывают.")
		b.post(confirm, nil)
	}
	confirm, manage := comment("said@example.kz", "Часы работы важны тем, кто приезжает из села на автобусе.")
	b.post(confirm, nil)
	b.decide(campaigns.Publish, "")
	waiting, _ := comment("wait@example.kz", "Подождите.")

	id, err := b.store.AddCampaign(ctx, campaigns.Campaign{Slug: answeredSlug, Org: "sample", Closes: "2026-12-31", About: campaigns.About{Goal: 50, Languages: law.Langs[:],
		Funder: in3("ешкім", "никем", "nobody"), Operator: campaigns.Operator{Name: in3("қор", "фонд", "fund"), BIN: "000000000000"}}}, accounts.Entry{})
	must(err)
	_, err = b.store.SaveText(ctx, id, boothText(), accounts.Entry{})
	must(err)
	goLive(b.tb, b.store, b.keys, id)
	other := &booth{site: b.site, id: id, now: b.clock()}
	next := boothText()
	next.Ask = in3("Кітап мерзімін телефон не сайт арқылы ұзартуды сұраймыз.", "Просим продлевать книгу по телефону и на сайте.", "We ask to renew books by telephone and online.")
	_, err = b.store.SaveText(ctx, id, next, accounts.Entry{})
	must(err)
	other.become(campaigns.Answered)
	token := func(path string) string { return path[strings.LastIndex(path, "/")+1:] }
	return map[string]string{"/comment/confirm/pending": token(waiting), "/comment/confirm/done": token(confirm), "/comment/manage/done": token(manage)}
}

// handedOver adds a campaign whose archive waits for its addressee.
func handedOver(b *booth) {
	b.tb.Helper()
	ctx := b.tb.Context()
	must := func(err error) {
		b.tb.Helper()
		if err != nil {
			b.tb.Fatal(err)
		}
	}
	id, err := b.store.AddCampaign(ctx, campaigns.Campaign{Slug: "delivered-library", Org: "sample", Closes: "2026-12-31", About: campaigns.About{Goal: 50, Languages: law.Langs[:],
		Funder: in3("ешкім", "никем", "nobody"), Operator: campaigns.Operator{Name: in3("қор", "фонд", "fund"), BIN: "000000000000"}}}, accounts.Entry{})
	must(err)
	_, err = b.store.SaveText(ctx, id, boothText(), accounts.Entry{})
	must(err)
	goLive(b.tb, b.store, b.keys, id)
	must(b.store.SetState(ctx, id, campaigns.Delivered, accounts.Entry{}))
	hash := delivery.TokenHash(openToken)
	_, err = b.store.AddDelivery(ctx, campaigns.Delivery{Campaign: id, Version: 1, MadeAt: b.clock(), By: "x", Addressee: "Вымышленный комитет",
		Lang: law.RU, Signatures: 30, SHA256: strings.Repeat("a", 64)}, []byte("sealed"), hash, accounts.Entry{})
	must(err)
	_, _, err = b.store.FetchDelivery(ctx, hash, b.clock())
	must(err)
}

// openToken is of an addressee's link that still gives the archive.
const openToken = "BBBBBBBBBBBBBBBBBBBBBB"

// mannedDesk is a desk with a queue, decisions and an archive, and the paths of
// its pages.
func mannedDesk(t *testing.T) (http.Handler, []kind) {
	same := "Прошу сохранить прежний порядок продления книг, потому что до библиотеки пятьдесят километров."
	o := newDeskOffice(t, same, "Часы работы не подходят тем, кто работает в поле.", same+" Спасибо.")
	_, moderator := o.equip(o.hire("moderator@example.kz", accounts.Moderator))
	moderation := "/desk/" + string(o.own.ID) + "/comments"
	first, _ := o.page("/ru"+moderation+"/"+boothSlug, moderator).Find("input[name=comment]").Last().Attr("value")
	if w := o.post("/ru"+moderation+"/"+boothSlug, moderator, "verdict", "reject", "reason", "off_topic", "comment", first); w.Code != http.StatusSeeOther {
		t.Fatalf("rejecting: %d", w.Code)
	}
	o.pass(26 * time.Hour)                                          // what waits is due
	_, owner := o.equip(o.hire("owner@example.kz", accounts.Owner)) // signed in a moment ago
	at := "/{ui}" + moderation
	deliveries := "/{ui}/desk/" + string(o.own.ID) + "/deliveries"
	signedIn := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.Path, "/desk") {
			r.Header.Set("Cookie", "__Host-session="+owner)
			r.Host, r.TLS = "tuzetu.example", nil
		}
		if r.URL.Query().Has("wrong") {
			r.Method, r.Body = http.MethodPost, io.NopCloser(strings.NewReader("verdict=publish&lang=ru"))
			r.Header.Del("Sec-Fetch-Site")
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		o.handler.ServeHTTP(w, r)
	})
	return signedIn, []kind{
		{name: "moderation, campaigns", path: at}, {name: "moderation, the queue", path: at + "/" + boothSlug},
		{name: "moderation, rejected", path: at + "/" + boothSlug + "?state=rejected"},
		{name: "moderation, nothing ticked", path: at + "/" + boothSlug + "?wrong", status: http.StatusUnprocessableEntity},
		{name: "deliveries, campaigns", path: deliveries}, {name: "deliveries", path: deliveries + "/" + boothSlug},
		{name: "deliveries, nothing filled in", path: deliveries + "/" + boothSlug + "?wrong", status: http.StatusUnprocessableEntity},
	}
}

// axe-core finds nothing on the pages of moderators and of those who deliver.
func TestAuditDesk(t *testing.T) {
	h, kinds := mannedDesk(t)
	auditKinds(t, h, kinds)
}

// auditKinds asks axe-core about pages in every language.
func auditKinds(t *testing.T, h http.Handler, kinds []kind) {
	t.Helper()
	axe, checks := auditFile(t, "node_modules", "axe-core", "axe.min.js"), auditFile(t, "checks.js")
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	ctx := tab(t, browser(t), axe, checks)
	found := map[string][]string{}
	for _, k := range kinds {
		for _, ui := range law.Langs {
			if w := (&site{tb: t, handler: h}).get("https://tuzetu.example" + k.in(ui)); w.Code != max(k.status, http.StatusOK) {
				t.Errorf("%s: %d", k.in(ui), w.Code)
			}
			for _, c := range audited(t, ctx, srv.URL+k.in(ui)) {
				found[c] = append(found[c], fmt.Sprintf("%s (%s)", k.name, ui))
			}
		}
	}
	for complaint, pages := range found {
		t.Errorf("%s\n\ton %s", complaint, strings.Join(pages, ", "))
	}
}
