package drafting

import (
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// ownOrder takes what an act orders beside its amendments, with the list below it:
// «2. Комитету информации обеспечить: 1) …», «3. Контроль … возложить на …». It
// returns the line after, i where the line is something else. A line that may
// amend, or that quotes before it orders, is none of these.
func (r *reader) ownOrder(i int) int {
	style, number, text := r.g.enumerator(r.lines[i].Text)
	if style != "point" && style != "article" || r.g.amends(text) {
		return i
	}
	next := i + 1
	if strings.HasSuffix(text, ":") {
		for next < len(r.lines) && r.belowOrder(next) {
			next++
		}
	}
	if !r.g.ordersElse(text) && !r.g.ordersElse(r.lines[next-1].Text) { // in Kazakh the verb ends the list
		return i
	}
	for k := i; k < next; k++ {
		r.a.Roles[k] = Frame
	}
	r.contexts = r.contexts.enumerated(style, number).unknown(style, number)
	return next
}

// belowOrder reports whether a line is of the list below an act's own order.
func (r *reader) belowOrder(i int) bool {
	s := r.sentenceAt(i)
	return !r.framed[i] && r.headerAt(i) == nil && !s.understood() && s.style != "point" && s.style != "article" && !r.g.amends(s.text)
}

// ordersElse reports whether a sentence orders what the grammar lists as no
// amendment.
func (g *grammar) ordersElse(text string) bool {
	low := strings.ToLower(law.Fold(text))
	if g.amends(low) {
		return false
	}
	if at := strings.IndexFunc(low, isMark); at >= 0 {
		low = low[:at]
	}
	for _, o := range g.OwnOrders {
		if strings.Contains(low, o) {
			return true
		}
	}
	return false
}

// bareArticle reports whether a line is the number of an act's article alone, whose
// text begins in the next: «Статья 2.».
func (r *reader) bareArticle(i int) bool {
	style, _, text := r.g.enumerator(r.lines[i].Text)
	return style == "article" && text == ""
}
