package law

import (
	"regexp"
	"strings"
)

// classify looks at every line and settles what only its neighbours tell:
// notices that announce their next line, tables of contents, signatures.
func (b *builder) classify() {
	b.classes = make([]class, len(b.lines))
	marked, begun := false, false
	for i, l := range b.lines {
		b.classes[i] = classify(l)
		marked = marked || l.Mark == NoteMark || l.Mark == Editorial
		// «по всему тексту слова …» before the first provision: an announcement
		// whose «Примечание ИЗПИ!» the source has lost.
		if !begun && b.classes[i].what == isPlain && strings.HasPrefix(Fold(head(l.Text, 60)), "по всему тексту слов") {
			b.classes[i].what = isNote
		}
		begun = begun || b.classes[i].what != isNote && b.classes[i].what != isBang && b.classes[i].what != isContents
	}
	for i := range b.classes {
		switch b.classes[i].what {
		case isBang:
			b.classes[i].what = isNote
			if i+1 < len(b.lines) && b.classes[i+1].what != isNote && noteBody(b.lines[i+1].Text) &&
				(!marked || b.lines[i+1].Mark != Plain) {
				b.classes[i+1] = class{what: isNote}
			}
		case isContents:
			b.classes[i].what = isNote
			b.contents(i + 1)
		}
	}
	b.quotations()
	b.signatures()
	b.nextUnit = make([]int, len(b.classes))
	for i, next := len(b.classes)-1, len(b.classes); i >= 0; i-- {
		b.nextUnit[i] = next
		if w := b.classes[i].what; w == isUnit || w == isUnknown {
			next = i
		}
	}
}

var (
	// «"2. Тарифы …», «"Статья 119. …»: a wording that is quoted, with its number.
	quoteOpens = regexp.MustCompile(`^"(?:\d+(?:-\d+)*(?:[.)]|-бап|-тарау)|(?:Статья|Глава|Article)\s\d)`)
	// A quoted wording ends with its own full stop inside the quotation marks; a
	// title quoted at the end of a line («Закон "О газе";») has none.
	quoteCloses = regexp.MustCompile(`[.;:]"[.;,]?$`)
)

// closedHere reports whether a wording that a line opens is closed on it: it
// ends with a quotation mark, and those inside it are paired.
func closedHere(f string) bool {
	return strings.HasSuffix(strings.TrimRight(f, ".;, "), `"`) && strings.Count(f, `"`)%2 == 0
}

// quotations finds wordings quoted over several lines («… действует в следующей
// редакции:» and then numbered lines in quotation marks). Their numbers are not
// units of this act.
func (b *builder) quotations() {
	end := 0 // of the scan for a close: lines before it are known to have none
	for i := 1; i < len(b.lines); i++ {
		if b.classes[i].what != isPlain || !strings.HasSuffix(b.lines[i-1].Text, ":") ||
			!quoteOpens.MatchString(Fold(head(b.lines[i].Text, 60))) {
			continue
		}
		if closedHere(Fold(b.lines[i].Text)) {
			b.classes[i] = class{what: isQuoted}
			continue
		}
		end = max(end, i)
		for end < len(b.lines) && !quoteCloses.MatchString(Fold(tail(b.lines[end].Text, 8))) {
			end++
		}
		if end == len(b.lines) {
			return
		}
		for ; i <= end; i++ {
			if b.classes[i].what != isNote {
				b.classes[i] = class{what: isQuoted}
			}
		}
	}
}

// contents turns the headings of a table of contents into notes: a run of
// headings each of which stands again later.
func (b *builder) contents(i int) {
	last := map[string]int{} // where each heading stands last
	for j := i; j < len(b.lines); j++ {
		if b.classes[j].isHeading() {
			last[Fold(b.lines[j].Text)] = j
		}
	}
	for ; i < len(b.classes) && b.classes[i].isHeading() && last[Fold(b.lines[i].Text)] > i; i++ {
		b.classes[i] = class{what: isNote}
	}
}

// signatures keeps a line as a signature only at the end of an act: what
// follows is another signature line, an annex, what the act approves, a note or nothing.
func (b *builder) signatures() {
	end := true
	for i := len(b.classes) - 1; i >= 0; i-- {
		c := &b.classes[i]
		switch {
		case c.what == isNote:
		case c.what == isUnit && c.kind == Signature && end:
		case c.what == isUnit && (c.kind == Annex || c.kind == Text):
			end = true
		default:
			end = false
			if c.what == isUnit && c.kind == Signature {
				*c = class{}
				switch m := b.lines[i].Mark; {
				case m == Heading || m == Bold:
					c.what = isUnknown
				case isTableRow(b.lines[i]):
					*c = class{what: isRow, kind: Table}
				}
			}
		}
	}
}
