package web

import (
	"net/http"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/people"
	"github.com/tuzetu/tuzetu/web/score"
)

// scoreRoutes are what became of proposals, and the targets, for everybody.
func scoreRoutes(t *table, pages *page.Pages, s *score.Scores) {
	on := t.with(people.Open(), pages.Handle)
	card := t.with(people.Open(), func(h page.Handler) http.Handler { return framed(pages.Handle(h)) })
	for _, ui := range law.Langs {
		at := "GET /" + string(ui)
		for _, board := range []string{"/scoreboard", "/dossiers/{slug}/scoreboard"} {
			on(at+board, s.Board)
			on(at+board+".json", s.BoardJSON)
			on(at+board+".csv", s.BoardCSV)
			on(at+board+".png", s.BoardPicture)
			card(at+"/embed"+board, s.BoardCard)
		}
		on(at+"/targets", s.Targets)
		on(at+"/targets.json", s.TargetsJSON)
		on(at+"/targets.csv", s.TargetsCSV)
		on(at+"/targets.png", s.TargetsPicture)
		card(at+"/embed/targets", s.TargetsCard)
	}
}

// scoreDeskRoutes are the pages of those who confirm outcomes and enter numbers,
// and their page of the day.
func scoreDeskRoutes(t *table, pages *page.Pages, s *score.Scores) {
	may := func(a accounts.Action, pattern string, h page.Handler) {
		t.with(people.May(a), pages.Handle)(pattern, h)
	}
	for _, ui := range law.Langs {
		get, post := "GET /"+string(ui)+"/desk/{organisation}", "POST /"+string(ui)+"/desk/{organisation}"
		may(accounts.ReadDesk, get+"/today", s.Today)
		may(accounts.Edit, post+"/today", s.Work)
		may(accounts.ReadDesk, get+"/outcomes", s.Outcomes)
		may(accounts.ReadDesk, get+"/outcomes/{id}", s.Outcome)
		may(accounts.Edit, post+"/outcomes/{id}", s.Confirm)
		may(accounts.ReadDesk, get+"/targets", s.Entries)
		may(accounts.Edit, post+"/targets", s.Enter)
	}
}
