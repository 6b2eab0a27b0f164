package drafting

import (
	"slices"

	"github.com/tuzetu/tuzetu/law"
)

// context is a line like «в статье 5:»: what the lines below it are about. One
// without targets is a line that was not understood, or that the act has left for
// another article: what it is about is not known.
type context struct {
	style   string // of its enumerator: a later number of the same style ends it
	number  string
	targets []Target
}

// contexts are the open ones, the largest unit first.
type contexts []context

// enumerated closes the contexts that a line with an enumerator ends: «2)» ends
// what «1) в статье 3:» opened and all that was opened below it. A number that
// begins anew stands inside.
func (cs contexts) enumerated(style, number string) contexts {
	if style == "article" {
		return nil
	}
	for i, c := range cs {
		if style != "" && c.style == style && law.CompareNumbers(number, c.number) > 0 {
			return cs[:i]
		}
	}
	return cs
}

// open adds a context: below those it fits under, in place of those it does not.
func (cs contexts) open(style, number string, targets []Target) contexts {
	if len(targets) == 0 {
		return cs
	}
	full := cs.complete(targets)
	for len(cs) > 0 && !cs[len(cs)-1].holds(targets[0]) {
		if style == "" {
			style, number = cs[len(cs)-1].style, cs[len(cs)-1].number // «в пункте 2:» in place of «1) в пункте 1:»
		}
		cs = cs[:len(cs)-1]
	}
	return append(cs[:len(cs):len(cs)], context{style, number, full})
}

// leftContents are the contexts without «в оглавлении:», where «в статье 5:» names
// an article: in the table of contents nothing has anything below it.
func (cs contexts) leftContents(targets []Target) contexts {
	i := slices.IndexFunc(cs, func(c context) bool { return len(c.targets) > 0 && lastKind(c.targets[0]) == Contents })
	if i < 0 || !anchored(targets[0]) {
		return cs
	}
	return cs[:i]
}

// beside are the contexts of a clause that names a unit of a kind which the clause
// before it has named with what is smaller: «бірінші бөлігінің 2) тармақшасы алып
// тасталсын, екінші бөлігі …» is a part of the same unit, not of the subparagraph.
func (cs contexts) beside(named []Target) contexts {
	if len(cs) == 0 || len(named) == 0 || len(named[0].Citation) == 0 {
		return cs
	}
	last := cs[len(cs)-1]
	var holders []Target
	for _, t := range last.targets {
		i := slices.IndexFunc(t.Citation, func(s law.Step) bool { return s.Kind == named[0].Citation[0].Kind })
		if i <= 0 {
			return cs
		}
		holders = append(holders, Target{Citation: t.Citation[:i:i]})
	}
	return append(cs[:len(cs)-1:len(cs)-1], context{last.style, last.number, holders})
}

// unknown is what is open after a line that was not understood.
func (cs contexts) unknown(style, number string) contexts {
	if n := len(cs); style == "" && n > 0 {
		style, number = cs[n-1].style, cs[n-1].number
	}
	return contexts{{style: style, number: number}}
}

// holds reports whether a context may be of the larger unit that t stands in.
func (c *context) holds(t Target) bool {
	if len(c.targets) == 0 {
		return !anchored(t)
	}
	return fits(t, c.targets[0])
}

// above reports whether a citation is of the whole act or of a chapter and the
// like: articles are named without it.
func (t Target) above() bool {
	return len(t.Citation) == 0 || level(t.Citation[0].Kind) < level(law.Article)
}

// anchored reports whether a citation needs no context.
func anchored(t Target) bool {
	return len(t.Citation) > 0 && level(t.Citation[0].Kind) <= level(law.Article)
}

// lost reports whether targets may belong to a unit that is not known.
func (cs contexts) lost(targets []Target) bool {
	unknown := slices.ContainsFunc(cs, func(c context) bool { return len(c.targets) == 0 })
	return unknown && !(len(targets) > 0 && anchored(targets[0]))
}

// after are the contexts that are still open after an instruction on a unit: «в
// пункте 1:», «пункт 2 исключить», «часть вторую исключить» is the part of the
// article, no longer of paragraph 1.
func (cs contexts) after(t Target) contexts {
	if t.Whole || len(t.Citation) == 0 {
		return cs
	}
	for i, c := range cs {
		common := 0
		holds := len(c.targets) == 0 || c.targets[0].above()
		for _, h := range c.targets {
			n := 0
			for n < min(len(h.Citation), len(t.Citation)) && h.Citation[n] == t.Citation[n] {
				n++
			}
			holds = holds || n == len(h.Citation)
			common = max(common, n)
		}
		if holds {
			continue
		}
		left := context{style: c.style, number: c.number}
		switch {
		case common > 0:
			left.targets = []Target{{Citation: t.Citation[:common:common]}}
		case !anchored(c.targets[0]): // rules without articles
			return cs[:i]
		}
		return append(cs[:i:i], left)
	}
	return cs
}

// complete gives targets the units that their context names: of the nearest
// context as much as the citation can go on from.
func (cs contexts) complete(targets []Target) (out []Target) {
	for _, t := range targets {
		holders := cs.under(t)
		if holders == nil {
			out = append(out, t)
		}
		for _, h := range holders {
			full := t
			full.Citation = append(h.Citation[:len(h.Citation):len(h.Citation)], t.Citation...)
			out = append(out, full)
		}
	}
	return out
}

// under returns the units of the nearest context, or the larger ones they stand
// in, below which t may go on.
func (cs contexts) under(t Target) (out []Target) {
	for i := len(cs) - 1; i >= 0; i-- {
		for _, h := range cs[i].targets {
			for n := len(h.Citation); n > 0; n-- {
				h.Citation = h.Citation[:n:n]
				if fits(t, h) {
					if !slices.ContainsFunc(out, func(o Target) bool { return o.Address() == h.Address() }) {
						out = append(out, h)
					}
					break
				}
			}
		}
		if out != nil {
			return out
		}
	}
	return nil
}

// fits reports whether a citation may go on below a holder.
func fits(t, holder Target) bool {
	h := lastKind(holder)
	if len(t.Citation) == 0 {
		return t.Whole && !holder.Whole
	}
	if h == "" || holder.Whole {
		return false
	}
	k := t.Citation[0].Kind
	switch {
	case h == Heading || h == Sentence || h == law.Indent && k != Sentence:
		return false
	case h == Contents:
		return k != Contents
	case k == Heading:
		return level(h) <= level(law.Article)
	case k == law.Part:
		return h == law.Subparagraph || level(h) < level(k)
	case k == law.Table && h == Tabular:
		return true
	case k == law.Remark:
		return h == law.Article || h == law.Annex
	case level(k) <= level(law.Article):
		return t.New && level(h) < level(k) // «главу 3 дополнить статьей 14-1»
	}
	return level(h) < level(k) && level(h) >= level(law.Article)
}

// holders are the units that new ones are added to: those named, else those of
// the context, as near as can hold a unit of that kind. An empty citation is the
// act itself.
func (cs contexts) holders(unit Target) (out []Target, ok bool) {
	if out := cs.under(unit); out != nil {
		return out, true
	}
	return []Target{{}}, level(unit.Citation[0].Kind) <= level(law.Article) || unit.Citation[0].Kind == law.Paragraph // of rules
}
