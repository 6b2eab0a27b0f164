package drafting

import (
	"cmp"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// longestBreak is how many lines the print may break a sentence over, beside its
// first.
const longestBreak = 12

// longestJoined bounds in bytes what is put together from lines.
const longestJoined = 8000

// unended reports whether no sign ends a line: the sentence may go on below.
func unended(t string) bool { return !strings.ContainsAny(tail(t, 1), ".;:") }

// open reports whether the last quotation of a sentence is not closed.
func (s *sentence) open() bool { return s.doubt.Code() == "marks_open" }

// line reads a line that is no frame, and what belongs to it; it returns the
// line after.
func (r *reader) line(i int, s *sentence) int {
	switch goesOn, whole := r.goesOn(i+1), s.understood() && !s.open(); {
	case whole && (!goesOn || s.wording != "" || !unended(r.lines[i].Text)),
		whole && r.sentenceAt(i+1).understood() && !strings.HasSuffix(r.lines[i].Text, ","):
		return r.sentence(i, i+1, s)
	case goesOn:
		if next, joined := r.joined(i); joined != nil {
			r.a.joined = true
			return r.sentence(i, next, joined)
		}
	}
	if s.understood() {
		return r.sentence(i, i+1, s)
	}
	if next := r.listedForce(i); next > i {
		return r.sentence(i, next, r.parsed[i])
	}
	if parts := r.g.parted(r.lines[i].Text); parts != nil {
		next := i + 1
		for _, p := range parts {
			next = r.sentence(i, next, p)
		}
		return next
	}
	return r.unreadLine(i, s)
}

// goesOn reports whether a line may go on with the sentence of the one before.
func (r *reader) goesOn(i int) bool {
	return i < len(r.lines) && !r.framed[i] && r.headerAt(i) == nil && r.sentenceAt(i).style == ""
}

// joined tries a sentence that the print has broken over lines.
func (r *reader) joined(i int) (int, *sentence) {
	t := r.lines[i].Text
	for next := i + 1; next <= i+longestBreak && r.goesOn(next) && unended(t) && len(t) <= longestJoined; next++ {
		t += " " + r.lines[next].Text
		if s := r.g.parse(t); s.understood() && !s.open() {
			return next + 1, &s
		}
	}
	return 0, nil
}

// unreadLine keeps a line that was not understood. It may have been a context, or
// the beginning of what the next line ends with: neither is left to be taken for
// another unit than was meant.
func (r *reader) unreadLine(i int, s *sentence) int {
	if next := r.ownOrder(i); next > i {
		return next
	}
	t := r.lines[i].Text
	r.contexts = r.contexts.enumerated(s.style, s.number)
	r.a.Roles[i] = Unread
	reason := because("not_understood")
	if !r.g.amends(t) {
		reason = because("no_verb")
	}
	r.unparsed(i, i+1, t, reason)
	fragment := unended(t) && (startsLower(s.text) || r.g.namesUnit(t))
	if strings.HasSuffix(t, ":") || fragment {
		r.contexts = r.contexts.unknown(s.style, s.number)
	}
	if strings.HasSuffix(t, ":") {
		return r.unreadWording(i + 1)
	}
	if !fragment || !r.goesOn(i+1) || !startsLower(r.lines[i+1].Text) || r.sentenceAt(i+1).clauses == nil {
		return i + 1
	}
	first := len(r.a.Instructions)
	next := r.sentence(i+1, i+2, r.sentenceAt(i+1))
	for k := first; k < len(r.a.Instructions); k++ {
		r.a.Instructions[k].Reason = cmp.Or(r.a.Instructions[k].Reason, because("broken_sentence"))
	}
	return next
}

// unreadWording gives the instruction that was not understood the quotations that
// follow it: they are no sentences of their own. It returns the line after them.
func (r *reader) unreadWording(next int) int {
	in := &r.a.Instructions[len(r.a.Instructions)-1]
	for next < len(r.lines) && startsWithMark(r.lines[next].Text) && !r.framed[next] && r.headerAt(next) == nil && !r.sentenceAt(next).understood() {
		_, end, _, reason := r.quotation(next, r.lines[next])
		if reason != "" {
			break
		}
		for ; next < end; next++ {
			r.a.Roles[next] = Quoted
		}
		in.To = r.lines[end-1].To
	}
	return next
}

// namesUnit reports whether a line names a unit outside its quotations.
func (g *grammar) namesUnit(line string) bool {
	tokens, _ := g.lex(head(line, 400))
	for _, t := range tokens {
		if _, ok := g.unit(t.text); ok && t.kind == word {
			return true
		}
	}
	return false
}

// brokenHeader is the frame of an act that the print has broken before its colon:
// «5. В Закон Республики Казахстан от» · «23 июля 1999 года «О …»:».
func (r *reader) brokenHeader(i int) *header {
	t := r.lines[i].Text
	style, _, text := r.g.enumerator(t)
	begun := r.headers[i] != noHeader && !r.headers[i].colon
	if !begun && style != "point" && !(style == "article" && r.g.lang == law.KK && strings.ContainsFunc(text, isMark)) {
		return nil
	}
	for next := i + 1; next < min(len(r.lines), i+longestFrame) && (unended(t) || strings.Count(t, "(") > strings.Count(t, ")")); next++ {
		if s := r.sentenceAt(next); s.style != "" || s.understood() {
			return nil
		}
		t += " " + r.lines[next].Text
		if h, ok := r.g.header(t); ok && h.colon {
			h.lines = next - i
			return &h
		}
	}
	return nil
}
