package merge

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// Resolve makes the merged text with a choice for each conflict, in the order of
// Conflicts. It fails with ErrUndecided, and never decides by itself; without
// conflicts no choice is needed.
func (r *Result) Resolve(choices ...Choice) (*Text, error) {
	for i := range r.Conflicts {
		if i >= len(choices) || !slices.Contains([]Take{Mine, Theirs, Both, Own}, choices[i].Take) {
			return nil, fmt.Errorf("conflict %d of %d: %w", i+1, len(r.Conflicts), ErrUndecided)
		}
	}
	w := &writer{r: r}
	for k := range w.now {
		w.now[k] = map[int]int{}
	}
	for _, node := range r.order(choices) {
		w.write(node, choices)
	}
	return w.finish(), nil
}

// writer puts the merged text together and remembers where each line went.
type writer struct {
	r     *Result
	lines []law.Line
	// now is the merged line of each line of mine, of theirs and of the base.
	now [3]map[int]int
}

const ofBase = 2

// write writes what stands at a node: the lines of a cluster stand together
// where the first of them does.
func (w *writer) write(node int, choices []Choice) {
	r := w.r
	c := r.plan[r.nodes.root(node)]
	here := func(k int) bool { return len(c.lines[k]) > 0 && r.nodes.of[k][c.lines[k][0]] == node }
	var choice Choice
	if c.conflict >= 0 {
		choice = choices[c.conflict]
	}
	switch {
	case choice.Take == Own:
		if here(0) || len(c.lines[0]) == 0 && here(1) {
			w.own(c, choice.Lines)
		}
		return
	case c.joined:
		if node == c.base[0] {
			w.joined(c)
		}
		return
	case c.conflict < 0:
		if here(c.take) {
			w.side(c, c.take)
		}
		return
	}
	if here(0) && choice.Take != Theirs {
		w.side(c, 0)
	}
	if here(1) && choice.Take != Mine {
		w.side(c, 1)
	}
}

func (w *writer) joined(c *cluster) {
	b := c.base[0]
	mine, theirs := w.r.sides[0].to[b][0], w.r.sides[1].to[b][0]
	l := w.r.sides[0].lines[mine]
	l.Text = c.text
	l.Links = nil
	for _, link := range append(slices.Clone(w.r.sides[0].lines[mine].Links), w.r.sides[1].lines[theirs].Links...) {
		if strings.Contains(l.Text, link.Text) && !slices.Contains(l.Links, link) {
			l.Links = append(l.Links, link)
		}
	}
	slices.SortStableFunc(l.Links, func(a, b law.Link) int {
		return strings.Index(l.Text, a.Text) - strings.Index(l.Text, b.Text)
	})
	w.now[0][mine], w.now[1][theirs], w.now[ofBase][b] = len(w.lines), len(w.lines), len(w.lines)
	w.lines = append(w.lines, l)
}

func (w *writer) side(c *cluster, k int) {
	for _, i := range c.lines[k] {
		w.now[k][i] = len(w.lines)
		w.lines = append(w.lines, w.r.sides[k].lines[i])
	}
}

// own writes the lines of a choice; they are set as the lines they stand for.
func (w *writer) own(c *cluster, lines []string) {
	k := 0
	if len(c.lines[0]) == 0 {
		k = 1
	}
	for _, text := range lines {
		if text = law.Squeeze(text); text == "" {
			continue
		}
		l := law.Line{Text: text}
		if len(c.lines[k]) > 0 {
			was := w.r.sides[k].lines[c.lines[k][0]]
			l.Mark = was.Mark
			if _, written := w.now[k][c.lines[k][0]]; !written {
				w.now[k][c.lines[k][0]] = len(w.lines)
				l.Anchor = was.Anchor
			} else if l.Mark != law.NoteMark && l.Mark != law.TableMark {
				l.Mark = law.Plain
			}
		}
		w.lines = append(w.lines, l)
	}
}

func (w *writer) finish() *Text {
	r := w.r
	for i := range w.lines {
		w.lines[i].From, w.lines[i].To = i+1, i+1
	}
	doc := law.Build(r.base.doc.Lang, r.title(), w.lines)
	at := make([]law.Address, len(w.lines))
	for _, p := range doc.Provisions {
		at[p.From-1] = p.Address
	}
	w.follow()
	t := &Text{Document: doc}
	maps := [...]*map[law.Address]law.Address{&t.Mine, &t.Theirs, &t.Base}
	for k, from := range [...]*text{r.sides[0].text, r.sides[1].text, r.base} {
		m := make(map[law.Address]law.Address, len(w.now[k]))
		for i, now := range w.now[k] {
			if from.provisions[i] != nil && at[now] != "" {
				m[from.provisions[i].Address] = at[now]
			}
		}
		*maps[k] = m
	}
	for _, p := range doc.Provisions {
		if a := p.Address; strings.Contains(string(a), "~") && r.base.doc.Find(a) == nil &&
			r.sides[0].doc.Find(a) == nil && r.sides[1].doc.Find(a) == nil {
			t.Doubled = append(t.Doubled, a)
		}
	}
	return t
}

// follow finds where lines went of which another text's wording was taken: by
// the line of the base they share, else with the first line of their cluster.
func (w *writer) follow() {
	r := w.r
	for _, c := range r.plan {
		if c == nil {
			continue
		}
		for k, s := range r.sides {
			for _, i := range c.lines[k] {
				if now, ok := w.now[k][i]; ok {
					for _, b := range s.from[i] {
						if _, ok := w.now[ofBase][b]; !ok {
							w.now[ofBase][b] = now
						}
					}
				}
			}
		}
		first, stands := 0, false
		for k := range r.sides {
			if len(c.lines[k]) > 0 && !stands {
				first, stands = w.at(k, c.lines[k][0])
			}
		}
		for k, s := range r.sides {
			for place, i := range c.lines[k] {
				if _, ok := w.now[k][i]; ok {
					continue
				}
				if s.from[i] != nil {
					if now, ok := w.now[ofBase][s.from[i][0]]; ok {
						w.now[k][i] = now
						continue
					}
				}
				if place == 0 && stands {
					w.now[k][i] = first
				}
			}
		}
		if len(c.base) > 0 && stands {
			if _, ok := w.now[ofBase][c.base[0]]; !ok {
				w.now[ofBase][c.base[0]] = first
			}
		}
	}
}

func (w *writer) at(k, line int) (now int, ok bool) {
	now, ok = w.now[k][line]
	return now, ok
}

// title is the one that a side gave, or that of the base.
func (r *Result) title() string {
	base := r.base.doc.Title
	if t := r.sides[0].doc.Title; t != base {
		return t
	}
	return r.sides[1].doc.Title
}
