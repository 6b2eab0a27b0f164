package desk

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/read"
)

// law fills in the choice of the redline that is asked for: an act, and two of
// its texts.
func (e *editing) law(r *http.Request, p *EditPage, f url.Values, wrong faults) error {
	ctx, loc := r.Context(), e.v.loc
	choice := func(name, hint string) page.Field {
		return page.Field{ID: name, Name: name, Kind: "select", Label: e.label(name), Hint: hint, Error: e.say(wrong[name], name)}
	}
	p.Act, p.Base, p.Proposed = choice("act", loc.T("wr.act_hint")), choice("base", ""), choice("proposed", "")
	acts, err := e.d.Store.Acts(ctx)
	if err != nil {
		return err
	}
	act := law.ActID(f.Get("act"))
	p.Act.Options = []page.Option{{Text: loc.T("wr.act_none")}}
	known := false
	for _, a := range acts {
		title := page.Option{Value: string(a.ID), Current: a.ID == act}
		for _, lang := range []law.Lang{e.v.ui, law.RU, law.KK, law.EN} {
			if a.Titles[lang] != "" {
				title.Text = a.Titles[lang]
				if lang != e.v.ui {
					title.Lang = lang
				}
				break
			}
		}
		if title.Text == "" {
			title.Text = string(a.ID)
		}
		known = known || title.Current
		p.Act.Options = append(p.Act.Options, title)
	}
	var heads []law.EditionHead
	if known {
		if heads, err = e.d.Store.Editions(ctx, act); err != nil {
			return err
		}
	}
	fill := func(field *page.Field, fits func(law.Status) bool) {
		chosen := f.Get(field.Name)
		field.Options = []page.Option{{Text: loc.T("wr.text_none")}}
		found := chosen == ""
		for _, h := range heads {
			if !fits(h.Status) {
				continue
			}
			o := page.Option{Value: h.EditionKey.String(), Text: named(loc, h.EditionKey), Current: h.EditionKey.String() == chosen}
			found = found || o.Current
			field.Options = append(field.Options, o)
		}
		if !found { // what was asked for stays, with what is wrong beside it
			field.Options = append(field.Options, page.Option{Value: chosen, Text: chosen, Current: true})
		}
	}
	fill(&p.Base, func(s law.Status) bool { return s != law.Proposed })
	fill(&p.Proposed, func(s law.Status) bool { return s != law.Enacted })
	return nil
}

// named names a text of an act with its language.
func named(loc *i18n.Locale, k law.EditionKey) string {
	return read.Named(loc, k) + ", " + loc.In(k.Lang)
}

// checkRedline tells what is wrong with the two texts that were chosen.
func (d *Desk) checkRedline(ctx context.Context, t campaigns.Text, wrong faults) error {
	if t.Base == "" && t.Proposed == "" {
		return nil
	}
	keys := map[string]law.EditionKey{}
	for name, ref := range map[string]string{"base": t.Base, "proposed": t.Proposed} {
		if ref == "" {
			wrong[name] = "wr.ref_both"
			continue
		}
		k, err := law.ParseEditionKey(ref)
		if err != nil {
			wrong[name] = "wr.ref_bad"
			continue
		}
		keys[name] = k
		_, err = d.Store.EditionText(ctx, k)
		if errors.Is(err, law.ErrNotFound) {
			wrong[name] = "wr.ref_none"
		} else if err != nil {
			return err
		}
	}
	a, okA := keys["base"]
	b, okB := keys["proposed"]
	switch {
	case okA && a.Status == law.Proposed:
		wrong["base"] = "wr.ref_base"
	case okB && b.Status == law.Enacted:
		wrong["proposed"] = "wr.ref_proposed"
	case okA && okB && a.Act != b.Act:
		wrong["proposed"] = "wr.ref_acts"
	case okA && okB && a.Lang != b.Lang:
		wrong["proposed"] = "wr.ref_langs"
	}
	return nil
}
