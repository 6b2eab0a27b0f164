package drafting

import (
	"strconv"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// Operation is what an instruction orders.
type Operation string

const (
	ReplaceUnit    Operation = "replace_unit"
	ReplaceHeading Operation = "replace_heading"
	AddUnit        Operation = "add_unit"
	AddPart        Operation = "add_part"
	AddIndent      Operation = "add_indent"
	AddSentence    Operation = "add_sentence"
	ReplaceWords   Operation = "replace_words"
	ReplaceFigures Operation = "replace_figures"
	ReplaceSign    Operation = "replace_sign"
	DeleteWords    Operation = "delete_words"
	DeleteUnit     Operation = "delete_unit"
	Renumber       Operation = "renumber" // New are the numbers, in the order of Targets
	AddWordsAfter  Operation = "add_words_after"
	AddWordsEnd    Operation = "add_words_end"
	WholeText      Operation = "whole_text" // words replaced or excluded in the whole text
	Suspend        Operation = "suspend"
	RepealAct      Operation = "repeal_act"
	EntryIntoForce Operation = "entry_into_force"
	Annex          Operation = "annex" // the new wording stands in an annex of the act
	// LeaveUnchanged is an instruction that orders nothing: kk acts have «мемлекеттік
	// тілдегі мәтіні өзгеріссіз қалдырылсын» where only the Russian text changes.
	LeaveUnchanged Operation = "leave_unchanged"
)

// Parts of a text that citations of an amending act name and citations of a law
// do not. They are the last step of a target's citation.
const (
	Heading  law.Kind = "heading"     // заголовок, тақырып
	Sentence law.Kind = "sentence"    // предложение, сөйлем
	Contents law.Kind = "contents"    // оглавление
	Tabular  law.Kind = "whole_table" // таблица; a law.Table is one row of it
)

// Amendment is an amending act as it was read.
type Amendment struct {
	Lang law.Lang
	// Acts are the acts it amends, in order; empty where no frame names one.
	Acts         []ActName
	Instructions []Instruction
	// Roles says of each line of the act what it is.
	Roles []Role
	// Force is the general rule of entry into force; Force.Phrase is "" where the
	// text has none.
	Force law.InForce
	// joined is set where the print broke a sentence or a frame over lines.
	joined bool
	// Doubts are exceptions from the entry into force that lead nowhere.
	Doubts []Doubt
}

// Doubt is a place of the act that is not certain, though nothing is refused for
// it.
type Doubt struct {
	From, To int // lines of the act
	Text     string
	Reason   Reason
}

// Role is what a line of an amending act is.
type Role string

const (
	Frame       Role = "frame"       // title, «Внести в Закон …», signatures
	Context     Role = "context"     // «в статье 5:»
	Instructing Role = "instruction" // an instruction, or a line that belongs to one
	Quoted      Role = "quoted"      // new wording
	Unread      Role = "unparsed"
)

// ActName is how a frame names the act it amends.
type ActName struct {
	Title string // «О масс-медиа» without its marks; a code's own name
	Text  string // the frame's line
}

// Instruction is one operation. A sentence that orders several is several.
type Instruction struct {
	N  int // from 1, in order
	Op Operation
	// Act is the index in Amendment.Acts, -1 where no frame names one.
	Act int
	// Approved is the frame that names what the act has approved, «в Правилах …,
	// утвержденных указанным приказом», where that is amended and not the act itself.
	Approved string
	// Targets are what it changes; of an insertion, the new units.
	Targets []Target
	// Old and New are the quoted words, pair by pair; one of them may be empty.
	Old, New []string
	// Wording is the new text, a quotation each, a line a paragraph.
	Wording [][]law.Line
	// Text is the sentence, or the part of it that orders this.
	Text string
	// From and To are the source lines, with those of the wording.
	From, To int
	InForce  law.InForce
	// Reason says why the instruction was not understood; "" if it was.
	Reason Reason
	// Doubt is what had to be put right to read it.
	Doubt Reason
	// AtEnd is set where only the end of the unit is meant («в конце»).
	AtEnd bool
	// Before is set for words that come before the quoted ones («перед словами»).
	Before bool
	// Cases is set for «в соответствующих падежах»: other forms of the quoted words
	// are meant too.
	Cases bool
}

// Target is what an instruction changes: a citation made whole by its context.
type Target struct {
	// Citation is from the largest unit to the smallest; empty is the whole act.
	Citation law.Citation
	// Whole is set for «по всему тексту»: headings too.
	Whole bool
	// TextAlone is set for «в тексте статьи 5»: all but the heading of the article.
	TextAlone bool
	// New is set for a unit that the instruction adds. Without a number it is
	// appended.
	New bool
}

// Address is the target's address as its citation makes it, whether or not a
// text has it: "art_5__para_2__heading".
func (t Target) Address() law.Address {
	var steps []string
	for _, s := range t.Citation {
		if s.Kind == law.Article && t.Citation[0].Kind != Contents { // an article's address holds no chapter
			steps = nil
		}
		n := s.Number
		switch {
		case s.Ordinal == lastOrdinal:
			n = "last"
		case n == "" && s.Ordinal > 0:
			n = strconv.Itoa(s.Ordinal)
		}
		name := addressNames[s.Kind]
		if name == "" {
			name = string(s.Kind)
		}
		if n != "" {
			name += "_" + n
		}
		if s.To != "" {
			name += ".." + s.To
		}
		steps = append(steps, name)
	}
	return law.Address(strings.Join(steps, "__"))
}

// addressNames are the short names of law.Address.
var addressNames = map[law.Kind]string{
	law.Section: "sec", law.Subsection: "subsec", law.Chapter: "chp", law.Division: "dvs",
	law.Article: "art", law.Paragraph: "para", law.Subparagraph: "subpara", law.Table: "row",
}

// In writes the target's citation in a language of an act.
func (t Target) In(lang law.Lang) string {
	c, last := t.Citation, law.Step{}
	if n := len(c); n > 0 && (c[n-1].Kind == Heading || c[n-1].Kind == Sentence || c[n-1].Ordinal == lastOrdinal) {
		c, last = c[:n-1], c[n-1]
	}
	g := grammarOf(lang)
	switch {
	case g != nil && (t.Whole || len(t.Citation) == 0):
		return g.place(g.Names["whole"], ofUnit(lang, c), 0)
	case g != nil && last.Ordinal == lastOrdinal:
		return g.place(g.Names["last_"+string(last.Kind)], ofUnit(lang, c), 0)
	case g != nil && last.Kind != "":
		return g.place(g.Names[string(last.Kind)], ofUnit(lang, c), max(last.Ordinal, 1))
	case len(c) == 0:
		return ""
	}
	return c.In(lang)
}
