package read

import (
	"cmp"
	"strings"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/law"
)

// Standing is how an act stands on a day, as a page tells it.
type Standing struct {
	Day    law.Date
	Act    ForceView
	Marks  []Mark // in the order of the text
	Folded bool
	Loose  []ForceView // foretold changes that name no provision of the text
	Doubts []string    // sentences on entry into force that were not understood
	Lang   law.Lang    // of the texts
}

// Mark leads to a provision that does not simply stand as the act does.
type Mark struct {
	Place
	Say ForceView
}

// ForceView says whether a wording applies on a day, from when, and why.
type ForceView struct {
	Status    string // chooses the drawing
	Words     string
	Phrase    string // as written in the text
	Computed  string // how the day was found, where it does not stand in the phrase
	Acts      []ActView
	Temporary []string // what applies meanwhile; nil where that is the text itself
	Doubts    []string // contradictions, each with both sides
	From      *Place   // the place that says so
	Lang      law.Lang // of what is quoted
}

// OtherWording is a wording that the text on the page does not have and that
// matters on the day.
type OtherWording struct {
	ID      string
	What    string // new wording, new provision, former wording
	Say     ForceView
	Edition Place // it stands in
	Diff    string
	Lines   []Block
	Lang    law.Lang
}

// foldMarks is up to how many marks the list above the text is open.
const foldMarks = 8

// announced is the status of a change that notes foretell.
const announced = "announced"

// marker puts the standing of an act on a day into its text.
type marker struct {
	view
	act   law.Act
	st    *standing
	shown *text
	docs  map[int]*text       // editions that other wordings stand in
	diffs map[int]*comparison // of the shown text with later editions
	// redlines are the addresses of their changes, as writer.shown finds them.
	redlines map[int]map[law.Address]string
}

// page tells the standing and marks the parts of the text.
func (m marker) page(parts []Part) *Standing {
	out := &Standing{Day: m.st.Day, Act: m.force(m.st.Act, ""), Lang: m.shown.head.Lang}
	for _, d := range m.st.Doubts {
		out.Doubts = append(out.Doubts, d.Text)
	}
	says, others := map[law.Address][]ForceView{}, map[law.Address][]*OtherWording{}
	for i, p := range m.shown.doc.Provisions {
		if f := m.st.Force[i]; f.Own {
			says[p.Address] = append(says[p.Address], m.force(f, p.Text))
		}
	}
	for _, a := range m.st.Announced {
		say, placed := m.foretold(a), false
		for _, at := range a.Addresses {
			if m.shown.places[at] != nil {
				says[at], placed = append(says[at], say), true
			}
		}
		if !placed {
			out.Loose = append(out.Loose, say)
		}
	}
	first := m.others(others)
	for at := range others { // what took its place tells why
		for i, say := range says[at] {
			if say.Status == string(law.LostForceAlready) && len(say.Doubts) == 0 {
				says[at][i] = ForceView{Status: say.Status, Words: say.Words}
			}
		}
	}
	for _, p := range m.shown.doc.Provisions {
		for _, say := range says[p.Address] {
			out.Marks = append(out.Marks, Mark{Place{"#" + string(p.Address), m.cite(p)}, say})
		}
		for _, o := range others[p.Address] {
			out.Marks = append(out.Marks, Mark{Place{"#" + o.ID, o.Lines[0].Label}, o.Say})
		}
	}
	for _, o := range first {
		out.Marks = append([]Mark{{Place{"#" + o.ID, o.Lines[0].Label}, o.Say}}, out.Marks...)
	}
	out.Folded = len(out.Marks) > foldMarks
	mark(parts, says, others, first)
	return out
}

// mark puts what is said of provisions beside their lines.
func mark(parts []Part, says map[law.Address][]ForceView, others map[law.Address][]*OtherWording, first []*OtherWording) {
	boxes := func(os []*OtherWording) (out []Block) {
		for _, o := range os {
			out = append(out, Block{Other: o})
		}
		return out
	}
	for i := range parts {
		p := &parts[i]
		p.Says = says[law.Address(p.ID)]
		blocks := boxes(others[law.Address(p.ID)])
		if i == 0 {
			blocks = append(boxes(first), blocks...)
		}
		for _, b := range p.Blocks {
			ids := []string{b.ID}
			for _, r := range b.Rows {
				ids = append(ids, r.ID)
			}
			for _, id := range ids {
				if id != "" {
					b.Says = append(b.Says, says[law.Address(id)]...)
				}
			}
			blocks = append(blocks, b)
			for _, id := range ids {
				if id != "" {
					blocks = append(blocks, boxes(others[law.Address(id)])...)
				}
			}
		}
		p.Blocks = blocks
	}
}

// others lays out the wordings of other editions, by the provision of the shown
// text they stand at; those that come before all of them are returned.
func (m marker) others(at map[law.Address][]*OtherWording) (first []*OtherWording) {
	var open *OtherWording // takes more lines of a new unit
	var last law.Elsewhere
	var anchor law.Address
	for _, x := range m.st.Elsewhere {
		t := m.docs[x.Edition]
		p := t.places[x.Address]
		place := m.place(x, p)
		if open != nil && x.Shown == "" && last.Shown == "" && x.Edition == last.Edition && place == anchor && alike(x.Force, last.Force) {
			open.Lines = append(open.Lines, m.line(p))
			last = x
			continue
		}
		open, last, anchor = m.other(x, t, p), x, place
		if place == "" {
			first = append(first, open)
			continue
		}
		at[place] = append(at[place], open)
	}
	return first
}

func alike(a, b law.Force) bool {
	return a.Status == b.Status && a.Since == b.Since && a.Until == b.Until && a.Phrase == b.Phrase
}

// place is the provision of the shown text that a wording is shown at: the one it
// replaces, else the one before it in its own edition; "" where there is none.
func (m marker) place(x law.Elsewhere, p *law.Provision) law.Address {
	if x.Shown != "" {
		return x.Shown
	}
	all := m.docs[x.Edition].doc.Provisions
	for i := p.Index - 1; i >= 0; i-- {
		if m.shown.places[all[i].Address] != nil {
			return all[i].Address
		}
	}
	return ""
}

func (m marker) line(p *law.Provision) Block {
	b := m.block(p)
	b.ID = ""
	return b
}

func (m marker) other(x law.Elsewhere, t *text, p *law.Provision) *OtherWording {
	key := t.head.EditionKey
	o := &OtherWording{
		ID: "x-" + key.Version() + "-" + string(x.Address), Say: m.force(x.Force, x.Text), Lang: key.Lang,
		Edition: Place{m.in(at(editionPath(key), x.Address)), m.loc.T("stand.in", "date", m.loc.Date(key.Date), "dateof", m.loc.DateOf(key.Date))},
	}
	line := m.line(p)
	shown := m.shown.head.EditionKey
	if x.Edition < m.st.Edition {
		o.What, o.Diff = m.loc.T("stand.former"), m.in(comparePath(key, shown))
	} else {
		o.What = m.what(x, p)
		o.Diff = cmp.Or(m.redlines[x.Edition][x.Address], m.redlines[x.Edition]["-"+x.Address], m.in(comparePath(shown, key)))
		if m.shown.places[x.Address] == nil { // a link to the provision leads here
			o.ID = string(x.Address)
		}
		if pair := m.diffs[x.Edition].pairTo(x.Address); pair != nil && pair.Changed() {
			line.Number, line.Spans = "", spans(*pair, both)
		}
	}
	o.Lines = []Block{line}
	return o
}

// what a wording of a later edition is to the shown text.
func (m marker) what(x law.Elsewhere, p *law.Provision) string {
	switch {
	case p.Placeholder():
		return m.loc.T("stand.excluded")
	case x.Shown == "":
		return m.loc.T("stand.added")
	case x.Shown != x.Address:
		return m.loc.T("stand.moved")
	}
	return m.loc.T("stand.reworded")
}

// pairTo is the pair that leads to a provision of the new text; nil where it has none.
func (c *comparison) pairTo(a law.Address) *diffing.Pair {
	if c == nil {
		return nil
	}
	for i := range c.result.Pairs {
		if p := first(c.result.Pairs[i].To); p != nil && p.Address == a {
			return &c.result.Pairs[i]
		}
	}
	return nil
}

// force says how a wording stands. text is the wording, "" where it is the act.
func (m marker) force(f law.Force, text string) ForceView {
	out := ForceView{Status: string(f.Status), Phrase: f.Phrase, Doubts: f.Doubts, Lang: m.shown.head.Lang}
	for _, a := range f.Acts {
		out.Acts = append(out.Acts, ActView{Number: a.Number, Date: m.loc.Short(a.Date), Href: resolve(m.source, a.Href)})
	}
	if len(f.Temporary) > 0 && (len(f.Temporary) > 1 || !sameWords(f.Temporary[0], text)) {
		out.Temporary = f.Temporary
	}
	out.Words = m.words(f, len(out.Temporary) == 0 && len(f.Temporary) > 0)
	if f.Since != "" || f.Until != "" {
		out.Computed = m.computed(f)
	}
	if len(f.Sources) > 0 {
		out.From = m.from(f.Sources[0])
	}
	return out
}

// sameWords compares a wording quoted in another place with a text; the sign at
// its end may differ.
func sameWords(quoted, text string) bool {
	bare := func(s string) string { return strings.TrimRight(law.Fold(s), ` .;,"`) }
	return bare(quoted) == bare(text)
}

// computed tells from which day of publication a day was counted.
func (m marker) computed(f law.Force) string {
	switch f.Basis {
	case "fixed", "until", "edition", "on_signing", "see", "":
		return ""
	}
	day := m.act.Published
	if len(f.Acts) > 0 {
		day = m.days.published(f.Acts[0])
	}
	if day == "" {
		return ""
	}
	return m.loc.T("force.computed", "date", m.loc.Short(day))
}

// from leads to the place that tells of entry into force, where the page has it.
func (m marker) from(s law.Source) *Place {
	if s.Edition == m.shown.head.Date {
		if p := m.shown.places[s.Address]; p != nil {
			return &Place{"#" + string(p.Address), m.cite(p)}
		}
		return nil
	}
	for k, t := range m.docs {
		if p := t.places[s.Address]; p != nil && m.st.list[k].Date == s.Edition {
			return &Place{m.in(at(editionPath(t.head.EditionKey), p.Address)), m.cite(p)}
		}
	}
	return nil
}

// words say the standing in a sentence. temporary is set where the text on the
// page is itself what applies for a time.
func (s *speaker) words(f law.Force, temporary bool) string {
	say := func(key string, since, until law.Date) string {
		return s.loc.T(key, "date", s.loc.Short(since), "datefrom", s.loc.DateFrom(since), "enddate", s.loc.Short(until), "enddateto", s.loc.DateTo(until))
	}
	switch f.Status {
	case law.NotYetInForce:
		switch {
		case f.Since != "" && f.Until != "":
			return say("stand.not_yet_span", f.Since, f.Until)
		case f.Since != "":
			return say("stand.not_yet_since", f.Since, "")
		}
		return s.loc.T("stand.not_yet")
	case law.InForceNow:
		switch {
		case f.Since != "" && f.Until != "":
			return say("stand.in_force_span", f.Since, f.Until)
		case f.Since != "":
			return say("stand.in_force_since", f.Since, "")
		case f.Until != "":
			return say("stand.in_force_until", "", f.Until)
		}
		return s.loc.T("stand.in_force")
	case law.SuspendedNow:
		switch {
		case temporary:
			return say("stand.temporary", "", f.Until)
		case f.Until != "":
			return say("stand.suspended_until", "", f.Until)
		}
		return s.loc.T("stand.suspended")
	case law.LostForceAlready:
		if f.Until != "" {
			return say("stand.lost_since", f.Until, "")
		}
		return s.loc.T("stand.lost")
	}
	return s.loc.T("stand.unclear")
}

// foretold says what a note foretells.
func (m marker) foretold(a law.Announcement) ForceView {
	out := ForceView{Status: announced, Phrase: a.InForce.Phrase, Lang: m.shown.head.Lang, Words: m.loc.T("stand.announced")}
	if a.Day != "" {
		out.Words = m.loc.T("stand.announced_since", "date", m.loc.Short(a.Day), "datefrom", m.loc.DateFrom(a.Day))
	}
	if a.Act.Number != "" {
		out.Acts = []ActView{{Number: a.Act.Number, Date: m.loc.Short(a.Act.Date), Href: resolve(m.source, a.Act.Href)}}
	}
	return out
}
