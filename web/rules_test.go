package web

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"go/ast"
	"go/parser"
	"go/token"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/accounts/door"
	"github.com/tuzetu/tuzetu/internal/store"
	"github.com/tuzetu/tuzetu/web/campaign"
	"github.com/tuzetu/tuzetu/web/comments"
	"github.com/tuzetu/tuzetu/web/desk"
	"github.com/tuzetu/tuzetu/web/dossier"
	"github.com/tuzetu/tuzetu/web/draft"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/people"
	"github.com/tuzetu/tuzetu/web/proposal"
	"github.com/tuzetu/tuzetu/web/read"
	"github.com/tuzetu/tuzetu/web/score"
)

// ruled is the whole table of addresses, whose handlers only say that they were
// reached.
type ruled struct {
	t     *testing.T
	table *table
	store *store.Store
	now   time.Time
}

const reached = http.StatusTeapot

func newRuled(t *testing.T) *ruled {
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "t.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if _, err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	r := &ruled{t: t, store: db, now: time.Date(2026, 11, 22, 6, 0, 0, 0, time.UTC)}
	now := func() time.Time { return r.now }
	parsed, err := embedded()
	if err != nil {
		t.Fatal(err)
	}
	pages := page.NewPages(parsed, slog.New(slog.DiscardHandler), page.Site{People: true})
	d := door.New(door.Config{Store: db, Random: rand.Reader, Now: now})
	staff := people.New(people.Config{Door: d, Demo: noDemo{}}, pages, now)
	r.table = newTable(staff)
	admit := r.table.admit
	r.table.admit = func(rule people.Rule, _ page.Handler) page.Handler {
		return admit(rule, func(w http.ResponseWriter, _ *http.Request) error {
			w.WriteHeader(reached)
			return nil
		})
	}
	rd := read.New(nil, nil, nil, pages, nil, now)
	routes(r.table, pages, rd)
	sourceRoutes(r.table, pages, read.NewSources(rd))
	campaignRoutes(r.table, pages, new(campaign.Collector))
	peopleRoutes(r.table, pages, staff)
	commentRoutes(r.table, pages, new(comments.Board))
	deskRoutes(r.table, pages, new(desk.Desk))
	dossierRoutes(r.table, pages, new(dossier.Dossiers))
	draftRoutes(r.table, pages, new(draft.Drafter))
	proposalRoutes(r.table, pages, new(proposal.Proposals))
	proposalDeskRoutes(r.table, pages, new(proposal.Proposals))
	scoreRoutes(r.table, pages, new(score.Scores))
	scoreDeskRoutes(r.table, pages, new(score.Scores))
	return r
}

type noDemo struct{}

func (noDemo) Letters() []people.DemoLetter            { return nil }
func (noDemo) Codes(context.Context) []people.DemoCode { return nil }

func (r *ruled) must(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

func (r *ruled) organisation(id accounts.OrganisationID) {
	r.must(r.store.AddOrganisation(r.t.Context(), accounts.Organisation{ID: id, Names: map[string]string{"kk": "а", "ru": "а", "en": "a"}, Since: r.now}, accounts.Entry{}))
}

// member makes a person with a role, "" for none.
func (r *ruled) member(id accounts.PersonID, of accounts.OrganisationID, role accounts.Role) {
	p := accounts.Person{ID: id, Email: string(id) + "@example.kz", Mail: string(id) + "@example.kz", Lang: "kk", Since: r.now}
	if role == "" {
		of, role = "elsewhere", accounts.Viewer
	}
	hash := sha256.Sum256([]byte(id))
	r.must(r.store.Invite(r.t.Context(), accounts.Invitation{ID: hex.EncodeToString(hash[:4]), Hash: hash[:], Organisation: of, Email: p.Email, Mail: p.Mail, Role: role, Lang: "kk", Until: r.now.Add(time.Hour)}, nil, accounts.Entry{}))
	_, err := r.store.Join(r.t.Context(), hash[:], r.now, p, accounts.Entry{})
	r.must(err)
}

// session is the cookie of a new session.
func (r *ruled) session(who accounts.PersonID, second bool, proved time.Time) string {
	secret := rand.Text()
	r.must(r.store.AddSession(r.t.Context(), accounts.SecretHash(accounts.ToStay, secret), accounts.Session{
		ID: rand.Text(), Person: who, Began: proved, Used: r.now, Proved: proved, Turned: r.now, Second: second}, accounts.Entry{}))
	return "__Host-session=" + secret
}

func (r *ruled) ask(method, path, cookie string) *httptest.ResponseRecorder {
	q := httptest.NewRequest(method, path, nil)
	if cookie != "" {
		q.Header.Set("Cookie", cookie)
	}
	w := httptest.NewRecorder()
	r.table.mux.ServeHTTP(w, q)
	return w
}

var blank = regexp.MustCompile(`\{([a-z]+)(\.\.\.)?\}`)

// Every address × every role × the own organisation, another's, none, signed
// out; with a second factor and without, fresh and not.
func TestRules(t *testing.T) {
	r := newRuled(t)
	for _, id := range []accounts.OrganisationID{"own", "other", "elsewhere"} {
		r.organisation(id)
	}
	type who struct {
		name          string
		role          accounts.Role // in the organisation of the path
		cookie        string
		second, fresh bool
	}
	all := []who{{name: "signed out"}}
	hour := r.now.Add(-time.Hour)
	for _, role := range accounts.Roles() {
		own, other := accounts.PersonID("own-"+string(role)), accounts.PersonID("other-"+string(role))
		r.member(own, "own", role)
		r.member(other, "other", role)
		all = append(all,
			who{string(role), role, r.session(own, true, r.now), true, true},
			who{string(role) + ", not fresh", role, r.session(own, true, hour), true, false},
			who{string(role) + ", no second factor", role, r.session(own, false, r.now), false, true},
			who{string(role) + " of another", "", r.session(other, true, r.now), true, true})
	}
	asked := 0
	for _, row := range r.table.rows {
		if !row.rule.Set() {
			t.Errorf("%s has no rule", row.pattern)
		}
		if strings.Contains(row.pattern, "/desk/{organisation}") && row.rule.Action() == "" {
			t.Errorf("%s is of an organisation, and its rule asks for no membership", row.pattern)
		}
		method, path, ok := strings.Cut(row.pattern, " ")
		if !ok {
			method, path = http.MethodGet, row.pattern
		}
		path = strings.TrimSuffix(path, "{$}")
		path = blank.ReplaceAllStringFunc(path, func(s string) string {
			if s == "{organisation}" {
				return "own"
			}
			return "x"
		})
		for _, w := range all {
			want, to := reached, ""
			a := row.rule.Action()
			switch {
			case row.rule.Public():
			case w.cookie == "":
				want, to = http.StatusSeeOther, "/sign-in?"
			case a != "" && !w.role.May(a):
				want = http.StatusNotFound
			case a != "" && w.role.NeedsSecondFactor() && !w.second:
				want, to = http.StatusSeeOther, "/account/totp?"
			case row.rule.Fresh() && !w.fresh:
				want, to = http.StatusSeeOther, "/account/again?"
			}
			got := r.ask(method, path, w.cookie)
			asked++
			if got.Code != want || !strings.Contains(got.Header().Get("Location"), to) {
				t.Errorf("%s, %s: %d to %q, want %d to %q", row.pattern, w.name, got.Code, got.Header().Get("Location"), want, to)
			}
			if cache := got.Header().Get("Cache-Control"); got.Code != reached && !strings.Contains(cache, "no-store") {
				t.Errorf("%s, %s: Cache-Control %q", row.pattern, w.name, cache)
			}
		}
	}
	if asked < 5000 {
		t.Errorf("only %d requests", asked)
	}
}

// An organisation that is not there and one of others look alike, to the byte.
func TestOthersAreNotThere(t *testing.T) {
	r := newRuled(t)
	r.organisation("own")
	r.organisation("other")
	r.member("owner", "own", accounts.Owner)
	cookie := r.session("owner", true, r.now)
	for _, below := range []string{"", "/members", "/audit"} {
		theirs, none := r.ask("GET", "/ru/desk/other"+below, cookie), r.ask("GET", "/ru/desk/there-is-none"+below, cookie)
		if theirs.Code != http.StatusNotFound || theirs.Body.String() != none.Body.String() {
			t.Errorf("%q: %d and %d, the same: %v", below, theirs.Code, none.Code, theirs.Body.String() == none.Body.String())
		}
	}
}

// What has no rule lets nobody in, and no address goes around the table.
func TestNoRuleIsNoEntry(t *testing.T) {
	r := newRuled(t)
	r.organisation("own")
	r.member("owner", "own", accounts.Owner)
	r.table.with(people.Rule{}, func(h page.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
			if h(w, q) != nil {
				w.WriteHeader(http.StatusNotFound)
			}
		})
	})("GET /unruled", nil)
	if row := r.table.rows[len(r.table.rows)-1]; row.rule.Set() {
		t.Error("the zero rule passes for one")
	}
	if w := r.ask("GET", "/unruled", r.session("owner", true, r.now)); w.Code != http.StatusNotFound {
		t.Errorf("an address without a rule answers %d", w.Code)
	}
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") || name == "table.go" {
			continue
		}
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, src, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok && (sel.Sel.Name == "HandleFunc" || sel.Sel.Name == "Handle" && !isPages(sel.X)) {
				t.Errorf("%s adds an address around the table", name)
			}
			return true
		})
	}
}

// Every group of addresses stands in the table that TestRules asks.
func TestEveryGroupIsRuled(t *testing.T) {
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	added, asked := map[string]bool{}, map[string]bool{}
	for _, name := range names {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			switch {
			case !ok:
			case fn.Name.Name == "newRuled":
				ast.Inspect(fn, func(n ast.Node) bool {
					if call, ok := n.(*ast.CallExpr); ok {
						if id, ok := call.Fun.(*ast.Ident); ok {
							asked[id.Name] = true
						}
					}
					return true
				})
			case fn.Recv == nil && takesTable(fn):
				added[fn.Name.Name] = true
			}
		}
	}
	for name := range added {
		if !asked[name] {
			t.Errorf("%s adds addresses that no role is tried on: call it in newRuled", name)
		}
	}
	if len(added) < 8 {
		t.Errorf("only %d groups of addresses found", len(added))
	}
}

// takesTable tells a function that is given the table to add to it.
func takesTable(fn *ast.FuncDecl) bool {
	for _, p := range fn.Type.Params.List {
		if star, ok := p.Type.(*ast.StarExpr); ok {
			if id, ok := star.X.(*ast.Ident); ok && id.Name == "table" {
				return true
			}
		}
	}
	return false
}

// isPages tells page.Pages.Handle, which adds no address.
func isPages(x ast.Expr) bool {
	id, ok := x.(*ast.Ident)
	return ok && id.Name == "pages"
}
