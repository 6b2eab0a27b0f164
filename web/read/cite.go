package read

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// CitePage says how to quote an edition, or a provision of one, so that the link
// holds, and how to verify that the text is the one that was quoted.
type CitePage struct {
	page.Layout
	ActTitle Phrase
	ActHref  string
	Heading  string // what is quoted
	Sub      string // its edition and language
	Lang     law.Lang
	Said     []CiteSentence
	Href     string       // the permanent address, as it is printed
	Open     string       // the same, to go there
	Quote    string       // the provision's own text; "" for a whole edition
	Ordinal  bool         // the address counts units that have no number
	History  string       // of the provision
	Newer    *page.Notice // a later revision of the same date, which the address does not mean
	Ref      string       // name of the edition for the program
	File     string       // its text in an export
	TextSHA  string
	RawSHA   string
	Source   string
	Fetched  time.Time
	Day      string // of receipt
	Clock    string
	Commands string // that verify it
	Sample   bool
}

// Headed is what the page is about, where it begins a line.
func (p CitePage) Headed() string { return capital(p.Sub) }

// CiteSentence is a citation ready to be copied.
type CiteSentence struct {
	Lang law.Lang
	Name string // of the language
	Text string
}

func citePath(k law.EditionKey) string { return editionPath(k) + "/cite" }

// Cite shows how to quote an edition, or the provision named by ?at=.
func (rd *Reader) Cite(w http.ResponseWriter, r *http.Request) error {
	what, asJSON := twin(r.PathValue("what"))
	if what != "cite" {
		return page.ErrNoPage
	}
	s := rd.speaker(r)
	act, all, err := rd.act(r.Context(), s, r.PathValue("act"))
	if err != nil {
		return err
	}
	lang, err := law.ParseLang(r.PathValue("lang"))
	if err != nil {
		return s.noLanguage(all, err)
	}
	key, err := rd.edition(s, act, all, r.PathValue("version"), lang)
	if err != nil {
		return err
	}
	p, err := rd.citePage(r.Context(), s, act, all, key, law.Address(r.URL.Query().Get("at")), origin(rd.pages.Base(), r))
	if err != nil {
		return err
	}
	if asJSON {
		return page.WriteJSON(w, r, http.StatusOK, page.Fresh, p.json(key))
	}
	return rd.pages.Render(w, r, http.StatusOK, page.Fresh, s.ui, "cite", p)
}

// origin is that of the site as it is configured, else as this visitor reaches it:
// a citation without it leads nowhere.
func origin(base string, r *http.Request) string {
	switch {
	case base != "":
		return base
	case r.TLS != nil:
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

func (rd *Reader) citePage(ctx context.Context, s *speaker, act law.Act, all editions, key law.EditionKey, want law.Address, base string) (CitePage, error) {
	t, err := rd.texts.text(ctx, key)
	if err != nil {
		return CitePage{}, err
	}
	text := sha256.Sum256([]byte(t.doc.Markdown()))
	p := CitePage{
		ActTitle: titled(act, s.ui), ActHref: s.in(actPath(act.ID)), Heading: capital(s.edition(key)), Lang: key.Lang, Sample: act.Sample,
		Ref: key.String(), File: key.Version() + "." + string(key.Lang) + ".md", TextSHA: hex.EncodeToString(text[:]), RawSHA: t.head.SHA256,
		Source: t.head.SourceURL, Fetched: t.head.FetchedAt.UTC(),
	}
	p.Commands = "tuzetu export " + string(act.ID) + " -o export\ncd export\nsha256sum -c SHA256SUMS\ngrep " + p.File + " SHA256SUMS"
	p.Sub = s.loc.T("cite.text_in", "language", s.loc.InLanguage(key.Lang))
	var unit *law.Provision
	if want != "" {
		if unit = t.places[want]; unit == nil {
			return p, rd.noPlace(ctx, s, key, want)
		}
		p.Sub = s.edition(key) + ", " + p.Sub
		p.Heading, p.Quote = capital(s.cite(unit)), unit.Text
		for _, step := range unit.Cite() {
			p.Ordinal = p.Ordinal || step.Number == "" && step.Ordinal > 0
		}
		if key.Status == law.Enacted {
			p.History = s.pastOf(key, want)
		}
	}
	p.Open = s.in(at(editionPath(key), want))
	p.Href = base + p.Open
	p.Said = rd.sentences(act, key, unit, base)
	if h, ok := all.in(key.Lang).filter(func(h law.EditionHead) bool { return h.Date == key.Date && h.Status == key.Status }).newest(); ok && h.Revision > key.Revision {
		p.Newer = &page.Notice{Title: s.loc.T("cite.newer"), Links: []page.Link{{Href: s.in(citePath(h.EditionKey)), Text: s.loc.T("cite.newer_open")}}}
	}
	p.Day = s.loc.Date(i18n.Day(p.Fetched))
	p.Clock = p.Fetched.Format("15:04:05") + " UTC"
	p.Layout = rd.layout(s, citePath(key))
	if want != "" {
		p.Query = "at=" + url.QueryEscape(string(want))
	}
	p.Title = s.loc.T("cite.title", "what", p.Heading, "act", p.ActTitle.Text)
	p.Description, p.Section, p.JSON = s.loc.T("cite.lead"), "law", p.Path+".json"
	p.Crumbs = []page.Link{
		{Href: s.in(""), Text: s.loc.T("site.name"), Lang: law.KK},
		{Href: p.ActHref, Text: p.ActTitle.Text, Lang: p.ActTitle.Lang},
		{Href: s.in(editionPath(key)), Text: s.edition(key)},
		{Text: s.loc.T("cite.crumb")},
	}
	return p, nil
}

// sentences cite in every language; the address leads to the interface of that
// language.
func (rd *Reader) sentences(act law.Act, key law.EditionKey, unit *law.Provision, base string) []CiteSentence {
	var out []CiteSentence
	for _, l := range law.Langs {
		s := &speaker{ui: l, loc: rd.pages.Locale(l)}
		name := s.loc.T("cite.named", "title", titled(act, l).Text)
		if r := strings.TrimSuffix(requisites(act, l).Text, "."); r != "" {
			name = s.loc.T("cite.act", "requisites", r, "title", titled(act, l).Text)
		}
		var a law.Address
		text := s.loc.T("cite.edition", "act", name, "edition", s.edition(key))
		if unit != nil {
			a = unit.Address
			text = s.loc.T("cite.unit", "act", name, "unit", s.cite(unit), "edition", s.edition(key))
		}
		if key.Lang != s.ui {
			text += ", " + s.loc.T("cite.text_in", "language", s.loc.InLanguage(key.Lang))
		}
		today := i18n.Day(rd.now())
		read := s.loc.Short(today)
		if l == law.EN { // 03.05 is the fifth of March to many
			read = s.loc.Date(today)
		}
		out = append(out, CiteSentence{s.ui, s.loc.InLanguage(s.ui), s.loc.T("cite.sentence",
			"text", text, "href", base+s.in(at(editionPath(key), a)), "day", read)})
	}
	return out
}

// citeJSON is the JSON twin of a citation page.
type citeJSON struct {
	Edition   string              `json:"edition"` // for the program's commands
	Address   law.Address         `json:"address"` // "" for the whole edition
	Citations map[law.Lang]string `json:"citations"`
	Permanent string              `json:"permanent"`
	Exact     bool                `json:"address_exact_within_edition_only"`
	File      string              `json:"file"` // in what `tuzetu export` writes
	TextSHA   string              `json:"text_sha256"`
	RawSHA    string              `json:"raw_sha256"`
	Source    string              `json:"source"`
	Fetched   time.Time           `json:"fetched_at"`
}

func (p *CitePage) json(key law.EditionKey) citeJSON {
	q, _ := url.ParseQuery(p.Query)
	out := citeJSON{
		Edition: key.String(), Address: law.Address(q.Get("at")), Citations: map[law.Lang]string{}, Permanent: p.Href, Exact: p.Ordinal,
		File: p.File, TextSHA: p.TextSHA, RawSHA: p.RawSHA, Source: p.Source, Fetched: p.Fetched,
	}
	for _, c := range p.Said {
		out.Citations[c.Lang] = c.Text
	}
	return out
}
