package scraper

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

const (
	// A line with this many bytes beyond ASCII, of which this share reads as
	// UTF-8 once more when a wrong decoding is undone, was wrongly decoded. In
	// 64,000 real lines the share is 0.22 at most («ОРГАНІЗАЦІЯ»), in the same
	// lines wrongly decoded always 1.
	minHigh  = 12
	mojibake = 0.6
	// A page whose decoder lost more than one letter in a thousand is damaged.
	maxLost = 0.001
)

// repair are the words a site under maintenance says, in lower case.
var repair = regexp.MustCompile(`технически[ех] работ|профилактически[ех] работ|техникалық жұмыс|временно недоступ|уақытша қолжетімсіз|under maintenance|temporarily unavailable`)

// UnderRepair reports whether a page speaks of maintenance. The banner «Ведутся
// технические работы» also stands over good pages, so it counts only where no
// law text is.
func UnderRepair(page string) bool { return repair.MatchString(strings.ToLower(page)) }

// CheckLetters refuses a text that was decoded wrongly on its way to us: UTF-8
// read as windows-1251 («Р—Р°РєРѕРЅ») or as Latin («Ð—Ð°ÐºÐ¾Ð½»), or with its letters lost. part is the
// part of a page that begins on line first.
func CheckLetters(part string, first int) error {
	letters, lost, firstLost := 0, 0, 0
	n := first
	for l := range strings.Lines(part) {
		if wronglyDecoded(l) {
			return fmt.Errorf("line %d: %w: UTF-8 that was read as another encoding: %.60q", n, ErrEncoding, strings.TrimSpace(l))
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
		return fmt.Errorf("line %d: %w: letters were lost (\ufffd): %d", firstLost, ErrEncoding, lost)
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
