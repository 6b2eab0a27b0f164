package redline

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/law"
)

//go:embed page.html
var pageSource string

//go:embed style.css
var style string

// HTMLOptions say how HTML writes.
type HTMLOptions struct {
	Lang law.Lang // of what is said around the texts
	All  bool     // also what did not change, and notes
}

// htmlPage is what page.html shows.
type htmlPage struct {
	Lang, TextLang           law.Lang
	Title, From, To, Warning string
	Summary                  string
	Style                    template.CSS
	Pairs                    []htmlPair
	References, Provenance   []string
	Words                    struct{ From, To, References, Source string }
}

type htmlPair struct {
	ID, Place, What string
	Technical       bool
	Runs            []htmlRun
}

type htmlRun struct{ Kind, Text string }

// HTML writes a comparison as one page that needs nothing else: to send, to
// print, to keep.
func HTML(w io.Writer, r *diffing.Result, from, to Meta, o HTMLOptions) error {
	page, err := template.New("page").Parse(pageSource)
	if err != nil {
		return fmt.Errorf("the page was built wrong: %w", err)
	}
	t := wordsIn(o.Lang)
	p := htmlPage{
		Lang: o.Lang, TextLang: r.To.Lang, Title: title(t, to), From: from.name(), To: to.name(),
		Warning: t.warnings[r.Warning], Summary: t.summary(r.Summary), Style: template.CSS(style),
		Provenance: strings.Split(t.provenance(r.Provenance()), "\n"),
	}
	p.Words.From, p.Words.To, p.Words.References, p.Words.Source = t.from, t.to, t.references, t.source
	for k := range r.Pairs {
		if q := &r.Pairs[k]; o.All || q.Changed() && !q.Note {
			p.Pairs = append(p.Pairs, htmlPairOf(&t, q, o.Lang))
		}
	}
	for _, ref := range r.References() {
		p.References = append(p.References, t.reference(r, ref, o.Lang))
	}
	if err := page.Execute(w, p); err != nil {
		return fmt.Errorf("writing the comparison: %w", err)
	}
	return nil
}

func htmlPairOf(t *words, p *diffing.Pair, lang law.Lang) htmlPair {
	h := htmlPair{Place: place(p, lang), What: t.what(p, lang), Technical: p.Technical}
	if p.To != nil && !p.Note {
		h.ID = string(p.To.Provisions[0].Address)
	}
	h.Runs = htmlRuns(p)
	return h
}

func htmlRuns(p *diffing.Pair) (out []htmlRun) {
	for _, r := range runsOf(p) {
		out = append(out, htmlRun{string(r.kind), r.text})
	}
	return out
}

func title(t words, to Meta) string {
	if to.Title == "" {
		return t.comparison
	}
	return t.comparison + ": " + to.Title
}

// name says which text it is: its date, its revision, or the file it came from.
func (m Meta) name() string {
	switch {
	case m.Date == "":
		return m.Ref
	case m.Revision > 0:
		return fmt.Sprintf("%s (%d)", m.Date.Official(), m.Revision)
	}
	return m.Date.Official()
}
