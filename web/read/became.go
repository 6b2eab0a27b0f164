package read

import (
	"context"
	"fmt"
	"slices"

	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// What the pages about outcomes need of this group.

// Named names a text as part of a list: «редакция от 19 июня 2024 года».
func Named(loc *i18n.Locale, k law.EditionKey) string {
	return (&speaker{ui: loc.Lang, loc: loc}).edition(k)
}

// PlacePath is the address of a text, at a provision where one is named, without
// the interface language.
func PlacePath(k law.EditionKey, a law.Address) string { return at(editionPath(k), a) }

// HistoryPath is the address of a provision through all editions.
func HistoryPath(k law.EditionKey, a law.Address) string { return historyPath(k, a) }

// OutcomePath is the address of a proposal compared with what was enacted.
func OutcomePath(base, proposed, enacted law.EditionKey) string {
	return outcomePath(base, proposed, enacted)
}

// SurvivalBar draws the share of a wording that survived.
func SurvivalBar(share float64) []Segment { return survivalBar(share) }

// Framed fills in how a page whose card stands under /embed is put into others.
func Framed(l *page.Layout) {
	l.Share = &page.Share{Href: l.Shared(), Picture: l.PicturePath(), Code: frameCode(l.Origin+l.CardPath(), page.Plain(l.Title), cardWidth, cardHeight)}
}

// Forces tells how provisions of an edition stand today: from when what was
// enacted applies. What the edition does not have gets the zero Force.
func (rd *Reader) Forces(ctx context.Context, key law.EditionKey, at ...law.Address) ([]law.Force, error) {
	act, err := rd.store.Act(ctx, key.Act)
	if err != nil {
		return nil, fmt.Errorf("act %s: %w", key.Act, err)
	}
	heads, err := rd.store.Editions(ctx, key.Act)
	if err != nil {
		return nil, fmt.Errorf("editions of %s: %w", key.Act, err)
	}
	days, err := rd.gazette(ctx)
	if err != nil {
		return nil, err
	}
	all := sorted(heads)
	head, ok := all.find(key)
	if !ok {
		return nil, fmt.Errorf("%s: %w", key, law.ErrNotFound)
	}
	c, err := rd.texts.chronicle(ctx, act, all.in(key.Lang).official().with(head))
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.days = days
	i := slices.IndexFunc(c.known, func(h law.EditionHead) bool { return h.EditionKey == key })
	if i < 0 {
		return nil, fmt.Errorf("%s: %w", key, law.ErrNotFound)
	}
	return c.times.In(i, rd.today(), at...), nil
}

// Stands finds the provision of an edition that has a text: the one at an address
// if it has it, else the only other one; "" where none can be told.
func (rd *Reader) Stands(ctx context.Context, key law.EditionKey, at law.Address, text string) (law.Address, error) {
	if text == "" {
		return "", nil
	}
	t, err := rd.texts.text(ctx, key)
	if err != nil {
		return "", err
	}
	var found law.Address
	for _, p := range t.doc.Provisions {
		switch {
		case p.Text != text:
		case p.Address == at:
			return at, nil
		case found != "":
			return "", nil
		default:
			found = p.Address
		}
	}
	return found, nil
}

// Place leads to a provision through all editions of its act; its name is the
// citation, where the newest edition has the address.
func (rd *Reader) Place(ctx context.Context, ui law.Lang, act law.ActID, a law.Address) (page.Link, error) {
	heads, err := rd.store.Editions(ctx, act)
	if err != nil {
		return page.Link{}, fmt.Errorf("editions of %s: %w", act, err)
	}
	all := sorted(heads)
	newest, ok := all.in(all.language(ui)).official().newest()
	if !ok {
		return page.Link{Text: string(act) + " " + string(a)}, nil
	}
	t, err := rd.texts.text(ctx, newest.EditionKey)
	if err != nil {
		return page.Link{}, err
	}
	link := page.Link{Href: "/" + string(ui) + historyPath(newest.EditionKey, a), Text: string(act) + " " + string(a)}
	p := t.doc.Find(a)
	if p == nil {
		link.Href = ""
		return link, nil
	}
	link.Text = capital(p.Cite().In(ui)) + " (" + string(act) + ")"
	return link, nil
}

// Capital begins a citation with a capital letter.
func Capital(s string) string { return capital(s) }
