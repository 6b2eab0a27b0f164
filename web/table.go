package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/people"
)

// table is every address the application answers, each with the rule that says
// who may ask for it. There is no other way to add an address.
type table struct {
	mux   *http.ServeMux
	admit func(people.Rule, page.Handler) page.Handler
	rows  []row
}

// row is an address and its rule.
type row struct {
	pattern string
	rule    people.Rule
}

// newTable makes an empty table; without people there are only public pages.
func newTable(p *people.People) *table {
	t := &table{mux: http.NewServeMux()}
	t.admit = func(rule people.Rule, h page.Handler) page.Handler {
		if rule.Public() {
			return h
		}
		return t.nowhere
	}
	if p != nil {
		t.admit = p.Admit
	}
	return t
}

// with adds addresses under a rule; answer makes an http.Handler of each.
func (t *table) with(rule people.Rule, answer func(page.Handler) http.Handler) func(pattern string, h page.Handler) {
	return func(pattern string, h page.Handler) {
		t.rows = append(t.rows, row{pattern, rule})
		t.mux.Handle(pattern, answer(t.admit(rule, h)))
	}
}

// shorter takes the slash off the end of an address in no row.
func (t *table) shorter(w http.ResponseWriter, r *http.Request) error {
	path := strings.TrimRight(r.URL.Path, "/")
	if path == r.URL.Path {
		return t.nowhere(w, r)
	}
	moved(w, r, path)
	return nil
}

// nowhere is every address that is in no row, and every method a row does not
// take. Who opens by hand what only a form is sent to finds no page.
func (t *table) nowhere(w http.ResponseWriter, r *http.Request) error {
	takes := t.takes(r)
	if len(takes) == 0 || r.Method == http.MethodGet || r.Method == http.MethodHead || slices.Contains(takes, r.Method) {
		return page.ErrNoPage
	}
	w.Header().Set("Allow", strings.Join(takes, ", "))
	return fmt.Errorf("%w: %s", page.ErrMethod, r.Method)
}

// takes are the methods for which the address of a request is in a row, a slash at
// its end aside.
func (t *table) takes(r *http.Request) (out []string) {
	ask := r.Clone(r.Context())
	ask.URL.Path = "/" + strings.Trim(r.URL.Path, "/")
	for _, ask.Method = range []string{http.MethodGet, http.MethodHead, http.MethodPost} {
		if _, pattern := t.mux.Handler(ask); pattern != "/" && !strings.HasSuffix(pattern, "{rest...}") {
			out = append(out, ask.Method)
		}
	}
	return out
}
