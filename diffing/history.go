package diffing

import (
	"math"

	"github.com/tuzetu/tuzetu/law"
)

// Wording is one text of a provision at one address.
type Wording struct {
	Address law.Address
	Text    string
	// First and Last are the editions it held, by their place from 0, both included.
	First, Last int
	// Kind is how it came: "" where it stands in the first edition known, Inserted,
	// Edited, Split, Merged, or Same where only its place or number is new.
	Kind                         PairKind
	Moved, Renumbered, Technical bool
	// Ops lead from the wording before to this one. Of a split or a merger they
	// lead from all parts to all parts.
	Ops []Op
	// Parts are the addresses of the other parts: those a split made in this
	// edition, those a merger took from the one before.
	Parts []law.Address
	// Acts are the acts that brought it, as the notes of its article tell; none for
	// the first edition known and where no note tells.
	Acts []law.NoteAct
}

// Ending is where a provision ended.
type Ending struct {
	// Edition is the first one without it.
	Edition int
	// Placeholder is what stands in its place («3) исключен Законом …»), "" where
	// nothing does.
	Placeholder string
	Acts        []law.NoteAct
}

// Lineages knows what became of every provision through a row of editions. It is
// made edition by edition and keeps of each only what is new in it: no document
// but the last stays in memory, and a history is told without reading a text.
type Lineages struct {
	nodes []node
	steps []step
	units [][]int32 // by edition and provision index: the node that stands there
	depth [][]uint8 // how deep it stands there
	last  *law.Document
}

// node is a wording at an address.
type node struct {
	address     law.Address
	citation    law.Citation
	text        string
	first, last int
	came, went  int32 // step, -1 where none
}

// step is what happened to some nodes between one edition and the next.
type step struct {
	edition                      int // the later one
	kind                         PairKind
	moved, renumbered, technical bool
	from, to                     []int32
	ops                          []Op
	acts                         []law.NoteAct
	placeholder                  bool // to holds the place of what went
}

// NewLineages follows the provisions of editions, oldest first.
func NewLineages(editions ...*law.Document) *Lineages {
	l := &Lineages{}
	for _, d := range editions {
		l.Add(d, nil)
	}
	return l
}

// Add takes the next edition. r is its comparison with the one added before, if
// the caller has it; nil compares them here.
func (l *Lineages) Add(doc *law.Document, r *Result) {
	k := len(l.units)
	units, depth := make([]int32, len(doc.Provisions)), make([]uint8, len(doc.Provisions))
	for i, p := range doc.Provisions {
		depth[i] = uint8(min(p.Depth, math.MaxUint8))
	}
	defer func() { l.units, l.depth, l.last = append(l.units, units), append(l.depth, depth), doc }()
	if k == 0 {
		for i, p := range doc.Provisions {
			units[i] = l.node(p, k, -1)
		}
		return
	}
	if r == nil || r.From != l.last || r.To != doc {
		r = Compare(l.last, doc)
	}
	before := l.units[k-1]
	acts := newActs(r)
	gone := map[law.Address]*Pair{} // went, and something else came to its address
	for n := range r.Pairs {
		if p := &r.Pairs[n]; !p.Note && p.Kind == Deleted {
			gone[p.From.Provisions[0].Address] = p
		}
	}
	for n := range r.Pairs {
		p := &r.Pairs[n]
		if p.Note || p.To == nil {
			continue
		}
		s := step{edition: k, kind: p.Kind, moved: p.Moved, renumbered: p.Renumbered, technical: p.Technical,
			ops: p.Ops, acts: acts[topOf(p.To.Provisions[0])]}
		to := p.To.Provisions[0]
		switch old := gone[to.Address]; {
		case p.Kind == Inserted && old != nil && old.From.Provisions[0].Kind == to.Kind:
			// The number is the same and no word is: another wording of it, or the
			// placeholder of what was excluded.
			s.kind, s.placeholder = Edited, to.Placeholder()
			s.from = []int32{before[old.From.Provisions[0].Index]}
			s.ops = []Op{{Kind: Delete, Text: old.From.Text}, {Kind: Insert, Text: p.To.Text}}
			delete(gone, to.Address)
		case p.From != nil:
			if old := p.From.Provisions[0]; p.Kind == Same && old.Address == to.Address {
				id := before[old.Index]
				units[to.Index] = id
				l.nodes[id].last = k
				continue
			}
			for _, q := range p.From.Provisions {
				s.from = append(s.from, before[q.Index])
			}
			s.placeholder = p.Kind == Edited && to.Placeholder()
		}
		id := int32(len(l.steps))
		for _, q := range p.To.Provisions {
			units[q.Index] = l.node(q, k, id)
			s.to = append(s.to, units[q.Index])
		}
		l.steps = append(l.steps, s)
		for _, n := range s.from {
			l.nodes[n].went = id
		}
	}
	l.end(k, gone, r, acts)
}

func (l *Lineages) node(p *law.Provision, k int, came int32) int32 {
	l.nodes = append(l.nodes, node{address: p.Address, citation: p.Cite(), text: p.Text, first: k, last: k, came: came, went: -1})
	return int32(len(l.nodes) - 1)
}

// end records what went without a trace.
func (l *Lineages) end(k int, gone map[law.Address]*Pair, r *Result, acts map[*law.Provision][]law.NoteAct) {
	if len(gone) == 0 {
		return
	}
	became := map[*law.Provision]*law.Provision{}
	for n := range r.Pairs {
		if p := &r.Pairs[n]; !p.Note && p.From != nil && p.To != nil {
			became[p.From.Provisions[0]] = p.To.Provisions[0]
		}
	}
	for n := range r.Pairs { // in reading order, not in that of a map
		p := &r.Pairs[n]
		if p.Note || p.Kind != Deleted || gone[p.From.Provisions[0].Address] != p {
			continue
		}
		id := l.units[k-1][p.From.Provisions[0].Index]
		l.nodes[id].went = int32(len(l.steps))
		l.steps = append(l.steps, step{edition: k, kind: Deleted, from: []int32{id}, ops: p.Ops,
			acts: acts[became[topOf(p.From.Provisions[0])]]})
	}
}

// path goes back and forth from a node along its steps. Of several parts the one
// at the same address is followed, else the first.
func (l *Lineages) path(start int32) []int32 {
	var back []int32
	for id := start; ; {
		back = append(back, id)
		came := l.nodes[id].came
		if came < 0 || len(l.steps[came].from) == 0 {
			break
		}
		id = l.follow(l.steps[came].from, id)
	}
	path := make([]int32, 0, len(back))
	for n := len(back) - 1; n >= 0; n-- {
		path = append(path, back[n])
	}
	for id := start; ; {
		went := l.nodes[id].went
		if went < 0 || len(l.steps[went].to) == 0 {
			return path
		}
		id = l.follow(l.steps[went].to, id)
		path = append(path, id)
	}
}

func (l *Lineages) follow(ids []int32, like int32) int32 {
	for _, id := range ids {
		if l.nodes[id].address == l.nodes[like].address {
			return id
		}
	}
	return ids[0]
}

func (l *Lineages) wording(id, before int32) Wording {
	n := &l.nodes[id]
	w := Wording{Address: n.address, Text: n.text, First: n.first, Last: n.last}
	if n.came < 0 {
		return w
	}
	s := &l.steps[n.came]
	w.Kind, w.Moved, w.Renumbered, w.Technical = s.kind, s.moved, s.renumbered, s.technical
	w.Ops, w.Acts = s.ops, s.acts
	for _, other := range s.to {
		if other != id {
			w.Parts = append(w.Parts, l.nodes[other].address)
		}
	}
	for _, other := range s.from {
		if other != before && before >= 0 {
			w.Parts = append(w.Parts, l.nodes[other].address)
		}
	}
	return w
}

// ending tells how a path ends: without a trace, or in a placeholder.
func (l *Lineages) ending(id int32) *Ending {
	n := &l.nodes[id]
	if n.went >= 0 {
		s := &l.steps[n.went]
		return &Ending{Edition: s.edition, Acts: s.acts}
	}
	if n.came >= 0 && l.steps[n.came].placeholder {
		s := &l.steps[n.came]
		return &Ending{Edition: s.edition, Acts: s.acts, Placeholder: n.text}
	}
	return nil
}
