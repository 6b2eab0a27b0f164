package edit

import (
	"slices"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// Words are other words for a provision.
type Words struct {
	At   law.Address
	Text string
}

// ReplaceAll gives provisions other words. A number may be left out of the words or
// stand as it is. The provisions are not in each other's way unless one reads
// otherwise: it does all that can be done and says by place in all what was
// refused; done is nil where all of it was.
func ReplaceAll(d *law.Document, all []Words) (done *Done, refused map[int]*Refusal) {
	refused = map[int]*Refusal{}
	var ready []int
	words := make([]string, len(all))
	for i, x := range all {
		var r *Refusal
		if words[i], r = printedWords(d, x); r != nil {
			refused[i] = r
			continue
		}
		ready = append(ready, i)
	}
	return replaceThose(d, all, words, ready, refused), refused
}

// replaceThose replaces by halves where the whole does not read as it should.
// Replacing moves no address, so the halves may be done one after the other.
func replaceThose(d *law.Document, all []Words, words []string, those []int, refused map[int]*Refusal) *Done {
	if len(those) == 0 {
		return nil
	}
	w, _, err := open(d, all[those[0]].At)
	if err == nil {
		for _, i := range those {
			w.set(d.Find(all[i].At), words[i])
		}
		var done *Done
		if done, err = w.done(d.Find(all[those[0]].At), nil); err == nil {
			return done
		}
	}
	if len(those) == 1 {
		refused[those[0]] = refusal(err)
		return nil
	}
	half := len(those) / 2
	first := replaceThose(d, all, words, those[:half], refused)
	if first != nil {
		d = first.Document
	}
	if second := replaceThose(d, all, words, those[half:], refused); second != nil {
		if first != nil {
			for was, now := range first.Now {
				if there, ok := second.Now[now]; ok {
					second.Now[was] = there
				}
			}
			second.Signs = append(slices.Clone(first.Signs), second.Signs...)
		}
		return second
	}
	return first
}

// refusal is an error of this package.
func refusal(err error) *Refusal {
	if r, ok := err.(*Refusal); ok {
		return r
	}
	return &Refusal{Code: ReadsOtherwise}
}

// printedWords is a typed text as it stands at its provision.
func printedWords(d *law.Document, x Words) (string, *Refusal) {
	p := d.Find(x.At)
	if p == nil {
		return "", &Refusal{Code: NotFound, At: x.At}
	}
	lines := linesOf(x.Text)
	switch {
	case len(lines) > 1:
		return "", &Refusal{Code: OneLine, At: x.At}
	case len(lines) == 0:
		return "", &Refusal{Code: NoWords, At: x.At}
	}
	words, err := wordsFor(p.Kind, p.Number, lines[0], d.Lang)
	if err != nil {
		return "", refusal(err)
	}
	if p.Number != "" {
		words = strings.TrimSpace(p.Text[:p.NumberEnd()]) + " " + words
	}
	return words, nil
}
