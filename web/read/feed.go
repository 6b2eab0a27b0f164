package read

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

const (
	// feedEntries stand in a feed, newest first: those who follow a law read more
	// often than it changes twenty times.
	feedEntries = 20
	// feedChanges stand in an entry; the others are counted and linked.
	feedChanges = 20
	// tagDate is when the addresses of entries were first given out (RFC 4151: a
	// day on which the host was the site's own). It never changes.
	tagDate = "2026"
)

// feed is an Atom feed (RFC 4287).
type feed struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang     law.Lang    `xml:"xml:lang,attr"`
	ID       string      `xml:"id"`
	Title    string      `xml:"title"`
	Subtitle string      `xml:"subtitle,omitempty"`
	Updated  string      `xml:"updated"`
	Author   feedAuthor  `xml:"author"`
	Links    []feedLink  `xml:"link"`
	Entries  []feedEntry `xml:"entry"`
}

type feedAuthor struct {
	Name string `xml:"name"`
}

type feedLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type feedEntry struct {
	ID        string     `xml:"id"`
	Title     string     `xml:"title"`
	Published string     `xml:"published,omitempty"`
	Updated   string     `xml:"updated"`
	Links     []feedLink `xml:"link"`
	Summary   string     `xml:"summary"`
	Content   feedHTML   `xml:"content"`
	at        time.Time
}

type feedHTML struct {
	Type string   `xml:"type,attr"`
	Lang law.Lang `xml:"xml:lang,attr"`
	Body string   `xml:",chardata"`
}

// FeedContent is the HTML of a feed's entry.
type FeedContent struct {
	Cause   string
	Lang    law.Lang // of the texts
	Changes []FeedChange
	Left    int
	Href    string
	Source  string
}

// FeedChange is a change in a feed.
type FeedChange struct {
	Cite, Href string
	Signs      []Sign
	Spans      []Span
}

// news is a text that came in: a new edition, a correction of one, a proposal.
type news struct {
	act      law.Act
	all      editions
	from, to law.EditionHead
	first    bool // there is none before it
}

// newsOf are the texts of an act in a language, oldest first, each with the one
// it followed or set out to change.
func newsOf(act law.Act, all editions, lang law.Lang) []news {
	var out []news
	for _, h := range all.in(lang) {
		n := news{act: act, all: all, to: h}
		before, ok := all.before(h.EditionKey)
		if h.Status != law.Enacted {
			if before, ok = all.ground(h.EditionKey); !ok {
				continue
			}
		}
		n.from, n.first = before, !ok
		out = append(out, n)
	}
	return out
}

// Feed is of the changes of all acts.
func (rd *Reader) Feed(w http.ResponseWriter, r *http.Request) error {
	s := rd.speaker(r)
	acts, lists, err := rd.followed(r.Context())
	if err != nil {
		return err
	}
	var all []news
	for i, a := range acts {
		all = append(all, newsOf(a, lists[i], lists[i].language(s.ui))...)
	}
	return rd.sendFeed(w, r, s, "", s.loc.T("feed.all"), all)
}

// ActFeed is of the changes of an act.
func (rd *Reader) ActFeed(w http.ResponseWriter, r *http.Request) error {
	s := rd.speaker(r)
	act, all, err := rd.act(r.Context(), s, r.PathValue("act"))
	if err != nil {
		return err
	}
	t := titled(act, s.ui)
	return rd.sendFeed(w, r, s, actPath(act.ID), s.loc.T("feed.act", "act", t.Text), newsOf(act, all, all.language(s.ui)))
}

func (rd *Reader) sendFeed(w http.ResponseWriter, r *http.Request, s *speaker, path, title string, all []news) error {
	slices.SortStableFunc(all, func(a, b news) int {
		if c := strings.Compare(string(b.to.Date), string(a.to.Date)); c != 0 {
			return c
		}
		return b.to.Revision - a.to.Revision
	})
	var entries []feedEntry
	for _, n := range all[:min(len(all), feedEntries)] {
		e, err := rd.newsEntry(r.Context(), s, n)
		if err != nil {
			return err
		}
		entries = append(entries, e)
	}
	return s.writeFeed(w, r, path, title, entries)
}

// newsEntry tells what a text changed.
func (rd *Reader) newsEntry(ctx context.Context, s *speaker, n news) (feedEntry, error) {
	k := n.to.EditionKey
	e := s.feedEntry(n.to, string(k.Act)+"/"+k.Version()+"/"+string(k.Lang))
	e.Title = s.loc.T("edition.title", "act", titled(n.act, s.ui).Text, "edition", s.edition(k))
	content := FeedContent{Cause: n.to.Cause, Lang: k.Lang, Source: resolve("", n.to.SourceURL)}
	path := editionPath(k)
	if n.first {
		e.Summary = s.loc.T("edition.first")
	} else {
		c, err := rd.texts.compare(ctx, n.from.EditionKey, k)
		if err != nil {
			return e, err
		}
		path = comparePath(n.from.EditionKey, k)
		e.Summary = s.loc.N("compare.count", c.real())
		w := writer{view: view{speaker: s}, c: c, path: path}
		for _, ch := range c.list {
			switch {
			case ch.technical:
			case len(content.Changes) == feedChanges:
				content.Left++
			default:
				content.Changes = append(content.Changes, FeedChange{
					Cite: capital(w.citeChange(ch)), Href: s.frame.Origin + w.here(entryID(ch)), Signs: w.signs(ch),
					Spans: excerpt(spans(ch.showing(), both)),
				})
			}
		}
	}
	content.Href = s.frame.Origin + s.in(path)
	e.Links = []feedLink{{Rel: "alternate", Type: "text/html", Href: content.Href}}
	return e, rd.fillEntry(s, &e, content)
}

// HistoryFeed is of the wordings of a provision in a language.
func (rd *Reader) HistoryFeed(lang law.Lang) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		return rd.historyFeed(w, r, lang)
	}
}

func (rd *Reader) historyFeed(w http.ResponseWriter, r *http.Request, lang law.Lang) error {
	s := rd.speaker(r)
	x, err := rd.told(r.Context(), s, r.PathValue("act"), r.PathValue("address"), string(lang), "", feedEntries)
	if err != nil {
		return err
	}
	var entries []feedEntry
	for _, word := range x.wordings {
		k := word.head.EditionKey
		e := s.feedEntry(word.head, string(k.Act)+"/"+k.Version()+"/"+string(k.Lang)+"/"+string(word.at))
		e.Title = s.loc.T("edition.title", "act", word.cite, "edition", s.edition(k))
		content := FeedContent{
			Cause: word.head.Cause, Lang: k.Lang, Source: resolve("", word.head.SourceURL),
			Href: s.frame.Origin + s.in(at(editionPath(k), word.at)),
		}
		e.Summary = s.loc.T("kind.edited")
		if word.first {
			e.Summary = s.loc.T("edition.first")
		}
		for i, line := range word.lines {
			c := FeedChange{Spans: line}
			if i == 0 {
				c.Cite, c.Href = word.cite, content.Href
			}
			content.Changes = append(content.Changes, c)
		}
		e.Links = []feedLink{{Rel: "alternate", Type: "text/html", Href: content.Href}}
		if err := rd.fillEntry(s, &e, content); err != nil {
			return err
		}
		entries = append(entries, e)
	}
	title := s.loc.T("feed.unit", "act", titled(x.act, s.ui).Text, "unit", x.cite)
	return s.writeFeed(w, r, x.path(), title, entries)
}

// feedEntry is the entry of a text. Its id holds while the host does; another
// revision of the text is another entry.
func (s *speaker) feedEntry(h law.EditionHead, id string) feedEntry {
	e := feedEntry{ID: s.tag(id), at: h.FetchedAt.UTC(), Updated: h.FetchedAt.UTC().Format(time.RFC3339)}
	if day, ok := h.Date.Time(); ok {
		// a law's day begins at midnight in Kazakhstan, see i18n.Day
		e.Published = day.Format(time.DateOnly) + "T00:00:00+05:00"
	}
	return e
}

// fillEntry writes the HTML of an entry and makes its words harmless.
func (rd *Reader) fillEntry(s *speaker, e *feedEntry, c FeedContent) error {
	for i := range c.Changes {
		for j := range c.Changes[i].Spans {
			c.Changes[i].Spans[j].Text = page.Plain(c.Changes[i].Spans[j].Text)
		}
	}
	c.Cause = page.Plain(c.Cause)
	b, err := rd.pages.Fill(s.ui, "feed", c)
	if err != nil {
		return err
	}
	e.Title, e.Summary = page.Plain(e.Title), page.Plain(e.Summary)
	e.Content = feedHTML{Type: "html", Lang: s.ui, Body: strings.TrimSpace(string(b))}
	return nil
}

// tag is an id that no other site gives (RFC 4151): the host of this one, without
// its port, and a name of ours.
func (s *speaker) tag(name string) string {
	_, host, _ := strings.Cut(s.frame.Origin, "://")
	if i := strings.LastIndex(host, ":"); i > strings.LastIndex(host, "]") {
		host = host[:i]
	}
	return "tag:" + strings.Trim(host, "[]") + "," + tagDate + ":" + string(s.ui) + "/" + name
}

// writeFeed sends a feed. It was updated when the newest of its texts came in; one
// without texts on the day its ids were first given out.
func (s *speaker) writeFeed(w http.ResponseWriter, r *http.Request, path, title string, entries []feedEntry) error {
	o := s.frame.Origin
	f := feed{
		Lang: s.ui, ID: s.tag("feed" + path), Title: page.Plain(title), Subtitle: s.frame.Funder, Author: feedAuthor{s.loc.T("site.name")},
		Links: []feedLink{
			{Rel: "self", Type: "application/atom+xml", Href: o + s.in(path) + "/feed.atom"},
			{Rel: "alternate", Type: "text/html", Href: o + s.in(path)},
		},
		Entries: entries,
	}
	came := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for i, e := range entries {
		if i == 0 || e.at.After(came) {
			came = e.at
		}
	}
	f.Updated = came.Format(time.RFC3339)
	var b bytes.Buffer
	b.WriteString(xml.Header)
	if err := xml.NewEncoder(&b).Encode(f); err != nil {
		return fmt.Errorf("feed: %w", err)
	}
	page.Write(w, r, http.StatusOK, "application/atom+xml; charset=utf-8", page.Fresh, b.Bytes())
	return nil
}
