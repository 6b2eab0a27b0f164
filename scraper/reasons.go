package scraper

import "strings"

// ReasonKind sorts the reasons of refusals, so that each can be told in any
// language; the reason itself says more.
type ReasonKind string

const (
	Maintenance  ReasonKind = "maintenance"
	BadEncoding  ReasonKind = "encoding"
	NoText       ReasonKind = "no_text"
	CutOff       ReasonKind = "cut"
	OtherLang    ReasonKind = "language"
	OtherAct     ReasonKind = "act"
	TextLost     ReasonKind = "lost"
	OtherEdition ReasonKind = "edition"
	CurrentText  ReasonKind = "current"
	ListAhead    ReasonKind = "ahead"
	NoDate       ReasonKind = "undated"
	Gone         ReasonKind = "gone"
	Elsewhere    ReasonKind = "elsewhere"
	PagesMissing ReasonKind = "pages"
	SiteFailed   ReasonKind = "site" // whatever else: the site answered with an error
)

// Kind sorts the reason of a refusal.
func (r Refusal) Kind() ReasonKind {
	for _, row := range []struct {
		says string
		kind ReasonKind
	}{
		{ErrMaintenance.Error(), Maintenance},
		{ErrEncoding.Error(), BadEncoding},
		{ErrCut.Error(), CutOff},
		{"wrong language", OtherLang},
		{"another act", OtherAct},
		{"tell the id of the act", OtherAct},
		{"of the text is lost", TextLost},
		{"of another edition", OtherEdition},
		{"another edition:", OtherEdition},
		{"with one date", OtherEdition},
		{"the current text stands at", CurrentText},
		{"still shows the text before it", ListAhead},
		{"tells the date of this edition", NoDate},
		{gone, Gone},
		{"no act " + string(r.Act), Gone},
		{"the site sent the page at", Elsewhere},
		{"is missing", PagesMissing},
		{"the text is said to have", PagesMissing},
		{"the text is larger than", PagesMissing},
		{ErrNoText.Error(), NoText},
		{ErrNoTable.Error(), NoText},
	} {
		if strings.Contains(r.Reason, row.says) {
			return row.kind
		}
	}
	return SiteFailed
}
