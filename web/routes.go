package web

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/campaign"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/people"
	"github.com/tuzetu/tuzetu/web/read"
)

// routes lists every address the application answers. Each page stands under
// every interface language; beside it, at the same address with ".json", stands
// its twin for programs (the handler tells them apart), with ".png" its picture.
func routes(t *table, pages *page.Pages, rd *read.Reader) {
	on := t.with(people.Open(), pages.Handle)
	card := t.with(people.Open(), func(h page.Handler) http.Handler { return framed(pages.Handle(h)) })

	on("GET /{$}", rd.Root)
	on("GET /healthz", healthy)
	on("GET /styleguide", rd.AnyStyleguide)
	on("GET /robots.txt", rd.Robots)
	on("GET /sitemap.xml", rd.Sitemap)
	on("GET /sitemaps/{file}", rd.ActSitemap)
	on("GET /oembed", rd.OEmbed)
	on("GET /static/", pages.Assets.Serve)
	for _, ui := range law.Langs {
		at := "GET /" + string(ui)
		on(at, rd.Home)
		on(at+".json", rd.Home)
		on(at+".png", rd.Drawn(rd.HomePicture))
		on(at+"/acts", rd.Acts)
		on(at+"/acts/{act}", canonical(pictured(rd.Act, rd.Drawn(rd.ActPicture))))
		on(at+"/acts/{act}/{version}", canonical(rd.Version))
		on(at+"/acts/{act}/{version}/{lang}", canonical(pictured(inTwo(rd.Parallel, rd.Edition), rd.Drawn(rd.EditionPicture))))
		on(at+"/acts/{act}/{version}/{lang}/{what}", canonical(rd.Cite)) // cite: a literal would meet compare/…/{lang}
		on(at+"/acts/{act}/compare", canonical(rd.CompareForm))
		on(at+"/acts/{act}/compare/{pair}/{lang}", canonical(pictured(inTwo(rd.ParallelCompare, rd.Compare), rd.Drawn(rd.ComparePicture))))
		on(at+"/acts/{act}/outcome", canonical(rd.OutcomeForm))
		on(at+"/acts/{act}/outcome/{texts}/{lang}", canonical(pictured(rd.Outcome, rd.Drawn(rd.OutcomePicture))))
		on(at+"/acts/{act}/at/{address}/{lang}", canonical(pictured(rd.At, rd.Drawn(rd.PastPicture))))
		on(at+"/acts/{act}/timeline/{lang}", canonical(pictured(rd.Timeline, rd.Drawn(rd.ActPicture))))
		on(at+"/{act}/{what}/{lang}", rd.Short)
		on(at+"/styleguide", rd.Styleguide)
		on(at+"/glossary", rd.Glossary)
		on(at+"/feed.atom", rd.Feed)
		on(at+"/acts/{act}/feed.atom", canonical(rd.ActFeed))
		for _, lang := range law.Langs { // spelt out: {lang} would also mean the "with" above
			on(at+"/acts/{act}/at/{address}/"+string(lang)+"/feed.atom", canonical(rd.HistoryFeed(lang)))
		}
		card(at+"/embed/acts/{act}/compare/{pair}/{lang}", rd.Embedded(rd.EmbedComparison))
		card(at+"/embed/acts/{act}/at/{address}/{lang}", rd.Embedded(rd.EmbedHistory))
		card(at+"/embed/acts/{act}/outcome/{texts}/{lang}", rd.Embedded(rd.EmbedOutcome))
		on(at+"/{rest...}", t.shorter)
	}
	on("/", t.nowhere)
}

// sourceRoutes are the pages on the official sites the texts come from.
func sourceRoutes(t *table, pages *page.Pages, src *read.Sources) {
	on := t.with(people.Open(), pages.Handle)
	for _, ui := range law.Langs {
		at := "GET /" + string(ui)
		on(at+"/sources", src.Health)
		on(at+"/sources.json", src.Health)
		on(at+"/sources.png", src.Drawn(src.HomePicture))
		on(at+"/sources/refused/{sha256}", src.Refused)
		on(at+"/sources/acts/{act}/{version}/{lang}", canonical(pictured(src.Beside, src.Drawn(src.EditionPicture))))
	}
}

// campaignRoutes are the pages of campaigns and of those who sign. Only POST
// changes anything; what a letter links to is opened by GET, which does not.
func campaignRoutes(t *table, pages *page.Pages, c *campaign.Collector) {
	on, briefly := t.with(people.Open(), pages.Handle), t.with(people.Open(), pages.HandleBriefly)
	on("GET /photos/{slug}/{file}", c.Photo)
	for _, ui := range law.Langs {
		get, post := "GET /"+string(ui), "POST /"+string(ui)
		briefly(get+"/campaigns", c.List)
		briefly(get+"/campaigns/{slug}", pictured(withTwin(c.Show, c.JSON), c.Picture))
		on(get+"/campaigns/{slug}/live", c.Live)
		briefly(get+"/campaigns/{slug}/sign", c.SignForm)
		on(post+"/campaigns/{slug}/sign", c.Sign)
		briefly(get+"/campaigns/{slug}/sent", c.Sent)
		briefly(get+"/campaigns/{slug}/sheet", c.Sheet)
		briefly(get+"/campaigns/{slug}/appeal", c.Appeal)
		briefly(get+"/campaigns/{slug}/text", c.Versions)
		briefly(get+"/campaigns/{slug}/lost", c.Lost)
		on(post+"/campaigns/{slug}/lost", c.AskLost)
		briefly(get+"/campaigns/{slug}/lost/sent", c.LostSent)
		briefly(get+"/campaigns/{slug}/withdrawn", c.Withdrawn)
		on(get+"/confirm/{token}", c.Confirm)
		on(post+"/confirm/{token}", c.Confirmed)
		on(get+"/manage/{token}", c.Manage)
		on(post+"/manage/{token}", c.SetWishes)
		on(post+"/manage/{token}/withdraw", c.Withdraw)
		on(post+"/manage/{token}/again", c.SignAgain)
		on(get+"/unsubscribe/{token}", c.Leave)
		on(post+"/unsubscribe/{token}", c.Left)
		on(get+"/block/{token}", c.Blocking)
		on(post+"/block/{token}", c.Block)
		on(post+"/block/{token}/undo", c.Unblock)
	}
}

// lasting tells whether an answer goes on for longer than a page may take: the
// stream of a campaign's count, and the signatures an organisation takes home.
func lasting(path string) bool {
	return strings.HasSuffix(path, "/live") && strings.Contains(path, "/campaigns/") ||
		strings.HasSuffix(path, "/sealed") && strings.Contains(path, "/desk/")
}

// withTwin answers with the twin for programs where the address ends in ".json".
func withTwin(of, twin page.Handler) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if strings.HasSuffix(r.URL.Path, ".json") {
			return twin(w, r)
		}
		return of(w, r)
	}
}

// inTwo chooses between a page of one text and that of two, whose address names
// both languages: «ru+kk».
func inTwo(two, one page.Handler) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if strings.Contains(r.PathValue("lang"), "+") {
			return two(w, r)
		}
		return one(w, r)
	}
}

// healthy answers those who ask whether the program runs.
func healthy(w http.ResponseWriter, r *http.Request) error {
	page.Write(w, r, http.StatusOK, "text/plain; charset=utf-8", page.Never, []byte("ok\n"))
	return nil
}

// canonical sends those who wrote the id of an act in small letters to its
// address.
func canonical(h page.Handler) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		name, twin := strings.CutSuffix(r.PathValue("act"), ".json")
		id, err := law.ParseActID(strings.ToUpper(name))
		if err != nil || string(id) == name {
			return h(w, r)
		}
		act := string(id)
		if twin {
			act += ".json"
		}
		moved(w, r, strings.Replace(r.URL.Path, "/acts/"+r.PathValue("act"), "/acts/"+act, 1))
		return nil
	}
}

// pictured answers with the picture of a page where its address ends in ".png".
// That of two languages has the picture of the first.
func pictured(of, picture page.Handler) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if strings.HasSuffix(r.URL.Path, ".png") {
			first, second, _ := strings.Cut(strings.TrimSuffix(r.PathValue("lang"), ".png"), "+")
			if _, err := law.ParseLang(second); err == nil {
				r.SetPathValue("lang", first+".png")
			}
			return picture(w, r)
		}
		return of(w, r)
	}
}

// moved sends to another address for good, with the same query.
func moved(w http.ResponseWriter, r *http.Request, path string) {
	to := url.URL{Path: path, RawQuery: r.URL.RawQuery}
	http.Redirect(w, r, to.String(), http.StatusPermanentRedirect)
}
