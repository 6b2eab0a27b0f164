package read

import (
	"cmp"
	"math"
	"strings"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/law"
)

// References are the citations inside the new text whose target is no longer
// what or where it was.
type References struct {
	Count  int
	Lang   law.Lang         // of the quotes
	Groups []ReferenceGroup // what leads nowhere first
}

// ReferenceGroup is the citations whose targets share a fate.
type ReferenceGroup struct {
	Fate string // "removed", …
	Text string
	Refs []Reference
}

// Reference is one citation: where it stands, what it says, what it meant.
type Reference struct {
	At     Place
	Quote  Quote
	Target *Place // in the old text
	Now    *Place // in the new text
	Change string // of the target; "" where it is not shown
	Doubt  string // why this is not certain
}

// Quote is a citation as printed, with some of the words around it.
type Quote struct{ Before, Text, After string }

// Provenance is where the norms of the new text come from.
type Provenance struct {
	diffing.Provenance
	Bar      []Segment
	Share    string // of the text that changed: «5,2 %»
	OverHalf bool   // and the texts are versions of one law
}

// Segment is a stretch of a bar, in units of barWidth.
type Segment struct {
	Class string
	X, W  float64
}

// barWidth is the width of a drawn bar in its own units.
const barWidth = 300

// fates in the order of their weight: first what leads nowhere.
var fates = [...]diffing.ReferenceFate{
	diffing.TargetRemoved, diffing.TargetMissing, diffing.TargetMoved, diffing.TargetRenumbered, diffing.TargetChanged,
}

func (w writer) references() *References {
	all := w.c.references()
	if len(all) == 0 {
		return nil
	}
	out := &References{Count: len(all), Lang: w.c.to.head.Lang}
	shown := w.shown()
	for _, fate := range fates {
		g := ReferenceGroup{Fate: string(fate), Text: w.fate(fate)}
		for _, r := range all {
			if r.What == fate {
				g.Refs = append(g.Refs, w.reference(r, shown))
			}
		}
		if len(g.Refs) > 0 {
			out.Groups = append(out.Groups, g)
		}
	}
	return out
}

func (w writer) reference(r diffing.Reference, shown map[law.Address]string) Reference {
	out := Reference{At: *w.place(w.c.to, r.At), Quote: quoted(w.c.to.places[r.At], r.Text), Target: w.place(w.c.from, r.Target), Now: w.place(w.c.to, r.Now), Doubt: ReferenceDoubt(w.loc, r.Doubt)}
	if r.Now != "" {
		out.Change = shown[r.Now]
	} else if r.Target != "" {
		out.Change = shown["-"+r.Target]
	}
	if r.What == diffing.TargetChanged {
		out.Target = nil // it is where it was
	}
	return out
}

// quoteWords is how many words stand on either side of a quoted citation.
const quoteWords = 7

func quoted(p *law.Provision, citation string) Quote {
	q := Quote{Text: citation}
	if p == nil {
		return q
	}
	_, words := cut(p)
	before, after, ok := strings.Cut(words, citation)
	if !ok {
		return q
	}
	q.Before, q.After = before, after
	if w := strings.SplitAfter(before, " "); len(w) > quoteWords+2 {
		q.Before = "… " + strings.Join(w[len(w)-quoteWords:], "")
	}
	if w := strings.SplitAfter(after, " "); len(w) > quoteWords+2 {
		q.After = strings.Join(w[:quoteWords], "") + "…"
	}
	return q
}

// place leads to a provision of a text; nil for no address.
func (w writer) place(t *text, a law.Address) *Place {
	if a == "" {
		return nil
	}
	return &Place{w.in(at(editionPath(t.head.EditionKey), a)), cmp.Or(w.placeName(t, a), string(a))}
}

// shown tells where in the comparison the change of a provision stands, or the first
// change below it: by new address, and by "-" and the old one for what is gone.
func (w writer) shown() map[law.Address]string {
	out := map[law.Address]string{}
	mark := func(mark law.Address, p *law.Provision, id string) {
		for ; p != nil && !grand(p.Kind); p = p.Parent {
			if a := mark + p.Address; out[a] == "" {
				out[a] = id
			}
		}
	}
	for _, ch := range w.c.list {
		if w.hide && ch.technical {
			continue
		}
		for _, pair := range ch.pairs {
			mark("", first(pair.To), w.here(entryID(ch)))
			mark("-", first(pair.From), w.here(entryID(ch)))
		}
	}
	return out
}

func (s *speaker) fate(f diffing.ReferenceFate) string {
	switch f {
	case diffing.TargetRemoved:
		return s.loc.T("refs.removed")
	case diffing.TargetMissing:
		return s.loc.T("refs.missing")
	case diffing.TargetMoved:
		return s.loc.T("refs.moved")
	case diffing.TargetRenumbered:
		return s.loc.T("refs.renumbered")
	}
	return s.loc.T("refs.changed")
}

// ReferenceDoubt says why a reference is not certain; "" where it is.
func ReferenceDoubt(l *i18n.Locale, d string) string {
	switch d {
	case "":
		return ""
	case diffing.DoubtAct:
		return l.T("refs.doubt_act")
	case diffing.DoubtSeveral:
		return l.T("refs.doubt_several")
	case diffing.DoubtJoined:
		return l.T("refs.doubt_joined")
	}
	return l.T("refs.doubt_other")
}

func (w writer) provenance() *Provenance {
	v := w.c.provenance()
	p := &Provenance{
		Provenance: v, Share: w.loc.Percent(v.ChangedShare),
		OverHalf: v.OverHalf && w.c.result.Warning == "",
	}
	all, x := v.Kept+v.Edited+v.New, 0.0
	if all == 0 {
		return nil
	}
	for _, part := range []struct {
		class string
		n     int
	}{{"kept", v.Kept}, {"edited", v.Edited}, {"new", v.New}} {
		width := math.Round(10*barWidth*float64(part.n)/float64(all)) / 10
		if part.n > 0 {
			width = max(width, 2) // a hundredth is still seen
			p.Bar = append(p.Bar, Segment{part.class, x, min(width, barWidth-x)})
		}
		x += width
	}
	return p
}

// warning says why a comparison may not be what was meant; "" where nothing
// speaks against it.
func (s *speaker) warning(w diffing.Warning) string {
	switch w {
	case diffing.DifferentLanguages:
		return s.loc.T("compare.languages")
	case diffing.NothingInCommon:
		return s.loc.T("compare.unlike")
	}
	return ""
}

// Technical is the switch for technical changes.
type Technical struct {
	Count  int // provisions
	Hidden bool
	Href   string // the page with them hidden, or shown
}

// technical is nil where there is nothing to hide.
func (w writer) technical() *Technical {
	t := &Technical{Hidden: w.hide, Href: w.in(w.path) + compareQuery(w.mode, !w.hide, w.sheet)}
	for _, ch := range w.c.list {
		if ch.technical {
			t.Count += len(ch.pairs)
		}
	}
	if t.Count == 0 {
		return nil
	}
	return t
}
