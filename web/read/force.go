package read

import (
	"context"
	"crypto/sha256"
	"fmt"
	"net/url"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// gazette knows on which day acts were first officially published. Acts are
// asked for by the link of a note, else by number and day of adoption: a number
// alone comes back with every Parliament.
type gazette struct {
	byID     map[law.ActID]law.Date
	byNumber []law.Act
	mark     string // the same while the same days are known
}

// gazette reads what is known of every act once.
func (rd *Reader) gazette(ctx context.Context) (gazette, error) {
	acts, err := rd.store.Acts(ctx)
	if err != nil {
		return gazette{}, fmt.Errorf("days of publication: %w", err)
	}
	g := gazette{byID: map[law.ActID]law.Date{}}
	sum := sha256.New()
	for _, a := range acts {
		if a.Published != "" {
			g.byID[a.ID] = a.Published
			g.byNumber = append(g.byNumber, a)
			fmt.Fprintln(sum, a.ID, a.Adopted, a.Published, a.Requisites)
		}
	}
	g.mark = string(sum.Sum(nil))
	return g, nil
}

// published is the day the act of a note was published; "" where unknown.
func (g gazette) published(a law.NoteAct) law.Date {
	if id := actOf(a.Href); id != "" {
		return g.byID[id]
	}
	for _, act := range g.byNumber {
		if act.Adopted == "" || act.Adopted != a.Date {
			continue
		}
		for _, r := range act.Requisites {
			if strings.Contains(law.Fold(r)+" ", law.Fold("№ "+a.Number)+" ") {
				return act.Published
			}
		}
	}
	return ""
}

// actOf is the act a link of a source leads to, whatever edition or place of it;
// "" where it leads elsewhere.
func actOf(href string) law.ActID {
	u, err := url.Parse(href)
	if err != nil {
		return ""
	}
	_, path, ok := strings.Cut(u.Path, "/docs/")
	if !ok {
		path = strings.TrimPrefix(u.Path, "/")
	}
	name, _, _ := strings.Cut(path, "/")
	id, err := law.ParseActID(name)
	if err != nil {
		return ""
	}
	return id
}

// force says from when, or until when, what an act of a note did applies. Where
// no day can be told for certain, the phrase stands alone; where the day had to
// be computed, the phrase and the day of publication stand beside it.
func (v view) force(a law.NoteAct, out *ActView) {
	in := a.InForce
	if in.Basis == "until" && in.Date != "" {
		out.Until = v.loc.T("force.until", "date", v.loc.Short(in.Date), "dateto", v.loc.DateTo(in.Date))
		return
	}
	published := v.days.published(a)
	day, ok := law.ComputeDay(in, published)
	if !ok {
		out.Phrase = in.Phrase
		return
	}
	out.Since = v.loc.T("force.since", "date", v.loc.Short(day), "datefrom", v.loc.DateFrom(day))
	if in.Basis != "fixed" {
		out.Phrase, out.Computed = in.Phrase, v.loc.T("force.computed", "date", v.loc.Short(published))
	}
}
