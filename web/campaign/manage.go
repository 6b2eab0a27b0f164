package campaign

import (
	"context"
	"errors"
	"net/http"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/gate"
	"github.com/tuzetu/tuzetu/campaigns/intake"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/read"
)

// ManagePage is what a signer sees and may change.
type ManagePage struct {
	page.Layout
	Heading   read.Phrase
	Back      string
	Done      string // what was just done
	Action    string
	Region    string
	On        law.Date // confirmed; "" while it is not
	Counts    string   // whether it counts, and where
	Warning   bool     // it does not
	Level     string
	Version   int
	SHA256    string // of the text that was signed
	Text      string // its history
	Data      string // all that is kept
	ShownName string
	Updates   bool
	Given     page.Field
	Surname   page.Field
	Email     page.Field
	Display   bool // as it was ticked
	News      bool
	Consent   campaigns.ConsentForm
	Again     *Again
	Wrong     []page.Link // to the fields of a form that came back
}

// Again is a newer text that may be signed in place of the old one.
type Again struct {
	Title, Ask    read.Phrase
	Version       int
	Consent       campaigns.ConsentForm
	TextSHA256    string
	ConsentSHA256 string
	New           []Rewritten // against what was signed
	Law           *page.Link
	Changed       bool // it changed once more while the page was open
	AgreedError   string
}

// Manage shows a signature to its owner.
func (c *Collector) Manage(w http.ResponseWriter, r *http.Request) error {
	alone(w)
	done := ""
	loc := c.pages.Locale(page.UI(r))
	switch r.URL.Query().Get("done") {
	case "wishes":
		done = loc.T("manage.saved")
	case "again":
		done = loc.T("manage.signed_again")
	}
	return c.manage(w, r, http.StatusOK, done, intake.Wishes{}, nil)
}

// manage answers with the page; typed and wrong are of a form that was refused.
func (c *Collector) manage(w http.ResponseWriter, r *http.Request, status int, done string, typed intake.Wishes, wrong campaigns.FormError) error {
	v, kept, err := c.tokenView(r, gate.ToManage)
	if errors.Is(err, campaigns.ErrNoSignature) {
		return c.notValid(w, r)
	}
	if err != nil {
		return err
	}
	p := ManagePage{Layout: c.private(r, v, v.loc.T("manage.crumb")), Heading: v.said(v.text.Title), Back: v.at(""), Done: done,
		Action: "/" + string(v.ui) + "/manage/" + r.PathValue("token"), On: kept.Day, Version: kept.Version, Updates: kept.UpdatesTo != nil,
		Text: v.at("/text")}
	p.Data = p.Action + "/data.json"
	signed, err := c.Store.Text(r.Context(), v.ID, kept.Version)
	if err != nil {
		return err
	}
	p.SHA256 = signed.SHA256
	for _, region := range c.regions {
		if region.Code == kept.Region {
			p.Region = v.said(region.Name).Text
		}
	}
	if p.Level = v.loc.T("level.email"); kept.Level == campaigns.OnPaper {
		p.Level = v.loc.T("level.paper")
	}
	if p.Counts, p.Warning, err = c.counts(r.Context(), v, kept); err != nil {
		return err
	}
	if p.ShownName, err = c.Manager.ShownName(kept); err != nil {
		return err
	}
	p.Display, p.News = p.ShownName != "" || typed.Display, p.Updates || typed.Updates
	field := func(name campaigns.Field, value, label, kind, autocomplete string) page.Field {
		x := page.Field{ID: "m-" + string(name), Name: string(name), Label: label, Kind: kind, Value: value, Autocomplete: autocomplete}
		if pr, bad := wrong[name]; bad {
			x.Error = problem(v.loc, name, pr)
			p.Wrong = append(p.Wrong, page.Link{Href: "#" + x.ID, Text: label + ": " + x.Error})
		}
		return x
	}
	p.Given = field(campaigns.FieldGiven, typed.Given, v.loc.T("sign.given"), "", "given-name")
	p.Surname = field(campaigns.FieldSurname, typed.Surname, v.loc.T("sign.surname"), "", "family-name")
	p.Email = field(campaigns.FieldEmail, typed.Email, v.loc.T("sign.email"), "email", "email")
	var consent string
	if p.Consent, consent, err = v.consent(); err != nil {
		return err
	}
	if kept.Confirmed && kept.Version != v.Version && v.State.TakesConfirmations() {
		p.Again = &Again{Title: v.said(v.text.Title), Ask: v.said(v.text.Ask), Version: v.Version, Consent: p.Consent,
			TextSHA256: v.text.SHA256, ConsentSHA256: consent, Changed: status == http.StatusConflict,
			New: v.rewritten(signed.Text, v.text.Text), Law: v.lawRewritten(signed.Text, v.text.Text)}
		if _, bad := wrong[campaigns.FieldAgreed]; bad {
			p.Again.AgreedError = v.loc.T("wrong.agreed")
			p.Wrong = append(p.Wrong, page.Link{Href: "#again-agreed", Text: p.Again.AgreedError})
		}
	}
	return c.pages.Render(w, r, status, page.Private, v.ui, "campaign_manage", p)
}

// counts says honestly whether a signature counts; warning where it does not and
// its owner may not know.
func (c *Collector) counts(ctx context.Context, v view, kept campaigns.Kept) (say string, warning bool, err error) {
	switch {
	case !kept.Confirmed:
		return v.loc.T("manage.pending"), true, nil
	case kept.Standing == campaigns.Bounced:
		return v.loc.T("manage.bounced"), true, nil
	case kept.Standing == campaigns.Invalid:
		return v.loc.T("manage.invalid"), true, nil
	}
	waits, err := c.Store.Waits(ctx, kept.ID)
	switch {
	case err != nil:
		return "", false, err
	case waits:
		return v.loc.T("manage.waits"), false, nil
	case kept.Version != v.Version:
		return v.loc.T("manage.counted_under", "n", kept.Version), false, nil
	}
	return v.loc.T("manage.counted"), false, nil
}

// SetWishes stores the two consents that may change. Each has a form, which says
// by "keep" that the other stays as it is.
func (c *Collector) SetWishes(w http.ResponseWriter, r *http.Request) error {
	alone(w)
	if err := page.ReadForm(r); err != nil {
		return err
	}
	get := r.PostForm.Get
	wishes := intake.Wishes{Display: get("display") != "" || get("keep") == "display", Given: get("given"), Surname: get("surname"),
		Updates: get("updates") != "" || get("keep") == "updates", Email: get("email")}
	err := c.Manager.SetWishes(r.Context(), r.PathValue("token"), wishes)
	var wrong campaigns.FormError
	switch {
	case errors.Is(err, campaigns.ErrNoSignature):
		return c.notValid(w, r)
	case errors.As(err, &wrong):
		return c.manage(w, r, http.StatusUnprocessableEntity, "", wishes, wrong)
	case err != nil:
		return err
	}
	http.Redirect(w, r, r.URL.Path+"?done=wishes", http.StatusSeeOther)
	return nil
}

// Withdraw erases the signature, at once and without asking why.
func (c *Collector) Withdraw(w http.ResponseWriter, r *http.Request) error {
	alone(w)
	v, _, err := c.tokenView(r, gate.ToManage)
	if err == nil {
		err = c.Manager.Withdraw(r.Context(), r.PathValue("token"))
	}
	if errors.Is(err, campaigns.ErrNoSignature) {
		return c.notValid(w, r)
	}
	if err != nil {
		return err
	}
	http.Redirect(w, r, v.at("/withdrawn"), http.StatusSeeOther)
	return nil
}

// SignAgain signs the new text in place of the old one.
func (c *Collector) SignAgain(w http.ResponseWriter, r *http.Request) error {
	alone(w)
	if err := page.ReadForm(r); err != nil {
		return err
	}
	get := r.PostForm.Get
	if get("agreed") == "" {
		return c.manage(w, r, http.StatusUnprocessableEntity, "", intake.Wishes{}, campaigns.FormError{campaigns.FieldAgreed: campaigns.Missing})
	}
	token := r.PathValue("token")
	err := c.Manager.SignAgain(r.Context(), token, get("text"), get("consent"))
	switch {
	case errors.Is(err, campaigns.ErrNoSignature):
		return c.notValid(w, r)
	case errors.Is(err, campaigns.ErrTextChanged):
		return c.manage(w, r, http.StatusConflict, "", intake.Wishes{}, nil)
	case errors.Is(err, campaigns.ErrState):
		v, _, err := c.tokenView(r, gate.ToManage)
		if err != nil {
			return err
		}
		return c.over(w, r, v)
	case err != nil:
		return err
	}
	http.Redirect(w, r, "/"+string(page.UI(r))+"/manage/"+token+"?done=again", http.StatusSeeOther)
	return nil
}

// Withdrawn follows Withdraw and says nothing of anyone.
func (c *Collector) Withdrawn(w http.ResponseWriter, r *http.Request) error {
	return c.told(w, r, "/withdrawn", func(v view) NotePage {
		return NotePage{Heading: v.loc.T("withdrawn"), Texts: []string{v.loc.T("withdrawn.what"), v.loc.T("withdrawn.again")}}
	})
}

// LostSent follows Lost, whether the address has signed or not.
func (c *Collector) LostSent(w http.ResponseWriter, r *http.Request) error {
	return c.told(w, r, "/lost/sent", func(v view) NotePage {
		return NotePage{Heading: v.loc.T("lost.sent"), Texts: []string{v.loc.T("lost.sent_what"), v.loc.T("lost.sent_none")}}
	})
}

// told answers with a note that is the same for everybody.
func (c *Collector) told(w http.ResponseWriter, r *http.Request, what string, say func(view) NotePage) error {
	v, err := c.asked(r)
	if err != nil {
		return err
	}
	p := say(v)
	p.Layout = c.layoutOf(r, v, what, p.Heading)
	title := v.said(v.text.Title)
	p.Links = []page.Link{{Href: v.at(""), Text: title.Text, Lang: title.Lang}}
	return c.note(w, r, http.StatusOK, page.Fresh, p)
}

// LostPage asks for the address a lost link is to be sent to.
type LostPage struct {
	page.Layout
	Heading read.Phrase
	Action  string
	Email   page.Field
	Wrong   []page.Link
}

// Lost shows the form.
func (c *Collector) Lost(w http.ResponseWriter, r *http.Request) error {
	v, err := c.asked(r)
	if err != nil {
		return err
	}
	if v.State == campaigns.Closed {
		return c.over(w, r, v) // no letter can be sent any more
	}
	return c.lost(w, r, http.StatusOK, page.Fresh, v, "", "")
}

func (c *Collector) lost(w http.ResponseWriter, r *http.Request, status int, cache page.Cache, v view, typed, wrong string) error {
	p := LostPage{Layout: c.layoutOf(r, v, "/lost", v.loc.T("lost.title")), Heading: v.said(v.text.Title), Action: v.at("/lost"),
		Email: page.Field{ID: "f-email", Name: "email", Label: v.loc.T("sign.email"), Hint: v.loc.T("lost.hint"), Kind: "email", Autocomplete: "email", Required: true, Value: typed, Error: wrong}}
	if wrong != "" {
		p.Wrong = []page.Link{{Href: "#" + p.Email.ID, Text: p.Email.Label + ": " + wrong}}
	}
	return c.pages.Render(w, r, status, cache, v.ui, "campaign_lost", p)
}

// AskLost has the link mailed to an address that has signed; the answer is the
// same for one that has not.
func (c *Collector) AskLost(w http.ResponseWriter, r *http.Request) error {
	alone(w)
	v, err := c.asked(r)
	if err != nil {
		return err
	}
	if v.State == campaigns.Closed {
		return c.over(w, r, v)
	}
	if err := page.ReadForm(r); err != nil {
		return err
	}
	email := r.PostForm.Get("email")
	err = c.Intake.LostLink(r.Context(), v.ID, email, c.client(r))
	var wrong campaigns.FormError
	if errors.As(err, &wrong) {
		return c.lost(w, r, http.StatusUnprocessableEntity, page.Private, v, email, problem(v.loc, campaigns.FieldEmail, wrong[campaigns.FieldEmail]))
	}
	if err != nil {
		return err
	}
	http.Redirect(w, r, v.at("/lost/sent"), http.StatusSeeOther)
	return nil
}

// LeavePage has the button that ends letters with news.
type LeavePage struct {
	page.Layout
	Heading read.Phrase
	Action  string
	Done    bool
}

// Leave shows it.
func (c *Collector) Leave(w http.ResponseWriter, r *http.Request) error { return c.leave(w, r, false) }

// Left ends the letters. A mail program may ask for that by itself, by POST and
// without a visitor (RFC 8058).
func (c *Collector) Left(w http.ResponseWriter, r *http.Request) error { return c.leave(w, r, true) }

func (c *Collector) leave(w http.ResponseWriter, r *http.Request, do bool) error {
	alone(w)
	kept, err := c.Manager.Leaving(r.Context(), r.PathValue("token"))
	if err == nil && do {
		err = c.Manager.Unsubscribed(r.Context(), r.PathValue("token"))
	}
	if errors.Is(err, campaigns.ErrNoSignature) {
		return c.notValid(w, r)
	}
	if err != nil {
		return err
	}
	v, err := c.keptView(r, kept)
	if err != nil {
		return err
	}
	p := LeavePage{Layout: c.private(r, v, v.loc.T("leave.crumb")), Heading: v.said(v.text.Title), Action: r.URL.Path, Done: do || kept.UpdatesTo == nil}
	return c.pages.Render(w, r, http.StatusOK, page.Private, v.ui, "campaign_leave", p)
}
