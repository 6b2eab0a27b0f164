package people

import (
	"net/http"
	"slices"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/web/page"
)

// Waiting is how many comments of an organisation wait for its moderators, and
// how many of these have waited too long.
type Waiting struct{ Comments, Late int }

// Group is a group of desk pages that a site may be without.
type Group string

const (
	Dossiers  Group = "dossiers"
	Proposals Group = "proposals"
	Scores    Group = "scores"
)

// section is a part of an organisation's desk.
type section struct {
	name    string // in the address; "" is the desk itself
	title   string
	about   string
	may     accounts.Action
	signing bool // only where there are campaigns
	group   Group
	waiting int
	facts   []page.Fact
}

// sections are those a visitor may go to, in the order of the bar.
func (p *People) sections(l *i18n.Locale, v Visitor) []section {
	comments := section{name: "comments", title: l.T("section.comments"), about: l.T("mod.lead"), may: accounts.Moderate, signing: true, waiting: v.Waiting.Comments,
		facts: []page.Fact{{Value: l.Number(v.Waiting.Comments), Word: l.N("section.waiting", v.Waiting.Comments)}}}
	if n := v.Waiting.Late; n > 0 {
		comments.facts = append(comments.facts, page.Fact{Value: l.Number(n), Word: l.N("section.late", n)})
	}
	all := []section{
		{title: l.T("people.desk"), may: accounts.ReadDesk},
		{name: "today", title: l.T("sc.today"), about: l.T("sc.today_about"), may: accounts.ReadDesk, group: Scores},
		{name: "dossiers", title: l.T("dos.list"), about: l.T("dos.list_lead"), may: accounts.ReadDesk, group: Dossiers},
		{name: "proposals", title: l.T("section.proposals"), about: l.T("section.proposals_about"), may: accounts.ReadDesk, group: Proposals},
		{name: "outcomes", title: l.T("sc.outcomes"), about: l.T("sc.outcomes_lead"), may: accounts.ReadDesk, group: Scores},
		{name: "targets", title: l.T("sc.targets"), about: l.T("sc.entries_lead"), may: accounts.ReadDesk, group: Scores},
		{name: "campaigns", title: l.T("section.campaigns"), about: l.T("section.campaigns_about"), may: accounts.ReadDesk, signing: true},
		comments,
		{name: "paper", title: l.T("section.paper"), about: l.T("section.paper_about"), may: accounts.EnterPaper, signing: true},
		{name: "deliveries", title: l.T("section.deliveries"), about: l.T("dl.lead"), may: accounts.Deliver, signing: true},
		{name: "members", title: l.T("people.members"), about: l.T("people.members_lead"), may: accounts.ReadDesk},
		{name: "keys", title: l.T("keys.title_of"), about: l.T("keys.lead"), may: accounts.ManageKeys},
		{name: "settings", title: l.T("settings.title"), about: l.T("settings.about"), may: accounts.ChangeSettings},
		{name: "audit", title: l.T("people.audit"), about: l.T("people.audit_lead"), may: accounts.ReadAudit},
	}
	var out []section
	for _, s := range all {
		if v.Place.Role.May(s.may) && (!s.signing || p.Waiting != nil) && (s.group == "" || slices.Contains(p.Groups, s.group)) {
			out = append(out, s)
		}
	}
	return out
}

// at is where a section stands.
func (v Visitor) at(l *i18n.Locale, s section) string {
	at := "/" + string(l.Lang) + "/desk/" + string(v.Place.Organisation)
	if s.name != "" {
		at += "/" + s.name
	}
	return at
}

// staff is the bar of the pages a person may go to: the sections of the
// organisation in the path, where there is one. current is the name of a section,
// "desk" or "account".
func (p *People) staff(r *http.Request, v Visitor, current string) *Staff {
	l := p.locale(r)
	s := &Staff{Name: v.Person.Name, NameLang: nameLang(l, v.Person.Name), Tabs: page.Tabs{Label: l.T("people.sections")}}
	tab := func(href, title string, is bool) {
		s.Tabs.List = append(s.Tabs.List, page.Tab{Href: href, Text: title, Current: is})
	}
	if v.Place.Organisation == "" {
		tab("/"+string(l.Lang)+"/desk", l.T("people.desk"), current == "desk")
	} else {
		s.Organisation = v.Place.Names[string(l.Lang)]
		for _, one := range p.sections(l, v) {
			title := one.title
			if one.waiting > 0 {
				title += " (" + l.Number(one.waiting) + ")"
			}
			tab(v.at(l, one), title, one.name == current || one.name == "" && current == "desk")
		}
	}
	tab("/"+string(l.Lang)+"/account", l.T("people.account"), current == "account")
	return s
}
