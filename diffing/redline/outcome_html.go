package redline

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/law"
)

//go:embed outcome.html
var outcomeSource string

type outcomePage struct {
	Lang, TextLang         law.Lang
	Title, Summary, Source string
	Style                  template.CSS
	Items                  []outcomeRow
	Unasked                []htmlPair
	Words                  struct{ Base, Proposed, Enacted, Unasked, Absent string }
}

type outcomeRow struct {
	ID, Place, Verdict, Base string
	Proposed, Enacted        []htmlRun
	Asked, Done              string // what was proposed and what was enacted: moved, split, …
}

// OutcomeHTML writes what became of a proposal as one page that stands alone:
// base, proposed and enacted text side by side.
func OutcomeHTML(w io.Writer, out *diffing.OutcomeResult, o HTMLOptions) error {
	page, err := template.New("outcome").Parse(outcomeSource)
	if err != nil {
		return fmt.Errorf("the page was built wrong: %w", err)
	}
	t, common := outcomeWordsIn(o.Lang), wordsIn(o.Lang)
	p := outcomePage{
		Lang: o.Lang, TextLang: out.Base.Lang, Title: t.title, Summary: t.summary(out), Source: common.source,
		Style: template.CSS(style),
	}
	p.Words.Base, p.Words.Proposed, p.Words.Enacted = t.base, t.proposed, t.enacted
	p.Words.Unasked, p.Words.Absent = t.unasked, t.absent
	for k := range out.Items {
		it := &out.Items[k]
		row := outcomeRow{
			ID: string(it.Provision.Address), Place: it.Provision.Cite().In(o.Lang), Verdict: t.verdict(out, it, o.Lang),
			Proposed: htmlRuns(it.Proposed), Asked: common.became(it.Proposed, o.Lang),
		}
		if it.Proposed.From != nil {
			row.Base = it.Proposed.From.Text
		}
		if it.Enacted != nil {
			row.Enacted, row.Done = htmlRuns(it.Enacted), common.became(it.Enacted, o.Lang)
		}
		p.Items = append(p.Items, row)
	}
	for _, q := range out.Unasked {
		p.Unasked = append(p.Unasked, htmlPairOf(&common, q, o.Lang))
	}
	if err := page.Execute(w, p); err != nil {
		return fmt.Errorf("writing the outcome: %w", err)
	}
	return nil
}
