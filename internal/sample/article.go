package sample

import (
	"fmt"
	"html"
	"regexp"
	"strconv"
	"strings"
)

// indent opens every paragraph of an official page: the site knows no style.
const indent = "\u00a0\u00a0\u00a0\u00a0\u00a0 "

// article writes a Markdown text of ours as the inside of the article element
// of an adilet page. The markup is kept with its habits: a note is a run of
// spans whose links stand outside them, notices are red and stand in no
// paragraph once the law has begun, the anchor of a paragraph moves into the
// notice before it, and only numbered paragraphs have an id.
func article(markdown string) string {
	a := articleWriter{}
	for _, block := range strings.Split(markdown, "\n\n") {
		a.block(strings.TrimSpace(block))
	}
	return a.out.String()
}

type articleWriter struct {
	out     strings.Builder
	begun   bool   // a line of law has been written
	red     bool   // the last block was a red notice
	article int    // anchor number of the article we are in
	notice  string // a notice not written yet: its anchor is that of the next paragraph
}

func (a *articleWriter) block(s string) {
	heading := strings.TrimLeft(s, "#")
	switch {
	case s == "" || strings.HasPrefix(s, "# ") || strings.HasPrefix(s, "<a id="):
		return // the title stands in the page's header, anchors are made anew
	case strings.HasPrefix(s, "> *"):
		a.note(strings.TrimSuffix(strings.TrimPrefix(s, "> *"), "*"))
		return
	}
	id := a.anchor(strings.Trim(heading, "* "))
	a.flushNotice(&id)
	a.begun, a.red = true, false
	switch {
	case strings.HasPrefix(s, "####"), strings.HasPrefix(s, "**"):
		name := ""
		if id != "" {
			name = `<a name="` + id + `"></a>`
		}
		fmt.Fprintf(&a.out, "<p><b>%s%s</b></p>\n", name, inline(strings.Trim(heading, "* ")))
	case strings.HasPrefix(s, "#"):
		fmt.Fprintf(&a.out, "<h3%s> %s</h3>\n", attr(id), inline(strings.TrimSpace(heading)))
	case strings.HasPrefix(s, "|"):
		a.table(s)
	default:
		fmt.Fprintf(&a.out, "<p%s>\n%s%s</p>\n", attr(id), indent, inline(strings.ReplaceAll(s, `\)`, ")")))
	}
}

// note writes «Сноска.» as spans, «Примечание ИЗПИ!» and what it announces in
// red. A text that ends in "!" is the announcement.
func (a *articleWriter) note(s string) {
	if announces := strings.HasSuffix(s, "!"); announces || a.red && a.notice != "" {
		a.red = true
		font := `<font color="#FF0000">` + indent
		switch {
		case !a.begun:
			fmt.Fprintf(&a.out, "<p>\n%s%s</font><br>\n</p>\n", font, inline(s))
		case announces:
			a.notice = font + anchorPlace + inline(s) + "</font><br>\n"
		default:
			a.notice += font + inline(s) + "</font><br>\n"
		}
		return
	}
	a.red = false
	a.out.WriteString(`<span class="note">` + indent + outsideSpan.Replace(inline(s)) + "</span><br>\n")
}

const anchorPlace = "\x00"

// flushNotice writes a notice that waits for the paragraph after it and takes
// that paragraph's anchor.
func (a *articleWriter) flushNotice(id *string) {
	if a.notice == "" {
		return
	}
	name := ""
	if *id != "" {
		name = `<a name="` + *id + `"></a>`
	}
	a.out.WriteString(strings.ReplaceAll(a.notice, anchorPlace, name))
	a.notice, *id = "", ""
}

func (a *articleWriter) table(s string) {
	a.out.WriteString(`<table border="1" cellspacing="0" cellpadding="5"><tbody>`)
	for _, row := range strings.Split(s, "\n") {
		if strings.HasPrefix(row, "|-") {
			continue
		}
		a.out.WriteString("<tr>")
		for _, cell := range strings.Split(strings.Trim(row, "|"), "|") {
			fmt.Fprintf(&a.out, "<td><p>%s</p></td>", inline(strings.TrimSpace(cell)))
		}
		a.out.WriteString("</tr>\n")
	}
	a.out.WriteString("</tbody></table>\n")
}

var (
	articleForm   = regexp.MustCompile(`^(?:Статья|Article) (\d+)(?:-(\d+))?\.|^(\d+)(?:-(\d+))?-бап\s?\.`)
	chapterForm   = regexp.MustCompile(`^(?:(?:Глава|Chapter) (\d+)\.|(\d+)-тарау)`)
	paragraphForm = regexp.MustCompile(`^(\d+)(?:-(\d+))?\. `)
)

// anchor numbers a line so that editions agree: an inserted unit gets a high
// number of its own, and the numbers are not in the order of the text, as on
// the official site. Lines other than chapters, articles and paragraphs have no
// anchor.
func (a *articleWriter) anchor(line string) string {
	switch {
	case chapterForm.MatchString(line):
		m := chapterForm.FindStringSubmatch(line)
		return "z" + strconv.Itoa(9000+number(m[1]+m[2], ""))
	case articleForm.MatchString(line):
		m := articleForm.FindStringSubmatch(line)
		a.article = number(m[1]+m[3], m[2]+m[4])
		return "z" + strconv.Itoa(a.article)
	case paragraphForm.MatchString(line):
		m := paragraphForm.FindStringSubmatch(line)
		return "z" + strconv.Itoa(100*a.article+number(m[1], m[2]))
	}
	return ""
}

// number makes one number of "7" and "1": 57.
func number(main, inserted string) int {
	n, _ := strconv.Atoi(main)
	m, _ := strconv.Atoi(inserted)
	return n + 50*m
}

func attr(id string) string {
	if id == "" {
		return ""
	}
	return ` id="` + id + `"`
}

var (
	mdLink      = regexp.MustCompile(`\[([^\]]+)\]\(([^)]+)\)`)
	outsideSpan = strings.NewReplacer(`<a href=`, `</span><a href=`, `</a>`, `</a><span class="note">`)
)

// inline escapes a text of ours and turns its links into elements.
func inline(s string) string {
	return mdLink.ReplaceAllString(html.EscapeString(s), `<a href="$2">$1</a>`)
}
