package campaigns

import (
	"cmp"
	"hash/fnv"
	"slices"
	"strings"
	"unicode"

	"github.com/tuzetu/tuzetu/law"
)

// Near-duplicates are found as Broder did (On the resemblance and containment of
// documents, 1997): two texts are alike when most of their runs of words are the
// same. Words are folded and in lower case, so that neither quotation marks nor
// look-alike letters tell two apart.
const (
	// shingle is the length of a run in words. Runs of two make one of any two
	// texts on one subject; of four, one changed word costs a third of a short text.
	shingle = 3
	// alikeFrom is the least resemblance: a text of forty words in which two were
	// replaced has 0.7, two texts that people wrote themselves about the same
	// provision under 0.2.
	alikeFrom = 0.6
	// leastShingled is the least number of words for near-duplicates; shorter texts
	// are alike only when they are the same: many people write "Поддерживаю".
	leastShingled = 8
)

// Alike groups texts that are near-duplicates of one another, through others if
// need be, and returns the places of each group in order, groups in the order of
// their first text. Texts without words are each alone.
func Alike(texts []string) [][]int {
	g := grouping{parent: make([]int, len(texts))}
	holders := map[uint64][]int{} // of a shingle, one for each different text
	same := map[string]int{}
	sets := make([][]uint64, len(texts))
	for i, t := range texts {
		g.parent[i] = i
		words := foldedWords(t)
		if len(words) == 0 {
			continue
		}
		whole := strings.Join(words, " ")
		if first, known := same[whole]; known {
			g.join(first, i)
			continue
		}
		same[whole] = i
		if len(words) < leastShingled {
			continue
		}
		sets[i] = shingles(words)
		shared := map[int]int{}
		for _, h := range sets[i] {
			for _, j := range holders[h] {
				shared[j]++
			}
			holders[h] = append(holders[h], i)
		}
		for j, n := range shared {
			if float64(n) >= alikeFrom*float64(len(sets[i])+len(sets[j])-n) {
				g.join(i, j)
			}
		}
	}
	return g.groups()
}

// foldedWords are the words of a text as they are compared.
func foldedWords(s string) []string {
	return strings.FieldsFunc(strings.ToLower(law.Fold(s)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}

// shingles are the different runs of words, as hashes.
func shingles(words []string) []uint64 {
	var out []uint64
	for i := 0; i+shingle <= len(words); i++ {
		h := fnv.New64a()
		for _, w := range words[i : i+shingle] {
			h.Write([]byte(w))
			h.Write([]byte{0})
		}
		out = append(out, h.Sum64())
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// grouping joins places into groups; the parent of a group is its first place.
type grouping struct{ parent []int }

func (g grouping) first(i int) int {
	for g.parent[i] != i {
		g.parent[i] = g.parent[g.parent[i]]
		i = g.parent[i]
	}
	return i
}

func (g grouping) join(i, j int) {
	a, b := g.first(i), g.first(j)
	g.parent[max(a, b)] = min(a, b)
}

func (g grouping) groups() [][]int {
	by := map[int][]int{}
	for i := range g.parent {
		by[g.first(i)] = append(by[g.first(i)], i)
	}
	out := make([][]int, 0, len(by))
	for _, group := range by {
		out = append(out, group)
	}
	slices.SortFunc(out, func(a, b []int) int { return cmp.Compare(a[0], b[0]) })
	return out
}
