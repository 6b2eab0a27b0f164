package web_test

import (
	"encoding/xml"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
)

type atomFeed struct {
	XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string   `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Author  string   `xml:"author>name"`
	Links   []struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	} `xml:"link"`
	Entries []struct {
		ID        string `xml:"id"`
		Title     string `xml:"title"`
		Published string `xml:"published"`
		Updated   string `xml:"updated"`
		Summary   string `xml:"summary"`
		Links     []struct {
			Rel  string `xml:"rel,attr"`
			Href string `xml:"href,attr"`
		} `xml:"link"`
		Content struct {
			Type string `xml:"type,attr"`
			Body string `xml:",chardata"`
		} `xml:"content"`
	} `xml:"entry"`
}

var tagURI = regexp.MustCompile(`^tag:[a-z0-9.-]+,2026:[\x21-\x7e]+$`)

// feed reads a feed and holds it against what RFC 4287 asks of one (4.1.1, 4.1.2,
// 4.2.6, 4.2.7.2, 3.3).
func (s *site) feed(path string) atomFeed {
	s.tb.Helper()
	w := s.get(path)
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "application/atom+xml; charset=utf-8" {
		s.tb.Fatalf("%s: %d %s", path, w.Code, w.Header().Get("Content-Type"))
	}
	var f atomFeed
	if err := xml.Unmarshal(w.Body.Bytes(), &f); err != nil {
		s.tb.Fatalf("%s: %v", path, err)
	}
	links := map[string]string{}
	for _, l := range f.Links {
		if links[l.Rel] != "" {
			s.tb.Errorf("%s: two links %q", path, l.Rel)
		}
		links[l.Rel] = l.Href
	}
	if links["self"] != origin+path {
		s.tb.Errorf("%s: self is %q", path, links["self"])
	}
	if w := s.get(strings.TrimPrefix(links["alternate"], origin)); w.Code != http.StatusOK {
		s.tb.Errorf("%s: alternate %q: %d", path, links["alternate"], w.Code)
	}
	if !tagURI.MatchString(f.ID) || f.Title == "" || f.Author == "" || f.Lang != path[1:3] {
		s.tb.Errorf("%s: id %q, title %q, author %q, language %q", path, f.ID, f.Title, f.Author, f.Lang)
	}
	if _, err := time.Parse(time.RFC3339, f.Updated); err != nil {
		s.tb.Errorf("%s: %v", path, err)
	}
	seen := map[string]bool{f.ID: true}
	for _, e := range f.Entries {
		if seen[e.ID] || !tagURI.MatchString(e.ID) {
			s.tb.Errorf("%s: entry id %q", path, e.ID)
		}
		seen[e.ID] = true
		for _, at := range []string{e.Published, e.Updated} {
			if _, err := time.Parse(time.RFC3339, at); err != nil {
				s.tb.Errorf("%s: %v", path, err)
			}
		}
		if e.Title == "" || e.Summary == "" || e.Content.Type != "html" || len(e.Links) != 1 || e.Links[0].Rel != "alternate" {
			s.tb.Errorf("%s: entry %+v", path, e)
		}
		where, _, _ := strings.Cut(strings.TrimPrefix(e.Links[0].Href, origin), "#")
		if w := s.get(where); w.Code != http.StatusOK {
			s.tb.Errorf("%s: entry leads to %q: %d", path, e.Links[0].Href, w.Code)
		}
		body, err := goquery.NewDocumentFromReader(strings.NewReader(e.Content.Body))
		if err != nil || body.Find("script, style, [class], [style]").Length() != 0 {
			s.tb.Errorf("%s: content %s", path, e.Content.Body)
		}
		body.Find("a").Each(func(_ int, a *goquery.Selection) {
			if !strings.HasPrefix(a.AttrOr("href", ""), "https://") {
				s.tb.Errorf("%s: a relative link %q", path, a.AttrOr("href", ""))
			}
		})
	}
	return f
}

func TestFeeds(t *testing.T) {
	s := sampled(t)
	for ui, want := range map[string]string{"ru": "6 изменений", "kk": "6 өзгеріс", "en": "6 changes"} {
		f := s.feed("/" + ui + sampleAct + "/feed.atom")
		if len(f.Entries) != 3 {
			t.Fatalf("%s: %d entries, want two editions and a proposal", ui, len(f.Entries))
		}
		e := f.Entries[1]
		if e.Summary != want || e.Published != "2026-02-01T00:00:00+05:00" || e.Updated != "2026-11-22T06:00:00Z" || e.ID != "tag:tuzetu.example,2026:"+ui+"/Z9900000001/2026-02-01/"+ui {
			t.Errorf("%s: %q %s %s %s", ui, e.Summary, e.Published, e.Updated, e.ID)
		}
		if !strings.Contains(e.Content.Body, "<ins>") || !strings.Contains(e.Content.Body, "<del>") {
			t.Errorf("%s: no marks in %s", ui, e.Content.Body)
		}
		if all := s.feed("/" + ui + "/feed.atom"); len(all.Entries) != 3 || all.Entries[1].ID != e.ID || all.ID == f.ID {
			t.Errorf("%s: the feed of all laws has %d entries", ui, len(all.Entries))
		}
	}
	unit := s.feed("/ru" + sampleUnit + "/ru/feed.atom")
	if len(unit.Entries) != 2 || !strings.Contains(unit.Entries[0].Content.Body, "<ins>") || strings.Contains(unit.Entries[1].Content.Body, "<ins>") {
		t.Errorf("a provision: %+v", unit.Entries)
	}
	for _, path := range []string{"/ru/acts/Z0000000000/feed.atom", "/ru" + sampleAct + "/at/art_999/ru/feed.atom"} {
		if w := s.get(path); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	for path, feeds := range map[string]int{"/ru": 1, "/ru" + sampleAct: 2, "/kk" + sampleCompare + "/ru": 2, "/ru" + sampleUnit + "/kk": 2} {
		links := s.page(path).Find(`link[type="application/atom+xml"]`)
		if links.Length() != feeds {
			t.Errorf("%s names %d feeds, want %d", path, links.Length(), feeds)
		}
		links.Each(func(_ int, l *goquery.Selection) { s.feed(l.AttrOr("href", "")) })
	}
}

// A revision is an entry of its own; the entries before it stay as they were.
func TestRevisionIsItsOwnEntry(t *testing.T) {
	s := sampled(t)
	path := "/ru" + sampleAct + "/feed.atom"
	first := s.get(path)
	tag := first.Header().Get("ETag")
	if w := s.get(path, "If-None-Match", tag); w.Code != http.StatusNotModified {
		t.Errorf("the same feed again: %d", w.Code)
	}
	before := s.feed(path)
	s.edition(sample.ActID, law.Enacted, sample.Second, law.RU, strings.Replace(sample.Markdown(law.RU, sample.Second), "книгообмен – добровольный", "книгообмен – свободный", 1))
	if w := s.get(path, "If-None-Match", tag); w.Code != http.StatusOK {
		t.Errorf("the feed after a revision: %d", w.Code)
	}
	after := s.feed(path)
	if len(after.Entries) != len(before.Entries)+1 || after.ID != before.ID {
		t.Fatalf("%d entries before, %d after", len(before.Entries), len(after.Entries))
	}
	if got := after.Entries[1]; !strings.Contains(got.ID, "2026-02-01~1") || !strings.Contains(got.Title, "исправленный вариант 1") {
		t.Errorf("the revision: %s %q", got.ID, got.Title)
	}
	if after.Entries[2].ID != before.Entries[1].ID || after.Entries[2].Content != before.Entries[1].Content {
		t.Error("the entry of the edition changed")
	}
}

func TestSitemap(t *testing.T) {
	s := sampled(t)
	var index struct {
		XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
		Maps    []struct {
			Loc string `xml:"loc"`
			Mod string `xml:"lastmod"`
		} `xml:"sitemap"`
	}
	if err := xml.Unmarshal(s.get("/sitemap.xml").Body.Bytes(), &index); err != nil || len(index.Maps) != 1 || index.Maps[0].Mod != "2026-11-22T06:00:00Z" {
		t.Fatalf("%+v %v", index, err)
	}
	var pages struct {
		XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		Pages   []struct {
			Loc   string `xml:"loc"`
			Mod   string `xml:"lastmod"`
			Other []struct {
				Lang string `xml:"hreflang,attr"`
				Href string `xml:"href,attr"`
			} `xml:"http://www.w3.org/1999/xhtml link"`
		} `xml:"url"`
	}
	w := s.get(strings.TrimPrefix(index.Maps[0].Loc, origin))
	if err := xml.Unmarshal(w.Body.Bytes(), &pages); err != nil || w.Header().Get("Content-Type") != "application/xml; charset=utf-8" {
		t.Fatal(err, w.Header())
	}
	seen := map[string]bool{}
	for _, p := range pages.Pages {
		path := strings.TrimPrefix(p.Loc, origin)
		if seen[path] || len(p.Other) != 3 || p.Mod == "" {
			t.Errorf("%+v", p)
		}
		seen[path] = true
		if canonical := s.page(path).Find("link[rel=canonical]").AttrOr("href", ""); canonical != p.Loc {
			t.Errorf("%s is canonical at %s", p.Loc, canonical)
		}
	}
	for _, path := range []string{"/kk", "/ru" + sampleAct, "/en" + sampleSecond + "/kk", "/ru" + sampleCompare + "/ru", "/ru" + sampleOutcome + "/ru"} {
		if !seen[path] {
			t.Errorf("%s is on no map", path)
		}
	}
	for _, path := range []string{"/sitemaps/Z0000000000.xml", "/sitemaps/Z9900000001", "/sitemaps/x.xml"} {
		if w := s.get(path); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}
