package campaign

import (
	"cmp"
	"errors"
	"net/http"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/gate"
	"github.com/tuzetu/tuzetu/campaigns/intake"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/read"
)

// SignForm is the form, with what was typed and what is wrong with it.
type SignForm struct {
	Action                       string
	Given, Surname, Email        page.Field
	Region                       page.Field
	Occupation, Comment, Minor   page.Field
	Consent                      campaigns.ConsentForm
	TextSHA256, ConsentSHA256    string
	Agreed, Display, Updates     bool
	AgreedError                  string
	More, MinorOpen, ConsentOpen bool // what is unfolded
	Version                      int
	Text                         string      // the history of what is signed
	Wrong                        []page.Link // to the fields, in their order
	Warning                      string      // above all: the text has changed, nothing was stored
}

// SignPage is the form alone, for a small phone and for a second attempt.
type SignPage struct {
	page.Layout
	Heading read.Phrase
	Ask     read.Phrase
	Target  read.Phrase
	Back    string
	Form    *SignForm
}

// blank is the form as it is first shown.
func (c *Collector) blank(v view) (*SignForm, error) { return c.filled(v, campaigns.Form{}, nil) }

// filled is the form with what was typed.
func (c *Collector) filled(v view, typed campaigns.Form, wrong campaigns.FormError) (*SignForm, error) {
	consent, hash, err := v.consent()
	if err != nil {
		return nil, err
	}
	f := &SignForm{
		Action: v.at("/sign"), Consent: consent, ConsentSHA256: hash, TextSHA256: v.text.SHA256, Version: v.Version, Text: v.at("/text"),
		Agreed: typed.Agreed, Display: typed.Display, Updates: typed.Updates,
	}
	field := func(name campaigns.Field, value, label, hint, kind, autocomplete string, required bool) page.Field {
		x := page.Field{ID: "f-" + string(name), Name: string(name), Label: label, Hint: hint, Kind: kind, Value: value, Autocomplete: autocomplete, Required: required}
		if p, bad := wrong[name]; bad {
			x.Error = problem(v.loc, name, p)
			f.Wrong = append(f.Wrong, page.Link{Href: "#" + x.ID, Text: x.Label + ": " + x.Error})
		}
		return x
	}
	f.Given = field(campaigns.FieldGiven, typed.Given, v.loc.T("sign.given"), "", "", "given-name", true)
	f.Surname = field(campaigns.FieldSurname, typed.Surname, v.loc.T("sign.surname"), v.loc.T("sign.name_hint"), "", "family-name", true)
	f.Email = field(campaigns.FieldEmail, typed.Email, v.loc.T("sign.email"), v.loc.T("sign.email_hint"), "email", "email", true)
	f.Region = field(campaigns.FieldRegion, typed.Region, v.loc.T("sign.region"), "", "select", "", true)
	f.Region.Options = []page.Option{{Text: v.loc.T("sign.choose")}}
	for _, r := range c.regions {
		f.Region.Options = append(f.Region.Options, page.Option{Value: r.Code, Text: v.said(r.Name).Text, Current: r.Code == typed.Region})
	}
	f.Occupation = field(campaigns.FieldOccupation, typed.Occupation, v.loc.T("sign.occupation"), "", "", "organization-title", false)
	f.Comment = field(campaigns.FieldComment, typed.Comment, v.loc.T("sign.comment"), v.loc.T("sign.comment_hint"), "textarea", "", false)
	f.Minor = field(campaigns.FieldRepresentative, typed.Representative, v.loc.T("sign.representative"), v.loc.T("sign.representative_hint"), "", "", false)
	f.More = cmp.Or(typed.Occupation, typed.Comment, f.Occupation.Error, f.Comment.Error) != ""
	f.MinorOpen = cmp.Or(typed.Representative, f.Minor.Error) != ""
	if p, bad := wrong[campaigns.FieldAgreed]; bad {
		f.AgreedError = problem(v.loc, campaigns.FieldAgreed, p)
		f.Wrong = append(f.Wrong, page.Link{Href: "#f-agreed", Text: f.AgreedError})
	}
	return f, nil
}

// problem says what is wrong with a field.
func problem(loc *i18n.Locale, field campaigns.Field, p campaigns.Problem) string {
	if field == campaigns.FieldAgreed {
		return loc.T("wrong.agreed")
	}
	switch p {
	case campaigns.Missing, campaigns.Problem(gate.Empty):
		return loc.T("wrong.missing")
	case campaigns.TooLong:
		return loc.T("wrong.long")
	case campaigns.NotAName:
		return loc.T("wrong.name")
	case intake.NotYours:
		return loc.T("wrong.not_yours")
	case campaigns.Problem(gate.MixedScripts):
		return loc.T("wrong.scripts")
	case campaigns.BadCharacter:
		return loc.T("wrong.character")
	}
	if field == campaigns.FieldEmail {
		return loc.T("wrong.email")
	}
	return loc.T("wrong.choice")
}

// SignForm shows the form alone.
func (c *Collector) SignForm(w http.ResponseWriter, r *http.Request) error {
	v, err := c.asked(r)
	if err != nil {
		return err
	}
	if !v.open(campaigns.Day(c.now())) {
		return c.over(w, r, v)
	}
	f, err := c.blank(v)
	if err != nil {
		return err
	}
	return c.form(w, r, http.StatusOK, page.Fresh, v, f)
}

func (c *Collector) form(w http.ResponseWriter, r *http.Request, status int, cache page.Cache, v view, f *SignForm) error {
	p := SignPage{Layout: c.layoutOf(r, v, "/sign", v.loc.T("sign.do")), Heading: v.said(v.text.Title), Ask: v.said(v.text.Ask),
		Target: v.said(v.text.Target), Back: v.at(""), Form: f}
	if f.Wrong != nil || f.Warning != "" {
		p.Title = v.loc.T("field.error") + ": " + p.Title
	}
	return c.pages.Render(w, r, status, cache, v.ui, "campaign_sign", p)
}

// over says that signatures are not taken now.
func (c *Collector) over(w http.ResponseWriter, r *http.Request, v view) error {
	why := c.standing(v)
	return c.note(w, r, http.StatusConflict, page.Never, NotePage{
		Layout: c.layoutOf(r, v, "/sign", v.loc.T("sign.do")), Heading: v.loc.T("sign.over"), Texts: append([]string{why.Title}, why.Texts...),
		Links: []page.Link{{Href: v.at(""), Text: v.said(v.text.Title).Text, Lang: v.said(v.text.Title).Lang}},
	})
}

// Sign takes the form. Whoever signed, and whether they had before, the answer is
// the same: look into your mail.
func (c *Collector) Sign(w http.ResponseWriter, r *http.Request) error {
	alone(w)
	v, err := c.lately(r)
	if err != nil {
		return err
	}
	if err := page.ReadForm(r); err != nil {
		return err
	}
	get := r.PostForm.Get
	typed := campaigns.Form{
		Campaign: v.ID, TextSHA256: get("text"), ConsentSHA256: get("consent"), Lang: v.ui,
		Given: get("given"), Surname: get("surname"), Email: get("email"), Region: get("region"),
		Occupation: get("occupation"), Comment: get("comment"), Representative: get("representative"),
		Agreed: get("agreed") != "", Display: get("display") != "", Updates: get("updates") != "",
	}
	typed.Adult = typed.Representative == "" // who names a representative is a minor
	err = c.Intake.Sign(r.Context(), typed, c.client(r))
	if err == nil {
		http.Redirect(w, r, v.at("/sent"), http.StatusSeeOther)
		return nil
	}
	if now, gone := c.asked(r); gone == nil {
		v = now // the form that comes back is of this moment
	}
	var wrong campaigns.FormError
	switch {
	case errors.Is(err, campaigns.ErrState):
		return c.over(w, r, v)
	case errors.Is(err, campaigns.ErrNotFound):
		return missing(err)
	}
	status := http.StatusServiceUnavailable
	if errors.As(err, &wrong) {
		status = http.StatusUnprocessableEntity
	}
	if errors.Is(err, campaigns.ErrTextChanged) {
		status, typed.Agreed = http.StatusConflict, false
	}
	f, errForm := c.filled(v, typed, wrong)
	if errForm != nil {
		return errForm
	}
	switch status {
	case http.StatusConflict:
		f.Warning = v.loc.T("sign.changed")
	case http.StatusServiceUnavailable:
		f.Warning = v.loc.T("sign.failed")
		w.Header().Set("Retry-After", "60")
		c.log.ErrorContext(r.Context(), "a signature was not stored", "err", err)
	}
	return c.form(w, r, status, page.Private, v, f)
}

// SentPage says that a letter is on its way.
type SentPage struct {
	page.Layout
	Heading read.Phrase
	Again   string // the form, for those who mistyped
	Lost    string
	Links   []page.Link
}

// Sent follows the form, and is the same page for everybody.
func (c *Collector) Sent(w http.ResponseWriter, r *http.Request) error {
	v, err := c.asked(r)
	if err != nil {
		return err
	}
	p := SentPage{Layout: c.layoutOf(r, v, "/sent", v.loc.T("sent.crumb")), Heading: v.said(v.text.Title), Again: v.at("/sign"), Lost: v.at("/lost")}
	p.Links = v.share(p.Layout)
	return c.pages.Render(w, r, http.StatusOK, page.Fresh, v.ui, "campaign_sent", p)
}
