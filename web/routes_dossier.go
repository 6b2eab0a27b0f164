package web

import (
	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/dossier"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/people"
)

// dossierRoutes are the public pages of dossiers, and the desk they are kept on.
// To make a dossier public is asked for besides, see accounts.Publish.
func dossierRoutes(t *table, pages *page.Pages, d *dossier.Dossiers) {
	on := t.with(people.Open(), pages.Handle)
	may := func(a accounts.Action, pattern string, h page.Handler) {
		t.with(people.May(a), pages.Handle)(pattern, h)
	}
	for _, ui := range law.Langs {
		at := "GET /" + string(ui) + "/dossiers"
		on(at, d.All)
		on(at+".json", d.All)
		on(at+"/{slug}", d.Page)
		on(at+"/{slug}/feed.atom", d.Feed)
		on(at+"/{slug}/files/{sha256}", d.PublicFile)

		get, post := "GET /"+string(ui)+"/desk/{organisation}/dossiers", "POST /"+string(ui)+"/desk/{organisation}/dossiers"
		may(accounts.ReadDesk, get, d.List)
		may(accounts.Edit, get+"/new", d.New)
		may(accounts.Edit, post, d.Create)
		get, post = get+"/{id}", post+"/{id}"
		may(accounts.ReadDesk, get, d.Show)
		may(accounts.Edit, get+"/edit", d.Edit)
		may(accounts.Edit, post+"/edit", d.Save)
		may(accounts.ReadDesk, get+"/files/{sha256}", d.File)

		may(accounts.Edit, get+"/stages/new", d.NewStage)
		may(accounts.Edit, post+"/stages", d.AddStage)
		may(accounts.Edit, get+"/stages/{n}", d.EditStage)
		may(accounts.Edit, post+"/stages/{n}", d.SaveStage)
		may(accounts.Edit, get+"/stages/{n}/remove", d.AskStage)
		may(accounts.Edit, post+"/stages/{n}/remove", d.RemoveStage)

		may(accounts.Edit, get+"/documents/new", d.NewDocument)
		may(accounts.Edit, post+"/documents", d.AddDocument)
		may(accounts.Edit, get+"/documents/{n}", d.EditDocument)
		may(accounts.Edit, post+"/documents/{n}", d.SaveDocument)
		may(accounts.Edit, get+"/documents/{n}/remove", d.AskDocument)
		may(accounts.Edit, post+"/documents/{n}/remove", d.RemoveDocument)

		may(accounts.Edit, get+"/deadlines/new", d.NewDeadline)
		may(accounts.Edit, post+"/deadlines", d.AddDeadline)
		may(accounts.Edit, get+"/deadlines/{n}", d.EditDeadline)
		may(accounts.Edit, post+"/deadlines/{n}", d.SaveDeadline)
		may(accounts.Edit, get+"/deadlines/{n}/remove", d.AskDeadline)
		may(accounts.Edit, post+"/deadlines/{n}/remove", d.RemoveDeadline)
	}
}
