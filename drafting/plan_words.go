package drafting

import (
	"strconv"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// words replaces, excludes or inserts words. Every place has to have some of
// them, and every one of them has to stand somewhere; in the whole text it is
// enough that one does.
func (b *base) words(p *plan, in *Instruction) *refusal {
	places, refused := b.places(p, in.Targets)
	if refused != nil {
		return refused
	}
	if in.Cases {
		if refused := b.otherForms(p, in, places); refused != nil {
			return refused
		}
	}
	pairs := pairsOf(in.Old, in.New)
	p.whole = in.Targets[0].Whole
	found := make([]int, len(in.Old))
	seen := map[edit]bool{}
	for _, at := range places {
		here := 0
		if in.Targets[0].TextAlone && at.unit != nil && at.unit.Kind == law.Article {
			at.from = b.textOf(at)
		}
		within, refused := b.within(at)
		if refused != nil {
			return refused
		}
		for _, u := range b.all[at.from:at.to] {
			for _, m := range search(u.Text, u.NumberEnd(), pairs) {
				if at.sentence != 0 && (m.from < within.from || m.to > within.to) {
					continue
				}
				e := edit{at: u.Index, from: m.from, to: m.to, put: m.from, new: m.new}
				switch {
				case in.Before:
					e.new = seam(m.new, u.Text[m.from:m.to])
				case in.Op == AddWordsAfter:
					e.put = m.to
				}
				found[m.pair]++
				here++
				if seen[e] {
					continue
				}
				seen[e] = true
				p.edits = append(p.edits, e)
			}
		}
		if here == 0 && !p.whole {
			return notFound(wordsNotIn(at))
		}
	}
	missing := ""
	for i, n := range found {
		switch {
		case n == 0:
			missing = in.Old[i]
		case n > 1:
			p.notice(because("all_changed", in.Old[i], strconv.Itoa(n)))
		}
	}
	if p.whole && len(in.Targets[0].Citation) == 0 && b.namesHeading(in) {
		p.title = titleEdits(b.doc.Title, in)
	}
	switch {
	case len(p.edits)+len(p.title) == 0:
		return notFound(because("words_nowhere"))
	case missing != "" && !p.whole:
		return notFound(because("word_missing", missing))
	case missing != "":
		p.notice(because("form_missing", missing))
	}
	if in.AtEnd || in.Op == ReplaceSign {
		return b.onlyAtEnd(p, in, places)
	}
	return b.inHeading(p, places)
}

func wordsNotIn(at place) Reason {
	if at.unit == nil {
		return because("words_nowhere")
	}
	c := at.unit.Cite()
	return because("words_not_in", unitName(c[len(c)-1]))
}

// onlyAtEnd keeps what stands at the end of its unit; a sign that stands inside
// it too is not certain to be meant.
func (b *base) onlyAtEnd(p *plan, in *Instruction, places []place) *refusal {
	ends := map[int]bool{}
	for _, at := range places {
		ends[at.to-1] = true
	}
	var kept []edit
	for _, e := range p.edits {
		if ends[e.at] && strings.Trim(b.all[e.at].Text[e.to:], " ") == "" {
			kept = append(kept, e)
		}
	}
	switch {
	case len(kept) == len(places) && (in.AtEnd || len(kept) == len(p.edits)):
		p.edits = kept
		return nil
	case in.AtEnd:
		return notFound(because("not_at_end"))
	case len(p.edits) == len(places):
		return nil // once in each, and not at the end
	}
	return ambiguous(because("sign_times", strconv.Itoa(len(p.edits))), places...)
}

// inHeading refuses words that stand in an article's heading as well as in its
// text, where the instruction names the article alone: headings are objects of
// their own.
func (b *base) inHeading(p *plan, places []place) *refusal {
	if p.whole {
		return nil
	}
	for _, at := range places {
		if at.unit == nil || at.heading || level(at.unit.Kind) > level(law.Article) {
			continue
		}
		heading, text := 0, 0
		for _, e := range p.edits {
			switch {
			case e.at >= at.from && e.at < b.textOf(at):
				heading++
			case e.at > at.from && e.at < at.to:
				text++
			}
		}
		if heading > 0 && text > 0 {
			return ambiguous(because("in_heading"), at)
		}
	}
	return nil
}

// addAtEnd puts words before the last sign of a unit of one line.
func (b *base) addAtEnd(p *plan, in *Instruction) *refusal {
	places, refused := b.places(p, in.Targets)
	if refused != nil {
		return refused
	}
	for _, at := range places {
		at, ok := b.oneLine(at)
		if !ok {
			return ambiguous(because("which_line"), at)
		}
		text := b.all[at.from].Text
		words := strings.Join(in.New, " ")
		end := len(strings.TrimRight(text, " .;:,"))
		e := edit{at: at.from, from: end, to: end, put: end, new: words}
		if at.sentence != 0 {
			s, refused := b.within(at)
			if refused != nil {
				return refused
			}
			end = len(strings.TrimRight(text[:s.to], " .;:,"))
			e.from, e.to, e.put = end, end, end
		}
		if strings.ContainsAny(tail(words, 1), ".;:") { // the words bring their own sign
			e.to = len(text)
			if at.sentence != 0 {
				return ambiguous(because("own_sign"), at)
			}
		}
		p.edits = append(p.edits, e)
	}
	return nil
}

// sentencesAdded is what «предложениями вторым и третьим следующего содержания» adds:
// one line, or a quotation a sentence.
func sentencesAdded(in *Instruction) (text string, ok bool) {
	var lines []string
	for _, q := range in.Wording {
		for _, l := range q {
			lines = append(lines, l.Text)
		}
	}
	first := lastStep(in.Targets[0]).Ordinal
	for i, t := range in.Targets {
		if n := lastStep(t).Ordinal; n != first+i && !(n == 0 && len(in.Targets) == 1) {
			return "", false
		}
	}
	return strings.Join(lines, " "), len(lines) == 1 || len(lines) == len(in.Targets)
}

// addSentence adds a sentence to a unit of one line, at its end or where its
// ordinal says.
func (b *base) addSentence(p *plan, in *Instruction) *refusal {
	added, ok := sentencesAdded(in)
	if !ok {
		return ambiguous(because("more_than_sentence"))
	}
	c := in.Targets[0].Citation
	places, refused := b.places(p, []Target{{Citation: c[:len(c)-1]}})
	if refused != nil {
		return refused
	}
	at, ok := b.oneLine(places[0])
	if len(places) > 1 || !ok || level(at.unit.Kind) <= level(law.Article) {
		return ambiguous(because("which_line"), places...)
	}
	text := b.all[at.from].Text
	end := len(strings.TrimRight(text, " "))
	if n := c[len(c)-1].Ordinal; n > 0 {
		ends, sure := sentences(text, at.unit.NumberEnd())
		switch {
		case !sure:
			return ambiguous(because("sentences_uncertain"), at)
		case n > len(ends)+1 || n < 2:
			return notFound(because("few_sentences", strconv.Itoa(len(ends))))
		}
		end = ends[n-2]
	}
	if end == len(text) && strings.HasSuffix(text, ";") {
		return ambiguous(because("semicolon"), at)
	}
	p.edits = append(p.edits, edit{at: at.from, from: end, to: end, put: end, new: added})
	return nil
}

// sentence replaces or takes out one sentence of a line.
func (b *base) sentence(p *plan, at place, new string) *refusal {
	s, refused := b.within(at)
	if refused == nil {
		p.edits = append(p.edits, edit{at: at.from, from: s.from, to: s.to, put: s.from, new: new})
	}
	return refused
}

// span is bytes of a line.
type span struct{ from, to int }

// within is where the one sentence stands that a place is; of other places it is
// nothing.
func (b *base) within(at place) (s span, refused *refusal) {
	if at.sentence == 0 {
		return s, nil
	}
	text := b.all[at.from].Text
	own := at.unit.NumberEnd()
	ends, sure := sentences(text, own)
	n := at.sentence
	if n == lastOrdinal {
		n = len(ends)
	}
	switch {
	case !sure:
		return s, ambiguous(because("sentences_uncertain"), at)
	case n > len(ends):
		return s, notFound(because("few_sentences", strconv.Itoa(len(ends))))
	}
	s = span{own, ends[n-1]}
	if n > 1 {
		s.from = ends[n-2]
	}
	s.from += len(text[s.from:]) - len(strings.TrimLeft(text[s.from:], " "))
	return s, nil
}
