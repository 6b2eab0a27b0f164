package citing

import (
	"strings"
	"unicode"

	"github.com/tuzetu/tuzetu/law"
)

// Citation is a citation of an act, as it stands in a provision of another.
type Citation struct {
	// At is the provision it stands in, Where the same in steps.
	At    law.Address
	Where law.Citation
	Text  string // as printed
	Name  Name
	// Units are the units of the act that are cited; none: the act as a whole.
	Units []law.Citation
	// Basis says that this is named as what the citing act, if it is a by-law, was
	// issued on: «В соответствии с подпунктом 5) статьи 14 Закона … ПРИКАЗЫВАЮ».
	Basis bool
}

// Read finds the citations of acts in a document, in the order of its text.
// Those of the document itself («настоящего Закона») are left out: ReadOwn finds
// them.
func Read(doc *law.Document) (out []Citation) {
	w := wordsOf(doc.Lang)
	if w == nil {
		return nil
	}
	r := &reader{w: w}
	for i, p := range doc.Provisions {
		if !r.may(p) {
			continue
		}
		r.begin(p.Text, p.Links)
		found := r.mentions()
		if len(found) > 0 && p.Placeholder() { // «3) исключен Законом …»: the editors cite
			continue
		}
		for _, m := range found {
			if m.name.Own {
				continue
			}
			out = append(out, Citation{
				At: p.Address, Where: p.Cite(), Text: p.Text[m.from:m.to], Name: m.name, Units: m.units,
				Basis: len(m.units) > 0 && r.basis(m, doc.Provisions[i:]),
			})
		}
	}
	return out
}

// basis reports whether a mention is the ground of a by-law: «в соответствии с»
// stands beside it, and «ПРИКАЗЫВАЮ» in the same line or the next, which some
// sources part.
func (r *reader) basis(m mention, from []*law.Provision) bool {
	beside := r.text[:m.from]
	if r.w.lang == law.KK {
		beside = r.text[m.to:]
	}
	if !has(beside, r.w.Basis) {
		return false
	}
	return has(from[0].Text, r.w.Enacts) || len(from) > 1 && from[0].Kind != law.Paragraph && from[1].Kind != law.Paragraph && has(from[1].Text, r.w.Enacts)
}

// has reports whether a text has one of the phrases as whole words, also with a
// blank after each letter: «П Р И К А З Ы В А Ю».
func has(text string, phrases []string) bool {
	s := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return unicode.ToLower(r)
		}
		return ' '
	}, law.Fold(text))
	s = " " + law.Squeeze(s) + " "
	for _, p := range phrases {
		wide := strings.TrimSpace(strings.ReplaceAll(p, "", " "))
		if strings.Contains(s, " "+p+" ") || !strings.Contains(p, " ") && strings.Contains(s, " "+wide+" ") {
			return true
		}
	}
	return false
}

// may tells quickly that a provision names no act: most do not, and to part them
// into words is what takes long.
func (r *reader) may(p *law.Provision) bool {
	if len(p.Links) > 0 {
		return true
	}
	for _, h := range r.w.Hints {
		if strings.Contains(p.Text, h) {
			return true
		}
	}
	for i := range r.short {
		if a := r.short[i].abbreviation; a != "" && strings.Contains(p.Text, a) {
			return true
		}
	}
	return false
}
