package proposal

import (
	"net/http"
	"strings"

	"github.com/tuzetu/tuzetu/diffing/merge"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/read"
)

func (ps *Proposals) merge(w http.ResponseWriter, r *http.Request, status int, m *merging, notice *page.Notice) error {
	v := m.v
	p := MergePage{Action: v.at("/merge"), Saved: m.w.Saved, Newest: v.Newest, Submit: v.loc.T("prop.merge_save")}
	p.Frame, p.Tabs = ps.frame(r, v, "/merge")
	names, err := ps.people.Names(r.Context(), v.who.Place.Organisation)
	if err != nil {
		return err
	}
	p.Who = v.loc.T("prop.merge_who", "n", v.Newest, "at", v.loc.Moment(m.newest.At))
	p.By, p.Lead = nameOf(v, names, m.newest.By), v.loc.T("prop.merge_lead")
	if notice != nil {
		p.Notices = append(p.Notices, *notice)
	}
	p.Note = page.Field{ID: "note", Name: "note", Label: v.loc.T("prop.note"), Hint: v.loc.T("prop.note_hint"), Value: r.FormValue("note")}
	posted := r.Method == http.MethodPost
	var first *merge.Text
	for _, lang := range m.langs {
		res := m.results[lang]
		for i := range res.Conflicts {
			p.Conflicts = append(p.Conflicts, m.conflict(r, lang, i, &res.Conflicts[i], posted))
		}
	}
	for i := range p.Conflicts {
		if c := &p.Conflicts[i]; c.Error != "" {
			p.Wrong = append(p.Wrong, page.Link{Href: "#" + c.ID, Text: c.Legend})
		}
	}
	if len(p.Conflicts) == 0 {
		for _, lang := range m.langs {
			t, err := m.results[lang].Resolve()
			if err != nil {
				return err
			}
			if first == nil {
				first = t
			}
			mine, err := ps.document(r, v, m.w.Content, lang)
			if err != nil {
				return err
			}
			theirs, err := ps.document(r, v, m.newest.Content, lang)
			if err != nil {
				return err
			}
			p.Mine = append(p.Mine, redlines(v, mine, t.Document)...)
			p.Theirs = append(p.Theirs, redlines(v, theirs, t.Document)...)
			for _, at := range t.Doubled {
				p.Doubled = append(p.Doubled, t.Find(at).Cite().In(v.ui))
			}
		}
	}
	_, joined := m.reasons(first)
	for _, c := range joined {
		p.Both = append(p.Both, string(c.Address))
	}
	return ps.render(w, r, status, "proposal_merge", p)
}

func (m *merging) conflict(r *http.Request, lang law.Lang, i int, c *merge.Conflict, posted bool) Conflict {
	loc := m.v.loc
	name := conflictName(lang, i)
	at := c.Mine.Address
	for _, other := range []law.Address{c.Theirs.Address, c.Base.Address} {
		if at == "" {
			at = other
		}
	}
	out := Conflict{ID: name, Name: name, Lang: lang, What: conflictWhat(loc, c.Kind), Own: r.PostForm.Get(name + "-own")}
	out.Legend = string(at) + ", " + loc.Language(lang)
	chosen := r.PostForm.Get(name)
	side := func(value, label string, x merge.Version) Side {
		s := Side{Value: value, Label: label, None: len(x.Lines) == 0, On: chosen == value && value != "", Plain: strings.Join(x.Lines, "\n")}
		if value == "" || len(c.Base.Lines) == 0 {
			for _, l := range x.Lines {
				s.Lines = append(s.Lines, []read.Span{{Text: l}})
			}
			return s
		}
		if s.Lines = read.Rewritten(lang, strings.Join(c.Base.Lines, "\n"), s.Plain); len(s.Lines) == 0 {
			for _, l := range x.Lines {
				s.Lines = append(s.Lines, []read.Span{{Text: l}})
			}
		}
		return s
	}
	out.Sides = []Side{side("", loc.T("prop.side_base"), c.Base), side("mine", loc.T("prop.side_mine"), c.Mine), side("theirs", loc.T("prop.side_theirs"), c.Theirs)}
	out.Sides = append(out.Sides, Side{Value: "both", Label: loc.T("prop.side_both"), On: chosen == "both"})
	if out.OwnOn = chosen == "own"; !posted {
		out.Own = strings.Join(c.Mine.Lines, "\n")
	}
	if posted && chosen == "" {
		out.Error = loc.T("prop.undecided")
	}
	return out
}

func conflictWhat(loc *i18n.Locale, k merge.Kind) string {
	switch k {
	case merge.Deleted:
		return loc.T("prop.conflict_deleted")
	case merge.Number:
		return loc.T("prop.conflict_number")
	case merge.Place:
		return loc.T("prop.conflict_place")
	}
	return loc.T("prop.conflict_edited")
}
