package diffing

import (
	"slices"
	"unicode/utf8"

	"github.com/sergi/go-diff/diffmatchpatch"
)

// hunk says that a[a0:a1] was replaced by b[b0:b1]; either may be empty.
type hunk struct{ a0, a1, b0, b1 int }

// wordDiffer finds the changed places of two token sequences. It is scratch
// space to be used again and again.
type wordDiffer struct {
	v     *vocabulary
	trace []uint8
	cost  [4][]int32
}

// diff returns the hunks that turn a into b, in order, with at least one equal
// token between two of them.
//
// Of all ways to mark the change it takes the cheapest, where every marked
// character costs 1 and every marked place hunkCost more. So two changed words
// are joined into one phrase when marking what stands between them costs less
// than a second place would: over a blank, a comma or a short conjunction, as a
// person would do it. Minimal character counts alone would leave "equal" commas
// and prepositions scattered over a rewritten sentence.
func (d *wordDiffer) diff(a, b []token) []hunk {
	hunks := d.region(nil, a, b, 0, len(a), 0, len(b))
	for k := range hunks {
		// One equal token stays between two hunks; the ends of the text need none.
		room := hunk{0, len(a), 0, len(b)}
		if k > 0 {
			room.a0, room.b0 = hunks[k-1].a1+1, hunks[k-1].b1+1
		}
		if k+1 < len(hunks) {
			room.a1, room.b1 = hunks[k+1].a0-1, hunks[k+1].b0-1
		}
		hunks[k] = d.slide(a, b, hunks[k], room)
	}
	return hunks
}

func (d *wordDiffer) region(dst []hunk, a, b []token, a0, a1, b0, b1 int) []hunk {
	for a0 < a1 && b0 < b1 && a[a0].id == b[b0].id {
		a0, b0 = a0+1, b0+1
	}
	for a0 < a1 && b0 < b1 && a[a1-1].id == b[b1-1].id {
		a1, b1 = a1-1, b1-1
	}
	switch {
	case a0 == a1 && b0 == b1:
		return dst
	case a0 == a1 || b0 == b1:
		return addHunk(dst, hunk{a0, a1, b0, b1})
	case (a1-a0)*(b1-b0) <= mostCells:
		return d.cheapest(dst, a[a0:a1], b[b0:b1], a0, b0)
	}
	for _, size := range shingleSizes {
		if anchors := uniqueShingles(a[a0:a1], b[b0:b1], size); len(anchors) > 0 {
			aBase, bBase := a0, b0
			for _, l := range anchors {
				x, y := aBase+int(l.i), bBase+int(l.j)
				if x < a0 || y < b0 {
					continue // overlaps the run before
				}
				dst = d.region(dst, a, b, a0, x, b0, y)
				a0, b0 = x+size, y+size
			}
			return d.region(dst, a, b, a0, a1, b0, b1)
		}
	}
	if (a1-a0)+(b1-b0) <= mostShortest {
		return d.shortest(dst, a[a0:a1], b[b0:b1], a0, b0)
	}
	return addHunk(dst, hunk{a0, a1, b0, b1}) // monstrous, and nothing to hold on to
}

// shortest is for a stretch too long for the cheapest marking in which no run of
// words stands once on both sides: the same few words over and over. go-diff
// finds the shortest script in O(n·d) time and little memory; which of the
// equal words are kept hardly matters there.
func (d *wordDiffer) shortest(dst []hunk, a, b []token, a0, b0 int) []hunk {
	dmp := diffmatchpatch.New()
	dmp.DiffTimeout = 0 // a time-out would make the result depend on the machine
	i, j := a0, b0
	for _, part := range dmp.DiffMainRunes(asRunes(a), asRunes(b), false) {
		n := utf8.RuneCountInString(part.Text)
		switch part.Type {
		case diffmatchpatch.DiffEqual:
			i, j = i+n, j+n
		case diffmatchpatch.DiffDelete:
			dst = addHunk(dst, hunk{i, i + n, j, j})
			i += n
		case diffmatchpatch.DiffInsert:
			dst = addHunk(dst, hunk{i, i, j, j + n})
			j += n
		}
	}
	return dst
}

// asRunes maps tokens to runes, past the surrogates, which are no characters
// and would be lost. mostShortest bounds a stretch far below the runes there are.
func asRunes(ts []token) []rune {
	out := make([]rune, len(ts))
	for k, t := range ts {
		if out[k] = rune(t.id) + 1; out[k] >= 0xD800 {
			out[k] += 0x800
		}
	}
	return out
}

func addHunk(dst []hunk, h hunk) []hunk {
	if n := len(dst); n > 0 && dst[n-1].a1 == h.a0 && dst[n-1].b1 == h.b0 {
		dst[n-1].a1, dst[n-1].b1 = h.a1, h.b1
		return dst
	}
	return append(dst, h)
}

// Trace bits: how the best way to a cell came about.
const (
	equalAfterHunk uint8 = 1 << iota // the equal state was reached by closing a hunk
	hunkByInsert                     // the hunk state's last step is an insertion
	hunkOpened                       // … and the hunk begins with it
)

const unreachable = 1 << 29

// cheapest is an alignment with affine costs (Gotoh) over two states, inside and
// outside a hunk. Cells: len(a)·len(b) ≤ mostCells.
func (d *wordDiffer) cheapest(dst []hunk, a, b []token, a0, b0 int) []hunk {
	n, m := len(a), len(b)
	w := m + 1
	d.trace = slices.Grow(d.trace[:0], (n+1)*w)[:(n+1)*w]
	clear(d.trace)
	for k := range d.cost {
		d.cost[k] = slices.Grow(d.cost[k][:0], w)[:w]
	}
	eq, in, eq1, in1 := d.cost[0], d.cost[1], d.cost[2], d.cost[3]
	forms := d.v.forms

	eq[0], in[0] = 0, unreachable
	for j := 1; j <= m; j++ {
		eq[j] = unreachable
		in[j] = in[j-1] + forms[b[j-1].id].runes
		d.trace[j] = hunkByInsert
		if j == 1 {
			in[j] = hunkCost + forms[b[0].id].runes
			d.trace[j] |= hunkOpened
		}
	}
	for i := 1; i <= n; i++ {
		del := forms[a[i-1].id].runes
		row := d.trace[i*w : i*w+w]
		eq1[0] = unreachable
		in1[0] = in[0] + del
		if i == 1 {
			in1[0] = hunkCost + del
			row[0] = hunkOpened
		}
		id := a[i-1].id
		for j := 1; j <= m; j++ {
			var t uint8
			e := int32(unreachable)
			if id == b[j-1].id {
				e = eq[j-1]
				if in[j-1] < e {
					e, t = in[j-1], equalAfterHunk
				}
			}
			eq1[j] = e
			ins := forms[b[j-1].id].runes
			h, s := in[j]+del, uint8(0)
			if c := eq[j] + del + hunkCost; c < h {
				h, s = c, hunkOpened
			}
			if c := in1[j-1] + ins; c < h {
				h, s = c, hunkByInsert
			}
			if c := eq1[j-1] + ins + hunkCost; c < h {
				h, s = c, hunkByInsert|hunkOpened
			}
			in1[j] = h
			row[j] = t | s
		}
		eq, in, eq1, in1 = eq1, in1, eq, in
	}

	start := len(dst)
	i, j := n, m
	inHunk := in[m] < eq[m]
	end := [2]int{i, j}
	for i > 0 || j > 0 {
		t := d.trace[i*w+j]
		if !inHunk {
			i, j = i-1, j-1
			if t&equalAfterHunk != 0 {
				inHunk, end = true, [2]int{i, j}
			}
			continue
		}
		if t&hunkByInsert != 0 {
			j--
		} else {
			i--
		}
		if t&hunkOpened != 0 {
			dst = append(dst, hunk{a0 + i, a0 + end[0], b0 + j, b0 + end[1]})
			inHunk = false
		}
	}
	slices.Reverse(dst[start:])
	return dst
}

// slide moves a pure insertion or deletion to where a reader expects it, between
// phrases, among the places where it means the same.
func (d *wordDiffer) slide(a, b []token, h, room hunk) hunk {
	text, lo, hi := b, room.b0, room.b1
	from, to := h.b0, h.b1
	if h.a0 < h.a1 {
		if h.b0 < h.b1 {
			return h
		}
		text, lo, hi = a, room.a0, room.a1
		from, to = h.a0, h.a1
	}
	if to-from > longestSlide {
		return h
	}
	lo, hi = max(lo, from-longestSlide), min(hi, to+longestSlide)
	best, bestScore := 0, d.boundaries(text, from, to)
	for k := -1; from+k >= lo && text[from+k].id == text[to+k].id; k-- {
		if s := d.boundaries(text, from+k, to+k); s > bestScore {
			best, bestScore = k, s
		}
	}
	for k := 1; to+k <= hi && text[from+k-1].id == text[to+k-1].id; k++ {
		if s := d.boundaries(text, from+k, to+k); s > bestScore {
			best, bestScore = k, s
		}
	}
	return hunk{h.a0 + best, h.a1 + best, h.b0 + best, h.b1 + best}
}

// boundaries says how well a run of tokens reads as one phrase.
func (d *wordDiffer) boundaries(text []token, from, to int) int {
	depth, balanced := 0, true
	for _, t := range text[from:to] {
		depth += int(d.v.forms[t.id].open)
		balanced = balanced && depth >= 0
	}
	s := d.boundary(text, from) + d.boundary(text, to)
	if !balanced || depth != 0 {
		s -= 6
	}
	return s
}

// boundary rates a cut before text[k]: best at an end of the text, then after a
// sign and a blank, then before a word, then after one.
func (d *wordDiffer) boundary(text []token, k int) int {
	if k == 0 || k == len(text) {
		return 4
	}
	before, after := d.v.forms[text[k-1].id].kind, d.v.forms[text[k].id].kind
	switch {
	case before == blankToken && k > 1 && d.v.forms[text[k-2].id].kind == signToken:
		return 3
	case before == blankToken:
		return 2
	case after == blankToken || after == signToken:
		return 1
	}
	return 0
}

// uniqueShingles finds runs of size tokens that stand once in each text, and
// keeps the heaviest order-preserving chain of them.
func uniqueShingles(a, b []token, size int) []link {
	type place struct{ a, b int32 }
	const none, many = -1, -2
	at := make(map[uint64]place)
	shingles := func(s []token, visit func(key uint64, k int32)) {
		for k := 0; k+size <= len(s); k++ {
			key := uint64(size)
			for _, t := range s[k : k+size] {
				key = mix(key, t.id)
			}
			visit(key, int32(k))
		}
	}
	shingles(a, func(key uint64, k int32) {
		if _, ok := at[key]; ok {
			at[key] = place{many, none}
		} else {
			at[key] = place{k, none}
		}
	})
	shingles(b, func(key uint64, k int32) {
		if p, ok := at[key]; ok {
			if p.b = k; at[key].b != none {
				p.b = many
			}
			at[key] = p
		}
	})
	var links []link
	shingles(a, func(key uint64, k int32) {
		p := at[key]
		if p.a != k || p.b < 0 {
			return
		}
		for n := range size {
			if a[int(p.a)+n].id != b[int(p.b)+n].id {
				return
			}
		}
		links = append(links, link{p.a, p.b, 1})
	})
	return heaviestChain(links)
}
