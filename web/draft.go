package web

import (
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/draft"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/people"
)

// draftRoutes are the pages of those who draft. The form is sent by POST for its
// size only: it changes nothing.
func draftRoutes(t *table, pages *page.Pages, d *draft.Drafter) {
	on := t.with(people.Open(), pages.Handle)
	for _, ui := range law.Langs {
		on("GET /"+string(ui)+"/draft", d.Form)
		on("POST /"+string(ui)+"/draft", d.Work)
		on("GET /"+string(ui)+"/draft/parity", d.ParityForm)
		on("POST /"+string(ui)+"/draft/parity", d.ParityWork)
	}
}
