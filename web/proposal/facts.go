package proposal

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"strings"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/drafting"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/read"
)

// facts are what is known of a proposal, for its organisation.
func (ps *Proposals) facts(ctx context.Context, v view) ([]page.Fact, error) {
	var out []page.Fact
	add := func(word, value string) {
		if value != "" {
			out = append(out, page.Fact{Word: word, Value: value})
		}
	}
	d, err := ps.Store.Dossier(ctx, v.org(), v.Dossier)
	if err != nil {
		return nil, err
	}
	record, err := ps.Store.Record(ctx, v.org(), v.ID)
	if err != nil {
		return nil, err
	}
	add(v.loc.T("prop.dossier"), d.Title.In(v.ui))
	add(v.loc.T("prop.status"), ps.statusName(v.ui, record.Standing().Status))
	if !v.Recorded() {
		act, err := ps.Store.Act(ctx, v.Base.Act)
		if err != nil {
			return nil, err
		}
		add(v.loc.T("prop.base"), read.ActTitle(act, v.ui).Text+", "+read.Named(v.loc, v.Base))
	}
	add(v.loc.T("prop.wish"), v.Wish.In(v.ui))
	add(v.loc.T("prop.author"), v.Author.In(v.ui))
	add(v.loc.T("prop.carrier"), v.Carrier.In(v.ui))
	add(v.loc.T("prop.asked"), v.loc.Date(v.Asked))
	if v.Progressive {
		add(v.loc.T("prop.counts"), v.loc.T("prop.progressive"))
	}
	names, err := ps.people.Names(ctx, v.who.Place.Organisation)
	if err != nil {
		return nil, err
	}
	var writers []string
	for _, id := range append([]string{v.By}, v.CoAuthors...) {
		if id != "" {
			writers = append(writers, nameOf(v, names, id))
		}
	}
	add(v.loc.T("prop.writers"), strings.Join(writers, ", "))
	return out, nil
}

// steps are what can be done next.
func (ps *Proposals) steps(ctx context.Context, v view, p *ShowPage) error {
	draft, err := ps.Store.Draft(ctx, v.org(), v.ID, string(v.who.Person.ID))
	switch {
	case err == nil:
		p.Draft = &page.Notice{Title: v.loc.T("prop.has_draft", "at", v.loc.Moment(draft.At)), Links: []page.Link{{Href: v.at("/edit"), Text: v.loc.T("prop.go_on")}}}
	case !errors.Is(err, dossiers.ErrNotFound):
		return err
	}
	add := func(href, text string, a accounts.Action) {
		if v.may(a) {
			p.Steps = append(p.Steps, page.Link{Href: href, Text: text})
		}
	}
	if p.Draft == nil {
		add(v.at("/edit"), v.loc.T("prop.write"), accounts.Edit)
	}
	if v.Newest > v.Published {
		add(v.at("/publish"), v.loc.T("prop.publish"), accounts.Publish)
	}
	if v.Published > 0 {
		add(v.public(), v.loc.T("prop.public"), accounts.ReadDesk)
		all, err := ps.Store.Publications(ctx, v.ID)
		if err != nil {
			return err
		}
		for lang, key := range all[0].Editions {
			if lang == v.Base.Lang || len(all[0].Editions) == 1 {
				add(v.desk("/campaigns/new")+"?"+url.Values{"proposed": {key.String()}, "base": {v.BaseIn(lang).String()}}.Encode(), v.loc.T("prop.campaign"), accounts.Edit)
			}
		}
	}
	return nil
}

// Parity is how the two languages of the newest version agree, as the act that
// makes each would be written.
type Parity struct {
	Same bool
	Rows []ParityRow
}

// ParityRow is what both languages say at one place, and what differs there.
type ParityRow struct{ RU, KK, What string }

// parity compares the languages of the newest version; nil where it has only one.
func (ps *Proposals) parity(ctx context.Context, v view) (*Parity, error) {
	if v.Newest == 0 {
		return nil, nil
	}
	version, err := ps.Store.Version(ctx, v.org(), v.ID, v.Newest)
	if err != nil {
		return nil, err
	}
	read := map[law.Lang]*drafting.Amendment{}
	for _, lang := range []law.Lang{law.RU, law.KK} {
		doc, err := version.Document(lang)
		if errors.Is(err, dossiers.ErrNotFound) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		base, err := ps.edition(ctx, v.BaseIn(lang))
		if err != nil {
			return nil, err
		}
		act, err := drafting.Write(base, doc, drafting.WriteOptions{})
		if errors.Is(err, drafting.ErrNothing) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		var lines []law.Line
		for i, l := range act.Lines {
			lines = append(lines, law.Line{Text: l.Text, From: i + 1, To: i + 1})
		}
		if read[lang], err = drafting.Read(lang, lines); err != nil {
			return nil, nil // an act that says nothing that can be compared
		}
	}
	found := drafting.CompareLanguages(read[law.RU], read[law.KK])
	p := &Parity{Same: found.Same()}
	differ := func(all ...drafting.Difference) string {
		var what []string
		for _, d := range all {
			what = append(what, differenceIn(d, v.ui))
		}
		return v.loc.T("prop.parity_differ", "what", strings.Join(what, "; "))
	}
	for _, d := range found.Frame {
		p.Rows = append(p.Rows, ParityRow{d.RU, d.KK, differ(d)})
	}
	for _, pair := range found.Pairs {
		if len(pair.Differences) > 0 {
			p.Rows = append(p.Rows, ParityRow{pair.RU.Text, pair.KK.Text, differ(pair.Differences...)})
		}
	}
	for _, x := range found.OnlyRU {
		p.Rows = append(p.Rows, ParityRow{RU: x.Text, What: v.loc.T("prop.only_ru")})
	}
	for _, x := range found.OnlyKK {
		p.Rows = append(p.Rows, ParityRow{KK: x.Text, What: v.loc.T("prop.only_kk")})
	}
	return p, nil
}

// differenceIn names what differs in a language, with both values where they are
// words and figures of the acts. The others are codes: the sentences, which stand
// beside the name, say those.
func differenceIn(d drafting.Difference, ui law.Lang) string {
	name := d.What.In(ui)
	switch d.What {
	case drafting.OperationDiffers, drafting.AddressDiffers, drafting.NotUnderstoodSide:
		return name
	}
	return name + " (" + cmp.Or(d.RU, "–") + " / " + cmp.Or(d.KK, "–") + ")"
}
