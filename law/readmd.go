package law

import (
	"io"
	"regexp"
	"strings"
)

// ReadMarkdown reads the Markdown form of a law: "# title", "##" and deeper for
// headings, "**…**" for articles, "> *…*" for notes, "<a id=…>" for anchors,
// "| a | b |" for rows of tables. Marks and escapes are removed, nothing else.
// It also reads what Document.Markdown writes.
func ReadMarkdown(r io.Reader) (title string, lines []Line, err error) {
	raw, err := readLines(r)
	if err != nil {
		return "", nil, err
	}
	open := false // the paragraph goes on until an empty line
	anchor := ""
	for i, l := range raw {
		text, mark, id := markdownLine(l)
		if id != "" {
			anchor = id
		}
		if text == "" {
			open = open && id != ""
			continue
		}
		if mark == Title && title == "" && len(lines) == 0 {
			title, _ = inline(text)
			open = false
			continue
		}
		if n := len(lines); n > 0 && open && joins(lines[n-1], mark, text) {
			lines[n-1].Text += " " + text
			lines[n-1].To = i + 1
			continue
		}
		if mark == Title {
			mark = Heading
		}
		lines = append(lines, Line{Text: text, From: i + 1, To: i + 1, Mark: mark, Anchor: anchor})
		anchor, open = "", true
	}
	kept := lines[:0]
	for _, l := range lines {
		if l.Text, l.Links = inline(l.Text); l.Text != "" {
			kept = append(kept, l)
		}
	}
	if len(kept) == 0 && title == "" {
		return "", nil, ErrEmpty
	}
	return title, kept, nil
}

// joins reports whether a line goes on with the paragraph before it: the same
// kind of block, and nothing that begins a unit.
func joins(before Line, mark Mark, text string) bool {
	return mark == before.Mark && mark != TableMark && mark != Heading &&
		classify(Line{Text: dropEscapes(text), Mark: mark}).what == isPlain
}

var (
	mdAnchor = regexp.MustCompile(`<a (?:id|name)="([^"]*)">(?:</a>)?`)
	mdRule   = regexp.MustCompile(`^\|[\s:|-]+\|$|^(?:-{3,}|\*{3,}|_{3,})$`)
	mdLink   = regexp.MustCompile(`\[((?:[^\[\]\\]|\\.)*)\]\(((?:[^()\s\\]|\\.)*)\)`)
)

// markdownLine takes the block marks off one line.
func markdownLine(l string) (text string, mark Mark, anchor string) {
	s := strings.TrimSpace(l)
	if strings.Contains(s, "<a ") {
		if m := mdAnchor.FindStringSubmatch(s); m != nil {
			anchor = m[1]
			s = strings.TrimSpace(strings.Replace(s, m[0], "", 1))
		}
	}
	switch {
	case s == "", strings.HasPrefix(s, "<!--") && strings.HasSuffix(s, "-->"):
		return "", Plain, anchor
	case strings.IndexByte("|-*_", s[0]) >= 0 && mdRule.MatchString(s):
		return "", Plain, anchor
	case strings.HasPrefix(s, "#"):
		t := strings.TrimLeft(s, "#")
		if !strings.HasPrefix(t, " ") && t != "" {
			break
		}
		mark = Heading
		if len(s)-len(t) == 1 {
			mark = Title
		}
		return strings.TrimSpace(t), mark, anchor
	case strings.HasPrefix(s, ">"):
		t := strings.TrimSpace(strings.TrimLeft(s, "> "))
		return unwrap(t, "*"), NoteMark, anchor
	case strings.HasPrefix(s, "|") && strings.HasSuffix(s, "|") && len(s) > 1:
		cells := splitCells(s[1 : len(s)-1])
		for i, c := range cells {
			cells[i] = strings.TrimSpace(c)
		}
		return strings.Join(cells, " | "), TableMark, anchor
	case len(s) > 4 && strings.HasPrefix(s, "**") && strings.HasSuffix(s, "**"):
		return unwrap(s, "**"), Bold, anchor
	}
	return s, Plain, anchor
}

func unwrap(s, mark string) string {
	if len(s) > 2*len(mark) && strings.HasPrefix(s, mark) && strings.HasSuffix(s, mark) {
		return strings.TrimSpace(s[len(mark) : len(s)-len(mark)])
	}
	return s
}

// splitCells parts a row at its bars; an escaped bar is text.
func splitCells(s string) []string {
	var cells []string
	from := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '|':
			cells = append(cells, s[from:i])
			from = i + 1
		}
	}
	return append(cells, s[from:])
}

// dropEscapes removes the backslash before a Markdown sign.
func dropEscapes(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && strings.IndexByte(markdownSigns, s[i+1]) >= 0 {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

const markdownSigns = "\\`*_{}[]()<>#+-.!|~"

// inline reads what stands inside a paragraph: [text](href) becomes its text and
// a Link, escapes are removed.
func inline(s string) (string, []Link) {
	if !strings.Contains(s, "](") {
		if strings.Contains(s, `\`) {
			s = dropEscapes(s)
		}
		return Squeeze(s), nil
	}
	var b strings.Builder
	var links []Link
	at := 0
	for _, m := range mdLink.FindAllStringSubmatchIndex(s, -1) {
		if m[0] > 0 && s[m[0]-1] == '\\' {
			continue
		}
		text := dropEscapes(s[m[2]:m[3]])
		links = append(links, Link{Text: Squeeze(text), Href: dropEscapes(s[m[4]:m[5]])})
		b.WriteString(dropEscapes(s[at:m[0]]) + text)
		at = m[1]
	}
	b.WriteString(dropEscapes(s[at:]))
	return Squeeze(b.String()), links
}
