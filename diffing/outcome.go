package diffing

import "github.com/tuzetu/tuzetu/law"

// OutcomeStatus says what became of a proposed change.
type OutcomeStatus string

const (
	Adopted        OutcomeStatus = "adopted"         // every hunk was enacted word for word
	Partly         OutcomeStatus = "partly"          // some hunks word for word, the rest stayed as it was
	AdoptedChanged OutcomeStatus = "adopted_changed" // in other words; at least half of the changed words survived
	Rejected       OutcomeStatus = "rejected"        // it stayed as it was, or less than half survived
	Opposite       OutcomeStatus = "opposite"        // the law went the other way, a number too
	Pending        OutcomeStatus = "pending"         // nothing was enacted yet

	// Unclear is what an item with a doubt is called where people read it; it is never
	// the Status of one.
	Unclear OutcomeStatus = "unclear"
)

// survivedEnough parts adopted_changed from rejected.
const survivedEnough = 0.5

// OutcomeItem is one proposed change: what a proposal does to one provision. A
// move, a split, a merger, another number and another comma are changes, too.
type OutcomeItem struct {
	// Provision is where: in the base text, or in the proposal where it is new.
	Provision *law.Provision
	Proposed  *Pair // base → proposed
	// Enacted is base → enacted at the same place, or what was enacted of a new
	// provision; nil where there is none or nothing was enacted yet.
	Enacted *Pair
	Status  OutcomeStatus
	Doubt   OutcomeDoubt // why a person has to look, "" where the words tell
	// Survived is (inserted words present + deleted words absent) ÷ all words the
	// proposal changed, 0–1. A move, a split, a merger and a new number count as
	// two words: one gone, one come. Signs count where no word changed.
	Survived float64
	// MovedTo is where in the enacted text it went when not to its own place.
	MovedTo law.Address
	// Line: it is only the line that the proposal leaves in the place of what it takes
	// out, which is an item of its own.
	Line bool
	// Surviving is proposed → enacted: what is Equal of the proposal survived.
	Surviving []Op
}

// Told is what people are told of an item: its status, or that it is unclear.
func (i *OutcomeItem) Told() OutcomeStatus {
	if i.Doubt != "" {
		return Unclear
	}
	return i.Status
}

// OutcomeResult is what became of a proposal.
type OutcomeResult struct {
	Base, Proposed, Enacted *law.Document         // Enacted is nil while pending
	Items                   []OutcomeItem         // in the order of the proposal
	Unasked                 []*Pair               // base → enacted: changes nobody proposed
	Summary                 map[OutcomeStatus]int // by Status
}

// Told counts the items by what people are told of them.
func (r *OutcomeResult) Told() map[OutcomeStatus]int {
	out := map[OutcomeStatus]int{}
	for k := range r.Items {
		out[r.Items[k].Told()]++
	}
	return out
}

// Outcome compares what was proposed with what was enacted. enacted is nil while
// nothing was.
//
// Every changed pair of base → proposed is an item. Whatever the texts are, a
// proposal against the text it asked to change is rejected as a whole, against
// itself adopted as a whole, and every changed pair of base → enacted that no
// item accounts for is unasked.
func Outcome(base, proposed, enacted *law.Document) *OutcomeResult {
	out := &OutcomeResult{Base: base, Proposed: proposed, Enacted: enacted, Summary: map[OutcomeStatus]int{}}
	asked := Compare(base, proposed)
	var j *judge
	if enacted != nil {
		j = newJudge(asked, enacted)
	}
	for k := range asked.Pairs {
		p := &asked.Pairs[k]
		if p.Note || !p.Changed() {
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

func provisionOf(s *Side) *law.Provision {
	if s == nil {
		return nil
	}
	return s.Provisions[0]
}
