package read

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// Short leads from the address printed on paper to the page it stands for.
func (rd *Reader) Short(w http.ResponseWriter, r *http.Request) error {
	id, err := law.ParseActID(strings.ToUpper(r.PathValue("act")))
	if err != nil {
		return page.ErrNoPage
	}
	path := actPath(id) + "/"
	if strings.Contains(r.PathValue("what"), "...") {
		path += "compare/"
	}
	path += r.PathValue("what") + "/" + r.PathValue("lang")
	to := url.URL{Path: rd.speaker(r).in(path)}
	http.Redirect(w, r, to.String(), http.StatusFound)
	return nil
}
