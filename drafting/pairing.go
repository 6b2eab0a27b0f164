package drafting

import (
	"cmp"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// pairing is a unit of the old text and its like in the new one; one of them may
// be missing.
type pairing struct{ old, now *law.Provision }

// pair joins children: numbered ones by kind and number, the others in order, by
// their words. The order is that of the new text; what is gone stands where it
// stood.
func (c *comparer) pair(old, now []*law.Provision) []pairing {
	like := map[*law.Provision]*law.Provision{} // new → old
	taken := map[*law.Provision]bool{}
	type key struct {
		kind   law.Kind
		number string
	}
	byNumber := map[key][]*law.Provision{}
	unnumbered := map[law.Kind][2][]*law.Provision{}
	for _, p := range old {
		if p.Number != "" {
			k := key{p.Kind, p.Number + "–" + p.NumberTo}
			byNumber[k] = append(byNumber[k], p)
			continue
		}
		u := unnumbered[p.Kind]
		u[0] = append(u[0], p)
		unnumbered[p.Kind] = u
	}
	for _, p := range now {
		if p.Number == "" {
			u := unnumbered[p.Kind]
			u[1] = append(u[1], p)
			unnumbered[p.Kind] = u
			continue
		}
		k := key{p.Kind, p.Number + "–" + p.NumberTo}
		if q := byNumber[k]; len(q) > 0 {
			like[p], byNumber[k] = q[0], q[1:]
			taken[q[0]] = true
		}
	}
	for _, u := range unnumbered {
		for _, p := range pairByWords(u[0], u[1]) {
			like[p.now] = p.old
			taken[p.old] = true
		}
	}
	var out []pairing
	next := 0
	gone := func(until int) {
		for ; next < len(old) && next < until; next++ {
			if !taken[old[next]] {
				out = append(out, pairing{old: old[next]})
			}
		}
	}
	place := map[*law.Provision]int{}
	for i, p := range old {
		place[p] = i
	}
	for _, p := range now {
		if q := like[p]; q != nil {
			gone(place[q])
			out = append(out, pairing{q, p})
			continue
		}
		for next < len(old) && (taken[old[next]] || comesBefore(old[next], p)) {
			gone(next + 1)
		}
		out = append(out, pairing{now: p})
	}
	gone(len(old))
	return out
}

// comesBefore reports whether a unit that is gone has a smaller number than a new
// one of its kind: an act goes up the numbers.
func comesBefore(gone, new *law.Provision) bool {
	return gone.Kind == new.Kind && gone.Number != "" && new.Number != "" && law.CompareNumbers(gone.Number, new.Number) < 0
}

// mostUnnumbered bounds the table of pairByWords.
const mostUnnumbered = 400

// pairByWords joins unnumbered lines in order so that as many words as possible
// stay; lines that share fewer than a third of their words are no pair.
func pairByWords(old, now []*law.Provision) (out []pairing) {
	from := 0
	for from < len(old) && from < len(now) && same(old[from].Text, now[from].Text) {
		out = append(out, pairing{old[from], now[from]})
		from++
	}
	endOld, endNow := len(old), len(now)
	for endOld > from && endNow > from && same(old[endOld-1].Text, now[endNow-1].Text) {
		endOld--
		endNow--
		out = append(out, pairing{old[endOld], now[endNow]})
	}
	old, now = old[from:endOld], now[from:endNow]
	if len(old) == 1 && len(now) == 1 { // in one place: written anew
		return append(out, pairing{old[0], now[0]})
	}
	if len(old) > mostUnnumbered || len(now) > mostUnnumbered {
		return out // what lies between is taken out and added anew
	}
	bags := make([]map[string]int, len(old))
	for i, p := range old {
		bags[i] = bag(p.Text)
	}
	best := make([][]float64, len(old)+1)
	for i := range best {
		best[i] = make([]float64, len(now)+1)
	}
	alike := make([][]float64, len(old))
	for i := len(old) - 1; i >= 0; i-- {
		alike[i] = make([]float64, len(now))
		for k := len(now) - 1; k >= 0; k-- {
			if s := likeness(bags[i], now[k].Text); s >= 1./3 {
				alike[i][k] = s
			}
			best[i][k] = max(best[i+1][k], best[i][k+1], cmp.Or(alike[i][k], -1)+best[i+1][k+1])
		}
	}
	for i, k := 0, 0; i < len(old) && k < len(now); {
		switch {
		case alike[i][k] > 0 && best[i][k] == alike[i][k]+best[i+1][k+1]:
			out = append(out, pairing{old[i], now[k]})
			i++
			k++
		case best[i][k] == best[i+1][k]:
			i++
		default:
			k++
		}
	}
	return out
}

func bag(s string) map[string]int {
	out := map[string]int{}
	for _, w := range strings.Fields(strings.ToLower(law.Fold(s))) {
		out[w]++
	}
	return out
}

// likeness is the share of common words of a bag and a text.
func likeness(a map[string]int, s string) float64 {
	all, common := 0, 0
	for _, n := range a {
		all += n
	}
	for w, n := range bag(s) {
		all += n
		common += 2 * min(n, a[w])
	}
	if all == 0 {
		return 0
	}
	return float64(common) / float64(all)
}
