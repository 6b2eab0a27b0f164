package drafting

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/law"
)

// takeWording reads the new wording that the instructions from first on want.
func (r *reader) takeWording(first, next int, s *sentence) int {
	var wanting []*Instruction
	for k := first; k < len(r.a.Instructions); k++ {
		if in := &r.a.Instructions[k]; in.wantsWording(s) {
			wanting = append(wanting, in)
		}
	}
	if len(wanting) == 0 {
		if s.wording != "" {
			r.a.Instructions[first].Reason = because("wording_unwanted")
		}
		return next
	}
	blocks, end, doubt, reason := r.wording(next, s.wording)
	for i := next; i < end; i++ {
		r.a.Roles[i] = Quoted
	}
	parts := [][][]law.Line{blocks}
	if len(wanting) > 1 {
		if parts = partedAmong(wanting, blocks); parts == nil {
			reason = cmp.Or(reason, because("two_wordings"))
		}
	}
	for k, in := range wanting {
		if parts != nil {
			in.Wording = parts[k]
		}
		if doubt != "" {
			in.Doubt = doubt
		}
		in.Reason = cmp.Or(in.Reason, reason, in.numberTargets())
	}
	return end
}

// numberTargets gives new units that were named without numbers those of the wording.
func (in *Instruction) numberTargets() Reason {
	if in.Op != AddUnit || len(in.Targets) != 1 || lastStep(in.Targets[0]).Number != "" || !saysItsNumber(lastStep(in.Targets[0]).Kind) {
		return ""
	}
	t := in.Targets[0]
	in.Targets = nil
	for _, l := range slices.Concat(in.Wording...) {
		if kind, number := numberOf(l.Text); kind == lastStep(t).Kind && number != "" {
			each := t
			each.Citation = append(t.Citation[:len(t.Citation)-1:len(t.Citation)-1], law.Step{Kind: kind, Number: number})
			in.Targets = append(in.Targets, each)
		}
	}
	if in.Targets == nil {
		in.Targets = []Target{t}
		return because("wording_number")
	}
	return ""
}

// partedAmong gives several instructions of a sentence the lines of one wording by
// the numbers of their units, which all have to be there once: «подпункт 2) изложить
// и дополнить подпунктом 2-1) следующего содержания: "2) …; 2-1) …"». It is nil where
// they are not.
func partedAmong(wanting []*Instruction, blocks [][]law.Line) [][][]law.Line {
	type numbered struct {
		kind   law.Kind
		number string
	}
	owner := map[numbered]int{}
	for k, in := range wanting {
		for _, t := range in.Targets {
			s := lastStep(t)
			unit := numbered{s.Kind, s.Number}
			if _, twice := owner[unit]; twice || s.Number == "" || s.To != "" {
				return nil
			}
			owner[unit] = k
		}
	}
	out := make([][][]law.Line, len(wanting))
	at, met := -1, 0
	for _, l := range slices.Concat(blocks...) {
		kind, number := numberOf(l.Text)
		if k, is := owner[numbered{kind, number}]; is {
			at, met = k, met+1
			out[k] = append(out[k], nil)
		}
		if at < 0 {
			return nil
		}
		last := len(out[at]) - 1
		out[at][last] = append(out[at][last], l)
	}
	if met != len(owner) {
		return nil
	}
	return out
}

// wantsWording reports whether new text has to follow the sentence.
func (in *Instruction) wantsWording(s *sentence) bool {
	if in.Wording != nil {
		return false
	}
	switch in.Op {
	case ReplaceUnit, ReplaceHeading, AddUnit, AddPart, AddIndent, AddSentence:
		return true
	case Suspend:
		return s.colon || s.wording != ""
	}
	return false
}

// wording reads the quotations that follow an instruction, from line at on: each
// begins with a quotation mark and ends with its own. first is what stands on
// the instruction's line, "" if nothing does. It returns the line after the last
// quotation; reason says why there is none.
func (r *reader) wording(at int, first string) (out [][]law.Line, next int, doubt Reason, reason Reason) {
	next = at
	if first != "" {
		l := r.lines[at-1]
		l.Text = first
		lines, end, d, why := r.quotation(at-1, l)
		if why != "" {
			return nil, max(end, at), d, why
		}
		out, next, doubt = append(out, lines), end, d
	}
	for next < len(r.lines) && startsWithMark(r.lines[next].Text) {
		lines, end, d, why := r.quotation(next, r.lines[next])
		if d != "" {
			doubt = d
		}
		if why != "" {
			return nil, end, doubt, why
		}
		out, next = append(out, lines), end
	}
	if out == nil {
		reason = because("no_wording")
	}
	return out, next, doubt, reason
}

func startsWithMark(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return isMark(r) && r != '»'
}

// quotation reads one quoted wording that begins on a line. Marks of the outer
// kind are counted; where they do not pair, it ends at a line that ends with a
// mark and is followed by what can only be the act's own.
func (r *reader) quotation(at int, first law.Line) (lines []law.Line, next int, doubt Reason, reason Reason) {
	outer, _ := utf8.DecodeRuneInString(first.Text)
	depth := 0
	closed := -1 // the line up to which the wording is known to go on
	for i := at; i < len(r.lines); i++ {
		l := r.lines[i]
		if i == at {
			l = first
		} else if depth > 0 && i > closed && r.instructs(i) {
			if closed = r.closes(i, outer, depth); closed < i {
				for i > at+1 && r.sentenceAt(i-1).context != nil { // «в статье 5:» is of what follows
					i--
				}
				return nil, i, "", because("not_closed")
			}
		}
		depth = markDepth(l.Text, outer, depth)
		lines = append(lines, l)
		if !endsWithMark(l.Text, outer) {
			continue
		}
		switch {
		case depth <= 0:
			if more := r.openEnd(i+1, outer); more > 0 {
				lines = append(lines, r.lines[i+1:more]...)
				return unquoted(lines), more, because("wording_unpaired"), ""
			}
			if depth < 0 {
				doubt = because("wording_unpaired")
			}
			return unquoted(lines), i + 1, doubt, ""
		case i+1 == len(r.lines):
			return unquoted(lines), i + 1, because("wording_unpaired"), ""
		case i+1 > closed && r.ownLine(i+1):
			// A wording within the wording ends here, if the marks of the outer one pair after it.
			if closed = r.closes(i+1, outer, depth); closed < 0 {
				return unquoted(lines), i + 1, because("wording_unpaired"), ""
			}
		}
	}
	return nil, len(r.lines), "", because("not_closed")
}

// closes finds the line where the marks of a wording pair that goes on at a line,
// though the line reads like an instruction: a law has articles that repeal
// others. It is -1 where they do not pair.
func (r *reader) closes(at int, outer rune, depth int) int {
	nested := 0
	for i := at; i < len(r.lines); i++ {
		before := depth
		depth = markDepth(r.lines[i].Text, outer, depth)
		ends := endsWithMark(r.lines[i].Text, outer) && (i+1 == len(r.lines) || r.ownLine(i+1))
		switch {
		case depth == 0 && ends:
			return i
		case depth == before && startsWithMark(r.lines[i].Text) && nested < mostNested:
			nested++ // a wording inside the wording
		case depth <= 0 || ends:
			return -1
		}
	}
	return -1
}

// mostNested bounds how many wordings inside a wording are looked past.
const mostNested = 20

// openEnd looks past a quotation that seems to be closed: lines that nothing
// explains, the last of which closes a mark that none of them opened, belong to
// it. It returns the line after them, 0 if there are none.
func (r *reader) openEnd(at int, outer rune) int {
	depth := 0
	for i := at; i < len(r.lines); i++ {
		if r.ownLine(i) || r.g.amends(r.lines[i].Text) || i-at > longestOpenEnd {
			return 0
		}
		depth = markDepth(r.lines[i].Text, outer, depth)
		if depth < 0 && endsWithMark(r.lines[i].Text, outer) {
			return i + 1
		}
	}
	return 0
}

// longestOpenEnd bounds the search past a closed quotation, so that reading
// stays linear. The longest wording among the real acts has some 200 lines.
const longestOpenEnd = 400

// markDepth counts marks of the outer kind over a line.
func markDepth(s string, outer rune, depth int) int {
	for i, r := range s {
		if !isMark(r) || !sameMarks(outer, r) {
			continue
		}
		if depth == 0 && i == 0 || opens(s, i, r, outer) {
			depth++
		} else {
			depth--
		}
	}
	return depth
}

func endsWithMark(s string, outer rune) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, " .;,"))
	return isMark(r) && sameMarks(outer, r) && r != '«' && r != '„'
}

// unquoted takes the outer marks off a wording, and the sign of the act after
// them.
func unquoted(lines []law.Line) []law.Line {
	out := append([]law.Line(nil), lines...)
	first, last := &out[0], &out[len(out)-1]
	outer, _ := utf8.DecodeRuneInString(first.Text)
	first.Text = strings.TrimSpace(first.Text[markLen(first.Text):])
	last.Text = strings.TrimRight(last.Text, " .;,")
	_, size := utf8.DecodeLastRuneInString(last.Text)
	last.Text = strings.TrimSpace(last.Text[:len(last.Text)-size])
	restoreShared(outer, first, last)
	kept := out[:0]
	for _, l := range out {
		if l.Text != "" {
			l.Mark = law.Plain
			kept = append(kept, l)
		}
	}
	return joinedHeadings(kept)
}

// restoreShared puts a mark back that an act prints once for the wording and for a
// title that begins or ends it: «О залах» хранятся книги.», «2. Закон «О залах»;».
func restoreShared(outer rune, first, last *law.Line) {
	closing := map[rune]rune{'«': '»', '"': '"'}[outer]
	if closing == 0 {
		return
	}
	for i, r := range first.Text {
		if r != outer && r != closing {
			continue
		}
		if !opens(first.Text, i, r, outer) {
			first.Text = string(outer) + first.Text
		}
		break
	}
	if i := strings.LastIndexAny(last.Text, string(outer)+string(closing)); i >= 0 && unended(last.Text) {
		if r, _ := utf8.DecodeRuneInString(last.Text[i:]); opens(last.Text, i, r, outer) {
			last.Text += string(closing)
		}
	}
}

// joinedHeadings puts a heading back into one line that the act's print has
// broken: «Статья 16. Обязательные экземпляры и» · «хранение материалов». No
// heading ends with a sign, and nothing stands between it and paragraph 1.
func joinedHeadings(lines []law.Line) (out []law.Line) {
	for i, l := range lines {
		n := len(out)
		more := startsLower(l.Text) || i+1 < len(lines) && strings.HasPrefix(lines[i+1].Text, "1. ") && n > 0 && isArticle(out[n-1]) && !isHeading(l)
		if n > 0 && more && !strings.ContainsAny(tail(l.Text, 1), ".;:,") && !strings.ContainsAny(tail(out[n-1].Text, 1), ".;:") && isHeading(out[n-1]) {
			out[n-1].Text += " " + l.Text
			out[n-1].To = l.To
			continue
		}
		out = append(out, l)
	}
	return out
}

func isArticle(l law.Line) bool {
	kind, number := numberOf(l.Text)
	return kind == law.Article && number != ""
}

// isHeading reports whether a line is the heading of an article or of more.
func isHeading(l law.Line) bool {
	p := law.Build("", "", []law.Line{l}).Provisions
	return len(p) == 1 && level(p[0].Kind) <= level(law.Article) && p[0].Number != ""
}

func startsLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

// tail is the last n bytes of s at most.
func tail(s string, n int) string { return s[max(0, len(s)-n):] }
