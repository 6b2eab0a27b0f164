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
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/count"
	"github.com/tuzetu/tuzetu/campaigns/gate"
	"github.com/tuzetu/tuzetu/campaigns/intake"
	"github.com/tuzetu/tuzetu/campaigns/seal"
	"github.com/tuzetu/tuzetu/internal/jobs"
	"github.com/tuzetu/tuzetu/internal/mail"
	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/internal/store"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web"
	"github.com/tuzetu/tuzetu/web/campaign"
	"github.com/tuzetu/tuzetu/web/comments"
)

// booth is a site with a live campaign, and everything that takes signatures.
type booth struct {
	*site
	id      campaigns.CampaignID
	mail    *mail.Outbox
	counter *count.Counter
	manager *intake.Manager
	runner  *jobs.Runner
	keys    *gate.KeyFolder

	mu  sync.Mutex
	now time.Time
}

// boothSlug is the address of the campaign of a booth.
const boothSlug = "closer-library"

// boothBurst is how many requests a network may make at once.
const boothBurst = 40

const boothPath = "/campaigns/" + boothSlug

func in3(kk, ru, en string) campaigns.Words {
	return campaigns.Words{law.KK: kk, law.RU: ru, law.EN: en}
}

func boothText() campaigns.Text {
	return campaigns.Text{
		Title:  in3("Аудандық кітапхана жақын болсын (үлгі)", "Районная библиотека ближе (образец)", "A closer library (sample)"),
		Ask:    in3("Кітап мерзімін телефон арқылы ұзартуды сұраймыз.", "Просим продлевать книгу по телефону.", "We ask to renew books by telephone."),
		Story:  in3("Ауыл алыста.\nЖол ұзақ.", "Село далеко.\nДорога долгая.", "The village is far.\nThe road is long."),
		Target: in3("Ойдан шығарылған комитет", "Вымышленный комитет", "The invented committee"),
		Base:   "Z9900000001@2026-02-01:ru", Proposed: "proposal:Z9900000001@2026-09-01:ru",
	}
}

// newBooth is a booth on a fresh SQLite database.
func newBooth(tb testing.TB, trusted ...netip.Prefix) *booth {
	tb.Helper()
	return collect(sampled(tb), trusted...)
}

// boothOn is a booth on a database that may be PostgreSQL.
func boothOn(tb testing.TB, address string) *booth {
	tb.Helper()
	s := &site{tb: tb, store: openStore(tb, address)}
	s.act(sample.Act())
	for _, lang := range law.Langs {
		s.edition(sample.ActID, law.Enacted, sample.Second, lang, sample.Markdown(lang, sample.Second))
		s.edition(sample.ActID, law.Proposed, sample.Proposed, lang, sample.Proposal(lang))
	}
	return collect(s)
}

// collect adds a live campaign to a site.
func collect(s *site, trusted ...netip.Prefix) *booth {
	s.tb.Helper()
	b := &booth{site: s, now: today()}
	ctx := context.Background()
	must := func(err error) {
		s.tb.Helper()
		if err != nil {
			s.tb.Fatal(err)
		}
	}
	keys, err := gate.OpenKeyFolder(filepath.Join(s.tb.TempDir(), "keys"), rand.Reader)
	must(err)
	b.id, err = s.store.AddCampaign(ctx, campaigns.Campaign{Slug: boothSlug, Org: "sample", Closes: "2026-12-31", About: campaigns.About{
		Goal: 50, Milestones: []campaigns.Milestone{{At: 20, Then: in3("мәтінді жібереміз", "отправим текст", "we send the text")}},
		Languages: law.Langs[:], Funder: in3("ешкім", "никем", "nobody"),
		Operator: campaigns.Operator{Name: in3("«Үлгі» қоры", "фонд «Образец»", "Sample Foundation"), BIN: "000000000000"},
	}}, accounts.Entry{})
	must(err)
	_, err = s.store.SaveText(ctx, b.id, boothText(), accounts.Entry{})
	must(err)
	goLive(s.tb, s.store, keys, b.id)
	b.keys = keys

	b.mail = mail.NewOutbox(b.clock)
	writer, err := mail.NewWriter(b.mail, "https://tuzetu.example")
	must(err)
	in, err := intake.New(intake.Config{Store: s.store, Keys: keys, Random: rand.Reader, Now: b.clock, Limiter: gate.NewLimiter(boothBurst, gate.PerHour)})
	must(err)
	courier, err := intake.NewCourier(s.store, keys, mail.NewSigners(writer, s.store), b.clock)
	must(err)
	b.manager, err = intake.NewManager(s.store, keys, rand.Reader, b.clock)
	must(err)
	b.counter = &count.Counter{Store: s.store, Holder: "test", Now: b.clock, Logger: slog.New(slog.DiscardHandler)}
	b.runner = &jobs.Runner{Store: s.store, Handlers: boothHandlers(s.store, courier), Now: b.clock, Logger: slog.New(slog.DiscardHandler), Workers: 2}
	running, stop := context.WithCancel(ctx)
	var all sync.WaitGroup
	all.Go(func() { in.Run(running) })
	all.Go(func() { courier.Run(running) })
	s.tb.Cleanup(func() { stop(); all.Wait() })
	app, err := web.New(web.Config{Store: s.store, Logger: slog.New(slog.DiscardHandler), Now: b.clock, BaseURL: "https://tuzetu.example",
		Campaigns: &campaign.Config{Store: s.store, Intake: in, Manager: b.manager, Counter: b.counter, Trusted: trusted, Target: 20, Ending: running.Done()},
		Comments:  &comments.Config{Store: s.store, Intake: in, Trusted: trusted}})
	must(err)
	s.handler = app
	return b
}

func (b *booth) clock() time.Time {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.now
}

// pass lets time pass; a second is also how long a page is kept.
func (b *booth) pass(d time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.now = b.now.Add(d)
}

// post sends a form as a browser does from the site's own page.
func (b *booth) post(path string, form url.Values, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	b.handler.ServeHTTP(w, r)
	return w
}

// filled is the form of a page as somebody fills it in.
func (b *booth) filled(ui, email string) url.Values {
	b.tb.Helper()
	doc := b.page("/" + ui + boothPath + "/sign")
	text, _ := doc.Find("#sign input[name=text]").Attr("value")
	consent, _ := doc.Find("#sign input[name=consent]").Attr("value")
	return url.Values{"text": {text}, "consent": {consent}, "given": {"Айгүл"}, "surname": {"Серікова"}, "email": {email}, "region": {"KZ-75"}, "agreed": {"1"}}
}

// sign signs and must be told to look into the mail.
func (b *booth) sign(ui string, form url.Values) {
	b.tb.Helper()
	w := b.post("/"+ui+boothPath+"/sign", form)
	if want := "/" + ui + boothPath + "/sent"; w.Code != http.StatusSeeOther || w.Header().Get("Location") != want {
		b.tb.Fatalf("signing: %d to %q\n%s", w.Code, w.Header().Get("Location"), w.Body)
	}
}

// letters does all that is to be done and returns the letters that came, the
// latest first.
func (b *booth) letters() []mail.Sent {
	b.tb.Helper()
	before := len(b.mail.Sent())
	for {
		n, err := b.runner.Step(context.Background())
		if err != nil {
			b.tb.Fatal(err)
		}
		if n == 0 {
			all := b.mail.Sent()
			return all[:len(all)-before]
		}
	}
}

var manageLink = regexp.MustCompile(`https://tuzetu\.example(/(?:kk|ru|en)/manage/\S+)`)

// links are those of a letter, as paths.
func links(l mail.Sent) (confirm, manage string) {
	href := strings.TrimPrefix(l.Href, "https://tuzetu.example")
	if strings.Contains(href, "/manage/") {
		return "", href
	}
	if m := manageLink.FindStringSubmatch(strings.Join(l.Small, " ")); m != nil {
		manage = m[1]
	}
	return href, manage
}

// signed signs and confirms, and returns the links of the letter.
func (b *booth) signed(ui, email string, more ...string) (confirm, manage string) {
	b.tb.Helper()
	form := b.filled(ui, email)
	for i := 0; i+1 < len(more); i += 2 {
		form.Set(more[i], more[i+1])
	}
	b.sign(ui, form)
	letters := b.letters()
	if len(letters) != 1 {
		b.tb.Fatalf("%d letters to %s", len(letters), email)
	}
	confirm, manage = links(letters[0])
	if w := b.post(confirm, nil); w.Code != http.StatusSeeOther || w.Header().Get("Location") != confirm {
		b.tb.Fatalf("confirming: %d", w.Code)
	}
	return confirm, manage
}

// count counts and lets the hour pass after which any number is shown.
func (b *booth) count() string {
	b.tb.Helper()
	for range 2 {
		if err := b.counter.Step(context.Background()); err != nil {
			b.tb.Fatal(err)
		}
		b.pass(campaigns.LeastWait + time.Second)
	}
	if err := b.counter.Step(context.Background()); err != nil {
		b.tb.Fatal(err)
	}
	return text(b.page("/ru" + boothPath).Find("#live"))
}

// signedBy adds a campaign with thirty signatures to a site, and stands for the
// tokens of its links: /confirm/pending, /confirm/done, /manage/done,
// /unsubscribe/done, /block/none-yet, and those of comments.
func signedBy(s *site) *booth {
	s.tb.Helper()
	b := collect(s)
	names := [...]string{"Айгүл", "Дмитрий", "Өркен", "Ғалия"}
	regions := [...]string{"KZ-75", "KZ-71", "KZ-75", "KZ-35", "KZ-61", "other"}
	var confirm, manage string
	for n := range 30 {
		form := b.filled("ru", fmt.Sprintf("p%d@example.kz", n))
		form.Set("given", names[n%len(names)])
		form.Set("region", regions[n%len(regions)])
		form.Set("display", "1")
		form.Set("updates", "1")
		b.sign("ru", form)
		confirm, manage = links(b.letters()[0])
		b.post(confirm, nil)
	}
	b.sign("ru", b.filled("ru", "waiting@example.kz"))
	letter := b.letters()[0]
	pending, _ := links(letter)
	if err := b.store.AddUpdate(context.Background(), b.id, campaigns.Update{At: today(), Title: in3("Жаңалық", "Новость", "News"), Body: in3("Мәтін.", "Текст.", "Text.")}, accounts.Entry{}); err != nil {
		s.tb.Fatal(err)
	}
	if err := b.counter.Step(context.Background()); err != nil {
		s.tb.Fatal(err)
	}
	last := func(path string) string { return path[strings.LastIndex(path, "/")+1:] }
	tokens := map[string]string{"/confirm/pending": last(pending), "/confirm/done": last(confirm), "/manage/done": last(manage),
		"/unsubscribe/done": last(b.unsubscribe(manage)), "/block/none-yet": last(blockLink(letter))}
	for place, token := range discussedBy(b) {
		tokens[place] = token
	}
	handedOver(b)
	app := s.handler
	s.handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		longest := ""
		for place := range tokens {
			if strings.HasSuffix(r.URL.Path, place) && len(place) > len(longest) {
				longest = place
			}
		}
		if longest != "" {
			r.URL.Path = strings.TrimSuffix(r.URL.Path, last(longest)) + tokens[longest]
		}
		app.ServeHTTP(w, r)
	})
	return b
}

// goLive gives a campaign two recipients and its key, and lets the public see it.
func goLive(tb testing.TB, s *store.Store, keys *gate.KeyFolder, id campaigns.CampaignID) (private seal.PrivateKey) {
	tb.Helper()
	must := func(err error) {
		if err != nil {
			tb.Helper()
			tb.Fatal(err)
		}
	}
	var to []campaigns.Recipient
	for _, name := range []string{"1", "2"} {
		key, err := seal.GenerateKey(rand.Reader)
		must(err)
		to, private = append(to, campaigns.Recipient{Name: name, PublicKey: key.Public()}), key
	}
	must(s.SetRecipients(tb.Context(), id, to, accounts.Entry{}))
	must(keys.CreateCampaign(id))
	must(s.SetState(tb.Context(), id, campaigns.Review, accounts.Entry{}))
	must(s.SetState(tb.Context(), id, campaigns.Live, accounts.Entry{}))
	return private
}
