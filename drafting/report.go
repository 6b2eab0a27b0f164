package drafting

import (
	"github.com/tuzetu/tuzetu/citing"
	"github.com/tuzetu/tuzetu/law"
)

// Report is a result for machines: what `apply --format json` prints.
type Report struct {
	Instructions []ReportInstruction `json:"instructions"`
	Title        string              `json:"title"`
	Text         []string            `json:"text"`
	// Editions are there where the instructions enter into force on several days.
	Editions []ReportEdition `json:"editions,omitempty"`
	Doubts   []ReportDoubt   `json:"doubts"`
	// References are citations of what was changed, in the new text and in the
	// other acts that were looked through.
	References []Reference `json:"references"`
	Searched   *Searched   `json:"searched,omitempty"`
}

// Searched says among how many acts citations were looked for: what is not stored
// is not known.
type Searched struct {
	Acts      int      `json:"acts"`
	Citations int      `json:"citations"` // of any act, in them
	Day       law.Date `json:"day"`       // as the acts stand then
	Unread    []string `json:"unread,omitempty"`
}

// NewSearched tells of an answer.
func NewSearched(a citing.Answer) *Searched {
	s := &Searched{Acts: a.Acts, Citations: a.Citations, Day: a.Day}
	for _, key := range a.Unread {
		s.Unread = append(s.Unread, key.String())
	}
	return s
}

// ReportInstruction is one instruction and what became of it.
type ReportInstruction struct {
	N      int            `json:"n"`
	Text   string         `json:"text"`
	Op     Operation      `json:"op"` // "" where it was not understood
	Target []ReportTarget `json:"target"`
	Status Status         `json:"status"`
	// Reason is in English; Code is the same for programs.
	Reason  string `json:"reason"`
	Code    string `json:"code"`
	InForce struct {
		Phrase string   `json:"phrase"`
		Date   law.Date `json:"date"`
	} `json:"in_force"`
	Old        []string      `json:"old,omitempty"`
	New        []string      `json:"new,omitempty"`
	Wording    []string      `json:"wording,omitempty"`
	Candidates []law.Address `json:"candidates,omitempty"`
	Notices    []string      `json:"notices,omitempty"`
	Suspended  *Suspension   `json:"suspended,omitempty"`
	Lines      [2]int        `json:"lines"` // of the act
}

// ReportTarget is one unit an instruction is about.
type ReportTarget struct {
	Address  law.Address `json:"address"`
	Citation string      `json:"citation"`
}

// ReportEdition is the text from a day on; the day is null where it is not known.
type ReportEdition struct {
	Date         law.Date `json:"date"`
	Instructions []int    `json:"instructions"`
	Title        string   `json:"title"`
	Text         []string `json:"text"`
}

// ReportDoubt is a place of the act that was read, but not for certain.
type ReportDoubt struct {
	Lines  [2]int `json:"lines"`
	Text   string `json:"text"`
	Reason string `json:"reason"`
}

// Report lists the result for machines.
func (r *Result) Report(lang law.Lang) Report {
	out := Report{Instructions: []ReportInstruction{}, Title: r.Title, Text: texts(r.Text), Doubts: []ReportDoubt{}, References: []Reference{}}
	for i := range r.Outcomes {
		out.Instructions = append(out.Instructions, r.Outcomes[i].report(lang))
	}
	if len(r.Editions) > 1 {
		for _, e := range r.Editions {
			out.Editions = append(out.Editions, ReportEdition{e.Day, e.Instructions, e.Title, texts(e.Text)})
		}
	}
	for _, d := range r.Doubts {
		out.Doubts = append(out.Doubts, ReportDoubt{[2]int{d.From, d.To}, d.Text, d.Reason.String()})
	}
	return out
}

func texts(lines []Line) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = l.Text
	}
	return out
}

func (o *Outcome) report(lang law.Lang) ReportInstruction {
	out := ReportInstruction{
		N: o.N, Text: o.Text, Op: o.Op, Target: []ReportTarget{}, Status: o.Status, Reason: o.Reason.String(), Code: o.Reason.Code(),
		Old: o.Old, New: o.New, Candidates: o.Candidates, Lines: [2]int{o.From, o.To},
	}
	out.Suspended = o.Suspension
	out.InForce.Phrase, out.InForce.Date = o.InForce.Phrase, o.Day
	for i, t := range o.Targets {
		target := ReportTarget{t.Address(), t.In(lang)}
		if len(o.Places) == len(o.Targets) {
			target.Address = o.Places[i]
		}
		out.Target = append(out.Target, target)
	}
	for _, q := range o.Wording {
		for _, l := range q {
			out.Wording = append(out.Wording, l.Text)
		}
	}
	for _, n := range o.Told() {
		out.Notices = append(out.Notices, n.String())
	}
	return out
}
