package people

import (
	"io"
	"mime"
	"net/http"
	"net/url"
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
	typed, err := typedIn(r)
	if err != nil || len(typed) == 0 {
		return false, nil
	}
	l := p.locale(r)
	f := KeepPage{Frame: p.frame(r, "/desk", l.T("keep.title")), Prove: "/" + string(page.UI(r)) + to + "?next=" + escape("/"+string(page.UI(r))+"/desk"), Action: r.URL.RequestURI()}
	f.Lead = l.T("keep.lead")
	var names []string
	for name := range typed {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		for _, value := range typed[name] {
			f.Hidden = append(f.Hidden, Hidden{name, value})
		}
	}
	return true, p.pages.Render(w, r, http.StatusForbidden, page.Private, page.UI(r), "keep", f)
}

// mostTyped bounds the words of a form with files that are carried along, in
// bytes, and how many fields it has.
const (
	mostTyped  = 64 << 10
	mostFields = 200
)

// typedIn is what a form holds in words. Its files are passed over unread: a page
// cannot hold them, and whoever chose them chooses them again.
func typedIn(r *http.Request) (url.Values, error) {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case err != nil:
		return nil, err
	case kind == "application/x-www-form-urlencoded":
		err := r.ParseForm()
		return r.PostForm, err
	}
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, err
	}
	out, room := url.Values{}, int64(mostTyped)
	for range mostFields {
		part, err := parts.NextPart()
		if err != nil {
			return out, nil // the end, or a form that was cut off: what came is kept
		}
		if part.FileName() != "" {
			continue
		}
		value, err := io.ReadAll(io.LimitReader(part, room))
		if room -= int64(len(value)); err != nil {
			return out, nil
		}
		out.Add(part.FormName(), string(value))
	}
	return out, nil
}
