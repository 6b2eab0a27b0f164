package read

import (
	"context"
	"net/url"
	"strings"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// Discussions knows where texts may be commented on. internal/store fulfils it.
type Discussions interface {
	// Discussed lists the campaigns whose readers comment on one of the texts, with
	// the number of comments at each place.
	Discussed(ctx context.Context, texts ...law.EditionKey) ([]campaigns.Discussion, error)
}

// talk is where the texts of one page may be commented on: asked for once, however
// many provisions there are.
type talk struct {
	*speaker
	list []campaigns.Discussion
}

func (rd *Reader) talk(ctx context.Context, s *speaker, texts ...law.EditionKey) (talk, error) {
	if rd.discussions == nil {
		return talk{}, nil
	}
	list, err := rd.discussions.Discussed(ctx, texts...)
	return talk{s, list}, err
}

// cache is how long a page may be kept: a count of comments changes where the
// text does not.
func (t talk) cache(otherwise page.Cache) page.Cache {
	if len(t.list) > 0 && otherwise == page.Kept {
		return page.Fresh
	}
	return otherwise
}

// on are the links to the comments on a unit with all that stands in it, one a
// campaign: what was said, or the form.
func (t talk) on(k law.EditionKey, unit law.Address) []page.Link { return t.links(k, unit, true) }

// said is on for a single line, and only where there are comments.
func (t talk) said(k law.EditionKey, line law.Address) []page.Link { return t.links(k, line, false) }

func (t talk) links(k law.EditionKey, at law.Address, whole bool) []page.Link {
	var out []page.Link
	for _, d := range t.list {
		n := d.Counts[k][at]
		if whole {
			for inside, more := range d.Counts[k] {
				if strings.HasPrefix(string(inside), string(at)+"__") {
					n += more
				}
			}
		}
		l := page.Link{Href: t.in("/campaigns/" + d.Slug + "/comments?" + url.Values{"text": {k.String()}, "at": {string(at)}}.Encode())}
		switch {
		case n > 0:
			l.Text = t.loc.T("talk.said", "n", t.loc.Number(n))
		case whole:
			l.Href, l.Text = l.Href+"#form", t.loc.T("talk.say")
		default:
			continue
		}
		if len(t.list) > 1 {
			l.Text += ": " + d.Title.In(t.ui)
		}
		out = append(out, l)
	}
	return out
}

// over puts the links beside the provisions of a text.
func (t talk) over(k law.EditionKey, parts []Part) {
	if len(t.list) == 0 {
		return
	}
	for i := range parts {
		p := &parts[i]
		if p.Kind == "article" {
			p.Talk = t.on(k, law.Address(p.ID))
		}
		for j := range p.Blocks {
			if b := &p.Blocks[j]; b.ID != "" {
				b.Talk = t.said(k, law.Address(b.ID))
			}
		}
	}
}
