package desk

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// NewCampaign shows the form of a campaign that is not there yet.
func (d *Desk) NewCampaign(w http.ResponseWriter, r *http.Request) error {
	v := d.view(r)
	was, err := d.begin(r, v)
	if err != nil {
		return err
	}
	e, err := d.editing(r, v, was)
	if err != nil {
		return err
	}
	return e.show(w, r, http.StatusOK, offeredForm(was, e.keys), nil)
}

// begin is a campaign nobody has written yet, with what is known of its
// organisation.
func (d *Desk) begin(r *http.Request, v view) (campaigns.Writing, error) {
	of, err := d.Store.Organisation(r.Context(), v.who.Place.Organisation)
	if err != nil {
		return campaigns.Writing{}, err
	}
	w := campaigns.Writing{Campaign: campaigns.Campaign{Org: string(of.ID), State: campaigns.Draft}}
	w.Languages, w.Operator.BIN = law.Langs[:], of.BIN
	for _, lang := range law.Langs {
		put(&w.Operator.Name, lang, of.Names[string(lang)])
	}
	return w, nil
}

// CreateCampaign stores a new draft.
func (d *Desk) CreateCampaign(w http.ResponseWriter, r *http.Request) error {
	v := d.view(r)
	was, err := d.begin(r, v)
	if err != nil {
		return err
	}
	return d.save(w, r, v, was)
}

// EditCampaign shows the form of a campaign.
func (d *Desk) EditCampaign(w http.ResponseWriter, r *http.Request) error {
	v, err := d.asked(r)
	if err != nil {
		return err
	}
	was, err := d.Store.Writing(r.Context(), v.Campaign)
	if err != nil {
		return err
	}
	e, err := d.editing(r, v, was)
	if err != nil {
		return err
	}
	return e.show(w, r, http.StatusOK, offeredForm(was, e.keys), nil)
}

// SaveCampaign stores what was typed, or shows it again with what is wrong.
func (d *Desk) SaveCampaign(w http.ResponseWriter, r *http.Request) error {
	v, err := d.asked(r)
	if err != nil {
		return err
	}
	was, err := d.Store.Writing(r.Context(), v.Campaign)
	if err != nil {
		return err
	}
	return d.save(w, r, v, was)
}

func (d *Desk) save(w http.ResponseWriter, r *http.Request, v view, was campaigns.Writing) error {
	if err := page.ReadForm(r); err != nil {
		return err
	}
	f := r.PostForm
	e, err := d.editing(r, v, was)
	if err != nil {
		return err
	}
	if changeRows(f) || f.Get("do") == "act" {
		return e.show(w, r, http.StatusOK, f, nil)
	}
	to, wrong := written(f, was, e.keys, campaigns.Day(d.now()))
	if err := d.checkRedline(r.Context(), to.Text, wrong); err != nil {
		return err
	}
	if was.State.Published() {
		for _, lack := range to.Ready(to.Text, len(to.Recipients), "") {
			if id := fieldOf(lack); wrong[id] == "" {
				wrong[id] = "wr.needed"
			}
		}
	}
	if len(wrong) > 0 {
		return e.show(w, r, http.StatusUnprocessableEntity, f, wrong)
	}
	if !was.State.Writable() {
		return e.over(w, r, f)
	}
	sum, err := to.Text.Hash()
	if err != nil {
		return err
	}
	if stands, err := was.Text.Hash(); err != nil {
		return err
	} else if mark, err := was.Mark(); err != nil {
		return err
	} else if was.State.Published() && sum != stands && mark == f.Get("mark") && f.Get("again") != sum {
		return e.ask(w, r, f, sum)
	}
	err = d.write(r, v, f, &to)
	switch {
	case errors.Is(err, campaigns.ErrSlugTaken):
		return e.show(w, r, http.StatusUnprocessableEntity, f, faults{"slug": "wr.slug_taken"})
	case errors.Is(err, campaigns.ErrChanged), errors.Is(err, campaigns.ErrState):
		return e.conflict(w, r, f)
	case err != nil:
		return err
	}
	return page.See(w, r, v.at("/campaigns/"+to.Slug)+"?said=saved")
}

// slugTries is how many addresses are tried where nobody chose one.
const slugTries = 20

// write stores it; an address that was proposed and is taken gets a number.
func (d *Desk) write(r *http.Request, v view, f url.Values, to *campaigns.Writing) (err error) {
	entry := d.entry(v, "campaign.saved")
	if to.ID == 0 {
		entry.Did = "campaign.added"
	}
	proposed := to.Slug
	for n := 2; ; n++ {
		_, err = d.Store.Write(r.Context(), f.Get("mark"), *to, entry)
		if !errors.Is(err, campaigns.ErrSlugTaken) || strings.TrimSpace(f.Get("slug")) != "" || n > slugTries {
			return err
		}
		to.Slug = proposed + "-" + strconv.Itoa(n)
	}
}

// changeRows adds or takes away a milestone, if that is what was asked for.
func changeRows(f url.Values) bool {
	lists := []string{"at"}
	for _, lang := range law.Langs {
		lists = append(lists, inLang("then", lang))
	}
	do := f.Get("do")
	if n, ok := strings.CutPrefix(do, "drop-"); ok {
		i, err := strconv.Atoi(n)
		for _, name := range lists {
			if err == nil && i >= 0 && i < len(f[name]) {
				f[name] = slices.Delete(f[name], i, i+1)
			}
		}
		return true
	}
	if do == "add" {
		for _, name := range lists {
			f[name] = append(f[name], "")
		}
	}
	return do == "add"
}

// fieldOf is the field of the form where something that is missing is filled in.
func fieldOf(l campaigns.Lack) string {
	switch l.What {
	case campaigns.NeedTitle:
		return inLang("title", l.Lang)
	case campaigns.NeedAsk:
		return inLang("ask", l.Lang)
	case campaigns.NeedTarget:
		return inLang("target", l.Lang)
	case campaigns.NeedOperator:
		return inLang("operator", l.Lang)
	case campaigns.NeedFunder:
		return inLang("funder", l.Lang)
	case campaigns.NeedGoal:
		return "goal"
	case campaigns.NeedBIN:
		return "bin"
	case campaigns.NeedKeys:
		return "key"
	case campaigns.NeedLastDay:
		return "closes"
	case campaigns.NeedPictureAlt:
		return "picture"
	}
	return "in"
}

// signers is how many have signed the current text.
func (d *Desk) signers(r *http.Request, c campaigns.Campaign) (n int, err error) {
	tallies, err := d.Store.Tallies(r.Context(), c.ID, c.Version)
	for _, t := range tallies {
		n += int(t.N)
	}
	return n, err
}

// conflict says that somebody else has changed the campaign, and what; what was
// typed stands beside it and is stored only if it is sent again.
func (e *editing) conflict(w http.ResponseWriter, r *http.Request, f url.Values) error {
	c, err := e.d.Store.Campaign(r.Context(), e.was.ID)
	if err != nil {
		return err
	}
	now, err := e.d.Store.Writing(r.Context(), c)
	if err != nil {
		return err
	}
	if e.was = now; !now.State.Writable() {
		return e.over(w, r, f)
	}
	texts := []string{e.v.loc.T("wr.changed_text")}
	if rows := e.differences(typedOf(now), f); len(rows) > 0 {
		e.theirs = &page.Table{Caption: e.v.loc.T("wr.changed_what"),
			Head: []string{e.v.loc.T("wr.field"), e.v.loc.T("wr.stored"), e.v.loc.T("wr.yours")}, Rows: rows}
	} else {
		texts = []string{e.v.loc.T("wr.changed_state", "state", stateName(e.v.loc, now.State))}
	}
	e.notices = append(e.notices, page.Notice{Kind: "warning", Title: e.v.loc.T("wr.changed"), Texts: texts})
	return e.show(w, r, http.StatusConflict, f, nil)
}

// over says that the campaign cannot be changed any more; what was typed can
// still be copied.
func (e *editing) over(w http.ResponseWriter, r *http.Request, f url.Values) error {
	e.notices = append(e.notices, page.Notice{Kind: "warning", Title: e.v.loc.T("wr.over"), Texts: []string{e.v.loc.T("wr.over_text")}})
	return e.show(w, r, http.StatusConflict, f, nil)
}

// ask tells what a new text means for those who have signed, before it is stored.
func (e *editing) ask(w http.ResponseWriter, r *http.Request, f url.Values, sum string) error {
	n, err := e.d.signers(r, e.was.Campaign)
	if err != nil {
		return err
	}
	e.again = sum
	e.submit = e.v.loc.T("wr.save_version", "n", e.was.Version+1)
	e.notices = append(e.notices, page.Notice{Kind: "warning", Title: e.v.loc.T("wr.again", "n", e.was.Version+1),
		Texts: []string{e.v.loc.N("wr.again_signers", n), e.v.loc.T("wr.again_text")}})
	return e.show(w, r, http.StatusOK, f, nil)
}

// differences are the fields of two forms that do not say the same.
func (e *editing) differences(theirs, mine url.Values) (rows [][]page.Cell) {
	said := func(f url.Values, name string) string {
		var out []string
		for _, s := range f[name] {
			out = append(out, clean(s))
		}
		return strings.TrimSpace(strings.Join(out, "; "))
	}
	add := func(name, label string) {
		a, b := said(theirs, name), said(mine, name)
		if strings.Trim(a, "; ") == strings.Trim(b, "; ") {
			return
		}
		if name == "key" {
			a, b = e.keyNames(theirs), e.keyNames(mine)
		}
		rows = append(rows, []page.Cell{{Text: label}, {Text: orDash(a)}, {Text: orDash(b)}})
	}
	if !e.was.State.Published() {
		add("slug", e.v.loc.T("wr.slug"))
	}
	add("in", e.v.loc.T("wr.in"))
	for _, lang := range law.Langs {
		for _, x := range wordsOf {
			add(inLang(x.name, lang), e.label(x.name)+", "+e.v.loc.In(lang))
		}
	}
	add("base", e.v.loc.T("wr.base"))
	add("proposed", e.v.loc.T("wr.proposed"))
	add("goal", e.v.loc.T("wr.goal"))
	add("at", e.v.loc.T("wr.miles"))
	for _, lang := range law.Langs {
		add(inLang("then", lang), e.v.loc.T("wr.miles")+", "+e.v.loc.In(lang))
	}
	add("closes", e.v.loc.T("wr.closes"))
	add("bin", e.v.loc.T("wr.bin"))
	add("key", e.v.loc.T("wr.keys"))
	return rows
}

func orDash(s string) string {
	if s == "" {
		return "—"
	}
	return s
}

// keysOf are those of the visitor's organisation.
func (d *Desk) keysOf(r *http.Request, v view) ([]accounts.Key, error) {
	return d.Store.Keys(r.Context(), v.who.Place.Organisation)
}
