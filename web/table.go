package web

import (
	"net/http"

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
	t := &table{mux: http.NewServeMux(), admit: func(rule people.Rule, h page.Handler) page.Handler {
		if rule.Public() {
			return h
		}
		return nowhere
	}}
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
