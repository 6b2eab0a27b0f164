package people

import (
	"net/http"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/web/page"
)

// DeskPage is where a day's work begins: what is to be done, and where.
type DeskPage struct {
	Frame
	Cards []page.Card
	Empty *page.Empty
}

// Desk leads to the organisation of a person, or lists several.
func (p *People) Desk(w http.ResponseWriter, r *http.Request) error {
	v, l := visitor(r), p.locale(r)
	places, err := p.Door.Store.Places(r.Context(), v.Person.ID)
	if err != nil {
		return err
	}
	at := "/" + string(l.Lang) + "/desk/"
	if len(places) == 1 {
		return page.See(w, r, at+string(places[0].Organisation))
	}
	f := DeskPage{Frame: p.frame(r, "/desk", l.T("people.desk"))}
	f.Staff = p.staff(r, v, "desk")
	for _, place := range places {
		f.Cards = append(f.Cards, page.Card{Kick: roleName(l, place.Role), Title: page.Link{Href: at + string(place.Organisation), Text: place.Names[string(l.Lang)]}})
	}
	if len(places) == 0 {
		f.Empty = &page.Empty{Text: l.T("people.nowhere"), Links: []page.Link{{Href: "/" + string(l.Lang) + "/account", Text: l.T("people.account")}}}
	}
	return p.render(w, r, "desk", f)
}

// OrganisationDesk is that of one organisation.
func (p *People) OrganisationDesk(w http.ResponseWriter, r *http.Request) error {
	v, l := visitor(r), p.locale(r)
	of := v.Place.Organisation
	f := DeskPage{Frame: p.frame(r, "/desk/"+string(of), v.Place.Names[string(l.Lang)])}
	f.Staff, f.Lead = p.staff(r, v, "desk"), l.T("people.desk_lead", "role", roleName(l, v.Place.Role))
	all, err := p.Door.Store.Members(r.Context(), of)
	if err != nil {
		return err
	}
	members := []page.Fact{{Value: l.Number(len(all)), Word: l.N("people.members_word", len(all))}}
	if v.Place.Role.May(accounts.ManageMembers) {
		open, err := p.Door.Store.Invitations(r.Context(), of, p.now())
		if err != nil {
			return err
		}
		members = append(members, page.Fact{Value: l.Number(len(open)), Word: l.N("people.invitations_word", len(open))})
		if n := unsafe(all); n > 0 {
			f.warn(l.N("people.unsafe", n), l.T("people.unsafe_text"))
		}
	}
	if p.Late != nil {
		n, since, err := p.Late(r.Context())
		if err != nil {
			return err
		}
		if n > 0 {
			f.warn(l.N("people.letters_wait", n), l.T("people.letters_wait_text", "since", l.Moment(since)))
		}
	}
	for _, s := range p.sections(l, v) {
		switch s.name {
		case "":
			continue // this page
		case "members":
			s.facts = members
		}
		f.Cards = append(f.Cards, page.Card{Title: page.Link{Href: v.at(l, s), Text: s.title}, Text: s.about, Facts: s.facts})
	}
	f.Cards = append(f.Cards, page.Card{Title: page.Link{Href: "/" + string(l.Lang) + "/account", Text: l.T("people.account")}, Text: l.T("people.account_lead")})
	return p.render(w, r, "desk", f)
}

// unsafe is how many members may not work before they set up a second factor.
func unsafe(all []accounts.Place) (n int) {
	for _, m := range all {
		if m.Role.NeedsSecondFactor() && !m.Second {
			n++
		}
	}
	return n
}

// OutboxPage is what a demonstration shows instead of sending letters.
type OutboxPage struct {
	Frame
	Codes   []DemoCode
	Letters []LetterRow
}

// LetterRow is a letter of an outbox.
type LetterRow struct {
	DemoLetter
	When string
}

// Outbox shows the letters of a demonstration.
func (p *People) Outbox(w http.ResponseWriter, r *http.Request) error {
	l := p.locale(r)
	f := OutboxPage{Frame: p.frame(r, "/outbox", l.T("people.outbox")), Codes: p.Demo.Codes(r.Context())}
	f.Lead = l.T("people.outbox_lead")
	for _, letter := range p.Demo.Letters() {
		f.Letters = append(f.Letters, LetterRow{letter, l.Moment(letter.At)})
	}
	return p.render(w, r, "outbox", f)
}
