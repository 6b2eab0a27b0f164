package web_test

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/count"
	"github.com/tuzetu/tuzetu/campaigns/gate"
	"github.com/tuzetu/tuzetu/campaigns/intake"
	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web"
	"github.com/tuzetu/tuzetu/web/campaign"
	"github.com/tuzetu/tuzetu/web/comments"
	"github.com/tuzetu/tuzetu/web/desk"
	"github.com/tuzetu/tuzetu/web/people"
)

// writers is an office that writes campaigns; editor is the session of one.
type writers struct {
	*deskOffice
	keys    *gate.KeyFolder
	counter *count.Counter
	editor  string
	at      string // /ru/desk/…/campaigns
}

func newWriters(t *testing.T) *writers {
	t.Helper()
	ctx := context.Background()
	o := &writers{deskOffice: &deskOffice{office: newOffice(t, "https://tuzetu.example")}}
	must := o.must
	s := &site{tb: t, store: o.store}
	s.act(sample.Act())
	for _, lang := range []law.Lang{law.KK, law.RU} {
		s.edition(sample.ActID, law.Enacted, sample.Second, lang, sample.Markdown(lang, sample.Second))
		s.edition(sample.ActID, law.Proposed, sample.Proposed, lang, sample.Proposal(lang))
	}
	var err error
	o.keys, err = gate.OpenKeyFolder(filepath.Join(t.TempDir(), "keys"), rand.Reader)
	must(err)
	for n := range byte(3) {
		must(o.store.AddKey(ctx, accounts.Key{Organisation: o.own.ID, Name: fmt.Sprint(n), PublicKey: [32]byte{n + 1}, AddedAt: o.now()}, accounts.Entry{}))
	}
	in, err := intake.New(intake.Config{Store: o.store, Keys: o.keys, Random: rand.Reader, Now: o.now})
	must(err)
	manager, err := intake.NewManager(o.store, o.keys, rand.Reader, o.now)
	must(err)
	o.counter = &count.Counter{Store: o.store, Holder: "test", Now: o.now, Logger: slog.New(slog.DiscardHandler)}
	o.handler, err = web.New(web.Config{Store: o.store, Now: o.now, BaseURL: "https://tuzetu.example", People: &people.Config{Door: o.door},
		Campaigns: &campaign.Config{Store: o.store, Intake: in, Manager: manager, Counter: o.counter, Target: 20, Ending: ctx.Done()},
		Comments:  &comments.Config{Store: o.store, Intake: in},
		Desk:      &desk.Config{Store: o.store, Intake: in, Random: rand.Reader, Keys: o.keys}})
	must(err)
	_, o.editor = o.equip(o.hire("editor@example.kz", accounts.Editor))
	o.at = "/ru/desk/" + string(o.own.ID) + "/campaigns"
	return o
}

func (o *writers) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

// send posts a form as it is; doc is what came back.
func (o *writers) send(path, cookie string, f url.Values) (w *httptest.ResponseRecorder, doc *goquery.Document) {
	o.t.Helper()
	r := httptest.NewRequest(http.MethodPost, "https://tuzetu.example"+path, strings.NewReader(f.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Cookie", "__Host-session="+cookie)
	w = httptest.NewRecorder()
	o.handler.ServeHTTP(w, r)
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(w.Body.String()))
	o.must(err)
	return w, doc
}

// typed is what a browser would send of the form with the fields of a page.
func typed(doc *goquery.Document) url.Values {
	f := url.Values{}
	doc.Find("form.write").Find("input, textarea, select").Each(func(_ int, in *goquery.Selection) {
		name := in.AttrOr("name", "")
		_, checked := in.Attr("checked")
		switch {
		case goquery.NodeName(in) == "textarea":
			f.Add(name, in.Text())
		case goquery.NodeName(in) == "select":
			f.Add(name, in.Find("option[selected]").AttrOr("value", ""))
		case in.AttrOr("type", "") != "checkbox" || checked:
			f.Add(name, in.AttrOr("value", ""))
		}
	})
	f.Set("do", "save")
	return f
}

// whole is a form with nothing missing.
func (o *writers) whole() url.Values {
	f := typed(o.page(o.at+"/new", o.editor))
	for _, lang := range []string{"kk", "ru", "en"} {
		f.Set("title-"+lang, map[string]string{"kk": "Кітапхана жақын болсын", "ru": "Библиотека ближе", "en": "A closer library"}[lang])
		f.Set("ask-"+lang, map[string]string{"kk": "Телефонмен ұзартуды сұраймыз.", "ru": "Просим продлевать книги по телефону.\r\n\r\nИ по почте.", "en": "We ask to renew by telephone."}[lang])
		f.Set("story-"+lang, map[string]string{"kk": "Алыс.", "ru": "Далеко.", "en": "It is far."}[lang])
		f.Set("target-"+lang, map[string]string{"kk": "Ойдан шығарылған комитет", "ru": "Вымышленный комитет", "en": "The invented committee"}[lang])
		f.Set("funder-"+lang, map[string]string{"kk": "ешкім", "ru": "никем", "en": "nobody"}[lang])
	}
	f.Set("bin", "123456789012")
	f.Set("goal", "5 000")
	f.Set("closes", "2027-02-01")
	f["at"], f["then-kk"], f["then-ru"], f["then-en"] = []string{"100"}, []string{"мәтінді жібереміз"}, []string{"отправим текст"}, []string{"we send the text"}
	f.Set("act", string(sample.ActID))
	f.Set("base", boothText().Base)
	f.Set("proposed", boothText().Proposed)
	f.Del("key") // all are offered
	for n := range byte(2) {
		f.Add("key", hex.EncodeToString(append([]byte{n + 1}, make([]byte, 31)...)))
	}
	return f
}

// begun is a whole campaign that was stored; its address.
func (o *writers) begun() string {
	o.t.Helper()
	w, _ := o.send(o.at, o.editor, o.whole())
	to, _, _ := strings.Cut(w.Header().Get("Location"), "?")
	if w.Code != http.StatusSeeOther {
		o.t.Fatalf("%d\n%s", w.Code, w.Body)
	}
	return to
}

// live takes it to the public.
func (o *writers) live(at string) {
	o.t.Helper()
	for _, step := range [][2]string{{"/review", "review"}, {"/state", "live"}} {
		if w := o.post(at+step[0], o.editor, "to", step[1]); w.Code != http.StatusSeeOther {
			o.t.Fatalf("%s: %d\n%s", step[1], w.Code, w.Body)
		}
	}
}

func TestWriteCampaign(t *testing.T) {
	o := newWriters(t)
	if doc := o.page(o.at, o.editor); doc.Find("a[href='"+o.at+"/new']").Length() == 0 {
		t.Error("the empty list leads nowhere")
	}
	form := o.page(o.at+"/new", o.editor)
	if got := form.Find("#operator-ru").AttrOr("value", ""); got != "Фонд «Образец»" {
		t.Errorf("the operator is not filled in: %q", got)
	}
	at := o.begun()
	if !strings.HasSuffix(at, "/campaigns/a-closer-library") {
		t.Errorf("the address is %s", at)
	}
	doc := o.page(at, o.editor)
	if !strings.Contains(text(doc.Find("#lacks").Parent()), "Всё заполнено.") {
		t.Error(text(doc.Find("#lacks").Parent()))
	}
	// The same title again gets another address by itself.
	if second := o.begun(); second != at+"-2" {
		t.Errorf("the second is at %s", second)
	}
	if n := o.page(o.at, o.editor).Find("tbody tr").Length(); n != 2 {
		t.Errorf("%d campaigns in the list", n)
	}
	slug := at[strings.LastIndex(at, "/")+1:]
	c, err := o.store.CampaignAt(t.Context(), slug)
	o.must(err)
	stored, err := o.store.Writing(t.Context(), c)
	o.must(err)
	if stored.Goal != 5000 || stored.Text.Ask["ru"] != "Просим продлевать книги по телефону.\n\nИ по почте." || len(stored.Recipients) != 2 || stored.Milestones[0].At != 100 ||
		stored.Text.Base != boothText().Base || stored.Closes != "2027-02-01" {
		t.Errorf("%+v", stored)
	}
	// What the page shows is what was stored: sent back, it changes nothing.
	w, _ := o.send(at+"/edit", o.editor, typed(o.page(at+"/edit", o.editor)))
	again, err := o.store.Writing(t.Context(), c)
	o.must(err)
	a, _ := stored.Mark()
	if b, _ := again.Mark(); w.Code != http.StatusSeeOther || a != b {
		t.Errorf("%d, and it is not the same: %+v", w.Code, again)
	}
	if got := strings.Join(o.did("campaign."), " "); got != "campaign.added campaign.added campaign.saved" {
		t.Errorf("log: %s", got)
	}
}

// Whatever is wrong is said beside its field, and nothing typed is lost.
func TestWriteWrong(t *testing.T) {
	o := newWriters(t)
	at := o.begun()
	proposal, kazakh := boothText().Proposed, strings.Replace(boothText().Proposed, ":ru", ":kk", 1)
	for _, c := range []struct{ name, value, at, say string }{
		{"slug", "Мой адрес", "slug", "не подходит"},
		{"slug", "new", "slug", "не подходит"},
		{"bin", "12345", "bin", "12 цифр"},
		{"goal", "много", "goal", "целое число"},
		{"goal", "-5", "goal", "целое число"},
		{"closes", "2027-02-30", "closes", "ГГГГ-ММ-ДД"},
		{"closes", "2020-01-01", "closes", "уже прошёл"},
		{"title-kk", strings.Repeat("ұ", 201), "title-kk", "не более 200"},
		{"story-en", "a\x07b", "story-en", "непечатаемые"},
		{"at", "0", "at-0", "число подписей"},
		{"at", "x", "at-0", "целое число"},
		{"base", "", "base", "оба текста"},
		{"base", "the law", "base", "обозначение"},
		{"base", "Z9900000001@2020-01-01:ru", "base", "Такого текста"},
		{"base", proposal, "base", "предложение"},
		{"proposed", boothText().Base, "proposed", "действующая"},
		{"proposed", kazakh, "proposed", "на одном языке"},
	} {
		f := typed(o.page(at+"/edit", o.editor))
		f.Set("ask-en", "typed with care <b>")
		f.Set(c.name, c.value)
		w, doc := o.send(at+"/edit", o.editor, f)
		field := doc.Find("#" + c.at)
		if got := text(doc.Find("#" + c.at + "-err")); w.Code != http.StatusUnprocessableEntity || !strings.Contains(got, c.say) || field.AttrOr("aria-invalid", "") != "true" {
			t.Errorf("%s = %.30q: %d, %q beside it", c.name, c.value, w.Code, got)
		}
		if doc.Find("[role=alert] a[href='#"+c.at+"']").Length() == 0 {
			t.Errorf("%s = %.30q: the list above does not lead to it", c.name, c.value)
		}
		back := typed(doc)
		if back.Get("ask-en") != "typed with care <b>" || back.Get(c.name) != c.value && c.name != "story-en" {
			t.Errorf("%s = %.30q: came back as %.30q", c.name, c.value, back.Get(c.name))
		}
	}
}

func TestMilestoneRows(t *testing.T) {
	o := newWriters(t)
	f := o.whole()
	f.Set("do", "add")
	_, doc := o.send(o.at, o.editor, f)
	f = typed(doc)
	if doc.Find("[name=at]").Length() != 2 || f.Get("ask-ru") == "" {
		t.Fatalf("%d rows", doc.Find("[name=at]").Length())
	}
	f["at"], f["then-ru"] = []string{"100", "50"}, []string{"а", "б"}
	if w, doc := o.send(o.at, o.editor, f); w.Code != http.StatusUnprocessableEntity || doc.Find("#at-1-err").Length() != 1 {
		t.Errorf("milestones that fall: %d", w.Code)
	}
	f.Set("do", "drop-0")
	_, doc = o.send(o.at, o.editor, f)
	if got := typed(doc); len(got["at"]) != 1 || got.Get("at") != "50" || got.Get("then-ru") != "б" {
		t.Errorf("left: %v %v", got["at"], got["then-ru"])
	}
}

// Two members save the same campaign: the second is told what the first changed.
func TestWriteTogether(t *testing.T) {
	o := newWriters(t)
	at := o.begun()
	mine, theirs := typed(o.page(at+"/edit", o.editor)), typed(o.page(at+"/edit", o.editor))
	theirs.Set("title-ru", "Их название")
	if w, _ := o.send(at+"/edit", o.editor, theirs); w.Code != http.StatusSeeOther {
		t.Fatal(w.Code)
	}
	mine.Set("goal", "777")
	w, doc := o.send(at+"/edit", o.editor, mine)
	if w.Code != http.StatusConflict {
		t.Fatalf("%d", w.Code)
	}
	rows := text(doc.Find("table.t tbody"))
	if !strings.Contains(rows, "Их название") || !strings.Contains(rows, "Библиотека ближе") || !strings.Contains(rows, "777") {
		t.Errorf("what differs: %s", rows)
	}
	c, err := o.store.CampaignAt(t.Context(), at[strings.LastIndex(at, "/")+1:])
	o.must(err)
	if c.Goal != 5000 {
		t.Error("it was overwritten")
	}
	f := typed(doc)
	f.Set("title-ru", "Их название")
	if w, _ := o.send(at+"/edit", o.editor, f); w.Code != http.StatusSeeOther {
		t.Errorf("joined: %d", w.Code)
	}
}

// A form sent after the session has ended comes back, and can be sent again.
func TestNothingTypedIsLost(t *testing.T) {
	o := newWriters(t)
	f := o.whole()
	w, doc := o.send(o.at, "expired", f)
	if w.Code != http.StatusForbidden || !strings.Contains(w.Header().Get("Cache-Control"), "no-store") {
		t.Fatalf("%d", w.Code)
	}
	again := url.Values{}
	doc.Find("form[action='" + o.at + "'] input[type=hidden]").Each(func(_ int, in *goquery.Selection) { again.Add(in.AttrOr("name", ""), in.AttrOr("value", "")) })
	if doc.Find("a[target=_blank][href^='/ru/sign-in']").Length() != 1 {
		t.Error("nowhere to sign in")
	}
	if w, _ := o.send(o.at, o.editor, again); w.Code != http.StatusSeeOther {
		t.Errorf("sent again: %d", w.Code)
	}
	// A form of the account may hold a password: it is not kept.
	if w, _ := o.send("/ru/account/password", "expired", url.Values{"password": {"secret words"}}); w.Code != http.StatusSeeOther || strings.Contains(w.Body.String(), "secret words") {
		t.Errorf("a password: %d", w.Code)
	}
}

func TestReviewAndPublish(t *testing.T) {
	o := newWriters(t)
	w, _ := o.send(o.at, o.editor, url.Values{"slug": {"empty"}, "in": {"ru"}})
	empty := o.at + "/empty"
	if w.Code != http.StatusSeeOther {
		t.Fatal(w.Code)
	}
	var lacks []string
	o.page(empty, o.editor).Find("[aria-labelledby=lacks] a").Each(func(_ int, a *goquery.Selection) {
		lacks = append(lacks, strings.TrimPrefix(a.AttrOr("href", ""), empty+"/edit#"))
	})
	if got := strings.Join(lacks, " "); got != "title-ru ask-ru target-ru operator-ru funder-ru goal bin key" {
		t.Errorf("missing: %s", got)
	}
	ids := o.page(empty+"/edit", o.editor)
	for _, id := range lacks {
		if ids.Find("#"+id).Length() != 1 {
			t.Errorf("there is no field %s", id)
		}
	}
	if w := o.post(empty+"/review", o.editor, "to", "review"); w.Code != http.StatusSeeOther {
		t.Errorf("review: %d", w.Code)
	}
	if w := o.post(empty+"/state", o.editor, "to", "live"); w.Code != http.StatusConflict {
		t.Errorf("live with nothing in it: %d", w.Code)
	}
	if w := o.get(empty+"/preview", o.editor); w.Code != http.StatusConflict {
		t.Errorf("a preview of nothing: %d", w.Code)
	}

	at := o.begun()
	slug := at[strings.LastIndex(at, "/")+1:]
	doc := o.page(at+"/preview", o.editor)
	if !strings.Contains(text(doc.Find("h1")), "Библиотека ближе") || doc.Find("#sign").Length() != 1 || doc.Find("meta[name=robots]").Length() != 1 {
		t.Error("the preview is not the page")
	}
	viewer := o.hire("viewer@example.kz", accounts.Viewer)
	if o.page(at+"/preview", viewer).Find("#sign").Length() != 1 {
		t.Error("a viewer sees no preview")
	}
	if w := o.get("/ru/campaigns/"+slug, ""); w.Code != http.StatusNotFound {
		t.Errorf("strangers see a draft: %d", w.Code)
	}
	if w := o.get(at+"/state?to=live", o.editor); w.Code != http.StatusNotFound {
		t.Errorf("live from a draft: %d", w.Code)
	}
	o.live(at)
	if w := o.get("/ru/campaigns/"+slug, ""); w.Code != http.StatusOK {
		t.Errorf("the public page: %d", w.Code)
	}
	c, err := o.store.CampaignAt(t.Context(), slug)
	o.must(err)
	if _, err := o.keys.Campaign(c.ID); err != nil {
		t.Errorf("live without a key: %v", err)
	}
	if got := text(o.page(at+"/state?to=closed", o.editor).Find(".ask ul")); !strings.Contains(got, "Уничтожается ключ") {
		t.Errorf("closing says %q", got)
	}
	for _, to := range []string{"draft", "delivered", "nonsense"} {
		if w := o.post(at+"/state", o.editor, "to", to); w.Code != http.StatusBadRequest {
			t.Errorf("to %s: %d", to, w.Code)
		}
	}
	for _, to := range []string{"paused", "live", "closed"} {
		if w := o.post(at+"/state", o.editor, "to", to); w.Code != http.StatusSeeOther {
			t.Errorf("to %s: %d", to, w.Code)
		}
	}
	if _, err := o.keys.Campaign(c.ID); !errors.Is(err, gate.ErrNoKey) {
		t.Errorf("closed with a key: %v", err)
	}
	if doc := o.page(at+"/edit", o.editor); doc.Find("button:not(.vh)[value=save]").Length() != 0 {
		t.Error("a closed campaign can be saved")
	}
	if got := strings.Join(o.did("campaign.state"), " "); strings.Count(got, "campaign.state") != 6 {
		t.Errorf("log: %s", got)
	}
}

// A draft whose last day went by while it was written is not published: it would
// be closed within the hour, for good.
func TestLastDayWentBy(t *testing.T) {
	o := newWriters(t)
	at := o.begun()
	f := typed(o.page(at+"/edit", o.editor))
	f.Set("closes", string(campaigns.Day(o.now())))
	if w, _ := o.send(at+"/edit", o.editor, f); w.Code != http.StatusSeeOther {
		t.Fatalf("closing today: %d", w.Code)
	}
	if w := o.post(at+"/review", o.editor, "to", "review"); w.Code != http.StatusSeeOther {
		t.Fatal(w.Code)
	}
	o.pass(24 * time.Hour)
	_, editor := o.equip(o.hire("late@example.kz", accounts.Editor))
	if n := o.page(at, editor).Find("[aria-labelledby=lacks] a[href$='/edit#closes']").Length(); n != 1 {
		t.Errorf("%d times told that the last day is over", n)
	}
	if w := o.post(at+"/state", editor, "to", "live"); w.Code != http.StatusConflict {
		t.Errorf("published after its last day: %d", w.Code)
	}
}

// The word of the official portal is not forbidden, as petitions may be what a
// campaign is about, but nobody uses it unaware.
func TestSaysPetition(t *testing.T) {
	o := newWriters(t)
	at := o.begun()
	if o.page(at, o.editor).Find(".callout:contains('epetition.kz')").Length() != 0 {
		t.Fatal("told of a word that is not there")
	}
	f := typed(o.page(at+"/edit", o.editor))
	f.Set("title-kk", "ПЕТИЦИЯ: кітапхана жақын болсын")
	if w, _ := o.send(at+"/edit", o.editor, f); w.Code != http.StatusSeeOther {
		t.Fatal(w.Code)
	}
	if o.page(at, o.editor).Find(".callout:contains('epetition.kz')").Length() != 1 {
		t.Error("nobody is told")
	}
}

// A new text of a published campaign is stored only once it was said what it
// means for those who signed.
func TestNewVersion(t *testing.T) {
	o := newWriters(t)
	at := o.begun()
	o.live(at)
	f := typed(o.page(at+"/edit", o.editor))
	f.Set("title-ru", "Новое название")
	w, doc := o.send(at+"/edit", o.editor, f)
	if w.Code != http.StatusOK || !strings.Contains(text(doc.Find(".callout.warning")), "версия 2") {
		t.Fatalf("%d: %s", w.Code, text(doc.Find(".callout")))
	}
	if n := o.page(at+"/versions", o.editor).Find("tbody tr").Length(); n != 1 {
		t.Errorf("%d versions before it was confirmed", n)
	}
	changed := typed(doc)
	changed.Set("ask-ru", "Совсем другое")
	if w, _ := o.send(at+"/edit", o.editor, changed); w.Code != http.StatusOK {
		t.Errorf("another text than was confirmed: %d", w.Code)
	}
	if w, _ := o.send(at+"/edit", o.editor, typed(doc)); w.Code != http.StatusSeeOther {
		t.Fatalf("confirmed: %d", w.Code)
	}
	doc = o.page(at+"/versions", o.editor)
	if n := doc.Find("tbody tr").Length(); n != 2 || text(doc.Find("main ins").First()) == "" || text(doc.Find("main del").First()) == "" {
		t.Errorf("%d versions: %s", n, text(doc.Find("main")))
	}
	if doc := o.page(at+"/versions?from=2&to=2", o.editor); doc.Find("main ins, main del").Length() != 0 {
		t.Error("a version differs from itself")
	}
	// What the signed text does not hold is stored at once.
	f = typed(o.page(at+"/edit", o.editor))
	f.Set("goal", "6000")
	if w, _ := o.send(at+"/edit", o.editor, f); w.Code != http.StatusSeeOther {
		t.Errorf("the goal: %d", w.Code)
	}
	f.Set("goal", "")
	f.Del("key")
	if w, doc := o.send(at+"/edit", o.editor, f); w.Code != http.StatusUnprocessableEntity || doc.Find("#goal-err").Length() != 1 || doc.Find("#key-err").Length() != 1 {
		t.Errorf("live without goal and keys: %d", w.Code)
	}
}

func TestNewsAndNumbers(t *testing.T) {
	o := newWriters(t)
	at := o.begun()
	for _, below := range []string{"/news", "/numbers"} {
		if w := o.get(at+below, o.editor); w.Code != http.StatusNotFound {
			t.Errorf("%s of a draft: %d", below, w.Code)
		}
	}
	o.live(at)
	f := url.Values{"head-kk": {"Жаңалық"}, "head-ru": {"Новость"}, "head-en": {"News"}, "body-kk": {"Мәтін"}, "body-ru": {"Текст"}}
	w, doc := o.send(at+"/news", o.editor, f)
	if w.Code != http.StatusUnprocessableEntity || doc.Find("#body-en-err").Length() != 1 || typed(doc).Get("body-ru") != "Текст" {
		t.Errorf("a language is missing: %d", w.Code)
	}
	f.Set("body-en", "Text")
	if w, _ := o.send(at+"/news", o.editor, f); w.Code != http.StatusSeeOther {
		t.Fatal(w.Code)
	}
	if got := text(o.page(at+"/news", o.editor).Selection); !strings.Contains(got, "Новость") {
		t.Error("the news is not there")
	}
	c, err := o.store.CampaignAt(t.Context(), at[strings.LastIndex(at, "/")+1:])
	o.must(err)
	in, err := intake.New(intake.Config{Store: o.store, Keys: o.keys, Random: rand.Reader, Now: o.now})
	o.must(err)
	o.must(paper(t, in, c.ID, 7))
	for n := 1; n > 0; {
		n, _, err = o.store.Count(t.Context(), "test", o.now(), 1e9, 1000)
		o.must(err)
	}
	doc = o.page(at+"/numbers?recount=1", o.editor)
	if got := text(doc.Find(".figs")); !strings.Contains(got, "точное число7") {
		t.Errorf("numbers: %s", got)
	}
	if got := text(doc.Find(".callout")); !strings.Contains(got, "расхождение 0") {
		t.Errorf("drift: %s", got)
	}
	if n := doc.Find("table.t").Length(); n != 4 {
		t.Errorf("%d tables", n)
	}
	if w := o.get(at+"/numbers", o.hire("viewer@example.kz", accounts.Viewer)); w.Code != http.StatusNotFound {
		t.Errorf("a viewer reads numbers: %d", w.Code)
	}
}

// paper enters a sheet with n lines.
func paper(t *testing.T, in *intake.Intake, id campaigns.CampaignID, n int) error {
	var sheet []campaigns.Form
	for range n {
		sheet = append(sheet, campaigns.Form{Lang: law.RU, Given: "Айгүл", Surname: "Үлгі", Region: "KZ-75", Adult: true, Agreed: true})
	}
	_, err := in.Paper(t.Context(), id, sheet, "page", accounts.Entry{})
	return err
}
