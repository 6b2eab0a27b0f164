package proposal

import (
	"slices"
	"strings"

	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/drafting/edit"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/read"
)

// row is a provision on the page, with what can be done there.
func (e *editor) row(at law.Address, all map[law.Lang]*compared, change *edit.Change, comments []dossiers.TeamComment) Row {
	was, gone := strings.CutPrefix(string(at), "-")
	row := Row{At: at, ID: "p-" + string(at), Label: string(at), Gone: gone, Fault: e.faults[at], Open: e.faults[at] != ""}
	for _, lang := range e.langs {
		c := all[lang]
		cell := Cell{Lang: lang, LangName: e.v.loc.Language(lang), Name: field(textField, lang, string(at)), SumName: field(sumField, lang, string(at))}
		if gone {
			if pair := c.gone[law.Address(was)]; pair != nil {
				cell.Spans = read.Redline(*pair)
				row.Label = pair.From.Provisions[0].Cite().In(e.v.ui)
			}
			row.Cells = append(row.Cells, cell)
			continue
		}
		p := c.doc.Find(at)
		kept, has := e.w.typed(lang, at)
		if p == nil {
			cell.Missing = !has
			cell.Text = kept.Text
			if has {
				cell.Error = refusalText(e.v.loc, &edit.Refusal{Code: edit.NotFound})
			}
		} else {
			row.Label = p.Cite().In(e.v.ui)
			cell.Text, cell.Sum, cell.Base, cell.Live = p.Text, sum(p.Text), p.Text, true
			if pair := c.pairs[at]; pair != nil {
				cell.Spans, cell.Base = read.Redline(*pair), ""
				cell.Live = len(pair.To.Provisions) == 1 && (pair.From == nil || len(pair.From.Provisions) == 1)
				if pair.From != nil {
					cell.Base = pair.From.Text
				}
			} else {
				cell.Spans = []read.Span{{Text: p.Text}}
			}
			if has {
				cell.Text, cell.Stands = kept.Text, p.Text
				if kept.Moved {
					cell.Take, cell.Error = field(takeField, lang, string(at)), e.v.loc.T("prop.both_kept")
				} else {
					cell.Error = e.refusal(cell.Name, c.doc, at, kept.Text)
				}
			}
		}
		cell.Rows = rowsFor(cell.Text, len(e.langs))
		row.Cells = append(row.Cells, cell)
	}
	if change != nil {
		row.Word = e.word(change)
		row.Why = e.why(changeOf(change))
	}
	if !gone {
		e.operations(&row, all[e.langs[0]].doc)
	}
	open := 0
	for _, c := range comments {
		if c.Address == law.Address(was) && c.DoneBy == "" {
			open++
		}
	}
	text := e.v.loc.T("prop.talk")
	if open > 0 {
		text = e.v.loc.N("prop.talk_open", open)
	}
	row.Talk = &page.Link{Href: e.v.at("/comments") + "?at=" + was, Text: text}
	return row
}

// refusal is why a text cannot stand at a provision.
func (e *editor) refusal(name string, doc *law.Document, at law.Address, text string) string {
	if why := e.t.refused[name]; why != nil {
		return refusalText(e.v.loc, why)
	}
	_, refused := edit.ReplaceAll(doc, []edit.Words{{At: at, Text: text}})
	if why := refused[0]; why != nil {
		return refusalText(e.v.loc, why)
	}
	return e.v.loc.T("prop.waits")
}

// operations offers what can be done with a provision.
func (e *editor) operations(row *Row, doc *law.Document) {
	p := doc.Find(row.At)
	if p == nil {
		return
	}
	at := string(row.At)
	row.Number, row.To, row.As = e.f.Get("num-"+at), e.f.Get("to-"+at), e.f.Get("as-"+at)
	row.Cut = p.Kind != law.Article
	chosen := e.f.Get("place-" + at)
	offer := func(side edit.Side, k law.Kind, key string) {
		n, err := edit.NextNumber(doc, edit.Place{Side: side, At: p.Address}, k)
		if err != nil {
			return
		}
		unit := e.v.loc.T("prop.unit_part")
		if k == law.Indent {
			unit = e.v.loc.T("prop.unit_indent")
		}
		if n != "" {
			unit = law.Citation{{Kind: k, Number: n}}.In(e.v.ui)
		}
		value := string(side) + "|" + string(k)
		row.Places = append(row.Places, page.Option{Value: value, Text: e.v.loc.T(key, "unit", unit), Current: value == chosen})
	}
	offer(edit.After, p.Kind, "prop.place.after")
	for _, k := range inside(p.Kind) {
		offer(edit.Under, k, "prop.place.under")
	}
	offer(edit.Before, p.Kind, "prop.place.before")
	for _, lang := range e.langs {
		name := field("in", lang, at)
		row.Inputs = append(row.Inputs, Input{lang, e.v.loc.Language(lang), name, e.f.Get(name)})
	}
	for _, s := range [...]struct {
		side edit.Side
		text string
	}{{edit.After, e.v.loc.T("prop.side.after")}, {edit.Before, e.v.loc.T("prop.side.before")}, {edit.Under, e.v.loc.T("prop.side.under")}} {
		row.Sides = append(row.Sides, page.Option{Value: string(s.side), Text: s.text, Current: e.f.Get("side-"+at) == string(s.side)})
	}
}

// inside are the kinds of units that may stand in one of a kind.
func inside(k law.Kind) []law.Kind {
	switch k {
	case law.Chapter, law.Section, law.Division:
		return []law.Kind{law.Article}
	case law.Article:
		return []law.Kind{law.Paragraph, law.Part, law.Subparagraph}
	case law.Paragraph:
		return []law.Kind{law.Subparagraph, law.Part}
	case law.Part:
		return []law.Kind{law.Subparagraph}
	case law.Subparagraph:
		return []law.Kind{law.Indent}
	}
	return nil
}

// why is the form of a change's reason.
func (e *editor) why(of dossiers.Change) *Why {
	r, has := e.w.Reason(of)
	key := keyOf(of)
	out := &Why{Open: has}
	for _, lang := range e.langs {
		f := WhyField{Name: field(whyField, lang, key), SumName: field(whySum, lang, key), Sum: sum(r.Text[lang]), Value: r.Text[lang], Lang: lang,
			Label: e.v.loc.T("prop.why", "lang", e.v.loc.Language(lang))}
		e.tooLong(&f)
		out.Fields = append(out.Fields, f)
	}
	text := dossiers.SourceLines(r.Sources, e.v.ui)
	out.Sources = WhyField{Name: sourceField + "-" + key, SumName: sourceSum + "-" + key, Sum: sum(text), Value: text, Label: e.v.loc.T("prop.sources")}
	e.tooLong(&out.Sources)
	return out
}

func (e *editor) tooLong(f *WhyField) {
	if slices.Contains(e.t.long, f.Name) {
		f.Value, f.Error = e.f.Get(f.Name), e.v.loc.T("prop.too_long")
	}
}
