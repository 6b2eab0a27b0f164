package web

import (
	"net/http"
	"strings"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/desk"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/people"
)

// deskRoutes are the pages of those who write campaigns, moderate and deliver.
// Deliver asks for a sign-in of the last minutes, see accounts.Action.Fresh.
func deskRoutes(t *table, pages *page.Pages, d *desk.Desk) {
	may := func(a accounts.Action, pattern string, h page.Handler) {
		t.with(people.May(a), pages.Handle)(pattern, h)
	}
	for _, ui := range law.Langs {
		get, post := "GET /"+string(ui)+"/desk/{organisation}", "POST /"+string(ui)+"/desk/{organisation}"
		may(accounts.ReadDesk, get+"/campaigns", d.Campaigns)
		may(accounts.Edit, get+"/campaigns/new", d.NewCampaign)
		may(accounts.Edit, post+"/campaigns", d.CreateCampaign)
		may(accounts.ReadDesk, get+"/campaigns/{slug}", d.ShowCampaign)
		may(accounts.Edit, get+"/campaigns/{slug}/edit", d.EditCampaign)
		may(accounts.Edit, post+"/campaigns/{slug}/edit", d.SaveCampaign)
		may(accounts.ReadDesk, get+"/campaigns/{slug}/preview", d.PreviewCampaign)
		may(accounts.ReadDesk, get+"/campaigns/{slug}/versions", d.Versions)
		may(accounts.Edit, post+"/campaigns/{slug}/review", d.SetReview)
		may(accounts.Publish, get+"/campaigns/{slug}/state", d.AskState)
		may(accounts.Publish, post+"/campaigns/{slug}/state", d.SetState)
		may(accounts.ReadDesk, get+"/campaigns/{slug}/news", d.News)
		may(accounts.Publish, post+"/campaigns/{slug}/news", d.AddNews)
		may(accounts.ReadNumbers, get+"/campaigns/{slug}/numbers", d.Numbers)
		may(accounts.Edit, get+"/campaigns/{slug}/picture", d.Picture)
		may(accounts.Edit, post+"/campaigns/{slug}/picture", d.SetPicture)
		may(accounts.Edit, post+"/campaigns/{slug}/picture/remove", d.RemovePicture)
		may(accounts.ReadDesk, get+"/campaigns/{slug}/picture/file", d.PictureFile)
		may(accounts.EnterPaper, get+"/paper", d.Papers)
		may(accounts.EnterPaper, get+"/paper/{slug}", d.Paper)
		may(accounts.EnterPaper, post+"/paper/{slug}", d.EnterPaper)
		may(accounts.EnterPaper, post+"/paper/{slug}/withdraw", d.WithdrawPaper)
		may(accounts.Moderate, get+"/comments", d.Queues)
		may(accounts.Moderate, get+"/comments/{slug}", withCSV(d.Queue, d.CSV))
		may(accounts.Moderate, post+"/comments/{slug}", d.Decide)
		may(accounts.Moderate, post+"/comments/{slug}/names", d.HideName)
		may(accounts.Deliver, get+"/deliveries", d.Packs)
		may(accounts.Deliver, get+"/deliveries/{slug}", d.Pack)
		may(accounts.Deliver, post+"/deliveries/{slug}", d.MakePack)
		may(accounts.Deliver, post+"/deliveries/{slug}/sealed", d.Sealed)
		may(accounts.Deliver, post+"/deliveries/{slug}/answer", d.Answered)
	}
}

// withCSV answers with the sheet where the address ends in ".csv".
func withCSV(of, sheet page.Handler) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if strings.HasSuffix(r.URL.Path, ".csv") {
			return sheet(w, r)
		}
		return of(w, r)
	}
}
