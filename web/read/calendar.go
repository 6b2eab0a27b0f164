package read

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// CalendarPage is the timeline of an act: drawn, and as a list.
type CalendarPage struct {
	page.Layout
	Title    Phrase
	ActHref  string
	Calendar *Calendar
	Others   []page.Link // the same told by texts in another language
	Sample   bool
}

// Calendar is what happened and is to happen to an act.
type Calendar struct {
	Drawing *Drawing
	Past    []CalendarDay
	Today   law.Date
	Coming  []CalendarDay // after today
	Undated []CalendarItem
	Href    string   // of the whole timeline, where this is a part of it
	Lang    law.Lang // of the texts
}

// CalendarDay is a day of the calendar.
type CalendarDay struct {
	ID, Name string
	Href     string // the text as of this day; "" before the first edition
	Items    []CalendarItem
}

// CalendarItem is one thing that happened.
type CalendarItem struct {
	Kind   string // chooses the drawing
	Words  string
	Href   string // of an edition
	Diff   string // what it changed
	Act    *ActView
	Units  []Place
	More   int // units that are not listed
	Phrase string
}

// Headed is what happened, where it begins a line.
func (i CalendarItem) Headed() string { return capital(i.Words) }

const (
	// unitsShown is how many units of one event are listed.
	unitsShown = 12
	// recent is how many past days an act's page shows.
	recent = 4
)

// Timeline shows the calendar of an act.
func (rd *Reader) Timeline(w http.ResponseWriter, r *http.Request) error {
	s := rd.speaker(r)
	name, asJSON := twin(r.PathValue("lang"))
	act, all, err := rd.act(r.Context(), s, r.PathValue("act"))
	if err != nil {
		return err
	}
	lang, err := law.ParseLang(name)
	if err != nil {
		return s.noLanguage(all, err)
	}
	list := all.in(lang).official()
	if len(list) == 0 {
		return rd.noEdition(s, all, law.EditionKey{Act: act.ID, Status: law.Enacted, Lang: lang})
	}
	days, err := rd.gazette(r.Context())
	if err != nil {
		return err
	}
	c, err := rd.texts.calendar(r.Context(), act, list, days)
	if err != nil {
		return err
	}
	if asJSON {
		return page.WriteJSON(w, r, http.StatusOK, page.Fresh, c.json(act.ID, lang, rd.today()))
	}
	p := CalendarPage{
		Layout: rd.layout(s, timelinePath(act.ID, lang)), ActHref: s.in(actPath(act.ID)), Title: titled(act, s.ui),
		Calendar: s.calendar(act, c, rd.today()), Sample: act.Sample,
	}
	p.Picture = true
	p.Layout.Title = s.loc.T("cal.title", "act", p.Title.Text)
	p.Description, p.Section, p.JSON = s.loc.T("cal.about"), "law", p.Path+".json"
	p.Crumbs = []page.Link{{Href: s.in(""), Text: s.loc.T("site.name"), Lang: law.KK}, {Href: p.ActHref, Text: p.Title.Text, Lang: p.Title.Lang}, {Text: s.loc.T("cal.crumb")}}
	for _, l := range all.langs() {
		if l != lang && len(all.in(l).official()) > 0 {
			p.Others = append(p.Others, page.Link{Href: s.in(timelinePath(act.ID, l)), Text: s.loc.InLanguage(l)})
		}
	}
	return rd.pages.Render(w, r, http.StatusOK, page.Fresh, s.ui, "timeline", p)
}

func timelinePath(id law.ActID, lang law.Lang) string {
	return actPath(id) + "/timeline/" + string(lang)
}

// calendarShort is the calendar for the page of an act: the last days and all
// that is to come; nil while it is still being read.
func (rd *Reader) calendarShort(ctx context.Context, s *speaker, act law.Act, list editions, lang law.Lang) (*Calendar, error) {
	days, err := rd.gazette(ctx)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	wait, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	c, err := rd.texts.calendar(wait, act, list, days)
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	out := s.calendar(act, c, rd.today())
	out.Href = s.in(timelinePath(act.ID, lang))
	out.Past = out.Past[max(0, len(out.Past)-recent):]
	return out, nil
}

func (s *speaker) calendar(act law.Act, c *calendar, today law.Date) *Calendar {
	out := &Calendar{Today: today, Lang: c.list[0].Lang}
	first := c.list[0].Date
	var day *CalendarDay
	var last law.Date
	for _, e := range c.events {
		item := s.calendarItem(c, e)
		if e.Day == "" {
			out.Undated = append(out.Undated, item)
			continue
		}
		if day == nil || e.Day != last {
			days := &out.Past
			if e.Day > today {
				days = &out.Coming
			}
			*days = append(*days, CalendarDay{ID: "d-" + string(e.Day), Name: s.loc.Date(e.Day)})
			day, last = &(*days)[len(*days)-1], e.Day
			if e.Day >= first {
				day.Href = s.in(dayPath(act.ID, e.Day, c.list[0].Lang))
			}
		}
		day.Items = append(day.Items, item)
	}
	out.Drawing = s.drawing(c, out, today)
	return out
}

func (s *speaker) calendarItem(c *calendar, e law.Event) CalendarItem {
	h := c.list[e.Edition]
	out := CalendarItem{Kind: string(e.Kind), Words: s.happened(e), Phrase: e.Phrase}
	if e.Kind == law.EventEdition {
		out.Words, out.Href = s.edition(h.EditionKey), s.in(editionPath(h.EditionKey))
		if e.Edition > 0 {
			out.Diff = s.in(comparePath(c.list[e.Edition-1].EditionKey, h.EditionKey))
		}
	}
	if e.Act.Number != "" {
		out.Act = &ActView{Number: e.Act.Number, Date: s.loc.Short(e.Act.Date), Href: resolve(h.SourceURL, e.Act.Href)}
	}
	units := outermost(e.Addresses)
	for i, a := range units {
		if i == unitsShown {
			out.More = len(units) - i
			break
		}
		out.Units = append(out.Units, Place{s.in(at(editionPath(h.EditionKey), a)), cited(a).In(s.ui)})
	}
	return out
}

// outermost leaves out units inside others of the list.
func outermost(list []law.Address) []law.Address {
	return slices.DeleteFunc(slices.Clone(list), func(a law.Address) bool {
		return slices.ContainsFunc(list, func(b law.Address) bool { return strings.HasPrefix(string(a), string(b)+"__") })
	})
}

// happened names an event; what concerns some units is told from what concerns
// the whole act.
func (s *speaker) happened(e law.Event) string {
	switch e.Kind {
	case law.EventAdopted:
		return s.loc.T("cal.adopted")
	case law.EventPublished:
		return s.loc.T("cal.published")
	case law.EventEntersForce:
		if len(e.Addresses) > 0 {
			return s.loc.T("cal.enters_units")
		}
		return s.loc.T("cal.enters")
	case law.EventAmended:
		return s.loc.T("cal.amended")
	case law.EventResumed:
		return s.loc.T("cal.resumed")
	case law.EventExpires:
		return s.loc.T("cal.expires")
	case law.EventLostForce:
		return s.loc.T("cal.lost")
	}
	return s.loc.T("cal.announced")
}

// cited is an address in words, without the text it belongs to.
func cited(a law.Address) law.Citation {
	kinds := map[string]law.Kind{
		"sec": law.Section, "subsec": law.Subsection, "chp": law.Chapter, "dvs": law.Division, "art": law.Article,
		"para": law.Paragraph, "subpara": law.Subparagraph, "row": law.Table,
	}
	var out law.Citation
	for _, step := range strings.Split(string(a), "__") {
		step, _, _ = strings.Cut(step, "~")
		name, number, _ := strings.Cut(step, "_")
		kind, known := kinds[name]
		if !known {
			kind = law.Kind(name)
		}
		s := law.Step{Kind: kind, Number: number}
		switch kind {
		case law.Part, law.Indent, law.Table, law.Preamble, law.Signature, law.Text:
			s.Number = ""
			s.Ordinal, _ = strconv.Atoi(number)
		}
		out = append(out, s)
	}
	return out
}

// Cited is cited for pages of another group.
func Cited(a law.Address) law.Citation { return cited(a) }

// calendarJSON is the timeline for programs.
type calendarJSON struct {
	ID       law.ActID   `json:"id"`
	Lang     law.Lang    `json:"lang"`
	Known    law.Date    `json:"known"` // the day this was answered
	Editions []string    `json:"editions"`
	Events   []eventJSON `json:"events"` // by day, those without one last
}

type eventJSON struct {
	Day       law.Date      `json:"day"`
	Kind      law.EventKind `json:"kind"`
	Edition   string        `json:"edition"` // it was first read in
	Act       *law.NoteAct  `json:"act"`
	Addresses []law.Address `json:"addresses"` // none: the whole act
	Phrase    string        `json:"phrase"`
	Basis     string        `json:"basis"`
	Sources   []law.Source  `json:"sources"`
}

func (c *calendar) json(act law.ActID, lang law.Lang, today law.Date) calendarJSON {
	out := calendarJSON{ID: act, Lang: lang, Known: today, Events: []eventJSON{}}
	for _, h := range c.list {
		out.Editions = append(out.Editions, h.Version())
	}
	for _, e := range c.events {
		x := eventJSON{e.Day, e.Kind, out.Editions[e.Edition], nil, orNone(e.Addresses), e.Phrase, e.Basis, orNone(e.Sources)}
		if e.Act.Number != "" {
			x.Act = &e.Act
		}
		out.Events = append(out.Events, x)
	}
	return out
}
