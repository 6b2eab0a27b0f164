package desk

import (
	"errors"
	"net/http"
	"net/url"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/people"
)

// How long the title and the text of news may be.
const (
	mostHead = 200
	mostBody = 5000
)

// NewsPage is the news of a campaign and the form for more.
type NewsPage struct {
	people.Frame
	Tabs   *page.Tabs
	Action string // "" for those who do not publish
	Wrong  []page.Link
	Texts  []TextsIn
	Past   []page.Notice
}

// News shows it.
func (d *Desk) News(w http.ResponseWriter, r *http.Request) error {
	v, err := d.published(r)
	if err != nil {
		return err
	}
	return d.news(w, r, http.StatusOK, v, nil, nil)
}

// published is the campaign an address names, once strangers may see it.
func (d *Desk) published(r *http.Request) (view, error) {
	v, err := d.asked(r)
	if err == nil && !v.State.Published() {
		err = page.ErrNoPage
	}
	return v, err
}

func (d *Desk) news(w http.ResponseWriter, r *http.Request, status int, v view, f url.Values, wrong faults) error {
	path := "/campaigns/" + v.Slug + "/news"
	p := NewsPage{Frame: d.people.DeskFrame(r, path, v.heading()), Tabs: d.tabs(v, "news")}
	p.Lead = v.loc.T("wr.news_lead")
	if said := d.said(r, v); said != "" {
		p.Notices = append(p.Notices, page.Notice{Title: said})
	}
	past, err := d.Store.Updates(r.Context(), v.ID)
	if err != nil {
		return err
	}
	for _, u := range past {
		p.Past = append(p.Past, page.Notice{Title: v.loc.Date(campaigns.Day(u.At)) + ". " + u.Title.In(v.ui), Texts: []string{u.Body.In(v.ui)}})
	}
	if v.may(accounts.Publish) {
		p.Action = v.at(path)
	}
	for _, lang := range v.Languages {
		t := TextsIn{Lang: lang, Name: i18n.Own(lang), Open: true}
		for _, x := range [...]struct{ name, label, kind string }{{"head", "wr.news_head", ""}, {"body", "wr.news_body", "textarea"}} {
			id := inLang(x.name, lang)
			field := page.Field{ID: id, Name: id, Label: v.loc.T(x.label), Kind: x.kind, Value: f.Get(id)}
			switch fault := wrong[id]; fault {
			case "":
			case "wr.too_long":
				field.Error = v.loc.N(fault, map[string]int{"head": mostHead, "body": mostBody}[x.name])
			default:
				field.Error = v.loc.T(fault)
			}
			if field.Error != "" {
				p.Wrong = append(p.Wrong, page.Link{Href: "#" + id, Text: field.Label + ", " + v.loc.In(lang) + ": " + field.Error})
			}
			t.Fields = append(t.Fields, field)
		}
		p.Texts = append(p.Texts, t)
	}
	return d.pages.Render(w, r, status, page.Private, v.ui, "desk_news", p)
}

// AddNews publishes news, in every language of the campaign.
func (d *Desk) AddNews(w http.ResponseWriter, r *http.Request) error {
	v, err := d.published(r)
	if err != nil {
		return err
	}
	if err := page.ReadForm(r); err != nil {
		return err
	}
	u, wrong := campaigns.Update{At: d.now()}, faults{}
	for _, lang := range v.Languages {
		for _, x := range [...]struct {
			name string
			most int
			to   *campaigns.Words
		}{{"head", mostHead, &u.Title}, {"body", mostBody, &u.Body}} {
			id := inLang(x.name, lang)
			s := clean(r.PostForm.Get(id))
			put(x.to, lang, s)
			if fault := tooMuch(s, x.most); fault != "" {
				wrong[id] = fault
			} else if s == "" {
				wrong[id] = "wr.needed"
			}
		}
	}
	if len(wrong) > 0 {
		return d.news(w, r, http.StatusUnprocessableEntity, v, r.PostForm, wrong)
	}
	err = d.Store.AddUpdate(r.Context(), v.ID, u, d.entry(v, "campaign.update"))
	if errors.Is(err, campaigns.ErrNotFound) {
		return page.ErrNoPage
	}
	if err != nil {
		return err
	}
	return page.See(w, r, v.at("/campaigns/"+v.Slug+"/news")+"?said=news")
}
