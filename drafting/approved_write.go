package drafting

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/law"
)

// approvedFrame is how a language names what an act has approved: «в Правилах
// посещения залов, утвержденных указанным приказом:». Where a title cannot be put
// in its case there is no frame.
type approvedFrame struct {
	Form string `json:"form"`
	// Nouns are the first words of Russian titles: in the prepositional case, and
	// the participle that agrees with them.
	Nouns map[string][2]string `json:"nouns"`
	// Locative are the endings of Kazakh ones: of a possessive, of another word, of
	// one that ends in a voiceless consonant; for hard and for soft vowels each.
	Locative  [3][2]string `json:"locative"`
	Soft      string       `json:"soft"`
	Vowels    string       `json:"vowels"`
	Voiceless string       `json:"voiceless"`
}

// approvedTitles are the titles of what an act approves, by the units at the top of
// a text that stand in it.
func approvedTitles(doc *law.Document, out map[*law.Provision][]string) {
	var title []string
	open := false
	for _, p := range doc.Provisions {
		switch {
		case stamp(p):
			title, open = nil, p.Kind != law.Annex
		case p.Parent != nil || !open:
		case p.Kind == law.Text:
			title = append(title, p.Text)
		default:
			out[p] = title
		}
	}
}

// frame names what is approved under a title; by is the act's own word.
func (f *approvedFrame) frame(lines []string, by string) string {
	for i := range lines { // above a Russian title the stamp goes on
		if title := f.inCase(strings.Join(lines[i:], " ")); title != "" && by != "" {
			return fill(f.Form, func(name string) string {
				switch name {
				case "title":
					return title
				case "agrees":
					first, _, _ := strings.Cut(strings.ToLower(lines[i]), " ")
					return f.Nouns[first][1]
				}
				return by
			})
		}
	}
	return ""
}

func (f *approvedFrame) inCase(title string) string {
	if len(f.Nouns) > 0 {
		first, rest, _ := strings.Cut(title, " ")
		if noun := f.Nouns[strings.ToLower(first)][0]; noun != "" {
			return strings.TrimSpace(noun + " " + rest)
		}
		return ""
	}
	words := strings.Fields(title)
	if len(words) == 0 {
		return ""
	}
	last := strings.ToLower(words[len(words)-1])
	end, _ := utf8.DecodeLastRuneInString(last)
	at := strings.LastIndexAny(last, f.Vowels)
	if at < 0 || !unicode.IsLetter(end) {
		return ""
	}
	vowel, _ := utf8.DecodeRuneInString(last[at:])
	kind, soft := 1, 0
	switch {
	case end == 'ы' || end == 'і':
		kind = 0
	case strings.ContainsRune(f.Voiceless, end):
		kind = 2
	}
	if strings.ContainsRune(f.Soft, vowel) {
		soft = 1
	}
	return strings.Join(append(slices.Clone(words[:len(words)-1]), last+f.Locative[kind][soft]), " ")
}
