package read

import (
	"regexp"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// heading is the text of a provision taken apart for the page: the word and the
// number hang in the margin, the title stands in the column. Joined, the parts
// are the text again.
type heading struct {
	Before string // «Статья », «»
	Number string // «14-1»
	After  string // «. », «-бап. »
	Title  string
}

// Word is what the unit is called in the text itself: «Статья», «бап», "Article".
func (h heading) Word() string {
	if w := strings.TrimSpace(h.Before); w != "" {
		return w
	}
	return strings.Trim(h.After, " .-–\u2011")
}

// Joint is what stands between the number and the word where the word follows:
// the hyphen of «17-бап».
func (h heading) Joint() string {
	i := strings.Index(h.After, h.Word())
	if !h.Postfixed() || i < 0 {
		return ""
	}
	return h.After[:i]
}

// End is the sign after number and word: «. ».
func (h heading) End() string {
	if !h.Postfixed() {
		return h.After
	}
	return strings.TrimPrefix(h.After, h.Joint()+h.Word())
}

// Postfixed tells whether the word follows the number, as in Kazakh.
func (h heading) Postfixed() bool { return strings.TrimSpace(h.Before) == "" }

var (
	wordFirst   = regexp.MustCompile(`^((?:\p{L}+ )+?)([0-9IVXLCІХ]+(?:-[0-9]+)*)(\s*[.:]?(?:\s+|$))(.*)$`)
	numberFirst = regexp.MustCompile(`^()([0-9IVXLCІХ]+(?:-[0-9]+)*)(\s*[-–\x{2011}]?\s*\p{L}+\s*[.:]?(?:\s+|$))(.*)$`)
)

// headingOf takes the heading of an article, chapter or the like apart. What
// does not look like one is all title.
func headingOf(p *law.Provision) heading {
	for _, form := range []*regexp.Regexp{wordFirst, numberFirst} {
		if m := form.FindStringSubmatch(p.Text); m != nil && p.Number != "" {
			return heading{m[1], m[2], m[3], m[4]}
		}
	}
	return heading{Title: p.Text}
}

// cut parts the number a paragraph or subparagraph begins with («4.», «1)»,
// «3)-6)») from its words. Number, a blank where there was one, and the words
// are the text again.
func cut(p *law.Provision) (number, text string) {
	if p.Number == "" || (p.Kind != law.Paragraph && p.Kind != law.Subparagraph) {
		return "", p.Text
	}
	m := hanging.FindStringSubmatch(p.Text)
	if m == nil {
		return "", p.Text
	}
	return m[1], m[2]
}

var hanging = regexp.MustCompile(`^((?:\(?[0-9]+(?:-[0-9]+)*[.)]?\s?[-–,]?\s?)*\(?[0-9]+(?:-[0-9]+)*[.)])\s*(.*)$`)
