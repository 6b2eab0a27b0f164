package web

import (
	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/people"
	"github.com/tuzetu/tuzetu/web/proposal"
)

// proposalRoutes are the pages of proposals: what was published, for everybody.
func proposalRoutes(t *table, pages *page.Pages, p *proposal.Proposals) {
	on := t.with(people.Open(), pages.Handle)
	for _, ui := range law.Langs {
		at := "GET /" + string(ui) + "/proposals/{id}"
		on(at, pictured(withTwin(p.Public, p.JSON), p.Picture))
		on(at+"/{lang}/{file}", p.File)
	}
}

// proposalDeskRoutes are the pages of those who write them.
func proposalDeskRoutes(t *table, pages *page.Pages, p *proposal.Proposals) {
	may := func(a accounts.Action, pattern string, h page.Handler) {
		t.with(people.May(a), pages.Handle)(pattern, h)
	}
	for _, ui := range law.Langs {
		all := " /" + string(ui) + "/desk/{organisation}/proposals"
		one := all + "/{id}"
		may(accounts.ReadDesk, "GET"+all, p.List)
		may(accounts.Edit, "GET"+all+"/new", p.New)
		may(accounts.Edit, "POST"+all, p.Create)
		may(accounts.ReadDesk, "GET"+one, p.Show)
		may(accounts.Edit, "GET"+one+"/about", p.About)
		may(accounts.Edit, "POST"+one+"/about", p.SetAbout)
		may(accounts.Edit, "GET"+one+"/edit", p.Edit)
		may(accounts.Edit, "POST"+one+"/edit", p.Write)
		may(accounts.Edit, "GET"+one+"/text", p.AskFile)
		may(accounts.Edit, "POST"+one+"/text", p.TakeFile)
		may(accounts.Edit, "GET"+one+"/discard", p.AskDrop)
		may(accounts.Edit, "POST"+one+"/discard", p.Drop)
		may(accounts.Edit, "GET"+one+"/merge", p.Merge)
		may(accounts.Edit, "POST"+one+"/merge", p.Join)
		may(accounts.ReadDesk, "GET"+one+"/versions", p.Versions)
		may(accounts.Edit, "POST"+one+"/restore", p.Restore)
		may(accounts.ReadDesk, "GET"+one+"/comments", p.Comments)
		may(accounts.Edit, "POST"+one+"/comments", p.Comment)
		may(accounts.Publish, "GET"+one+"/publish", p.AskPublish)
		may(accounts.Publish, "POST"+one+"/publish", p.Publish)
	}
}
