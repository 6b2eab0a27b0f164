package diffing

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/tuzetu/tuzetu/law"
)

// OutcomeDoubt is why the words alone do not tell what became of a proposed change,
// "" where they do. The status is then what the words say, and a person has to look.
type OutcomeDoubt string

const (
	// DoubtOtherwise: something else was written where the change was proposed. It may
	// mean the same, or not.
	DoubtOtherwise OutcomeDoubt = "otherwise"
	// DoubtTurned: a word that turns a norm round or narrows it («не», «кроме», «тек»,
	// «except») stands in only one of the texts.
	DoubtTurned OutcomeDoubt = "turned"
	// DoubtNumber: another number was enacted than proposed, among other words.
	DoubtNumber OutcomeDoubt = "number"
	// DoubtReplaced: something new stands where the provision was or was to be.
	DoubtReplaced OutcomeDoubt = "replaced"
	// DoubtRepealed: the unit to be reworded was repealed, which may be less than was
	// asked, or more.
	DoubtRepealed OutcomeDoubt = "repealed"
	// DoubtElsewhere: the words came into force at another place, as a part of a text
	// that may use them otherwise.
	DoubtElsewhere OutcomeDoubt = "elsewhere"
)

// surelyMoved is how many words, enacted as a whole at another place, are the norm
// that was proposed and no common phrase.
const surelyMoved = 6

// turn is what a word can do to a norm.
type turn uint8

const (
	turnsNothing  turn = iota
	turnsInPlace       // in the place of another word: «обязан», «тыйым», «must»
	turnsNext          // before a word that stays: «не», «no»
	turnsLast          // after a word that stays: «емес»
	turnsAnywhere      // an exception: «кроме», «қоспағанда», «except»
)

// turns are the words of each kind.
var turns = sync.OnceValue(func() [turnsAnywhere + 1]*regexp.Regexp {
	words := func(alternatives ...string) *regexp.Regexp {
		return regexp.MustCompile(`^(?:` + strings.Join(alternatives, "|") + `)$`)
	}
	return [...]*regexp.Regexp{
		turnsInPlace: words(
			`запре[тщ]\p{L}*|недопус\p{L}*|обязан\p{L}*|долж(?:ен|на|но|ны)`,
			`тыйым|міндетті|тиіс|артық|аспайтын|кем|кемінде`,
			`\p{L}+[мбп](?:ай|ей)(?:ды|ді|тын|тін)?|\p{L}+[мбп](?:аған|еген)\p{L}*|\p{L}{3,}[мбп](?:аса|есе)`, // a verb denied
			`prohibit\p{L}*|forbid\p{L}*|must|most|least`),
		turnsNext:     words(`не|ни|нет|без|более|менее|свыше|больше|меньше|not|no|nor|without|more|less`),
		turnsLast:     words(`емес|жоқ`),
		turnsAnywhere: words(`кроме|исключени(?:ем|я)|қоспағанда|except|unless`),
	}
})

func turnOf(word string) turn {
	for t, words := range turns() {
		if words != nil && words.MatchString(word) {
			return turn(t)
		}
	}
	return turnsNothing
}

func (j *judge) turn(word int32) turn {
	t, known := j.turns[word]
	if !known {
		t = turnOf(j.v.forms[word].text)
		j.turns[word] = t
	}
	return t
}

// turned reports whether what two texts have differently turns the norm round or
// narrows it.
func (j *judge) turned(a, b []token) bool {
	return slices.ContainsFunc(j.d.diff(a, b), func(h hunk) bool {
		gone, come := j.words(a[h.a0:h.a1]), j.words(b[h.b0:h.b1])
		if len(gone) > 0 && len(come) > 0 {
			return !slices.Equal(j.turning(gone), j.turning(come))
		}
		all := append(gone, come...)
		return len(all) > 0 && (j.turn(all[0]) == turnsLast || j.turn(all[len(all)-1]) == turnsNext ||
			slices.ContainsFunc(all, func(w int32) bool { return j.turn(w) == turnsAnywhere }))
	})
}

// turning are the words that turn or narrow a norm, sorted.
func (j *judge) turning(words []int32) (out []int32) {
	for _, w := range words {
		if j.turn(w) != turnsNothing {
			out = append(out, w)
		}
	}
	slices.Sort(out)
	return out
}

// numbers are the numbers among tokens, in figures or in words, in order.
func (j *judge) numbers(ts []token) (out []int) {
	inWords := false
	for _, w := range j.words(ts) {
		f := &j.v.forms[w]
		n := law.Cardinal(f.text)
		if more := f.kind == wordToken && n > 0; more && inWords { // «сорок пять»
			out[len(out)-1] += n
		} else {
			if n > 0 {
				out = append(out, n)
			}
			inWords = more
		}
	}
	return out
}

// numberWay tells which way a place went that has one number in each text and
// nothing else otherwise than proposed: of seven days, where three were asked for, 1
// for five and −1 for ten. It is 0 for any other place.
func (j *judge) numberWay(base, want, got []token) int {
	a, b, c := j.numbers(base), j.numbers(want), j.numbers(got)
	if len(a) != 1 || len(b) != 1 || len(c) != 1 || !slices.Equal(j.unnumbered(want), j.unnumbered(got)) {
		return 0
	}
	return cmp.Compare(c[0], a[0]) * cmp.Compare(b[0], a[0])
}

func (j *judge) unnumbered(ts []token) []int32 {
	return slices.DeleteFunc(j.words(ts), func(w int32) bool { return law.Cardinal(j.v.forms[w].text) > 0 })
}

// doubtPlace says why it is not certain what a place became that was enacted in
// other words than proposed; kept tells that what the proposal left alone there
// stands, in how many of its words do.
func (j *judge) doubtPlace(base, want, got []token, inserted, in int, kept bool) OutcomeDoubt {
	switch {
	case j.numberWay(base, want, got) > 0:
		return ""
	case j.turned(want, got):
		return DoubtTurned
	case !slices.Equal(j.numbers(want), j.numbers(got)):
		return DoubtNumber
	case 2*in < inserted, !kept:
		return DoubtOtherwise
	}
	return ""
}

// doubtEdit is the doubt about a provision that was followed to what it became.
func (t *tally) doubtEdit(st OutcomeStatus) OutcomeDoubt {
	switch {
	case st == Rejected && (t.stayed < t.all || t.beside):
		if t.doubt != "" {
			return t.doubt
		}
		return DoubtOtherwise
	case st == Rejected:
		return ""
	case st == Opposite && t.turnedBack:
		return DoubtTurned
	case st == Opposite:
		return ""
	case t.besideTurned:
		return DoubtTurned
	}
	return t.doubt
}

// replaced reports whether something new stands where a provision of the base was.
func (j *judge) replaced(was *law.Provision) bool { return j.newAt(was, j.done) }

// newBeside reports whether something else that is new stands where a provision of
// the proposal was to stand.
func (j *judge) newBeside(wanted *law.Provision) bool { return j.newAt(wanted, j.kept) }

// newAt reports whether something that is new, and not as proposed, stands under an
// address of another text or, of its kind, in what its unit became by t.
func (j *judge) newAt(p *law.Provision, t *paired) bool {
	var in *law.Provision
	if p.Parent != nil {
		in = t.became(p.Parent)
	}
	return slices.ContainsFunc(j.done.Pairs, func(pair Pair) bool {
		if pair.Note || pair.From != nil {
			return false
		}
		q := pair.To.Provisions[0]
		here := q.Address == p.Address || in != nil && q.Parent == in && q.Kind == p.Kind
		return here && !isExcluded(q) && !j.asProposed(&pair)
	})
}
