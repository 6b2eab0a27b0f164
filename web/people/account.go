package people

import (
	"encoding/base64"
	"errors"
	"net/http"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/accounts/door"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/web/page"
)

// AccountPage is what a person sees of their own account.
type AccountPage struct {
	Frame
	Mail      string
	TOTP      bool
	Passkeys  []PasskeyRow
	NoPasskey bool // this address can have none
	Codes     string
	Fresh     bool // what proves who one is may be changed
	Sessions  []SessionRow
	Places    []page.Link
}

// PasskeyRow is a passkey of a person.
type PasskeyRow struct{ ID, Name, Added string }

// SessionRow is a browser signed in.
type SessionRow struct {
	ID, Agent, Began, Used string
	This                   bool
}

// Account shows it.
func (p *People) Account(w http.ResponseWriter, r *http.Request) error {
	v, l := visitor(r), p.locale(r)
	f := AccountPage{Frame: p.frame(r, "/account", l.T("people.account")), Mail: v.Person.Mail, TOTP: len(v.Person.TOTPSecret) > 0}
	f.Staff, f.Fresh = p.staff(r, v, "account"), v.Session.Fresh(p.now())
	for _, k := range v.Person.Passkeys {
		f.Passkeys = append(f.Passkeys, PasskeyRow{base64.RawURLEncoding.EncodeToString(k.ID), k.Name, l.Date(i18n.Day(k.Added))})
	}
	if _, err := p.Door.AskPasskey(p.origin(r)); errors.Is(err, door.ErrNoPasskeys) {
		f.NoPasskey = true
	}
	f.Codes = l.N("people.codes_left", len(v.Person.Recovery))
	if v.Person.HasSecondFactor() && len(v.Person.Recovery) < 3 {
		f.warn(l.T("people.codes_few"), l.T("people.codes_few_text"))
	}
	sessions, err := p.Door.Store.Sessions(r.Context(), v.Person.ID, p.now())
	if err != nil {
		return err
	}
	for _, s := range sessions {
		f.Sessions = append(f.Sessions, SessionRow{s.ID, s.Agent, l.Moment(s.Began), l.Moment(s.Used), s.ID == v.Session.ID})
	}
	places, err := p.Door.Store.Places(r.Context(), v.Person.ID)
	if err != nil {
		return err
	}
	for _, place := range places {
		f.Places = append(f.Places, page.Link{Href: "/" + string(l.Lang) + "/desk/" + string(place.Organisation), Text: place.Names[string(l.Lang)]})
	}
	return p.render(w, r, "account", f)
}

// EndSession ends one session, or all of them.
func (p *People) EndSession(w http.ResponseWriter, r *http.Request) error {
	v, id := visitor(r), r.PostFormValue("session")
	if id == "all" {
		if err := p.Door.EndSessions(r.Context(), v.Person.ID); err != nil {
			return err
		}
		p.dropCookie(w, r, sessionCookie)
		return p.see(w, r, "/sign-in?said=ended")
	}
	if err := p.Door.EndSession(r.Context(), v.Person.ID, id); err != nil {
		return err
	}
	return p.see(w, r, "/account?said=ended")
}

// Again asks to prove once more who one is.
func (p *People) Again(w http.ResponseWriter, r *http.Request) error { return p.again(w, r, false) }

func (p *People) again(w http.ResponseWriter, r *http.Request, wrong bool) (err error) {
	v, l := visitor(r), p.locale(r)
	f := FormPage{Frame: p.frame(r, "/account/again", l.T("people.again")), Submit: l.T("people.again_do"), Hidden: []Hidden{{"next", next(r)}}}
	f.Staff, f.Lead, f.Query = p.staff(r, v, ""), l.N("people.again_lead", int(accounts.SessionFresh.Minutes())), "next="+escape(next(r))
	f.Fields = []page.Field{p.passwordField(r, false)}
	if len(v.Person.TOTPSecret) > 0 {
		f.Fields = append(f.Fields, p.codeField(r))
	}
	if len(v.Person.Passkeys) > 0 {
		if f.Passkey, err = p.askPasskey(r, "/account/again/passkey", len(v.Person.TOTPSecret) > 0); err != nil {
			return err
		}
		if len(v.Person.TOTPSecret) == 0 { // the second factor is the passkey alone
			f.Fields, f.Submit = nil, ""
		}
	}
	if wrong {
		f.warn(l.T("people.again_wrong"), "")
		return p.failed(w, r, "form", f)
	}
	return p.render(w, r, "form", f)
}

// DoAgain takes password and code.
func (p *People) DoAgain(w http.ResponseWriter, r *http.Request) error {
	secret, err := p.Door.Prove(r.Context(), visitor(r).Session, r.PostFormValue("password"), r.PostFormValue("code"), p.from(r))
	return p.doAgain(w, r, secret, err)
}

// PasskeyAgain takes the answer of a passkey.
func (p *People) PasskeyAgain(w http.ResponseWriter, r *http.Request) error {
	secret, err := p.Door.ProveByPasskey(r.Context(), visitor(r).Session, p.origin(r), r.PostFormValue("state"), r.PostFormValue("answer"))
	if errors.Is(err, accounts.ErrNone) || errors.Is(err, door.ErrNoPasskeys) {
		err = door.ErrRefused
	}
	return p.doAgain(w, r, secret, err)
}

func (p *People) doAgain(w http.ResponseWriter, r *http.Request, secret string, err error) error {
	if errors.Is(err, door.ErrRefused) {
		return p.again(w, r, true)
	}
	if err != nil {
		return err
	}
	p.setCookie(w, r, sessionCookie, secret, accounts.SessionLife)
	return page.See(w, r, next(r))
}

// Password asks for another password.
func (p *People) Password(w http.ResponseWriter, r *http.Request) error {
	return p.render(w, r, "form", p.passwordForm(r, ""))
}

func (p *People) passwordForm(r *http.Request, fault string) FormPage {
	l := p.locale(r)
	f := FormPage{Frame: p.frame(r, "/account/password", l.T("people.reset")), Submit: l.T("people.reset_do")}
	f.Staff, f.Lead = p.staff(r, visitor(r), ""), l.T("people.password_lead")
	field := p.passwordField(r, true)
	field.Error = fault
	f.Fields = []page.Field{field}
	return f
}

// DoPassword sets it; all other sessions end.
func (p *People) DoPassword(w http.ResponseWriter, r *http.Request) error {
	secret, err := p.Door.ChangePassword(r.Context(), visitor(r).Session, r.PostFormValue("password"))
	if fault := passwordFault(p.locale(r), err); fault != "" {
		return p.failed(w, r, "form", p.passwordForm(r, fault))
	}
	if err != nil {
		return err
	}
	p.setCookie(w, r, sessionCookie, secret, accounts.SessionLife)
	return p.see(w, r, "/account?said=password")
}
