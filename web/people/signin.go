package people

import (
	"errors"
	"net/http"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/accounts/door"
	"github.com/tuzetu/tuzetu/web/page"
)

// SignIn shows the form of address and password, to those who need it.
func (p *People) SignIn(w http.ResponseWriter, r *http.Request) error {
	switch _, err := p.known(w, r); {
	case err == nil:
		return page.See(w, r, next(r))
	case !errors.Is(err, accounts.ErrNone):
		return err
	}
	f, err := p.signInForm(r, "")
	if err != nil {
		return err
	}
	return p.render(w, r, "form", f)
}

func (p *People) signInForm(r *http.Request, email string) (FormPage, error) {
	l := p.locale(r)
	f := FormPage{Frame: p.frame(r, "/sign-in", l.T("people.signin")), Submit: l.T("people.signin_do")}
	f.Lead = l.T("people.signin_lead")
	f.Hidden = []Hidden{{"next", next(r)}}
	f.Fields = []page.Field{p.emailField(r, email), p.passwordField(r, false)}
	f.Links = []page.Link{{Href: "/" + string(f.UI) + "/forgot", Text: l.T("people.forgot")}}
	if p.Demo != nil {
		f.Links = append(f.Links, page.Link{Href: "/" + string(f.UI) + "/outbox", Text: l.T("people.outbox")})
	}
	var err error
	f.Passkey, err = p.askPasskey(r, "/sign-in/passkey", true)
	return f, err
}

// DoSignIn takes address and password. Whatever is wrong, the answer is the same.
func (p *People) DoSignIn(w http.ResponseWriter, r *http.Request) error {
	in, err := p.Door.SignIn(r.Context(), r.PostFormValue("email"), r.PostFormValue("password"), p.from(r), agent(r))
	if errors.Is(err, door.ErrRefused) {
		f, err := p.signInForm(r, r.PostFormValue("email"))
		if err != nil {
			return err
		}
		f.warn(p.locale(r).T("people.refused"), p.locale(r).T("people.refused_text"))
		return p.failed(w, r, "form", f)
	}
	if err != nil {
		return err
	}
	if in.Half != "" {
		p.setCookie(w, r, halfCookie, in.Half, halfLife)
		return p.see(w, r, "/sign-in/second?next="+escape(next(r)))
	}
	return p.enter(w, r, in.Session)
}

// enter begins with a session; one that the browser had before ends.
func (p *People) enter(w http.ResponseWriter, r *http.Request, session string) error {
	if v, err := p.known(w, r); err == nil {
		if err := p.Door.EndSession(r.Context(), v.Person.ID, v.Session.ID); err != nil {
			return err
		}
		w.Header().Del("Set-Cookie")
	}
	p.setCookie(w, r, sessionCookie, session, accounts.SessionLife)
	p.dropCookie(w, r, halfCookie)
	return page.See(w, r, next(r))
}

// PasskeySignIn takes the answer of a passkey.
func (p *People) PasskeySignIn(w http.ResponseWriter, r *http.Request) error {
	session, err := p.Door.ByPasskey(r.Context(), p.origin(r), r.PostFormValue("state"), r.PostFormValue("answer"), agent(r))
	if errors.Is(err, door.ErrRefused) || errors.Is(err, accounts.ErrNone) || errors.Is(err, door.ErrNoPasskeys) {
		f, err := p.signInForm(r, "")
		if err != nil {
			return err
		}
		f.warn(p.locale(r).T("people.passkey_refused"), p.locale(r).T("people.passkey_refused_text"))
		return p.failed(w, r, "form", f)
	}
	if err != nil {
		return err
	}
	return p.enter(w, r, session)
}

// Second asks for the second factor.
func (p *People) Second(w http.ResponseWriter, r *http.Request) error {
	return p.second(w, r, "/sign-in/second", p.codeField(r), false)
}

// Recovery asks for a recovery code in its place.
func (p *People) Recovery(w http.ResponseWriter, r *http.Request) error {
	return p.second(w, r, "/sign-in/recovery", p.recoveryField(r), false)
}

func (p *People) recoveryField(r *http.Request) page.Field {
	l := p.locale(r)
	return page.Field{ID: "recovery", Name: "recovery", Label: l.T("people.recovery_code"), Hint: l.T("people.recovery_hint"), Autocomplete: "off", Required: true}
}

func (p *People) second(w http.ResponseWriter, r *http.Request, path string, field page.Field, wrong bool) error {
	half, _ := p.cookie(r, halfCookie)
	who, err := p.Door.Halfway(r.Context(), half)
	if errors.Is(err, accounts.ErrNone) {
		return p.see(w, r, "/sign-in?next="+escape(next(r)))
	}
	if err != nil {
		return err
	}
	l := p.locale(r)
	heading := l.T("people.second")
	if field.Name == "recovery" {
		heading = l.T("people.recovery")
	}
	f := FormPage{Frame: p.frame(r, path, heading), Submit: l.T("people.signin_do"), Hidden: []Hidden{{"next", next(r)}}}
	f.Query = "next=" + escape(next(r))
	if wrong {
		field.Error = l.T("people.code_wrong")
	}
	f.Fields = []page.Field{field}
	there := func(path, key string) {
		f.Links = append(f.Links, page.Link{Href: "/" + string(f.UI) + path + "?next=" + escape(next(r)), Text: key})
	}
	if field.Name == "recovery" {
		f.Lead = l.T("people.recovery_lead")
		there("/sign-in/second", l.T("people.second_back"))
	} else {
		if len(who.TOTPSecret) == 0 {
			f.Fields, f.Submit = nil, ""
		} else {
			f.Lead = l.T("people.second_lead")
		}
		if len(who.Passkeys) > 0 {
			if f.Passkey, err = p.askPasskey(r, "/sign-in/passkey", f.Submit != ""); err != nil {
				return err
			}
			if f.Submit == "" {
				f.Lead = l.T("people.second_passkey")
			}
		}
		there("/sign-in/recovery", l.T("people.recovery_instead"))
	}
	if wrong {
		return p.failed(w, r, "form", f)
	}
	return p.render(w, r, "form", f)
}

// DoSecond takes the code of an authenticator.
func (p *People) DoSecond(w http.ResponseWriter, r *http.Request) error {
	half, _ := p.cookie(r, halfCookie)
	session, err := p.Door.Second(r.Context(), half, r.PostFormValue("code"), agent(r))
	return p.doSecond(w, r, session, err, "/sign-in/second", p.codeField(r))
}

// DoRecovery takes a recovery code.
func (p *People) DoRecovery(w http.ResponseWriter, r *http.Request) error {
	half, _ := p.cookie(r, halfCookie)
	session, err := p.Door.Recover(r.Context(), half, r.PostFormValue("recovery"), agent(r))
	return p.doSecond(w, r, session, err, "/sign-in/recovery", p.recoveryField(r))
}

func (p *People) doSecond(w http.ResponseWriter, r *http.Request, session string, err error, path string, field page.Field) error {
	switch {
	case errors.Is(err, door.ErrRefused):
		return p.second(w, r, path, field, true)
	case errors.Is(err, accounts.ErrNone):
		return p.see(w, r, "/sign-in?next="+escape(next(r)))
	case err != nil:
		return err
	}
	return p.enter(w, r, session)
}

// SignOut ends this session.
func (p *People) SignOut(w http.ResponseWriter, r *http.Request) error {
	v := visitor(r)
	if err := p.Door.EndSession(r.Context(), v.Person.ID, v.Session.ID); err != nil {
		return err
	}
	p.dropCookie(w, r, sessionCookie)
	return p.see(w, r, "/sign-in?said=out")
}
