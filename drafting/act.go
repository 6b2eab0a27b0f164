package drafting

import (
	"github.com/tuzetu/tuzetu/law"
)

// ActReport is an act for machines: what `instruct --format json` prints.
type ActReport struct {
	Title        string              `json:"title"`
	Lang         law.Lang            `json:"lang"`
	Text         []string            `json:"text"`
	Instructions []ReportInstruction `json:"instructions"`
	Unexpressed  []ReportUnexpressed `json:"unexpressed"`
	References   []Reference         `json:"references"`
	Searched     *Searched           `json:"searched,omitempty"`
}

// ReportUnexpressed is a difference that the act does not order.
type ReportUnexpressed struct {
	Address law.Address `json:"address"`
	New     bool        `json:"new"` // the address is of the new text
	Text    string      `json:"text"`
	Reason  string      `json:"reason"` // in English
	Code    string      `json:"code"`   // the same for programs
}

// Report lists the act for machines.
func (a *Act) Report() ActReport {
	out := ActReport{Title: a.Title, Lang: a.Lang, Text: []string{}, Instructions: []ReportInstruction{}, Unexpressed: []ReportUnexpressed{}, References: []Reference{}}
	for _, l := range a.Lines {
		out.Text = append(out.Text, l.Text)
	}
	for i := range a.Instructions {
		out.Instructions = append(out.Instructions, a.Instructions[i].report(a.Lang))
	}
	for _, u := range a.Unexpressed {
		out.Unexpressed = append(out.Unexpressed, ReportUnexpressed{u.Address, u.New, u.Text, u.Reason.String(), u.Reason.Code()})
	}
	return out
}
