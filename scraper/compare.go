package scraper

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// An edition that one source brought in is the text of its day. What another
// source has under that day is no revision of it: nobody changed anything. It is
// compared and the result reported, and nothing of it is kept, so that the next
// run compares again.

// Difference is a provision that two texts of one edition do not have alike.
type Difference struct {
	// Was is where it stands in the text that is stored, Is in the one that came;
	// "" where it does not stand.
	Was, Is law.Address
	// WasText and IsText are its words in both, as printed.
	WasText, IsText string
}

// Moved reports whether the words are the same and stand in another place.
func (d Difference) Moved() bool {
	return d.Was != "" && d.Is != "" && law.Fold(d.WasText) == law.Fold(d.IsText)
}

func (d Difference) String() string {
	switch {
	case d.Was == "":
		return fmt.Sprintf("%s is here only: %q", d.Is, d.IsText)
	case d.Is == "":
		return fmt.Sprintf("%s is not here: %q", d.Was, d.WasText)
	case d.Moved():
		return fmt.Sprintf("%s stands here as %s", d.Was, d.Is)
	}
	return fmt.Sprintf("%s is %q, here %q", d.Was, d.WasText, d.IsText)
}

// Compare lists how a text of an edition differs from the one that is stored, in
// the order of the law: nothing, if both are the same law. Words are compared
// folded and provisions one by one; notes, titles and marks are not compared,
// since each site writes its own.
func Compare(was, is *law.Document) []Difference {
	// First what stands alike at the same address, then the same words at another
	// one, then other words at the same one. The rest has no counterpart.
	left := map[*law.Provision]bool{}
	words := map[string][]*law.Provision{}
	for _, p := range is.Provisions {
		if f := law.Fold(p.Text); !alike(was.Find(p.Address), f) {
			left[p] = true
			words[f] = append(words[f], p)
		}
	}
	moved := map[*law.Provision]*law.Provision{}
	var alone []*law.Provision
	for _, o := range was.Provisions {
		f := law.Fold(o.Text)
		if alike(is.Find(o.Address), f) {
			continue
		}
		alone = append(alone, o)
		if same := words[f]; len(same) > 0 {
			moved[o], words[f] = same[0], same[1:]
			delete(left, same[0])
		}
	}
	var ds []Difference
	for _, o := range alone {
		d := Difference{Was: o.Address, WasText: o.Text}
		p := moved[o]
		if same := is.Find(o.Address); p == nil && left[same] {
			p = same
			delete(left, p)
		}
		if p != nil {
			d.Is, d.IsText = p.Address, p.Text
		}
		ds = append(ds, d)
	}
	for _, p := range is.Provisions {
		if left[p] {
			ds = append(ds, Difference{Is: p.Address, IsText: p.Text})
		}
	}
	return ds
}

func alike(p *law.Provision, folded string) bool { return p != nil && law.Fold(p.Text) == folded }

// shownDifferences is how many addresses a line of the report names.
const shownDifferences = 5

// compare reports how a text that came stands to the one another source brought.
func (r *run) compare(item Item, text Page, stored *law.Edition) {
	item.Key = stored.EditionKey
	item.Differences = Compare(law.Build(stored.Lang, stored.Title, stored.Lines), law.Build(item.Lang, text.Title, text.Lines))
	n := len(item.Differences)
	if n == 0 {
		r.done(item, Same)
		return
	}
	var at []string
	for _, d := range item.Differences[:min(n, shownDifferences)] {
		at = append(at, string(cmp.Or(d.Was, d.Is)))
	}
	if n > shownDifferences {
		at = append(at, "…")
	}
	why := "one provision is not as"
	if n > 1 {
		why = fmt.Sprintf("%d provisions are not as", n)
	}
	why = fmt.Sprintf("%s in %s: %s", why, stored.SourceURL, strings.Join(at, ", "))
	if item.Reason != "" {
		why += "; " + item.Reason
	}
	item.Reason = why
	r.done(item, Differs)
}

// foreign reports whether another source brought an edition. Texts from files
// have no address and are nobody's.
func (r *run) foreign(h law.EditionHead) bool {
	return h.Status == law.Enacted && h.SourceURL != "" && !r.Source.Owns(h.SourceURL)
}

// brought reports whether a text of a language came from this source.
func (r *run) brought(lang law.Lang) bool {
	return slices.ContainsFunc(r.heads, func(h law.EditionHead) bool {
		return h.Lang == lang && h.Status == law.Enacted && h.SourceURL != "" && r.Source.Owns(h.SourceURL)
	})
}

// known reports whether what is remembered of the pages of a language may be
// relied on: its texts are stored, and all of them are this source's.
func (r *run) known(lang law.Lang) bool {
	of := func(h law.EditionHead) bool { return h.Lang == lang && h.Status == law.Enacted }
	return slices.ContainsFunc(r.heads, of) &&
		!slices.ContainsFunc(r.heads, func(h law.EditionHead) bool { return of(h) && r.foreign(h) })
}
