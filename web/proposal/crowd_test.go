package proposal_test

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/accounts/door"
	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/internal/store"
	"github.com/tuzetu/tuzetu/internal/store/storetest"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web"
	"github.com/tuzetu/tuzetu/web/people"
	"github.com/tuzetu/tuzetu/web/proposal"
)

// How large the crowd is: go test ./web/proposal -run Crowd -editors 100 -kills 3 -timeout 30m
var (
	editors = flag.Int("editors", 8, "editors who save at once")
	kills   = flag.Int("kills", 1, "kill -9 of the server meanwhile")
)

const (
	childDB   = "TUZETU_CROWD_DB"
	childAddr = "TUZETU_CROWD_ADDR"
)

// TestMain lets the crowd start this test binary as the server it kills.
func TestMain(m *testing.M) {
	if os.Getenv(childDB) != "" {
		fmt.Fprintln(os.Stderr, serve(os.Getenv(childDB), os.Getenv(childAddr)))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

func serve(db, addr string) error {
	s, err := store.Open(context.Background(), db)
	if err != nil {
		return err
	}
	h, err := web.New(web.Config{Store: s, Now: time.Now, Logger: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})),
		People:    &people.Config{Door: door.New(door.Config{Store: s, Random: rand.Reader, Now: time.Now})},
		Proposals: &proposal.Config{Store: s}})
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	fmt.Println("ready")
	return http.Serve(l, h)
}

// crowd is a server in a process of its own, and what its editors were told.
type crowd struct {
	t     *testing.T
	store *store.Store
	org   accounts.OrganisationID
	id    dossiers.ProposalID
	db    string
	addr  string
	child *exec.Cmd

	acks   atomic.Int64
	merges atomic.Int64
	mu     sync.Mutex
	saved  map[int]int  // version that was acknowledged, by editor
	asked  map[int]bool // was shown a conflict
}

func (c *crowd) start() error {
	c.child = exec.Command(os.Args[0])
	c.child.Env = append(os.Environ(), childDB+"="+c.db, childAddr+"="+c.addr)
	c.child.Stderr = os.Stderr
	out, err := c.child.StdoutPipe()
	if err != nil {
		return err
	}
	if err := c.child.Start(); err != nil {
		return err
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "ready\n" {
		return fmt.Errorf("the server did not start: %q, %w", line, err)
	}
	return nil
}

func (c *crowd) kill() {
	_ = c.child.Process.Kill() // SIGKILL
	_ = c.child.Wait()
}

const sharedArticle = 1

// lawOf is a law with an article for each editor, after one that all change.
func lawOf(editors int) string {
	var b strings.Builder
	b.WriteString("# О залах\n\n")
	for i := sharedArticle; i <= editors+1; i++ {
		fmt.Fprintf(&b, "**Статья %d. Зал номер %d**\n\n1. В зале номер %d читают книги с утра до вечера.\n\n2. Вход в зал номер %d свободный.\n\n", i, i, i, i)
	}
	return b.String()
}

func newCrowd(t *testing.T, db string) (*crowd, []string) {
	t.Helper()
	ctx := context.Background()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	c := &crowd{t: t, db: db, org: "org", saved: map[int]int{}, asked: map[int]bool{}}
	var err error
	c.store, err = store.Open(ctx, db)
	must(err)
	t.Cleanup(func() { c.store.Close() })
	_, err = c.store.Migrate(ctx)
	must(err)
	now := time.Now()
	entry := func(did string) accounts.Entry { return accounts.Entry{At: now, Did: did} }
	must(c.store.AddOrganisation(ctx, accounts.Organisation{ID: c.org, Names: map[string]string{"kk": "Қор", "ru": "Фонд", "en": "Fund"}, Since: now}, entry("organisation.made")))
	key := law.EditionKey{Act: "Z9900000077", Status: law.Enacted, Date: "2026-01-01", Lang: law.RU}
	must(c.store.SaveAct(ctx, law.Act{ID: key.Act, Titles: map[law.Lang]string{law.RU: "О залах"}}))
	title, lines, err := law.ReadMarkdown(strings.NewReader(lawOf(*editors)))
	must(err)
	_, _, err = c.store.AddEdition(ctx, law.Edition{EditionHead: law.EditionHead{EditionKey: key, Title: title, FetchedAt: now}, Raw: []byte(lawOf(*editors)), Lines: lines})
	must(err)
	d, err := c.store.AddDossier(ctx, dossiers.Dossier{Org: string(c.org), Slug: "halls", About: dossiers.About{Title: law.Words{law.RU: "Залы"}}}, entry("dossier.added"))
	must(err)
	c.id, err = c.store.AddProposal(ctx, dossiers.Proposal{Org: string(c.org), Dossier: d, Base: key, Subject: dossiers.Subject{Title: law.Words{law.RU: "Залы"}}}, entry("proposal.added"))
	must(err)
	var sessions []string
	for i := range *editors {
		mail := fmt.Sprintf("editor%d@example.kz", i)
		id := accounts.PersonID(fmt.Sprintf("person%d", i))
		hash := accounts.SecretHash(accounts.ToJoin, mail)
		must(c.store.Invite(ctx, accounts.Invitation{ID: mail, Organisation: c.org, Email: mail, Mail: mail, Role: accounts.Editor, Lang: "ru", Hash: hash, Until: now.Add(time.Hour)}, nil, entry("member.invited")))
		_, err := c.store.Join(ctx, hash, now, accounts.Person{ID: id, Email: mail, Mail: mail, Name: "Редактор", Lang: "ru", Since: now}, entry("member.joined"))
		must(err)
		secret, err := accounts.NewSecret(rand.Reader)
		must(err)
		must(c.store.AddSession(ctx, accounts.SecretHash(accounts.ToStay, secret), accounts.Session{ID: mail, Person: id, Began: now, Used: now, Proved: now, Turned: now, Second: true}, entry("session.began")))
		sessions = append(sessions, secret)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(err)
	c.addr = l.Addr().String()
	must(l.Close())
	return c, sessions
}

// errAway says that there was no answer, or one of a server that is going down.
var errAway = errors.New("no answer")

// ask sends a request and returns where it leads, and the page.
func (c *crowd) ask(session, path string, form url.Values) (status int, to string, doc *goquery.Document, err error) {
	method, body := http.MethodGet, io.Reader(nil)
	if form != nil {
		method, body = http.MethodPost, strings.NewReader(form.Encode())
	}
	r, err := http.NewRequest(method, "http://"+c.addr+path, body)
	if err != nil {
		return 0, "", nil, err
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	r.AddCookie(&http.Cookie{Name: "session", Value: session})
	res, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		return 0, "", nil, fmt.Errorf("%w: %w", errAway, err)
	}
	defer res.Body.Close()
	if doc, err = goquery.NewDocumentFromReader(res.Body); err != nil {
		return 0, "", nil, fmt.Errorf("%w: %w", errAway, err)
	}
	if res.StatusCode >= 500 {
		return 0, "", nil, fmt.Errorf("%w: %d", errAway, res.StatusCode)
	}
	return res.StatusCode, res.Header.Get("Location"), doc, nil
}

func own(i int) string    { return fmt.Sprintf("art_%d__para_1", i+sharedArticle+1) }
func mark(i int) string   { return fmt.Sprintf("Мнение редактора №%d учтено.", i) }
func common(i int) string { return fmt.Sprintf("Слово №%d.", i) }

const shared = "art_1__para_2"

// save is one editor: types, saves, merges as often as it takes.
func (c *crowd) save(ctx context.Context, i int, session string) error {
	desk := "/ru/desk/" + string(c.org) + "/proposals/" + strconv.FormatInt(int64(c.id), 10)
	for ctx.Err() == nil {
		done, err := c.try(i, session, desk)
		if done {
			return nil
		}
		if err != nil && !errors.Is(err, errAway) {
			return err
		}
		if err != nil {
			time.Sleep(50 * time.Millisecond)
		}
	}
	return ctx.Err()
}

func (c *crowd) try(i int, session, desk string) (bool, error) {
	status, _, doc, err := c.ask(session, desk+"/edit?"+url.Values{"at": {own(i), shared}}.Encode(), nil)
	if err != nil {
		return false, err
	}
	if status != http.StatusOK {
		return false, fmt.Errorf("editor %d: %d", i, status)
	}
	f := url.Values{"saved": {doc.Find("input[name=saved]").AttrOr("value", "")}, "parent": {doc.Find("input[name=parent]").AttrOr("value", "")}, "do": {"version"}, "note": {mark(i)}}
	mine := map[string]string{own(i): mark(i)}
	if i%2 == 0 {
		mine[shared] = common(i)
	}
	for at, words := range mine {
		text := doc.Find(`textarea[name="t-ru-` + at + `"]`).Text()
		if !strings.Contains(text, words) && (at == own(i) || !c.wasAsked(i)) {
			text += " " + words
		}
		f.Set("t-ru-"+at, text)
		f.Set("s-ru-"+at, doc.Find(`input[name="s-ru-`+at+`"]`).AttrOr("value", ""))
	}
	status, to, page, err := c.ask(session, desk+"/edit", f)
	if err != nil {
		return false, err
	}
	for status == http.StatusSeeOther && strings.Contains(to, "/merge") {
		c.merges.Add(1)
		if status, to, page, err = c.merge(i, session, desk); err != nil {
			return false, err
		}
	}
	if status == http.StatusSeeOther && strings.Contains(to, "said=saved") {
		c.mu.Lock()
		c.saved[i]++
		c.mu.Unlock()
		c.acks.Add(1)
		return true, nil
	}
	// Its answer was lost with the server: what it saved is there already.
	text := doc.Find(`textarea[name="t-ru-` + own(i) + `"]`).Text()
	if status == http.StatusUnprocessableEntity && strings.Contains(text, mark(i)) {
		return true, nil
	}
	return false, fmt.Errorf("editor %d: %d %s", i, status, strings.Join(strings.Fields(page.Find("main").Text()), " "))
}

func (c *crowd) wasAsked(i int) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.asked[i]
}

// merge joins with what others saved. Of a conflict, it takes theirs: its author
// has seen it and said so.
func (c *crowd) merge(i int, session, desk string) (status int, to string, page *goquery.Document, err error) {
	status, to, page, err = c.ask(session, desk+"/merge", nil)
	if err != nil || status != http.StatusOK {
		return status, to, page, err
	}
	f := url.Values{"note": {mark(i)}}
	for _, name := range []string{"saved", "newest"} {
		f.Set(name, page.Find("input[name="+name+"]").AttrOr("value", ""))
	}
	page.Find("fieldset.pe__row").Each(func(_ int, s *goquery.Selection) {
		f.Set(s.AttrOr("id", ""), "theirs")
		c.mu.Lock()
		c.asked[i] = true
		c.mu.Unlock()
	})
	status, to, page, err = c.ask(session, desk+"/merge", f)
	if status == http.StatusConflict { // yet another came meanwhile
		return http.StatusSeeOther, "/merge", page, err
	}
	return status, to, page, err
}

// Editors save at once over HTTP while the server is killed: every version that
// was acknowledged is there, and what each changed is in the last one, or was
// shown to them as a conflict.
func TestCrowd(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db string) {
		c, sessions := newCrowd(t, db)
		if err := c.start(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(c.kill)
		ctx, cancel := context.WithTimeout(context.Background(), 25*time.Minute)
		defer cancel()
		began := time.Now()
		failed := make(chan error, len(sessions))
		var all sync.WaitGroup
		for i, session := range sessions {
			all.Go(func() { failed <- c.save(ctx, i, session) })
		}
		killed := 0
		for k := range *kills {
			for c.acks.Load() < int64((k+1)*len(sessions)/(*kills+2)) && ctx.Err() == nil {
				time.Sleep(5 * time.Millisecond)
			}
			c.kill()
			killed++
			if err := c.start(); err != nil {
				t.Fatal(err)
			}
		}
		all.Wait()
		close(failed)
		for err := range failed {
			if err != nil {
				t.Fatal(err)
			}
		}
		t.Logf("%d editors, %d merges, %d kills: %s", len(sessions), c.merges.Load(), killed, time.Since(began).Round(time.Millisecond))
		c.check(t)
	})
}

func (c *crowd) check(t *testing.T) {
	ctx := context.Background()
	p, err := c.store.Proposal(ctx, string(c.org), c.id)
	if err != nil {
		t.Fatal(err)
	}
	if p.Newest < int(c.acks.Load()) {
		t.Errorf("%d versions, %d were acknowledged", p.Newest, c.acks.Load())
	}
	by := map[string]bool{}
	var last *law.Document
	for n := 1; n <= p.Newest; n++ {
		v, err := c.store.Version(ctx, string(c.org), c.id, n)
		if err != nil {
			t.Fatal(err)
		}
		by[v.By+v.Note] = true
		if last, err = v.Document(law.RU); err != nil {
			t.Fatal(err)
		}
	}
	for i := range *editors {
		if c.saved[i] > 0 && !by[fmt.Sprintf("person%d", i)+mark(i)] {
			t.Errorf("the version of editor %d was acknowledged and is not there", i)
		}
		if got := last.Find(law.Address(own(i))).Text; !strings.Contains(got, mark(i)) {
			t.Errorf("what editor %d wrote is lost: %q", i, got)
		}
		if got := last.Find(shared).Text; i%2 == 0 && !strings.Contains(got, common(i)) && !c.asked[i] {
			t.Errorf("editor %d was never asked, and the words are gone: %q", i, got)
		}
	}
}
