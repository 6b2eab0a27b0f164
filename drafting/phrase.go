package drafting

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/tuzetu/tuzetu/law"
)

// writing is how a language writes what it reads: the section "write" of its
// data. Forms hold the blanks of a sentence in braces: {acc} is the unit in that
// case, {new} are new units, {old:gen} and {words:ins} the quoted words.
type writing struct {
	Forms map[string]string `json:"forms"`
	// Approved names what an order has approved.
	Approved approvedFrame                  `json:"approved"`
	Quoted   string                         `json:"quoted"`
	List     [2]string                      `json:"list"` // between the items, before the last
	Units    map[law.Kind]map[string]string `json:"units"`
	// Ordinals turn the nominative of an ordinal into a case, by its ending.
	Ordinals map[string]map[string]string `json:"ordinals"`
	Things   map[string]map[string]string `json:"things"`
	Rows     [2]string                    `json:"rows"` // by the number in the first cell: one, several

	Changes    map[string][2]string `json:"changes"`     // after «следующие», after «о внесении»
	AndChanges [2]string            `json:"and_changes"` // after one change, after several
	Following  [2]string            `json:"following"`   // one, several
	Title      string               `json:"title"`
	Header     string               `json:"header"`
	Acts       []actKind            `json:"acts"` // the first is a law
	LawUnnamed string               `json:"law_unnamed"`
	Act        string               `json:"act"` // how a frame names an act
	Date       string               `json:"date"`
	Months     []string             `json:"months"`
	Force      string               `json:"force"`
	When       string               `json:"when"`
	Excluded   [2]string            `json:"excluded"` // of a placeholder: of a unit, of an article or a chapter
	Paused     [2]string            `json:"paused"`   // the note of a suspension: until a day, between two
}

// phrase writes the sentence of a change. context is the citation of the line
// above it («в статье 5:»), which the sentence leaves out; nil if there is none.
func (g *grammar) phrase(c *change, context law.Citation) (string, error) {
	form := g.Write.Forms[c.form()]
	var failed error
	out := fillGiven(form, func(name string) string {
		what, grammatical, _ := strings.Cut(name, ":")
		switch what {
		case "old":
			return g.quotedWords(c.old, grammatical, &failed)
		case "words":
			return g.quotedWords(c.words, grammatical, &failed)
		case "own":
			return c.own
		case "to":
			return c.in
		case "new":
			return g.units(c.steps, "ins", nil)
		}
		larger, steps := c.holder, c.steps
		if c.ofTitle() {
			names := g.Write.Units[Heading]
			return cmp.Or(names["own "+what], names[what]) // «тақырыбы», the act's
		}
		if c.adds() {
			if len(larger) == len(context) {
				return ""
			}
			larger, steps = larger[:len(larger)-1], larger[len(larger)-1:]
		}
		return g.units(steps, what, larger[min(len(context), len(larger)):])
	})
	return law.Squeeze(out), failed
}

// fill puts values into the braces of a form.
func fill(form string, value func(name string) string) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(form, "{")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		name, after, _ := strings.Cut(rest, "}")
		b.WriteString(value(name))
		form = after
	}
}

// of names what a unit belongs to. Package law has no table.
func (g *grammar) of(c law.Citation) string {
	last := len(c) - 1
	if last < 0 || c[last].Kind != Tabular {
		return ofUnit(g.lang, c)
	}
	names := g.Write.Units[Tabular]
	switch {
	case g.lang == law.RU:
		return strings.TrimSpace(names["gen"] + " " + ofUnit(g.lang, c[:last]))
	case last == 0:
		return names["gen"]
	}
	return c[:last].In(g.lang) + " " + names["own gen"]
}

// units writes units of one kind, in a case, and what they belong to.
func (g *grammar) units(steps law.Citation, grammatical string, larger law.Citation) string {
	kind := steps[0].Kind
	names := g.Write.Units[kind]
	singular := grammatical
	if len(steps) > 1 {
		grammatical += "s"
	}
	if g.lang == law.KK {
		if len(larger) > 0 && names["own "+grammatical] != "" {
			grammatical = "own " + grammatical
		}
		numbers := g.numbers(steps, "")
		name := names[grammatical]
		switch {
		case numbers == "":
		case kind == law.Table && steps[0].Number != "":
			name = g.rows(name, numbers, len(steps))
		case kind == law.Subparagraph || kind == law.Part || kind == law.Indent || kind == Sentence:
			name = numbers + " " + name
		default:
			name = numbers + "-" + name
		}
		return strings.TrimSpace(g.of(larger) + " " + name)
	}
	if kind == law.Table && steps[0].Number != "" {
		name := g.rows(names[grammatical], g.numbers(steps, singular), len(steps))
		return strings.TrimSpace(name + " " + g.of(larger))
	}
	name := strings.TrimSpace(names[grammatical] + " " + g.numbers(steps, singular))
	if kind == law.Remark && len(larger) > 0 {
		return name + strings.TrimPrefix(append(slices.Clone(larger), law.Step{Kind: law.Remark}).In(law.RU), names["nom"])
	}
	return strings.TrimSpace(name + " " + g.of(larger))
}

// rows names rows by the numbers in their first cells: «строка, порядковый номер 3,».
func (g *grammar) rows(name, numbers string, n int) string {
	form := g.Write.Rows[min(n, 2)-1]
	return fill(form, func(field string) string {
		if field == "name" {
			return name
		}
		return numbers
	})
}

// numbers writes «2, 3 и 5», «1) и 2)», «вторую и третью», «2 және 3».
func (g *grammar) numbers(steps law.Citation, grammatical string) string {
	var items []string
	for _, s := range steps {
		n := s.Number
		switch {
		case s.Kind == law.Subparagraph:
			n += ")"
		case n == "" && (s.Kind == law.Part || s.Kind == law.Indent || s.Kind == Sentence):
			n = g.ordinal(s, grammatical)
		case n == "" && s.Kind == law.Table:
			n = strconv.Itoa(s.Ordinal)
		}
		if n != "" {
			items = append(items, n)
		}
	}
	return g.list(items)
}

func (g *grammar) list(items []string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	last := len(items) - 1
	return strings.Join(items[:last], g.Write.List[0]) + g.Write.List[1] + items[last]
}

// ordinal takes the word from package law, which writes the nominative, and
// gives it its case.
func (g *grammar) ordinal(s law.Step, grammatical string) string {
	kind := s.Kind
	if kind == Sentence { // package law has none; an indent's ordinal is the nearest
		kind = law.Indent
	}
	said := law.Citation{{Kind: kind, Ordinal: s.Ordinal}}.In(g.lang)
	name := g.Write.Units[kind]["nom"]
	word := strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(said, name), name))
	gender := g.Write.Units[s.Kind]["ordinal"]
	for end, other := range g.Write.Ordinals[gender+" "+grammatical] {
		if stem, ok := strings.CutSuffix(word, end); ok {
			return stem + other
		}
	}
	return word
}

// quotedWords writes «слова "X"» or «"X" деген сөздер» in a case.
func (g *grammar) quotedWords(words, grammatical string, failed *error) string {
	quote, err := quotation1(words)
	if err != nil {
		*failed = err
	}
	thing := g.Write.Things[thingOf(words)][grammatical]
	return fill(g.Write.Quoted, func(name string) string {
		if name == "thing" {
			return thing
		}
		return quote
	})
}

// thingOf tells one word, several, and figures.
func thingOf(s string) string {
	words, figures := 0, 0
	for _, f := range strings.Fields(s) {
		switch {
		case strings.IndexFunc(f, unicode.IsLetter) >= 0:
			words++
		case strings.IndexFunc(f, unicode.IsDigit) >= 0:
			figures++
		}
	}
	switch {
	case words == 0 && figures > 0:
		return "figures"
	case words+figures == 1:
		return "word"
	}
	return "words"
}

// quotation1 puts marks around a text that it can be read back from: those that
// pair inside it, or that it does not have.
func quotation1(s string) (string, error) {
	for _, marks := range [...][2]string{{"«", "»"}, {`"`, `"`}, {"„", "“"}} {
		quote := marks[0] + s + marks[1]
		outer := []rune(marks[0])[0]
		depth, paired := 0, true
		for i, r := range quote {
			if !isMark(r) || !sameMarks(outer, r) {
				continue
			}
			if i == 0 || opens(quote, i, r, outer) {
				depth++
			} else {
				depth--
			}
			paired = paired && (depth > 0 || i+len(marks[1]) == len(quote))
		}
		if paired && depth == 0 {
			return quote, nil
		}
	}
	return "«" + s + "»", fmt.Errorf("the quotation marks of «%s» do not pair, so that it cannot be quoted", head(s, 80))
}

// date writes the day an act was adopted, as its name has it.
func (g *grammar) date(d law.Date) string {
	t, ok := d.Time()
	if !ok {
		return ""
	}
	return fill(g.Write.Date, func(name string) string {
		switch name {
		case "day":
			return strconv.Itoa(t.Day())
		case "month":
			return g.Write.Months[t.Month()-1]
		}
		return strconv.Itoa(t.Year())
	})
}
