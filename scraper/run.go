package scraper

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/scraper/fetch"
)

// Getter gets pages; *fetch.Fetcher is one.
type Getter interface {
	Get(ctx context.Context, url string, v fetch.Validators) (fetch.Response, error)
}

// Options say what to bring in. All but Langs, Latest and Progress must be
// given.
type Options struct {
	Act    law.ActID
	Langs  []law.Lang // empty: all
	Latest bool       // only the current edition

	Source Source
	Getter Getter
	Store  Store
	Now    func() time.Time

	Progress func(Progress)
}

// Run brings one act in: its facts, its editions in every language, the facts
// of the acts that amended it.
//
// What is stored once is not fetched again unless the site says it has changed.
// A page is remembered only when everything it brought is stored, so a run that
// was killed is completed by the next one. A page that is missing or not
// accepted is a line of the report and no error; the last good edition stays.
// Errors are a store that fails, a site that cannot be reached
// (fetch.ErrUnavailable, fetch.ErrCertificate), a done ctx, and law.ErrNotFound
// for an act of which the site has no text at all. The report is good in every
// case, up to there.
func Run(ctx context.Context, o Options) (Report, error) {
	if len(o.Langs) == 0 {
		o.Langs = law.Langs[:]
	}
	r := &run{Options: o, report: Report{Act: o.Act}, asked: map[law.ActID]bool{o.Act: true}}
	err := r.act(ctx)
	return r.report, err
}

// run is one Run under way.
type run struct {
	Options
	report Report
	total  int
	heads  []law.EditionHead  // what the store holds of the act, oldest first
	asked  map[law.ActID]bool // acts whose facts were asked for
}

// inLang is what the site has of the act in one language.
type inLang struct {
	lang    law.Lang
	page    page         // of the current text
	history page         // fresh or same only if rows are its own
	rows    []HistoryRow // editions, oldest first
	info    Info
}

func (r *run) act(ctx context.Context) (err error) {
	if r.heads, err = r.Store.Editions(ctx, r.Act); err != nil {
		return fmt.Errorf("what is stored of %s: %w", r.Act, err)
	}
	r.total = len(r.Langs)
	var there []*inLang
	for _, lang := range r.Langs {
		l, err := r.look(ctx, lang)
		if err != nil {
			return err
		}
		if l != nil {
			there = append(there, l)
		}
	}
	if len(there) == 0 {
		return fmt.Errorf("%s has no act %s in any of %v: %w", r.Source.Name(), r.Act, r.Langs, law.ErrNotFound)
	}
	borrowRows(there)
	for _, l := range there {
		r.total += len(l.rows) - 1
	}
	for _, l := range there {
		if err := r.editions(ctx, l); err != nil {
			return err
		}
	}
	return nil
}

// look finds out what there is in a language: the current text, the list of
// editions, the facts. It returns nil where there is no text.
func (r *run) look(ctx context.Context, lang law.Lang) (*inLang, error) {
	l := &inLang{lang: lang}
	known := slices.ContainsFunc(r.heads, func(h law.EditionHead) bool { return h.Lang == lang && h.Status == law.Enacted })
	item := Item{Kind: TextPage, Act: r.Act, Lang: lang, URL: r.Source.TextURL(r.Act, lang)}
	var err error
	if l.page, err = r.get(ctx, item, known); err != nil {
		return nil, err
	}
	if l.page.state == missing {
		item.Reason = "no text in this language"
		r.done(item, Missing)
		return nil, r.remember(ctx, l.page)
	}
	r.total += 2
	if err := r.history(ctx, l, known); err != nil {
		return nil, err
	}
	return l, r.info(ctx, l, known)
}

func (r *run) history(ctx context.Context, l *inLang, known bool) error {
	item := Item{Kind: HistoryPage, Act: r.Act, Lang: l.lang, URL: r.Source.HistoryURL(r.Act, l.lang)}
	p, err := r.get(ctx, item, known)
	if err != nil {
		return err
	}
	switch p.state {
	case missing:
		r.done(item, Missing)
		return r.remember(ctx, p)
	case same:
		// The visit was remembered only because every edition it listed is stored.
		l.history, l.rows = p, r.storedRows(l.lang)
		item.Fetched = p.fetched
		r.done(item, Unchanged)
		return nil
	case fresh:
		h, err := r.Source.ParseHistory(p.resp.Body, p.resp.ContentType, r.Act)
		if err != nil {
			return r.refuse(ctx, item, p, err.Error())
		}
		if h.Act != "" && h.Act != r.Act {
			return r.refuse(ctx, item, p, fmt.Sprintf("another act: the page says it is of %s", h.Act))
		}
		l.rows = h.Rows
		if item.Reason = strings.Join(h.Doubts, "; "); item.Reason == "" {
			l.history = p
		}
		item.Fetched = true
		r.done(item, Read)
	}
	return nil
}

// storedRows makes the list of editions from what is stored.
func (r *run) storedRows(lang law.Lang) []HistoryRow {
	var rows []HistoryRow
	current := -1
	for _, h := range r.heads {
		if h.Lang != lang || h.Status != law.Enacted {
			continue
		}
		if n := len(rows); n == 0 || rows[n-1].Date != h.Date {
			rows = append(rows, HistoryRow{Date: h.Date, Cause: h.Cause, CauseHref: h.CauseHref})
		}
		if h.SourceURL == r.Source.TextURL(r.Act, lang) {
			current = len(rows) - 1
		}
	}
	if current < 0 {
		current = len(rows) - 1
	}
	if current >= 0 {
		rows[current].Current = true
	}
	return rows
}

func (r *run) info(ctx context.Context, l *inLang, known bool) error {
	item := Item{Kind: InfoPage, Act: r.Act, Lang: l.lang, URL: r.Source.InfoURL(r.Act, l.lang)}
	p, err := r.get(ctx, item, known)
	if err != nil {
		return err
	}
	switch p.state {
	case missing:
		r.done(item, Missing)
	case same:
		item.Fetched = p.fetched
		r.done(item, Unchanged)
	case fresh:
		if l.info, err = r.Source.ParseInfo(p.resp.Body, p.resp.ContentType); err == nil && l.info.Act != "" && l.info.Act != r.Act {
			err = fmt.Errorf("another act: the page says it is of %s", l.info.Act)
		}
		if err != nil {
			l.info = Info{}
			return r.refuse(ctx, item, p, err.Error())
		}
		if err := r.saveAct(ctx, r.Act, l.lang, l.info); err != nil {
			return err
		}
		item.Fetched = true
		r.done(item, Read)
	default:
		return nil
	}
	return r.remember(ctx, p)
}

func (r *run) saveAct(ctx context.Context, id law.ActID, lang law.Lang, in Info) error {
	a := law.Act{ID: id, Adopted: in.Adopted, Published: in.Published, Titles: map[law.Lang]string{}, Requisites: map[law.Lang]string{}}
	if in.Title != "" {
		a.Titles[lang] = in.Title
	}
	if in.Requisites != "" {
		a.Requisites[lang] = in.Requisites
	}
	if err := r.Store.SaveAct(ctx, a); err != nil {
		return fmt.Errorf("storing the facts of %s: %w", id, err)
	}
	return nil
}

// borrowRows gives a language without a list of its own the list of another:
// an act has the same editions in all its languages. Without any list there is
// the one edition whose date the facts tell.
func borrowRows(there []*inLang) {
	var rows []HistoryRow
	for _, l := range there {
		if len(rows) == 0 {
			rows = l.rows
		}
	}
	for _, l := range there {
		if len(rows) > 0 {
			break
		}
		for _, d := range [...]law.Date{l.info.Changed, l.info.Adopted} {
			if d != "" && len(rows) == 0 {
				rows = []HistoryRow{{Date: d, Current: true}}
			}
		}
	}
	for _, l := range there {
		if len(l.rows) == 0 {
			l.rows = rows
		}
	}
}

// get gets a page. usable says that what was remembered of it may be relied on.
// A page that did not come for a reason of its own is reported as refused and
// has the state unaccepted; an error is one that ends the run.
func (r *run) get(ctx context.Context, item Item, usable bool) (page, error) {
	p := page{url: item.URL}
	v, ok, err := r.Store.Visit(ctx, item.URL)
	if err != nil {
		return p, fmt.Errorf("what is remembered of %s: %w", item.URL, err)
	}
	usable = usable && ok && v.Status == 200
	var known fetch.Validators
	if usable {
		known = fetch.Validators{ETag: v.ETag, LastModified: v.LastModified}
	}
	p.resp, err = r.Getter.Get(ctx, item.URL, known)
	switch {
	case errors.Is(err, fetch.ErrNotFound):
		p.state = missing
		return p, nil
	case err != nil && endsRun(ctx, err):
		return p, err
	case err != nil:
		return p, r.refuse(ctx, item, p, strings.TrimPrefix(err.Error(), item.URL+": "))
	case p.resp.NotModified:
		p.state = same
		return p, nil
	}
	p.fetched = true
	if !r.Source.SamePage(item.URL, p.resp.URL) {
		return p, r.refuse(ctx, item, p, "the site sent the page at "+p.resp.URL+" instead")
	}
	p.sum = sha256Hex(p.resp.Body)
	if p.state = fresh; usable && p.sum == v.SHA256 {
		p.state = same
	}
	return p, nil
}

// endsRun reports whether an error is not the page's own: the next page would
// fare no better.
func endsRun(ctx context.Context, err error) bool {
	return ctx.Err() != nil || errors.Is(err, fetch.ErrUnavailable) || errors.Is(err, fetch.ErrCertificate)
}
