package score

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// Sources and places are typed a line each.

// mostTyped is how long a field of text may be, in characters.
const mostTyped = 5000

// readSources reads those of a form; titles that it did not show stay as they were.
func readSources(v view, f url.Values, was []dossiers.Source, wrong faults) []dossiers.Source {
	text := page.Typed(f.Get("sources"))
	out, bad := dossiers.ReadSources(text, was, v.ui)
	if unfit(text) {
		wrong["sources"] = v.loc.N("sc.wrong_text", mostTyped)
	} else if bad != "" {
		wrong["sources"] = v.loc.T("dos.source_bad", "line", bad)
	}
	return out
}

// langOf is the language of words by their letters; Russian where they do not tell.
func langOf(text string) law.Lang {
	if lang, ok := law.DetectLang([]law.Line{{Text: text}}); ok {
		return lang
	}
	return law.RU
}

func placeLines(all []dossiers.Place) string {
	var out []string
	for _, p := range all {
		out = append(out, string(p.Act)+" "+string(p.Address))
	}
	return strings.Join(out, "\n")
}

// readPlaces reads an act and an address a line, or a link to a provision on this
// site; wrong is the first line that is neither.
func readPlaces(text string) (out []dossiers.Place, wrong string) {
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		act, address, ok := strings.Cut(line, " ")
		if strings.Contains(line, "/acts/") {
			act, address, ok = linkedPlace(line)
		}
		id, err := law.ParseActID(act)
		address = strings.TrimSpace(address)
		if !ok || err != nil || address == "" || strings.ContainsFunc(address, func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("_-~.", r)
		}) {
			return nil, line
		}
		out = append(out, dossiers.Place{Act: id, Address: law.Address(address)})
	}
	return out, ""
}

// linkedPlace reads «…/acts/ID/…#ADDRESS» and «…/acts/ID/at/ADDRESS/…».
func linkedPlace(link string) (act, address string, ok bool) {
	u, err := url.Parse(link)
	if err != nil {
		return "", "", false
	}
	_, path, _ := strings.Cut(u.Path, "/acts/")
	parts := strings.Split(path, "/")
	if len(parts) > 2 && parts[1] == "at" {
		return parts[0], parts[2], true
	}
	return parts[0], u.Fragment, u.Fragment != ""
}

// unfit tells whether what was typed cannot be kept: too long, or not text.
func unfit(s string) bool {
	return utf8.RuneCountInString(s) > mostTyped || !page.Printable(s)
}
