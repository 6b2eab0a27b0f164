package diffing

import (
	"cmp"
	"slices"
)

// link is a pair of places, one in the old sequence and one in the new.
type link struct {
	i, j   int32
	weight int64 // > 0
}

// heaviestChain keeps the heaviest subset of links in which both i and j grow
// strictly: the part of a comparison that kept its order. It reorders links and
// returns the kept ones in order. Ties are broken by place, so the choice is
// always the same. O(n log n).
func heaviestChain(links []link) []link {
	if len(links) == 0 {
		return nil
	}
	// Of links with one i the largest j comes first, so none can follow another.
	slices.SortFunc(links, func(a, b link) int {
		return cmp.Or(cmp.Compare(a.i, b.i), cmp.Compare(b.j, a.j), cmp.Compare(b.weight, a.weight))
	})
	rank := make([]int32, len(links))
	for k, l := range links {
		rank[k] = l.j
	}
	slices.Sort(rank)
	rank = slices.Compact(rank)

	// A Fenwick tree over j: the heaviest chain that ends at or before it.
	type best struct {
		weight int64
		link   int32
	}
	tree := make([]best, len(rank)+1)
	for k := range tree {
		tree[k].link = -1
	}
	before := make([]int32, len(links))
	top := best{link: -1}
	for k, l := range links {
		r, _ := slices.BinarySearch(rank, l.j)
		b := best{link: -1}
		for x := r; x > 0; x &= x - 1 {
			if tree[x].weight > b.weight {
				b = tree[x]
			}
		}
		before[k] = b.link
		b = best{b.weight + l.weight, int32(k)}
		for x := r + 1; x < len(tree); x += x & -x {
			if b.weight > tree[x].weight {
				tree[x] = b
			}
		}
		if b.weight > top.weight {
			top = b
		}
	}
	n := 0
	for k := top.link; k >= 0; k = before[k] {
		n++
	}
	chain := make([]link, n)
	for k := top.link; k >= 0; k = before[k] {
		n--
		chain[n] = links[k]
	}
	return chain
}
