// Package i18n holds every sentence Tuzetu says to people, in Kazakh, Russian
// and English: one file a language in locales/, with plural forms, dates and
// numbers as each language writes them. It translates the interface only; it
// never touches the text of a law.
package i18n

import (
	"embed"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

//go:embed locales/*.json
var files embed.FS

// Bundle is every locale, read once at start.
type Bundle struct {
	locales map[law.Lang]*Locale
}

// Locale is what one language says.
type Locale struct {
	Lang     law.Lang
	messages map[string]message
}

// message is a sentence, or its plural forms by CLDR category.
type message struct {
	text  string
	forms map[string]string
}

// UnmarshalJSON reads "text" or {"one": "…", "other": "…"}.
func (m *message) UnmarshalJSON(b []byte) error {
	if b[0] == '{' {
		return json.Unmarshal(b, &m.forms)
	}
	return json.Unmarshal(b, &m.text)
}

// Load reads the locales that were built into the program. An error means the
// program was built wrong.
func Load() (*Bundle, error) {
	b := &Bundle{locales: map[law.Lang]*Locale{}}
	for _, lang := range law.Langs {
		name := "locales/" + string(lang) + ".json"
		raw, err := files.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("locale %s: %w", lang, err)
		}
		l := &Locale{Lang: lang}
		if err := json.Unmarshal(raw, &l.messages); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		b.locales[lang] = l
	}
	return b, nil
}

// Locale returns the locale of one of law.Langs.
func (b *Bundle) Locale(lang law.Lang) *Locale { return b.locales[lang] }

// T is the sentence of a key with its {names} filled in from name, value pairs:
// T("edition.of", "date", d). An unknown key comes back as itself; a test keeps
// that from happening.
func (l *Locale) T(key string, pairs ...any) string {
	m, ok := l.messages[key]
	if !ok {
		return key
	}
	return fill(m.text, pairs)
}

// N is the form of a key that goes with the count n, which also fills {n},
// grouped as the language groups digits.
func (l *Locale) N(key string, n int, pairs ...any) string {
	m, ok := l.messages[key]
	if !ok {
		return key
	}
	return fill(m.forms[plural(l.Lang, n)], append(pairs, "n", l.Number(n)))
}

func fill(text string, pairs []any) string {
	if len(pairs) == 0 {
		return text
	}
	old := make([]string, 0, len(pairs))
	for i := 0; i+1 < len(pairs); i += 2 {
		old = append(old, "{"+fmt.Sprint(pairs[i])+"}", fmt.Sprint(pairs[i+1]))
	}
	return strings.NewReplacer(old...).Replace(text)
}

// plural is the CLDR category of a whole number.
func plural(lang law.Lang, n int) string {
	if n < 0 {
		n = -n
	}
	if lang != law.RU {
		if n == 1 {
			return "one"
		}
		return "other"
	}
	switch ten, hundred := n%10, n%100; {
	case ten == 1 && hundred != 11:
		return "one"
	case ten >= 2 && ten <= 4 && (hundred < 12 || hundred > 14):
		return "few"
	default:
		return "many"
	}
}
