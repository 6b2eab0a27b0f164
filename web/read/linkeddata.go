package read

import (
	"cmp"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// legislation is a law, a text of it or a provision as schema.org describes
// them (https://schema.org/Legislation). The legal force of an edition is not
// stated: it belongs to each provision on a day. What was only proposed has
// none.
type legislation struct {
	Context     string   `json:"@context,omitempty"`
	Type        string   `json:"@type"`
	ID          string   `json:"@id,omitempty"`
	Name        string   `json:"name,omitempty"`
	Alternate   string   `json:"alternateName,omitempty"`
	URL         string   `json:"url,omitempty"`
	Lang        law.Lang `json:"inLanguage,omitempty"`
	Identifier  string   `json:"legislationIdentifier,omitempty"`
	Date        law.Date `json:"legislationDate,omitempty"`
	Published   law.Date `json:"datePublished,omitempty"`
	DateVersion law.Date `json:"legislationDateVersion,omitempty"`
	Force       string   `json:"legislationLegalForce,omitempty"`
	Value       string   `json:"legislationLegalValue,omitempty"`
	Based       string   `json:"isBasedOn,omitempty"`
	Thumbnail   string   `json:"thumbnailUrl,omitempty"`
	Jurisdict   string   `json:"legislationJurisdiction,omitempty"`

	ExampleOf *legislation  `json:"exampleOfWork,omitempty"`
	Examples  []legislation `json:"workExample,omitempty"`
	PartOf    *legislation  `json:"isPartOf,omitempty"`
	About     []legislation `json:"about,omitempty"`
	Changes   *legislation  `json:"legislationChanges,omitempty"`
}

const (
	schemaOrg  = "https://schema.org"
	aLaw       = "Legislation"
	unofficial = "https://schema.org/UnofficialLegalValue"
	noForce    = "https://schema.org/NotInForce"
	country    = "KZ"
)

// work names an act.
func (s *speaker) work(id law.ActID) *legislation {
	return &legislation{Type: aLaw, ID: s.frame.Origin + s.in(actPath(id)), Identifier: string(id)}
}

// example is a text of an act.
func (s *speaker) example(h law.EditionHead) legislation {
	href := s.frame.Origin + s.in(editionPath(h.EditionKey))
	l := legislation{
		Type: aLaw, ID: href, URL: href, Name: page.Plain(h.Title), Lang: h.Lang, DateVersion: h.Date,
		Identifier: string(h.Act), Value: unofficial, Based: resolve("", h.SourceURL),
	}
	if h.Status != law.Enacted {
		l.Force = noForce
	}
	return l
}

func (s *speaker) actData(l *page.Layout, act law.Act, all editions) legislation {
	d := *s.work(act.ID)
	t := titled(act, s.ui)
	d.Context, d.Name, d.Alternate, d.Lang = schemaOrg, page.Plain(t.Text), page.Plain(requisites(act, s.ui).Text), t.Lang
	d.URL, d.Date, d.Published, d.Jurisdict, d.Thumbnail = l.Shared(), act.Adopted, act.Published, country, l.Origin+l.PicturePath()
	for _, lang := range all.langs() {
		if newest, ok := all.in(lang).official().newest(); ok {
			d.Examples = append(d.Examples, s.example(newest))
		}
	}
	return d
}

// textData describes the page of a text.
func (s *speaker) textData(l *page.Layout, h law.EditionHead) legislation {
	d := s.example(h)
	d.Context, d.ExampleOf, d.Thumbnail, d.Jurisdict = schemaOrg, s.work(h.Act), l.Origin+l.PicturePath(), country
	d.Name = cmp.Or(d.Name, page.Plain(l.Title))
	return d
}

// comparisonData describes a page about two texts, and the act that brought the
// later one where the source names it.
func (s *speaker) comparisonData(l *page.Layout, c *comparison) legislation {
	d := legislation{Context: schemaOrg, Type: "WebPage", ID: l.Shared(), URL: l.Shared(), Name: page.Plain(l.Title), Lang: s.ui, Thumbnail: l.Origin + l.PicturePath()}
	for _, h := range []law.EditionHead{c.from.head, c.to.head} {
		x := s.example(h)
		x.ExampleOf = s.work(h.Act)
		d.About = append(d.About, x)
	}
	if h := c.to.head; h.Cause != "" {
		d.About = append(d.About, legislation{
			Type: aLaw, Name: page.Plain(h.Cause), URL: resolve(h.SourceURL, h.CauseHref), Identifier: string(actOf(h.CauseHref)),
			Lang: h.Lang, Changes: s.work(h.Act),
		})
	}
	return d
}

func (s *speaker) provisionData(l *page.Layout, h law.EditionHead) legislation {
	d := s.textData(l, h)
	d.ID, d.URL, d.Name = l.Shared(), l.Shared(), page.Plain(l.Title)
	d.PartOf, d.ExampleOf = s.work(h.Act), nil
	return d
}
