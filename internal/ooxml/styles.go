package ooxml

import "strings"

// style is one entry of styles.xml.
type style struct {
	id, name, basedOn string
	outline           int // as in paragraphProperties
	list              listReference
	run               runProperties
}

// styles are those of a document, by id.
type styles struct {
	byID     map[string]*style
	standard string // the id of the paragraph style of paragraphs that name none
}

func readStyles(a *archive, part string) (*styles, error) {
	s := &styles{byID: map[string]*style{}}
	if part == "" {
		return s, nil
	}
	f, err := a.open(part)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	x := newXMLReader(f, part)
	return s, x.root(func(e element) error {
		if e.space != word || e.name != "style" {
			return x.skip()
		}
		st := &style{id: e.attr("styleId"), outline: -1, list: listReference{num: -1, level: -1}}
		if e.attr("type") == "paragraph" && e.attr("default") != "" && e.attr("default") != "0" {
			s.standard = st.id
		}
		s.byID[st.id] = st
		return x.children(func(e element) (err error) {
			switch e.name {
			case "name":
				st.name = strings.ToLower(e.attr("val"))
			case "basedOn":
				st.basedOn = e.attr("val")
			case "rPr":
				st.run, err = x.runProperties()
				return err
			case "pPr":
				p, err := x.paragraphProperties()
				st.outline, st.list = p.outline, p.list
				return err
			}
			return x.skip()
		})
	})
}

// chain visits a style and those it is based on, nearest first, until visit
// says it has found what it looked for.
func (s *styles) chain(id string, visit func(*style) (found bool)) {
	for range 30 { // styles based on one another in a circle end here
		st := s.byID[id]
		if st == nil || visit(st) {
			return
		}
		id = st.basedOn
	}
}

// paragraph is the style of a paragraph that names id.
func (s *styles) paragraph(id string) string {
	if id == "" || s.byID[id] == nil {
		return s.standard
	}
	return id
}

// switched resolves a switch of a run: its own word, then its character
// style's, then its paragraph style's.
func (s *styles) switched(own *bool, run, paragraph string, of func(*runProperties) *bool) bool {
	if own != nil {
		return *own
	}
	on := false
	for _, id := range [...]string{run, paragraph} {
		found := false
		s.chain(id, func(st *style) bool {
			if b := of(&st.run); b != nil {
				on, found = *b, true
			}
			return found
		})
		if found {
			break
		}
	}
	return on
}

func (s *styles) bold(p *runProperties, paragraph string) bool {
	return s.switched(p.bold, p.style, paragraph, func(p *runProperties) *bool { return p.bold })
}

func (s *styles) hidden(p *runProperties, paragraph string) bool {
	return s.switched(p.vanish, p.style, paragraph, func(p *runProperties) *bool { return p.vanish })
}

// level is the heading level of a paragraph, 0 for text.
func (s *styles) level(p *paragraphProperties) int {
	level := p.outline
	s.chain(s.paragraph(p.style), func(st *style) bool {
		if level < 0 {
			level = st.outline
		}
		// Built-in heading styles may leave their level unsaid.
		if n, ok := strings.CutPrefix(st.name, "heading "); ok && level < 0 {
			level = number(n, 0)
		}
		return level >= 0
	})
	return max(level, 0)
}

// named reports whether a style or one it is based on has a built-in name that
// begins so. Built-in names are English in every language of Word.
func (s *styles) named(id, prefix string) bool {
	found := false
	s.chain(id, func(st *style) bool {
		found = strings.HasPrefix(st.name, prefix)
		return found
	})
	return found
}
