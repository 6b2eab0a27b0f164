package edit

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// edited are the kinds that are put in, split and moved.
func edited(k law.Kind) bool {
	return slices.Contains([]law.Kind{law.Article, law.Paragraph, law.Subparagraph, law.Part, law.Indent}, k)
}

// printed is how a number stands at the head of a unit, with the blank after it.
func printed(lang law.Lang, k law.Kind, number string) string {
	switch {
	case k == law.Paragraph:
		return number + ". "
	case k == law.Subparagraph:
		return number + ") "
	case k != law.Article:
		return ""
	case lang == law.KK:
		return number + "-бап. "
	case lang == law.EN:
		return "Article " + number + ". "
	}
	return "Статья " + number + ". "
}

// NextNumber proposes the number of a new unit: 14-1 between 14 and 15, 14-2
// after 14-1, 15 after the last. Numbers of excluded units are not given again:
// after 14 and before 16 it is 14-1. It is "" of a kind without numbers.
func NextNumber(d *law.Document, to Place, k law.Kind) (string, error) {
	switch {
	case d.Find(to.At) == nil:
		return "", &Refusal{Code: NotFound, At: to.At}
	case k == law.Part || k == law.Indent:
		return "", nil
	case !edited(k):
		return "", &Refusal{Code: KindNotEdited, At: to.At}
	}
	return numberFor(d, to, k, "", nil)
}

// numberFor checks the number of a unit that comes to a place, or proposes one.
// moving is the unit itself, if the text has it.
func numberFor(d *law.Document, to Place, k law.Kind, number string, moving *law.Provision) (string, error) {
	before, after := neighbours(d, to, k, moving)
	if number == "" {
		return numberAfter(last(before), after)
	}
	if !numberForm().MatchString(number) {
		return "", &Refusal{Code: NotANumber, Number: number}
	}
	for _, p := range siblings(d, holderOf(to, d.Find(to.At)), k) {
		if p != moving && (p.Number == number || p.NumberTo != "" && law.CompareNumbers(p.Number, number) < 0 && law.CompareNumbers(number, p.NumberTo) <= 0) {
			return "", &Refusal{Code: NumberTaken, At: p.Address, Number: number}
		}
	}
	switch {
	case before != nil && law.CompareNumbers(last(before), number) > 0:
		return "", &Refusal{Code: NumberOrder, At: before.Address, Number: number}
	case after != nil && law.CompareNumbers(number, after.Number) > 0:
		return "", &Refusal{Code: NumberOrder, At: after.Address, Number: number}
	}
	return number, nil
}

func numberForm() *regexp.Regexp { return regexp.MustCompile(`^[1-9][0-9]{0,3}(-[1-9][0-9]{0,3})*$`) }

// last is the largest number that a unit holds: 6 of «3)-6) исключены».
func last(p *law.Provision) string {
	switch {
	case p == nil:
		return ""
	case p.NumberTo != "":
		return p.NumberTo
	}
	return p.Number
}

// numberAfter is the first number that comes after one and before a unit.
func numberAfter(number string, next *law.Provision) (string, error) {
	none := &Refusal{Code: NoNumber}
	if next != nil {
		none.At = next.Address
	}
	if number == "" {
		if next != nil {
			return "", none
		}
		return "1", nil
	}
	whole, _, inserted := strings.Cut(number, "-")
	n, err := strconv.Atoi(whole)
	if err != nil {
		return "", none
	}
	if next == nil {
		return strconv.Itoa(n + 1), nil
	}
	candidates := []string{number + "-1"}
	if inserted {
		at := strings.LastIndexByte(number, '-') + 1
		m, err := strconv.Atoi(number[at:])
		if err != nil {
			return "", none
		}
		candidates = []string{number[:at] + strconv.Itoa(m+1), number + "-1"}
	}
	for _, c := range candidates {
		if law.CompareNumbers(c, next.Number) < 0 {
			return c, nil
		}
	}
	return "", none
}

// holderOf is the unit that something at a place hangs on; nil at the top.
func holderOf(to Place, at *law.Provision) *law.Provision {
	if to.Side == Under {
		return at
	}
	return at.Parent
}

// siblings are the numbered units of a kind that share their numbers: those of
// one holder, and all articles of a law.
func siblings(d *law.Document, holder *law.Provision, k law.Kind) (out []*law.Provision) {
	for _, p := range d.Provisions {
		if p.Kind == k && p.Number != "" && (k == law.Article || p.Parent == holder) {
			out = append(out, p)
		}
	}
	return out
}

// neighbours are the numbered units on both sides of a place.
func neighbours(d *law.Document, to Place, k law.Kind, moving *law.Provision) (before, after *law.Provision) {
	at := d.Find(to.At)
	end := at.Index + len(d.Subtree(at)) // what stands before end stands before the place
	if to.Side == Before {
		end = at.Index
	}
	for _, p := range siblings(d, holderOf(to, at), k) {
		switch {
		case p == moving:
		case p.Index < end:
			before = p
		case after == nil:
			after = p
		}
	}
	return before, after
}

func nextOf(d *law.Document, p *law.Provision) *law.Provision {
	_, after := neighbours(d, Place{After, p.Address}, p.Kind, nil)
	return after
}

// alone is how a line reads by itself.
func alone(text string, lang law.Lang) *law.Provision {
	d := law.Build(lang, "", []law.Line{{Text: text, From: 1, To: 1}})
	if len(d.Provisions) == 0 {
		return &law.Provision{Text: text}
	}
	return d.Provisions[0]
}

// wordsFor takes the number off a text that is meant for a unit.
func wordsFor(k law.Kind, number, text string, lang law.Lang) (string, error) {
	p := alone(text, lang)
	words := text
	switch {
	case p.Number == "":
	case number == "" || p.Kind != k:
		return "", &Refusal{Code: OtherKind, Number: p.PrintedNumber()}
	case p.Number != number || p.NumberTo != "":
		return "", &Refusal{Code: OtherNumber, Number: p.PrintedNumber()}
	default:
		words = strings.TrimSpace(text[p.NumberEnd():])
	}
	if words == "" {
		return "", &Refusal{Code: NoWords}
	}
	return words, nil
}

// linesOf are the lines of a typed text.
func linesOf(text string) (out []string) {
	for _, l := range strings.Split(text, "\n") {
		if l = law.Squeeze(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}

// markLike sets a new article as the others are set.
func markLike(d *law.Document, k law.Kind) law.Mark {
	for _, p := range d.Provisions {
		if p.Kind == law.Article && k == law.Article {
			return p.Mark
		}
	}
	return law.Plain
}
