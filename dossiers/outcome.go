package dossiers

import (
	"errors"
	"slices"
	"time"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/law"
)

// Suggestion is what a comparison found of a published version in an edition or
// in a version of a bill. It is never changed; a person confirms or corrects it.
type Suggestion struct {
	Proposal ProposalID
	Version  int
	Edition  law.EditionKey // what was compared; of a bill it decides nothing yet
	Verdict
	At time.Time
}

// Verdict is a comparison in short: a status with its evidence.
type Verdict struct {
	Status   Status    `json:"status"`
	Survived float64   `json:"survived"` // 0–1, the mean over the changes
	Changes  []Found   `json:"changes"`
	Unasked  []Unasked `json:"unasked"`
}

// Found is what became of one change of a proposal.
type Found struct {
	Change
	Label    law.Words `json:"label"` // the provision, cited in three languages
	Proposed string    `json:"proposed"`
	Enacted  string    `json:"enacted"` // what stands there now, "" for nothing
	Status   Status    `json:"status"`
	// Doubt is why the status is Unclear.
	Doubt    diffing.OutcomeDoubt `json:"doubt,omitempty"`
	Survived float64              `json:"survived"` // 0–1, see diffing.OutcomeItem
	MovedTo  law.Address          `json:"moved_to,omitempty"`
}

// Unasked is a change of the law that the proposal did not ask for.
type Unasked struct {
	Change
	Label law.Words        `json:"label"`
	Kind  diffing.PairKind `json:"kind"`
}

// Judge compares a proposal with what was enacted and suggests a status. ok is
// false where the proposal asks for no change. A provision that only takes another
// number, and the line left in the place of one that is taken out, follow from the
// changes beside them: they are told of where nothing else was asked for.
func Judge(base, proposed, enacted *law.Document) (v Verdict, ok bool) {
	r := diffing.Outcome(base, proposed, enacted)
	all := r.Items
	if others := slices.DeleteFunc(slices.Clone(all), func(i diffing.OutcomeItem) bool { return i.Proposed.OnlyNumber() || i.Line }); len(others) > 0 {
		all = others
	}
	for _, item := range all {
		f := Found{Change: Change{item.Provision.Address, item.Proposed.From == nil}, Label: cited(item.Provision),
			Status: Status(item.Told()), Doubt: item.Doubt, Survived: item.Survived, MovedTo: item.MovedTo}
		if to := item.Proposed.To; to != nil {
			f.Proposed = to.Text
		}
		if item.Enacted != nil && item.Enacted.To != nil {
			f.Enacted = item.Enacted.To.Text
		}
		v.Changes = append(v.Changes, f)
		v.Survived += item.Survived / float64(len(all))
	}
	for _, p := range r.Unasked {
		side := p.From
		if side == nil {
			side = p.To
		}
		at := side.Provisions[0]
		v.Unasked = append(v.Unasked, Unasked{Change: Change{at.Address, p.From == nil}, Label: cited(at), Kind: p.Kind})
	}
	v.Status = overall(v.Changes)
	return v, len(r.Items) > 0
}

func cited(p *law.Provision) law.Words {
	out := law.Words{}
	for _, lang := range law.Langs {
		out[lang] = p.Cite().In(lang)
	}
	return out
}

// overall makes one status of those of the changes:
//
//	all adopted word for word            adopted
//	all adopted, some in other words     adopted_changed
//	some adopted, some not               partly
//	some unclear, and it depends on them unclear
//	none adopted, some turned around     opposite
//	none adopted                         rejected
//	nothing to compare with, or no change pending
func overall(changes []Found) Status {
	n := map[Status]int{}
	for _, c := range changes {
		n[c.Status]++
	}
	switch all := len(changes); {
	case all == 0, n[Pending] > 0:
		return Pending
	case n[Adopted] == all:
		return Adopted
	case n[Adopted]+n[AdoptedChanged] == all:
		return AdoptedChanged
	case n[Partly] > 0, n[Adopted]+n[AdoptedChanged] > 0 && n[Adopted]+n[AdoptedChanged]+n[Unclear] < all:
		return Partly
	case n[Unclear] > 0:
		return Unclear
	case n[Opposite] > 0:
		return Opposite
	}
	return Rejected
}

// Confirmation is what a person found to have become of a proposal. It is never
// changed; another one corrects it, the last one counts.
type Confirmation struct {
	Proposal ProposalID
	Number   int // within the proposal, given when it is stored
	Status   Status
	// Edition and Suggested are the suggestion it answers; zero where the person
	// knew it from elsewhere.
	Edition   law.EditionKey
	Suggested Status
	// Changes are the single changes that the person judges otherwise than the
	// comparison did.
	Changes []Judged
	Reason  law.Words // public
	Sources []Source
	Places  []Place  // where it stands in the law
	Day     law.Date // when it was decided, "" where unknown
	By      string   // the member; "" for a history that was loaded
	At      time.Time
}

// Judged is what a person found of one change.
type Judged struct {
	Change
	Status Status `json:"status"`
}

// OfBill tells whether it only says how the proposal stands in a version of a bill,
// as a comparison does too. That decides nothing: what is adopted there is no law
// yet, and what is not may still be.
func (c Confirmation) OfBill() bool {
	return c.Edition.Status == law.BillVersion && slices.Contains([]Status{Pending, Adopted, AdoptedChanged, Partly, Rejected, Opposite}, c.Status)
}

// Corrected tells whether the person found otherwise than the comparison.
func (c Confirmation) Corrected() bool {
	return c.Suggested != "" && (c.Suggested != c.Status || len(c.Changes) > 0)
}

// Validate tells why c cannot be stored.
func (c Confirmation) Validate(v Vocabulary) error {
	if _, ok := v.Find(c.Status); !ok || c.Status == Unclear {
		return errors.New("what became of the proposal is missing")
	}
	for _, j := range c.Changes {
		if _, ok := v.Find(j.Status); !ok || j.Status == Unclear || j.Address == "" {
			return errors.New("what became of a change is missing")
		}
	}
	err := errors.Join(checkWords("the reason", c.Reason), checkDays(c.Day), checkSources(c.Sources))
	if c.Corrected() && c.Reason.In(law.RU) == "" {
		err = errors.Join(err, errors.New("whoever corrects the comparison says why"))
	}
	for _, place := range c.Places {
		if _, badAct := law.ParseActID(string(place.Act)); badAct != nil || place.Address == "" {
			err = errors.Join(err, errors.New("a place is an act and an address"))
		}
	}
	return err
}
