package read

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// sitemapIndex names the site map of each act (https://www.sitemaps.org).
type sitemapIndex struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
	Maps    []sitemapRow `xml:"sitemap"`
}

type sitemapRow struct {
	Loc string `xml:"loc"`
	Mod string `xml:"lastmod,omitempty"`
}

type sitemap struct {
	XMLName xml.Name  `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	XHTML   string    `xml:"xmlns:xhtml,attr"`
	Pages   []mapPage `xml:"url"`
}

type mapPage struct {
	Loc   string    `xml:"loc"`
	Mod   string    `xml:"lastmod,omitempty"`
	Other []mapLink `xml:"xhtml:link"`
}

type mapLink struct {
	Rel  string `xml:"rel,attr"`
	Lang string `xml:"hreflang,attr"`
	Href string `xml:"href,attr"`
}

// mapPages is how many pages a site map may name, by its protocol.
const mapPages = 50_000

// Sitemap names the site map of every act that is followed.
func (rd *Reader) Sitemap(w http.ResponseWriter, r *http.Request) error {
	acts, lists, err := rd.followed(r.Context())
	if err != nil {
		return err
	}
	origin := rd.pages.Origin(r)
	var out sitemapIndex
	for i, a := range acts {
		out.Maps = append(out.Maps, sitemapRow{origin + "/sitemaps/" + string(a.ID) + ".xml", lists[i].came()})
	}
	return writeXML(w, r, out)
}

// ActSitemap names the pages of an act: itself, its texts, what changed between
// them, and what became of its proposals.
func (rd *Reader) ActSitemap(w http.ResponseWriter, r *http.Request) error {
	name, ok := strings.CutSuffix(r.PathValue("file"), ".xml")
	if !ok {
		return page.ErrNoPage
	}
	act, all, err := rd.act(r.Context(), rd.speaker(r), name)
	if err != nil {
		return err
	}
	origin := rd.pages.Origin(r)
	out := sitemap{XHTML: "http://www.w3.org/1999/xhtml"}
	add := func(path, mod string) {
		var others []mapLink
		for _, ui := range law.Langs {
			others = append(others, mapLink{"alternate", string(ui), origin + "/" + string(ui) + path})
		}
		for _, o := range others {
			if len(out.Pages) < mapPages {
				out.Pages = append(out.Pages, mapPage{o.Href, mod, others})
			}
		}
	}
	add("", all.came())
	add(actPath(act.ID), all.came())
	for i := len(all) - 1; i >= 0; i-- {
		h := all[i]
		add(editionPath(h.EditionKey), stamp(h.FetchedAt))
		if path := all.outcomeOf(h.EditionKey); h.Status != law.Enacted && path != "" {
			add(path, stamp(h.FetchedAt))
		} else if before, ok := all.before(h.EditionKey); ok && h.Status == law.Enacted {
			add(comparePath(before.EditionKey, h.EditionKey), stamp(h.FetchedAt))
		}
	}
	return writeXML(w, r, out)
}

// came is when the last text of an act came in.
func (e editions) came() string {
	var last time.Time
	for _, h := range e {
		if h.FetchedAt.After(last) {
			last = h.FetchedAt
		}
	}
	return stamp(last)
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func writeXML(w http.ResponseWriter, r *http.Request, v any) error {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	if err := xml.NewEncoder(&b).Encode(v); err != nil {
		return fmt.Errorf("site map: %w", err)
	}
	page.Write(w, r, http.StatusOK, "application/xml; charset=utf-8", page.Fresh, b.Bytes())
	return nil
}

// Robots lets every crawler read everything, as all of it is public, and names
// the site map.
func (rd *Reader) Robots(w http.ResponseWriter, r *http.Request) error {
	text := "User-agent: *\nAllow: /\n"
	if o := rd.pages.Origin(r); o != "" {
		text += "Sitemap: " + o + "/sitemap.xml\n"
	}
	page.Write(w, r, http.StatusOK, "text/plain; charset=utf-8", page.Kept, []byte(text))
	return nil
}
