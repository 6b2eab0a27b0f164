// Package picture draws the card that stands for a page where its link is
// shared: a PNG of 1200 × 630 points, set in the project's own type. It is told
// what to show as words and strokes; it knows no law, no store and no address.
//
// A card is drawn in bounded time and memory whatever it is given: texts are
// cut to what a card could hold before they are measured.
package picture

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"math"

	"github.com/tuzetu/tuzetu/law"
)

// Size of every picture in points, as the sites that show them ask for.
const (
	Width  = 1200
	Height = 630
)

// Card is what a picture shows. Empty parts take no room.
type Card struct {
	Lang  law.Lang // of the words, for their letter forms
	Head  string   // small, above: the law
	Place string   // the place in it, which is never cut for the law's long title
	Title string   // large
	Words []Run    // a redline, as large as it fits
	Bars  []Bar    // the ribbon of the law
	Bases []Base
	Count string // a figure in large type, with the Label of what was counted
	Label string
	Dates string // at the right
}

// Kind is what happened to a run of words.
type Kind int

const (
	Same Kind = iota
	Inserted
	Deleted
	MovedFrom
	MovedTo
)

// Run is a stretch of a redline.
type Run struct {
	Kind Kind
	Text string
}

// Bar is an article in the ribbon, measured from the left and from the base
// line: X and W of [RibbonWidth], H of [RibbonHeight].
type Bar struct {
	X, W, H          float64
	Changed, Deleted bool
}

// Base is the line under the articles of a chapter.
type Base struct{ X1, X2 float64 }

// Size of the ribbon a card is given, in units of its own.
const (
	RibbonWidth  = 1200
	RibbonHeight = 70
)

// The colours of the light theme (static/css/01-tokens.css; a test compares
// them).
var (
	paper    = color.RGBA{0xf6, 0xf7, 0xf4, 0xff}
	ink      = color.RGBA{0x14, 0x17, 0x1a, 0xff}
	ink2     = color.RGBA{0x45, 0x4b, 0x50, 0xff}
	tick     = color.RGBA{0xb3, 0xb8, 0xb3, 0xff}
	blue     = color.RGBA{0x1b, 0x3f, 0xb4, 0xff}
	blueInk  = color.RGBA{0x12, 0x2f, 0x86, 0xff}
	blueWash = color.RGBA{0xdf, 0xe8, 0xfc, 0xff}
	red      = color.RGBA{0xb5, 0x35, 0x0e, 0xff}
	redInk   = color.RGBA{0x8a, 0x27, 0x08, 0xff}
	redWash  = color.RGBA{0xfb, 0xe6, 0xdc, 0xff}
)

// Where things stand, after the prototype's card.
const (
	edge       = 64 // left and right
	right      = Width - edge
	headLine   = 84
	bodyTop    = 130
	bodyBottom = 450
	ribbonTop  = 466
	ribbonBase = ribbonTop + RibbonHeight + 6
	footLine   = 604
)

// Painter draws cards. It is safe for concurrent use.
type Painter struct{ fonts *fonts }

// New reads the fonts of fsys, a folder of woff2 files as the style sheet names
// them. A font that cannot be read is an error.
func New(fsys fs.FS) (*Painter, error) {
	f, err := loadFonts(fsys)
	if err != nil {
		return nil, fmt.Errorf("picture: %w", err)
	}
	return &Painter{f}, nil
}

// PNG draws a card.
func (p *Painter) PNG(c Card) ([]byte, error) {
	d := &canvas{image.NewRGBA(image.Rect(0, 0, Width, Height)), p.fonts.setter(c.Lang)}
	d.fill(0, 0, Width, Height, paper)
	d.fill(0, 0, Width, 14, ink)
	d.fill(0, 19, Width, 22, ink)
	d.head(c)
	top := d.title(c)
	d.redline(c.Words, top)
	d.ribbon(c)
	d.foot(c)
	var b bytes.Buffer
	if err := png.Encode(&b, d.RGBA); err != nil {
		return nil, fmt.Errorf("picture: %w", err)
	}
	return b.Bytes(), nil
}

// canvas is a card under the pen.
type canvas struct {
	*image.RGBA
	set *setter
}

// head writes the law at the left and the name of the site at the right.
func (d *canvas) head(c Card) {
	const size = 42
	mark := []struct {
		text string
		ink  color.RGBA
	}{{"Т", ink}, {"ү", blue}, {"зету", ink}}
	x := float64(right)
	for _, m := range mark {
		x -= d.set.width(display, size, m.text)
	}
	limit := x - edge - 40
	for _, m := range mark {
		w := d.set.width(display, size, m.text)
		d.write(display, size, x, headLine+4, m.text, m.ink)
		if m.ink == blue {
			d.fill(x, headLine+20, x+w, headLine+24, blue)
		}
		x += w
	}
	place := clean(c.Place)
	if place != "" && c.Head != "" {
		place = ", " + place
	}
	for _, size := range []float64{25, 22} {
		room := limit - d.set.width(sans, size, place)
		law := d.set.fit(sans, size, clean(c.Head), math.Max(room, limit/3))
		if text := law + place; size == 22 || law == clean(c.Head) && room > 0 {
			d.write(sans, size, edge, headLine, d.set.fit(sans, size, text, limit), ink2)
			return
		}
	}
}

// title writes the large words and returns where the rest may begin. Alone on a
// card they get all its height.
func (d *canvas) title(c Card) (top float64) {
	text := clean(c.Title)
	if text == "" {
		return bodyTop
	}
	sizes, bottom := []float64{84, 72, 60, 50, 42}, float64(bodyBottom)
	if len(c.Words) > 0 {
		sizes, bottom = []float64{50, 42}, bodyTop+120
	}
	var lines []line
	for _, size := range sizes {
		lines = d.set.lines([]Run{{Same, text}}, style{display, size, size})
		if height(lines) <= bottom-bodyTop {
			break
		}
	}
	lines = d.set.within(lines, bottom-bodyTop)
	return d.lines(lines, bodyTop)
}

// redline writes the changed words, as large as they fit; what does not fit at
// the smallest size is left out with a sign that it was.
func (d *canvas) redline(runs []Run, top float64) {
	if len(runs) == 0 {
		return
	}
	room := bodyBottom - top
	lines := d.set.best(cleanRuns(shorten(runs, roomiest, roomiestMark)), room)
	// a short redline stands in the middle of its room
	d.lines(lines, top+math.Max(0, (room-height(lines))/2.5))
}

func (d *canvas) ribbon(c Card) {
	const scale = float64(right-edge) / RibbonWidth
	for _, b := range c.Bars {
		h := math.Min(math.Max(b.H, 2), RibbonHeight)
		x1, x2 := edge+b.X*scale, edge+(b.X+b.W)*scale
		switch {
		case b.Deleted:
			d.frame(x1, ribbonBase-h, math.Max(x2, x1+3), ribbonBase, red)
		case b.Changed:
			d.fill(x1, ribbonBase-h, x2, ribbonBase, blue)
		default:
			d.fill(x1, ribbonBase-h, x2, ribbonBase, tick)
		}
	}
	for _, b := range c.Bases {
		d.fill(edge+b.X1*scale, ribbonBase, edge+b.X2*scale, ribbonBase+1.5, ink)
	}
}

func (d *canvas) foot(c Card) {
	dates := d.set.fit(sans, 25, clean(c.Dates), 560)
	w := d.set.width(sans, 25, dates)
	d.write(sans, 25, right-w, footLine, dates, ink2)
	x := float64(edge)
	if c.Count != "" {
		count := d.set.fit(display, 42, clean(c.Count), 300)
		d.write(display, 42, x, footLine, count, ink)
		x += d.set.width(display, 42, count) + 18
	}
	d.write(sans, 25, x, footLine, d.set.fit(sans, 25, clean(c.Label), right-w-40-x), ink2)
}

func inkOf(k Kind) color.RGBA {
	switch k {
	case Inserted:
		return blueInk
	case Deleted:
		return redInk
	case MovedFrom:
		return ink2
	}
	return ink
}
