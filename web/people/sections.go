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
	under   string // the tab of the bar that holds it with others; "" is its own
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
	law, campaigns, organisation := l.T("section.law"), l.T("section.campaigns"), l.T("section.organisation")
	comments.under = campaigns
	all := []section{
		{title: l.T("people.desk"), may: accounts.ReadDesk},
		{name: "today", title: l.T("sc.today"), about: l.T("sc.today_about"), may: accounts.ReadDesk, group: Scores},
		{name: "dossiers", under: law, title: l.T("dos.list"), about: l.T("dos.list_lead"), may: accounts.ReadDesk, group: Dossiers},
		{name: "proposals", under: law, title: l.T("section.proposals"), about: l.T("section.proposals_about"), may: accounts.ReadDesk, group: Proposals},
		{name: "outcomes", under: law, title: l.T("sc.outcomes"), about: l.T("sc.outcomes_lead"), may: accounts.ReadDesk, group: Scores},
		{name: "targets", under: law, title: l.T("sc.targets"), about: l.T("sc.entries_lead"), may: accounts.ReadDesk, group: Scores},
		{name: "campaigns", under: campaigns, title: campaigns, about: l.T("section.campaigns_about"), may: accounts.ReadDesk, signing: true},
		comments,
		{name: "paper", under: campaigns, title: l.T("section.paper"), about: l.T("section.paper_about"), may: accounts.EnterPaper, signing: true},
		{name: "deliveries", under: campaigns, title: l.T("section.deliveries"), about: l.T("dl.lead"), may: accounts.Deliver, signing: true},
		{name: "members", under: organisation, title: l.T("people.members"), about: l.T("people.members_lead"), may: accounts.ReadDesk},
		{name: "keys", under: organisation, title: l.T("keys.title_of"), about: l.T("keys.lead"), may: accounts.ManageKeys},
		{name: "settings", under: organisation, title: l.T("settings.title"), about: l.T("settings.about"), may: accounts.ChangeSettings},
		{name: "audit", under: organisation, title: l.T("people.audit"), about: l.T("people.audit_lead"), may: accounts.ReadAudit},
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
// organisation in the path, where there is one, as tabs and, under the current
// one, those that stand together with it. current is the name of a section, "desk"
// or "account".
func (p *People) staff(r *http.Request, v Visitor, current string) *Staff {
	l := p.locale(r)
	s := &Staff{Name: v.Person.Name, NameLang: nameLang(l, v.Person.Name), Tabs: page.Tabs{Label: l.T("people.sections")}}
	if v.Place.Organisation == "" {
		s.Tabs.List = append(s.Tabs.List, page.Tab{Href: "/" + string(l.Lang) + "/desk", Text: l.T("people.desk"), Current: current == "desk"})
	} else {
		s.Organisation = v.Place.Names[string(l.Lang)]
		all := p.sections(l, v)
		for len(all) > 0 {
			n := 1
			for n < len(all) && all[n].under != "" && all[n].under == all[0].under {
				n++
			}
			s.add(l, v, all[:n], current)
			all = all[n:]
		}
	}
	s.Tabs.List = append(s.Tabs.List, page.Tab{Href: "/" + string(l.Lang) + "/account", Text: l.T("people.account"), Current: current == "account"})
	return s
}

// add puts sections that stand together into the bar: one as a tab, more behind a
// tab that leads to the first of them.
func (s *Staff) add(l *i18n.Locale, v Visitor, together []section, current string) {
	var list []page.Tab
	waiting, here := 0, false
	counted := func(title string, n int) string {
		if n > 0 {
			title += " (" + l.Number(n) + ")"
		}
		return title
	}
	for _, one := range together {
		t := page.Tab{Href: v.at(l, one), Text: counted(one.title, one.waiting), Current: one.name == current || one.name == "" && current == "desk"}
		list = append(list, t)
		waiting, here = waiting+one.waiting, here || t.Current
	}
	if len(list) > 1 {
		if here {
			s.Under = &page.Tabs{Label: together[0].under, List: list}
		}
		list = []page.Tab{{Href: list[0].Href, Text: counted(together[0].under, waiting), Holds: here}}
	}
	s.Tabs.List = append(s.Tabs.List, list...)
}
