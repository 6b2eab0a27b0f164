package scraper

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// editions brings the texts of one language in, oldest first, and then
// remembers the list if everything on it is there.
func (r *run) editions(ctx context.Context, l *inLang) error {
	all := true
	current := false
	for _, row := range l.rows {
		if row.Current {
			current = true
		} else if r.Latest {
			all = false
			continue
		}
		ok, err := r.edition(ctx, l, row)
		if err != nil {
			return err
		}
		all = all && ok
	}
	if !current && l.page.state != unaccepted {
		item := Item{Kind: TextPage, Act: r.Act, Lang: l.lang, URL: l.page.url}
		why := "nothing tells the date of this edition: neither the list of editions nor the facts"
		if l.page.textErr != nil {
			why = l.page.textErr.Error()
		}
		return r.refuse(ctx, item, l.page, why)
	}
	if all && l.history.state == fresh {
		return r.remember(ctx, l.history)
	}
	return nil
}

// edition brings one text in. ok means that it is in the store.
func (r *run) edition(ctx context.Context, l *inLang, row HistoryRow) (ok bool, err error) {
	head, stored := r.stored(l.lang, row.Date)
	item := Item{Kind: TextPage, Act: r.Act, Lang: l.lang, URL: r.Source.EditionURL(r.Act, l.lang, row.Date)}
	p := l.page
	if row.Current {
		item.URL = p.url
	} else if p, err = r.getText(ctx, item, stored); err != nil {
		return false, err
	}
	switch p.state {
	case unaccepted:
		return false, nil
	case missing:
		if stored && r.Source.SamePage(item.URL, head.SourceURL) {
			return false, r.refuse(ctx, item, p, gone)
		}
		r.done(item, Missing)
		return false, r.remember(ctx, p)
	case same:
		if !stored {
			// The list runs ahead of the text: stored now, the old text would stand
			// under the new date for good.
			return false, r.refuse(ctx, item, p, fmt.Sprintf("the site lists an edition of %s and still shows the text before it", row.Date))
		}
		ok, err = true, r.unchanged(ctx, item, p, head)
	case fresh:
		ok, err = r.accept(ctx, l, item, p, row)
	}
	if err == nil && ok && row.CauseHref != "" {
		err = r.facts(ctx, Item{Kind: AmendingPage, Lang: law.RU, URL: r.Source.FactsURL(row.CauseHref)}, nil)
	}
	return ok, err
}

// unchanged looks again for facts of amending acts that were missing.
func (r *run) unchanged(ctx context.Context, item Item, p page, head law.EditionHead) error {
	item.Key, item.Fetched = head.EditionKey, p.fetched
	item.Beside = r.besideOf(item.Lang, head.Date)
	r.done(item, Unchanged)
	if p.url == r.Source.TextURL(r.Act, item.Lang) {
		e, err := r.load(ctx, head)
		if err != nil {
			return err
		}
		if err := r.amending(ctx, noteActs(e.Lang, e.Title, e.Lines)); err != nil {
			return err
		}
	}
	return r.remember(ctx, p)
}

// accept checks and stores a text that came.
func (r *run) accept(ctx context.Context, l *inLang, item Item, p page, row HistoryRow) (bool, error) {
	if p.textErr != nil {
		return false, r.refuse(ctx, item, p, p.textErr.Error())
	}
	text := p.text
	if text.Changed != "" && text.Changed != row.Date {
		return false, r.refuse(ctx, item, p, fmt.Sprintf("another edition: the page says it is of %s", text.Changed))
	}
	before, mine, err := r.before(ctx, item.Lang, row.Date)
	if err != nil {
		return false, err
	}
	sameDay := before != nil && before.Date == row.Date
	why, remark := judge(text, r.Act, item.Lang, before, sameDay && mine)
	if why != "" {
		return false, r.refuse(ctx, item, p, why)
	}
	if !row.Current && !(sameDay && sameText(text.Lines, before.Lines)) {
		if is, err := r.isCurrent(ctx, l, text); err != nil {
			return false, err
		} else if is {
			return false, r.refuse(ctx, item, p, fmt.Sprintf("the current text stands at the address of the edition of %s, and the page does not say that it is a former one", row.Date))
		}
	}
	item.Fetched, item.Reason = true, remarks(text, remark)
	acts := noteActs(item.Lang, text.Title, text.Lines)
	row.Cause, row.CauseHref = cmp.Or(row.Cause, text.Cause), cmp.Or(row.CauseHref, text.CauseHref)
	if row.Cause != "" && row.CauseHref == "" {
		row.CauseHref = r.causeHref(row.Cause, acts)
	}
	// The facts of the source that came first stay: two sources would take turns.
	if row.Current && len(r.foreigns) == 0 {
		if err := r.saveAct(ctx, r.Act, item.Lang, text.Info); err != nil {
			return false, err
		}
	}
	if err := r.aliases(ctx, text.Aliases); err != nil {
		return false, err
	}
	e := law.Edition{
		EditionHead: law.EditionHead{
			EditionKey: law.EditionKey{Act: r.Act, Status: law.Enacted, Date: row.Date, Lang: item.Lang},
			Title:      text.Title, Source: r.Source.Name(), SourceURL: p.url, FetchedAt: r.Now().UTC(),
			Cause: row.Cause, CauseHref: row.CauseHref, SHA256: p.sum,
		},
		MediaType: cmp.Or(p.resp.ContentType, "text/html"),
		Raw:       p.resp.Body,
		Lines:     text.Lines,
	}
	key, added, err := r.add(ctx, e)
	if errors.Is(err, ErrOtherSource) { // a reader of the other source was quicker
		if err = r.read(ctx, r.Store, r.Source.Name(), r.Act); err == nil {
			key, added, err = r.add(ctx, e)
		}
	}
	if err != nil {
		return false, fmt.Errorf("storing %s: %w", e.EditionKey, err)
	}
	item.Key, item.Beside = key, r.besideOf(item.Lang, row.Date)
	outcome := Unchanged
	if added {
		if outcome = Stored; key.Revision > 0 {
			outcome = Revision
		}
	}
	r.done(item, outcome)
	if err := r.amending(ctx, acts); err != nil {
		return false, err
	}
	return true, r.remember(ctx, p)
}

// besideOf is the name of this source for a text that is kept as a witness.
func (r *run) besideOf(lang law.Lang, d law.Date) string {
	if r.foreign(lang, d) {
		return r.Source.Name()
	}
	return ""
}

// aliases keeps how other sources call the act, where they have not said so
// themselves.
func (r *run) aliases(ctx context.Context, told map[string]string) error {
	for source, code := range told {
		_, err := r.Store.Alias(ctx, source, r.Act)
		if errors.Is(err, law.ErrNotFound) {
			err = r.Store.SaveAlias(ctx, source, r.Act, code)
		}
		if err != nil {
			return fmt.Errorf("how %s calls %s: %w", source, r.Act, err)
		}
	}
	return nil
}

// remarks are what a person should know of a text that was accepted.
func remarks(text Page, remark string) string {
	var all []string
	if remark != "" {
		all = append(all, remark)
	}
	switch n := len(text.Pictures); n {
	case 0:
	case 1:
		all = append(all, "a picture stands in the text and is not in the lines: "+text.Pictures[0])
	default:
		all = append(all, fmt.Sprintf("%d pictures stand in the text and are not in the lines: %s", n, strings.Join(text.Pictures, ", ")))
	}
	return strings.Join(append(all, text.Doubts...), "; ")
}

// isCurrent reports whether the text that came for a former edition is the
// current one: it reads as that one does, and nothing on the page says which
// edition it is or that it is a former one. The words alone prove nothing: an
// amendment of the Russian text leaves the Kazakh one as it was.
func (r *run) isCurrent(ctx context.Context, l *inLang, text Page) (bool, error) {
	if text.Archived || text.Changed != "" {
		return false, nil
	}
	if l.page.state == fresh && l.page.textErr == nil {
		return sameText(text.Lines, l.page.text.Lines), nil
	}
	current, ok := newest(r.mine(l.lang), func(h law.EditionHead) bool { return h.SourceURL == l.page.url })
	if !ok {
		return false, nil
	}
	e, err := r.load(ctx, current)
	if err != nil {
		return false, err
	}
	return sameText(text.Lines, e.Lines), nil
}

func sameText(a, b []law.Line) bool {
	return slices.EqualFunc(a, b, func(x, y law.Line) bool { return x.Text == y.Text })
}

// noteActs are the acts that the notes of a text name.
func noteActs(lang law.Lang, title string, lines []law.Line) []law.NoteAct {
	var acts []law.NoteAct
	for _, n := range law.Build(lang, title, lines).Notes {
		for _, a := range n.Acts {
			if a.Number != "" {
				acts = append(acts, a)
			}
		}
	}
	return acts
}

// causeHref finds the act a cause speaks of among those of the notes, by its
// number.
func (r *run) causeHref(cause string, acts []law.NoteAct) string {
	words := strings.Fields(law.Fold(cause))
	for _, a := range acts {
		if slices.Contains(words, a.Number) {
			if id, _, ok := r.idOf(a); ok {
				return r.Source.ActURL(id)
			}
		}
	}
	return ""
}

// idOf is the id of an act a note names: by its link, else, not proven, by its
// number and day.
func (r *run) idOf(a law.NoteAct) (id law.ActID, linked, ok bool) {
	if id, ok = r.Source.ActIDOf(a.Href); ok {
		return id, true, true
	}
	id, ok = r.Source.LawID(a.Number, a.Date)
	return id, false, ok
}

// amending brings in the facts of acts that amend this one, first of all the
// day they were published: «по истечении шестидесяти дней после опубликования»
// is a day only then. The days are the same in all languages: Russian is asked
// for, the language the site has most of.
func (r *run) amending(ctx context.Context, acts []law.NoteAct) error {
	for _, a := range acts {
		id, linked, ok := r.idOf(a)
		if !ok {
			continue
		}
		err := r.facts(ctx, Item{Kind: AmendingPage, Act: id, Lang: law.RU, URL: r.Source.InfoURL(id, law.RU)}, func(in Info) string {
			if !linked && in.Adopted != a.Date {
				return fmt.Sprintf("another act: adopted on %s, the note says № %s of %s", in.Adopted, a.Number, a.Date)
			}
			return ""
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// facts brings in the facts of another act, once a run. What was brought in once
// stays; what was missing is asked for again in every run. check says why the
// facts are not those of the act that was meant.
func (r *run) facts(ctx context.Context, item Item, check func(Info) string) error {
	if item.URL == "" || r.asked[item.URL] {
		return nil
	}
	r.asked[item.URL] = true
	v, known, err := r.Store.Visit(ctx, item.URL)
	if err != nil {
		return fmt.Errorf("what is remembered of %s: %w", item.URL, err)
	}
	if known && v.Status == 200 {
		return nil
	}
	r.total++
	p, err := r.get(ctx, item, false)
	if err != nil {
		return err
	}
	switch p.state {
	case unaccepted:
		return nil
	case missing:
		r.done(item, Missing)
		return r.remember(ctx, p)
	}
	in, err := r.Source.ParseInfo(p.resp.Body, p.resp.ContentType)
	switch {
	case err != nil:
		return r.refuse(ctx, item, p, err.Error())
	case in.Act != "" && item.Act != "" && in.Act != item.Act:
		return r.refuse(ctx, item, p, fmt.Sprintf("another act: the page says it is of %s", in.Act))
	case check != nil && check(in) != "":
		return r.refuse(ctx, item, p, check(in))
	}
	if item.Act = cmp.Or(item.Act, in.Act); item.Act == "" {
		return r.refuse(ctx, item, p, "the page does not tell the id of the act")
	}
	if err := r.saveAct(ctx, item.Act, item.Lang, in); err != nil {
		return err
	}
	item.Fetched = true
	r.done(item, Read)
	return r.remember(ctx, p)
}
