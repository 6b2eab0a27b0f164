package people

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/web/page"
)

// halfLife is how long the cookie between password and second factor is kept.
const halfLife = 10 * time.Minute

func escape(s string) string { return url.QueryEscape(s) }

// Forgot asks for the address of who has forgotten a password.
func (p *People) Forgot(w http.ResponseWriter, r *http.Request) error {
	l := p.locale(r)
	f := FormPage{Frame: p.frame(r, "/forgot", l.T("people.forgot_title")), Submit: l.T("people.forgot_do")}
	f.Lead = l.T("people.forgot_lead")
	f.Fields = []page.Field{p.emailField(r, "")}
	f.Links = []page.Link{{Href: "/" + string(f.UI) + "/sign-in", Text: l.T("people.signin")}}
	return p.render(w, r, "form", f)
}

// DoForgot orders a letter and says the same to everybody.
func (p *People) DoForgot(w http.ResponseWriter, r *http.Request) error {
	if err := p.Door.AskReset(r.Context(), r.PostFormValue("email"), string(page.UI(r)), p.from(r)); err != nil {
		return err
	}
	return p.see(w, r, "/forgot/sent")
}

// ForgotSent says that a letter is on its way, if there is whom to write to.
func (p *People) ForgotSent(w http.ResponseWriter, r *http.Request) error {
	l := p.locale(r)
	f := FormPage{Frame: p.frame(r, "/forgot/sent", l.T("people.sent"))}
	f.Lead = l.T("people.sent_lead")
	f.Links = []page.Link{{Href: "/" + string(f.UI) + "/sign-in", Text: l.T("people.signin")}}
	if p.Demo != nil {
		f.Links = append(f.Links, page.Link{Href: "/" + string(f.UI) + "/outbox", Text: l.T("people.outbox")})
	}
	return p.render(w, r, "form", f)
}

// Reset asks for another password.
func (p *People) Reset(w http.ResponseWriter, r *http.Request) error {
	if err := p.Door.MayReset(r.Context(), r.PathValue("token")); err != nil {
		return p.spent(w, r, err, "people.reset_spent")
	}
	return p.render(w, r, "form", p.resetForm(r, ""))
}

func (p *People) resetForm(r *http.Request, fault string) FormPage {
	l := p.locale(r)
	f := FormPage{Frame: p.frame(r, "/reset/"+r.PathValue("token"), l.T("people.reset")), Submit: l.T("people.reset_do")}
	f.Lead = l.T("people.reset_lead")
	field := p.passwordField(r, true)
	field.Error = fault
	f.Fields = []page.Field{field}
	return f
}

// DoReset sets it.
func (p *People) DoReset(w http.ResponseWriter, r *http.Request) error {
	err := p.Door.Reset(r.Context(), r.PathValue("token"), r.PostFormValue("password"))
	if fault := passwordFault(p.locale(r), err); fault != "" {
		return p.failed(w, r, "form", p.resetForm(r, fault))
	}
	if err != nil {
		return p.spent(w, r, err, "people.reset_spent")
	}
	return p.see(w, r, "/sign-in?said=reset")
}

// spent says of a link that is good no longer how to get another.
func (p *People) spent(w http.ResponseWriter, r *http.Request, err error, key string) error {
	if !errors.Is(err, accounts.ErrNone) {
		return err
	}
	l := p.locale(r)
	return &page.Help{Err: page.Missing(err, accounts.ErrNone), Say: l.T(key), Label: l.T("people.instead"), Links: []page.Link{
		{Href: "/" + string(l.Lang) + "/forgot", Text: l.T("people.forgot")}, {Href: "/" + string(l.Lang) + "/sign-in", Text: l.T("people.signin")},
	}}
}

// Join shows an invitation.
func (p *People) Join(w http.ResponseWriter, r *http.Request) error {
	f, err := p.joinForm(r)
	if err != nil {
		return p.spent(w, r, err, "people.join_spent")
	}
	return p.render(w, r, "form", f)
}

func (p *People) joinForm(r *http.Request) (FormPage, error) {
	token := r.PathValue("token")
	inv, known, err := p.Door.Invitation(r.Context(), token)
	if err != nil {
		return FormPage{}, err
	}
	o, err := p.Door.Store.Organisation(r.Context(), inv.Organisation)
	if err != nil {
		return FormPage{}, err
	}
	l := p.locale(r)
	name := o.Names[string(l.Lang)]
	f := FormPage{Frame: p.frame(r, "/join/"+token, l.T("people.join", "organisation", name)), Submit: l.T("people.join_do")}
	f.Lead = l.T("people.join_lead", "role", roleName(l, inv.Role), "email", inv.Mail)
	f.Notices = append(f.Notices, page.Notice{Title: roleName(l, inv.Role), Texts: []string{roleMay(l, inv.Role), l.T("people.join_until", "date", l.DateTo(i18n.Day(inv.Until)))}})
	if known {
		f.Lead = l.T("people.join_known", "role", roleName(l, inv.Role), "email", inv.Mail)
		return f, nil
	}
	f.Fields = []page.Field{
		{ID: "name", Name: "name", Label: l.T("people.name"), Hint: l.T("people.name_hint"), Value: r.PostFormValue("name"), Autocomplete: "name", Required: true},
		p.passwordField(r, true),
	}
	return f, nil
}

// DoJoin accepts it: as the person signed in where the address has one, else as
// somebody new, who then sets up a second factor.
func (p *People) DoJoin(w http.ResponseWriter, r *http.Request) error {
	ctx, token := r.Context(), r.PathValue("token")
	inv, known, err := p.Door.Invitation(ctx, token)
	if err != nil {
		return p.spent(w, r, err, "people.join_spent")
	}
	ui := string(page.UI(r))
	desk := "/desk/" + string(inv.Organisation)
	if known {
		v, err := p.known(w, r)
		if errors.Is(err, accounts.ErrNone) || err == nil && v.Person.Email != inv.Email {
			return p.see(w, r, "/sign-in?next="+escape("/"+ui+"/join/"+token))
		}
		if err != nil {
			return err
		}
		if err := p.Door.JoinAs(ctx, v.Session, token); err != nil && !errors.Is(err, accounts.ErrKnown) {
			return p.spent(w, r, err, "people.join_spent")
		}
		return p.see(w, r, desk+"?said=joined")
	}
	name := strings.Join(strings.Fields(r.PostFormValue("name")), " ")
	l := p.locale(r)
	nameFault, fault := "", ""
	if n := len([]rune(name)); n < 2 || n > 100 {
		nameFault = l.T("people.name_bad")
	}
	// The password is looked at too: all that is wrong is said at once.
	fault = passwordFault(l, accounts.CheckPassword(r.PostFormValue("password"), inv.Mail, name))
	if nameFault == "" && fault == "" {
		session, err := p.Door.Join(ctx, token, name, r.PostFormValue("password"), ui, agent(r))
		if err != nil {
			return p.spent(w, r, err, "people.join_spent")
		}
		p.setCookie(w, r, sessionCookie, session, accounts.SessionLife)
		if inv.Role.NeedsSecondFactor() {
			return p.see(w, r, "/account/totp?next="+escape("/"+ui+desk))
		}
		return p.see(w, r, desk+"?said=joined")
	}
	f, err := p.joinForm(r)
	if err != nil {
		return err
	}
	f.Fields[0].Error, f.Fields[1].Error = nameFault, fault
	return p.failed(w, r, "form", f)
}
