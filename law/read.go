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
		return nil, fmt.Errorf("line %d: %w", InvalidLine(b), ErrNotText)
	}
	lines := strings.Split(string(b), "\n")
	for _, l := range lines {
		if Squeeze(l) != "" {
			return lines, nil
		}
	}
	return nil, ErrEmpty
}

// InvalidLine is the number, from 1, of the first line that is not in UTF-8; of the
// last line where all are.
func InvalidLine(b []byte) int {
	i := 0
	for i < len(b) {
		r, size := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		i += size
	}
	return lineOf(b, i)
}

func lineOf(b []byte, i int) int { return 1 + bytes.Count(b[:i], []byte("\n")) }

// ReadText reads a .txt: either one paragraph a line, or paragraphs parted by
// empty lines in which links stand on lines of their own (what a get_text of
// the official page gives). The second form is recognised by its empty lines.
func ReadText(r io.Reader) ([]Line, error) {
	raw, err := readLines(r)
	if err != nil {
		return nil, err
	}
	blocks := inBlocks(raw)
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

// inBlocks tells the two forms apart by what stands before numbered lines: in a
// text of blocks an empty line, in a list of paragraphs the paragraph before,
// whatever empty lines stand between its chapters. A text without numbers is in
// blocks if every third line is empty.
//
// Line breaks fold to blanks like any other: a text in blocks has a blank where
// a link met a bracket, and loses nothing.
func inBlocks(raw []string) bool {
	numbered, apart, full, empty := 0, 0, 0, 0
	afterEmpty := false
	for _, l := range raw {
		text := Squeeze(l)
		if text == "" {
			if !afterEmpty && full > 0 {
				empty++
			}
			afterEmpty = true
			continue
		}
		// «3)» alone is a link broken off a sentence, no item of a list.
		if c := classify(Line{Text: head(text, 40)}); full > 0 && c.what == isUnit && (c.kind == Paragraph || c.kind == Subparagraph) && strings.Contains(text, " ") {
			numbered++
			if afterEmpty {
				apart++
			}
			if numbered == 100 {
				break // that is enough to tell
			}
		}
		full++
		afterEmpty = false
	}
	if afterEmpty && empty > 0 {
		empty-- // the end of the file
	}
	if numbered > 0 {
		return apart*2 > numbered
	}
	return empty*2 >= full && empty > 0
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
