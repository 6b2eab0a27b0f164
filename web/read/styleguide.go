package read

import (
	"net/http"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// StyleguidePage shows every component once, with the made-up law: what a page is
// built of, and what it must look like. Its texts are samples and say so.
type StyleguidePage struct {
	page.Layout
	Contents   []page.Link
	Colours    []string // tokens
	Glyphs     []string // rows of letters every family must have
	Families   []string
	Sizes      []string
	Provisions []Block
	Ribbon     *Ribbon
	Redlines   []*Entry
	Side       *Entry
	Parallel   []ParallelRow
	Fold       *Fold
	Outcomes   []OutcomeItem
	Statuses   []Status
	Editions   []Choice
	Points     *Points
	Cards      []page.Card
	Fields     []page.Field
	Table      page.Table
	Tabs       page.Tabs
	Pager      []page.Tab
	Notices    []page.Notice
	Empty      page.Empty
	Lang       law.Lang // of the sample texts
}

// Status is what became of a proposal, with its drawing.
type Status struct{ Status, Text string }

// The letters that must come from our own fonts: those of Kazakh that Russian
// has not, and the signs of legal texts.
const (
	kazakhLetters = "ӘәҒғҚқҢңӨөҰұҮүҺһІі"
	legalSigns    = "№«»“”—–§…0123456789()Ёё"
	cyrillic      = "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя"
)

// Styleguide shows the components.
func (rd *Reader) Styleguide(w http.ResponseWriter, r *http.Request) error {
	s := rd.speaker(r)
	p := StyleguidePage{
		Layout: rd.layout(s, "/styleguide"), Lang: s.ui,
		Colours:  []string{"paper", "sheet", "ink", "ink-2", "ink-3", "rule", "rule-strong", "blue", "blue-ink", "blue-wash", "red", "red-ink", "red-wash"},
		Glyphs:   []string{kazakhLetters, legalSigns, cyrillic},
		Families: []string{"serif", "display", "sans"},
		Sizes:    []string{"t-3xl", "t-2xl", "t-xl", "t-l", "t-law", "t-m", "t-s", "t-xs"},
	}
	p.Title = s.loc.T("styleguide")
	p.Description = s.loc.T("styleguide.lead")
	p.Crumbs = []page.Link{{Href: s.in(""), Text: s.loc.T("site.name"), Lang: law.KK}, {Text: p.Title}}
	p.Contents = []page.Link{
		{Href: "#colour", Text: s.loc.T("styleguide.colour")},
		{Href: "#type", Text: s.loc.T("styleguide.type")},
		{Href: "#provision", Text: s.loc.T("styleguide.provision")},
		{Href: "#ribbon", Text: s.loc.T("styleguide.ribbon")},
		{Href: "#redline", Text: s.loc.T("styleguide.redline")},
		{Href: "#side", Text: s.loc.T("styleguide.side")},
		{Href: "#parallel", Text: s.loc.T("styleguide.parallel")},
		{Href: "#outcome", Text: s.loc.T("styleguide.outcome")},
		{Href: "#time", Text: s.loc.T("styleguide.time")},
		{Href: "#card", Text: s.loc.T("styleguide.card")},
		{Href: "#form", Text: s.loc.T("styleguide.form")},
		{Href: "#table", Text: s.loc.T("styleguide.table")},
		{Href: "#tabs", Text: s.loc.T("styleguide.tabs")},
		{Href: "#notice", Text: s.loc.T("styleguide.notice")},
		{Href: "#empty", Text: s.loc.T("styleguide.empty")},
	}
	s.sampleTexts(&p)
	s.sampleControls(&p)
	return rd.pages.Render(w, r, http.StatusOK, page.Kept, s.ui, "styleguide", p)
}

// AnyStyleguide leads to the style guide in a language of the visitor's.
func (rd *Reader) AnyStyleguide(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Vary", "Accept-Language, Cookie")
	http.Redirect(w, r, rd.speaker(r).in("/styleguide"), http.StatusFound)
	return nil
}

// sampleControls fills in what holds no law text.
func (s *speaker) sampleControls(p *StyleguidePage) {
	t := s.loc.T
	for _, st := range []string{"adopted", "adopted_changed", "partly", "rejected", "opposite", "unclear", "pending", "unasked"} {
		p.Statuses = append(p.Statuses, Status{st, t("status." + st)})
	}
	p.Tabs = page.Tabs{Label: t("compare.views"), List: []page.Tab{
		{Href: "#tabs", Text: t("view.inline"), Current: true}, {Href: "#tabs", Text: t("view.side")}, {Href: "#tabs", Text: t("view.before")}, {Href: "#tabs", Text: t("view.after")},
	}}
	p.Pager = []page.Tab{{Href: "#tabs", Text: "1", Rel: "prev"}, {Href: "#tabs", Text: "2", Current: true}, {Href: "#tabs", Text: "3", Rel: "next"}}
	p.Notices = []page.Notice{
		{Title: t("newer.not_enacted"), Links: []page.Link{{Href: "#notice", Text: t("newer.open")}, {Href: "#notice", Text: t("newer.compare")}}},
		{Kind: "warning", Title: t("compare.unlike")},
		{Kind: "overhalf", Title: t("norms.over", "share", s.loc.Percent(0.62)), Texts: []string{t("norms.over_law")}},
	}
	p.Empty = page.Empty{Text: t("compare.none"), Links: []page.Link{{Href: "#empty", Text: t("card.read")}, {Href: "#empty", Text: t("compare.choose")}}}
	fact := func(key string, n int) page.Fact { return page.Fact{Value: s.loc.Number(n), Word: s.loc.N(key, n)} }
	p.Cards = []page.Card{{
		Kick: t("latest"), Title: page.Link{Href: "#card", Text: t("sample.title")}, Text: t("sample.text"),
		Facts: []page.Fact{fact("figs.chapters", 4), fact("figs.articles", 21), fact("figs.editions", 2)},
		Links: []page.Link{{Href: "#card", Text: t("card.read")}, {Href: "#card", Text: t("card.compare")}},
	}}
	p.Fields = []page.Field{
		{ID: "f-edition", Name: "edition", Kind: "select", Label: t("picker.edition"), Options: []page.Option{{Value: "2026-02-01", Text: s.loc.Date("2026-02-01"), Current: true}, {Value: "2025-03-01", Text: s.loc.Date("2025-03-01")}}},
		{ID: "f-day", Name: "day", Label: t("picker.edition"), Value: "2026-02-30", Hint: t("problem.date.text"), Error: t("missing.day", "day", "2026-02-30"), Required: true},
		{ID: "f-text", Name: "text", Kind: "textarea", Label: t("outcome.pick_proposed"), Hint: t("sample.text")},
	}
	p.Table = page.Table{
		Caption: t("glossary"),
		Head:    []string{t("glossary.term"), t("lang.kk"), t("lang.ru"), t("lang.en")},
		Rows: [][]page.Cell{
			{{Text: t("unit.article")}, {Text: "бап", Lang: law.KK}, {Text: "статья", Lang: law.RU}, {Text: "article", Lang: law.EN}},
			{{Text: t("outcome.number")}, {Text: "түзету", Lang: law.KK}, {Text: "поправка", Lang: law.RU}, {Text: "amendment", Lang: law.EN}},
		},
	}
}
