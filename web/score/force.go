package score

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/read"
)

// notInForce is what a person may choose where what was adopted applies from a day
// to come. A comparison of texts cannot know it; the editions' notes and the law's
// article on entry into force do.
const notInForce dossiers.Status = "not_in_force"

// coming is an adopted change that is not in force yet.
type coming struct {
	dossiers.Found
	at    law.Address
	force law.Force
}

// coming finds what of a suggestion was adopted and is not in force today, the
// first to come first.
func (s *Scores) coming(ctx context.Context, f dossiers.Suggestion) (out []coming, err error) {
	if f.Edition.Status != law.Enacted {
		return nil, nil
	}
	var at []law.Address
	for _, c := range f.Changes {
		if c.Status != dossiers.Adopted && c.Status != dossiers.AdoptedChanged && c.Status != dossiers.Partly {
			continue
		}
		place, err := s.place(ctx, f, c)
		if err != nil {
			return nil, err
		}
		if place != "" {
			at, out = append(at, place), append(out, coming{Found: c, at: place})
		}
	}
	if len(at) == 0 {
		return nil, nil
	}
	forces, err := s.reader.Forces(ctx, f.Edition, at...)
	if errors.Is(err, law.ErrNotFound) {
		return nil, nil // a revision that another one has replaced
	}
	if err != nil {
		return nil, err
	}
	for i := range out {
		out[i].force = forces[i]
	}
	out = slices.DeleteFunc(out, func(c coming) bool {
		return c.force.Status != law.NotYetInForce && c.force.Since <= s.today()
	})
	slices.SortStableFunc(out, func(a, b coming) int {
		return cmp.Or(cmp.Compare(orLast(a.force.Since), orLast(b.force.Since)), cmp.Compare(a.at, b.at))
	})
	return out, nil
}

// orLast puts what has no day behind all that have one.
func orLast(d law.Date) law.Date { return cmp.Or(d, "9999-12-31") }

func (c coming) told(v view, f dossiers.Suggestion) Coming {
	out := Coming{Cite: read.Capital(c.Label.In(v.ui)), Href: v.in(read.HistoryPath(f.Edition, c.at)), Phrase: c.force.Phrase, Lang: f.Edition.Lang}
	if d := c.force.Since; d != "" {
		out.Since = v.loc.T("force.since", "date", v.loc.Date(d), "datefrom", v.loc.DateFrom(d))
	}
	return out
}

// comingReason is a first draft of the reason, in a language.
func (s *Scores) comingReason(lang law.Lang, all []coming, f dossiers.Suggestion) string {
	v := view{ui: lang, loc: s.pages.Locale(lang)}
	var out []string
	for _, c := range all {
		t := c.told(v, f)
		out = append(out, t.Cite+": "+cmp.Or(t.Since, v.loc.T("sc.day_unknown")))
	}
	return strings.Join(out, "\n")
}
