package law

import "strings"

// Markdown writes the document so that ReadMarkdown reads the same tree back:
// the same addresses, kinds, texts, notes and links.
func (d *Document) Markdown() string {
	var b strings.Builder
	if d.Title != "" {
		b.WriteString("# " + escape(d.Title) + "\n\n")
	}
	d.each(func(p *Provision, n *Note) {
		if n != nil {
			b.WriteString("> *" + withLinks(n.Text, n.Links) + "*\n\n")
			return
		}
		if p.Anchor != "" {
			b.WriteString(`<a id="` + p.Anchor + "\"></a>\n\n")
		}
		text := withLinks(p.Text, p.Links)
		switch p.Kind {
		case Section, Subsection, Chapter, Division, Annex:
			text = strings.Repeat("#", min(2+p.Depth, 6)) + " " + text
		case Article, Signature:
			text = "**" + text + "**"
		case Text: // what the source set as a heading must read back as one
			switch p.Mark {
			case Heading:
				text = "## " + text
			case Bold:
				text = "**" + text + "**"
			default:
				text = guard(text)
			}
		case Table:
			text = "| " + text + " |"
		default:
			text = guard(text)
		}
		b.WriteString(text + "\n\n")
	})
	return b.String()
}

// PlainText writes the document as a .txt: one paragraph a line, notes in their
// places, no title.
func (d *Document) PlainText() string {
	var b strings.Builder
	d.each(func(p *Provision, n *Note) {
		if n != nil {
			b.WriteString(n.Text + "\n")
			return
		}
		b.WriteString(p.Text + "\n")
	})
	return b.String()
}

// Lines are the lines of the document in the order of the text, numbered from 1,
// as Build takes them: they make the same tree again.
func (d *Document) Lines() []Line {
	out := make([]Line, 0, len(d.Provisions)+len(d.Notes))
	d.each(func(p *Provision, n *Note) {
		l := Line{From: len(out) + 1, To: len(out) + 1}
		if n != nil {
			l.Text, l.Mark, l.Links = n.Text, NoteMark, n.Links
		} else {
			l.Text, l.Mark, l.Anchor, l.Links = p.Text, p.Mark, p.Anchor, p.Links
		}
		out = append(out, l)
	})
	return out
}

// each visits provisions and notes in the order of the text.
func (d *Document) each(visit func(*Provision, *Note)) {
	next := 0
	for i := 0; i <= len(d.Provisions); i++ {
		for next < len(d.Notes) && d.Notes[next].After <= i {
			visit(nil, &d.Notes[next])
			next++
		}
		if i < len(d.Provisions) {
			visit(d.Provisions[i], nil)
		}
	}
}

// withLinks escapes a text and puts its links back on their words.
func withLinks(text string, links []Link) string {
	var b strings.Builder
	for _, l := range links {
		i := strings.Index(text, l.Text)
		if i < 0 || l.Text == "" {
			continue
		}
		b.WriteString(escape(text[:i]) + "[" + escape(l.Text) + "](" + escapeHref(l.Href) + ")")
		text = text[i+len(l.Text):]
	}
	b.WriteString(escape(text))
	return b.String()
}

var markdownEscapes = strings.NewReplacer(`\`, `\\`, "`", "\\`", `*`, `\*`, `_`, `\_`, `[`, `\[`, `]`, `\]`, `<`, `\<`, `|`, `\|`)

func escape(s string) string { return markdownEscapes.Replace(s) }

var hrefEscapes = strings.NewReplacer(`\`, `\\`, `(`, `\(`, `)`, `\)`, ` `, "%20")

func escapeHref(s string) string { return hrefEscapes.Replace(s) }

// guard escapes a sign at the start of a paragraph that Markdown would read as
// a mark.
func guard(s string) string {
	if s != "" && strings.IndexByte("#>+-~", s[0]) >= 0 {
		return `\` + s
	}
	return s
}
