package read

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// Day tells of the day a page shows an act on.
type Day struct {
	Day       law.Date
	Own       bool // it is the date of the edition, whose page this is
	Name      string
	Permalink string // of the edition, where the page is that of a day
	Edition   string // its name
	Today     string // the same act today; "" where this is today
	Future    string // says that the day is to come
	Pending   bool   // what applied is still being read
	Standing  *Standing
}

// DayForm asks for the text of an act on a day.
type DayForm struct {
	Action string
	Lang   law.Lang // of the text
	Value  law.Date // the day it opens with
}

// patience is how long a page waits for the standing of an act nobody has asked
// for since the program started: a law takes a second, two hundred editions of a
// code a minute. The text is shown meanwhile.
const patience = 4 * time.Second

// dayPath is the address of an act on a day.
func dayPath(act law.ActID, day law.Date, lang law.Lang) string {
	return editionPath(law.EditionKey{Act: act, Status: law.Enacted, Date: day, Lang: lang})
}

func (rd *Reader) today() law.Date { return i18n.Day(rd.now()) }

func (rd *Reader) dayForm(s *speaker, act law.Act, lang law.Lang, day law.Date) DayForm {
	return DayForm{Action: s.in(actPath(act.ID)), Lang: lang, Value: day}
}

// askedDay sends the form to the address of the day; without a day, to today.
func (rd *Reader) askedDay(w http.ResponseWriter, r *http.Request, s *speaker, act law.Act, all editions, lang law.Lang) error {
	asked := strings.TrimSpace(r.URL.Query().Get("day"))
	day, err := law.ParseDate(cmp.Or(asked, string(rd.today())))
	if err != nil {
		return rd.noDate(s, act, all, asked, err)
	}
	http.Redirect(w, r, s.in(dayPath(act.ID, day, lang)), http.StatusSeeOther)
	return nil
}

// asked is the edition an address names, or, where it names a day on which no
// edition is dated, the official one that was the newest on that day.
func (rd *Reader) asked(s *speaker, act law.Act, all editions, version string, lang law.Lang) (key law.EditionKey, day law.Date, err error) {
	key, err = law.ParseVersion(version)
	if err != nil {
		return key, "", rd.noDate(s, act, all, version, err)
	}
	key.Act, key.Lang = act.ID, lang
	if _, ok := all.find(key); ok {
		return key, key.Date, nil
	}
	list := all.in(lang).official()
	if version != string(key.Date) || len(list) == 0 {
		return key, "", rd.noEdition(s, all, key)
	}
	h, ok := list.on(key.Date)
	if !ok {
		return key, "", rd.noText(s, act, all, key)
	}
	return h.EditionKey, key.Date, nil
}

// on is the newest of official editions on a day.
func (e editions) on(day law.Date) (h law.EditionHead, ok bool) {
	for _, c := range e {
		if c.Date > day {
			break
		}
		h, ok = c, true
	}
	return h, ok
}

// with are the editions with one of their revisions in its place.
func (e editions) with(h law.EditionHead) editions {
	out := slices.Clone(e)
	if i := out.index(h.EditionKey); i >= 0 {
		out[i] = h
	}
	return out
}

// marker tells how the text of an edition stands on a day.
func (rd *Reader) marker(ctx context.Context, s *speaker, act law.Act, all editions, t *text, day law.Date) (*marker, error) {
	days, err := rd.gazette(ctx)
	if err != nil {
		return nil, err
	}
	st, err := rd.texts.standing(ctx, act, all.in(t.head.Lang).official().with(t.head), days, day)
	if err != nil {
		return nil, err
	}
	m := &marker{view: view{s, t.head.SourceURL, days}, act: act, st: st, shown: t, docs: map[int]*text{}, diffs: map[int]*comparison{}, redlines: map[int]map[law.Address]string{}}
	for _, x := range st.Elsewhere {
		k := x.Edition
		if m.docs[k] == nil {
			if m.docs[k], err = rd.texts.text(ctx, st.list[k].EditionKey); err != nil {
				return nil, err
			}
		}
		if k > st.Edition && m.diffs[k] == nil {
			c, err := rd.texts.compare(ctx, t.head.EditionKey, st.list[k].EditionKey)
			if err != nil {
				return nil, err
			}
			path := comparePath(t.head.EditionKey, st.list[k].EditionKey)
			m.diffs[k], m.redlines[k] = c, writer{view: m.view, c: c, path: path}.shown()
		}
	}
	return m, nil
}

// day puts what is known of a day on the page of a text. A proposal has no day.
func (rd *Reader) day(ctx context.Context, s *speaker, act law.Act, all editions, t *text, day law.Date, p *EditionPage) error {
	key, today := t.head.EditionKey, rd.today()
	if key.Status != law.Enacted {
		return nil
	}
	d := &Day{Day: day, Own: day == key.Date, Name: s.loc.T("day.name", "date", s.loc.Date(day), "dateof", s.loc.DateOf(day)), Edition: p.Name}
	p.Day = d
	if !d.Own {
		d.Permalink = s.in(editionPath(key))
	}
	if day != today {
		d.Today = s.in(dayPath(act.ID, today, key.Lang))
	}
	if day > today {
		d.Future = s.loc.T("day.future", "date", s.loc.Date(today), "datefrom", s.loc.DateFrom(today))
	}
	wait, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	m, err := rd.marker(wait, s, act, all, t, day)
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		d.Pending = true
		return nil
	}
	if err != nil {
		return err
	}
	d.Standing = m.page(p.Parts)
	return nil
}

// forceTwin writes how an act stands on a day, for programs.
func (rd *Reader) forceTwin(w http.ResponseWriter, r *http.Request, s *speaker, act law.Act, all editions, t *text, day law.Date) error {
	if t.head.Status != law.Enacted {
		return rd.noEdition(s, all, law.EditionKey{Act: act.ID, Status: law.Enacted, Date: day, Lang: t.head.Lang})
	}
	m, err := rd.marker(r.Context(), s, act, all, t, day)
	if err != nil {
		return err
	}
	return page.WriteJSON(w, r, http.StatusOK, page.Fresh, m.json(rd.today()))
}
