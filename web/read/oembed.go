package read

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/picture"
)

// oEmbed is the answer to a site that asks how to show a page of ours
// (https://oembed.com, 2.3).
type oEmbed struct {
	Type            string `json:"type"` // "rich", or "link" where there is no card
	Version         string `json:"version"`
	Title           string `json:"title"`
	ProviderName    string `json:"provider_name"`
	ProviderURL     string `json:"provider_url"`
	CacheAge        int    `json:"cache_age"` // seconds
	ThumbnailURL    string `json:"thumbnail_url,omitempty"`
	ThumbnailWidth  int    `json:"thumbnail_width,omitempty"`
	ThumbnailHeight int    `json:"thumbnail_height,omitempty"`
	HTML            string `json:"html,omitempty"`
	Width           int    `json:"width,omitempty"`
	Height          int    `json:"height,omitempty"`
}

const oEmbedAge = 3600

// OEmbed tells how to show the page with the address asked for: an act by its
// newest change, a comparison, an outcome or a provision by its card.
func (rd *Reader) OEmbed(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	if f := q.Get("format"); f != "" && f != "json" {
		// "must return … 501 (Not Implemented)" (oEmbed, 2.3.4)
		http.Error(w, "format: json only", http.StatusNotImplemented)
		return nil
	}
	asked, err := url.Parse(q.Get("url"))
	if err != nil || asked.Scheme+"://"+asked.Host != rd.pages.Origin(r) {
		return rd.noCard(w, r)
	}
	l, err := rd.cardOf(r, asked)
	if errors.Is(err, law.ErrNotFound) || errors.Is(err, page.ErrNoPage) || errors.Is(err, page.ErrBadDate) || errors.Is(err, page.ErrTexts) {
		return rd.noCard(w, r)
	}
	if err != nil {
		return err
	}
	out := oEmbed{
		Type: "link", Version: "1.0", Title: page.Plain(l.Title), CacheAge: oEmbedAge,
		ProviderName: rd.pages.Locale(l.UI).T("site.name"), ProviderURL: l.Origin + "/",
	}
	width, height := within(q.Get("maxwidth"), picture.Width), within(q.Get("maxheight"), picture.Height)
	if width == picture.Width && height == picture.Height {
		out.ThumbnailURL, out.ThumbnailWidth, out.ThumbnailHeight = l.Origin+l.PicturePath(), width, height
	}
	if l.Card {
		out.Type = "rich"
		out.Width, out.Height = within(q.Get("maxwidth"), cardWidth), within(q.Get("maxheight"), cardHeight)
		out.HTML = frameCode(l.Origin+l.CardPath(), out.Title, out.Width, out.Height)
	}
	return page.WriteJSON(w, r, http.StatusOK, page.Fresh, out)
}

// within is a wanted size, made no larger than a limit that was asked for.
func within(limit string, size int) int {
	if n, err := strconv.Atoi(limit); err == nil && n > 0 {
		return min(n, size)
	}
	return size
}

func (rd *Reader) noCard(w http.ResponseWriter, r *http.Request) error {
	return page.WriteJSON(w, r, http.StatusNotFound, page.Never, map[string]any{"error": "no such page", "status": http.StatusNotFound})
}

// cardOf is the frame of the page with an address, as its own handler fills it.
func (rd *Reader) cardOf(r *http.Request, asked *url.URL) (page.Layout, error) {
	parts := strings.Split(strings.Trim(asked.EscapedPath(), "/"), "/")
	for i := range parts {
		p, err := url.PathUnescape(parts[i])
		if err != nil {
			return page.Layout{}, page.ErrNoPage
		}
		parts[i] = p
	}
	ui, err := law.ParseLang(parts[0])
	if err != nil {
		return page.Layout{}, page.ErrNoPage
	}
	parts = parts[1:]
	if len(parts) > 0 && parts[0] == "embed" {
		parts = parts[1:]
	}
	if len(parts) < 2 || parts[0] != "acts" {
		return page.Layout{}, page.ErrNoPage
	}
	s := &speaker{ui: ui, loc: rd.pages.Locale(ui), frame: rd.pages.Frame(r, ui, "")}
	q, ctx := asked.Query(), r.Context()
	switch {
	case len(parts) == 2:
		return rd.actCard(ctx, s, parts[1])
	case len(parts) != 5:
	case parts[2] == "compare":
		act, _, c, err := rd.compared(ctx, s, parts[1], parts[3], parts[4])
		if err != nil {
			return page.Layout{}, err
		}
		if _, err := c.named(q.Get("change")); err != nil {
			return page.Layout{}, err
		}
		return rd.comparisonCard(s, act, c, q.Get("change")), nil
	case parts[2] == "outcome":
		act, _, x, o, err := rd.became(ctx, s, parts[1], parts[3], parts[4])
		if err != nil {
			return page.Layout{}, err
		}
		if _, err := o.named(q.Get("change")); err != nil {
			return page.Layout{}, err
		}
		l := rd.layout(s, x.path(), o.heads()...)
		l.Title = s.loc.T("outcome.title", "act", titled(act, s.ui).Text, "proposal", s.edition(x.proposed))
		l.Card, l.Change = true, q.Get("change")
		return l, nil
	case parts[2] == "at":
		x, err := rd.told(ctx, s, parts[1], parts[3], parts[4], q.Get("edition"), 1)
		if err != nil {
			return page.Layout{}, err
		}
		l := rd.layout(s, x.path(), x.wordings[0].head)
		l.Title = s.loc.T("history.title", "act", titled(x.act, s.ui).Text, "unit", capital(x.cite))
		l.Card = true
		if x.version != "" {
			l.Query = "edition=" + x.version
		}
		return l, nil
	}
	return page.Layout{}, fmt.Errorf("%w: %d parts", page.ErrNoPage, len(parts))
}

func (rd *Reader) comparisonCard(s *speaker, act law.Act, c *comparison, change string) page.Layout {
	a, b := c.from.head.EditionKey, c.to.head.EditionKey
	l := rd.layout(s, comparePath(a, b), c.from.head, c.to.head)
	l.Title = s.loc.T("compare.title", "act", titled(act, s.ui).Text, "from", s.brief(a), "to", s.brief(b))
	l.Card, l.Change = true, change
	return l
}

// actCard is of what last changed in an act; one that never changed is a link.
func (rd *Reader) actCard(ctx context.Context, s *speaker, name string) (page.Layout, error) {
	act, all, err := rd.act(ctx, s, name)
	if err != nil {
		return page.Layout{}, err
	}
	newest, ok := all.in(all.language(s.ui)).official().newest()
	if prev, more := all.before(newest.EditionKey); ok && more {
		c, err := rd.texts.compare(ctx, prev.EditionKey, newest.EditionKey)
		if err != nil {
			return page.Layout{}, err
		}
		return rd.comparisonCard(s, act, c, ""), nil
	}
	l := rd.layout(s, actPath(act.ID))
	l.Title = titled(act, s.ui).Text
	return l, nil
}
