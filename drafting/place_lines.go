package drafting

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// oneLine is a place that is one line: of an article with one line of text, that
// line. ok is false where the place has several.
func (b *base) oneLine(at place) (line place, ok bool) {
	if text := b.textOf(at); at.unit != nil && at.unit.Kind == law.Article && at.to == text+1 {
		at.unit, at.from = b.all[text], text
	}
	return at, at.unit != nil && at.to == at.from+1
}

// textOf is where the text of a place begins: of an article, after its heading,
// which old files break over two lines («Статья 16. Обязательные экземпляры и» ·
// «хранение материалов»).
func (b *base) textOf(at place) int {
	u := at.unit
	switch {
	case u == nil || at.from != u.Index:
		return at.from
	case u.Kind == law.Preamble && TitleLine(b.doc) != "":
		from := at.from + 1
		for from < at.to && unended(b.all[from].Text) && strings.Contains(b.all[from].Text, "№") { // its requisites
			from++
		}
		return from
	case u.Kind != law.Article:
		return at.from
	}
	if len(u.Children) > 1 {
		if c := u.Children[0]; c.Kind == law.Part && startsLower(c.Text) && unended(c.Text) && unended(u.Text) {
			return c.Index + 1
		}
	}
	return at.from + 1
}

// begins reports whether a unit's own line is the first of its text. That of an
// article is its heading, but for articles without one: «Статья 9. Установить с 1
// января 2016 года:», or one that is all there is («Статья 2. Зал открыт.»).
func begins(u *law.Provision) bool {
	switch {
	case u.Kind == law.Annex:
		return false
	case u.Kind == law.Article:
		return strings.HasSuffix(u.Text, ":") || strings.HasSuffix(u.Text, ".") && len(u.Children) == 0 && u.NumberEnd() < len(u.Text)
	}
	return true
}

// parts are the parts of a place's unit: of a paragraph the first is its own
// line with the list that hangs on it.
func (b *base) parts(p place) (out []place) {
	u := p.unit
	open := place{unit: u, from: u.Index, to: p.to}
	started := begins(u) && p.from == u.Index
	text := b.textOf(p)
	for _, c := range u.Children {
		if c.Index >= p.to {
			break
		}
		if c.Index < text || c.Kind != law.Part && c.Kind != law.Paragraph && c.Kind != law.Remark {
			continue
		}
		if started {
			open.to = c.Index
			out = append(out, open)
		}
		started = c.Kind == law.Part
		open = place{unit: c, from: c.Index, to: p.to}
	}
	if started {
		out = append(out, open)
	}
	return out
}

// part finds «часть вторая». The numbered parts of codes («2. …») are our
// paragraphs.
func (b *base) part(p place, s law.Step) ([]place, *refusal) {
	var found []place
	if parts := b.parts(p); s.Ordinal == lastOrdinal {
		paragraphs := b.children(p, law.Paragraph)
		switch {
		case len(parts) > 0 && len(paragraphs) > 0:
			return nil, ambiguous(because("has_paragraphs"), p)
		case len(parts) > 0:
			found = parts[len(parts)-1:]
		case len(paragraphs) > 0:
			found = append(found, b.placeOf(paragraphs[len(paragraphs)-1]))
		}
	} else if s.Ordinal > 0 {
		if s.Ordinal <= len(parts) {
			found = append(found, parts[s.Ordinal-1])
		}
		if p.unit.Kind == law.Article {
			paragraphs := b.children(p, law.Paragraph)
			for _, u := range paragraphs {
				if u.Number == strconv.Itoa(s.Ordinal) {
					found = append(found, b.placeOf(u))
				}
			}
			if !b.code && len(found) > 0 && slices.ContainsFunc(paragraphs, hasParts) {
				return nil, ambiguous(because("part_or_paragraph"), found...)
			}
		}
	}
	return one(found, s)
}

// hasParts reports whether a paragraph has parts of its own: in a law «часть
// первая статьи 11» may then be said of one of them.
func hasParts(u *law.Provision) bool {
	return slices.ContainsFunc(u.Children, func(c *law.Provision) bool { return c.Kind == law.Part })
}

// textLines are the lines of a unit that indents count: its own one, and the
// unnumbered ones under it. listed is set where numbered units stand between
// them: whether indents count on past those is not certain.
func (b *base) textLines(p place) (lines []*law.Provision, listed map[*law.Provision]bool) {
	listed = map[*law.Provision]bool{}
	numbers := false
	for _, u := range b.all[p.from:p.to] {
		switch {
		case u != p.unit && u.Index < b.textOf(p):
		case u == p.unit:
			if begins(u) {
				lines = append(lines, u)
			}
		case u.Number != "":
			numbers = true
		case u.Kind == law.Indent || u.Kind == law.Part:
			if underNumbered(u, p.unit) {
				continue
			}
			lines = append(lines, u)
			listed[u] = numbers
		}
	}
	return lines, listed
}

// underNumbered reports whether a numbered unit stands between u and top. What
// goes on with part one of an article hangs on the article itself.
func underNumbered(u, top *law.Provision) bool {
	for q := u.Parent; q != nil && q != top && q != top.Parent; q = q.Parent {
		if q.Number != "" {
			return true
		}
	}
	return false
}

func (b *base) indent(p place, s law.Step) ([]place, *refusal) {
	lines, listed := b.textLines(p)
	if s.Ordinal == lastOrdinal {
		if n := len(lines); n == 0 || lines[n-1].Index+1 != p.to {
			return nil, ambiguous(because("numbered_after"), p)
		}
		s.Ordinal = len(lines)
	}
	var found []place
	if s.Ordinal > 0 && s.Ordinal <= len(lines) {
		u := lines[s.Ordinal-1]
		at := place{unit: u, from: u.Index, to: u.Index + 1}
		if listed[u] {
			return nil, ambiguous(because("numbered_before"), at)
		}
		found = append(found, at)
	}
	for _, u := range p.unit.Children {
		if u.Kind == law.Indent && u.Ordinal == s.Ordinal && u.Index < p.to && b.textOf(p) <= p.from+1 && (len(found) == 0 || found[0].unit != u) {
			found = append(found, place{unit: u, from: u.Index, to: u.Index + 1})
		}
	}
	numbers := func(u *law.Provision) bool { return u != p.unit && u.Number != "" }
	if len(found) == 0 && slices.ContainsFunc(b.all[p.from:p.to], numbers) {
		return nil, notFound(because("indents_fewer", unitName(s), strconv.Itoa(len(lines))))
	}
	return one(found, s)
}
