package read

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// Sites is what is known of the official sites the texts come from. cmd fulfils
// it.
type Sites interface {
	// Sites lists them all, whether they were asked or not.
	Sites(ctx context.Context) ([]Site, error)
	// Refused returns the page with that SHA-256; law.ErrNotFound if none was
	// refused.
	Refused(ctx context.Context, sha256 string) (RefusedText, error)
	// Witnesses lists the texts that stand beside editions of an act, as other
	// sources have them, oldest first. Revision counts those of its Source.
	Witnesses(ctx context.Context, act law.ActID) ([]law.EditionHead, error)
	// Witness returns one of them; what it returns never changes.
	Witness(ctx context.Context, source string, key law.EditionKey) (law.Edition, error)
}

// Site is how an official site is read. Points in time are zero for never.
type Site struct {
	Name     string    `json:"source"` // "adilet"
	Address  string    `json:"address"`
	Accepted time.Time `json:"accepted,omitzero"` // a page last came and was good
	// Looked is when the last look on schedule ended, Answered when one last ended
	// that was not broken off.
	Looked   time.Time `json:"looked,omitzero"`
	Answered time.Time `json:"answered,omitzero"`
	Next     time.Time `json:"next,omitzero"`
	// Changed is when a look last brought a new text, Edition the one it brought or
	// stands beside.
	Changed time.Time      `json:"changed,omitzero"`
	Edition law.EditionKey `json:"-"`
	// Failures are looks in a row that were broken off, Outage why the last was.
	Failures int           `json:"failures"`
	Outage   string        `json:"outage,omitempty"`
	Refusals []RefusedPage `json:"refusals"` // newest first
}

// RefusedPage is a page that was not accepted.
type RefusedPage struct {
	Source   string    `json:"source"`
	Act      law.ActID `json:"act"`
	Lang     law.Lang  `json:"lang"`
	URL      string    `json:"url"`
	At       time.Time `json:"at"`
	Kind     string    `json:"kind"` // a row of reasons
	Reason   string    `json:"reason"`
	SHA256   string    `json:"sha256"`
	Accepted bool      `json:"accepted"` // a page from there was accepted since
}

// RefusedText is a refused page, the refusals it met, newest first, and what
// would have been stored: no lines where it could not be read as a text.
type RefusedText struct {
	Pages []RefusedPage
	Title string
	Lines []law.Line
}

// Sources answers the pages on official sites.
type Sources struct {
	*Reader
	diffs *cache[string, *diffing.Result]
}

// NewSources makes the page group.
func NewSources(rd *Reader) *Sources {
	weigh := func(r *diffing.Result) int { return (len(r.From.Provisions) + len(r.To.Provisions)) * provisionWeight }
	return &Sources{rd, newCache[string](16<<20, 2, weigh)}
}

// reasons say in the language of the reader why a page was refused.
func reasons() map[string]string {
	return map[string]string{
		"maintenance": "sources.reason.maintenance", "encoding": "sources.reason.encoding", "no_text": "sources.reason.no_text",
		"cut": "sources.reason.cut", "language": "sources.reason.language", "act": "sources.reason.act", "lost": "sources.reason.lost",
		"edition": "sources.reason.edition", "current": "sources.reason.current", "ahead": "sources.reason.ahead",
		"undated": "sources.reason.undated", "gone": "sources.reason.gone", "elsewhere": "sources.reason.elsewhere",
		"pages": "sources.reason.pages", "site": "sources.reason.site",
	}
}

func (s *speaker) siteName(name string) string {
	switch name {
	case "adilet":
		return s.loc.T("sources.name.adilet")
	case "zan":
		return s.loc.T("sources.name.zan")
	case "":
		return s.loc.T("sources.name.file")
	}
	return name
}

// SourcesPage says how the official sites are read, and where they differ.
type SourcesPage struct {
	page.Layout
	Sites    []SiteView
	Compared []ComparedText
}

// SiteView is one site.
type SiteView struct {
	Name, Address string
	Proper        string // the end of Name, where that is a Kazakh name
	State         string
	Down          bool
	Facts         []SiteFact
	Outage        string // in English, for operators
	Refusals      []RefusalView
}

// SiteFact is a point in time with what it was.
type SiteFact struct {
	Term, Text string
	At         string // for machines
	Link       page.Link
}

// RefusalView is one refused page.
type RefusalView struct {
	At, Text, Why string // Why is in English, for operators
	URL           string
	Href          string // what would have been stored
	Accepted      bool
}

// ComparedText is an edition that two sources have.
type ComparedText struct {
	Act     Phrase
	Edition page.Link
	Told    string
}

// Health shows how the official sites are read.
func (o *Sources) Health(w http.ResponseWriter, r *http.Request) error {
	s, ctx := o.speaker(r), r.Context()
	sites, err := o.sites.Sites(ctx)
	if err != nil {
		return fmt.Errorf("sources: %w", err)
	}
	compared, err := o.compared(ctx)
	if err != nil {
		return err
	}
	if _, asJSON := twin(r.URL.Path); asJSON {
		return o.healthJSON(w, r, sites, compared)
	}
	p := SourcesPage{Layout: o.layout(s, "/sources")}
	p.Title, p.Description, p.JSON = s.loc.T("sources.title"), s.loc.T("sources.about"), "/sources.json"
	p.Picture = true
	p.Crumbs = []page.Link{{Href: s.in(""), Text: s.loc.T("site.name"), Lang: law.KK}, {Text: p.Title}}
	for _, site := range sites {
		v, err := o.site(ctx, s, site)
		if err != nil {
			return err
		}
		p.Sites = append(p.Sites, v)
	}
	for _, c := range compared {
		k := c.edition.EditionKey
		p.Compared = append(p.Compared, ComparedText{
			Act:     titled(c.act, s.ui),
			Edition: page.Link{Href: s.in(besidePath(k)), Text: s.edition(k) + " · " + s.loc.InLanguage(k.Lang)},
			Told:    s.tally(c.tally),
		})
	}
	return o.pages.Render(w, r, http.StatusOK, page.Fresh, s.ui, "sources", p)
}

func (o *Sources) site(ctx context.Context, s *speaker, site Site) (SiteView, error) {
	v := SiteView{Address: site.Address, Outage: site.Outage, Down: site.Failures > 0}
	if v.Name = s.siteName(site.Name); s.ui == law.RU {
		if i := strings.Index(v.Name, "«"); i >= 0 {
			v.Name, v.Proper = v.Name[:i], v.Name[i:]
		}
	}
	switch {
	case v.Down:
		v.State = s.loc.N("sources.outage", site.Failures)
	case site.Answered.IsZero():
		v.State = s.loc.T("sources.never")
	default:
		v.State = s.loc.T("sources.well")
	}
	for _, f := range []struct {
		term string
		at   time.Time
	}{
		{s.loc.T("sources.looked"), site.Looked},
		{s.loc.T("sources.answered"), site.Answered},
		{s.loc.T("sources.accepted_last"), site.Accepted},
		{s.loc.T("sources.next"), site.Next},
	} {
		if !f.at.IsZero() {
			v.Facts = append(v.Facts, s.pointInTime(f.term, f.at))
		}
	}
	if !site.Changed.IsZero() {
		f := s.pointInTime(s.loc.T("sources.changed"), site.Changed)
		act, err := o.store.Act(ctx, site.Edition.Act)
		if err != nil {
			return v, fmt.Errorf("act %s: %w", site.Edition.Act, err)
		}
		f.Link = page.Link{Href: s.in(editionPath(site.Edition)), Text: titled(act, s.ui).Text + ", " + s.edition(site.Edition), Lang: titled(act, s.ui).Lang}
		v.Facts = append(v.Facts, f)
	}
	for _, p := range site.Refusals {
		v.Refusals = append(v.Refusals, s.refusal(p))
	}
	return v, nil
}

func (s *speaker) refusal(p RefusedPage) RefusalView {
	return RefusalView{
		At: s.moment(p.At), Text: s.loc.T(reasons()[p.Kind]), Why: p.Reason, URL: p.URL,
		Href: s.in("/sources/refused/" + p.SHA256), Accepted: p.Accepted,
	}
}

func (s *speaker) pointInTime(term string, t time.Time) SiteFact {
	return SiteFact{Term: term, Text: s.moment(t), At: t.UTC().Format(time.RFC3339)}
}

// moment is a day and an hour as they are in Kazakhstan.
func (s *speaker) moment(t time.Time) string {
	return s.loc.Short(i18n.Day(t)) + ", " + t.In(time.FixedZone("", 5*60*60)).Format("15:04")
}

// checked is when a page of an official site last came and was good; zero for
// never.
func (rd *Reader) checked(ctx context.Context) (last time.Time, err error) {
	if rd.sites == nil {
		return last, nil
	}
	sites, err := rd.sites.Sites(ctx)
	for _, s := range sites {
		if s.Accepted.After(last) {
			last = s.Accepted
		}
	}
	return last, err
}

func (o *Sources) healthJSON(w http.ResponseWriter, r *http.Request, sites []Site, compared []comparedText) error {
	type siteJSON struct {
		Site
		Edition string `json:"edition,omitempty"`
	}
	// The witness is a REF: "zan:Z2400000093@2026-03-02:ru".
	type comparedJSON struct {
		Edition string `json:"edition"`
		Witness string `json:"witness"`
		tally
	}
	both := []comparedJSON{}
	for _, c := range compared {
		both = append(both, comparedJSON{c.edition.EditionKey.String(), c.witness.Source + ":" + c.witness.EditionKey.String(), c.tally})
	}
	out := []siteJSON{}
	for _, s := range sites {
		s.Refusals = orNone(s.Refusals)
		x := siteJSON{Site: s}
		if s.Edition != (law.EditionKey{}) {
			x.Edition = s.Edition.String()
		}
		out = append(out, x)
	}
	return page.WriteJSON(w, r, http.StatusOK, page.Fresh, map[string]any{"sources": out, "compared": both})
}
