package read

import (
	"strings"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
)

// sampleText is the made-up law on one of its dates.
func sampleText(l law.Lang, date law.Date, status law.Status) *text {
	title, lines, err := law.ReadMarkdown(strings.NewReader(sample.Markdown(l, date)))
	if err != nil {
		panic("the sample, which is part of the program, cannot be read: " + err.Error())
	}
	t := &text{doc: law.Build(l, title, lines), places: map[law.Address]*law.Provision{}}
	t.head.EditionKey = law.EditionKey{Act: sample.ActID, Lang: l, Date: date, Status: status}
	for _, p := range t.doc.Provisions {
		t.places[p.Address] = p
	}
	return t
}

// sampleTexts fills in what is made of law texts, by the same way as on the pages
// themselves. Links lead to the component: the made-up law stands nowhere.
func (s *speaker) sampleTexts(p *StyleguidePage) {
	first, second := sampleText(s.ui, sample.First, law.Enacted), sampleText(s.ui, sample.Second, law.Enacted)
	proposed := sampleText(s.ui, sample.Proposed, law.Proposed)
	r := diffing.Compare(first.doc, second.doc)
	c := &comparison{from: first, to: second, result: r, changes: group(r)}
	w := writer{view: view{speaker: s}, c: c, sheet: 1}
	for _, st := range w.steps() {
		if e := st.Entry; e != nil {
			e.still("#redline")
			p.Redlines = append(p.Redlines, e)
		}
		if st.Fold != nil && p.Fold == nil {
			p.Fold = st.Fold
			p.Fold.Href = ""
		}
	}
	w.mode = "side"
	for _, ch := range c.list {
		if ch.pairs[0].Kind == diffing.Edited && !ch.technical {
			p.Side = w.entry(ch)
			p.Side.still("#side")
			p.Side.ID = "side-sample"
			break
		}
	}
	p.Ribbon = s.ribbon(barsOfBoth(c), tallRibbon, ribbonHead, func(*law.Provision) string { return "#ribbon" })
	v := view{speaker: s}
	for _, u := range second.doc.Provisions {
		if a := u.Article(); a != nil && a != u && a.Number == "4" {
			p.Provisions = append(p.Provisions, v.block(u))
		}
	}
	for i := range p.Provisions {
		for j, sp := range p.Provisions[i].Spans {
			if sp.Kind == "link" {
				p.Provisions[i].Spans[j] = Span{Text: sp.Text}
			}
		}
	}
	p.Parallel = s.sampleParallel(second)
	p.Outcomes = s.sampleOutcomes(first, second)
	for _, t := range []*text{proposed, second, first} {
		k := t.head.EditionKey
		p.Editions = append(p.Editions, Choice{Text: s.edition(k), Href: "#time", Current: t == second, First: t == first})
		p.Points = &Points{Action: s.in("/styleguide")}
	}
	for i, t := range []*text{first, second, proposed} {
		k := t.head.EditionKey
		p.Points.List = append(p.Points.List, Point{Value: k.Version(), Day: s.brief(k), Name: s.edition(k), Enacted: k.Status == law.Enacted, IsFrom: i == 0, IsTo: i == 1})
	}
}

// still takes the links off an entry.
func (e *Entry) still(to string) {
	e.Old, e.New, e.Past = to, to, ""
	for i := range e.Places {
		e.Places[i].Href = to
	}
	for i := range e.Basis {
		e.Basis[i].Href = ""
	}
}

// sampleParallel is the beginning of an article in two languages.
func (s *speaker) sampleParallel(own *text) []ParallelRow {
	other := law.KK
	if s.ui == law.KK {
		other = law.RU
	}
	texts := [2]*text{own, sampleText(other, sample.Second, law.Enacted)}
	var out []ParallelRow
	for _, row := range sideBySide(texts) {
		if u := oneOfRow(row); u.Article() != nil && u.Article().Number == "4" && len(out) < 3 {
			r := s.parallelRow(texts, row)
			r.ID = "parallel-" + r.ID
			out = append(out, r)
		}
	}
	if len(out) > 0 {
		out[len(out)-1].Cells[1] = nil // as where one text lacks a provision
	}
	return out
}

// sampleOutcomes are a proposal adopted, one refused and one that waits.
func (s *speaker) sampleOutcomes(base, proposed *text) []OutcomeItem {
	var out []OutcomeItem
	for i, enacted := range []*text{proposed, base, nil} {
		var doc *law.Document
		x := trio{base: base.head.EditionKey, proposed: proposed.head.EditionKey}
		if enacted != nil {
			doc, x.enacted = enacted.doc, enacted.head.EditionKey
		}
		o := &outcome{base: base, proposed: proposed, enacted: enacted, result: diffing.Outcome(base.doc, proposed.doc, doc)}
		v := outcomeView{writer: writer{view: view{speaker: s}}, x: x, o: o, basis: map[law.Address]*change{}}
		item := v.item(1)
		item.N, item.ID, item.Elsewhere = i+1, "outcome-"+item.Status, nil
		for j := range item.Columns {
			item.Columns[j].Href = ""
		}
		out = append(out, item)
	}
	return out
}
