package read

import (
	"context"
	"net/http"
	"time"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// ActPage is an act with its editions.
type ActPage struct {
	page.Layout
	Act        law.Act
	Title      Phrase
	Requisites Phrase
	Card       Card
	Languages  []page.Link // the page with texts in another language
	Lang       law.Lang    // of the texts
	LangName   string
	Alone      bool
	Ribbon     *Ribbon
	Latest     *Latest
	Picker     Picker
	Sample     bool
	Bare       bool        // known by its facts only: there is no text, nor a proposal
	Amended    []page.Link // then: the editions of other acts that it brought
	DayForm    DayForm
	Calendar   *Calendar // in short
	Pending    bool      // it is still being read
	Revised    []Revised
	Dossiers   []page.Link // public ones about the act
}

// Card is an act in short.
type Card struct {
	Title      Phrase
	Requisites Phrase
	Href       string
	Read       string // the newest text
	Compare    string // the last change, "" with one edition
	Chapters   int
	Articles   int
	Provisions int
	Editions   int
	Newest     string
	Choices    []Choice // the last few, newest first
	More       bool     // there are older ones
	Sample     bool
	Empty      bool // followed, but no text came in yet
}

// Latest is what the newest edition changed.
type Latest struct {
	Act     Phrase
	Day     law.Date
	Count   int
	Href    string
	Entries []*Entry
	More    int
	Lang    law.Lang // of the texts
	Basis   string
	Lead    bool // it heads the page
}

const (
	// latestShown is how many changes stand on a page before a link to all.
	latestShown = 5
	// cardEditions is how many editions a card lists.
	cardEditions = 4
)

// Act shows an act with its editions; with ?edition= it opens one of them.
func (rd *Reader) Act(w http.ResponseWriter, r *http.Request) error {
	s := rd.speaker(r)
	name, asJSON := twin(r.PathValue("act"))
	act, all, err := rd.act(r.Context(), s, name)
	if err != nil {
		return err
	}
	if asJSON {
		return page.WriteJSON(w, r, http.StatusOK, page.Fresh, rd.actJSON(s, act, all))
	}
	q := r.URL.Query()
	lang, err := law.ParseLang(q.Get("lang"))
	if err != nil || len(all.in(lang)) == 0 {
		lang = all.language(s.ui)
	}
	if q.Has("day") {
		return rd.askedDay(w, r, s, act, all, lang)
	}
	if version := q.Get("edition"); version != "" {
		key, err := rd.edition(s, act, all, version, lang)
		if err != nil {
			return err
		}
		http.Redirect(w, r, s.in(editionPath(key)), http.StatusSeeOther)
		return nil
	}
	p, err := rd.actPage(r.Context(), s, act, all, lang)
	if err != nil {
		return err
	}
	cache := page.Fresh
	if p.Pending {
		cache = page.Never
	}
	return rd.pages.Render(w, r, http.StatusOK, cache, s.ui, "act", p)
}

// Version sends a reader of an edition without a language to the best one.
func (rd *Reader) Version(w http.ResponseWriter, r *http.Request) error {
	s := rd.speaker(r)
	act, all, err := rd.act(r.Context(), s, r.PathValue("act"))
	if err != nil {
		return err
	}
	key, err := law.ParseVersion(r.PathValue("version"))
	if err != nil {
		return rd.noDate(s, act, all, r.PathValue("version"), err)
	}
	key.Act = act.ID
	for _, l := range order(s.ui) {
		key.Lang = l
		if _, ok := all.find(key); ok {
			http.Redirect(w, r, s.in(editionPath(key)), http.StatusFound)
			return nil
		}
	}
	key, day, err := rd.asked(s, act, all, r.PathValue("version"), all.language(s.ui))
	if err != nil {
		return err
	}
	http.Redirect(w, r, s.in(dayPath(act.ID, day, key.Lang)), http.StatusFound)
	return nil
}

func (rd *Reader) actPage(ctx context.Context, s *speaker, act law.Act, all editions, lang law.Lang) (ActPage, error) {
	here := actPath(act.ID)
	p := ActPage{
		Layout: rd.layout(s, here), Act: act, Title: titled(act, s.ui), Requisites: requisites(act, s.ui),
		Lang: lang, LangName: s.loc.InLanguage(lang), Alone: len(all.langs()) == 1, Sample: act.Sample,
	}
	p.Layout.Title, p.Description = p.Title.Text, p.Requisites.Text
	p.Section, p.JSON, p.Feed = "law", here+".json", here
	p.Picture, p.Layout.Card, p.Data = true, len(all) > 0, s.actData(&p.Layout, act, all)
	p.Crumbs = []page.Link{{Href: s.in(""), Text: s.loc.T("site.name"), Lang: law.KK}, {Text: p.Title.Text, Lang: p.Title.Lang}}
	if lang != all.language(s.ui) {
		p.Query = "lang=" + string(lang)
	}
	for _, l := range all.langs() {
		if l != lang {
			p.Languages = append(p.Languages, page.Link{Href: s.in(here) + "?lang=" + string(l), Text: s.loc.InLanguage(l)})
		}
	}
	var err error
	if p.Dossiers, err = rd.dossiers(ctx, s, act.ID); err != nil {
		return p, err
	}
	if len(all) == 0 {
		p.Bare = true
		p.Amended, err = rd.amendedBy(ctx, s, act.ID)
		return p, err
	}
	if p.Card, err = rd.card(ctx, s, act, all, lang); err != nil {
		return p, err
	}
	if p.Ribbon, err = rd.ribbon(ctx, s, all, lang); err != nil {
		return p, err
	}
	if p.Latest, err = rd.latest(ctx, s, act, all, lang); err != nil {
		return p, err
	}
	newest, ok := all.in(lang).official().newest()
	if !ok {
		newest, _ = all.in(lang).newest()
	}
	p.Picker = s.picker(act, all, newest.EditionKey)
	p.DayForm = rd.dayForm(s, act, lang, rd.today())
	if p.Revised, err = rd.revised(ctx, s, act, all, lang, newsAct); err != nil {
		return p, err
	}
	official := all.in(lang).official()
	p.Calendar, err = rd.calendarShort(ctx, s, act, official, lang)
	p.Pending = p.Calendar == nil && len(official) > 0
	return p, err
}

// amendedBy lists the changes whose source names an act as what brought them.
func (rd *Reader) amendedBy(ctx context.Context, s *speaker, id law.ActID) ([]page.Link, error) {
	acts, lists, err := rd.followed(ctx)
	if err != nil {
		return nil, err
	}
	var out []page.Link
	for i, a := range acts {
		for _, h := range lists[i].in(lists[i].language(s.ui)).official() {
			if actOf(h.CauseHref) != id {
				continue
			}
			href, t := editionPath(h.EditionKey), titled(a, s.ui)
			if prev, ok := lists[i].before(h.EditionKey); ok {
				href = comparePath(prev.EditionKey, h.EditionKey)
			}
			out = append(out, page.Link{Href: s.in(href), Text: s.loc.T("edition.title", "act", t.Text, "edition", s.edition(h.EditionKey))})
		}
	}
	return out, nil
}

// card is an act in short.
func (rd *Reader) card(ctx context.Context, s *speaker, act law.Act, all editions, lang law.Lang) (Card, error) {
	c := Card{
		Title: titled(act, s.ui), Requisites: requisites(act, s.ui), Href: s.in(actPath(act.ID)),
		Editions: len(all.in(lang).official()), Sample: act.Sample,
	}
	newest, ok := all.in(lang).official().newest()
	if !ok {
		c.Empty = true
		return c, nil
	}
	t, err := rd.texts.text(ctx, newest.EditionKey)
	if err != nil {
		return c, err
	}
	for _, u := range t.doc.Provisions {
		switch u.Kind {
		case law.Chapter:
			c.Chapters++
		case law.Article:
			c.Articles++
		}
	}
	c.Provisions = len(t.doc.Provisions)
	c.Newest = s.edition(newest.EditionKey)
	c.Read = s.in(editionPath(newest.EditionKey))
	if prev, ok := all.before(newest.EditionKey); ok {
		c.Compare = s.in(comparePath(prev.EditionKey, newest.EditionKey))
	}
	c.Choices = s.picker(act, all, newest.EditionKey).Choices
	if len(c.Choices) > cardEditions {
		c.Choices, c.More = c.Choices[:cardEditions], true
	}
	return c, nil
}

// ribbon is of the newest text of an act; nil where there is none.
func (rd *Reader) ribbon(ctx context.Context, s *speaker, all editions, lang law.Lang) (*Ribbon, error) {
	newest, ok := all.in(lang).official().newest()
	if !ok {
		return nil, nil
	}
	t, err := rd.texts.text(ctx, newest.EditionKey)
	if err != nil {
		return nil, err
	}
	touched, err := rd.touched(ctx, all, t)
	if err != nil {
		return nil, err
	}
	path := s.in(editionPath(newest.EditionKey))
	return s.ribbon(barsOf(t, touched), tallRibbon, ribbonHead, func(u *law.Provision) string { return at(path, u.Address) }), nil
}

// latest is what the newest edition changed; nil with one edition.
func (rd *Reader) latest(ctx context.Context, s *speaker, act law.Act, all editions, lang law.Lang) (*Latest, error) {
	newest, ok := all.in(lang).official().newest()
	if !ok {
		return nil, nil
	}
	prev, ok := all.before(newest.EditionKey)
	if !ok {
		return nil, nil
	}
	c, err := rd.texts.compare(ctx, prev.EditionKey, newest.EditionKey)
	if err != nil {
		return nil, err
	}
	days, err := rd.gazette(ctx)
	if err != nil {
		return nil, err
	}
	path := comparePath(prev.EditionKey, newest.EditionKey)
	l := &Latest{Act: titled(act, s.ui), Day: newest.Date, Href: s.in(path), Lang: lang, Basis: newest.Cause}
	w := writer{view: view{s, newest.SourceURL, days}, c: c, path: path}
	for _, ch := range c.list {
		if ch.technical {
			continue
		}
		l.Count++
		if len(l.Entries) < latestShown {
			e := w.entry(ch)
			e.ID = w.here(entryID(ch))
			e.Lines = e.Lines[:1]
			e.Lines[0].Spans = excerpt(e.Lines[0].Spans)
			l.Entries = append(l.Entries, e)
		}
	}
	l.More = l.Count - len(l.Entries)
	return l, nil
}

// actJSON is the JSON twin of an act's page.
type actJSON struct {
	Act        law.ActID           `json:"act"`
	Titles     map[law.Lang]string `json:"titles"`
	Requisites map[law.Lang]string `json:"requisites"`
	Adopted    law.Date            `json:"adopted"`
	Sample     bool                `json:"sample,omitempty"`
	Href       string              `json:"href"`
	Editions   []editionJSON       `json:"editions"`
}

type editionJSON struct {
	Version  string     `json:"version"`
	Status   law.Status `json:"status"`
	Date     law.Date   `json:"date"`
	Revision int        `json:"revision"`
	Lang     law.Lang   `json:"lang"`
	Title    string     `json:"title"`
	Cause    string     `json:"cause"`
	Source   string     `json:"source"`
	Fetched  time.Time  `json:"fetched"`
	SHA256   string     `json:"sha256"`
	Href     string     `json:"href"`
}

func (rd *Reader) actJSON(s *speaker, act law.Act, all editions) actJSON {
	out := actJSON{
		Act: act.ID, Titles: act.Titles, Requisites: act.Requisites, Adopted: act.Adopted, Sample: act.Sample,
		Href: rd.pages.Base() + s.in(actPath(act.ID)), Editions: []editionJSON{},
	}
	for _, h := range all {
		out.Editions = append(out.Editions, editionJSON{
			h.Version(), h.Status, h.Date, h.Revision, h.Lang, h.Title, h.Cause, h.SourceURL, h.FetchedAt, h.SHA256,
			rd.pages.Base() + s.in(editionPath(h.EditionKey)),
		})
	}
	return out
}
