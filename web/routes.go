package web

import (
	"fmt"
	"net/http"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/read"
)

// routes lists every address the application answers. Each page stands under
// every interface language; beside it, at the same address with ".json", stands
// its twin for programs (the handler tells them apart).
func routes(pages *page.Pages, assets *page.Assets, rd *read.Reader) *http.ServeMux {
	mux := http.NewServeMux()
	on := func(pattern string, h page.Handler) { mux.Handle(pattern, pages.Handle(h)) }

	on("GET /{$}", rd.Root)
	on("GET /healthz", healthy)
	on("GET /static/", assets.Serve)
	for _, ui := range law.Langs {
		at := "GET /" + string(ui)
		on(at, rd.Home)
		on(at+".json", rd.Home)
		on(at+"/{$}", shorter)
		on(at+"/acts", rd.Acts)
		on(at+"/acts/{act}", rd.Act)
		on(at+"/acts/{act}/{version}", rd.Version)
		on(at+"/acts/{act}/{version}/{lang}", rd.Edition)
		on(at+"/acts/{act}/compare", rd.CompareForm)
		on(at+"/acts/{act}/compare/{pair}/{lang}", rd.Compare)
		on(at+"/acts/{act}/outcome", rd.OutcomeForm)
		on(at+"/acts/{act}/outcome/{texts}/{lang}", rd.Outcome)
		on(at+"/acts/{act}/at/{address}/{lang}", rd.At)
	}
	on("/", nowhere)
	return mux
}

// healthy answers those who ask whether the program runs.
func healthy(w http.ResponseWriter, r *http.Request) error {
	page.Write(w, r, http.StatusOK, "text/plain; charset=utf-8", page.Never, []byte("ok\n"))
	return nil
}

// shorter takes the slash off the end of a home page's address.
func shorter(w http.ResponseWriter, r *http.Request) error {
	http.Redirect(w, r, r.URL.Path[:len(r.URL.Path)-1], http.StatusMovedPermanently)
	return nil
}

// nowhere is every address that is in no row above, and every method a row does
// not take.
func nowhere(_ http.ResponseWriter, r *http.Request) error {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return fmt.Errorf("%w: %s", page.ErrMethod, r.Method)
	}
	return page.ErrNoPage
}
