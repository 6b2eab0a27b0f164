package drafting

import (
	"errors"
	"fmt"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// ErrOtherAct says that an amendment is of another act than the text.
var ErrOtherAct = errors.New("the text amends another act")

// ErrSeveralActs says that an amendment is of several acts and which one is
// meant is not known.
var ErrSeveralActs = errors.New("the text amends several acts")

// ActsError is ErrOtherAct or ErrSeveralActs with the acts that the amendment names.
type ActsError struct {
	Err   error
	Acts  []string // their titles in quotation marks
	Title string   // of the text, "" where it is not known
}

func (e *ActsError) Unwrap() error { return e.Err }

func (e *ActsError) Error() string {
	s := fmt.Sprintf("%v: %s", e.Err, strings.Join(e.Acts, ", "))
	if e.Title != "" {
		s += ", not «" + e.Title + "»"
	}
	return s
}

// Of keeps the instructions that concern one act, with those that concern the
// amending act itself, and numbers them anew. title is the amended act's title, or words of it; ""
// where it is not known, which is enough if the amendment is of one act only.
func (a *Amendment) Of(title string) (*Amendment, error) {
	if len(a.Acts) == 0 || title == "" && len(a.Acts) == 1 {
		return a, nil
	}
	var names []string
	meant := map[int]bool{}
	for i, act := range a.Acts {
		names = append(names, "«"+act.Title+"»")
		if act.Names(title) {
			meant[i] = true
		}
	}
	switch {
	case title == "":
		return nil, &ActsError{ErrSeveralActs, names, ""}
	case len(meant) == 0:
		return nil, &ActsError{ErrOtherAct, names, title}
	}
	of := *a
	of.Instructions = nil
	for _, in := range a.Instructions {
		if in.Act < 0 || meant[in.Act] {
			in.N = len(of.Instructions) + 1
			of.Instructions = append(of.Instructions, in)
		}
	}
	return &of, nil
}

// Choose makes a unit of the text the one that an instruction means, where its
// citation fits several: a person said so. Of an insertion p is what is added to.
func (in *Instruction) Choose(p *law.Provision) {
	if len(in.Targets) == 0 {
		return
	}
	t := in.Targets[0]
	last := t.Citation[max(len(t.Citation)-1, 0):]
	t.Citation = p.Cite()
	if t.New || len(last) == 1 && (last[0].Kind == Heading || last[0].Kind == Sentence) {
		t.Citation = append(t.Citation, last...)
	}
	in.Targets = append([]Target{t}, in.Targets[1:]...)
}
