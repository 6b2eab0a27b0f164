package drafting

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/law"
)

// otherForms refuses «в соответствующих падежах» where the quoted words stand in
// other forms than the quoted one: the program inflects no words, so that it could
// not put the new ones. The forms are told, for a lawyer to pair them.
func (b *base) otherForms(p *plan, in *Instruction, places []place) *refusal {
	w := inflections{grammarOf(b.doc.Lang), map[string][]string{}}
	for _, old := range in.Old {
		var forms []string
		var where []place
		for _, at := range places {
			for _, u := range b.all[at.from:at.to] {
				found := w.in(u.Text, pieces(old))
				if len(found) > 0 {
					where = append(where, b.placeOf(u))
				}
				for _, f := range found {
					if f = "«" + f + "»"; !slices.Contains(forms, f) {
						forms = append(forms, f)
					}
				}
			}
		}
		if len(forms) > 0 {
			return ambiguous(because("forms_found", old, strings.Join(forms, ", ")), where...)
		}
		p.notice(because("form_only", old))
	}
	return nil
}

// inflections knows words again in another form, more of them rather than fewer:
// what is taken for a form by mistake is asked about, what is not would be left.
type inflections struct {
	g     *grammar
	stems map[string][]string // by word
}

// in finds words in other forms than they are given in.
func (w inflections) in(text string, words []piece) (found []string) {
	all := pieces(text)
	n := len(words)
	for i := 0; n > 0 && i+n <= len(all); i++ {
		same, alike := true, true
		for k := 0; k < n && alike; k++ {
			is := all[i+k].form == words[k].form
			same = same && is
			alike = is || w.alike(all[i+k].form, words[k].form)
		}
		if alike && !same && !glued(text, all[i].from, true) && !glued(text, all[i+n-1].to, false) {
			found = append(found, text[all[i].from:all[i+n-1].to])
		}
	}
	return found
}

// alike reports whether two words may be forms of one: without their endings they
// are the same.
func (w inflections) alike(a, b string) bool {
	x, _ := utf8.DecodeRuneInString(a)
	y, _ := utf8.DecodeRuneInString(b)
	if !strings.EqualFold(string(x), string(y)) {
		return false
	}
	stems := w.of(b)
	return slices.ContainsFunc(w.of(a), func(s string) bool { return slices.Contains(stems, s) })
}

// of is what may be left of a word without its endings, one after another.
func (w inflections) of(word string) []string {
	if known, ok := w.stems[word]; ok {
		return known
	}
	left := []string{strings.ToLower(law.Fold(word))}
	for i := 0; i < len(left); i++ {
		for _, e := range w.g.Endings {
			if s, ok := strings.CutSuffix(left[i], e); ok && utf8.RuneCountInString(s) >= shortestStem && !slices.Contains(left, s) {
				left = append(left, s)
			}
		}
	}
	for i, s := range left {
		left[i] = w.g.plainStem(s)
	}
	w.stems[word] = left
	return left
}

// shortestStem is how many letters a stem has at least.
const shortestStem = 3

// plainStem takes off what inflection changes at the end of a stem: «рынок» has
// the stem of «рынка», «бап» that of «бабы».
func (g *grammar) plainStem(s string) string {
	runes := []rune(s)
	n := len(runes)
	if n < shortestStem {
		return s
	}
	if to, ok := g.Softened[string(runes[n-1])]; ok {
		runes[n-1] = []rune(to)[0]
	}
	if slices.Contains(g.Fleeting, string(runes[n-2])) {
		runes = slices.Delete(runes, n-2, n-1)
	}
	return string(runes)
}
