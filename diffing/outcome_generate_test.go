package diffing

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// wanted is what the outcome must say of one item: of a line of the proposal, or
// of a line the proposal takes out.
type wanted struct {
	at     int // line of the slot in the proposal; outItem: the line of the base
	status OutcomeStatus
	moved  bool
}

const outItem = -1

// slot is what a line of the base, or a place between two, becomes.
type slot struct {
	proposed, enacted []string
	want              []wanted
	what              string
}

// outcomeCase is a base law, a proposal, an enacted text and the truth: what the
// outcome must say by the last line of the proposal, or −line of the base.
type outcomeCase struct {
	base, proposed, enacted []string
	want                    map[int]wanted
	what                    map[int]string
}

// outcomeMaker writes proposals and what becomes of them.
type outcomeMaker struct {
	*generator
	lang  law.Lang
	base  []string
	slots []slot         // by line of the base
	after map[int][]slot // after a line of the base
	free  []int          // lines nothing was done to, in random order
}

var paragraphForm = regexp.MustCompile(`^\d+\. `)

// makeOutcome adopts, rewords, drops, inverts and moves parts of a random
// proposal, and edits some lines nobody asked about. A third of the articles
// changes as a whole, the others line by line.
func makeOutcome(r *rand.Rand, lang law.Lang, base, donor []string) outcomeCase {
	m := &outcomeMaker{generator: &generator{Rand: r, donor: donor}, lang: lang, base: base, slots: make([]slot, len(base)), after: map[int][]slot{}}
	for i, s := range base {
		m.slots[i] = slot{proposed: []string{s}, enacted: []string{s}}
	}
	for k, lines := range m.articles() {
		if k%3 == 1 {
			m.changeArticle(lines, k/3%5)
			continue
		}
		for _, i := range lines[1:] {
			if len(strings.Fields(base[i])) > 14 {
				m.free = append(m.free, i)
			}
		}
	}
	r.Shuffle(len(m.free), func(a, b int) { m.free[a], m.free[b] = m.free[b], m.free[a] })
	for n := range len(m.free) / 4 {
		m.changeLine(m.take(), n%11)
	}
	for range min(len(m.free), 5) { // nobody asked
		i := m.take()
		m.slots[i].enacted = []string{m.edit(base[i], 1, func(_, _ string) {})}
	}
	return m.write()
}

// articles are the lines of every article, its heading first.
func (m *outcomeMaker) articles() (out [][]int) {
	for i, s := range m.base {
		switch {
		case articleForm.MatchString(s):
			out = append(out, []int{i})
		case len(out) > 0 && !strings.HasPrefix(s, "Глава") && !strings.Contains(s, "-тарау"):
			out[len(out)-1] = append(out[len(out)-1], i)
		}
	}
	return out
}

func (m *outcomeMaker) take() int {
	i := m.free[0]
	m.free = m.free[1:]
	return i
}

// takeFar is a line far from another; a short way leaves open which of the two
// moved.
func (m *outcomeMaker) takeFar(from int) (int, bool) {
	for k, i := range m.free {
		if i-from > 8 || from-i > 8 {
			m.free = slices.Delete(m.free, k, k+1)
			return i, true
		}
	}
	return 0, false
}

func (m *outcomeMaker) write() outcomeCase {
	out := outcomeCase{base: m.base, want: map[int]wanted{}, what: map[int]string{}}
	put := func(s slot, line int) {
		for _, w := range s.want {
			key := len(out.proposed) + w.at + 1
			if w.at == outItem {
				key = -line - 1
			}
			out.want[key], out.what[key] = w, s.what
		}
		out.proposed = append(out.proposed, s.proposed...)
		out.enacted = append(out.enacted, s.enacted...)
	}
	for i, s := range m.slots {
		put(s, i)
		for _, s := range m.after[i] {
			put(s, i)
		}
	}
	return out
}

// changeArticle makes an article one proposal.
func (m *outcomeMaker) changeArticle(lines []int, kind int) {
	head, last := lines[0], lines[len(lines)-1]
	each := func(f func(s *slot, n int)) {
		for n, i := range lines {
			f(&m.slots[i], n)
		}
	}
	switch kind {
	case 0: // repealed as a whole
		what, status := "article/repeal", Adopted
		left := m.IntN(3)
		if left == 2 {
			what, status = "article/keep", Rejected
		}
		each(func(s *slot, n int) {
			s.what, s.proposed, s.want = what, nil, []wanted{{at: outItem, status: status}}
			if left < 2 {
				s.enacted = nil
			}
			if left == 1 && n == 0 {
				s.what, s.enacted = "article/repeal, line left", []string{m.excluded(m.base[head])}
			}
		})
	case 1, 2: // a new one after it, with paragraphs
		fresh := []string{m.newArticle(m.base[head])}
		for n := range 2 + m.IntN(3) {
			fresh = append(fresh, fmt.Sprintf("%d. %s.", n+1, m.words(6)+" "+m.words(7)))
		}
		s := slot{what: "new article/adopt", proposed: fresh, enacted: slices.Clone(fresh)}
		for n := range fresh {
			s.want = append(s.want, wanted{at: n, status: Adopted})
		}
		switch m.IntN(4) {
		case 0:
			s.what, s.enacted = "new article/drop", nil
			for n := range s.want {
				s.want[n].status = Rejected
			}
		case 1:
			s.what, s.enacted = "new article/without one", slices.Delete(s.enacted, 2, 3)
			s.want[2].status = Rejected
		case 2:
			s.what = "new article/one reworded"
			s.enacted[1] = strings.Replace(fresh[1], strings.Fields(fresh[1])[4], "иначе", 1)
			s.want[1].status = AdoptedChanged
		}
		m.after[last] = append(m.after[last], s)
	case 3: // a paragraph for an article that goes
		m.after[last] = append(m.after[last], slot{what: "new/article repealed", proposed: []string{"77. " + m.words(6) + " " + m.words(6) + "."}, want: []wanted{{status: Opposite}}})
		each(func(s *slot, _ int) { s.enacted = nil })
	case 4: // a paragraph before the others, which take other numbers
		what, shift, status, first := "renumber/adopt", 1, Adopted, Adopted
		switch m.IntN(3) {
		case 0:
			what, shift, status, first = "renumber/drop", 0, Rejected, Rejected
		case 1:
			what, shift, status = "renumber/to others", 2, AdoptedChanged
		}
		s := slot{what: what, proposed: []string{"1. " + m.words(6) + " " + m.words(6) + "."}, want: []wanted{{status: first}}}
		if shift > 0 {
			s.enacted = slices.Clone(s.proposed)
		}
		if shift > 1 {
			s.enacted = append(s.enacted, "2. "+m.words(6)+" "+m.words(6)+".")
		}
		m.after[head] = append(m.after[head], s)
		n := 1
		each(func(s *slot, k int) {
			if k == 0 || !paragraphForm.MatchString(s.proposed[0]) {
				return
			}
			_, rest, _ := strings.Cut(s.proposed[0], ". ")
			s.what, s.proposed = what, []string{fmt.Sprintf("%d. %s", n+1, rest)}
			s.enacted, s.want = []string{fmt.Sprintf("%d. %s", n+shift, rest)}, []wanted{{status: status}}
			n++
		})
	}
}

func (m *outcomeMaker) newArticle(after string) string {
	n := articleForm.FindStringSubmatch(after)
	if m.lang == law.KK {
		return n[5] + "-9-бап. " + m.words(4)
	}
	return "Статья " + n[2] + "-9. " + m.words(4)
}

const excludedBy = "05.05.2026 № 7-VIII"

// excluded is what the official text leaves in place of a line.
func (m *outcomeMaker) excluded(s string) string {
	how := "исключен Законом РК от " + excludedBy + " (вводится в действие с 01.01.2027)"
	if m.lang == law.KK {
		how = "алып тасталды – ҚР " + excludedBy + " (01.01.2027 бастап қолданысқа енгізіледі) Заңымен"
	}
	number := strings.Fields(s)[0]
	if articleForm.MatchString(s) && m.lang != law.KK {
		number += " " + strings.Fields(s)[1]
	}
	return number + " " + how + ";"
}
