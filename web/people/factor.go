package people

import (
	"bytes"
	"encoding/base64"
	"errors"
	"html/template"
	"image/png"
	"net/http"
	"strings"

	"github.com/pquerna/otp"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/accounts/door"
	"github.com/tuzetu/tuzetu/web/page"
)

// CodesPage shows recovery codes, once.
type CodesPage struct {
	Frame
	Codes []string
	Next  page.Link
}

// TOTP shows an authenticator to be set up.
func (p *People) TOTP(w http.ResponseWriter, r *http.Request) error {
	n, err := p.Door.NewTOTP(visitor(r).Person)
	if err != nil {
		return err
	}
	f, err := p.totpForm(r, n)
	if err != nil {
		return err
	}
	return p.render(w, r, "form", f)
}

func (p *People) totpForm(r *http.Request, n door.NewFactor) (f FormPage, err error) {
	v, l := visitor(r), p.locale(r)
	f = FormPage{Frame: p.frame(r, "/account/totp", l.T("people.totp")), Submit: l.T("people.totp_do"), Key: grouped(n.Key)}
	f.Staff, f.Lead, f.Query = p.staff(r, v, ""), l.T("people.totp_lead"), "next="+escape(next(r))
	if !v.Person.HasSecondFactor() {
		f.Notices = append(f.Notices, page.Notice{Title: l.T("people.totp_needed"), Texts: []string{l.T("people.totp_needed_text")}})
	}
	f.Hidden = []Hidden{{"state", n.State}, {"next", next(r)}}
	f.Fields = []page.Field{p.codeField(r)}
	if f.Scan, err = picture(n.URI); err != nil {
		return f, err
	}
	c, err := p.Door.NewPasskey(v.Person, p.origin(r))
	switch {
	case err == nil:
		f.Passkey = p.makePasskey(r, c)
	case !errors.Is(err, door.ErrNoPasskeys):
		return f, err
	}
	return f, nil
}

func (p *People) makePasskey(r *http.Request, c door.Challenge) *Passkey {
	l := p.locale(r)
	return &Passkey{
		Action: "/" + string(l.Lang) + "/account/passkey", Make: true, Options: c.Options, Submit: l.T("people.passkey_make"), Second: true,
		Hidden: []Hidden{{"state", c.State}, {"next", next(r)}},
		Fields: []page.Field{{ID: "passkey-name", Name: "name", Label: l.T("people.passkey_name"), Hint: l.T("people.passkey_name_hint"), Value: agent(r), Autocomplete: "off"}},
	}
}

// picture is the address of an authenticator, to be photographed.
func picture(uri string) (template.URL, error) {
	key, err := otp.NewKeyFromURL(uri)
	if err != nil {
		return "", err
	}
	img, err := key.Image(220, 220)
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		return "", err
	}
	return template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(b.Bytes())), nil
}

// grouped is a key in groups of four, to be typed.
func grouped(key string) string {
	var b strings.Builder
	for i, r := range key {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// DoTOTP takes the first code.
func (p *People) DoTOTP(w http.ResponseWriter, r *http.Request) error {
	v, l := visitor(r), p.locale(r)
	session, codes, err := p.Door.AddTOTP(r.Context(), v.Session, r.PostFormValue("state"), strings.ReplaceAll(r.PostFormValue("code"), " ", ""))
	if errors.Is(err, door.ErrRefused) {
		n, err := p.Door.SameTOTP(v.Person, r.PostFormValue("state"))
		if err != nil {
			return page.Missing(err, accounts.ErrNone)
		}
		f, err := p.totpForm(r, n)
		if err != nil {
			return err
		}
		f.Fields[0].Error = l.T("people.totp_wrong")
		return p.failed(w, r, "form", f)
	}
	return p.added(w, r, session, codes, err)
}

// DoPasskey takes the passkey that a browser has made.
func (p *People) DoPasskey(w http.ResponseWriter, r *http.Request) error {
	name := strings.Join(strings.Fields(r.PostFormValue("name")), " ")
	if name == "" || len([]rune(name)) > 100 {
		name = agent(r)
	}
	session, codes, err := p.Door.AddPasskey(r.Context(), visitor(r).Session, p.origin(r), r.PostFormValue("state"), r.PostFormValue("answer"), name)
	if errors.Is(err, door.ErrRefused) || errors.Is(err, door.ErrNoPasskeys) {
		n, err := p.Door.NewTOTP(visitor(r).Person)
		if err != nil {
			return err
		}
		f, err := p.totpForm(r, n)
		if err != nil {
			return err
		}
		f.warn(p.locale(r).T("people.passkey_refused"), "")
		return p.failed(w, r, "form", f)
	}
	return p.added(w, r, session, codes, err)
}

// added goes on after a second factor was added: by recovery codes, where they
// were made.
func (p *People) added(w http.ResponseWriter, r *http.Request, session string, codes []string, err error) error {
	if errors.Is(err, accounts.ErrNone) { // too late, or answered before
		return p.see(w, r, "/account/totp?next="+escape(next(r)))
	}
	if err != nil {
		return err
	}
	p.setCookie(w, r, sessionCookie, session, accounts.SessionLife)
	if len(codes) == 0 {
		return page.See(w, r, next(r))
	}
	return p.showCodes(w, r, codes)
}

func (p *People) showCodes(w http.ResponseWriter, r *http.Request, codes []string) error {
	l := p.locale(r)
	f := CodesPage{Frame: p.frame(r, "/account", l.T("people.codes")), Codes: codes, Next: page.Link{Href: next(r), Text: l.T("people.codes_next")}}
	f.Lead, f.Staff = l.T("people.codes_lead"), p.staff(r, visitor(r), "")
	return p.render(w, r, "codes", f)
}

// DoRecoveryCodes makes new ones.
func (p *People) DoRecoveryCodes(w http.ResponseWriter, r *http.Request) error {
	codes, err := p.Door.NewRecovery(r.Context(), visitor(r).Person.ID)
	if err != nil {
		return err
	}
	return p.showCodes(w, r, codes)
}

// RemoveFactor takes the authenticator or a passkey away.
func (p *People) RemoveFactor(w http.ResponseWriter, r *http.Request) (err error) {
	who := visitor(r).Person.ID
	if id := r.PostFormValue("passkey"); id != "" {
		raw, bad := base64.RawURLEncoding.DecodeString(id)
		if bad != nil {
			return page.ErrNoPage
		}
		err = page.Missing(p.Door.RemovePasskey(r.Context(), who, raw), accounts.ErrNone)
	} else {
		err = p.Door.RemoveTOTP(r.Context(), who)
	}
	if err != nil {
		return err
	}
	return p.see(w, r, "/account?said=removed")
}
