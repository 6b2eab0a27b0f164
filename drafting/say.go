package drafting

import (
	"strconv"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// In names a status in a language.
func (s Status) In(lang law.Lang) string {
	switch s {
	case Applied:
		return because("applied").In(lang)
	case Ambiguous:
		return because("ambiguous").In(lang)
	case NotFound:
		return because("not_found").In(lang)
	}
	return because("unparsed").In(lang)
}

// In names what differs in a language.
func (k DifferenceKind) In(lang law.Lang) string {
	switch k {
	case OperationDiffers:
		return because("differs_operation").In(lang)
	case AddressDiffers:
		return because("differs_address").In(lang)
	case NumbersDiffer:
		return because("differs_numbers").In(lang)
	case DatesDiffer:
		return because("differs_dates").In(lang)
	case TitlesDiffer:
		return because("differs_titles").In(lang)
	case LinesDiffer:
		return because("differs_lines").In(lang)
	case ForceDiffers:
		return because("differs_in_force").In(lang)
	case ActsDiffer:
		return because("differs_acts").In(lang)
	}
	return because("differs_understood").In(lang)
}

// AtLine names a line of an act in a language: «строка 7».
func AtLine(n int, lang law.Lang) string { return because("line", strconv.Itoa(n)).In(lang) }

// In names an operation in a language.
func (o Operation) In(lang law.Lang) string {
	switch o {
	case ReplaceUnit:
		return because("op_replace_unit").In(lang)
	case ReplaceHeading:
		return because("op_replace_heading").In(lang)
	case AddUnit:
		return because("op_add_unit").In(lang)
	case AddPart:
		return because("op_add_part").In(lang)
	case AddIndent:
		return because("op_add_indent").In(lang)
	case AddSentence:
		return because("op_add_sentence").In(lang)
	case ReplaceWords:
		return because("op_replace_words").In(lang)
	case ReplaceFigures:
		return because("op_replace_figures").In(lang)
	case ReplaceSign:
		return because("op_replace_sign").In(lang)
	case DeleteWords:
		return because("op_delete_words").In(lang)
	case DeleteUnit:
		return because("op_delete_unit").In(lang)
	case Renumber:
		return because("op_renumber").In(lang)
	case AddWordsAfter:
		return because("op_add_words_after").In(lang)
	case AddWordsEnd:
		return because("op_add_words_end").In(lang)
	case WholeText:
		return because("op_whole_text").In(lang)
	case Suspend:
		return because("op_suspend").In(lang)
	case RepealAct:
		return because("op_repeal_act").In(lang)
	case EntryIntoForce:
		return because("op_entry_into_force").In(lang)
	case Annex:
		return because("op_annex").In(lang)
	case LeaveUnchanged:
		return because("op_leave_unchanged").In(lang)
	}
	return "–"
}

// Said is what stands in the Russian and in the Kazakh act, for reading.
func (d Difference) Said(lang law.Lang) (ru, kk string) {
	if d.What == OperationDiffers {
		return Operation(d.RU).In(lang), Operation(d.KK).In(lang)
	}
	return d.RU, d.KK
}

// In tells in a language that a difference is not in the act, and why.
func (u Unexpressed) In(lang law.Lang) string {
	return because("not_in_act", string(u.Address), u.Reason.In(lang)).In(lang)
}

// List tells the differences in a language, for reading.
func (p *Parity) List(lang law.Lang) string {
	var b strings.Builder
	tell := func(where Reason, d Difference) {
		ru, kk := d.Said(lang)
		b.WriteString(where.In(lang) + ": " + d.What.In(lang) + "\n  ru  " + ru + "\n  kk  " + kk + "\n")
	}
	for _, d := range p.Frame {
		tell(because("frame"), d)
	}
	for _, x := range p.Pairs {
		for _, d := range x.Differences {
			tell(because("lines", strconv.Itoa(x.RU.From), strconv.Itoa(x.KK.From)), d)
		}
	}
	for _, in := range p.OnlyRU {
		b.WriteString(because("only_ru", strconv.Itoa(in.From)).In(lang) + ": " + in.Head() + "\n")
	}
	for _, in := range p.OnlyKK {
		b.WriteString(because("only_kk", strconv.Itoa(in.From)).In(lang) + ": " + in.Head() + "\n")
	}
	return b.String()
}

// Head is the beginning of an instruction's sentence, enough to find it.
func (in *Instruction) Head() string {
	letters := []rune(law.Squeeze(in.Text))
	if len(letters) <= 100 {
		return string(letters)
	}
	return string(letters[:100]) + " …"
}

// Count says in one line what became of the instructions: «instructions: 13;
// applied: 11; not found: 2».
func (r *Result) Count(lang law.Lang) string {
	n := map[Status]int{}
	for _, o := range r.Outcomes {
		n[o.Status]++
	}
	parts := []string{because("count_instructions", strconv.Itoa(len(r.Outcomes))).In(lang)}
	for _, s := range [...]Status{Applied, Ambiguous, NotFound, Unparsed} {
		if n[s] > 0 || s == Applied {
			parts = append(parts, s.In(lang)+": "+strconv.Itoa(n[s]))
		}
	}
	return strings.Join(parts, "; ")
}

// Count says in one line what the act orders and what it does not.
func (a *Act) Count(lang law.Lang) string {
	said := because("count_written", strconv.Itoa(len(a.Instructions))).In(lang)
	if n := len(a.Unexpressed); n > 0 {
		said += "; " + because("count_left", strconv.Itoa(n)).In(lang)
	}
	return said
}

// Count says in one line how far the languages agree.
func (p *Parity) Count(lang law.Lang) string {
	differ := 0
	for _, x := range p.Pairs {
		if len(x.Differences) > 0 {
			differ++
		}
	}
	return because("count_parity", strconv.Itoa(len(p.Pairs)), strconv.Itoa(differ),
		strconv.Itoa(len(p.OnlyRU)), strconv.Itoa(len(p.OnlyKK)), strconv.Itoa(len(p.Frame))).In(lang)
}
