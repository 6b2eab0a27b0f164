package proposal

import (
	"net/url"
	"strings"

	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/law"
)

// Sources are typed a line each: an address with what it is, in any order, or a
// title alone.

// sourceLines are sources as they are typed.
func sourceLines(all []dossiers.Source) string {
	var out []string
	for _, s := range all {
		out = append(out, strings.TrimSpace(s.Href+" "+s.Title.In(law.KK)))
	}
	return strings.Join(out, "\n")
}

// readSources reads them. A line without a web address is a title: nothing of it
// is lost.
func readSources(text string) (out []dossiers.Source) {
	for line := range strings.SplitSeq(text, "\n") {
		var s dossiers.Source
		var rest []string
		for _, word := range strings.Fields(line) {
			if s.Href == "" && isAddress(word) {
				s.Href = word
			} else {
				rest = append(rest, word)
			}
		}
		if title := strings.Join(rest, " "); title != "" {
			s.Title = law.Words{titleLang(title): title}
		}
		if s.Href != "" || s.Title != nil {
			out = append(out, s)
		}
	}
	return out
}

// titleLang is the language of a title by its letters; Russian where they do not
// tell.
func titleLang(title string) law.Lang {
	if lang, ok := law.DetectLang([]law.Line{{Text: title}}); ok {
		return lang
	}
	return law.RU
}

func isAddress(word string) bool {
	u, err := url.Parse(word)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}
