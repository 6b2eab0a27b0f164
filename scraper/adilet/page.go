package adilet

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	xhtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/scraper"
)

// ParseText reads a page with the text of an act, live or saved with a browser.
// Line numbers are those of the page's source. Its errors are scraper.ErrNoText,
// ErrMaintenance and ErrEncoding, with the line where there is one.
func ParseText(r io.Reader) (scraper.Page, error) { return parseText(r, "") }

func parseText(r io.Reader, contentType string) (scraper.Page, error) {
	page, err := decode(r, contentType)
	if err != nil {
		return scraper.Page{}, err
	}
	t := scan(page)
	if !t.found || len(t.lines) == 0 && !articleTag.MatchString(page) {
		return scraper.Page{}, noText(page)
	}
	if err := scraper.CheckLetters(page[t.begin:t.end], t.line); err != nil {
		return scraper.Page{}, err
	}
	if len(t.lines) == 0 {
		return scraper.Page{}, fmt.Errorf("line %d: %w: the place of the text is empty", t.line, scraper.ErrNoText)
	}
	if closedForRepair(t.lines) {
		return scraper.Page{}, fmt.Errorf("line %d: %w", t.line, scraper.ErrMaintenance)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(page[:t.begin]))
	if err != nil {
		return scraper.Page{}, fmt.Errorf("reading the head of the page: %w", err)
	}
	return scraper.Page{
		Info: scraper.Info{Head: headOf(doc)}, Archived: t.archived, Cut: t.cut, Lines: t.lines, Pictures: t.pictures,
		Aliases: aliases(doc),
	}, nil
}

// textPart is where the text of a page stands, and its lines.
type textPart struct {
	found      bool
	begin, end int // offsets in the page
	line       int // of the source, at begin
	cut        bool
	archived   bool
	lines      []law.Line
	pictures   []string
}

// scan finds the text: every article element, or, where the page has none, the
// container the site puts it in.
func scan(page string) textPart {
	hasArticle := articleTag.MatchString(page)
	var t textPart
	r := &reader{}
	z := xhtml.NewTokenizer(strings.NewReader(page))
	offset, line := 0, 1
	inside, depth := false, 0
	for {
		tt := z.Next()
		if tt == xhtml.ErrorToken {
			break
		}
		raw := string(z.Raw())
		tok := z.Token()
		opens := tt == xhtml.StartTagToken
		switch {
		case opens && tok.DataAtom == atom.Div && hasClass(tok, "text") && hasClass(tok, "container_gamma"):
			t.archived = t.archived || hasClass(tok, "text_arc")
			if !inside && !hasArticle {
				inside, depth = true, 0
				t.enter(offset+len(raw), line)
			}
		case opens && !inside && tok.DataAtom == atom.Article:
			inside = true
			t.enter(offset+len(raw), line)
			offset, line = offset+len(raw), line+strings.Count(raw, "\n")
			continue
		}
		if inside {
			if leaves(tok, tt, hasArticle, &depth) {
				inside, t.cut, t.end = false, false, offset
				r.endPart()
			} else {
				r.line, r.rest = line, page[offset:]
				r.token(tok, raw)
			}
		}
		offset += len(raw)
		line += strings.Count(raw, "\n")
	}
	if inside {
		t.end = len(page)
	}
	t.lines, t.pictures = r.finish(), r.pictures
	return t
}

func (t *textPart) enter(begin, line int) {
	t.cut = true // until its end is seen
	if !t.found {
		t.found, t.begin, t.line = true, begin, line
	}
}

// leaves reports whether a token ends the text. The site's own next container
// ends it too, for a text whose end tag was forgotten.
func leaves(tok xhtml.Token, tt xhtml.TokenType, hasArticle bool, depth *int) bool {
	opens, closes := tt == xhtml.StartTagToken, tt == xhtml.EndTagToken
	if tok.DataAtom == atom.Div {
		if opens && (hasClass(tok, "aftertext") || attr(tok, "id") == "footer") {
			return true
		}
		if !hasArticle && opens {
			*depth++
		}
		if !hasArticle && closes {
			*depth--
			return *depth <= 0
		}
	}
	return closes && tok.DataAtom == atom.Article && hasArticle
}

var articleTag = regexp.MustCompile(`(?i)<article[\s>]`)

func hasClass(t xhtml.Token, class string) bool {
	return slices.Contains(strings.Fields(attr(t, "class")), class)
}

// A notice is shorter than this and has no heading; the shortest laws, with the
// signature, are longer.
const maxNotice = 600

func closedForRepair(lines []law.Line) bool {
	n := 0
	for _, l := range lines {
		if n += utf8.RuneCountInString(l.Text); n > maxNotice || l.Mark == law.Heading {
			return false
		}
	}
	return slices.ContainsFunc(lines, func(l law.Line) bool { return scraper.UnderRepair(l.Text) })
}

func noText(page string) error {
	switch {
	case strings.TrimSpace(page) == "":
		return fmt.Errorf("line 1: %w: it is empty", scraper.ErrNoText)
	case scraper.UnderRepair(page):
		return fmt.Errorf("line 1: %w: no article element", scraper.ErrMaintenance)
	}
	return fmt.Errorf("line 1: %w: no article element", scraper.ErrNoText)
}

// headOf reads what stands above the text of every page of an act.
func headOf(doc *goquery.Document) scraper.Head {
	h := scraper.Head{
		Title:      words(doc.Find("div.slogan h1, h1").First()),
		Status:     words(doc.Find("div.slogan span.status").First()),
		Requisites: words(doc.Find("div.slogan p").First()),
	}
	if h.Title == "" {
		title := words(doc.Find("head title").First())
		h.Title = strings.TrimSuffix(title, ` - ИПС "Әділет"`)
	}
	class, _ := doc.Find("#container").First().Attr("class")
	for c := range strings.FieldsSeq(class) {
		if l, ok := langOf(strings.TrimPrefix(c, "lang_")); ok && strings.HasPrefix(c, "lang_") {
			h.Lang = l
		}
	}
	// The act's own address stands in the selected items of menu and tabs. They
	// must agree, or the page says nothing.
	ids := map[law.ActID]bool{}
	doc.Find("li.selected a[href]").Each(func(_ int, s *goquery.Selection) {
		href, _ := s.Attr("href")
		if id, ok := actOf(href); ok {
			ids[id] = true
		}
	})
	if len(ids) == 1 {
		for id := range ids {
			h.Act = id
		}
	}
	return h
}

var bankAddress = regexp.MustCompile(`/client/#!/doc/([1-9]\d{0,9})(?:/|$)`)

// aliases reads the tab «ЭКБ», which leads to the act in the reference bank.
func aliases(doc *goquery.Document) map[string]string {
	href, _ := doc.Find("a.icon_ekb").First().Attr("href")
	m := bankAddress.FindStringSubmatch(href)
	if m == nil {
		return nil
	}
	return map[string]string{"zan": m[1]}
}

func words(s *goquery.Selection) string { return law.Squeeze(s.Text()) }
