package drafting

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/law"
)

// hunk is a run of pieces [from,to) of a line that becomes new: the bytes
// [begin,end) with the blanks around them.
type hunk struct {
	from, to   int
	begin, end int
	new        string
}

// words says the change of a line by its words: few, and each quoted so that it
// stands once in the unit. It reports whether it could.
func (c *comparer) words(a, b *law.Provision, holder, steps law.Citation) bool {
	hunks, ok := c.hunks(a, b)
	if !ok {
		return false
	}
	w := wordChange{c: c, unit: a, text: a.Text, pieces: pieces(a.Text), own: a.NumberEnd()}
	if owner, first, shared := c.lineCitation(a); shared {
		// What stands below may have the same words, and is none of this change.
		holder, steps = owner, law.Citation{first}
	}
	var out []change
	for _, h := range hunks {
		ch, ok := w.say(h)
		if !ok {
			return false
		}
		ch.holder, ch.steps, ch.units, ch.within = holder, steps, []*law.Provision{a}, a
		out = append(out, ch)
	}
	c.changes = append(c.changes, out...)
	return true
}

// hunks are the words that differ, as a comparison of the two lines marks them.
func (c *comparer) hunks(a, b *law.Provision) (out []hunk, ok bool) {
	if a.Number != b.Number {
		return nil, false
	}
	one := func(text string) *law.Document {
		return law.Build(c.from.Lang, "", []law.Line{{Text: text, From: 1, To: 1}})
	}
	pairs := diffing.Compare(one(a.Text), one(c.signed(a, b))).Pairs
	if len(pairs) != 1 || pairs[0].Kind != diffing.Edited {
		return nil, false
	}
	all := pieces(a.Text)
	at, was, is := 0, 0, 0
	var open *hunk
	begin := 0
	for _, op := range pairs[0].Ops {
		old, new := op.Old(), op.New()
		if op.Kind == diffing.Equal {
			if open != nil {
				out, open = append(out, *open), nil
			}
			at += len(old)
			continue
		}
		if open == nil {
			for begin < len(all) && all[begin].from < at {
				begin++
			}
			open = &hunk{from: begin, to: begin, begin: at}
		}
		at += len(old)
		open.end = at
		for open.to < len(all) && all[open.to].from < at {
			open.to++
		}
		open.new += new
		was += len(strings.Fields(old))
		is += len(strings.Fields(new))
	}
	if open != nil {
		out = append(out, *open)
	}
	return out, len(out) > 0 && len(out) <= min(mostHunks, 1+len(a.Text)/2/lettersAHunk) && was+is <= mostWords && was+is < len(all) && max(was, is) <= max(fewWords, len(all)/2)
}

// wordChange writes the hunks of one line.
type wordChange struct {
	c      *comparer
	unit   *law.Provision
	text   string
	pieces []piece
	own    int
}

// mostAround is how many words a quotation may take in so that it stands once.
const mostAround = 6

// say makes the smallest instruction for a hunk: words excluded, inserted after
// others, put at the end, or replaced.
func (w *wordChange) say(h hunk) (change, bool) {
	first := 0
	for first < len(w.pieces) && w.pieces[first].from < w.own {
		first++
	}
	if h.from < first {
		return change{}, false
	}
	h = w.wholeNumeral(h, first)
	if h.from == h.to {
		return w.insert(h, first)
	}
	old, new := w.quote(h.from, h.to), strings.TrimSpace(h.new)
	if strings.HasSuffix(old, ")") || strings.HasPrefix(old, "(") {
		new = w.becomes(h, h.from, h.to)
	}
	if hasWord(old) && w.once(old) && (new == "" || hasWord(new)) {
		if new == "" {
			return change{op: DeleteWords, old: old}, true
		}
		return replaced(old, new), true
	}
	from, to := h.from, h.to
	for n := 0; n < 2*mostAround; n++ {
		switch {
		case n%2 == 0 && from > first:
			from--
		case to < len(w.pieces):
			to++
		case from > first:
			from--
		default:
			return change{}, false
		}
		if old, new := w.quote(from, to), w.becomes(h, from, to); hasWord(old) && hasWord(new) && w.once(old) {
			return replaced(old, new), true
		}
	}
	return change{}, false
}

// wholeNumeral takes the rest of a number in words into its change: «он» becomes «он
// бес», and is not followed by «бес».
func (w *wordChange) wholeNumeral(h hunk, first int) hunk {
	changed := strings.Fields(h.new)
	for _, p := range w.pieces[h.from:h.to] {
		changed = append(changed, p.form)
	}
	if len(changed) == 0 || slices.ContainsFunc(changed, func(s string) bool { return !numeral(w.c.from.Lang, s) }) {
		return h
	}
	from, to := h.from, h.to
	for from > first && numeral(w.c.from.Lang, w.pieces[from-1].form) {
		from--
	}
	for to < len(w.pieces) && numeral(w.c.from.Lang, w.pieces[to].form) {
		to++
	}
	if from == h.from && to == h.to {
		return h
	}
	text := w.becomes(h, from, to)
	return hunk{from: from, to: to, begin: w.pieces[from].from, end: w.pieces[to-1].to, new: text}
}

// becomes is what the pieces [from,to) around a hunk are in the new text.
func (w *wordChange) becomes(h hunk, from, to int) string {
	left, right := w.span(from, to)
	return law.Squeeze(w.text[left:max(h.begin, left)] + h.new + w.text[min(h.end, right):right])
}

func replaced(old, new string) change {
	op := ReplaceWords
	if thingOf(old) == "figures" && thingOf(new) == "figures" {
		op = ReplaceFigures
	}
	return change{op: op, old: old, words: new}
}

// insert puts words after those before them, or at the end of the unit.
func (w *wordChange) insert(h hunk, first int) (change, bool) {
	new := strings.TrimSpace(h.new)
	if !hasWord(new) {
		return w.sign(h, first)
	}
	rest := ""
	if h.from < len(w.pieces) {
		rest = w.text[w.pieces[h.from].from:]
	}
	if strings.Trim(rest, " .;:,") == "" && len(w.unit.Children) == 0 && !strings.ContainsAny(tail(new, 1), ".;:") {
		return change{op: AddWordsEnd, words: new}, true
	}
	for from := h.from - 1; from >= first && h.from-from <= mostAround; from-- {
		if old := w.quote(from, h.from); isAnchor(old) && w.once(old) {
			return change{op: AddWordsAfter, old: old, words: new}, true
		}
	}
	return w.around(h)
}

// sign replaces the word that a sign comes after.
func (w *wordChange) sign(h hunk, first int) (change, bool) {
	for from := h.from - 1; from >= first && h.from-from <= mostAround; from-- {
		if old := w.quote(from, h.from); isAnchor(old) && w.once(old) {
			return replaced(old, w.becomes(h, from, h.from)), true
		}
	}
	return w.around(h)
}

// around replaces the word beside an insertion that has nothing before it to
// come after.
func (w *wordChange) around(h hunk) (change, bool) {
	for to := h.from + 1; to <= len(w.pieces) && to-h.from <= mostAround; to++ {
		if old := w.quote(h.from, to); hasWord(old) && w.once(old) {
			return replaced(old, w.becomes(h, h.from, to)), true
		}
	}
	return change{}, false
}

// quote is the text of the pieces [from,to).
func (w *wordChange) quote(from, to int) string {
	left, right := w.span(from, to)
	return w.text[left:right]
}

// span is where the pieces [from,to) stand, with the other bracket of «5 (пять».
func (w *wordChange) span(from, to int) (left, right int) {
	left, right = w.pieces[from].from, w.pieces[to-1].to
	switch open := strings.Count(w.text[left:right], "(") - strings.Count(w.text[left:right], ")"); {
	case open == 1 && strings.HasPrefix(w.text[right:], ")"):
		right++
	case open == -1 && strings.HasSuffix(w.text[:left], "("):
		left--
	}
	return left, right
}

// once reports whether words stand once in the line.
func (w *wordChange) once(words string) bool {
	return len(search(w.text, w.own, pairsOf([]string{words}, nil))) == 1
}

// isAnchor reports whether a reader finds a place by these words: they begin with
// a word, and one of them has four letters or is a number.
func isAnchor(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	if !isWordRune(first) {
		return false
	}
	for _, p := range pieces(s) {
		if utf8.RuneCountInString(p.form) > 3 || strings.IndexFunc(p.form, unicode.IsDigit) >= 0 {
			return true
		}
	}
	return false
}

func hasWord(s string) bool { return strings.IndexFunc(s, isWordRune) >= 0 }
