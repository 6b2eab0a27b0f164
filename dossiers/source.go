package dossiers

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// Source is where something was read.
type Source struct {
	Title law.Words `json:"title,omitempty"`
	Href  string    `json:"href,omitempty"` // http or https
}

// Equal tells whether two sources are one, in all languages.
func (s Source) Equal(t Source) bool { return s.Href == t.Href && maps.Equal(s.Title, t.Title) }

// shown is its title as it is typed in one language.
func (s Source) shown(ui law.Lang) string { return strings.Join(strings.Fields(s.Title.In(ui)), " ") }

func (s Source) line(ui law.Lang) string { return strings.TrimSpace(s.Href + " " + s.shown(ui)) }

// SourceLines are sources as people type them, a line each.
func SourceLines(all []Source, ui law.Lang) string {
	var out []string
	for _, s := range all {
		out = append(out, s.line(ui))
	}
	return strings.Join(out, "\n")
}

// ReadSources reads what was typed over SourceLines of was: a line each, an
// address with a title in any order, or a title alone. Titles in the languages
// that were not shown stay: a line that kept its address or its title is the
// source that was. bad is a line with an address that is none; its words are a
// title then.
func ReadSources(text string, was []Source, ui law.Lang) (out []Source, bad string) {
	for line := range strings.SplitSeq(text, "\n") {
		var href string
		var rest []string
		for _, word := range strings.Fields(line) {
			if href == "" && isWeb(word) {
				href = word
				continue
			}
			if strings.Contains(word, "://") && !isWeb(word) {
				bad = line
			}
			rest = append(rest, word)
		}
		title := strings.Join(rest, " ")
		if href == "" && title == "" {
			continue
		}
		s := standing(was, ui, href, title)
		if s.Href = href; s.shown(ui) != title {
			s.Title = retitled(s.Title, ui, title)
		}
		out = append(out, s)
	}
	return out, bad
}

// standing is the source that a line was, a new one where there is none: with the
// same address and title, the same address, the same title.
func standing(was []Source, ui law.Lang, href, title string) Source {
	for _, same := range []func(Source) bool{
		func(s Source) bool { return s.Href == href && s.shown(ui) == title },
		func(s Source) bool { return s.Href == href && href != "" },
		func(s Source) bool { return s.shown(ui) == title && title != "" },
	} {
		if i := slices.IndexFunc(was, same); i >= 0 {
			return was[i]
		}
	}
	return Source{}
}

// retitled puts a title in the place of the one that was shown. Its language is
// that of its letters, unless it would overwrite words that were not shown.
func retitled(was law.Words, ui law.Lang, title string) law.Words {
	out := law.Words{}
	maps.Copy(out, was)
	_, shown := was.Said(ui)
	if title == "" {
		delete(out, shown)
		return out
	}
	lang, ok := law.DetectLang([]law.Line{{Text: title}})
	if !ok {
		lang = ui
	}
	if out[lang] != "" {
		lang = shown
	}
	out[lang] = title
	return out
}

// isWeb tells whether s is an address of the web.
func isWeb(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

func checkSources(all []Source) error {
	for _, s := range all {
		if err := checkWords("the title of a source", s.Title); err != nil {
			return err
		}
		if s.Href != "" && !isWeb(s.Href) {
			return fmt.Errorf("the address of a source, %q, is no web address", s.Href)
		}
	}
	return nil
}
