package diffing

import (
	"slices"

	"github.com/tuzetu/tuzetu/law"
)

// decideNew follows a proposed new provision.
func (j *judge) decideNew(item *OutcomeItem) {
	to := item.Proposed.To
	item.Status = Rejected
	if p := j.enactedNew(to.Provisions[0]); p != nil && j.weighNew(item, p) {
		return
	}
	if at, ok := j.elsewhere(item, j.words(j.tokens(to))); ok {
		item.Status, item.Survived, item.MovedTo = Adopted, 1, at
		item.Surviving = []Op{{Kind: Equal, Text: to.Text}}
		return
	}
	item.Surviving = []Op{{Kind: Delete, Text: to.Text}}
	switch {
	case j.homeless(to.Provisions[0]):
		item.Status = Opposite
	case j.newBeside(to.Provisions[0]):
		item.Doubt = DoubtReplaced
	}
}

// weighNew judges a new provision by what was enacted of it, a pair of proposed →
// enacted. ok is false where that is little, and in another place.
func (j *judge) weighNew(item *OutcomeItem, p *Pair) (ok bool) {
	from, to := item.Proposed.To.Provisions[0], p.To.Provisions[0]
	a, b := j.tokens(item.Proposed.To), j.tokens(p.To)
	gone := 0
	hunks := j.d.diff(a, b)
	for _, h := range hunks {
		gone += j.count(a[h.a0:h.a1])
	}
	survived, at := 1-share(gone, j.count(a)), j.movedTo(from, to)
	switch {
	case j.wordless(a, b, hunks):
		item.Status, survived = Adopted, 1
	case survived >= survivedEnough:
		item.Status = AdoptedChanged
	case at != "":
		return false
	}
	switch {
	case item.Status == Adopted:
	case j.turned(a, b):
		item.Doubt = DoubtTurned
	case item.Status == Rejected:
		item.Doubt = DoubtOtherwise
	case !slices.Equal(j.numbers(a), j.numbers(b)):
		item.Doubt = DoubtNumber
	}
	item.Enacted, item.Surviving, item.Survived, item.MovedTo = j.done.new[to.Index], p.Ops, survived, at
	j.account(item.Enacted)
	return true
}

// enactedNew is the pair proposed → enacted of a new provision where what was
// enacted is new, too, or another provision was made into the very same text; nil
// where the base already had what the enacted text has.
func (j *judge) enactedNew(q *law.Provision) *Pair {
	p := j.kept.old[q.Index]
	if p.To == nil {
		return nil
	}
	d := j.done.new[p.To.Provisions[0].Index]
	if d.From == nil || p.Kind == Same && (d.Moved || d.Kind != Same && !d.Technical) {
		return p
	}
	// This is a further copy of what stood in the base, and copies may have
	// changed places: the new one is where the proposal keeps the old one.
	if old := j.asked.old[d.From.Provisions[0].Index]; p.Kind == Same && old.To != nil {
		twin := j.kept.old[old.To.Provisions[0].Index]
		if twin.To != nil && twin.Kind == Same && j.done.was(twin.To.Provisions[0]) == nil && sameTokens(j.tokens(twin.To), j.tokens(p.From)) {
			return twin
		}
	}
	return nil
}

// homeless reports whether what a new provision was to stand in, a unit of the
// base, is gone from the enacted text.
func (j *judge) homeless(q *law.Provision) bool {
	for up := q.Parent; up != nil; up = up.Parent {
		if was := j.asked.was(up); was != nil {
			p := j.done.old[was.Index]
			return p.To == nil || p.Excludes()
		}
	}
	return false
}

// movedTo is the address of enacted when it stands under another unit than the
// proposal wanted.
func (j *judge) movedTo(proposed, enacted *law.Provision) law.Address {
	want := proposed.Parent
	if want != nil {
		if want = j.kept.became(want); want == nil {
			return enacted.Address
		}
	}
	if want == enacted.Parent {
		return ""
	}
	return enacted.Address
}

// decideRepeal follows a provision the proposal takes out.
func (j *judge) decideRepeal(item *OutcomeItem) {
	from := item.Proposed.From
	p := j.done.old[from.Provisions[0].Index]
	item.Enacted = p
	j.account(p)
	if p.To == nil || p.Excludes() {
		if item.Status, item.Survived = Adopted, 1; p.To == nil && j.replaced(from.Provisions[0]) {
			item.Doubt = DoubtReplaced
		}
		return
	}
	j.checkShape(item.Proposed, p)
	a, b := j.tokens(from), j.cut(p, from)
	gone, come := 0, 0
	for _, h := range j.d.diff(a, b) {
		gone += j.count(a[h.a0:h.a1])
		come += j.count(b[h.b0:h.b1])
	}
	item.Survived = share(gone, j.count(a))
	switch {
	case gone == 0 && come > 0:
		if item.Status = Opposite; j.turned(a, b) {
			item.Doubt = DoubtTurned
		}
		return
	case item.Survived >= survivedEnough:
		item.Status = AdoptedChanged
	default:
		item.Status = Rejected
	}
	if come > 0 || item.Status == Rejected && gone > 0 {
		item.Doubt = DoubtOtherwise
	}
}

// wordless reports whether hunks change no word.
func (j *judge) wordless(a, b []token, hunks []hunk) bool {
	for _, h := range hunks {
		if !slices.Equal(j.words(a[h.a0:h.a1]), j.words(b[h.b0:h.b1])) {
			return false
		}
	}
	return true
}
