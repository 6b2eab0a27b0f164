package read

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/picture"
)

const (
	// picturesLimit keeps some hundred pictures of about 100 kB each.
	picturesLimit = 16 << 20
	// picturesAtOnce are drawn at the same time: each takes 3 MB and a tenth of a
	// second.
	picturesAtOnce = 2
)

// Picture says what the picture of a page shows.
type Picture func(ctx context.Context, s *speaker, r *http.Request) (picture.Card, page.Cache, error)

// Drawn answers with a picture. Pictures of the same words are drawn once.
func (rd *Reader) Drawn(card Picture) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		c, cache, err := card(r.Context(), rd.speaker(r), r)
		if err != nil {
			return err
		}
		return rd.Draw(w, r, c, cache)
	}
}

// Draw answers with the picture of a card.
func (rd *Reader) Draw(w http.ResponseWriter, r *http.Request, c picture.Card, cache page.Cache) error {
	content, err := json.Marshal(c)
	if err != nil {
		return fmt.Errorf("picture: %w", err)
	}
	sum := sha256.Sum256(content)
	b, err := rd.pictures.get(r.Context(), hex.EncodeToString(sum[:]), func(context.Context) ([]byte, error) { return rd.painter.PNG(c) })
	if err != nil {
		return err
	}
	page.Write(w, r, http.StatusOK, "image/png", cache, b)
	return nil
}

// unpng is the last part of a picture's address, without its ending.
func unpng(r *http.Request, name string) string {
	return strings.TrimSuffix(r.PathValue(name), ".png")
}

// HomePicture is of the front page.
func (rd *Reader) HomePicture(ctx context.Context, s *speaker, _ *http.Request) (picture.Card, page.Cache, error) {
	acts, lists, err := rd.followed(ctx)
	if err != nil {
		return picture.Card{}, "", err
	}
	c := picture.Card{Lang: s.ui, Title: s.loc.T("site.about")}
	for i := range acts {
		if c.Bars == nil {
			err = rd.paintRibbon(ctx, s, &c, lists[i], lists[i].language(s.ui))
		}
		if err != nil {
			return c, "", err
		}
	}
	return c, page.Fresh, nil
}

// ActPicture is of an act: its title, its ribbon and its newest edition.
func (rd *Reader) ActPicture(ctx context.Context, s *speaker, r *http.Request) (picture.Card, page.Cache, error) {
	act, all, err := rd.act(ctx, s, unpng(r, "act"))
	if err != nil {
		return picture.Card{}, "", err
	}
	lang, err := law.ParseLang(r.URL.Query().Get("lang"))
	if err != nil || len(all.in(lang)) == 0 {
		lang = all.language(s.ui)
	}
	c := picture.Card{Lang: s.ui, Head: requisites(act, s.ui).Text, Title: titled(act, s.ui).Text}
	list := all.in(lang).official()
	if newest, ok := list.newest(); ok {
		c.Dates = s.edition(newest.EditionKey)
		c.Count, c.Label = s.counted("figs.editions", len(list))
	}
	return c, page.Fresh, rd.paintRibbon(ctx, s, &c, all, lang)
}

// EditionPicture is of a text.
func (rd *Reader) EditionPicture(ctx context.Context, s *speaker, r *http.Request) (picture.Card, page.Cache, error) {
	act, all, err := rd.act(ctx, s, r.PathValue("act"))
	if err != nil {
		return picture.Card{}, "", err
	}
	lang, err := law.ParseLang(unpng(r, "lang"))
	if err != nil {
		return picture.Card{}, "", fmt.Errorf("%w: %w", page.ErrNoPage, err)
	}
	key, _, err := rd.asked(s, act, all, r.PathValue("version"), lang)
	if err != nil {
		return picture.Card{}, "", err
	}
	t, err := rd.texts.text(ctx, key)
	if err != nil {
		return picture.Card{}, "", err
	}
	touched, err := rd.touched(ctx, all, t)
	if err != nil {
		return picture.Card{}, "", err
	}
	c := picture.Card{Lang: s.ui, Head: requisites(act, lang).Text, Title: titled(act, lang).Text, Dates: s.edition(key)}
	bars := barsOf(t, touched)
	paint(&c, s.ribbon(bars, picture.RibbonHeight, 0, noLink))
	c.Count, c.Label = s.counted("figs.articles", len(bars))
	return c, page.Kept, nil
}

// ComparePicture is of a comparison, or of one of its changes.
func (rd *Reader) ComparePicture(ctx context.Context, s *speaker, r *http.Request) (picture.Card, page.Cache, error) {
	act, _, c, err := rd.compared(ctx, s, r.PathValue("act"), r.PathValue("pair"), unpng(r, "lang"))
	if err != nil {
		return picture.Card{}, "", err
	}
	ch, err := c.named(r.URL.Query().Get("change"))
	if err != nil {
		return picture.Card{}, "", err
	}
	if ch == nil {
		ch = c.telling()
	}
	card := s.pictured(act, c)
	if ch != nil {
		card.Place = s.cite(oneOf(ch.pairs[0]))
		card.Words = runs(redlined(ops(ch.showing()), both))
	} else {
		card.Title = s.loc.T("compare.none")
	}
	return card, page.Kept, nil
}

// pictured is what the pictures of a comparison and of its changes share.
func (s *speaker) pictured(act law.Act, c *comparison) picture.Card {
	a, b := c.from.head.EditionKey, c.to.head.EditionKey
	card := picture.Card{Lang: a.Lang, Head: titled(act, a.Lang).Text, Dates: s.loc.T("range", "from", s.brief(a), "to", s.brief(b))}
	card.Count, card.Label = s.counted("figs.changes", c.real())
	paint(&card, s.ribbon(barsOfBoth(c), picture.RibbonHeight, 0, noLink))
	return card
}

// PastPicture is of a provision: its last wording and how many there were.
func (rd *Reader) PastPicture(ctx context.Context, s *speaker, r *http.Request) (picture.Card, page.Cache, error) {
	x, err := rd.told(ctx, s, r.PathValue("act"), r.PathValue("address"), unpng(r, "lang"), r.URL.Query().Get("edition"), 1)
	if err != nil {
		return picture.Card{}, "", err
	}
	c := picture.Card{Lang: x.key.Lang, Head: titled(x.act, x.key.Lang).Text, Place: x.cite, Dates: x.wordings[0].period}
	for _, line := range x.wordings[0].lines[:min(1, len(x.wordings[0].lines))] {
		c.Words = runs(line)
	}
	c.Count, c.Label = s.counted("figs.wordings", x.count)
	return c, page.Fresh, rd.paintRibbon(ctx, s, &c, x.all, x.key.Lang)
}

// OutcomePicture is of a proposal and what became of it, or of one of its changes.
func (rd *Reader) OutcomePicture(ctx context.Context, s *speaker, r *http.Request) (picture.Card, page.Cache, error) {
	act, _, x, o, err := rd.became(ctx, s, r.PathValue("act"), r.PathValue("texts"), unpng(r, "lang"))
	if err != nil {
		return picture.Card{}, "", err
	}
	c, err := rd.texts.compare(ctx, x.base, x.proposed)
	if err != nil {
		return picture.Card{}, "", err
	}
	card := s.pictured(act, c)
	card.Count, card.Label = s.counted("figs.changes", len(o.result.Items))
	card.Dates = s.edition(x.proposed)
	card.Title = capital(s.verdict(x, o))
	i, err := o.named(r.URL.Query().Get("change"))
	if err != nil {
		return card, "", err
	}
	if i < 0 && len(o.result.Items) > 0 {
		i = 0
	} else if i >= 0 {
		it := &o.result.Items[i]
		card.Place = s.cite(it.Provision)
		card.Title = capital(s.status(it.Status))
	}
	if i >= 0 {
		card.Words = runs(redlined(ops(*o.result.Items[i].Proposed), both))
	}
	return card, page.Kept, nil
}

// paintRibbon draws the ribbon of the newest text.
func (rd *Reader) paintRibbon(ctx context.Context, s *speaker, c *picture.Card, all editions, lang law.Lang) error {
	newest, ok := all.in(lang).official().newest()
	if !ok {
		return nil
	}
	t, err := rd.texts.text(ctx, newest.EditionKey)
	if err != nil {
		return err
	}
	touched, err := rd.touched(ctx, all, t)
	if err != nil {
		return err
	}
	paint(c, s.ribbon(barsOf(t, touched), picture.RibbonHeight, 0, noLink))
	return nil
}

func noLink(*law.Provision) string { return "" }

// paint gives a card a ribbon; nil gives none.
func paint(c *picture.Card, r *Ribbon) {
	if r == nil {
		return
	}
	for _, t := range r.Ticks {
		c.Bars = append(c.Bars, picture.Bar{X: t.X, W: t.W, H: t.H, Changed: t.Class == "b--c", Deleted: t.Class == "b--d"})
	}
	for _, g := range r.Groups {
		c.Bases = append(c.Bases, picture.Base{X1: g.X1, X2: g.X2})
	}
}

// runs are the words of a redline as a picture shows them.
func runs(spans []Span) []picture.Run {
	var out []picture.Run
	for _, sp := range spans {
		k := map[string]picture.Kind{"ins": picture.Inserted, "del": picture.Deleted, "from": picture.MovedFrom, "to": picture.MovedTo}[sp.Kind]
		out = append(out, picture.Run{Kind: k, Text: sp.Text})
	}
	return out
}

// counted is a number and, apart from it, what was counted.
func (s *speaker) counted(key string, n int) (count, label string) {
	return s.loc.Number(n), s.loc.N(key, n)
}

// showing is the pair of a change that best shows it: the first with other words.
func (ch *change) showing() diffing.Pair {
	for _, p := range ch.pairs {
		if p.Kind != diffing.Same && !p.Technical {
			return p
		}
	}
	return ch.pairs[0]
}

// tellingWords is up to how many marked words a change tells itself at a glance.
const tellingWords = 12

// telling is the change that a picture of the whole comparison shows: the first
// in which few words took the place of others, else the first that is not
// technical; nil where there is none.
func (c *comparison) telling() *change {
	var out *change
	for _, ch := range c.list {
		if ch.technical {
			continue
		}
		if out == nil {
			out = ch
		}
		in, gone := 0, 0
		for _, o := range ops(ch.showing()) {
			switch o.Kind {
			case diffing.Insert:
				in += words(o.Text)
			case diffing.Delete:
				gone += words(o.Text)
			}
		}
		if ch.pairs[0].Kind == diffing.Edited && in > 0 && gone > 0 && in+gone <= tellingWords {
			return ch
		}
	}
	return out
}

// real is how many changes are not technical.
func (c *changes) real() int {
	n := 0
	for _, ch := range c.list {
		if !ch.technical {
			n++
		}
	}
	return n
}
