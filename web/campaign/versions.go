package campaign

import (
	"net/http"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/read"
)

// VersionsPage is the history of the text that is signed.
type VersionsPage struct {
	page.Layout
	Heading  read.Phrase
	Versions []Version // the current one first
	Back     string
}

// Version is one text and what is new in it.
type Version struct {
	N       int
	SHA256  string
	Since   law.Date // it is offered to be signed; "" where that was not noted
	Current bool
	Changes []Rewritten // against the version before
	Whole   []Passage   // of the first version
	Law     *page.Link  // what is new in the text of the law that is asked for
}

// Rewritten is a part of the text as a redline.
type Rewritten struct {
	Name  string
	Lang  law.Lang
	Lines [][]read.Span
}

// Passage is a part of the text as it stands.
type Passage struct {
	Name  string
	Lang  law.Lang
	Lines []string
}

// Versions shows every version of the text and what changed.
func (c *Collector) Versions(w http.ResponseWriter, r *http.Request) error {
	v, err := c.asked(r)
	if err != nil {
		return err
	}
	p := VersionsPage{Layout: c.layoutOf(r, v, "/text", v.loc.T("versions.crumb")), Heading: v.said(v.text.Title), Back: v.at("")}
	p.Description = v.loc.T("versions.lead")
	var before campaigns.TextVersion
	for n := 1; n <= v.Version; n++ {
		text, err := c.Store.Text(r.Context(), v.ID, n)
		if err != nil {
			return err
		}
		x := Version{N: n, SHA256: text.SHA256, Since: text.Since, Current: n == v.Version}
		if n == 1 {
			x.Whole = v.whole(text.Text)
		} else {
			x.Changes, x.Law = v.rewritten(before.Text, text.Text), v.lawRewritten(before.Text, text.Text)
		}
		before = text
		p.Versions = append([]Version{x}, p.Versions...)
	}
	return c.pages.Render(w, r, http.StatusOK, page.Fresh, v.ui, "campaign_text", p)
}

// part is one part of a text, in every language there is.
type part struct {
	name  string
	words func(campaigns.Text) campaigns.Words
}

func (v view) partsOfText() []part {
	return []part{
		{v.loc.T("versions.title"), func(t campaigns.Text) campaigns.Words { return t.Title }},
		{v.loc.T("versions.ask"), func(t campaigns.Text) campaigns.Words { return t.Ask }},
		{v.loc.T("campaign.decides"), func(t campaigns.Text) campaigns.Words { return t.Target }},
		{v.loc.T("campaign.why"), func(t campaigns.Text) campaigns.Words { return t.Story }},
	}
}

// whole is a text in the language of the interface, or the next best.
func (v view) whole(t campaigns.Text) []Passage {
	var out []Passage
	for _, p := range v.partsOfText() {
		if s := v.said(p.words(t)); s.Text != "" {
			out = append(out, Passage{p.name, s.Lang, paragraphs(s.Text)})
		}
	}
	return out
}

// rewritten is what differs between two texts, in the language of the interface
// first: what is signed is the text in all of them.
func (v view) rewritten(from, to campaigns.Text) []Rewritten {
	var out []Rewritten
	langs := []law.Lang{v.ui}
	for _, l := range law.Langs {
		if l != v.ui {
			langs = append(langs, l)
		}
	}
	for _, l := range langs {
		for _, p := range v.partsOfText() {
			if lines := read.Rewritten(l, page.Plain(p.words(from)[l]), page.Plain(p.words(to)[l])); len(lines) > 0 {
				out = append(out, Rewritten{p.name + v.unless(l), l, lines})
			}
		}
	}
	return out
}

// unless names a language that is not that of the interface.
func (v view) unless(l law.Lang) string {
	if l == v.ui {
		return ""
	}
	return " " + v.loc.InLanguage(l)
}

// lawRewritten leads to what is new in the text of the law that is asked for, or
// to that text where it is of another act; nil where it is the same.
func (v view) lawRewritten(from, to campaigns.Text) *page.Link {
	if to.Proposed == from.Proposed && to.Base == from.Base || to.Proposed == "" {
		return nil
	}
	a, errA := law.ParseEditionKey(from.Proposed)
	b, errB := law.ParseEditionKey(to.Proposed)
	if base, err := law.ParseEditionKey(to.Base); errA != nil || a.Act != b.Act || a.Lang != b.Lang || to.Proposed == from.Proposed {
		if a = base; err != nil {
			return nil
		}
	}
	if errB != nil {
		return nil
	}
	return &page.Link{Href: "/" + string(v.ui) + read.ComparePath(a, b), Text: v.loc.T("versions.law")}
}
