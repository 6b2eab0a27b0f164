package picture

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/law"
)

func painter(t *testing.T) *Painter {
	t.Helper()
	p, err := New(os.DirFS("../static/fonts"))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func draw(t *testing.T, p *Painter, c Card) image.Image {
	t.Helper()
	b, err := p.PNG(c)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// count is how many points of a part of a picture have a colour.
func count(img image.Image, part image.Rectangle, c color.RGBA) int {
	n := 0
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			if color.RGBAModel.Convert(img.At(x, y)) == c {
				n++
			}
		}
	}
	return n
}

var body = image.Rect(0, bodyTop-10, Width, bodyBottom+14)

func reply(number, instead string) Card {
	return Card{
		Lang: law.RU, Head: "О масс-медиа", Place: "пункт 1 статьи 36",
		Words: []Run{{Same, "1. Ответ представляется в течение "}, {Deleted, number}, {Same, " "}, {Inserted, instead}, {Same, " рабочих дней."}},
		Bars:  []Bar{{X: 10, W: 8, H: 40}, {X: 40, W: 8, H: 60, Changed: true}, {X: 70, W: 8, H: 30, Deleted: true}},
		Bases: []Base{{0, 90}}, Count: "6", Label: "изменений", Dates: "01.03.2025 – 01.02.2026",
	}
}

func TestCard(t *testing.T) {
	p := painter(t)
	img := draw(t, p, reply("пяти", "трёх"))
	if got := img.Bounds(); got != image.Rect(0, 0, 1200, 630) {
		t.Fatalf("size %v", got)
	}
	ribbonPart := image.Rect(0, ribbonTop, Width, ribbonBase+4)
	for name, x := range map[string]struct {
		part  image.Rectangle
		c     color.RGBA
		least int
	}{
		"the struck words":    {body, redInk, 300},
		"the strike":          {body, red, 500},
		"the wash under it":   {body, redWash, 3000},
		"the added words":     {body, blueInk, 300},
		"the underline":       {body, blue, 500},
		"the wash over it":    {body, blueWash, 3000},
		"the words around":    {body, ink, 1000},
		"the head":            {image.Rect(0, 50, 700, 100), ink2, 300},
		"the name":            {image.Rect(1000, 30, Width, 112), blue, 100},
		"the articles":        {ribbonPart, tick, 200},
		"the changed one":     {ribbonPart, blue, 300},
		"the deleted one":     {ribbonPart, red, 30},
		"the count":           {image.Rect(edge, 560, 90, 612), ink, 100},
		"the label":           {image.Rect(90, 570, 300, 615), ink2, 200},
		"the dates":           {image.Rect(700, 570, Width, 615), ink2, 300},
		"the band at the top": {image.Rect(0, 0, Width, 14), ink, Width * 14},
	} {
		if got := count(img, x.part, x.c); got < x.least {
			t.Errorf("%s: %d points, want %d", name, got, x.least)
		}
	}
	if n := count(img, image.Rect(0, 120, edge-10, Height), paper); n != (edge-10)*(Height-120) {
		t.Error("something stands in the left edge")
	}
	if n := count(img, image.Rect(right+10, 120, Width, Height), paper); n != (Width-right-10)*(Height-120) {
		t.Error("something stands in the right edge")
	}
}

func TestOtherWordsAnotherPicture(t *testing.T) {
	p := painter(t)
	one, err := p.PNG(reply("пяти", "трёх"))
	if err != nil {
		t.Fatal(err)
	}
	again, err := p.PNG(reply("пяти", "трёх"))
	if err != nil || !bytes.Equal(one, again) {
		t.Errorf("the same card is drawn in two ways: %v", err)
	}
	for _, c := range []Card{reply("семи", "трёх"), reply("пяти", "двух")} {
		if other, err := p.PNG(c); err != nil || bytes.Equal(one, other) {
			t.Errorf("other words, the same picture: %v", err)
		}
	}
	plain := reply("пяти", "трёх")
	plain.Words = []Run{{Same, "Ответ"}}
	img := draw(t, p, plain)
	if n := count(img, body, redInk) + count(img, body, blueInk) + count(img, body, redWash); n != 0 {
		t.Errorf("%d coloured points without a change", n)
	}
}

// The place in the law is read whole however long the title of the law is.
func TestPlaceIsNotCut(t *testing.T) {
	p := painter(t)
	c := reply("пяти", "трёх")
	c.Head = "О внесении изменений и дополнений в некоторые законодательные акты Республики Казахстан"
	one, _ := p.PNG(c)
	c.Place = "пункт 2 статьи 36"
	if other, _ := p.PNG(c); bytes.Equal(one, other) {
		t.Error("the places of two changes look the same")
	}
	c.Place = strings.Repeat("пункт 1 ", 500)
	img := draw(t, p, c)
	if n := count(img, image.Rect(960, 50, 1005, 112), paper); n != 45*62 {
		t.Error("a long place runs into the name of the site")
	}
}

// Every letter and sign that the laws and the interface need is in each of the
// three typefaces: a letter that is not would be drawn as an empty box.
func TestLettersAreThere(t *testing.T) {
	const (
		cyrillic = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
		kazakh   = "әғқңөұүһі"
		latin    = "abcdefghijklmnopqrstuvwxyz"
		signs    = "0123456789№«»„“”‘’–—-…§.,:;!?()[]/%+&\"'\u00a0 "
	)
	s := painter(t).fonts.setter(law.KK)
	for f := family(0); f < families; f++ {
		for _, r := range cyrillic + strings.ToUpper(cyrillic) + kazakh + strings.ToUpper(kazakh) + latin + strings.ToUpper(latin) + signs {
			for _, o := range s.shape(f, 40, string(r)) {
				for _, g := range o.Glyphs {
					if g.GlyphID == 0 {
						t.Errorf("typeface %d has no %q", f, r)
					}
				}
			}
		}
	}
	if o := s.shape(serif, 40, "漢"); o[0].Glyphs[0].GlyphID != 0 {
		t.Error("a letter that no file has is not seen to be missing")
	}
}

// Letters of the three files of a typeface stand on one line without gaps: a word
// is as wide as its letters.
func TestKazakhWordsHold(t *testing.T) {
	s := painter(t).fonts.setter(law.KK)
	for _, word := range []string{"құқық", "өкілеттік", "әкімшілік", "өңірлік"} {
		sum := 0.0
		for _, r := range word {
			sum += s.width(serif, 40, string(r))
		}
		if w := s.width(serif, 40, word); w < sum*0.95 || w > sum*1.02 {
			t.Errorf("%s is %.1f wide, its letters %.1f", word, w, sum)
		}
	}
}

func TestHostileWordsFit(t *testing.T) {
	p := painter(t)
	long, word := strings.Repeat("слово ", 3000), strings.Repeat("Щ", 10_000)
	for name, c := range map[string]Card{
		"long":    {Head: long, Title: long, Words: []Run{{Same, long}, {Deleted, long}, {Inserted, long}, {Same, long}}, Count: word, Label: long, Dates: long},
		"words":   {Head: word, Title: word, Words: []Run{{Deleted, word}, {Inserted, word}}, Count: word, Label: word, Dates: word},
		"signs":   {Head: "\u202eслово\u2066\u0000\ufffd<script>", Words: []Run{{Inserted, "\u202e漢字\U000e0041👩‍👩‍👧 <script>alert(1)</script>"}}},
		"nothing": {},
		"blanks":  {Head: " ", Title: "\n", Words: []Run{{Same, " "}, {Inserted, ""}, {Deleted, "\u00a0"}}},
		"ribbon":  {Bars: []Bar{{X: -500, W: 1e9, H: 1e9}}, Bases: []Base{{-1e9, 1e9}}},
	} {
		c.Lang = law.RU
		img := draw(t, p, c)
		if name == "ribbon" {
			continue
		}
		for _, edgeOf := range []image.Rectangle{image.Rect(0, 120, edge-10, Height), image.Rect(right+12, 120, Width, Height)} {
			if n := count(img, edgeOf, paper); n != edgeOf.Dx()*edgeOf.Dy() {
				t.Errorf("%s: words run into %v", name, edgeOf)
			}
		}
		if n := count(img, image.Rect(0, bodyBottom+12, Width, ribbonTop-2), paper); n != Width*(ribbonTop-bodyBottom-14) {
			t.Errorf("%s: words run into the ribbon", name)
		}
	}
}

// Signs that turn the direction of writing are not drawn and change nothing.
func TestBidiControlsAreLeftOut(t *testing.T) {
	p := painter(t)
	plain, hostile := reply("пяти", "трёх"), reply("пя\u202eти", "\u2066трёх\u2069")
	hostile.Head = "\u202e" + hostile.Head
	a, _ := p.PNG(plain)
	b, _ := p.PNG(hostile)
	if !bytes.Equal(a, b) {
		t.Error("the pictures differ")
	}
}

func TestShorten(t *testing.T) {
	many := "раз два три четыре пять шесть семь восемь девять десять"
	for _, c := range []struct {
		in             []Run
		around, marked int
		want           string
	}{
		{[]Run{{Same, many + " "}, {Inserted, "да"}, {Same, " " + many}}, 2, 9, "0:… девять десять |1:да|0: раз два …"},
		{[]Run{{Inserted, "да"}, {Same, " " + many + " "}, {Deleted, "нет"}}, 2, 9, "1:да|0: раз два … девять десять |2:нет"},
		{[]Run{{Deleted, many}}, 2, 6, "2:раз два три четыре … девять десять"},
		{[]Run{{Same, "раз два три"}}, 1, 1, "0:раз два три"},
	} {
		var got []string
		for _, r := range shorten(c.in, c.around, c.marked) {
			got = append(got, strconv.Itoa(int(r.Kind))+":"+r.Text)
		}
		if s := strings.Join(got, "|"); s != c.want {
			t.Errorf("%q, want %q", s, c.want)
		}
	}
}

// The colours are those of the style sheet.
func TestColours(t *testing.T) {
	css, err := os.ReadFile("../static/css/01-tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]color.RGBA{
		"paper": paper, "ink": ink, "ink-2": ink2, "blue": blue, "blue-ink": blueInk, "blue-wash": blueWash,
		"red": red, "red-ink": redInk, "red-wash": redWash,
	} {
		m := regexp.MustCompile(`--` + name + `: #([0-9a-f]{6});`).FindSubmatch(css)
		if m == nil {
			t.Errorf("no token %s", name)
			continue
		}
		n, _ := strconv.ParseUint(string(m[1]), 16, 32)
		if want := (color.RGBA{uint8(n >> 16), uint8(n >> 8), uint8(n), 0xff}); c != want {
			t.Errorf("%s is %v, in the style sheet %v", name, c, want)
		}
	}
}

func TestFontsAreNeeded(t *testing.T) {
	if _, err := New(os.DirFS(t.TempDir())); err == nil {
		t.Error("no fonts, no error")
	}
}

func BenchmarkPNG(b *testing.B) {
	p, err := New(os.DirFS("../static/fonts"))
	if err != nil {
		b.Fatal(err)
	}
	c := reply("пяти", "трёх")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := p.PNG(c); err != nil {
			b.Fatal(err)
		}
	}
}
