package adilet

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"

	"github.com/tuzetu/tuzetu/scraper"
)

const (
	// maxPage bounds a page that is read: the largest code has 4 MB.
	maxPage = 64 << 20
	// A line with this many bytes beyond ASCII, of which this share reads as
	// UTF-8 once more when a wrong decoding is undone, was wrongly decoded. In
	// 64,000 real lines the share is 0.22 at most («ОРГАНІЗАЦІЯ»), in the same
	// lines wrongly decoded always 1.
	minHigh  = 12
	mojibake = 0.6
	// A page whose decoder lost more than one letter in a thousand is damaged.
	maxLost = 0.001
)

// decode gives a page in UTF-8. What is valid UTF-8 is UTF-8, whatever the page
// declares; otherwise the declared encoding decides (the HTTP header before the
// page's own meta); without one the page is refused.
func decode(r io.Reader, contentType string) (string, error) {
	b, err := io.ReadAll(io.LimitReader(r, maxPage+1))
	if err != nil {
		return "", err
	}
	if len(b) > maxPage {
		return "", fmt.Errorf("larger than %d MB: %w", maxPage>>20, scraper.ErrNoText)
	}
	b = bytes.TrimPrefix(b, []byte("\ufeff"))
	if i := bytes.IndexByte(b, 0); i >= 0 {
		return "", fmt.Errorf("line %d: %w: a zero byte", lineAt(b, i), scraper.ErrEncoding)
	}
	if utf8.Valid(b) {
		return string(b), nil
	}
	bad := lineAt(b, invalidAt(b))
	enc, name := declared(b, contentType)
	if enc == nil || name == "utf-8" {
		return "", fmt.Errorf("line %d: %w: not UTF-8, and no other encoding is declared", bad, scraper.ErrEncoding)
	}
	text, err := enc.NewDecoder().Bytes(b)
	if err != nil {
		return "", fmt.Errorf("%w: declared as %s: %w", scraper.ErrEncoding, name, err)
	}
	return string(text), nil
}

// declared is the encoding the header or the page's first kilobyte names.
func declared(b []byte, contentType string) (encoding.Encoding, string) {
	if _, params, err := mime.ParseMediaType(contentType); err == nil && params["charset"] != "" {
		if e, name := charset.Lookup(params["charset"]); e != nil {
			return e, name
		}
	}
	head := b[:min(len(b), 1024)]
	// DetermineEncoding falls back to windows-1252 for what declares nothing.
	if e, name, certain := charset.DetermineEncoding(head, ""); certain || name != "windows-1252" {
		return e, name
	}
	return nil, ""
}

func lineAt(b []byte, i int) int { return 1 + bytes.Count(b[:i], []byte("\n")) }

func invalidAt(b []byte) int {
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return len(b)
}

// checkLetters refuses a text that was decoded wrongly on its way to us: UTF-8
// read as windows-1251 («Р—Р°РєРѕРЅ») or as Latin («Ð—Ð°ÐºÐ¾Ð½»), or with its letters lost. part is the
// part of a page that begins on line first.
func checkLetters(part string, first int) error {
	letters, lost, firstLost := 0, 0, 0
	n := first
	for l := range strings.Lines(part) {
		if wronglyDecoded(l) {
			return fmt.Errorf("line %d: %w: UTF-8 that was read as another encoding: %.60q", n, scraper.ErrEncoding, strings.TrimSpace(l))
		}
		for _, r := range l {
			switch {
			case r == utf8.RuneError:
				if lost++; firstLost == 0 {
					firstLost = n
				}
			case unicode.IsLetter(r):
				letters++
			}
		}
		n++
	}
	if float64(lost) > maxLost*float64(letters+lost) {
		return fmt.Errorf("line %d: %w: %d letters were lost (\ufffd)", firstLost, scraper.ErrEncoding, lost)
	}
	return nil
}

func wronglyDecoded(line string) bool {
	if undone(line, charmap.Windows1251) >= mojibake {
		return true
	}
	latin := strings.ContainsFunc(line, func(r rune) bool { return r >= 0xC0 && r <= 0xFF })
	return latin && undone(line, charmap.Windows1252) >= mojibake
}

// undone encodes a line back with m and returns which share of its bytes above
// ASCII then stand in valid UTF-8 sequences.
func undone(line string, m *charmap.Charmap) float64 {
	var b []byte
	high := 0
	for _, r := range line {
		c, ok := m.EncodeRune(r)
		if !ok {
			if r > 0xFF {
				high++ // no such byte: against
				continue
			}
			c = byte(r) // the holes of the code pages
		}
		if c >= utf8.RuneSelf {
			high++
		}
		b = append(b, c)
	}
	if high < minHigh {
		return 0
	}
	valid := 0
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		if r >= utf8.RuneSelf && size > 1 {
			valid += size
		}
		b = b[size:]
	}
	return float64(valid) / float64(high)
}
