package redline

import (
	"fmt"
	"io"
	"time"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/internal/ooxml"
	"github.com/tuzetu/tuzetu/law"
)

// OutcomeDOCX writes what became of a proposal as a table to print and to hand
// out: where and what became of it, then the base, proposed and enacted texts
// side by side. Words that came are bold and underlined, words that went struck
// through; nothing is a tracked change, since there is nothing to accept.
func OutcomeDOCX(w io.Writer, out *diffing.OutcomeResult, lang law.Lang, at time.Time) error {
	t, common := outcomeWordsIn(lang), wordsIn(lang)
	doc := ooxml.NewDocument(ooxml.Properties{
		Title: t.title, Author: docxAuthor, Lang: lang, Created: at, Landscape: true,
		FirstHeader: []string{common.source}, Header: t.title,
	})
	text := out.Base.Lang
	doc.Add(ooxml.Block{Style: ooxml.Title, Runs: []ooxml.Run{{Text: t.title}}})
	if title := out.Base.Title; title != "" {
		doc.Add(ooxml.Block{Style: ooxml.Body, Runs: []ooxml.Run{{Text: title, Lang: text}}})
	}
	doc.Add(ooxml.Block{Style: ooxml.Body, Runs: []ooxml.Run{{Text: t.summary(out)}}})
	if len(out.Items) > 0 {
		doc.AddTable(t.itemsTable(out, lang))
	}
	if len(out.Unasked) > 0 {
		doc.Add(ooxml.Block{Style: ooxml.Heading1, Runs: []ooxml.Run{{Text: t.unasked}}})
		rows := make([]ooxml.Row, 0, len(out.Unasked))
		for _, p := range out.Unasked {
			rows = append(rows, ooxml.Row{Cells: []ooxml.Cell{
				tableCell(ooxml.Run{Text: place(p, lang), Bold: true}, ooxml.Run{Text: "\n" + common.what(p, lang)}),
				tableCell(markedRuns(p, text)...),
			}})
		}
		doc.AddTable(ooxml.Table{Widths: []int{2, 9}, Rows: rows})
	}
	if _, err := doc.WriteTo(w); err != nil {
		return fmt.Errorf("writing the outcome: %w", err)
	}
	return nil
}

// itemsTable has a row a proposed change, under a head that every page repeats.
func (t *outcomeWords) itemsTable(out *diffing.OutcomeResult, lang law.Lang) ooxml.Table {
	head := ooxml.Row{Header: true}
	for _, name := range []string{"", t.base, t.proposed, t.enacted} {
		head.Cells = append(head.Cells, ooxml.Cell{Blocks: []ooxml.Block{{Style: ooxml.TableHead, Runs: []ooxml.Run{{Text: name}}}}})
	}
	table := ooxml.Table{Widths: []int{2, 3, 3, 3}, Rows: []ooxml.Row{head}}
	text := out.Base.Lang
	absent := tableCell(ooxml.Run{Text: t.absent, Italic: true})
	for k := range out.Items {
		it := &out.Items[k]
		base, proposed, enacted := absent, absent, absent
		if it.Proposed.From != nil {
			base = tableCell(ooxml.Run{Text: it.Proposed.From.Text, Lang: text})
		}
		proposed = tableCell(markedRuns(it.Proposed, text)...)
		if it.Enacted != nil {
			enacted = tableCell(markedRuns(it.Enacted, text)...)
		}
		table.Rows = append(table.Rows, ooxml.Row{Cells: []ooxml.Cell{
			tableCell(ooxml.Run{Text: it.Provision.Cite().In(lang), Bold: true}, ooxml.Run{Text: "\n" + t.verdict(out, it, lang)}),
			base, proposed, enacted,
		}})
	}
	return table
}

func tableCell(runs ...ooxml.Run) ooxml.Cell {
	return ooxml.Cell{Blocks: []ooxml.Block{{Style: ooxml.TableText, Runs: runs}}}
}

// markedRuns shows the marks of a pair by look alone.
func markedRuns(p *diffing.Pair, lang law.Lang) []ooxml.Run {
	var out []ooxml.Run
	for _, r := range runsOf(p) {
		out = append(out, ooxml.Run{
			Text: r.text, Lang: lang,
			Bold: r.kind == diffing.Insert, Underline: r.kind == diffing.Insert, Strike: r.kind == diffing.Delete,
		})
	}
	return out
}
