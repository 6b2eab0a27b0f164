package dossier

import (
	"net/url"
	"slices"
	"strings"

	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// Sources are typed a line each: an address with what it is, in any order, or a
// title alone.

// sourceLine is a source as it is typed.
func sourceLine(s dossiers.Source, ui law.Lang) string {
	return strings.TrimSpace(s.Href + " " + strings.Join(strings.Fields(s.Title.In(ui)), " "))
}

func sourceLines(all []dossiers.Source, ui law.Lang) string {
	var out []string
	for _, s := range all {
		out = append(out, sourceLine(s, ui))
	}
	return strings.Join(out, "\n")
}

// readSources reads them. A line that stands as it was is the source that was:
// its title has other languages, too. bad is a line with an address that is none.
func readSources(text string, was []dossiers.Source, ui law.Lang) (out []dossiers.Source, bad string) {
	for line := range strings.SplitSeq(text, "\n") {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		if i := slices.IndexFunc(was, func(s dossiers.Source) bool { return sourceLine(s, ui) == strings.Join(words, " ") }); i >= 0 {
			out = append(out, was[i])
			continue
		}
		var s dossiers.Source
		var rest []string
		for _, word := range words {
			switch {
			case s.Href == "" && isAddress(word):
				s.Href = word
			case strings.Contains(word, "://") && !isAddress(word):
				bad = line
			default:
				rest = append(rest, word)
			}
		}
		if title := strings.Join(rest, " "); title != "" {
			lang, ok := law.DetectLang([]law.Line{{Text: title}})
			if !ok {
				lang = ui
			}
			s.Title = law.Words{lang: title}
		}
		out = append(out, s)
	}
	return out, bad
}

func isAddress(word string) bool {
	u, err := url.Parse(word)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

// links are sources to be read; one without an address has no Href.
func (v view) links(all []dossiers.Source) (out []page.Link) {
	for _, s := range all {
		l := page.Link{Href: s.Href, Text: s.Href}
		if t := v.said(s.Title); t.Text != "" {
			l.Text, l.Lang = t.Text, t.Lang
		} else if u, err := url.Parse(s.Href); err == nil {
			l.Text = u.Host
		}
		out = append(out, l)
	}
	return out
}
