package people

import (
	"net/http"
	"strings"
)

// What the desk pages of other groups need of this one.

// Who is who asks for an address whose rule names an action.
func Who(r *http.Request) Visitor { return visitor(r) }

// DeskFrame is the frame of a page of an organisation's desk; the first part of
// path is the section that the bar marks.
func (p *People) DeskFrame(r *http.Request, path, heading string) Frame {
	v := visitor(r)
	f := p.frame(r, "/desk/"+string(v.Place.Organisation)+path, heading)
	section, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	f.Staff = p.staff(r, v, section)
	return f
}
