package desk

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/delivery"
	"github.com/tuzetu/tuzetu/campaigns/seal"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/people"
)

// DeliveryPage is the packs of a campaign, the form for one more, and the answer.
type DeliveryPage struct {
	people.Frame
	Link                 string // of the addressee; shown once
	Table                page.Table
	Addressee, Key, Lang page.Field
	Make                 string // action; "" where nothing can be made
	Sealed               string // action; "" where nobody could have signed
	Answer               string
	On, Href             page.Field
	Texts                []page.Field
	Answers              []page.Notice
}

// mostAddressee is as long as whoever decides may be named.
const mostAddressee = 300

// Packs leads to the deliveries of an organisation.
func (d *Desk) Packs(w http.ResponseWriter, r *http.Request) error {
	loc := d.view(r).loc
	return d.list(w, r, "/deliveries", loc.T("dl.title"), loc.T("dl.lead"), []string{loc.T("dl.packs")}, func(c campaigns.Campaign) ([]string, error) {
		all, err := d.Store.Deliveries(r.Context(), c.ID)
		return []string{loc.Number(len(all))}, err
	})
}

// Pack shows the deliveries of a campaign.
func (d *Desk) Pack(w http.ResponseWriter, r *http.Request) error {
	v, err := d.asked(r)
	if err != nil {
		return err
	}
	return d.pack(w, r, http.StatusOK, v, "", "")
}

func (d *Desk) pack(w http.ResponseWriter, r *http.Request, status int, v view, warning, link string) error {
	path := "/deliveries/" + v.Slug
	p := DeliveryPage{Frame: d.people.DeskFrame(r, path, v.title), Link: link}
	p.Lead = v.loc.T("dl.lead")
	if warning != "" {
		p.Notices = append(p.Notices, page.Notice{Kind: "warning", Title: warning})
	}
	c, err := d.Store.Campaign(r.Context(), v.ID) // making a pack has moved it
	if err != nil {
		return err
	}
	all, err := d.Store.Deliveries(r.Context(), v.ID)
	if err != nil {
		return err
	}
	p.Table = page.Table{Caption: v.loc.T("dl.packs"), Head: []string{v.loc.T("dl.addressee"), v.loc.T("dl.made"), v.loc.T("dl.signatures"), v.loc.T("dl.state")}}
	if link != "" { // what was typed has become that pack
		r.PostForm = url.Values{}
	}
	received := false
	for _, one := range all {
		received = received || !one.ReceivedAt.IsZero()
		p.Table.Rows = append(p.Table.Rows, []page.Cell{{Text: one.Addressee}, {Text: v.loc.Date(campaigns.Day(one.MadeAt))},
			{Text: v.loc.Number(int(one.Signatures))}, {Text: d.standing(v, one)}})
	}
	if !received && (c.State.May(campaigns.Delivered) || c.State == campaigns.Delivered) {
		p.Make = v.at(path)
		p.Addressee = page.Field{ID: "addressee", Name: "addressee", Label: v.loc.T("dl.addressee"), Value: r.PostFormValue("addressee"), Required: true}
		p.Key = page.Field{ID: "key", Name: "key", Label: v.loc.T("dl.key"), Hint: v.loc.T("dl.key_hint"), Value: r.PostFormValue("key"), Required: true}
		p.Lang = page.Field{ID: "lang", Name: "lang", Kind: "select", Label: v.loc.T("dl.lang")}
		for _, lang := range law.Langs {
			p.Lang.Options = append(p.Lang.Options, page.Option{Value: string(lang), Text: i18n.Own(lang), Lang: lang, Current: lang == v.ui})
		}
	}
	if c.State.Published() {
		p.Sealed = v.at(path + "/sealed")
	}
	if c.State == campaigns.Delivered || c.State == campaigns.Answered {
		p.Answer = v.at(path + "/answer")
		p.On = page.Field{ID: "on", Name: "on", Kind: "date", Label: v.loc.T("dl.on"), Value: r.PostFormValue("on"), Required: true}
		p.Href = page.Field{ID: "href", Name: "href", Kind: "url", Label: v.loc.T("dl.href"), Value: r.PostFormValue("href")}
		for _, l := range c.Languages {
			p.Texts = append(p.Texts, page.Field{ID: "text-" + string(l), Name: "text-" + string(l), Kind: "textarea", Label: v.loc.T("dl.answer_in", "lang", v.loc.In(l)), Value: r.PostFormValue("text-" + string(l))})
		}
	}
	answers, err := d.Store.Answers(r.Context(), v.ID)
	if err != nil {
		return err
	}
	for _, a := range answers {
		p.Answers = append(p.Answers, page.Notice{Title: v.loc.Date(a.On), Texts: []string{a.Text.In(v.ui)}})
	}
	return d.pages.Render(w, r, status, page.Private, v.ui, "deliveries", p)
}

// standing is where a pack stands, in words.
func (d *Desk) standing(v view, one campaigns.Delivery) string {
	switch {
	case !one.ReceivedAt.IsZero():
		return v.loc.T("dl.state_received", "date", v.loc.Date(campaigns.Day(one.ReceivedAt)))
	case one.Withdrawn:
		return v.loc.T("dl.state_withdrawn")
	case !one.Open(d.now()):
		return v.loc.T("dl.state_late")
	case !one.FetchedAt.IsZero():
		return v.loc.T("dl.state_fetched", "date", v.loc.Date(campaigns.Day(one.FetchedAt)))
	}
	return v.loc.T("dl.state_made")
}

// MakePack makes a pack and shows the addressee's link, once.
func (d *Desk) MakePack(w http.ResponseWriter, r *http.Request) error {
	v, err := d.asked(r)
	if err != nil {
		return err
	}
	if err := page.ReadForm(r); err != nil {
		return err
	}
	lang, err := law.ParseLang(r.PostForm.Get("lang"))
	if err != nil {
		return errors.Join(page.ErrForm, err)
	}
	addressee := strings.TrimSpace(r.PostForm.Get("addressee"))
	if addressee == "" || tooMuch(addressee, mostAddressee) != "" {
		return d.pack(w, r, http.StatusUnprocessableEntity, v, v.loc.T("dl.need_addressee"), "")
	}
	if seal.LooksPrivate(r.PostForm.Get("key")) {
		r.PostForm.Del("key") // not shown again
		return d.pack(w, r, http.StatusUnprocessableEntity, v, v.loc.T("dl.private_key"), "")
	}
	if _, err := seal.ParseAddressee(r.PostForm.Get("key")); err != nil {
		return d.pack(w, r, http.StatusUnprocessableEntity, v, v.loc.T("dl.need_key"), "")
	}
	m := delivery.Maker{Store: d.Store, Name: d.Intake.ShownName, Random: d.Random, Now: d.now}
	_, token, err := m.Make(r.Context(), delivery.Order{Campaign: v.ID, Addressee: addressee, Key: r.PostForm.Get("key"), Lang: lang,
		Href: d.pages.Origin(r) + "/" + string(lang) + "/campaigns/" + v.Slug, By: accounts.PersonID(v.who.Person.ID)})
	switch {
	case errors.Is(err, campaigns.ErrCounting):
		return d.pack(w, r, http.StatusConflict, v, v.loc.T("dl.counting"), "")
	case errors.Is(err, campaigns.ErrReceived), errors.Is(err, campaigns.ErrState):
		return d.pack(w, r, http.StatusConflict, v, v.loc.T("dl.locked"), "")
	case err != nil:
		return err
	}
	return d.pack(w, r, http.StatusOK, v, "", d.pages.Origin(r)+"/"+string(lang)+"/receive/"+token)
}

// Answered publishes what the addressee replied.
func (d *Desk) Answered(w http.ResponseWriter, r *http.Request) error {
	v, err := d.asked(r)
	if err != nil {
		return err
	}
	if err := page.ReadForm(r); err != nil {
		return err
	}
	a := campaigns.Answer{On: law.Date(r.PostForm.Get("on")), Href: strings.TrimSpace(r.PostForm.Get("href")), Text: campaigns.Words{}}
	for _, l := range v.Languages {
		if s := strings.TrimSpace(r.PostForm.Get("text-" + string(l))); s != "" {
			a.Text[l] = s
		}
	}
	if a.Validate() != nil || a.On > campaigns.Day(d.now()) {
		return d.pack(w, r, http.StatusUnprocessableEntity, v, v.loc.T("dl.need_answer"), "")
	}
	err = d.Store.AddAnswer(r.Context(), v.ID, a, d.entry(v, "answer.published"))
	if errors.Is(err, campaigns.ErrState) {
		return d.pack(w, r, http.StatusConflict, v, v.loc.T("dl.locked"), "")
	}
	if err != nil {
		return err
	}
	return page.See(w, r, v.at("/deliveries/"+v.Slug))
}
