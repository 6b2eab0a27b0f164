package watch

import (
	"strings"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/law"
)

// What makes an edited provision the same one. Below it a comment stays with the
// text it was written about: a law that replaces an item by another one of the
// same pattern must not take the comments over.
const (
	leastKept  = 0.6 // of its letters and signs
	firstWords = 2   // a definition or an item is named by its first words
	// leastUnique is how many words a text needs to be known anywhere by itself.
	leastUnique = 4
)

// carrying follows anchors of r.From into r.To, which is the edition to. It is
// certain or says that it is not:
//
//   - a provision is the same one when the comparison paired it at its place,
//     under a parent that is the same one, and as many of the same wording stand
//     beside it as before; or when its text stands once in either edition;
//   - words are carried when all of them stand there, unbroken and unchanged but
//     for the print (blanks, dashes, quotation marks, letters that look the same),
//     or when only numbering, punctuation or letter case of a whole provision
//     changed.
type carrying struct {
	r           *diffing.Result
	to          law.EditionKey
	pair        []*diffing.Pair // by old index
	oldN, newN  map[string]int  // how often a body stands in either text
	stood       []bool          // by new index: the very text stood in the old one
	became      []*law.Provision
	knownBecame []bool
}

func newCarrying(r *diffing.Result, to law.EditionKey) *carrying {
	n := len(r.From.Provisions)
	c := &carrying{r: r, to: to, pair: make([]*diffing.Pair, n), became: make([]*law.Provision, n), knownBecame: make([]bool, n),
		oldN: bodies(r.From), newN: bodies(r.To), stood: make([]bool, len(r.To.Provisions))}
	for k := range r.Pairs {
		p := &r.Pairs[k]
		if p.Note || p.From == nil {
			continue
		}
		for _, q := range p.From.Provisions {
			c.pair[q.Index] = p
		}
		if p.Kind == diffing.Same {
			c.stood[p.To.Provisions[0].Index] = true
		}
	}
	return c
}

func bodies(d *law.Document) map[string]int {
	out := make(map[string]int, len(d.Provisions))
	for _, p := range d.Provisions {
		out[body(p)]++
	}
	return out
}

// body is a provision's text without its number, as it is compared.
func body(p *law.Provision) string { return law.Fold(p.Text[campaigns.BodyStart(p):]) }

func (c *carrying) carry(a campaigns.Anchor) campaigns.Fate {
	old := c.r.From.Find(a.Address)
	if !a.Holds(old) {
		return campaigns.Fate{Reason: campaigns.Mismatch}
	}
	pair := c.pair[old.Index]
	if pair == nil || pair.To == nil {
		return campaigns.Fate{Reason: campaigns.Removed, Near: c.placeholder(old)}
	}
	now := c.same(old)
	if now == nil {
		return campaigns.Fate{Reason: campaigns.Unsure}
	}
	if now.Placeholder() && !old.Placeholder() {
		return campaigns.Fate{Reason: campaigns.Removed, Near: now.Address}
	}
	base := offset(pair.From.Provisions, old)
	whole := a.Start == campaigns.BodyStart(old) && a.Start+len(a.Quote) == len(old.Text)
	if whole && pair.Technical {
		start := campaigns.BodyStart(now)
		return c.at(now, start, now.Text[start:])
	}
	start, end, ok := follow(pair.Ops, base+a.Start, base+a.Start+len(a.Quote))
	if !ok {
		if len(pair.To.Provisions) > 1 {
			return campaigns.Fate{Reason: campaigns.Parted, Near: now.Address}
		}
		return campaigns.Fate{Reason: campaigns.Changed, Near: now.Address}
	}
	from := 0
	for _, p := range pair.To.Provisions {
		if start >= from && end <= from+len(p.Text) {
			return c.at(p, start-from, p.Text[start-from:end-from])
		}
		from += len(p.Text) + 1
	}
	return campaigns.Fate{Reason: campaigns.Parted, Near: now.Address}
}

// placeholder is what holds the place of a provision that went, if anything.
func (c *carrying) placeholder(old *law.Provision) law.Address {
	if now := c.r.To.Find(old.Address); now != nil && now.Placeholder() {
		return now.Address
	}
	return ""
}

func (c *carrying) at(p *law.Provision, start int, quote string) campaigns.Fate {
	return campaigns.Fate{Near: p.Address, Anchor: campaigns.Anchor{Edition: c.to, Address: p.Address, Start: start, Quote: quote, SHA256: campaigns.TextSum(p.Text)}}
}

// offset is where a provision begins in the text of its side.
func offset(side []*law.Provision, p *law.Provision) (at int) {
	for _, q := range side {
		if q == p {
			break
		}
		at += len(q.Text) + 1
	}
	return at
}

// same is the provision that an old one certainly is now, or nil.
func (c *carrying) same(p *law.Provision) *law.Provision {
	if !c.knownBecame[p.Index] {
		c.knownBecame[p.Index] = true // parents come first: no circle
		c.became[p.Index] = c.find(p)
	}
	return c.became[p.Index]
}

func (c *carrying) find(p *law.Provision) *law.Provision {
	pair := c.pair[p.Index]
	if pair == nil || pair.To == nil {
		return nil
	}
	now := pair.To.Provisions[0]
	was, is := body(p), body(now)
	// The old text and none else, wherever it stands now.
	if was == is && c.oldN[was] == 1 && c.newN[was] == 1 && len(strings.Fields(was)) >= leastUnique && !p.Placeholder() {
		return now
	}
	if pair.Moved || !c.parentSame(p, now) {
		return nil
	}
	switch {
	case len(pair.From.Provisions)+len(pair.To.Provisions) > 2:
		// The comparison found their words in order, see diffing; two that were
		// merged and say the same might also be one that went.
		if twins(c.r.From, p, was) > 1 || kept(pair.Ops) < leastKept {
			return nil
		}
		return now
	case was == is:
		n := twins(c.r.From, p, was)
		if n != twins(c.r.To, now, was) || n > 1 && (p.Number != now.Number || p.Ordinal != now.Ordinal) {
			return nil // one of several went, and nobody can tell which
		}
		if p.Number != now.Number && c.rivalled(p, now) {
			return nil // it may as well be the one beside it, edited
		}
		return now
	case pair.Technical, now.Placeholder() && now.Number == p.Number:
		return now
	case kept(pair.Ops) >= leastKept && firstOf(was) == firstOf(is) && twins(c.r.From, p, was) == 1 && !c.rivalled(p, now):
		return now
	}
	return nil
}

// kept is the share of the old text that still stands.
func kept(ops []diffing.Op) float64 {
	all, stands := 0, 0
	for _, op := range ops {
		n := utf8.RuneCountInString(op.Old())
		all += n
		if op.Kind == diffing.Equal {
			stands += n
		}
	}
	return float64(stands) / float64(max(all, 1))
}

// rivalled tells whether a pair that is not word for word might as well be
// another one: beside it came, or went, a provision that has as much of the old
// words, or a neighbour stands on its other side now.
func (c *carrying) rivalled(p, now *law.Provision) bool {
	for _, q := range siblings(c.r.To, now) {
		if q != now && !c.stood[q.Index] && held(body(p), body(q)) >= leastKept {
			return true
		}
	}
	for _, q := range siblings(c.r.From, p) {
		pair := c.pair[q.Index]
		switch {
		case q == p:
		case pair == nil || pair.To == nil:
			if held(body(q), body(now)) >= leastKept {
				return true
			}
		case pair.Kind != diffing.Same && held(body(q), body(now)) >= leastKept,
			pair.To.Provisions[0].Parent == now.Parent && (q.Index < p.Index) != (pair.To.Provisions[0].Index < now.Index):
			return true
		}
	}
	return false
}

// siblings are what stands beside p, p among them; articles stand beside all
// articles.
func siblings(d *law.Document, p *law.Provision) (out []*law.Provision) {
	if p.Parent != nil && p.Kind != law.Article {
		return p.Parent.Children
	}
	for _, q := range d.Provisions {
		if q.Kind == p.Kind && (q.Parent == nil || p.Kind == law.Article) {
			out = append(out, q)
		}
	}
	return out
}

// held is the share of the words of one text that another has.
func held(text, by string) float64 {
	left := map[string]int{}
	for _, w := range strings.Fields(strings.ToLower(by)) {
		left[w]++
	}
	words := strings.Fields(strings.ToLower(text))
	n := 0
	for _, w := range words {
		if left[w] > 0 {
			left[w]--
			n++
		}
	}
	return float64(n) / float64(max(len(words), 1))
}

// parentSame: articles are numbered through the act, so that one under its old
// number needs no chapter to be known by.
func (c *carrying) parentSame(p, now *law.Provision) bool {
	if p.Kind == law.Article && now.Kind == law.Article && p.Number != "" && p.Number == now.Number {
		return true
	}
	if p.Parent == nil || now.Parent == nil {
		return p.Parent == now.Parent
	}
	return c.same(p.Parent) == now.Parent
}

// twins is how many of p's siblings, p among them, have this body.
func twins(d *law.Document, p *law.Provision, text string) (n int) {
	for _, q := range siblings(d, p) {
		if body(q) == text {
			n++
		}
	}
	return n
}

func firstOf(folded string) string {
	words := strings.Fields(strings.ToLower(folded))
	return strings.Join(words[:min(firstWords, len(words))], " ")
}

// follow finds where the bytes from start to end of the old side stand on the
// new one, if nothing was put in, left out or replaced between them.
func follow(ops []diffing.Op, start, end int) (newStart, newEnd int, ok bool) {
	newStart, newEnd = -1, -1
	old, now := 0, 0
	for _, op := range ops {
		if op.Kind == diffing.Equal {
			for _, piece := range op.Prints() {
				alike := piece.Old == piece.New
				place := func(at int) (int, bool) {
					switch {
					case at == old:
						return now, true
					case at == old+len(piece.Old):
						return now + len(piece.New), true
					}
					return now + at - old, alike
				}
				if newStart < 0 && start >= old && start < old+len(piece.Old) {
					if newStart, ok = place(start); !ok {
						return 0, 0, false
					}
				}
				if newStart >= 0 && end > old && end <= old+len(piece.Old) {
					newEnd, ok = place(end)
					return newStart, newEnd, ok
				}
				old, now = old+len(piece.Old), now+len(piece.New)
			}
			continue
		}
		if newStart >= 0 { // within the words
			return 0, 0, false
		}
		old, now = old+len(op.Old()), now+len(op.New())
		if start < old {
			return 0, 0, false
		}
	}
	return 0, 0, false
}
