package store

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// A law of 1.3 MB changes in two paragraphs, and the next edition is to cost
// two paragraphs, not 1.3 MB. So a text is stored as what is new in it and where
// the rest lies:
//
//	pack a   Статья 1. …⏎Статья 2. …⏎Статья 3. …⏎      the first edition
//	pack b   Статья 2. As it reads since January⏎       what the second one brought
//
//	edition 1   a[0:900]
//	edition 2   a[0:300] b[0:60] a[600:900]
//
// Packs are named by the SHA-256 of their bytes. An edition names its packs
// directly and never another edition, so that reading one is one look for its
// row and one for its packs, however many came before it.

// parts says where the bytes of a text lie, cut by cut in the order of the text:
// in which of Packs, from which byte, how many. The three are columns of their
// own because each by itself is regular and shrinks to little.
type parts struct {
	Packs []string `json:"packs"` // SHA-256
	In    []int    `json:"in"`    // index in Packs
	Skip  []int    `json:"skip"`  // bytes from where the last cut in that pack ended
	Take  []int    `json:"take"`  // bytes
}

// leastPiece is the length from which a piece is worth looking up: a cut costs
// some three bytes, and short pieces («</p>») lie everywhere.
const leastPiece = 32

// shelf is packs to cut from, with every piece that lies in them.
type shelf struct {
	sums   []string
	bodies []string
	found  map[string]place
}

type place struct{ pack, from int }

// newShelf takes packs by their SHA-256. The order of the sums makes the result
// the same in every run.
func newShelf(packs map[string]string) *shelf {
	s := &shelf{found: map[string]place{}}
	for _, sum := range slices.Sorted(maps.Keys(packs)) {
		s.put(sum, packs[sum])
	}
	return s
}

func (s *shelf) put(sum, body string) {
	s.sums = append(s.sums, sum)
	s.bodies = append(s.bodies, body)
	from := 0
	for p := range pieces(body) {
		if len(p) >= leastPiece {
			if _, known := s.found[p]; !known {
				s.found[p] = place{len(s.bodies) - 1, from}
			}
		}
		from += len(p)
	}
}

// cut is length bytes of a pack.
type cut struct {
	place
	length int
}

// add finds as much of text as it can on the shelf, puts the rest there as a
// new pack, and returns where everything lies and what is new: "" for nothing.
// What the text says twice is new twice: that is the compressor's to find.
func (s *shelf) add(text string) (parts, string) {
	var cuts []cut
	var fresh []byte
	mine := len(s.bodies) // what will be the new pack
	var lately []string   // the pieces of the last cut, where it is of the new pack
	for p := range pieces(text) {
		if n := len(cuts); n > 0 && cuts[n-1].pack != mine {
			// What follows in the text mostly follows in the pack.
			last := &cuts[n-1]
			if strings.HasPrefix(s.bodies[last.pack][last.from+last.length:], p) {
				last.length += len(p)
				continue
			}
		}
		found, ok := s.found[p]
		if !ok {
			if len(lately) == 0 {
				cuts = append(cuts, cut{place: place{mine, len(fresh)}})
			}
			cuts[len(cuts)-1].length += len(p)
			fresh, lately = append(fresh, p...), append(lately, p)
			continue
		}
		here := cut{found, len(p)}
		// Short pieces that were not looked up may stand before it there too.
		for n := len(lately) - 1; n >= 0 && strings.HasSuffix(s.bodies[here.pack][:here.from], lately[n]); n-- {
			k := len(lately[n])
			here.from, here.length = here.from-k, here.length+k
			fresh = fresh[:len(fresh)-k]
			if cuts[len(cuts)-1].length -= k; n == 0 {
				cuts = cuts[:len(cuts)-1]
			}
		}
		cuts, lately = append(cuts, here), lately[:0]
	}
	if len(fresh) > 0 {
		s.put(sum(fresh), string(fresh))
	}
	return s.name(cuts), string(fresh)
}

// name writes cuts with the names of their packs.
func (s *shelf) name(cuts []cut) parts {
	p := parts{Packs: []string{}}
	index, ended := map[int]int{}, []int{}
	for _, c := range cuts {
		i, ok := index[c.pack]
		if !ok {
			i = len(p.Packs)
			index[c.pack] = i
			p.Packs, ended = append(p.Packs, s.sums[c.pack]), append(ended, 0)
		}
		p.In, p.Skip, p.Take = append(p.In, i), append(p.Skip, c.from-ended[i]), append(p.Take, c.length)
		ended[i] = c.from + c.length
	}
	return p
}

// join puts a text together again; ErrDamaged if it does not lie there.
func (p parts) join(packs map[string]string) (string, error) {
	if len(p.Skip) != len(p.In) || len(p.Take) != len(p.In) {
		return "", fmt.Errorf("%w: its cuts are incomplete", ErrDamaged)
	}
	stretches := make([]string, len(p.In))
	ended := make([]int, len(p.Packs))
	for i, in := range p.In {
		if in < 0 || in >= len(p.Packs) {
			return "", fmt.Errorf("%w: it names a pack it does not list", ErrDamaged)
		}
		body, ok := packs[p.Packs[in]]
		if !ok {
			return "", fmt.Errorf("%w: pack %s is missing", ErrDamaged, p.Packs[in])
		}
		from, take := ended[in]+p.Skip[i], p.Take[i]
		if from < 0 || from > len(body) || take < 0 || take > len(body)-from {
			return "", fmt.Errorf("%w: pack %s is too short", ErrDamaged, p.Packs[in])
		}
		ended[in] = from + take
		stretches[i] = body[from : from+take]
	}
	return strings.Join(stretches, ""), nil
}

// pieces cuts a text where one of any kind may be cut: after a line, a tag, an
// object of JSON. Nothing is lost where a text has none of them, it is one
// piece. How texts are cut may change at any time: what is stored names bytes.
func pieces(text string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for text != "" {
			n := strings.IndexAny(text, "\n>}") + 1
			if n == 0 {
				n = len(text)
			}
			if !yield(text[:n]) {
				return
			}
			text = text[n:]
		}
	}
}

// lineForm is what is stored of a line beside its text. Places and anchors count
// from the line before, so that a paragraph put in above changes nothing below.
type lineForm struct {
	Bytes  int        `json:"n"`              // of the text
	From   int        `json:"from,omitempty"` // lines after the end of the line before
	To     int        `json:"to,omitempty"`   // lines after From
	Mark   law.Mark   `json:"mark,omitempty"`
	Anchor string     `json:"anchor,omitempty"`
	Next   bool       `json:"next,omitempty"` // the anchor is the one that follows the last
	Links  []law.Link `json:"links,omitempty"`
}

// writeLines writes lines as a text: for each its form as a line of JSON, then
// its own text, each closed by a line break.
func writeLines(lines []law.Line) (string, error) {
	var b strings.Builder
	at, anchor := 0, ""
	for _, l := range lines {
		f := lineForm{Bytes: len(l.Text), From: l.From - at, To: l.To - l.From, Mark: l.Mark, Anchor: l.Anchor, Links: l.Links}
		if l.Anchor != "" {
			if l.Anchor == following(anchor) {
				f.Anchor, f.Next = "", true
			}
			anchor = l.Anchor
		}
		form, err := json.Marshal(f)
		if err != nil {
			return "", err
		}
		b.Write(form)
		b.WriteByte('\n')
		b.WriteString(l.Text)
		b.WriteByte('\n')
		at = l.To
	}
	return b.String(), nil
}

// readLines reads what writeLines wrote.
func readLines(text string) ([]law.Line, error) {
	var lines []law.Line
	at, anchor := 0, ""
	known := map[string]lineForm{} // most forms occur many times, and JSON is slow
	for text != "" {
		form, rest, _ := strings.Cut(text, "\n")
		f, ok := known[form]
		if !ok {
			if err := json.Unmarshal([]byte(form), &f); err != nil {
				return nil, fmt.Errorf("%w: line %d: %w", ErrDamaged, len(lines)+1, err)
			}
			if f.Links == nil {
				known[form] = f
			}
		}
		if f.Bytes < 0 || f.Bytes >= len(rest) || rest[f.Bytes] != '\n' {
			return nil, fmt.Errorf("%w: line %d is not as long as it says", ErrDamaged, len(lines)+1)
		}
		from := at + f.From
		at = from + f.To
		if f.Next {
			f.Anchor = following(anchor)
		}
		if f.Anchor != "" {
			anchor = f.Anchor
		}
		lines = append(lines, law.Line{Text: rest[:f.Bytes], From: from, To: at, Mark: f.Mark, Anchor: f.Anchor, Links: f.Links})
		text = rest[f.Bytes+1:]
	}
	return lines, nil
}

// following is the anchor that counts on from another: z34 after z33; "" where
// an anchor does not end in a number.
func following(anchor string) string {
	name := strings.TrimRight(anchor, "0123456789")
	n, err := strconv.Atoi(anchor[len(name):])
	if err != nil {
		return ""
	}
	return name + strconv.Itoa(n+1)
}
