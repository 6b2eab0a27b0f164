package campaign

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/boombuler/barcode/qr"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/read"
)

// SheetPage is paper to hang up and to sign: what is asked, where, and lines.
type SheetPage struct {
	page.Layout
	Heading read.Phrase
	Ask     read.Phrase
	Target  read.Phrase
	Address string // whole
	QR      Code
	Lines   []int
	Consent campaigns.ConsentForm
	PaidBy  read.Phrase // not Funder, which is the site's
	Back    string
	Version int // of the text: who types the sheet in has to know
	SHA256  string
}

// sheetLines fit under the text on a page of A4.
const sheetLines = 10

// Sheet shows it.
func (c *Collector) Sheet(w http.ResponseWriter, r *http.Request) error {
	v, err := c.asked(r)
	if err != nil {
		return err
	}
	p := SheetPage{Layout: c.layoutOf(r, v, "/sheet", v.loc.T("share.sheet")), Heading: v.said(v.text.Title), Ask: v.said(v.text.Ask),
		Target: v.said(v.text.Target), PaidBy: v.said(v.Funder), Back: v.at(""), Version: v.text.Version, SHA256: v.text.SHA256, Lines: make([]int, sheetLines)}
	p.Address = p.Origin + v.at("")
	if p.QR, err = code(p.Address); err != nil {
		return err
	}
	if p.Consent, _, err = v.consent(); err != nil {
		return err
	}
	for i := range p.Lines {
		p.Lines[i] = i + 1
	}
	return c.pages.Render(w, r, http.StatusOK, page.Fresh, v.ui, "campaign_sheet", p)
}

// Code is a QR code: a path of unit squares in a square of Size with the quiet
// zone of four that the standard asks for (ISO/IEC 18004).
type Code struct {
	Size int
	Path string
}

func code(text string) (Code, error) {
	const quiet = 4
	m, err := qr.Encode(text, qr.M, qr.Unicode)
	if err != nil {
		return Code{}, fmt.Errorf("qr: %w", err)
	}
	size := m.Bounds().Dx()
	var b strings.Builder
	for y := range size {
		for x := range size {
			if red, _, _, _ := m.At(x, y).RGBA(); red == 0 {
				fmt.Fprintf(&b, "M%d %dh1v1h-1z", x+quiet, y+quiet)
			}
		}
	}
	return Code{size + 2*quiet, b.String()}, nil
}

// AppealPage is a text for an appeal of one's own, which a state body must
// answer.
type AppealPage struct {
	page.Layout
	Heading read.Phrase
	Target  read.Phrase
	Text    string
	TextIn  read.Phrase // its language
	Law     Route
	Back    string
}

// Appeal shows it.
func (c *Collector) Appeal(w http.ResponseWriter, r *http.Request) error {
	v, err := c.asked(r)
	if err != nil {
		return err
	}
	p := AppealPage{Layout: c.layoutOf(r, v, "/appeal", v.loc.T("appeal.crumb")), Heading: v.said(v.text.Title), Target: v.said(v.text.Target), Law: c.route(v), Back: v.at("")}
	ask := v.said(v.text.Ask)
	words := c.pages.Locale(ask.Lang) // the frame of the text is in its language
	p.Text = words.T("appeal.text", "target", said(v.text.Target, ask.Lang).Text, "ask", ask.Text, "why", said(v.text.Story, ask.Lang).Text)
	p.TextIn = read.Phrase{Lang: ask.Lang}
	return c.pages.Render(w, r, http.StatusOK, page.Fresh, v.ui, "campaign_appeal", p)
}
