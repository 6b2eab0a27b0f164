package dossiers

import (
	"cmp"
	"slices"

	"github.com/tuzetu/tuzetu/law"
)

// Record is a proposal with all that was found and decided about it, each oldest
// first. Suggestions are those of its published version.
type Record struct {
	Proposal
	Suggestions   []Suggestion
	Confirmations []Confirmation
}

// Standing is what is known of a record now.
type Standing struct {
	Status Status
	// Confirmed: a person said so. Where not, Status is what the last comparison
	// with an enacted edition suggests, or pending.
	Confirmed    bool
	Confirmation *Confirmation // the last that decides, nil where there is none
	Suggestion   *Suggestion   // the last about an enacted edition, nil where there is none
}

// Standing is what is known of r: the last decision, and where there is none the
// last suggestion about an enacted edition.
func (r Record) Standing() Standing {
	s := Standing{Status: Pending, Suggestion: r.lastEnacted()}
	if s.Suggestion != nil {
		s.Status = s.Suggestion.Status
	}
	if s.Confirmation = r.decided(); s.Confirmation != nil {
		s.Status, s.Confirmed = s.Confirmation.Status, true
	}
	return s
}

// ByPerson tells whether a member found it: a history that was loaded is what its
// sources say, and nobody here has confirmed it.
func (s Standing) ByPerson() bool { return s.Confirmed && s.Confirmation.By != "" }

// decided is the last confirmation that decides, nil where none does.
func (r Record) decided() *Confirmation {
	for i := len(r.Confirmations) - 1; i >= 0; i-- {
		if c := &r.Confirmations[i]; !c.OfBill() {
			return c
		}
	}
	return nil
}

// Changes are the changes of r as they stand: found by the last comparison and
// corrected by the last confirmation that is about it.
func (r Record) Changes() []Found {
	found := r.lastEnacted()
	if found == nil {
		return nil
	}
	return r.corrected(found)
}

// corrected are the changes of a suggestion with what people found of each.
func (r Record) corrected(found *Suggestion) []Found {
	out := slices.Clone(found.Changes)
	for _, c := range r.Confirmations {
		if c.Edition != found.Edition {
			continue
		}
		for _, j := range c.Changes {
			for i := range out {
				if out[i].Change == j.Change {
					out[i].Status = j.Status
				}
			}
		}
	}
	return out
}

// Suggested is what was suggested about a text, in the language of the base if it
// was compared in that; nil where nothing was.
func (r Record) Suggested(in law.EditionKey) (found *Suggestion) {
	for i := range r.Suggestions {
		s := &r.Suggestions[i]
		if sameText(s.Edition, in) && (found == nil || r.own(s.Edition) > r.own(found.Edition)) {
			found = s
		}
	}
	return found
}

// Open tells whether later editions are still to be compared.
func (r Record) Open(v Vocabulary) bool {
	c := r.decided()
	if c == nil {
		return true
	}
	s, _ := v.Find(c.Status)
	return !s.Final
}

// lastEnacted is the suggestion about the newest enacted edition; of several
// languages, that of the base.
func (r Record) lastEnacted() (last *Suggestion) {
	for i := range r.Suggestions {
		s := &r.Suggestions[i]
		if s.Edition.Status == law.Enacted && (last == nil || r.after(s.Edition, last.Edition) > 0) {
			last = s
		}
	}
	return last
}

// after orders editions as r looks at them: the newest last, of one edition the
// language of the base.
func (r Record) after(a, b law.EditionKey) int {
	return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.Revision, b.Revision), r.own(a)-r.own(b))
}

func (r Record) own(k law.EditionKey) int {
	if k.Lang == r.Base.Lang {
		return 1
	}
	return 0
}

// Scoreboard is what was asked for and what became of it.
type Scoreboard struct {
	// Asked counts proposals, Statuses them by what became of them, Unconfirmed
	// those whose status no person has confirmed yet.
	Asked       int
	Statuses    map[Status]int
	Unconfirmed int
	// Changes counts the single changes that were compared, by what became of each;
	// Survived is the mean of their wording, 0–1.
	Changes  map[Status]int
	Survived float64
	Stages   []StageScore // in the order of the texts
	// Unasked are changes of the newest enacted edition that no proposal asked for.
	Unasked []Unasked
	// Amendments are the progressive proposals that were brought in, confirmed.
	Amendments int
}

// StageScore is how the changes stood in one text: a version of a bill, or an
// enacted edition.
type StageScore struct {
	Edition  law.EditionKey // without its language
	Changes  map[Status]int
	Survived float64
}

// Score counts records.
func Score(records []Record, v Vocabulary) Scoreboard {
	out := Scoreboard{Asked: len(records), Statuses: map[Status]int{}, Changes: map[Status]int{}}
	changes := 0
	for _, r := range records {
		s := r.Standing()
		out.Statuses[s.Status]++
		if !s.Confirmed && s.Status != Pending {
			out.Unconfirmed++
		}
		if info, _ := v.Find(s.Status); s.Confirmed && r.Progressive && info.Counts {
			out.Amendments++
		}
		for _, c := range r.Changes() {
			out.Changes[c.Status]++
			out.Survived += c.Survived
			changes++
		}
	}
	if changes > 0 {
		out.Survived /= float64(changes)
	}
	out.Stages = stages(records)
	out.Unasked = unasked(records)
	return out
}

func stages(records []Record) (out []StageScore) {
	for _, r := range records {
		for i := range r.Suggestions {
			s := &r.Suggestions[i]
			if slices.ContainsFunc(r.Suggestions, func(o Suggestion) bool {
				return sameText(o.Edition, s.Edition) && r.own(o.Edition) > r.own(s.Edition)
			}) {
				continue // counted once, in the language of the base
			}
			at := slices.IndexFunc(out, func(x StageScore) bool { return sameText(x.Edition, s.Edition) })
			if at < 0 {
				at = len(out)
				key := s.Edition
				key.Lang = ""
				out = append(out, StageScore{Edition: key, Changes: map[Status]int{}})
			}
			for _, c := range r.corrected(s) {
				out[at].Changes[c.Status]++
				out[at].Survived += c.Survived
			}
		}
	}
	for i := range out {
		n := 0
		for _, k := range out[i].Changes {
			n += k
		}
		out[i].Survived /= float64(max(n, 1))
	}
	slices.SortFunc(out, func(a, b StageScore) int {
		return cmp.Or(cmp.Compare(a.Edition.Date, b.Edition.Date), cmp.Compare(a.Edition.Status, b.Edition.Status),
			cmp.Compare(a.Edition.Revision, b.Edition.Revision), cmp.Compare(a.Edition.Act, b.Edition.Act))
	})
	return out
}

// sameText: two languages of one text.
func sameText(a, b law.EditionKey) bool {
	a.Lang, b.Lang = "", ""
	return a == b
}

// unasked is what nobody asked for of the newest enacted edition: what is unasked
// to every proposal that was compared with it.
func unasked(records []Record) (out []Unasked) {
	var newest *Suggestion
	for _, r := range records {
		if s := r.lastEnacted(); s != nil && (newest == nil || r.after(s.Edition, newest.Edition) > 0) {
			newest = s
		}
	}
	if newest == nil {
		return nil
	}
	out = slices.Clone(newest.Unasked)
	for _, r := range records {
		if s := r.lastEnacted(); s != nil && s.Edition == newest.Edition {
			out = slices.DeleteFunc(out, func(u Unasked) bool {
				return !slices.ContainsFunc(s.Unasked, func(o Unasked) bool { return o.Change == u.Change })
			})
		}
	}
	return out
}
