package picture

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// longest text that is looked at, in letters: a card holds some five hundred
	longestText = 4000
	// longest word that is set whole, in letters; the longest of the Kazakh and
	// Russian laws at hand have some thirty
	longestWord = 36
	leading     = 1.36
	// pad is how far the wash of a mark reaches beyond its words
	pad = 5
)

// style is how a redline is set: the words around in one size, the marked ones
// in another.
type style struct {
	family       family
	size, marked float64
}

func (s style) of(k Kind) float64 {
	if k == Inserted || k == Deleted {
		return s.marked
	}
	return s.size
}

// word is a word on its line. Joined: no blank stands before it.
type word struct {
	text   string
	kind   Kind
	family family
	size   float64
	x, w   float64
	joined bool
}

type line struct {
	words []word
	size  float64 // of the largest
}

func height(lines []line) float64 {
	h := 0.0
	for _, l := range lines {
		h += l.size * leading
	}
	return h
}

// lines breaks runs into lines as wide as the card.
func (s *setter) lines(runs []Run, st style) []line {
	var out []line
	var now line
	x, joined := 0.0, false
	blank := s.width(st.family, st.size, " ")
	for _, r := range runs {
		size := st.of(r.Kind)
		if strings.HasPrefix(r.Text, " ") {
			joined = false
		}
		for i, text := range strings.Fields(r.Text) {
			text = s.fit(st.family, size, text, right-edge)
			w := word{text: text, kind: r.Kind, family: st.family, size: size, joined: joined && i == 0, w: s.width(st.family, size, text)}
			gap := 0.0
			if n := len(now.words); n > 0 {
				k := now.words[n-1].kind
				if !w.joined {
					gap = blank
				}
				if k != w.kind && (!w.joined || k != Same && w.kind != Same) {
					gap += 2 * pad // washes do not touch
				}
			}
			if len(now.words) > 0 && x+gap+w.w > right-edge {
				out = append(out, now)
				now, x, gap = line{}, 0, 0
			}
			w.x = x + gap
			x = w.x + w.w
			now.words, now.size = append(now.words, w), math.Max(now.size, size)
		}
		joined = r.Text != "" && !strings.HasSuffix(r.Text, " ")
	}
	if len(now.words) > 0 {
		out = append(out, now)
	}
	return out
}

// within drops the lines that do not fit and says so at the end of the last one.
func (s *setter) within(lines []line, room float64) []line {
	n := len(lines)
	for n > 1 && height(lines[:n]) > room {
		n--
	}
	if n == len(lines) {
		return lines
	}
	lines = lines[:n]
	l := &lines[n-1]
	last := &l.words[len(l.words)-1]
	for last.x+s.width(last.family, last.size, last.text+"…") > right-edge && len(l.words) > 1 {
		l.words = l.words[:len(l.words)-1]
		last = &l.words[len(l.words)-1]
	}
	last.text = s.fit(last.family, last.size, last.text+"…", right-edge-last.x)
	last.w = s.width(last.family, last.size, last.text)
	return lines
}

// roomiest is how many words a redline is first cut to, around its marks and in
// them: more would not fit at any size.
const roomiest, roomiestMark = 12, 40

// best is the first of several ways to set a redline that fits: large marks
// among smaller words, then smaller, then with fewer words.
func (s *setter) best(runs []Run, room float64) []line {
	var lines []line
	for _, keep := range []struct{ around, marked int }{{roomiest, roomiestMark}, {6, 24}, {3, 14}, {2, 8}} {
		short := shorten(runs, keep.around, keep.marked)
		for _, st := range []style{{serif, 46, 96}, {serif, 44, 66}, {serif, 46, 46}, {serif, 38, 38}} {
			if lines = s.lines(short, st); height(lines) <= room {
				return lines
			}
		}
	}
	return s.within(lines, room)
}

// shorten keeps some words around each mark and the first and last of long
// marks; «…» stands where words were left out.
func shorten(runs []Run, around, marked int) []Run {
	out := make([]Run, 0, len(runs))
	for i, r := range runs {
		words := strings.Fields(r.Text)
		head, tail := around, around
		switch {
		case r.Kind != Same:
			head, tail = marked-marked/3, marked/3
		case len(runs) == 1:
			head, tail = 4*around, 0
		case i == 0:
			head = 0
		case i == len(runs)-1:
			tail = 0
		}
		if len(words) > head+tail+1 {
			kept := append([]string{}, words[:head]...)
			kept = append(append(kept, "…"), words[len(words)-tail:]...)
			text := strings.Join(kept, " ")
			if strings.HasPrefix(r.Text, " ") {
				text = " " + text
			}
			if strings.HasSuffix(r.Text, " ") {
				text += " "
			}
			r.Text = text
		}
		out = append(out, r)
	}
	return out
}

// lines paints lines from top down and returns where they end.
func (d *canvas) lines(lines []line, top float64) float64 {
	for _, l := range lines {
		base := top + l.size*leading*0.74
		for i := 0; i < len(l.words); {
			n := i + 1
			for n < len(l.words) && l.words[n].kind == l.words[i].kind {
				n++
			}
			first, last := l.words[i], l.words[n-1]
			d.mark(first.kind, edge+first.x, edge+last.x+last.w, base, first.size)
			for _, w := range l.words[i:n] {
				d.write(w.family, w.size, edge+w.x, base, w.text, inkOf(w.kind))
			}
			d.strike(first.kind, edge+first.x, edge+last.x+last.w, base, first.size)
			i = n
		}
		top += l.size * leading
	}
	return top
}

// mark paints what stands behind marked words.
func (d *canvas) mark(k Kind, x1, x2, base, size float64) {
	switch k {
	case Deleted:
		d.fill(x1-pad, base-size*0.8, x2+pad, base+size*0.27, redWash)
	case Inserted:
		d.fill(x1-pad, base-size*0.8, x2+pad, base+size*0.27, blueWash)
		d.fill(x1-pad, base+size*0.24, x2+pad, base+size*0.24+size*0.075+1, blue)
	case MovedTo:
		for x := x1; x < x2; x += 14 {
			d.fill(x, base+size*0.2, math.Min(x+8, x2), base+size*0.2+3, ink2)
		}
	}
}

// strike paints what stands before them.
func (d *canvas) strike(k Kind, x1, x2, base, size float64) {
	switch k {
	case Deleted:
		d.fill(x1-2, base-size*0.27, x2+2, base-size*0.27+size*0.055+1, red)
	case MovedFrom:
		d.fill(x1, base-size*0.26, x2, base-size*0.26+2, ink2)
	}
}

// cutWords is at most n letters of a text, cut at a word where there is one, with
// «…».
func cutWords(text string, n int) string {
	runes := []rune(strings.TrimSuffix(text, "…"))
	if n >= len(runes) {
		n = len(runes) - 1
	}
	if n <= 0 {
		return ""
	}
	head := string(runes[:n])
	if i := strings.LastIndex(head, " "); i > len(head)/2 && runes[n] != ' ' {
		head = head[:i]
	}
	return strings.TrimRight(head, " ,;:–-") + "…"
}

// clean makes one line of a text: no controls, no signs that turn the direction
// of writing, no word longer than a line.
func clean(text string) string {
	var b strings.Builder
	word, n := 0, 0
	for _, r := range text {
		switch {
		case unicode.IsSpace(r):
			r, word = ' ', 0
		case r == utf8.RuneError, unicode.Is(unicode.C, r): // controls, formats, private use
			continue
		default:
			word++
		}
		switch {
		case word == longestWord:
			b.WriteRune('…')
		case word < longestWord:
			b.WriteRune(r)
			n++
		}
		if n == longestText {
			return cutWords(b.String(), n)
		}
	}
	return strings.TrimSpace(b.String())
}

// cleanRuns cleans the runs of a redline; blanks at their ends stay, as they part
// words.
func cleanRuns(runs []Run) []Run {
	var out []Run
	for _, r := range runs {
		text := clean(r.Text)
		if text == "" {
			if n := len(out); n > 0 && r.Text != "" && strings.TrimSpace(r.Text) == "" {
				out[n-1].Text = strings.TrimRight(out[n-1].Text, " ") + " "
			}
			continue
		}
		if first, _ := utf8.DecodeRuneInString(r.Text); unicode.IsSpace(first) {
			text = " " + text
		}
		if last, _ := utf8.DecodeLastRuneInString(r.Text); unicode.IsSpace(last) {
			text += " "
		}
		out = append(out, Run{r.Kind, text})
	}
	return out
}
