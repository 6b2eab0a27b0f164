package read

import (
	"net/url"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// The addresses of pages, without the interface language in front. They are
// promised to stay: DESIGN.md, "Web addresses".

func actPath(id law.ActID) string { return "/acts/" + string(id) }

func editionPath(k law.EditionKey) string {
	return actPath(k.Act) + "/" + k.Version() + "/" + string(k.Lang)
}

func comparePath(a, b law.EditionKey) string {
	return actPath(a.Act) + "/compare/" + a.Version() + "..." + b.Version() + "/" + string(a.Lang)
}

// EditionPath is of a provision of an edition, for pages of another group, with
// the language of the interface.
func EditionPath(ui law.Lang, k law.EditionKey, a law.Address) string {
	return "/" + string(ui) + at(editionPath(k), a)
}

// ComparePath is comparePath for pages of another group.
func ComparePath(a, b law.EditionKey) string { return comparePath(a, b) }

// outcomePath is of a base text, a proposal and, where there is one, what was
// enacted.
func outcomePath(texts ...law.EditionKey) string {
	versions := make([]string, len(texts))
	for i, k := range texts {
		versions[i] = k.Version()
	}
	return actPath(texts[0].Act) + "/outcome/" + strings.Join(versions, "...") + "/" + string(texts[0].Lang)
}

// historyPath is of a provision through all editions; k names act and language.
func historyPath(k law.EditionKey, a law.Address) string {
	return actPath(k.Act) + "/at/" + url.PathEscape(string(a)) + "/" + string(k.Lang)
}

// withPath is of a page with the same text in another language beside it.
func withPath(path string, l law.Lang) string { return path + "+" + string(l) }

// citeAt is of the page that says how to cite a provision.
func citeAt(k law.EditionKey, p *law.Provision) string {
	return citePath(k) + "?at=" + url.QueryEscape(string(p.Address))
}

// shortPath is what is printed on paper: the same address without the words that
// can be told from the rest.
func shortPath(path string) string {
	return strings.Replace(strings.TrimPrefix(path, "/acts"), "/compare/", "/", 1)
}

// at puts the place in a text behind an address.
func at(path string, a law.Address) string {
	if a == "" {
		return path
	}
	return path + "#" + (&url.URL{Fragment: string(a)}).EscapedFragment()
}

// twin takes the ending of a JSON twin off the last part of an address.
func twin(segment string) (string, bool) { return strings.CutSuffix(segment, ".json") }
