package drafting

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// Parity is what became of comparing one act in its two languages. The
// instructions are compared, not the sentences: which words they quote, and how
// many case forms, is the business of each language.
type Parity struct {
	Pairs          []ParityPair
	OnlyRU, OnlyKK []Instruction
	// Frame are differences that are of no instruction: the acts named, the rule of
	// entry into force.
	Frame []Difference
}

// ParityPair is an instruction in both languages.
type ParityPair struct {
	RU, KK      Instruction
	Differences []Difference
}

// Difference is one thing that is not the same in the two languages.
type Difference struct {
	What DifferenceKind `json:"what"`
	RU   string         `json:"ru"`
	KK   string         `json:"kk"`
}

// DifferenceKind says what differs.
type DifferenceKind string

const (
	OperationDiffers  DifferenceKind = "operation"
	AddressDiffers    DifferenceKind = "address"
	NumbersDiffer     DifferenceKind = "numbers" // in the quoted text
	DatesDiffer       DifferenceKind = "dates"
	TitlesDiffer      DifferenceKind = "titles" // how many titles are quoted
	LinesDiffer       DifferenceKind = "lines"  // paragraphs of the wording, their numbers
	ForceDiffers      DifferenceKind = "in_force"
	ActsDiffer        DifferenceKind = "acts"
	NotUnderstoodSide DifferenceKind = "not_understood"
)

// Same reports whether nothing differs.
func (p *Parity) Same() bool {
	for _, x := range p.Pairs {
		if len(x.Differences) > 0 {
			return false
		}
	}
	return len(p.OnlyRU)+len(p.OnlyKK)+len(p.Frame) == 0
}

// CompareLanguages compares an act in Russian with the same act in Kazakh.
func CompareLanguages(ru, kk *Amendment) *Parity {
	p := &Parity{}
	if a, b := len(ru.Acts), len(kk.Acts); a != b {
		p.frame(ActsDiffer, strconv.Itoa(a), strconv.Itoa(b))
	}
	for i := range min(len(ru.Acts), len(kk.Acts)) {
		if a, b := factsOf(law.RU, ru.Acts[i].Text), factsOf(law.KK, kk.Acts[i].Text); !slices.Equal(a.dates, b.dates) {
			p.frame(DatesDiffer, strings.Join(a.dates, ", "), strings.Join(b.dates, ", "))
		}
	}
	if forceOf(ru.Force) != forceOf(kk.Force) {
		p.frame(ForceDiffers, forceText(ru.Force), forceText(kk.Force))
	}
	i, k := 0, 0
	for _, next := range alignInstructions(ru.Instructions, kk.Instructions) {
		p.OnlyRU = append(p.OnlyRU, ru.Instructions[i:next[0]]...)
		p.OnlyKK = append(p.OnlyKK, kk.Instructions[k:next[1]]...)
		i, k = next[0], next[1]
		if i < len(ru.Instructions) && k < len(kk.Instructions) {
			p.Pairs = append(p.Pairs, ParityPair{RU: ru.Instructions[i], KK: kk.Instructions[k]})
			i, k = i+1, k+1
		}
	}
	for i := range p.Pairs {
		x := &p.Pairs[i]
		p.OnlyRU = x.RU.gather(&x.KK, p.OnlyRU)
		p.OnlyKK = x.KK.gather(&x.RU, p.OnlyKK)
		x.Differences = differences(&x.RU, &x.KK)
	}
	return p
}

// gather takes into an instruction those of its own language that say the rest of
// what the other language says in one: «подпункты 3) и 5) исключить» is «3)
// тармақшасы алып тасталсын» and, later in the sentence, «5) тармақшасы …». It
// returns the others.
func (in *Instruction) gather(other *Instruction, left []Instruction) (rest []Instruction) {
	wanted := map[law.Address]bool{}
	for _, t := range other.Targets {
		wanted[t.Address()] = true
	}
	for _, t := range in.Targets {
		if !wanted[t.Address()] {
			return left // it is another one, or says more
		}
		delete(wanted, t.Address())
	}
	for _, x := range left {
		missing := x.Op == in.Op && x.Reason == "" && len(x.Targets) > 0 &&
			!slices.ContainsFunc(x.Targets, func(t Target) bool { return !wanted[t.Address()] })
		if !missing {
			rest = append(rest, x)
			continue
		}
		for _, t := range x.Targets {
			delete(wanted, t.Address())
		}
		in.Targets = append(slices.Clone(in.Targets), x.Targets...)
		in.Wording = append(slices.Clone(in.Wording), x.Wording...)
		in.Old, in.New = append(slices.Clone(in.Old), x.Old...), append(slices.Clone(in.New), x.New...)
		in.Text += " … " + x.Text
	}
	return rest
}

func (p *Parity) frame(what DifferenceKind, ru, kk string) {
	p.Frame = append(p.Frame, Difference{what, ru, kk})
}

// alignInstructions pairs instructions in order, those alike first of all; it
// ends with the ends of both lists.
func alignInstructions(ru, kk []Instruction) (out [][2]int) {
	best := make([][]int, len(ru)+1)
	for i := range best {
		best[i] = make([]int, len(kk)+1)
	}
	for i := len(ru) - 1; i >= 0; i-- {
		for k := len(kk) - 1; k >= 0; k-- {
			best[i][k] = max(best[i+1][k], best[i][k+1])
			if s := alike(&ru[i], &kk[k]); s > 0 {
				best[i][k] = max(best[i][k], s+best[i+1][k+1])
			}
		}
	}
	for i, k := 0, 0; i < len(ru) && k < len(kk); {
		switch s := alike(&ru[i], &kk[k]); {
		case s > 0 && best[i][k] == s+best[i+1][k+1]:
			out = append(out, [2]int{i, k})
			i, k = i+1, k+1
		case best[i][k] == best[i+1][k]:
			i++
		default:
			k++
		}
	}
	return append(out, [2]int{len(ru), len(kk)})
}

// alike weighs how surely two instructions are one: 0 is no pair.
func alike(a, b *Instruction) int {
	sameOp := alikeOperation(a.Op, b.Op)
	x, y := addresses(a), addresses(b)
	switch {
	case x == y && sameOp:
		return 9
	case x == y && x != "":
		return 6
	case a.Op == EntryIntoForce || b.Op == EntryIntoForce || a.Op == RepealAct || b.Op == RepealAct:
		return 0
	case x != "" && y != "" && articleIn(x) == articleIn(y):
		if sameOp {
			return 5
		}
		return 3
	case sameOp && a.Op != "":
		return 1
	}
	return 0
}

// alikeOperation takes words, figures and signs for one: languages quote one
// place differently.
func alikeOperation(a, b Operation) bool {
	plain := func(o Operation) Operation {
		switch o {
		case ReplaceFigures, ReplaceSign:
			return ReplaceWords
		}
		return o
	}
	return plain(a) == plain(b)
}

func addresses(in *Instruction) string {
	var out []string
	for _, t := range in.Targets {
		out = append(out, string(t.Address()))
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}

func articleIn(addresses string) string {
	first, _, _ := strings.Cut(addresses, "__")
	first, _, _ = strings.Cut(first, ",")
	return first
}

func differences(ru, kk *Instruction) (out []Difference) {
	add := func(what DifferenceKind, a, b string) {
		if a != b {
			out = append(out, Difference{what, a, b})
		}
	}
	add(NotUnderstoodSide, ru.Reason.String(), kk.Reason.String())
	if ru.Reason != "" || kk.Reason != "" {
		return out
	}
	if !alikeOperation(ru.Op, kk.Op) {
		add(OperationDiffers, string(ru.Op), string(kk.Op))
	}
	add(AddressDiffers, addresses(ru), addresses(kk))
	a, b := quotedFacts(law.RU, ru), quotedFacts(law.KK, kk)
	if ru.Op != EntryIntoForce && ru.Op != RepealAct {
		add(NumbersDiffer, strings.Join(a.numbers, ", "), strings.Join(b.numbers, ", "))
		inRU, inKK := wordedNumbers(ru, kk)
		add(NumbersDiffer, inRU, inKK)
		add(TitlesDiffer, strconv.Itoa(a.titles), strconv.Itoa(b.titles))
		add(LinesDiffer, shape(ru.Wording), shape(kk.Wording))
	}
	add(DatesDiffer, strings.Join(a.dates, ", "), strings.Join(b.dates, ", "))
	if forceOf(ru.InForce) != forceOf(kk.InForce) {
		add(ForceDiffers, forceText(ru.InForce), forceText(kk.InForce))
	}
	return out
}

// forceOf is what a phrase of entry into force says, whatever its language.
func forceOf(f law.InForce) string {
	if f.Basis == "" && f.Date == "" && f.Phrase != "" {
		return "?" // not understood in one of them, or in both
	}
	return f.Basis + " " + string(f.Date)
}

func forceText(f law.InForce) string { return cmp.Or(f.Phrase, "–") }

// shape is the numbers of a wording's paragraphs: «7.», «1)», «–» for one without.
func shape(wording [][]law.Line) string {
	var out []string
	for _, q := range wording {
		for _, l := range q {
			kind, number := numberOf(l.Text)
			switch {
			case number == "":
				out = append(out, "–")
			default:
				out = append(out, stepName(law.Step{Kind: kind, Number: number}))
			}
		}
	}
	return strings.Join(out, " ")
}

// ParityReport is a comparison for machines: what `parity --format json` prints.
type ParityReport struct {
	Pairs  []ParityPairReport  `json:"pairs"`
	OnlyRU []ReportInstruction `json:"only_ru"`
	OnlyKK []ReportInstruction `json:"only_kk"`
	Frame  []Difference        `json:"frame"`
}

// ParityPairReport is one instruction in both languages.
type ParityPairReport struct {
	RU          ReportInstruction `json:"ru"`
	KK          ReportInstruction `json:"kk"`
	Differences []Difference      `json:"differences"`
}

// Report lists the comparison for machines.
func (p *Parity) Report() ParityReport {
	out := ParityReport{Pairs: []ParityPairReport{}, OnlyRU: []ReportInstruction{}, OnlyKK: []ReportInstruction{}, Frame: append([]Difference{}, p.Frame...)}
	of := func(in Instruction, lang law.Lang) ReportInstruction {
		status := Status("read")
		if in.Reason != "" {
			status = Unparsed
		}
		return (&Outcome{Instruction: in, Status: status, Reason: in.Reason, Day: in.InForce.Date}).report(lang)
	}
	for _, x := range p.Pairs {
		out.Pairs = append(out.Pairs, ParityPairReport{of(x.RU, law.RU), of(x.KK, law.KK), append([]Difference{}, x.Differences...)})
	}
	for _, in := range p.OnlyRU {
		out.OnlyRU = append(out.OnlyRU, of(in, law.RU))
	}
	for _, in := range p.OnlyKK {
		out.OnlyKK = append(out.OnlyKK, of(in, law.KK))
	}
	return out
}
