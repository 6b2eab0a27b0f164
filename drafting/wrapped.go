package drafting

import (
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/law"
)

// shortestBroken is how long the first line of a paragraph is at least that the
// print broke; cells of tables are shorter.
const shortestBroken = 40

// goesOnBelow reports whether a line goes on with the sentence of the one before
// it: that ends with a word, this begins in lower case.
func goesOnBelow(before, l string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	return isWordRune(last) && startsLower(l) && utf8.RuneCountInString(before) >= shortestBroken
}

// The print breaks all its paragraphs where one line in four of what it quotes, and
// three at least, go on with the line before.
const (
	fewestBreaks = 3
	breaksAmong  = 4
)

// wrapped reports whether the print of an act breaks its paragraphs over lines, as
// what is copied from a page of print does.
func wrapped(a *Amendment) bool {
	breaks, all := 0, 0
	for _, in := range a.Instructions {
		for _, q := range in.Wording {
			for k, l := range q {
				all++
				if k > 0 && goesOnBelow(q[k-1].Text, l.Text) {
					breaks++
				}
			}
		}
	}
	return breaks >= fewestBreaks && breaks*breaksAmong >= all
}

// endsNowhere reports whether a line of a print that breaks its paragraphs ends
// none: no sign ends it, it is no heading, and no numbered unit follows.
func endsNowhere(before, l law.Line) bool {
	_, number := numberOf(l.Text)
	return unended(before.Text) && utf8.RuneCountInString(before.Text) >= shortestBroken && !isHeading(before) && number == ""
}

// unbroken is an instruction with the paragraphs of its wording put together where
// the print breaks them, or has broken a sentence of the act. A break that stands
// alone is only told: the line may be one of its own.
func (b *base) unbroken(p *plan, in *Instruction) *Instruction {
	if in.Op == Annex {
		return in
	}
	out := *in
	out.Wording = make([][]law.Line, 0, len(in.Wording))
	for _, q := range in.Wording {
		var lines []law.Line
		for k, l := range q {
			n := len(lines)
			broken := k > 0 && goesOnBelow(q[k-1].Text, l.Text)
			if broken {
				p.notice(because("line_broken", head(l.Text, 60)))
			}
			if broken && b.broken || b.wrapped && k > 0 && endsNowhere(q[k-1], l) {
				lines[n-1].Text += " " + l.Text
				lines[n-1].To = l.To
				continue
			}
			lines = append(lines, l)
		}
		out.Wording = append(out.Wording, lines)
	}
	return &out
}
