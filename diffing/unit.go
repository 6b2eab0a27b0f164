package diffing

import (
	"math"
	"slices"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// unit is what alignment moves about: one provision, or one note.
type unit struct {
	provision   *law.Provision
	note        *law.Note
	text        string
	tokens      []token
	body        int    // tokens before it are the number and its sign
	key         uint64 // of the words of the body, in order, in lower case
	words       int32  // words and numbers in the body
	runes       int32
	parent      int32 // index among the units of its side, or -1
	first, last int   // source lines

	bag    []int32 // classes of the body's words, sorted; see (*matching).prepare
	weight float64 // of the bag
}

// number is the unit's number with its kind: it tells «1.» from «1)».
func (u *unit) number() string {
	if p := u.provision; p != nil {
		return p.Number + "-" + p.NumberTo
	}
	return ""
}

func provisionUnits(v *vocabulary, doc *law.Document) []unit {
	units := make([]unit, len(doc.Provisions))
	arena := newArena(doc)
	for i, p := range doc.Provisions {
		u := &units[i]
		u.provision, u.text, u.parent = p, p.Text, -1
		u.first, u.last = p.From, p.To
		if p.Parent != nil {
			u.parent = int32(p.Parent.Index)
		}
		arena = u.read(v, arena)
	}
	return units
}

func noteUnits(v *vocabulary, doc *law.Document) []unit {
	units := make([]unit, len(doc.Notes))
	var arena []token
	for i := range doc.Notes {
		u, n := &units[i], &doc.Notes[i]
		u.note, u.text, u.parent = n, n.Text, -1
		u.first, u.last = n.From, n.To
		arena = u.read(v, arena)
	}
	return units
}

// newArena has room for about all the tokens of a text.
func newArena(doc *law.Document) []token {
	n := 0
	for _, p := range doc.Provisions {
		n += len(p.Text)
	}
	return make([]token, 0, n/6)
}

func (u *unit) read(v *vocabulary, arena []token) []token {
	start := len(arena)
	arena = v.tokens(arena, u.text)
	u.tokens = arena[start:len(arena):len(arena)]
	if u.provision != nil {
		u.body = bodyStart(u.text, u.tokens, v, u.provision)
	}
	u.key = 14695981039346656037
	for _, t := range u.tokens {
		u.runes += v.forms[t.id].runes
	}
	for _, t := range u.tokens[u.body:] {
		f := &v.forms[t.id]
		if f.kind == wordToken || f.kind == numberToken {
			u.key = mix(u.key, f.class)
			u.words++
		}
	}
	if u.words == 0 { // only a number or signs: then they are the text
		u.body = 0
		for _, t := range u.tokens {
			if t.id != blankID {
				u.key = mix(u.key, -1-v.forms[t.id].class)
			}
		}
	}
	return arena
}

func mix(h uint64, x int32) uint64 {
	h = (h ^ uint64(uint32(x))) * 0x9E3779B97F4A7C15
	return h ^ h>>29
}

// bodyStart is the first token after the provision's number and what belongs to
// it: «Статья 14-1. », «22-бап. », «1) », «3)-6) ».
func bodyStart(text string, tokens []token, v *vocabulary, p *law.Provision) int {
	if p.Number == "" {
		return 0
	}
	at, from, seen := -1, 0, 0
	for k, t := range tokens {
		if v.forms[t.id].kind != blankToken {
			if s := text[from:t.end]; s == p.Number || s == p.NumberTo || law.Fold(s) == law.Fold(p.Number) {
				at = k
				if p.NumberTo == "" || s == p.NumberTo {
					break
				}
			}
			if seen++; seen > 8 {
				break
			}
		}
		from = int(t.end)
	}
	if at < 0 {
		return 0
	}
	for at++; at < len(tokens); at++ {
		f := &v.forms[tokens[at].id]
		if f.kind == wordToken && !isLabel(text[tokens[at-1].end:tokens[at].end]) || f.kind == numberToken || f.open > 0 {
			break
		}
	}
	return at
}

// isLabel knows the words that stand after a number in Kazakh headings.
func isLabel(s string) bool {
	switch strings.ToLower(law.Fold(s)) {
	case "бап", "тарау", "бөлім", "параграф", "кіші", "қосымша":
		return true
	}
	return false
}

// sameWords reports whether the bodies have the same words and numbers in the
// same order: then signs, blanks, letter case or the number differ at most.
func sameWords(v *vocabulary, a, b *unit) bool {
	if a.key != b.key || a.words != b.words {
		return false
	}
	i, j := a.body, b.body
	for {
		for i < len(a.tokens) && !v.counts(a.tokens[i].id) {
			i++
		}
		for j < len(b.tokens) && !v.counts(b.tokens[j].id) {
			j++
		}
		if i == len(a.tokens) || j == len(b.tokens) {
			return i == len(a.tokens) && j == len(b.tokens)
		}
		if v.forms[a.tokens[i].id].class != v.forms[b.tokens[j].id].class {
			return false
		}
		i, j = i+1, j+1
	}
}

func (v *vocabulary) counts(id int32) bool {
	k := v.forms[id].kind
	return k == wordToken || k == numberToken
}

// prepare fills the bags of the units that equal text did not pair.
func (m *matching) prepare(units []unit, taken []int32) {
	n := 0
	for i := range units {
		if taken[i] < 0 {
			n += int(units[i].words)
		}
	}
	arena := make([]int32, 0, n)
	for i := range units {
		u := &units[i]
		if taken[i] >= 0 || u.bag != nil {
			continue
		}
		start := len(arena)
		for _, t := range u.tokens[u.body:] {
			if m.v.counts(t.id) {
				arena = append(arena, m.v.forms[t.id].class)
			}
		}
		u.bag = arena[start:len(arena):len(arena)]
		slices.Sort(u.bag)
		for _, c := range u.bag {
			u.weight += m.weigh(c)
		}
	}
}

// countWords tells for every word how many units it stands in.
func (v *vocabulary) countWords(old, new []unit) {
	n := int32(0)
	for _, side := range [...][]unit{old, new} {
		for i := range side {
			u := &side[i]
			for _, t := range u.tokens[u.body:] {
				if c := &v.forms[v.forms[t.id].class]; c.seen != n {
					c.seen = n
					c.df++
				}
			}
			n++
		}
	}
}

// weigh is the rarity of a word: log(1 + units ÷ units that have it). Stop words
// and numbers say little of what a text is about.
func (m *matching) weigh(class int32) float64 {
	f := &m.v.forms[class]
	w := math.Log1p(float64(len(m.old)+len(m.new)) / float64(max(f.df, 1)))
	if !f.content {
		w *= faintShare
	}
	return w
}
