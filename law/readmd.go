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
		text, links := markdownLinks(text)
		text = Squeeze(text)
		if text == "" {
			open = open && id != ""
			continue
		}
		if mark == Title && title == "" && len(lines) == 0 {
			title = text
			open = false
			continue
		}
		if n := len(lines); n > 0 && open && mark == lines[n-1].Mark && mark != TableMark && mark != Heading && classify(Line{Text: text, Mark: mark}).what == isPlain {
			last := &lines[n-1]
			last.Text += " " + text
			last.To = i + 1
			last.Links = append(last.Links, links...)
			continue
		}
		if mark == Title {
			mark = Heading
		}
		lines = append(lines, Line{Text: text, From: i + 1, To: i + 1, Mark: mark, Anchor: anchor, Links: links})
		anchor, open = "", true
	}
	if len(lines) == 0 && title == "" {
		return "", nil, ErrEmpty
	}
	return title, lines, nil
}

var (
	mdAnchor = regexp.MustCompile(`<a (?:id|name)="([^"]*)">(?:</a>)?`)
	mdRule   = regexp.MustCompile(`^\|[\s:|-]+\|$`)
	mdLink   = regexp.MustCompile(`\[((?:[^\[\]\\]|\\.)*)\]\(((?:[^()\s\\]|\\.)*)\)`)
)

// markdownLine takes the block marks off one line.
func markdownLine(l string) (text string, mark Mark, anchor string) {
	s := strings.TrimSpace(l)
	if m := mdAnchor.FindStringSubmatch(s); m != nil {
		anchor = m[1]
		s = strings.TrimSpace(strings.Replace(s, m[0], "", 1))
	}
	switch {
	case strings.HasPrefix(s, "#"):
		t := strings.TrimLeft(s, "#")
		if !strings.HasPrefix(t, " ") && t != "" {
			break
		}
		mark = Heading
		if len(s)-len(t) == 1 {
			mark = Title
		}
		return strings.TrimSpace(unescape(t)), mark, anchor
	case strings.HasPrefix(s, ">"):
		t := strings.TrimSpace(strings.TrimLeft(s, "> "))
		return unescape(unwrap(t, "*")), NoteMark, anchor
	case strings.HasPrefix(s, "|") && strings.HasSuffix(s, "|") && len(s) > 1:
		if mdRule.MatchString(s) {
			return "", Plain, anchor
		}
		cells := splitCells(s[1 : len(s)-1])
		for i, c := range cells {
			cells[i] = unescape(strings.TrimSpace(c))
		}
		return strings.Join(cells, " | "), TableMark, anchor
	case len(s) > 4 && strings.HasPrefix(s, "**") && strings.HasSuffix(s, "**"):
		return unescape(unwrap(s, "**")), Bold, anchor
	}
	return unescape(s), Plain, anchor
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

// unescape removes the backslash before a Markdown sign; links keep theirs
// until they are read.
func unescape(s string) string {
	if !strings.Contains(s, `\`) || mdLink.MatchString(s) {
		return s
	}
	return dropEscapes(s)
}

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

// markdownLinks replaces [text](href) by its text.
func markdownLinks(s string) (string, []Link) {
	if !strings.Contains(s, "](") {
		return s, nil
	}
	var links []Link
	out := mdLink.ReplaceAllStringFunc(s, func(m string) string {
		p := mdLink.FindStringSubmatch(m)
		text := dropEscapes(p[1])
		links = append(links, Link{Text: Squeeze(text), Href: dropEscapes(p[2])})
		return text
	})
	return dropEscapes(out), links
}
