package drafting

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/law"
)

// IsPlaceholder reports whether a unit is what editors leave of an excluded one:
// «3) исключен Законом РК …», «5. Алып тасталды – ҚР …».
func IsPlaceholder(p *law.Provision) bool {
	if p.Number == "" {
		return false
	}
	g := [...]string{"исключен", "искл. ", "алып тасталды", "алынып тасталды", "алып тасталды"}
	rest := strings.ToLower(law.Fold(strings.TrimLeft(p.Text[p.NumberEnd():], " .)(-–")))
	for _, w := range g {
		if strings.HasPrefix(rest, w) {
			return true
		}
	}
	return false
}

// ApplyOption changes how Apply applies.
type ApplyOption func(*base)

// Placeholders leaves a line in place of each excluded numbered unit, as official
// editions do: «3) исключен Законом РК от 05.06.2026 № 1-IX;». by names the act
// as that line does: «Законом РК от 05.06.2026 № 1-IX».
func Placeholders(by string) ApplyOption { return func(b *base) { b.by = strings.TrimSpace(by) } }

// placeholder is the line in place of an excluded unit; ok is false where none
// is left: of lines without a number, and without the option.
func (b *base) placeholder(p *law.Provision) (string, bool) {
	if b.by == "" {
		return "", false
	}
	return Placeholder(b.doc, p, b.by)
}

// Placeholder is the line that official editions leave in place of an excluded
// unit: «3) исключен Законом РК …;», «5. Алып тасталды – ҚР …». by names the act
// as that line does, "" where there is none yet. ok is false of a unit without a
// number, which leaves none.
func Placeholder(d *law.Document, p *law.Provision, by string) (line string, ok bool) {
	g := grammarOf(d.Lang)
	if p.Number == "" || g == nil {
		return "", false
	}
	gone := g.Write.Excluded[0]
	if p.Kind == law.Article || p.Kind == law.Chapter {
		gone = g.Write.Excluded[1]
	}
	under := d.Subtree(p)
	sign := tail(under[len(under)-1].Text, 1)
	if p.Kind != law.Subparagraph { // it begins a sentence
		r, size := utf8.DecodeRuneInString(gone)
		gone, sign = string(unicode.ToUpper(r))+gone[size:], "."
	}
	if sign != ";" {
		sign = "."
	}
	return strings.TrimSpace(p.Text[:p.NumberEnd()]) + " " + strings.TrimRight(gone+" "+by, " .;–") + sign, true
}
