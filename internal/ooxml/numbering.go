package ooxml

import (
	"strings"
)

// levels is how many levels a list has (ECMA-376 part 1, 17.9).
const levels = 9

// listLevel says how one level of a list is numbered.
type listLevel struct {
	start    int
	format   string // numFmt: decimal, lowerLetter, bullet, …
	text     string // "%1.", "%1-%2)"
	restart  int    // 1-based level after which it starts anew; 0 never, -1 any higher one
	suffix   string // tab, space, nothing
	style    string // the paragraph style that is numbered so
	arabic   bool   // isLgl: the numbers of all levels in figures
	pictured bool   // a picture for a bullet
}

type abstractList struct {
	levels [levels]listLevel
	link   string // the numbering style that holds the list instead
}

// list is what paragraphs refer to: an abstract list and what it does otherwise.
type list struct {
	abstract int
	override [levels]*listLevel
	start    [levels]int // startOverride, -1 without
	begun    [levels]bool
}

// numbering holds the lists of a document and their counters as the text is
// read. Lists over one abstract list share its counters.
type numbering struct {
	abstract map[int]*abstractList
	lists    map[int]*list
	styles   *styles
	counters map[int]*[levels]int // -1: not begun
}

func readNumbering(a *archive, part string, st *styles) (*numbering, error) {
	n := &numbering{
		abstract: map[int]*abstractList{}, lists: map[int]*list{}, styles: st, counters: map[int]*[levels]int{},
	}
	if part == "" {
		return n, nil
	}
	f, err := a.open(part)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	x := newXMLReader(f, part)
	return n, x.root(func(e element) error {
		if e.space == word {
			switch e.name {
			case "abstractNum":
				return n.readAbstract(x, number(e.attr("abstractNumId"), -1))
			case "num":
				return n.readList(x, number(e.attr("numId"), -1))
			}
		}
		return x.skip()
	})
}

func (n *numbering) readAbstract(x *xmlReader, id int) error {
	a := &abstractList{}
	for i := range a.levels {
		a.levels[i] = newLevel()
	}
	n.abstract[id] = a
	return x.children(func(e element) error {
		switch e.name {
		case "numStyleLink":
			a.link = e.attr("val")
		case "lvl":
			if i := number(e.attr("ilvl"), -1); i >= 0 && i < levels {
				return a.levels[i].read(x)
			}
		}
		return x.skip()
	})
}

func (n *numbering) readList(x *xmlReader, id int) error {
	l := &list{abstract: -1}
	for i := range l.start {
		l.start[i] = -1
	}
	n.lists[id] = l
	return x.children(func(e element) error {
		switch e.name {
		case "abstractNumId":
			l.abstract = number(e.attr("val"), -1)
		case "lvlOverride":
			if i := number(e.attr("ilvl"), -1); i >= 0 && i < levels {
				return l.readOverride(x, i)
			}
		}
		return x.skip()
	})
}

func (l *list) readOverride(x *xmlReader, i int) error {
	return x.children(func(e element) error {
		switch e.name {
		case "startOverride":
			l.start[i] = number(e.attr("val"), 0)
		case "lvl":
			v := newLevel()
			l.override[i] = &v
			return v.read(x)
		}
		return x.skip()
	})
}

func newLevel() listLevel { return listLevel{format: "decimal", restart: -1} }

func (v *listLevel) read(x *xmlReader) error {
	return x.children(func(e element) error {
		val := e.attr("val")
		switch e.name {
		case "start":
			v.start = number(val, 0)
		case "numFmt":
			v.format = val
			if f := e.attr("format"); val == "custom" && f != "" {
				v.format = f
			}
		case "AlternateContent": // newer formats, with a plain one for older programs
			return x.children(func(e element) error {
				if e.name != "Fallback" {
					return x.skip()
				}
				return v.read(x)
			})
		case "lvlText":
			v.text = val
		case "lvlRestart":
			v.restart = number(val, -1)
		case "suff":
			v.suffix = val
		case "pStyle":
			v.style = val
		case "isLgl":
			v.arabic = e.on()
		case "lvlPicBulletId":
			v.pictured = true
		}
		return x.skip()
	})
}

// find settles the list and level of a paragraph: its own words, then its
// style's. A list that is not there, and the list 0, are no list.
func (n *numbering) find(p *paragraphProperties) (*list, int, bool) {
	num, level := p.list.num, p.list.level
	linked := ""
	if num < 0 {
		n.styles.chain(n.styles.paragraph(p.style), func(st *style) bool {
			if level < 0 {
				level = st.list.level
			}
			if num = st.list.num; num >= 0 {
				linked = st.id
			}
			return num >= 0
		})
	}
	l := n.lists[num]
	if num <= 0 || l == nil {
		return nil, 0, false
	}
	a := n.abstractOf(l)
	if a == nil {
		return nil, 0, false
	}
	if linked != "" && p.list.level < 0 {
		// A style names only its list; the level is the one that names the style.
		for i := range levels {
			if s := n.level(l, a, i).style; s != "" && (s == p.style || s == linked) {
				level = i
				if s == p.style {
					break
				}
			}
		}
	}
	return l, min(max(level, 0), levels-1), true
}

// abstractOf follows a list to its levels, through a numbering style if there
// is one.
func (n *numbering) abstractOf(l *list) *abstractList {
	a := n.abstract[l.abstract]
	if a == nil || a.link == "" {
		return a
	}
	if st := n.styles.byID[a.link]; st != nil && n.lists[st.list.num] != nil {
		if target := n.abstract[n.lists[st.list.num].abstract]; target != nil && target.link == "" {
			return target
		}
	}
	return a
}

func (n *numbering) level(l *list, a *abstractList, i int) *listLevel {
	if l.override[i] != nil {
		return l.override[i]
	}
	return &a.levels[i]
}

func (n *numbering) start(l *list, a *abstractList, i int) int {
	if l.start[i] >= 0 {
		return l.start[i]
	}
	return n.level(l, a, i).start
}

// label is a paragraph's automatic number.
type label struct {
	text   string // "14-1."
	glued  bool   // nothing stands between it and the text
	bullet bool   // a sign that is no number; text is ""
	// unknown is a number format we do not write; figures stand in its place.
	unknown string
}

// next counts a paragraph and returns its number; ok is false where it has
// none.
func (n *numbering) next(p *paragraphProperties) (out label, ok bool) {
	l, at, ok := n.find(p)
	if !ok {
		return label{}, false
	}
	a := n.abstractOf(l)
	c := n.counters[l.abstract]
	if c == nil {
		c = &[levels]int{-1, -1, -1, -1, -1, -1, -1, -1, -1}
		n.counters[l.abstract] = c
	}
	switch {
	case l.start[at] >= 0 && !l.begun[at], c[at] < 0:
		c[at] = n.start(l, a, at)
	default:
		c[at]++
	}
	l.begun[at] = true
	for i := at + 1; i < levels; i++ {
		if r := n.level(l, a, i).restart; r < 0 || r > at {
			c[i] = -1
		}
	}

	v := n.level(l, a, at)
	out.glued = v.suffix == "nothing"
	if v.format == "bullet" || v.pictured {
		out.bullet = true
		return out, true
	}
	out.text = expand(v.text, func(i int) string {
		value := c[i]
		if value < 0 { // a level that no paragraph has used yet shows its start
			value = n.start(l, a, i)
		}
		format := n.level(l, a, i).format
		if v.arabic {
			format = "decimal"
		}
		s, known := formatNumber(format, value)
		if !known {
			out.unknown = format
		}
		return s
	})
	return out, true
}

// expand fills "%1" to "%9" in the text of a level.
func expand(text string, value func(level int) string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '%' && i+1 < len(text) && text[i+1] >= '1' && text[i+1] <= '9' {
			b.WriteString(value(int(text[i+1] - '1')))
			i++
			continue
		}
		b.WriteByte(text[i])
	}
	return b.String()
}
