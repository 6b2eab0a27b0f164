package people

import (
	"errors"
	"html/template"
	"net/http"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/accounts/door"
	"github.com/tuzetu/tuzetu/campaigns/gate"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// Frame is what all pages of this package share.
type Frame struct {
	page.Layout
	Heading string
	Lead    string
	// HeadingIn and LeadIn are their languages where these are not that of the
	// interface.
	HeadingIn, LeadIn law.Lang
	Notices           []page.Notice
	Staff             *Staff
}

// Staff is the bar above the pages of those signed in.
type Staff struct {
	Name         string
	NameLang     law.Lang
	Organisation string
	Tabs         page.Tabs
	Under        *page.Tabs // what stands together with the page; nil for nothing
}

// Hidden is a value that a form carries along.
type Hidden struct{ Name, Value string }

// Passkey is a form that a script answers by a passkey; without script it is not
// shown.
type Passkey struct {
	Action  string
	Make    bool // make one, or show one
	Options string
	Hidden  []Hidden
	Fields  []page.Field
	Submit  string
	Second  bool // beside another form: the quieter button
}

// FormPage is a page with one form, and perhaps another way.
type FormPage struct {
	Frame
	Scan    template.URL // of an authenticator's address, to be photographed
	Key     string       // the same to be typed
	Hidden  []Hidden
	Fields  []page.Field
	Submit  string // "" leaves the form out
	Passkey *Passkey
	Links   []page.Link
}

func (p *People) locale(r *http.Request) *i18n.Locale { return p.pages.Locale(page.UI(r)) }

// frame begins a page at a path; the heading is its title too.
func (p *People) frame(r *http.Request, path, heading string) Frame {
	f := Frame{Layout: p.pages.Frame(r, page.UI(r), path), Heading: heading}
	f.Title, f.Private, f.Sheet = heading, true, "people.css"
	if said := p.said(r); said != "" {
		f.Notices = append(f.Notices, page.Notice{Title: said})
	}
	return f
}

// said is what a form before has done, as the address names it.
func (p *People) said(r *http.Request) string {
	l := p.locale(r)
	switch r.URL.Query().Get("said") {
	case "password":
		return l.T("people.said.password")
	case "reset":
		return l.T("people.said.reset")
	case "ended":
		return l.T("people.said.ended")
	case "out":
		return l.T("people.said.out")
	case "removed":
		return l.T("people.said.removed")
	case "invited":
		return l.T("people.said.invited")
	case "withdrawn":
		return l.T("people.said.withdrawn")
	case "role":
		return l.T("people.said.role")
	case "gone":
		return l.T("people.said.gone")
	case "joined":
		return l.T("people.said.joined")
	case "key":
		return l.T("people.said.key")
	case "retired":
		return l.T("people.said.retired")
	case "settings":
		return l.T("people.said.settings")
	case "erased":
		return l.T("people.said.erased")
	}
	return ""
}

func (p *People) render(w http.ResponseWriter, r *http.Request, name string, data any) error {
	return p.pages.Render(w, r, http.StatusOK, page.Private, page.UI(r), name, data)
}

// failed shows a form again with what is wrong.
func (p *People) failed(w http.ResponseWriter, r *http.Request, name string, data any) error {
	return p.pages.Render(w, r, http.StatusUnprocessableEntity, page.Private, page.UI(r), name, data)
}

// warn puts above a form that something is wrong with it.
func (f *Frame) warn(title, text string) {
	n := page.Notice{Kind: "warning", Title: title}
	if text != "" {
		n.Texts = []string{text}
	}
	f.Notices = append(f.Notices, n)
}

func (p *People) emailField(r *http.Request, value string) page.Field {
	return page.Field{ID: "email", Name: "email", Label: p.locale(r).T("people.email"), Kind: "email", Value: value, Autocomplete: "username", Required: true}
}

// passwordField is never filled in again.
func (p *People) passwordField(r *http.Request, fresh bool) page.Field {
	f := page.Field{ID: "password", Name: "password", Label: p.locale(r).T("people.password"), Kind: "password", Autocomplete: "current-password", Required: true}
	if fresh {
		f.Label, f.Autocomplete = p.locale(r).T("people.password_new"), "new-password"
		f.Hint = p.locale(r).N("people.password_hint", accounts.PasswordLength)
	}
	return f
}

func (p *People) codeField(r *http.Request) page.Field {
	l := p.locale(r)
	return page.Field{ID: "code", Name: "code", Label: l.T("people.code"), Hint: l.T("people.code_hint"), Autocomplete: "one-time-code", Required: true}
}

// passwordFault is what is wrong with a password that was chosen, "" for errors
// of another kind.
func passwordFault(l *i18n.Locale, err error) string {
	switch {
	case errors.Is(err, accounts.ErrPasswordShort):
		return l.N("people.password_short", accounts.PasswordLength)
	case errors.Is(err, accounts.ErrPasswordLong):
		return l.T("people.password_long")
	case errors.Is(err, accounts.ErrPasswordCommon):
		return l.T("people.password_common")
	}
	return ""
}

// emailFault is what is wrong with an address, "" for errors of another kind.
func emailFault(l *i18n.Locale, err error) string {
	var refusal gate.Refusal
	switch {
	case errors.Is(err, accounts.ErrKnown):
		return l.T("people.email_known")
	case !errors.As(err, &refusal):
		return ""
	case refusal == gate.MixedScripts:
		return l.T("people.email_mixed")
	case refusal == gate.Empty:
		return l.T("people.email_empty")
	}
	return l.T("people.email_bad")
}

// askPasskey is the form to show a passkey, nil where the address has none.
func (p *People) askPasskey(r *http.Request, action string, second bool) (*Passkey, error) {
	c, err := p.Door.AskPasskey(p.origin(r))
	if errors.Is(err, door.ErrNoPasskeys) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &Passkey{
		Action: "/" + string(page.UI(r)) + action, Options: c.Options, Submit: p.locale(r).T("people.passkey_use"), Second: second,
		Hidden: []Hidden{{"state", c.State}, {"next", next(r)}},
	}, nil
}
