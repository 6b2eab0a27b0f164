package campaigns

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// slugLength is how long a proposed address is at most; people type it.
const slugLength = 60

// IsSlug tells whether s can be the address of a campaign.
func IsSlug(s string) bool { return len(s) <= 80 && slugForm.MatchString(s) && s != newSlug }

// newSlug is where the desk begins a campaign.
const newSlug = "new"

// Slug proposes an address for a title: Kazakh and Russian letters in Latin
// ones, words joined by hyphens. It is empty where the title has no letters that
// can be written so.
func Slug(title string) string {
	var words []string
	length := 0
	for _, word := range strings.FieldsFunc(strings.ToLower(norm.NFC.String(title)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}) {
		word = latin(word)
		if word == "" {
			continue
		}
		if length += len(word) + 1; length > slugLength+1 {
			break
		}
		words = append(words, word)
	}
	return strings.Join(words, "-")
}

// latin writes a word of small letters in Latin ones, as passports of Kazakhstan
// do for Russian; what it does not know it leaves out.
func latin(word string) string {
	letters := map[rune]string{
		'а': "a", 'ә': "a", 'б': "b", 'в': "v", 'г': "g", 'ғ': "g", 'д': "d", 'е': "e", 'ё': "e", 'ж': "zh", 'з': "z", 'и': "i", 'й': "y",
		'к': "k", 'қ': "q", 'л': "l", 'м': "m", 'н': "n", 'ң': "n", 'о': "o", 'ө': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u",
		'ұ': "u", 'ү': "u", 'ф': "f", 'х': "kh", 'һ': "h", 'ц': "ts", 'ч': "ch", 'ш': "sh", 'щ': "shch", 'ы': "y", 'і': "i", 'э': "e",
		'ю': "yu", 'я': "ya",
	}
	var b strings.Builder
	for _, r := range word {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			b.WriteRune(r)
			continue
		}
		b.WriteString(letters[r])
	}
	return b.String()
}
