package law

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// ErrEmpty says that a text has no line at all; ErrNotText that it is not text
// in UTF-8.
var (
	ErrEmpty   = errors.New("the text is empty")
	ErrNotText = errors.New("not a text in UTF-8")
)

// readLines reads a whole text and splits it, refusing what is not text. The
// caller bounds r.
func readLines(r io.Reader) ([]string, error) {
	b, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	b = bytes.TrimPrefix(b, []byte("\ufeff"))
	if i := bytes.IndexByte(b, 0); i >= 0 {
		return nil, fmt.Errorf("line %d: %w (a zero byte)", lineOf(b, i), ErrNotText)
	}
	if !utf8.Valid(b) {
		return nil, fmt.Errorf("line %d: %w", lineOf(b, invalidAt(b)), ErrNotText)
	}
	lines := strings.Split(string(b), "\n")
	for _, l := range lines {
		if Squeeze(l) != "" {
			return lines, nil
		}
	}
	return nil, ErrEmpty
}

func lineOf(b []byte, i int) int { return 1 + bytes.Count(b[:i], []byte("\n")) }

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

// ReadText reads a .txt: either one paragraph a line, or paragraphs parted by
// empty lines in which links stand on lines of their own (what a get_text of
// the official page gives). The second form is recognised by its empty lines.
func ReadText(r io.Reader) ([]Line, error) {
	raw, err := readLines(r)
	if err != nil {
		return nil, err
	}
	empty := 0
	for _, l := range raw {
		if Squeeze(l) == "" {
			empty++
		}
	}
	// In the five-thousand-line texts of the official site every third to fifth
	// line is empty; a list of paragraphs has none, or a few between chapters.
	// Line breaks fold to blanks like any other: a text so read has a blank
	// where a link met a bracket, and loses nothing.
	blocks := empty*8 > len(raw)
	var lines []Line
	open := false // the paragraph goes on until an empty line
	for i, l := range raw {
		text := Squeeze(l)
		if text == "" {
			open = false
			continue
		}
		if n := len(lines); n > 0 && continues(lines[n-1].Text, text, open && blocks) {
			lines[n-1].Text += " " + text
			lines[n-1].To = i + 1
			continue
		}
		lines = append(lines, Line{Text: text, From: i + 1, To: i + 1})
		open = true
	}
	return lines, nil
}

// continues reports whether a line goes on with the paragraph before it. In a
// block everything does but a heading; outside of one only what cannot begin a
// paragraph: the number of an act, or what follows it inside a note.
func continues(before, text string, inBlock bool) bool {
	if inBlock {
		c := classify(Line{Text: text})
		return !c.isHeading()
	}
	for _, start := range [...]string{"№", "(вводи", "(алғашқы", "; от ", ").", ") Заң"} {
		if strings.HasPrefix(text, start) {
			return classify(Line{Text: before}).what == isNote
		}
	}
	return false
}

// tail is the last n bytes of s at most, whole letters only.
func tail(s string, n int) string {
	if len(s) <= n {
		return s
	}
	i := len(s) - n
	for i < len(s) && !utf8.RuneStart(s[i]) {
		i++
	}
	return s[i:]
}

// head is the first n bytes of s at most, whole letters only.
func head(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
