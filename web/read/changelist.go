package read

import "github.com/tuzetu/tuzetu/law"

// Item is a change in the list of changes.
type Item struct {
	N         int // 0 for a technical one
	Href      string
	Cite      string
	Signs     []Sign
	Technical bool
}

// ItemGroup is the changes below one heading of the law; Title is "" where they
// stand below none.
type ItemGroup struct {
	Title string
	Items []Item
	Open  bool
}

// openItems is up to how many changes the list shows every chapter unfolded.
const openItems = 40

// list lists the changes of every page, by chapter.
func (w writer) list() []ItemGroup {
	var out []ItemGroup
	n := 0
	for _, ch := range w.c.list {
		if w.hide && ch.technical {
			continue
		}
		it := Item{Href: w.here(entryID(ch)), Cite: w.citeChange(ch), Signs: w.signs(ch), Technical: ch.technical}
		if !ch.technical {
			n++
			it.N = n
		}
		title := chapterOf(oneOf(ch.pairs[0]))
		if k := len(out); k == 0 || out[k-1].Title != title {
			out = append(out, ItemGroup{Title: title, Open: len(w.c.list) <= openItems})
		}
		g := &out[len(out)-1]
		g.Items = append(g.Items, it)
	}
	return out
}

// chapterOf is the nearest heading above the articles that a provision stands
// below; "" where there is none.
func chapterOf(p *law.Provision) string {
	for ; p != nil; p = p.Parent {
		if grand(p.Kind) {
			return p.Text
		}
	}
	return ""
}
