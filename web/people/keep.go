package people

import (
	"mime"
	"net/http"
	"slices"

	"github.com/tuzetu/tuzetu/web/page"
)

// KeepPage holds what a form sent while whoever sent it must first prove again
// who they are: they do so in another tab and send it once more from here.
type KeepPage struct {
	Frame
	Prove  string // where they do
	Action string
	Hidden []Hidden
}

// keep shows what a form held, when those who sent it must sign in, or show a
// second factor, at to. The server keeps nothing of it. ok is false where there
// was nothing typed.
func (p *People) keep(w http.ResponseWriter, r *http.Request, to string) (ok bool, err error) {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/x-www-form-urlencoded" {
		return false, nil
	}
	if err := r.ParseForm(); err != nil || len(r.PostForm) == 0 {
		return false, nil
	}
	l := p.locale(r)
	f := KeepPage{Frame: p.frame(r, "/desk", l.T("keep.title")), Prove: "/" + string(page.UI(r)) + to + "?next=" + escape("/"+string(page.UI(r))+"/desk"), Action: r.URL.RequestURI()}
	f.Lead = l.T("keep.lead")
	var names []string
	for name := range r.PostForm {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		for _, value := range r.PostForm[name] {
			f.Hidden = append(f.Hidden, Hidden{name, value})
		}
	}
	return true, p.pages.Render(w, r, http.StatusForbidden, page.Private, page.UI(r), "keep", f)
}
