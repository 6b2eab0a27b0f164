package diffing

import (
	"slices"

	"github.com/tuzetu/tuzetu/law"
)

// OutcomeStatus says what became of a proposed change.
type OutcomeStatus string

const (
	Adopted        OutcomeStatus = "adopted"         // every hunk was enacted word for word
	Partly         OutcomeStatus = "partly"          // some hunks word for word, the rest stayed as it was
	AdoptedChanged OutcomeStatus = "adopted_changed" // in other words; at least half of the changed words survived
	Rejected       OutcomeStatus = "rejected"        // it stayed as it was, or less than half survived
	Opposite       OutcomeStatus = "opposite"        // the law went the other way
	Pending        OutcomeStatus = "pending"         // nothing was enacted yet
)

// survivedEnough parts adopted_changed from rejected.
const survivedEnough = 0.5

// OutcomeItem is one proposed change: what a proposal does to one provision.
type OutcomeItem struct {
	// Provision is where: in the base text, or in the proposal where it is new.
	Provision *law.Provision
	Proposed  *Pair // base → proposed
	// Enacted is base → enacted at the same place, or what was enacted of a new
	// provision; nil where there is none or nothing was enacted yet.
	Enacted *Pair
	Status  OutcomeStatus
	// Survived is (inserted words present + deleted words absent) ÷ all words the
	// proposal changed, 0–1.
	Survived float64
	// MovedTo is where in the enacted text it went when not to its own place.
	MovedTo law.Address
	// Surviving is proposed → enacted: what is Equal of the proposal survived.
	Surviving []Op
}

// OutcomeResult is what became of a proposal.
type OutcomeResult struct {
	Base, Proposed, Enacted *law.Document // Enacted is nil while pending
	Items                   []OutcomeItem // in the order of the proposal
	Unasked                 []*Pair       // base → enacted: changes nobody proposed
	Summary                 map[OutcomeStatus]int
}

// Outcome compares what was proposed with what was enacted. enacted is nil while
// nothing was.
func Outcome(base, proposed, enacted *law.Document) *OutcomeResult {
	out := &OutcomeResult{Base: base, Proposed: proposed, Enacted: enacted, Summary: map[OutcomeStatus]int{}}
	asked := Compare(base, proposed)
	var j *judge
	if enacted != nil {
		j = newJudge(base, proposed, enacted)
	}
	for k := range asked.Pairs {
		p := &asked.Pairs[k]
		if p.Note || !p.Changed() || onlyNumber(p) {
			continue
		}
		item := OutcomeItem{Proposed: p, Status: Pending}
		if item.Provision = provisionOf(p.From); item.Provision == nil {
			item.Provision = provisionOf(p.To)
		}
		if j != nil {
			j.decide(&item)
		}
		out.Items = append(out.Items, item)
		out.Summary[item.Status]++
	}
	if j != nil {
		out.Unasked = j.unasked()
	}
	return out
}

// onlyNumber reports whether a pair is nothing but a new number: it follows from
// changes elsewhere and asks for nothing itself.
func onlyNumber(p *Pair) bool {
	return p.Renumbered && (p.Kind == Same || p.Technical)
}

func provisionOf(s *Side) *law.Provision {
	if s == nil {
		return nil
	}
	return s.Provisions[0]
}

// judge decides items of one proposal against one enacted text.
type judge struct {
	v        *vocabulary
	d        *wordDiffer
	proposal *Result                  // proposed → enacted
	became   map[*law.Provision]*Pair // base → enacted, by base provision
	came     map[*law.Provision]*Pair // base → enacted, by enacted provision
	kept     map[*law.Provision]*Pair // proposed → enacted, by proposed provision
	enacted  *Result
	asked    map[*Pair]bool // pairs of enacted that an item accounts for …
	beyond   map[*Pair]bool // … and that do more than it asked
	news     []piece        // what the enacted text has and the base had not
}

// piece is a run of words that was enacted.
type piece struct {
	words []int32
	at    law.Address
}

func newJudge(base, proposed, enacted *law.Document) *judge {
	v := newVocabulary(false)
	j := &judge{
		v: v, d: &wordDiffer{v: v}, enacted: Compare(base, enacted), proposal: Compare(proposed, enacted),
		became: map[*law.Provision]*Pair{}, came: map[*law.Provision]*Pair{}, kept: map[*law.Provision]*Pair{},
		asked: map[*Pair]bool{}, beyond: map[*Pair]bool{},
	}
	each := func(r *Result, visit func(*Pair)) {
		for k := range r.Pairs {
			if p := &r.Pairs[k]; !p.Note {
				visit(p)
			}
		}
	}
	each(j.enacted, func(p *Pair) {
		if p.From != nil {
			for _, q := range p.From.Provisions {
				j.became[q] = p
			}
		}
		if p.To == nil {
			return
		}
		for _, q := range p.To.Provisions {
			j.came[q] = p
		}
		for _, op := range p.Ops {
			if op.Kind == Insert {
				j.news = append(j.news, piece{j.words(j.v.tokens(nil, op.Text)), p.To.Provisions[0].Address})
			}
		}
	})
	each(j.proposal, func(p *Pair) {
		if p.From != nil {
			for _, q := range p.From.Provisions {
				j.kept[q] = p
			}
		}
	})
	return j
}

// elsewhere finds the words of a proposed insertion, in order, in what was
// enacted at another place. Fewer than leastMoved words repeat by chance.
func (j *judge) elsewhere(words []int32, not law.Address) (law.Address, bool) {
	if len(words) < leastMoved {
		return "", false
	}
	for _, n := range j.news {
		for k := 0; n.at != not && k+len(words) <= len(n.words); k++ {
			if slices.Equal(n.words[k:k+len(words)], words) {
				return n.at, true
			}
		}
	}
	return "", false
}

func (j *judge) decide(item *OutcomeItem) {
	switch p := item.Proposed; {
	case p.From == nil:
		j.decideNew(item)
	case p.To == nil:
		j.decideRepeal(item)
	default:
		j.decideEdit(item)
	}
	if p := item.Enacted; p != nil {
		j.asked[p] = true
	}
}

// decideNew follows a proposed new provision.
func (j *judge) decideNew(item *OutcomeItem) {
	to := item.Proposed.To
	p := j.kept[to.Provisions[0]]
	item.Status = Rejected
	if p == nil || p.To == nil || j.came[p.To.Provisions[0]].From != nil && p.Kind != Same {
		if at, ok := j.elsewhere(j.words(j.tokens(to)), ""); ok {
			item.Status, item.Survived, item.MovedTo = Adopted, 1, at
			item.Surviving = []Op{{Kind: Equal, Text: to.Text}}
			return
		}
		item.Surviving = []Op{{Kind: Delete, Text: to.Text}}
		if parent := to.Provisions[0].Parent; parent != nil {
			if q := j.kept[parent]; q != nil && q.To == nil {
				item.Status = Opposite // what it was to stand in is gone
			}
		}
		return
	}
	item.Enacted, item.Surviving = j.came[p.To.Provisions[0]], p.Ops
	item.MovedTo = j.movedTo(to.Provisions[0], p.To.Provisions[0])
	a, b := j.tokens(to), j.tokens(p.To)
	gone := 0
	hunks := j.d.diff(a, b)
	for _, h := range hunks {
		gone += j.count(a[h.a0:h.a1])
	}
	item.Survived = 1 - share(gone, j.count(a))
	switch {
	case j.wordless(a, b, hunks):
		item.Status, item.Survived = Adopted, 1
	case item.Survived >= survivedEnough:
		item.Status = AdoptedChanged
	}
}

// movedTo is the address of enacted when it stands under another unit than the
// proposal wanted.
func (j *judge) movedTo(proposed, enacted *law.Provision) law.Address {
	want := proposed.Parent
	if want != nil {
		p := j.kept[want]
		if p == nil || p.To == nil {
			return enacted.Address
		}
		want = p.To.Provisions[0]
	}
	if want == enacted.Parent {
		return ""
	}
	return enacted.Address
}

// decideRepeal follows a provision the proposal takes out.
func (j *judge) decideRepeal(item *OutcomeItem) {
	from := item.Proposed.From
	p := j.became[from.Provisions[0]]
	item.Enacted = p
	if p.To == nil {
		item.Status, item.Survived = Adopted, 1
		return
	}
	a, b := j.tokens(from), j.tokens(p.To)
	gone, come := 0, 0
	for _, h := range j.d.diff(a, b) {
		gone += j.count(a[h.a0:h.a1])
		come += j.count(b[h.b0:h.b1])
	}
	item.Survived = share(gone, j.count(a))
	switch {
	case gone == 0 && come > 0:
		item.Status = Opposite
	case item.Survived >= survivedEnough:
		item.Status = AdoptedChanged
	default:
		item.Status = Rejected
	}
}
