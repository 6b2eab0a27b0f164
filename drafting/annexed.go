package drafting

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/tuzetu/tuzetu/law"
)

// annexOrder is how an instruction refers to the annexes of the act it stands in.
var annexOrder = sync.OnceValue(func() map[law.Lang]*regexp.Regexp {
	return map[law.Lang]*regexp.Regexp{
		law.RU: regexp.MustCompile(`согласно приложени(?:ю|ям) ?(?:№ ?)?((?:\d[\d-]*(?:, | и )?)*) ?к настоящ`),
		law.KK: regexp.MustCompile(`осы [\pL-]+ ((?:\d[\d-]*(?:, | және )?)*)-?қосымша(?:ға|ларға|сына|ларына) сәйкес`),
	}
})

// annexNumbers are the numbers of the act's annexes that a line refers to, "" for
// the only one; nil where it refers to none.
func annexNumbers(lang law.Lang, text string) []string {
	m := annexOrder()[lang].FindStringSubmatch(strings.ToLower(law.Fold(text)))
	if m == nil {
		return nil
	}
	numbers := strings.FieldsFunc(m[1], func(c rune) bool { return c != '-' && (c < '0' || c > '9') })
	for i := range numbers {
		numbers[i] = strings.Trim(numbers[i], "-")
	}
	if len(numbers) == 0 {
		return []string{""}
	}
	return numbers
}

// firstAnnex is the line where the annexes of the act begin, if an instruction
// refers to them.
func (r *reader) firstAnnex() int {
	refers := false
	for _, l := range law.JoinStamps(r.lines) {
		if _, heading := annexHeading(l); refers && heading {
			return slices.IndexFunc(r.lines, func(o law.Line) bool { return o.From == l.From })
		}
		refers = refers || r.g.amends(l.Text) && annexNumbers(r.a.Lang, l.Text) != nil
	}
	return len(r.lines)
}

// annexed gives instructions the wording that stands in an annex of the act. One
// that is not certainly there leaves them without.
func (r *reader) annexed() {
	var annexes map[string][]law.Line
	for i := range r.a.Instructions {
		in := &r.a.Instructions[i]
		if in.Op != Annex || in.Reason != "" {
			continue
		}
		if annexes == nil {
			annexes = ownAnnexes(law.JoinStamps(r.lines[r.firstAnnex():]))
		}
		var wording [][]law.Line
		for _, n := range annexNumbers(r.a.Lang, in.Text) {
			if lines := annexes[n]; len(lines) > 0 {
				wording = append(wording, lines)
			}
		}
		if len(wording) == len(in.Targets) {
			in.Wording = wording
		}
	}
}

// ownAnnexes are the annexes of an amending act by their numbers, without their
// stamps. Under the stamp of the act may stand that of the amended act, which
// begins the wording. Where an annex cannot be told for certain it is left out.
func ownAnnexes(lines []law.Line) map[string][]law.Line {
	type heading struct {
		at     int
		number string
	}
	var headings []heading
	for i, l := range lines {
		if n, ok := annexHeading(l); ok {
			if len(headings) > 0 && !strings.Contains(l.Text, " ") && startsDigitOrLower(l.Text) {
				return nil // «2-қосымша» alone ends a stamp that begins above it
			}
			headings = append(headings, heading{i, n})
		}
	}
	out := map[string][]law.Line{}
	twice := map[string]bool{}
	for k := 0; k < len(headings); k++ {
		own, from := headings[k], stampEnd(lines, headings[k].at)
		if k+1 < len(headings) && headings[k+1].at == from {
			k++
		}
		to := len(lines)
		if k+1 < len(headings) {
			to = headings[k+1].at
		}
		twice[own.number] = twice[own.number] || out[own.number] != nil
		if from < to {
			out[own.number] = lines[from:to]
		}
	}
	for n := range twice {
		if twice[n] || n == "" && len(out) > 1 {
			delete(out, n)
		}
	}
	return out
}

// annexHeading reads the first line of an annex's stamp, in Kazakh the last.
func annexHeading(l law.Line) (number string, ok bool) {
	d := law.Build("", "", []law.Line{{Text: l.Text, Mark: l.Mark, From: 1, To: 1}})
	if len(d.Provisions) != 1 || d.Provisions[0].Kind != law.Annex {
		return "", false
	}
	return d.Provisions[0].Number, true
}

func startsDigitOrLower(s string) bool {
	return s != "" && (s[0] >= '0' && s[0] <= '9') || startsLower(s)
}

// longestStamp is how many lines a stamp may have after its first.
const longestStamp = 5

// stampEnd is the line after a stamp: «Приложение 1 к Закону … от … № …» on one
// line or several.
func stampEnd(lines []law.Line, at int) int {
	if strings.ContainsAny(lines[at].Text, "№") {
		return at + 1
	}
	for i := at + 1; i < len(lines) && i <= at+longestStamp; i++ {
		t := lines[i].Text
		if _, heading := annexHeading(lines[i]); heading || strings.ContainsAny(tail(t, 1), ".;:") {
			break
		}
		if strings.HasPrefix(t, "от ") && strings.Contains(t, "№") || strings.HasPrefix(t, "№ ") {
			return i + 1
		}
	}
	end := at + 1
	for end < len(lines) && (strings.HasPrefix(lines[end].Text, "к ") || end > at+1 && startsWithMark(lines[end].Text)) {
		end++
	}
	return end
}

// fromAnnex replaces units by, or adds annexes from, what stands in the annexes of
// the act.
func (b *base) fromAnnex(p *plan, in *Instruction) *refusal {
	switch {
	case len(in.Wording) == 0:
		return notFound(because("in_annex"))
	case in.Targets[0].New && lastStep(in.Targets[0]).Kind != law.Annex:
		return ambiguous(because("in_annex"))
	case in.Targets[0].New:
		return b.add(p, in)
	}
	places, refused := b.places(p, in.Targets)
	if refused != nil {
		return refused
	}
	if len(places) != len(in.Wording) {
		return ambiguous(because("in_annex"), places...)
	}
	for i, at := range places {
		c, refused := b.annexCover(at, slices.Clone(in.Wording[i]))
		if refused != nil {
			return refused
		}
		p.covers = append(p.covers, c)
	}
	return p.nested()
}

// annexCover fits an annex of the act to the unit it replaces. An annex that
// comes without a stamp of the amended act leaves the one that is there.
func (b *base) annexCover(at place, lines []law.Line) (c cover, refused *refusal) {
	if at.unit == nil || at.sentence > 0 || at.unit.Index != at.from {
		return c, ambiguous(because("in_annex"), at)
	}
	c = cover{from: at.from, to: at.to, lines: lines}
	kind, number := numberOf(lines[0].Text)
	switch own := at.unit.Kind; {
	case own == law.Table:
		c.lines, refused = tableWording(at, lines)
	case kind == own && number == at.unit.Number:
	case kind == own:
		return c, ambiguous(because("other_number", number, at.unit.Number), at)
	case own == law.Annex:
		stamp := make([]law.Line, 0, at.to-at.from)
		for _, u := range b.all[at.from:at.to] {
			stamp = append(stamp, law.Line{Text: u.Text, Mark: u.Mark})
		}
		c.from += stampEnd(stamp, 0)
		if c.from == c.to {
			return c, ambiguous(because("no_text"), at)
		}
	default:
		return c, ambiguous(because("in_annex"), at)
	}
	return c, refused
}
