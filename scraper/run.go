package scraper

import (
	"context"
	"errors"
	"fmt"
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
// given, and Act where the Source needs it.
type Options struct {
	// Act is the act's id; "" for a Source that knows its act by a code of its
	// own: then the text tells the id.
	Act    law.ActID
	Langs  []law.Lang // empty: all the source has
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
// accepted is a line of the report and no error; the last good edition stays. So
// is an act that is gone from the site: its pages are refused.
// Errors are a store that fails, a site that cannot be reached
// (fetch.ErrUnavailable, fetch.ErrCertificate), a done ctx, and law.ErrNotFound
// for an act of which the site has no text at all, nor had when it was last
// looked at. The report is good in every case, up to there.
func Run(ctx context.Context, o Options) (Report, error) {
	if len(o.Langs) == 0 {
		for _, l := range law.Langs {
			if o.Source.TextURL(o.Act, l) != "" {
				o.Langs = append(o.Langs, l)
			}
		}
	}
	r := &run{Options: o, asked: map[string]bool{}, came: map[string]fetch.Response{}}
	err := r.act(ctx)
	r.report.Act = r.Act
	return r.report, err
}

// run is one Run under way.
type run struct {
	Options
	report Report
	total  int
	texts                            // what the store holds of the act
	asked  map[string]bool           // addresses of facts that were asked for
	came   map[string]fetch.Response // pages that name read, by address
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
	if r.Act == "" {
		if err := r.name(ctx); err != nil {
			return err
		}
	}
	r.asked[r.Source.InfoURL(r.Act, law.RU)] = true
	if err := r.read(ctx, r.Store, r.Source.Name(), r.Act); err != nil {
		return err
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
	if len(there) == 0 && r.report.Count(Refused) > 0 {
		return nil // it was there once, and that it is gone has been told
	}
	if len(there) == 0 {
		return fmt.Errorf("%s has no act %s in any of %v: %w", r.Source.Name(), r.Act, r.Langs, law.ErrNotFound)
	}
	if code := r.Source.Code(); code != "" {
		if err := r.Store.SaveAlias(ctx, r.Source.Name(), r.Act, code); err != nil {
			return fmt.Errorf("storing the code of %s: %w", r.Act, err)
		}
	}
	borrowRows(there)
	for _, l := range there {
		l.rows = r.settleCurrent(l)
	}
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

// name learns the id of an act that the site knows by a code of its own. It
// stands in the text, so the page is kept for the look at the text itself.
func (r *run) name(ctx context.Context) error {
	asked := false
	for _, lang := range r.Langs {
		item := Item{Kind: TextPage, Lang: lang, URL: r.Source.TextURL("", lang)}
		if item.URL == "" {
			continue
		}
		asked = true
		p, err := r.get(ctx, item, false)
		if err != nil {
			return err
		}
		if p.state != fresh {
			continue
		}
		in, err := r.Source.ParseInfo(p.resp.Body, p.resp.ContentType)
		if err == nil && in.Act == "" {
			err = errors.New("the page does not tell the id of the act")
		}
		if err != nil {
			if err := r.refuse(ctx, item, p, err.Error()); err != nil {
				return err
			}
			continue
		}
		r.Act, r.came[item.URL] = in.Act, p.resp
		return nil
	}
	switch {
	case !asked:
		return fmt.Errorf("%s has no texts in %v: %w", r.Source.Name(), r.Langs, law.ErrNotFound)
	case r.report.Count(Refused) > 0:
		return fmt.Errorf("%s does not tell which act this is", r.Source.Name())
	}
	return fmt.Errorf("%s has no such act: %w", r.Source.Name(), law.ErrNotFound)
}

// look finds out what there is in a language: the current text, the list of
// editions, the facts. It returns nil where there is no text.
func (r *run) look(ctx context.Context, lang law.Lang) (*inLang, error) {
	l := &inLang{lang: lang}
	known := len(r.mine(lang)) > 0
	item := Item{Kind: TextPage, Act: r.Act, Lang: lang, URL: r.Source.TextURL(r.Act, lang)}
	if item.URL == "" {
		item.Reason = "the site has no texts in this language"
		r.done(item, Missing)
		return nil, nil
	}
	var err error
	if l.page, err = r.getText(ctx, item, known); err != nil {
		return nil, err
	}
	if l.page.state == missing && r.brought(lang) {
		return nil, r.refuse(ctx, item, l.page, gone)
	}
	if l.page.state == missing {
		item.Reason = "no text in this language"
		r.done(item, Missing)
		return nil, r.remember(ctx, l.page)
	}
	r.total++
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
		item.Reason = missingRows(l)
		r.done(item, Missing)
		return r.remember(ctx, p)
	case same:
		// The visit was remembered only because every edition it listed is stored.
		l.history, l.rows = p, r.storedRows(l.lang)
		item.Fetched = p.fetched
		r.done(item, Unchanged)
		return r.remember(ctx, p)
	case fresh:
		h, err := r.Source.ParseHistory(p.resp.Body, p.resp.ContentType, r.Act)
		if err != nil {
			return r.refuse(ctx, item, p, err.Error())
		}
		if h.Act != "" && h.Act != r.Act {
			return r.refuse(ctx, item, p, fmt.Sprintf("another act: the page says it is of %s", h.Act))
		}
		l.rows = h.Rows
		if why := missingRows(l); why != "" {
			h.Doubts = append(h.Doubts, why)
		}
		if item.Reason = strings.Join(h.Doubts, "; "); item.Reason == "" {
			l.history = p
		}
		item.Fetched = true
		r.done(item, Read)
	}
	return nil
}

func (r *run) info(ctx context.Context, l *inLang, known bool) error {
	item := Item{Kind: InfoPage, Act: r.Act, Lang: l.lang, URL: r.Source.InfoURL(r.Act, l.lang)}
	if item.URL == "" {
		return nil // the facts stand in the text
	}
	r.total++
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
