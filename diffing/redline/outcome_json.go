package redline

import (
	"bufio"
	"fmt"
	"io"
	"math"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/law"
)

// OutcomeItem is one proposed change as `tuzetu outcome --format json` gives it.
type OutcomeItem struct {
	Address  law.Address           `json:"address"`
	Label    law.Label             `json:"label"`
	Proposed *OutcomeText          `json:"proposed"`
	Enacted  *OutcomeText          `json:"enacted"`
	Status   diffing.OutcomeStatus `json:"status"`
	// Doubt is why the words alone do not tell; people are told "unclear" then.
	Doubt    diffing.OutcomeDoubt `json:"doubt,omitempty"`
	Survived float64              `json:"survived"`
	MovedTo  law.Address          `json:"moved_to"`
	// Surviving is proposed → enacted: its equal runs are what survived.
	Surviving []Op `json:"surviving,omitempty"`
}

// OutcomeText is what a text makes of a provision of the base text.
type OutcomeText struct {
	Kind       diffing.PairKind `json:"kind"`
	Moved      bool             `json:"moved"`
	Renumbered bool             `json:"renumbered"`
	Technical  bool             `json:"technical"`
	Text       string           `json:"text"` // "" where it was taken out
	Ops        []Op             `json:"ops"`  // base → this text
}

// Unasked is a change that was enacted and not proposed.
type Unasked struct {
	Address law.Address `json:"address"`
	Label   law.Label   `json:"label"`
	OutcomeText
}

// outcomeStatuses in the order a summary lists them.
var outcomeStatuses = [...]diffing.OutcomeStatus{
	diffing.Adopted, diffing.Partly, diffing.AdoptedChanged, diffing.Rejected, diffing.Opposite, diffing.Pending,
}

// OutcomeJSON writes what became of a proposal by the contract of `tuzetu
// outcome --format json`. The summary counts items by status, and unasked ones.
func OutcomeJSON(w io.Writer, o *diffing.OutcomeResult) error {
	out := &jsonWriter{w: bufio.NewWriter(w)}
	out.raw("{\n\"items\": [")
	sep := "\n"
	for k := range o.Items {
		out.field(sep, outcomeItem(&o.Items[k]))
		sep = ",\n"
	}
	out.raw("],\n\"unasked\": [")
	sep = "\n"
	for _, p := range o.Unasked {
		out.field(sep, unaskedOf(p))
		sep = ",\n"
	}
	summary := map[string]int{"unasked": len(o.Unasked)}
	for _, s := range outcomeStatuses {
		summary[string(s)] = o.Summary[s]
	}
	out.field("],\n\"summary\": ", summary)
	out.raw("\n}\n")
	if out.err == nil {
		out.err = out.w.Flush()
	}
	if out.err != nil {
		return fmt.Errorf("writing the outcome: %w", out.err)
	}
	return nil
}

func outcomeItem(it *diffing.OutcomeItem) OutcomeItem {
	return OutcomeItem{
		Address: it.Provision.Address, Label: it.Provision.Label(),
		Proposed: outcomeText(it.Proposed), Enacted: outcomeText(it.Enacted),
		Status: it.Status, Doubt: it.Doubt, Survived: math.Round(it.Survived*1e4) / 1e4,
		MovedTo: it.MovedTo, Surviving: opsOf(it.Surviving),
	}
}

func outcomeText(p *diffing.Pair) *OutcomeText {
	if p == nil {
		return nil
	}
	t := &OutcomeText{Kind: p.Kind, Moved: p.Moved, Renumbered: p.Renumbered, Technical: p.Technical, Ops: opsOf(p.Ops)}
	if p.To != nil {
		t.Text = p.To.Text
	}
	return t
}

func unaskedOf(p *diffing.Pair) Unasked {
	s := p.To
	if s == nil {
		s = p.From
	}
	return Unasked{Address: s.Provisions[0].Address, Label: s.Provisions[0].Label(), OutcomeText: *outcomeText(p)}
}
