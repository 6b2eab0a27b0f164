package picture

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"io/fs"
	"math"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	woff2 "github.com/tdewolff/font"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"

	"github.com/tuzetu/tuzetu/law"
)

// family is one of the three typefaces of the house.
type family int

const (
	sans family = iota
	serif
	display
	families
)

// fonts are the typefaces, each in four files: the browser loads only those a
// page needs, a card looks for a letter in one after the other.
type fonts [families][]*font.Font

func loadFonts(fsys fs.FS) (*fonts, error) {
	var out fonts
	for f, name := range []string{"sans", "serif", "display"} {
		for _, part := range []string{"signs", "cyr", "kk", "latin"} {
			file := name + "-" + part + ".woff2"
			b, err := fs.ReadFile(fsys, file)
			if err != nil {
				return nil, err
			}
			sfnt, err := woff2.ToSFNT(b)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", file, err)
			}
			face, err := font.ParseTTF(bytes.NewReader(sfnt))
			if err != nil {
				return nil, fmt.Errorf("%s: %w", file, err)
			}
			out[f] = append(out[f], face.Font)
		}
	}
	return &out, nil
}

// setter sets type for one card: faces and shaper keep what they looked up and
// are not for use at the same time.
type setter struct {
	faces  [families][]*font.Face
	shaper shaping.HarfbuzzShaper
	lang   language.Language
}

func (f *fonts) setter(lang law.Lang) *setter {
	s := &setter{lang: language.NewLanguage(string(lang))}
	for i, parts := range f {
		for _, part := range parts {
			s.faces[i] = append(s.faces[i], font.NewFace(part))
		}
	}
	return s
}

// face is the one that has a letter, of the family or, for the few signs the
// display cut lacks, of the text face; the first, which draws an empty box,
// where none has. Blanks and signs stay in the face of the letters before them.
func (s *setter) face(f family, r rune, now *font.Face) *font.Face {
	if now != nil {
		if _, ok := now.NominalGlyph(r); ok {
			return now
		}
	}
	for _, faces := range [][]*font.Face{s.faces[f], s.faces[serif]} {
		for _, face := range faces {
			if _, ok := face.NominalGlyph(r); ok {
				return face
			}
		}
	}
	return s.faces[f][0]
}

// shape turns a text into glyphs with their places.
func (s *setter) shape(f family, size float64, text string) []shaping.Output {
	runes := []rune(text)
	var out []shaping.Output
	for start := 0; start < len(runes); {
		face, end := s.face(f, runes[start], nil), start+1
		for end < len(runes) && s.face(f, runes[end], face) == face {
			end++
		}
		out = append(out, s.shaper.Shape(shaping.Input{
			Text: runes, RunStart: start, RunEnd: end, Direction: di.DirectionLTR,
			Face: face, Size: fixed.Int26_6(math.Round(size * 64)),
			Script: language.LookupScript(runes[start]), Language: s.lang,
		}))
		start = end
	}
	return out
}

func (s *setter) width(f family, size float64, text string) float64 {
	w := 0.0
	for _, o := range s.shape(f, size, text) {
		w += points(o.Advance)
	}
	return w
}

// fit cuts a text at a word so that it is no wider than limit.
func (s *setter) fit(f family, size float64, text string, limit float64) string {
	for n := len([]rune(text)); s.width(f, size, text) > limit && n > 0; {
		n = n * 9 / 10
		text = cutWords(text, n)
	}
	return text
}

func points(x fixed.Int26_6) float64 { return float64(x) / 64 }

// write sets a text with its base line at y.
func (d *canvas) write(f family, size, x, y float64, text string, c color.RGBA) {
	for _, o := range d.set.shape(f, size, text) {
		scale := size / float64(o.Face.Upem())
		for _, g := range o.Glyphs {
			if outline, ok := o.Face.GlyphDataOutline(g.GlyphID); ok {
				d.glyph(outline, x+points(g.XOffset), y-points(g.YOffset), scale, c)
			}
			x += points(g.Advance)
		}
	}
}

// glyph fills an outline whose origin stands at x, y.
func (d *canvas) glyph(o font.GlyphOutline, x, y, scale float64, c color.RGBA) {
	lo, hi := [2]float64{math.Inf(1), math.Inf(1)}, [2]float64{math.Inf(-1), math.Inf(-1)}
	at := func(p opentype.SegmentPoint) (float64, float64) {
		return x + float64(p.X)*scale, y - float64(p.Y)*scale
	}
	for i := range o.Segments {
		for _, p := range o.Segments[i].ArgsSlice() {
			px, py := at(p)
			lo[0], lo[1], hi[0], hi[1] = math.Min(lo[0], px), math.Min(lo[1], py), math.Max(hi[0], px), math.Max(hi[1], py)
		}
	}
	box := image.Rect(int(math.Floor(lo[0])), int(math.Floor(lo[1])), int(math.Ceil(hi[0])), int(math.Ceil(hi[1])))
	if len(o.Segments) == 0 || !box.In(d.Bounds()) {
		return // a blank, or nothing that could be seen whole
	}
	pen := vector.NewRasterizer(box.Dx(), box.Dy())
	to := func(p opentype.SegmentPoint) (float32, float32) {
		px, py := at(p)
		return float32(px - float64(box.Min.X)), float32(py - float64(box.Min.Y))
	}
	for i := range o.Segments {
		a := o.Segments[i].Args
		x0, y0 := to(a[0])
		switch o.Segments[i].Op {
		case opentype.SegmentOpMoveTo:
			pen.ClosePath()
			pen.MoveTo(x0, y0)
		case opentype.SegmentOpLineTo:
			pen.LineTo(x0, y0)
		case opentype.SegmentOpQuadTo:
			x1, y1 := to(a[1])
			pen.QuadTo(x0, y0, x1, y1)
		case opentype.SegmentOpCubeTo:
			x1, y1 := to(a[1])
			x2, y2 := to(a[2])
			pen.CubeTo(x0, y0, x1, y1, x2, y2)
		}
	}
	pen.ClosePath()
	pen.Draw(d.RGBA, box, image.NewUniform(c), image.Point{})
}

// fill paints a rectangle; edges between two points of the picture are softened.
func (d *canvas) fill(x1, y1, x2, y2 float64, c color.RGBA) {
	box := image.Rect(int(math.Floor(x1)), int(math.Floor(y1)), int(math.Ceil(x2)), int(math.Ceil(y2))).Intersect(d.Bounds())
	if box.Empty() {
		return
	}
	pen := vector.NewRasterizer(box.Dx(), box.Dy())
	l, t, r, b := float32(x1)-float32(box.Min.X), float32(y1)-float32(box.Min.Y), float32(x2)-float32(box.Min.X), float32(y2)-float32(box.Min.Y)
	pen.MoveTo(l, t)
	pen.LineTo(r, t)
	pen.LineTo(r, b)
	pen.LineTo(l, b)
	pen.ClosePath()
	pen.Draw(d.RGBA, box, image.NewUniform(c), image.Point{})
}

// frame paints the outline of a rectangle.
func (d *canvas) frame(x1, y1, x2, y2 float64, c color.RGBA) {
	d.fill(x1, y1, x2, y1+1.5, c)
	d.fill(x1, y2-1.5, x2, y2, c)
	d.fill(x1, y1, x1+1.5, y2, c)
	d.fill(x2-1.5, y1, x2, y2, c)
}
