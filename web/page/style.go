package page

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"html/template"
	"regexp"
)

// style is the style sheet inside every page. Whole, it is 8 KB on the wire:
// less than what a slow line brings in the one round trip (150 ms) that a file
// of its own would cost before anything can be shown, and nothing moves when the
// rest of it comes, as there is no rest. The policy names it by its hash, so no
// other inline style holds.
//
// A sheet that only some pages need is a file outside css/ with a link.
type style struct {
	element template.HTML
	source  string // for style-src
}

var (
	cssComment = regexp.MustCompile(`/\*[^*]*\*+(?:[^/*][^*]*\*+)*/`)
	cssIndent  = regexp.MustCompile(`\s*\n\s*`)
)

func newStyle(css []byte) style {
	css = cssIndent.ReplaceAll(cssComment.ReplaceAll(css, nil), []byte("\n"))
	css = bytes.TrimSpace(css)
	sum := sha256.Sum256(css)
	return style{
		element: template.HTML("<style>" + string(css) + "</style>"),
		source:  "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'",
	}
}

// StyleSource names the style sheet of the pages in a policy (style-src).
func (a *Assets) StyleSource() string { return a.style.source }
