// Package people is the pages of those who work here: sign in, second factor,
// passkeys, recovery, invitations, members, sessions, the audit log, and the desk
// they lead to. Who may ask for which, routes.go says and Admit enforces; no
// handler decides that by itself.
//
// Nothing here is kept by anybody: every answer is private, and GET changes
// nothing.
package people

import (
	"context"
	"errors"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/accounts/door"
	"github.com/tuzetu/tuzetu/campaigns/gate"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// Config is what the pages need.
type Config struct {
	Door *door.Door
	// Trusted are the proxies whose word on the client's address is taken.
	Trusted []netip.Prefix
	// Demo shows the letters that were not sent, and the phone of the staff of a
	// demonstration; nil outside of one.
	Demo Demo
	// Waiting tells what waits for the moderators of an organisation; nil: there
	// are no campaigns here.
	Waiting func(context.Context, accounts.OrganisationID) (Waiting, error)
	// Groups are the other groups of desk pages there are.
	Groups []Group
	// Late tells how many letters should have gone and did not, and since when;
	// nil where no letters are sent.
	Late func(context.Context) (letters int, since time.Time, err error)
}

// Demo is what only a demonstration shows.
type Demo interface {
	// Letters lists those that were written, the latest first.
	Letters() []DemoLetter
	// Codes are what the authenticators of its people show now.
	Codes(context.Context) []DemoCode
}

// DemoLetter is a letter that was not sent.
type DemoLetter struct {
	To, Subject, Href, Do string
	Lang                  law.Lang
	Texts                 []string
	// Links are the rest of its links; Headers what mail programs read of it.
	Links   []page.Link
	Headers []string
	At      time.Time
}

// DemoCode is a person of a demonstration.
type DemoCode struct{ Mail, Password, Code string }

// People answers for its pages.
type People struct {
	Config
	pages *page.Pages
	now   func() time.Time
}

// New makes a People.
func New(c Config, pages *page.Pages, now func() time.Time) *People { return &People{c, pages, now} }

// Rule says who may ask for an address. The zero Rule is none, and an address
// without one is refused when the program starts.
type Rule struct {
	kind   ruleKind
	action accounts.Action
}

type ruleKind int

const (
	open ruleKind = iota + 1
	signedIn
	proved
	member
)

// The rules. Anyone; anyone signed in; who has proved within minutes who they
// are; a member of the organisation in the path who may do something.
func Open() Rule                 { return Rule{kind: open} }
func SignedIn() Rule             { return Rule{kind: signedIn} }
func Proved() Rule               { return Rule{kind: proved} }
func May(a accounts.Action) Rule { return Rule{member, a} }

// Set reports whether there is a rule.
func (r Rule) Set() bool { return r.kind != 0 }

// Public reports whether anyone may ask.
func (r Rule) Public() bool { return r.kind == open }

// Action is what a member must be allowed, "" where no membership is asked for.
func (r Rule) Action() accounts.Action { return r.action }

// Fresh reports whether a sign-in of the last minutes is asked for.
func (r Rule) Fresh() bool { return r.kind == proved || r.action != "" && r.action.Fresh() }

// Visitor is who asks, as far as the rule of the address has found out.
type Visitor struct {
	Session accounts.Session
	Person  accounts.Person
	Place   accounts.Place // in the organisation of the path
	Waiting Waiting        // for those who may moderate it
}

type visitorKey struct{}

// visitor is who asks; handlers behind an open rule have none.
func visitor(r *http.Request) Visitor {
	v, _ := r.Context().Value(visitorKey{}).(Visitor)
	return v
}

// Admit lets those through to h whom the rule allows, and is the one place that
// does. Others are sent to sign in, to set up or to show a second factor, or are
// told that there is no such page: nobody learns of another's organisation.
func (p *People) Admit(rule Rule, h page.Handler) page.Handler {
	if rule.Public() {
		return h
	}
	return func(w http.ResponseWriter, r *http.Request) error {
		v, err := p.known(w, r)
		if errors.Is(err, accounts.ErrNone) {
			return p.away(w, r, rule, "/sign-in")
		}
		if err != nil {
			return err
		}
		verdict := accounts.Hidden // what has no rule is for nobody
		switch rule.kind {
		case signedIn:
			verdict = accounts.Allowed
		case proved:
			verdict = accounts.Allowed
			if !v.Session.Fresh(p.now()) {
				verdict = accounts.NotFresh
			}
		case member:
			verdict, err = p.judge(r, &v, rule.action)
			if err == nil && verdict == accounts.Allowed && p.Waiting != nil && v.Place.Role.May(accounts.Moderate) {
				v.Waiting, err = p.Waiting(r.Context(), v.Place.Organisation)
			}
			if err != nil {
				return err
			}
		}
		switch verdict {
		case accounts.Allowed:
			return h(w, r.WithContext(context.WithValue(r.Context(), visitorKey{}, v)))
		case accounts.SignedOut:
			return p.away(w, r, rule, "/sign-in")
		case accounts.NoSecond:
			return p.away(w, r, rule, "/account/totp")
		case accounts.NotFresh:
			return p.away(w, r, rule, "/account/again")
		}
		return page.ErrNoPage
	}
}

// known is who the session's cookie says it is; a secret that was due is changed
// on the way. accounts.ErrNone.
func (p *People) known(w http.ResponseWriter, r *http.Request) (v Visitor, err error) {
	secret, ok := p.cookie(r, sessionCookie)
	if !ok {
		return v, accounts.ErrNone
	}
	s, turned, err := p.Door.Session(r.Context(), secret)
	if err != nil {
		return v, err
	}
	if turned != "" {
		p.setCookie(w, r, sessionCookie, turned, accounts.SessionLife)
	}
	v.Session = s
	v.Person, err = p.Door.Store.Person(r.Context(), s.Person)
	return v, err
}

func (p *People) judge(r *http.Request, v *Visitor, a accounts.Action) (accounts.Verdict, error) {
	places, err := p.Door.Store.Places(r.Context(), v.Person.ID)
	if err != nil {
		return accounts.Hidden, err
	}
	var m *accounts.Member
	for _, place := range places {
		if string(place.Organisation) == r.PathValue("organisation") {
			v.Place, m = place, &place.Member
		}
	}
	return accounts.Judge(&v.Session, m, a, p.now()), nil
}

// away sends to another page first, which leads back afterwards. What a form of
// the desk held is kept; those of an account may hold a password and are not.
func (p *People) away(w http.ResponseWriter, r *http.Request, rule Rule, to string) error {
	next := r.URL.Path
	if rule.kind == member {
		if kept, err := p.keep(w, r, to); kept {
			return err
		}
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		next = "/" + string(page.UI(r)) + "/desk"
		if from, err := url.Parse(r.Referer()); err == nil && from.Host == r.Host {
			next = local(from.Path, next)
		}
	}
	return p.see(w, r, to+"?next="+url.QueryEscape(next))
}

// see leads to a page of this interface language after a form.
func (p *People) see(w http.ResponseWriter, r *http.Request, path string) error {
	return page.See(w, r, "/"+string(page.UI(r))+path)
}

// next is where the form's "next" leads, if that is a page of this site, else
// the desk.
func next(r *http.Request) string {
	return local(r.FormValue("next"), "/"+string(page.UI(r))+"/desk")
}

// local is path where it is one of this site, whatever a browser may make of it;
// else the other.
func local(path, other string) string {
	for _, ui := range law.Langs {
		if strings.HasPrefix(path, "/"+string(ui)+"/") && !strings.ContainsAny(path, "\\\r\n\t") && !strings.Contains(path, "//") {
			return path
		}
	}
	return other
}

// from is the address of the client.
func (p *People) from(r *http.Request) netip.Addr {
	return gate.Client(r.RemoteAddr, r.Header.Values("X-Forwarded-For"), p.Trusted)
}

// origin is where browsers reach this site, for passkeys.
func (p *People) origin(r *http.Request) string { return p.pages.Origin(r) }
