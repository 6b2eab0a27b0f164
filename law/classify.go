package law

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// what a line is by its own words, before its place is known.
type what uint8

const (
	isPlain what = iota
	isNote
	isBang // «Примечание ИЗПИ!»: a note that announces the next line
	isContents
	isUnit    // numbered or named: kind, number
	isUnknown // marked as a heading, but none we know
	isRow     // of a table
	isQuoted  // a line of a wording quoted over several lines
)

type class struct {
	what     what
	kind     Kind
	number   string
	numberTo string // end of a range «3)-6)»
}

func (c class) isHeading() bool {
	if c.what != isUnit {
		return false
	}
	switch c.kind {
	case Section, Subsection, Chapter, Division, Article:
		return true
	}
	return false
}

func unit(k Kind, number string) class {
	return class{what: isUnit, kind: k, number: number}
}

// beginning is how many bytes of a line tell what it is; a name of an office, an
// annex and a note are looked at whole.
const beginning = 64

// classify looks at the beginning of a line, folded, and at its mark.
func classify(l Line) class {
	switch l.Mark {
	case NoteMark, Editorial:
		if c := classifyNote(Fold(head(l.Text, beginning)), l.Text); c.what == isBang || c.what == isContents {
			return c
		}
		return class{what: isNote}
	case TableMark:
		return classifyRow(l)
	}
	f := Fold(head(l.Text, beginning))
	first, _ := utf8.DecodeRuneInString(f)
	switch {
	case first >= '0' && first <= '9':
		if c := classifyNumbered(f, l); c.what != isPlain {
			return c
		}
	case unicode.IsUpper(first) || first == '§':
		if c := classifyNote(f, l.Text); c.what != isPlain {
			return c
		}
		if c := classifyHeading(f, l); c.what != isPlain {
			return c
		}
	}
	if first == '"' { // «Залдар туралы» … Заңына 1-қосымша
		if c := classifyEnd(f, l); c.kind == Annex {
			return c
		}
	}
	if isTableRow(l) {
		return classifyRow(l)
	}
	if l.Mark == Heading || l.Mark == Bold {
		return class{what: isUnknown}
	}
	return class{}
}

// isTableRow also knows a row as PlainText writes it.
func isTableRow(l Line) bool {
	return l.Mark == TableMark || l.Mark == Plain && strings.Contains(l.Text, " | ")
}

// classifyRow looks at a row of a table. A row of one cell may be a stamp
// («Приложение 1 к Закону …»), a row at the end the signatures: sites set both
// as tables.
func classifyRow(l Line) class {
	row := class{what: isRow, kind: Table}
	var cells []string
	for _, c := range strings.Split(l.Text, " | ") {
		if c = strings.Trim(c, "| "); c != "" {
			cells = append(cells, c)
		}
	}
	if len(cells) == 1 {
		if number, ok := annexHeading(Fold(cells[0]), Line{Text: cells[0]}); ok {
			return unit(Annex, number)
		}
	}
	for _, c := range cells {
		if !looksSigned(Fold(c)) {
			return row
		}
	}
	if len(cells) == 0 {
		return row
	}
	return unit(Signature, "")
}

// classifyNumbered reads «1.», «1)», «3)-6)», «14-1-бап.», «2-тарау.».
func classifyNumbered(f string, l Line) class {
	number, rest, _ := scanDotted(f)
	if rest == "" {
		return class{}
	}
	if strings.HasPrefix(rest, " . ") || strings.HasPrefix(rest, " ) ") {
		rest = rest[1:]
	}
	switch rest[0] {
	case ')':
		c := unit(Subparagraph, number)
		c.numberTo = rangeEnd(rest[1:])
		return c
	case '.':
		after := rest[1:]
		if m := dottedRange().FindStringSubmatch(after); m != nil {
			c := unit(Paragraph, number)
			c.numberTo = m[1]
			return c
		}
		if from, to, ok := strings.Cut(number, "-"); ok && excludedMany().MatchString(after) {
			c := unit(Paragraph, from) // «2-4. Исключены …»
			c.numberTo = to
			return c
		}
		if r, _ := utf8.DecodeRuneInString(after); after == "" || r == ' ' || unicode.IsLetter(r) || r == '"' {
			return unit(Paragraph, number)
		}
		return class{}
	}
	word := strings.TrimPrefix(strings.TrimPrefix(rest, " "), "-")
	if strings.ToLower(word) == "қосымша" {
		return unit(Annex, number)
	}
	for _, h := range kkHeadings {
		after, ok := strings.CutPrefix(strings.ToLower(word), h.word)
		if !ok {
			continue
		}
		after = word[len(word)-len(after):]
		if !endsHeadingWord(after, l, h.kind == Article) {
			return class{}
		}
		return unit(h.kind, number)
	}
	return class{}
}

var kkHeadings = []struct {
	word string
	kind Kind
}{
	{"бап", Article}, {"тарау", Chapter}, {"кіші бөлім", Subsection},
	{"бөлім", Section}, {"параграф", Division},
}

var ruHeadings = []struct {
	word string
	kind Kind
}{
	{"статья", Article}, {"глава", Chapter}, {"подраздел", Subsection}, {"раздел", Section},
	{"параграф", Division}, {"§", Division},
	{"article", Article}, {"chapter", Chapter}, {"subsection", Subsection}, {"section", Section},
}

// classifyHeading reads «Статья 5.», «Глава 1.», «РАЗДЕЛ I», "Article 5.",
// remarks, annexes and signatures.
func classifyHeading(f string, l Line) class {
	if first, _ := utf8.DecodeRuneInString(f); !strings.ContainsRune("СГПРОЖЕ§ACSN", first) {
		return classifyEnd(f, l)
	}
	low := strings.ToLower(head(f, 40))
	for _, h := range ruHeadings {
		if !strings.HasPrefix(low, h.word) {
			continue
		}
		rest := strings.TrimPrefix(f[len(h.word):], " ")
		number, rest, ok := scanDotted(rest)
		if !ok {
			if number, rest, ok = scanRoman(rest); !ok || h.kind == Article {
				if number, rest, ok = ordinalNumber(low[len(h.word):]); !ok || h.kind == Article {
					continue
				}
			}
		}
		if !endsHeadingWord(rest, l, h.kind == Article) {
			continue
		}
		return unit(h.kind, number)
	}
	if m := articleRange().FindStringSubmatch(f); m != nil {
		c := unit(Article, m[1])
		c.numberTo = m[2]
		return c
	}
	switch strings.TrimRight(low, ". ") {
	case "общая часть", "особенная часть", "жалпы бөлік", "ерекше бөлік":
		return unit(Section, "")
	}
	if remarkForm().MatchString(f) {
		return unit(Remark, "")
	}
	return classifyEnd(f, l)
}

// classifyEnd reads what stands at the end of an act: annexes, signatures and the
// stamps of what it approves.
func classifyEnd(f string, l Line) class {
	if strings.ContainsAny(l.Text[len(l.Text)-1:], ".;:,") {
		return class{} // a sentence, or an item of a list
	}
	if len(l.Text) > beginning {
		f = Fold(head(l.Text, 400))
	}
	if number, ok := annexHeading(f, l); ok {
		return unit(Annex, number)
	}
	if looksSigned(f) {
		return unit(Signature, "")
	}
	if len(f) < 400 && approved().MatchString(f) {
		return unit(Text, "")
	}
	return class{}
}

// endsHeadingWord reports whether what follows «Статья 5» makes it a heading:
// a full stop (also «31-бап .»), the end of the line, or a mark of the source.
// «Статья 5 настоящего Закона» and «22-бапта» are text.
func endsHeadingWord(after string, l Line, article bool) bool {
	trimmed := strings.TrimPrefix(after, " ")
	switch {
	case trimmed == "" || strings.HasPrefix(trimmed, "."), strings.HasPrefix(trimmed, ": "):
		return true
	case strings.HasPrefix(trimmed, "исключен"), strings.HasPrefix(trimmed, "утратил"):
		return true // «Глава 3 исключена …»: what stays of a unit
	case strings.HasPrefix(trimmed, "- "):
		r, _ := utf8.DecodeRuneInString(trimmed[2:])
		return unicode.IsUpper(r) // «Статья 4 – Название»
	case strings.HasPrefix(after, "-") || startsWithLetter(after):
		return false // «22-баптың», «1-бапқа»
	case l.Mark == Heading || l.Mark == Bold:
		return true
	}
	// «Раздел VIII Местное государственное управление» as a .txt has it.
	r, _ := utf8.DecodeRuneInString(trimmed)
	return !article && unicode.IsUpper(r) && !strings.ContainsAny(l.Text[len(l.Text)-1:], ".;:,")
}

func startsWithLetter(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r)
}

var rangeForm = pattern(`^\s?(?:-|,|и|және)\s?(\d+(?:-\d+)*)\)`)

// rangeEnd reads the last number of «3)-6)» or «3), 4) и 5)» after its first.
func rangeEnd(rest string) (to string) {
	for {
		m := rangeForm().FindStringSubmatch(rest)
		if m == nil {
			return to
		}
		to, rest = m[1], rest[len(m[0]):]
	}
}

var (
	remarkForm = pattern(`^(?:Примечани[ея]|Ескертпе(?:лер)?|Note|Remark)\s?(?:\d+\s?)?[.:]`)
	annexRU    = pattern(`^(?:Приложение|ПРИЛОЖЕНИЕ|Annex|ANNEX)(?:\s(?:№\s?)?(\d+(?:-\d+)*))?(?:\s(?:к|to)\s.*)?$`)
	annexKK    = pattern(`(?:^|\s)(?:(\d+(?:-\d+)*)-)?(?:қосымша|ҚОСЫМША)$`)
	// A name, an office, or an office with the name behind it.
	nameForm   = pattern(`^(?:` + name + `)$`)
	officeForm = pattern(`^(?:(?:(?:Исполняющий обязанности |И\.о\. )?(?:Президент|Премьер-Министр|Председатель|Министр|Аким|Глава)(?:\s[\p{L}"\s-]+?)?|` +
		`Республики Казахстан|Қазақстан Республикасының(?:\s[\p{L}"\s-]+?)?|(?:[\p{L}"\s-]+\s)?(?:Президенті|Премьер-Министрі|[Мм]инистрі|Төрағасы|Әкімі)|` +
		`(?:The )?(?:President|Prime Minister|Minister|Chair)(?: of [\p{L}\s-]+?)?)(?:\s` + name + `)?)$`)

	dottedRange  = pattern(`^\s?[-,]\s?(\d+(?:-\d+)*)\.`)                   // «5., 6. …», «9.-11. …»
	excludedMany = pattern(`^\s(?:[Ии]сключены|[Уу]тратили силу)`)          // «2-4. Исключены …»
	articleRange = pattern(`^Статьи\s(\d+)\s?(?:-|,|и)\s?(\d+(?:-\d+)*)\.`) // «Статьи 2-5. Исключены …»
)

const name = `\p{Lu}\.\s?(?:\p{Lu}\.\s?)?\p{Lu}[\p{L}-]+`

// ordinalNumber reads «ВТОРАЯ» of «ГЛАВА ВТОРАЯ.».
func ordinalNumber(low string) (number, rest string, ok bool) {
	n, rest, ok := scanRuOrdinal(strings.TrimPrefix(low, " "))
	return strconv.Itoa(n), rest, ok
}

func annexHeading(f string, l Line) (number string, ok bool) {
	if utf8.RuneCountInString(l.Text) >= 160 {
		return "", false
	}
	if m := annexRU().FindStringSubmatch(f); m != nil {
		return m[1], true
	}
	if m := annexKK().FindStringSubmatch(f); m != nil {
		return m[1], true
	}
	return "", false
}

func looksSigned(f string) bool {
	return len(f) < 150 && (nameForm().MatchString(f) || officeForm().MatchString(f))
}

// startsLower reports whether the first letter of a line is a small one; signs
// before it do not count, digits do.
func startsLower(s string) bool {
	for _, r := range s {
		switch {
		case unicode.IsLetter(r):
			return unicode.IsLower(r)
		case unicode.IsDigit(r):
			return false
		case r == '-' || r == '–' || r == '—' || r == '•':
			return true // a dash opens an item of a list
		}
	}
	return false
}

// listRuns reports whether a line leaves its list open.
func listRuns(s string) bool {
	return strings.HasSuffix(s, ":") || strings.HasSuffix(s, ";")
}
