package people

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/web/page"
)

// ErasePage asks whether an account is to be erased.
type ErasePage struct {
	Frame
	May   bool
	Owned []page.Link // to the members of organisations of which one is the only owner
}

// Erase shows what would be erased, and what stands against it.
func (p *People) Erase(w http.ResponseWriter, r *http.Request) error {
	f, err := p.erase(r)
	if err != nil {
		return err
	}
	return p.render(w, r, "erase", f)
}

func (p *People) erase(r *http.Request) (f ErasePage, err error) {
	v, l := visitor(r), p.locale(r)
	f = ErasePage{Frame: p.frame(r, "/account/erase", l.T("erase.title"))}
	f.Staff, f.Lead = p.staff(r, v, "account"), l.T("erase.lead")
	places, err := p.Door.Store.Places(r.Context(), v.Person.ID)
	if err != nil {
		return f, err
	}
	var names []string
	for _, place := range places {
		all, err := p.Door.Store.Members(r.Context(), place.Organisation)
		if err != nil {
			return f, err
		}
		var members []accounts.Member
		for _, m := range all {
			members = append(members, m.Member)
		}
		if accounts.CheckChange(members, v.Person.ID, "") != nil {
			name := place.Names[string(l.Lang)]
			names = append(names, name)
			f.Owned = append(f.Owned, page.Link{Href: "/" + string(l.Lang) + "/desk/" + string(place.Organisation) + "/members", Text: name})
		}
	}
	if f.May = len(names) == 0; !f.May {
		f.warn(l.T("erase.owner"), l.T("erase.owner_text", "names", strings.Join(names, ", ")))
	}
	return f, nil
}

// DoErase erases the account of who asks.
func (p *People) DoErase(w http.ResponseWriter, r *http.Request) error {
	err := p.Door.Erase(r.Context(), visitor(r).Person.ID)
	if errors.Is(err, accounts.ErrLastOwner) {
		f, err := p.erase(r)
		if err != nil {
			return err
		}
		return p.failed(w, r, "erase", f)
	}
	if err != nil {
		return page.Missing(err, accounts.ErrNone)
	}
	p.dropCookie(w, r, sessionCookie)
	return p.see(w, r, "/sign-in?said=erased")
}

// ownData is what is kept about a person who works here: everything but what
// would let somebody else in.
type ownData struct {
	ID            accounts.PersonID `json:"id"`
	Name          string            `json:"name"`
	Mail          string            `json:"mail"`
	Canonical     string            `json:"mail_canonical"`
	Lang          string            `json:"lang"`
	Since         time.Time         `json:"since"`
	Password      bool              `json:"password"`
	Authenticator bool              `json:"authenticator"`
	RecoveryCodes int               `json:"recovery_codes_left"`
	Passkeys      []ownPasskey      `json:"passkeys"`
	Sessions      []ownSession      `json:"sessions"`
	Organisations []ownPlace        `json:"organisations"`
}

type ownPasskey struct {
	Name  string    `json:"name"`
	Added time.Time `json:"added"`
}

type ownSession struct {
	Agent string    `json:"browser"`
	Began time.Time `json:"began"`
	Used  time.Time `json:"used"`
}

type ownPlace struct {
	ID    accounts.OrganisationID `json:"id"`
	Names map[string]string       `json:"names"`
	Role  accounts.Role           `json:"role"`
	Since time.Time               `json:"since"`
	Did   []ownEntry              `json:"did"`
}

type ownEntry struct {
	Number int64     `json:"number"`
	At     time.Time `json:"at"`
	Did    string    `json:"did"`
	To     string    `json:"to"`
}

// Data is all of it, to take away.
func (p *People) Data(w http.ResponseWriter, r *http.Request) error {
	v := visitor(r)
	d := ownData{ID: v.Person.ID, Name: v.Person.Name, Mail: v.Person.Mail, Canonical: v.Person.Email, Lang: v.Person.Lang, Since: v.Person.Since,
		Password: v.Person.Password != "", Authenticator: len(v.Person.TOTPSecret) > 0, RecoveryCodes: len(v.Person.Recovery),
		Passkeys: []ownPasskey{}, Sessions: []ownSession{}, Organisations: []ownPlace{}}
	for _, k := range v.Person.Passkeys {
		d.Passkeys = append(d.Passkeys, ownPasskey{k.Name, k.Added})
	}
	sessions, err := p.Door.Store.Sessions(r.Context(), v.Person.ID, p.now())
	if err != nil {
		return err
	}
	for _, s := range sessions {
		d.Sessions = append(d.Sessions, ownSession{s.Agent, s.Began, s.Used})
	}
	places, err := p.Door.Store.Places(r.Context(), v.Person.ID)
	if err != nil {
		return err
	}
	for _, place := range places {
		own := ownPlace{ID: place.Organisation, Names: place.Names, Role: place.Role, Since: place.Since, Did: []ownEntry{}}
		err := p.Door.Store.ReadLog(r.Context(), place.Organisation, func(some []accounts.Entry) error {
			for _, e := range some {
				if e.Person == v.Person.ID {
					own.Did = append(own.Did, ownEntry{e.Number, e.At, e.Did, e.To})
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		d.Organisations = append(d.Organisations, own)
	}
	w.Header().Set("Content-Disposition", `attachment; filename="account.json"`)
	return page.WriteJSON(w, r, http.StatusOK, page.Private, d)
}
