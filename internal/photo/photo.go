// Package photo makes of a picture somebody uploaded one that may be published:
// of bounded size, drawn anew from its dots, so that nothing is left of where
// and with what it was taken. It never opens what is larger than it promises,
// and never passes on a byte it was given.
package photo

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"net/http"

	"golang.org/x/image/draw"
	"golang.org/x/image/webp"

	"github.com/tuzetu/tuzetu/campaigns"
)

// What is taken. A photograph of 24 million dots needs up to 360 MB while it is
// read (a progressive JPEG with all its colours), so Reader reads one at a time.
const (
	MaxBytes  = 12 << 20
	MaxPixels = 24 << 20
	MinSide   = 320   // smaller ones would be blurred on the page
	maxSide   = 12000 // a strip of this length is no photograph
	// Width is the widest a picture is kept: twice the column of a campaign.
	Width   = 1400
	quality = 84
)

// Why a picture is not taken.
var (
	ErrTooLarge = errors.New("more bytes than a picture may have")
	ErrKind     = errors.New("not a JPEG, PNG or WebP picture")
	ErrPixels   = errors.New("more dots than a picture may have")
	ErrSmall    = errors.New("too few dots for a page")
	ErrDamaged  = errors.New("the picture cannot be read to its end")
)

// Reader reads pictures, one at a time. It is safe for concurrent use.
type Reader struct{ turn chan struct{} }

// NewReader makes a Reader.
func NewReader() *Reader { return &Reader{make(chan struct{}, 1)} }

// format is a way pictures are written.
type format struct {
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
}

// formatOf looks at the first bytes, never at a name.
func formatOf(b []byte) (format, bool) {
	switch http.DetectContentType(b) {
	case "image/jpeg":
		return format{jpeg.DecodeConfig, jpeg.Decode}, true
	case "image/png":
		return format{png.DecodeConfig, png.Decode}, true
	case "image/webp":
		return format{webp.DecodeConfig, webp.Decode}, true
	}
	return format{}, false
}

// Read makes a picture of what was uploaded. Errors: ErrTooLarge, ErrKind,
// ErrPixels, ErrSmall, ErrDamaged, and those of from.
func (r *Reader) Read(from io.Reader) (campaigns.Picture, error) {
	b, err := io.ReadAll(io.LimitReader(from, MaxBytes+1))
	if err != nil {
		return campaigns.Picture{}, err
	}
	if len(b) > MaxBytes {
		return campaigns.Picture{}, ErrTooLarge
	}
	f, ok := formatOf(b)
	if !ok {
		return campaigns.Picture{}, ErrKind
	}
	// Its size is known from its head, before any dot is made room for.
	c, err := f.config(bytes.NewReader(b))
	switch {
	case err != nil:
		return campaigns.Picture{}, fmt.Errorf("%w: %w", ErrDamaged, err)
	case c.Width > maxSide || c.Height > maxSide || c.Width*c.Height > MaxPixels:
		return campaigns.Picture{}, ErrPixels
	case c.Width < MinSide || c.Height < MinSide:
		return campaigns.Picture{}, ErrSmall
	}
	r.turn <- struct{}{}
	defer func() { <-r.turn }()
	drawn, err := f.decode(bytes.NewReader(b))
	if err != nil {
		return campaigns.Picture{}, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return write(turned(fit(drawn), orientation(b)))
}

// fit is a picture no wider or higher than Width, on white where it lets
// something through: paper is white on every page.
func fit(from image.Image) *image.RGBA {
	w, h := from.Bounds().Dx(), from.Bounds().Dy()
	if longest := max(w, h); longest > Width {
		w, h = max(1, w*Width/longest), max(1, h*Width/longest)
	}
	to := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(to, to.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	if w == from.Bounds().Dx() {
		draw.Draw(to, to.Bounds(), from, from.Bounds().Min, draw.Over)
	} else {
		draw.CatmullRom.Scale(to, to.Bounds(), from, from.Bounds(), draw.Over, nil)
	}
	return to
}

// turned stands upright a picture that its camera has laid down: o is the
// orientation of EXIF, 1 to 8.
func turned(from *image.RGBA, o int) *image.RGBA {
	if o < 2 || o > 8 {
		return from
	}
	w, h := from.Bounds().Dx(), from.Bounds().Dy()
	to := image.NewRGBA(image.Rect(0, 0, w, h))
	if o >= 5 {
		to = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			var tx, ty int
			switch o {
			case 2:
				tx, ty = w-1-x, y
			case 3:
				tx, ty = w-1-x, h-1-y
			case 4:
				tx, ty = x, h-1-y
			case 5:
				tx, ty = y, x
			case 6:
				tx, ty = h-1-y, x
			case 7:
				tx, ty = h-1-y, w-1-x
			case 8:
				tx, ty = y, w-1-x
			}
			to.SetRGBA(tx, ty, from.RGBAAt(x, y))
		}
	}
	return to
}

// write keeps what is drawn with few colours as PNG, where that is not much
// larger, and photographs as JPEG.
func write(drawn *image.RGBA) (campaigns.Picture, error) {
	var photo, exact bytes.Buffer
	if err := jpeg.Encode(&photo, drawn, &jpeg.Options{Quality: quality}); err != nil {
		return campaigns.Picture{}, err
	}
	if err := png.Encode(&exact, drawn); err != nil {
		return campaigns.Picture{}, err
	}
	p := campaigns.Picture{Media: "image/jpeg", Width: drawn.Bounds().Dx(), Height: drawn.Bounds().Dy(), Body: photo.Bytes()}
	if exact.Len() <= photo.Len() {
		p.Media, p.Body = "image/png", exact.Bytes()
	}
	sum := sha256.Sum256(p.Body)
	p.SHA256 = hex.EncodeToString(sum[:])
	return p, nil
}
