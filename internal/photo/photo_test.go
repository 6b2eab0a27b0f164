package photo

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/campaigns"
)

// scene is a noisy picture, whose left upper corner is red.
func scene(w, h int) *image.NRGBA {
	noise := rand.New(rand.NewPCG(1, 2))
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.NRGBA{uint8(60 + noise.IntN(40)), uint8(60 + noise.IntN(40)), uint8(120 + noise.IntN(40)), 255}
			if x < w/4 && y < h/4 {
				c = color.NRGBA{230, 20, 20, 255}
			}
			m.SetNRGBA(x, y, c)
		}
	}
	return m
}

func asJPEG(t *testing.T, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asPNG(t *testing.T, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// withExif puts EXIF with an orientation and a place into a JPEG.
func withExif(b []byte, orientation uint16, order binary.ByteOrder) []byte {
	var tiff bytes.Buffer
	mark := "MM\x00*"
	if order == binary.LittleEndian {
		mark = "II*\x00"
	}
	tiff.WriteString(mark)
	write := func(v any) { _ = binary.Write(&tiff, order, v) } // into memory
	write(uint32(8))
	write(uint16(1))
	write(uint16(0x0112))
	write(uint16(3))
	write(uint32(1))
	write(orientation)
	write(uint16(0))
	write(uint32(0))
	tiff.WriteString("GPS 43.238949 N 76.889709 E, Phone of Aigul")
	body := append([]byte("Exif\x00\x00"), tiff.Bytes()...)
	out := append([]byte{}, b[:2]...)
	out = append(out, 0xff, 0xe1)
	out = binary.BigEndian.AppendUint16(out, uint16(len(body)+2))
	return append(append(out, body...), b[2:]...)
}

func read(t *testing.T, b []byte) campaigns.Picture {
	t.Helper()
	p, err := NewReader().Read(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func decoded(t *testing.T, p campaigns.Picture) image.Image {
	t.Helper()
	m, kind, err := image.Decode(bytes.NewReader(p.Body))
	if err != nil || "image/"+kind != p.Media || m.Bounds().Dx() != p.Width || m.Bounds().Dy() != p.Height {
		t.Fatalf("%s of %v, said to be %s of %d×%d: %v", kind, m.Bounds(), p.Media, p.Width, p.Height, err)
	}
	return m
}

// Nothing of where and with what it was taken is left, and the picture stands
// upright, whichever way the camera was held.
func TestNoTraces(t *testing.T) {
	plain := asJPEG(t, scene(360, 330))
	// Where the red corner of the stored picture is, for each orientation.
	corner := map[uint16]string{1: "left top", 2: "right top", 3: "right bottom", 4: "left bottom", 5: "left top", 6: "right top", 7: "right bottom", 8: "left bottom", 9: "left top"}
	orders := []binary.ByteOrder{binary.BigEndian, binary.LittleEndian}
	for o, want := range corner {
		p := read(t, withExif(plain, o, orders[o%2]))
		for _, trace := range []string{"Exif", "GPS", "Aigul", "76.88"} {
			if bytes.Contains(p.Body, []byte(trace)) {
				t.Errorf("orientation %d: %q is left", o, trace)
			}
		}
		w, h := 360, 330
		if o >= 5 && o <= 8 {
			w, h = h, w
		}
		if p.Width != w || p.Height != h {
			t.Errorf("orientation %d: %d×%d", o, p.Width, p.Height)
		}
		m, got := decoded(t, p), []string{}
		for _, at := range []struct {
			name string
			x, y int
		}{{"left top", 20, 20}, {"right top", w - 20, 20}, {"left bottom", 20, h - 20}, {"right bottom", w - 20, h - 20}} {
			if r, g, _, _ := m.At(at.x, at.y).RGBA(); r > 2*g {
				got = append(got, at.name)
			}
		}
		if strings.Join(got, ",") != want {
			t.Errorf("orientation %d: the corner is %v, want %s", o, got, want)
		}
	}
	// Whatever stands behind the picture goes too.
	tail := append(bytes.Clone(plain), "<script>alert(1)</script>"...)
	if p := read(t, tail); bytes.Contains(p.Body, []byte("script")) || p.SHA256 != read(t, plain).SHA256 {
		t.Error("what stands behind the picture is passed on")
	}
}

func TestSizesAndKinds(t *testing.T) {
	photograph := asJPEG(t, scene(1800, 600))
	wide := read(t, photograph)
	if wide.Width != Width || wide.Height != Width/3 || wide.Media != "image/jpeg" {
		t.Errorf("%d×%d, %s", wide.Width, wide.Height, wide.Media)
	}
	decoded(t, wide)
	if same := read(t, photograph); same.SHA256 != wide.SHA256 {
		t.Error("the same picture has two sums")
	}
	flat := image.NewNRGBA(image.Rect(0, 0, 500, 500)) // wholly transparent: white
	drawn := read(t, asPNG(t, flat))
	if drawn.Media != "image/png" {
		t.Errorf("a drawing is kept as %s", drawn.Media)
	}
	if r, g, b, a := decoded(t, drawn).At(9, 9).RGBA(); r+g+b+a != 4*0xffff {
		t.Error("what lets something through is not white")
	}
	webp, err := base64.StdEncoding.DecodeString(whiteWebP)
	if err != nil {
		t.Fatal(err)
	}
	if p := read(t, webp); p.Width != 400 || p.Height != 400 {
		t.Errorf("WebP: %d×%d", p.Width, p.Height)
	}
}

// bomb is the head of a PNG that says it is of a size, with a body of a few
// bytes.
func bomb(w, h uint32) []byte {
	var b bytes.Buffer
	b.WriteString("\x89PNG\r\n\x1a\n")
	head := binary.BigEndian.AppendUint32([]byte("IHDR"), w)
	head = append(binary.BigEndian.AppendUint32(head, h), 8, 6, 0, 0, 0)
	b.Write(binary.BigEndian.AppendUint32(nil, uint32(len(head)-4)))
	b.Write(head)
	b.Write(binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE(head)))
	return b.Bytes()
}

func TestRefused(t *testing.T) {
	whole := asJPEG(t, scene(400, 400))
	for name, c := range map[string]struct {
		b    []byte
		want error
	}{
		"nothing":                 {nil, ErrKind},
		"a page":                  {[]byte("<html><script>"), ErrKind},
		"SVG":                     {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), ErrKind},
		"GIF":                     {[]byte("GIF89a\x10\x00\x10\x00"), ErrKind},
		"named JPEG, is ZIP":      {[]byte("PK\x03\x04 photo.jpg"), ErrKind},
		"a bomb":                  {bomb(60000, 60000), ErrPixels},
		"a long strip":            {bomb(12001, 400), ErrPixels},
		"just too many":           {bomb(5000, 5100), ErrPixels},
		"too small":               {asPNG(t, scene(319, 400)), ErrSmall},
		"nothing behind its head": {bomb(400, 400), ErrDamaged},
		"cut short":               {whole[:len(whole)/2], ErrDamaged},
		"too many bytes":          {append(bytes.Clone(whole), make([]byte, MaxBytes)...), ErrTooLarge},
	} {
		if p, err := NewReader().Read(bytes.NewReader(c.b)); !errors.Is(err, c.want) || p.Body != nil {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// Whatever is uploaded, the reader does not panic, and what it takes is a
// picture of the sizes it promises.
func FuzzRead(f *testing.F) {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, scene(330, 330), nil); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add(withExif(b.Bytes(), 6, binary.LittleEndian))
	f.Add(bomb(400, 400))
	r := NewReader()
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := r.Read(bytes.NewReader(b))
		if err == nil && (p.Width > Width || p.Height > Width || len(p.SHA256) != 64 || len(p.Body) == 0) {
			t.Errorf("%+v", fmt.Sprint(p.Width, p.Height))
		}
	})
}

// whiteWebP is a white WebP picture of 400×400, as a browser writes it.
const whiteWebP = "UklGRjQDAABXRUJQVlA4WAoAAAAgAAAAjwEAjwEASUNDUMgBAAAAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABhY3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAABUAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9YWVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAMZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADZWUDggRgEAANAkAJ0BKpABkAE/cbjZZbSvK6cgCAKQLglpbuF3YRtACewD32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snCgAD+/6p0AAAAAAAAAAAAAAAAAAAAAAAA"
