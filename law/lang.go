package law

import (
	"fmt"
	"strings"
)

// Lang is the language of a text: kk, ru or en (ISO 639-1).
type Lang string

const (
	KK Lang = "kk"
	RU Lang = "ru"
	EN Lang = "en"
)

// Langs lists the languages in the order the project shows them: the state
// language first.
var Langs = [...]Lang{KK, RU, EN}

// ParseLang reads "kk", "ru" or "en"; anything else is an error.
func ParseLang(s string) (Lang, error) {
	for _, l := range Langs {
		if s == string(l) {
			return l, nil
		}
	}
	return "", fmt.Errorf("unknown language %q (want kk, ru or en)", s)
}

// DetectLang tells the language of a text by its letters: Latin ones are
// English here, and Kazakh is Cyrillic with letters Russian does not have. ok is
// false where there are too few letters to tell.
//
// Of the Cyrillic letters of the published Kazakh laws 15–18 % are Kazakh ones
// (with «і» often typed as a Latin letter, still over 10 %); in the Russian
// texts of the same laws, names and titles included, under 0.1 %.
func DetectLang(lines []Line) (lang Lang, ok bool) {
	latin, cyrillic, kazakh := 0, 0, 0
	for _, l := range lines {
		for _, r := range l.Text {
			switch {
			case r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z':
				latin++
			case r >= 0x400 && r < 0x530:
				cyrillic++
				if strings.ContainsRune("әғқңөұүһіӘҒҚҢӨҰҮҺІ", r) {
					kazakh++
				}
			}
		}
		if latin+cyrillic > 20000 {
			break
		}
	}
	switch {
	case latin+cyrillic < 8:
		return "", false
	case latin > cyrillic:
		return EN, true
	case kazakh*50 > cyrillic:
		return KK, true
	}
	return RU, true
}
