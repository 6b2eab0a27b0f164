package adilet

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/law"
)

// cut makes the lines of what stood between two breaks: one, or, where an
// editorial note stands inside a line of the law, the line without it and the
// note by itself. Taken out, a note leaves a blank, so that the words on its
// two sides do not grow together («1-1статьи»).
func cut(runs []run) []law.Line {
	settle(runs)
	var lawRuns, noteRuns []run
	parted := false
	for _, r := range runs {
		if isNote(r.kind) {
			noteRuns, parted = append(noteRuns, r), true
			continue
		}
		if n := len(lawRuns); n > 0 && parted && needsBlank(lawRuns[n-1].text, r.text) {
			lawRuns[n-1].text = append(lawRuns[n-1].text, ' ')
		}
		lawRuns, parted = append(lawRuns, r), false
	}
	var lines []law.Line
	for _, part := range [...][]run{lawRuns, noteRuns} {
		if l, ok := lineOf(part); ok {
			lines = append(lines, l)
		}
	}
	if len(lines) == 2 && isNote(runs[0].kind) {
		lines[0], lines[1] = lines[1], lines[0]
	}
	return lines
}

// wholeNote is for lines outside of paragraphs. There stands no law text, only
// notes, and one that begins in a note's markup is a note to its <br>, also
// where a piece of it has lost the markup.
func wholeNote(runs []run) {
	if len(runs) == 0 || !isNote(runs[0].kind) {
		return
	}
	for i := range runs {
		if !isNote(runs[i].kind) {
			runs[i].kind = runs[0].kind
		}
	}
}

func isNote(k kind) bool { return k == note || k == editorial }

// settle tells the links and signs between pieces of a note from law text: in
// «<span class=note>… от 06.04.2016 </span><a>№ 484-V</a><span class=note> (…).</span>»
// the link stands outside of the note and is part of it. A link or a sign is of
// the note when a note stands before it and a note or the end of the line after.
func settle(runs []run) {
	for i := range runs {
		if runs[i].kind != plain || !runs[i].isLink && hasWords(runs[i].text) {
			continue
		}
		before, after := beside(runs, i, -1), beside(runs, i, 1)
		if isNote(before) && (isNote(after) || after == ends) || before == ends && isNote(after) && !hasWords(runs[i].text) {
			runs[i].kind = note
			if before == editorial || after == editorial {
				runs[i].kind = editorial
			}
		}
	}
}

// ends is the kind of what stands beyond a line.
const ends kind = 255

// beside is the kind of the next piece in a direction that says anything by
// itself: other links and signs are passed over.
func beside(runs []run, i, step int) kind {
	for i += step; i >= 0 && i < len(runs); i += step {
		if isNote(runs[i].kind) || !runs[i].isLink && hasWords(runs[i].text) {
			return runs[i].kind
		}
	}
	return ends
}

func hasWords(s []byte) bool {
	return bytes.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// needsBlank reports whether two pieces that a note parted would grow together.
func needsBlank(left, right []byte) bool {
	l, _ := utf8.DecodeLastRune(left)
	r, _ := utf8.DecodeRune(right)
	return !unicode.IsSpace(l) && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("(«\"№–-", r))
}

// lineOf joins runs to a line. It has a mark when all its words have it; links
// and signs take the mark of the rest.
func lineOf(runs []run) (law.Line, bool) {
	l := law.Line{Text: law.Squeeze(textOf(runs))}
	if l.Text == "" {
		return l, false
	}
	mark, settled := plain, false
	for _, r := range runs {
		if isBlank(r.text) {
			continue
		}
		says := !r.isLink && hasWords(r.text)
		switch {
		case l.From == 0:
			l.From, mark, settled = r.from, r.kind, says
		case says && !settled:
			mark, settled = r.kind, true
		case says && mark != r.kind:
			mark = mixed(mark, r.kind)
		}
		l.To = r.to
	}
	l.Mark = [...]law.Mark{plain: law.Plain, bold: law.Bold, heading: law.Heading, note: law.NoteMark, editorial: law.Editorial}[mark]
	l.Links = linksOf(runs)
	return l, true
}

func textOf(runs []run) string {
	var b strings.Builder
	for _, r := range runs {
		b.Write(r.text)
	}
	return b.String()
}

func mixed(a, b kind) kind {
	if isNote(a) && isNote(b) {
		return editorial
	}
	if a == heading || b == heading {
		return heading
	}
	return plain
}

func linksOf(runs []run) []law.Link {
	var links []law.Link
	for _, r := range runs {
		if !r.isLink {
			continue
		}
		if t := law.Squeeze(string(r.text)); t != "" {
			links = append(links, law.Link{Text: t, Href: r.href})
		}
	}
	return links
}

func isBlank(s []byte) bool {
	return !bytes.ContainsFunc(s, func(r rune) bool {
		return !unicode.IsSpace(r) && r != '\u200b' && r != '\ufeff' // as law.Squeeze has it
	})
}
