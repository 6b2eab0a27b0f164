package people

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/web/page"
)

// auditRows is how many entries a page of the log holds.
const auditRows = 100

// AuditPage is the audit log of an organisation.
type AuditPage struct {
	Frame
	Head  string
	Table page.Table
	Pager []page.Tab
}

// Audit shows it, the latest entry first, after every one of them was checked.
func (p *People) Audit(w http.ResponseWriter, r *http.Request) error {
	v, l := visitor(r), p.locale(r)
	of := v.Place.Organisation
	log, err := p.Door.Store.Log(r.Context(), of)
	if err != nil {
		return err
	}
	f := AuditPage{Frame: p.frame(r, "/desk/"+string(of)+"/audit", l.T("people.audit")), Head: accounts.Head(log)}
	f.Staff, f.Lead = p.staff(r, v, "audit"), l.T("people.audit_lead")
	if accounts.CheckLog(log) == nil {
		f.Notices = append(f.Notices, page.Notice{Title: l.T("people.audit_whole"), Texts: []string{l.N("people.audit_count", len(log))}})
	} else {
		f.warn(l.T("people.audit_changed"), l.T("people.audit_changed_text"))
	}
	names, err := p.names(r, of, log)
	if err != nil {
		return err
	}
	slices.Reverse(log)
	sheet, _ := strconv.Atoi(r.URL.Query().Get("page"))
	sheets := max(1, (len(log)+auditRows-1)/auditRows)
	sheet = min(max(1, sheet), sheets)
	link := func(n int, key, rel string) {
		f.Pager = append(f.Pager, page.Tab{Href: "?page=" + strconv.Itoa(n), Text: key, Rel: rel})
	}
	if sheet > 1 {
		f.Query = "page=" + strconv.Itoa(sheet)
		link(sheet-1, l.T("people.newer"), "prev")
	}
	if sheet < sheets {
		link(sheet+1, l.T("people.older"), "next")
	}
	f.Table = page.Table{Caption: l.T("people.audit"), Head: []string{l.T("people.audit_number"), l.T("people.audit_when"), l.T("people.audit_who"), l.T("people.audit_what"), l.T("people.audit_whom")}}
	for _, e := range log[(sheet-1)*auditRows : min(sheet*auditRows, len(log))] {
		f.Table.Rows = append(f.Table.Rows, []page.Cell{
			{Text: strconv.FormatInt(e.Number, 10)}, {Text: l.Moment(e.At)}, nameCell(l, names[e.Person]), {Text: told(l, e)}, nameCell(l, names[concerned(e)]),
		})
	}
	return p.render(w, r, "audit", f)
}

// names are those of everybody in a log, also of who has left.
func (p *People) names(r *http.Request, of accounts.OrganisationID, log []accounts.Entry) (map[accounts.PersonID]string, error) {
	names := map[accounts.PersonID]string{"": p.locale(r).T("people.audit_program"), nobody: ""}
	for _, e := range log {
		for _, id := range []accounts.PersonID{e.Person, concerned(e)} {
			if _, known := names[id]; known {
				continue
			}
			who, err := p.Door.Store.Person(r.Context(), id)
			if err != nil {
				if noPage(err) != err {
					names[id] = string(id)
					continue
				}
				return nil, err
			}
			names[id] = who.Name
		}
	}
	return names, nil
}

// nobody is whom an entry concerns that is not about another person.
const nobody accounts.PersonID = "-"

// concerned is the other person that an entry is about.
func concerned(e accounts.Entry) accounts.PersonID {
	switch first, _, _ := strings.Cut(e.To, " "); e.Did {
	case "member.role", "member.removed":
		return accounts.PersonID(first)
	}
	return nobody
}

// nameCell is a name, in whatever language it is written.
func nameCell(l *i18n.Locale, name string) page.Cell {
	return page.Cell{Text: name, Lang: nameLang(l, name)}
}

// told is an entry in words.
func told(l *i18n.Locale, e accounts.Entry) string {
	first, rest, _ := strings.Cut(e.To, " ")
	role := func(s string) string { return roleName(l, accounts.Role(s)) }
	switch e.Did {
	case "organisation.made":
		return l.T("did.organisation_made")
	case "member.invited":
		return l.T("did.member_invited", "role", role(first))
	case "invitation.withdrawn":
		return l.T("did.invitation_withdrawn")
	case "member.joined":
		return l.T("did.member_joined", "role", role(first))
	case "member.role":
		return l.T("did.member_role", "role", role(rest))
	case "member.removed":
		return l.T("did.member_removed")
	case "session.began":
		return l.T("did.session_began")
	case "sessions.ended":
		return l.T("did.sessions_ended")
	case "password.changed":
		return l.T("did.password_changed")
	case "password.reset":
		return l.T("did.password_reset")
	case "totp.added":
		return l.T("did.totp_added")
	case "totp.removed":
		return l.T("did.totp_removed")
	case "passkey.added":
		return l.T("did.passkey_added")
	case "passkey.removed":
		return l.T("did.passkey_removed")
	case "recovery.made":
		return l.T("did.recovery_made")
	case "recovery.used":
		return l.T("did.recovery_used")
	}
	return strings.TrimSpace(e.Did + " " + e.To)
}
