package page

import (
	"html/template"
	"regexp"
	"strings"
)

// actNumber is the number of an act, with its sign or without: «№ 231-VIII».
var actNumber = regexp.MustCompile(`№[ \x{00a0}]?[0-9]+(?:-[0-9IVXLCІХ]+)?|\b[0-9]+-[IVXLC]+\b`)

// whole writes a text so that no line breaks inside the number of an act. Only
// layout changes: what is copied from the page is the text itself.
func whole(text string) template.HTML {
	if !strings.Contains(text, "№") && !strings.Contains(text, "-I") && !strings.Contains(text, "-V") && !strings.Contains(text, "-X") {
		return template.HTML(template.HTMLEscapeString(text))
	}
	var b strings.Builder
	for {
		at := actNumber.FindStringIndex(text)
		if at == nil {
			break
		}
		b.WriteString(template.HTMLEscapeString(text[:at[0]]))
		b.WriteString(`<span class="nb">` + template.HTMLEscapeString(text[at[0]:at[1]]) + `</span>`)
		text = text[at[1]:]
	}
	b.WriteString(template.HTMLEscapeString(text))
	return template.HTML(b.String())
}
