package people

import (
	"context"
	"errors"
	"net/http"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// MembersPage is who works for an organisation.
type MembersPage struct {
	Frame
	Members     []MemberRow
	Invitations []InvitationRow
	Manages     bool // may change it
	Fresh       bool // and has proved within minutes who one is
	Again       string
	Fields      []page.Field // of an invitation
	Roles       []RoleText
}

// MemberRow is a member.
type MemberRow struct {
	ID, Name, Mail, Role, Since string
	NameLang                    law.Lang
	Second, Self, Must          bool
	Choice                      page.Field
}

// InvitationRow is an invitation that is open.
type InvitationRow struct{ ID, Mail, Role, Until string }

// RoleText says what a role may do.
type RoleText struct{ Name, May string }

// Members shows them.
func (p *People) Members(w http.ResponseWriter, r *http.Request) error {
	f, err := p.members(r)
	if err != nil {
		return err
	}
	return p.render(w, r, "members", f)
}

// Names are those of the members of an organisation, by id.
func (p *People) Names(ctx context.Context, of accounts.OrganisationID) (map[string]string, error) {
	all, err := p.Door.Store.Members(ctx, of)
	out := map[string]string{}
	for _, m := range all {
		out[string(m.Person)] = m.Name
	}
	return out, err
}

func (p *People) members(r *http.Request) (f MembersPage, err error) {
	v, l := visitor(r), p.locale(r)
	of := v.Place.Organisation
	path := "/desk/" + string(of) + "/members"
	f = MembersPage{Frame: p.frame(r, path, l.T("people.members"))}
	f.Staff, f.Lead = p.staff(r, v, "members"), l.T("people.members_lead")
	f.Manages, f.Fresh = v.Place.Role.May(accounts.ManageMembers), v.Session.Fresh(p.now())
	f.Again = "/" + string(l.Lang) + "/account/again?next=" + escape("/"+string(l.Lang)+path)
	all, err := p.Door.Store.Members(r.Context(), of)
	if err != nil {
		return f, err
	}
	for _, m := range all {
		choice := page.Field{ID: "role-" + string(m.Person), Name: "role", Label: l.T("people.role"), Kind: "select"}
		choice.Options = roleOptions(l, m.Role)
		f.Members = append(f.Members, MemberRow{
			ID: string(m.Person), Name: m.Name, NameLang: nameLang(l, m.Name), Mail: m.Mail, Role: roleName(l, m.Role), Since: l.T("people.since", "date", l.DateFrom(i18n.Day(m.Since))),
			Second: m.Second, Self: m.Person == v.Person.ID, Must: m.Role.NeedsSecondFactor(), Choice: choice,
		})
	}
	for _, role := range accounts.Roles() {
		f.Roles = append(f.Roles, RoleText{roleName(l, role), roleMay(l, role)})
	}
	if !f.Manages {
		return f, nil
	}
	open, err := p.Door.Store.Invitations(r.Context(), of, p.now())
	if err != nil {
		return f, err
	}
	for _, i := range open {
		f.Invitations = append(f.Invitations, InvitationRow{i.ID, i.Mail, roleName(l, i.Role), l.T("people.good_until", "date", l.DateTo(i18n.Day(i.Until)))})
	}
	role, _ := accounts.ParseRole(r.PostFormValue("role"))
	lang := r.PostFormValue("lang")
	if lang == "" {
		lang = string(l.Lang)
	}
	email := p.emailField(r, r.PostFormValue("email"))
	email.Autocomplete = "off"
	letter := page.Field{ID: "lang", Name: "lang", Label: l.T("people.letter_in"), Kind: "select"}
	for _, in := range law.Langs {
		letter.Options = append(letter.Options, page.Option{Value: string(in), Text: l.Language(in), Current: lang == string(in)})
	}
	f.Fields = []page.Field{email, {ID: "role", Name: "role", Label: l.T("people.role"), Kind: "select", Options: roleOptions(l, role)}, letter}
	return f, nil
}

func roleOptions(l *i18n.Locale, current accounts.Role) (out []page.Option) {
	for _, role := range accounts.Roles() {
		out = append(out, page.Option{Value: string(role), Text: roleName(l, role), Current: role == current || current == "" && role == accounts.Viewer})
	}
	return out
}

// Invite invites somebody.
func (p *People) Invite(w http.ResponseWriter, r *http.Request) error {
	v, l := visitor(r), p.locale(r)
	role, ok := accounts.ParseRole(r.PostFormValue("role"))
	lang, bad := law.ParseLang(r.PostFormValue("lang"))
	if !ok || bad != nil {
		return page.ErrNoPage // no form of ours sends that
	}
	o, err := p.Door.Store.Organisation(r.Context(), v.Place.Organisation)
	if err != nil {
		return err
	}
	_, err = p.Door.Invite(r.Context(), v.Person.ID, o, r.PostFormValue("email"), role, string(lang))
	if fault := emailFault(l, err); fault != "" {
		f, err := p.members(r)
		if err != nil {
			return err
		}
		f.Fields[0].Error = fault
		return p.failed(w, r, "members", f)
	}
	if err != nil {
		return err
	}
	return p.see(w, r, "/desk/"+string(o.ID)+"/members?said=invited")
}

// Withdraw takes an invitation back.
func (p *People) Withdraw(w http.ResponseWriter, r *http.Request) error {
	v := visitor(r)
	if err := p.Door.Withdraw(r.Context(), v.Person.ID, v.Place.Organisation, r.PathValue("invitation")); err != nil {
		return page.Missing(err, accounts.ErrNone)
	}
	return p.see(w, r, "/desk/"+string(v.Place.Organisation)+"/members?said=withdrawn")
}

// SetRole gives a member a role, or removes one.
func (p *People) SetRole(w http.ResponseWriter, r *http.Request) error {
	v, l := visitor(r), p.locale(r)
	role, ok := accounts.ParseRole(r.PostFormValue("role"))
	said := "role"
	if r.PostFormValue("do") == "remove" {
		role, said = "", "gone"
	} else if !ok {
		return page.ErrNoPage
	}
	err := p.Door.SetRole(r.Context(), v.Person.ID, v.Place.Organisation, accounts.PersonID(r.PathValue("person")), role)
	if errors.Is(err, accounts.ErrLastOwner) {
		f, err := p.members(r)
		if err != nil {
			return err
		}
		f.warn(l.T("people.last_owner"), l.T("people.last_owner_text"))
		return p.failed(w, r, "members", f)
	}
	if err != nil {
		return page.Missing(err, accounts.ErrNone)
	}
	return p.see(w, r, "/desk/"+string(v.Place.Organisation)+"/members?said="+said)
}
