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
	afterNote   bool  // a note stands between it and the unit before

	bag    []int32 // classes of the body's words, sorted; see fillBag
	weight float64 // of the words together
}

func (u *unit) kind() law.Kind {
	if u.provision != nil {
		return u.provision.Kind
	}
	return ""
}

func (u *unit) number() string {
	if p := u.provision; p != nil {
		return p.Number + "-" + p.NumberTo
	}
	return ""
}

// provisionUnits reads the provisions of a document. Most stand word for word in
// the other text, read before: those are not read again.
func provisionUnits(v *vocabulary, doc *law.Document, read []unit) []unit {
	known := make(map[string]*unit, len(read))
	for i := range read {
		known[read[i].text] = &read[i]
	}
	units := make([]unit, len(doc.Provisions))
	for _, n := range doc.Notes {
		if n.After < len(units) {
			units[n.After].afterNote = true
		}
	}
	arena := newArena(doc)
	for i, p := range doc.Provisions {
		u := &units[i]
		u.provision, u.text, u.parent = p, p.Text, -1
		u.first, u.last = p.From, p.To
		if p.Parent != nil {
			u.parent = int32(p.Parent.Index)
		}
		if k := known[p.Text]; k != nil && k.number() == u.number() {
			u.tokens, u.body, u.key, u.words, u.runes = k.tokens, k.body, k.key, k.words, k.runes
			continue
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

// weighWords counts in how many units each word stands and weighs it by its
// rarity: log(1 + units ÷ units that have it). Stop words and numbers say little
// of what a text is about.
func (m *matching) weighWords() {
	forms := m.v.forms
	df := make([]int32, len(forms))
	last := make([]int32, len(forms))
	stamp := int32(0)
	words := func(visit func(u *unit, class int32)) {
		for _, side := range [...][]unit{m.old, m.new} {
			for i := range side {
				stamp++
				for _, t := range side[i].tokens[side[i].body:] {
					if m.v.counts(t.id) {
						visit(&side[i], forms[t.id].class)
					}
				}
			}
		}
	}
	words(func(_ *unit, c int32) {
		if last[c] != stamp {
			last[c] = stamp
			df[c]++
		}
	})
	m.weights = make([]float64, len(forms))
	for c := range m.weights {
		m.weights[c] = math.Log1p(float64(len(m.old)+len(m.new)) / float64(max(df[c], 1)))
		if !forms[c].content {
			m.weights[c] *= faintShare
		}
	}
	words(func(u *unit, c int32) { u.weight += m.weights[c] })
}

// fillBag sorts the words of a unit for comparison as a multiset.
func (m *matching) fillBag(u *unit) {
	if u.bag != nil {
		return
	}
	u.bag = make([]int32, 0, u.words)
	for _, t := range u.tokens[u.body:] {
		if m.v.counts(t.id) {
			u.bag = append(u.bag, m.v.forms[t.id].class)
		}
	}
	slices.Sort(u.bag)
}
