package drafting

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// act lays changes out as an act: title, frame, numbered instructions, those of
// one article under a line that names it, entry into force.
func (w *writer) act(changes []change) *Act {
	g := w.g
	a := &Act{Lang: w.from.Lang}
	kinds, several := w.what(changes)
	cited := g.cited(w.o)
	fields := map[string]string{
		"what": kinds[1], "act": cited.name(false), "act dated": cited.name(true), "following": g.Write.Following[several], "when": w.o.Force,
		"first": cited.kind.Numbers[0], "second": cited.kind.Numbers[1], "this": cited.kind.This,
	}
	if fields["when"] == "" {
		fields["when"] = g.Write.When
	}
	field := func(name string) string { return fields[name] }
	a.Title = fill(g.Write.Title, field)
	fields["what"] = kinds[0]
	a.add(Frame, a.Title)
	a.add(Frame, fill(g.Write.Header, field))
	w.numberAnnexes(changes, cited.kind)
	frames := w.frames(changes, cited.kind)
	frame := ""
	for from, n := 0, 1; from < len(changes); n++ {
		if f := frames[from]; f != "" && f != frame {
			frame = f
			a.add(Frame, f)
		}
		to := from + 1
		article := articleOf(&changes[from])
		for article != nil && to < len(changes) && frames[to] == frames[from] && slices.Equal(article, articleOf(&changes[to])) {
			to++
		}
		number := fmt.Sprintf("%d) ", n)
		if from == 0 && to == len(changes) {
			number = ""
		}
		w.group(a, changes[from:to], number, nil, to == len(changes))
		from = to
	}
	a.add(Instructing, fill(g.Write.Force, field))
	for i := range changes {
		a.annex(&changes[i], cited.kind)
	}
	return a
}

// frames name for each change what the act has approved, where it is of that.
func (w *writer) frames(changes []change, kind actKind) []string {
	titles := map[*law.Provision][]string{}
	approvedTitles(w.from, titles)
	approvedTitles(w.to, titles)
	out := make([]string, len(changes))
	for i := range changes {
		if len(changes[i].units) == 0 { // the act's own title
			continue
		}
		out[i] = w.g.Write.Approved.frame(titles[root(changes[i].units[0])], kind.By)
	}
	return out
}

// numberAnnexes gives new wordings of annexes their own place: an only annex of the
// act has no number.
func (w *writer) numberAnnexes(changes []change, kind actKind) {
	var own []*change
	for i := range changes {
		if changes[i].op == Annex {
			own = append(own, &changes[i])
		}
	}
	for i, ch := range own {
		ch.in, ch.own = kind.To, ""
		if len(own) > 1 {
			ch.own = strconv.Itoa(i + 1)
		}
	}
}

// annex adds an annex of the act.
func (a *Act) annex(ch *change, kind actKind) {
	if ch.op != Annex {
		return
	}
	a.add(Frame, fillGiven(kind.Stamp, func(string) string { return ch.own }))
	for _, line := range ch.wording[0] {
		a.add(Quoted, line)
	}
}

// group writes instructions that belong together: several under a line that names
// what they have in common, «в статье 5:», and those of one of its paragraphs under
// a line of its own. context is what the lines above name.
func (w *writer) group(a *Act, changes []change, number string, context law.Citation, last bool) {
	if len(changes) == 1 {
		text, _ := w.g.phrase(&changes[0], context)
		changes[0].first = len(a.Lines) + 1
		wording := changes[0].wording
		if changes[0].op == Annex {
			wording = nil
		}
		a.instruction(number+text, wording, last)
		changes[0].last = len(a.Lines)
		return
	}
	common := common(changes)
	a.add(Context, number+w.context(common, context))
	for from := 0; from < len(changes); {
		to := from + 1
		for to < len(changes) && inOne(&changes[from], &changes[to], len(common)) {
			to++
		}
		if !fallsBack(changes[from], changes[to:], len(common)) {
			to = from + 1
		}
		w.group(a, changes[from:to], "", common, last && to == len(changes))
		from = to
	}
}

// common is what the citations of all changes begin with.
func common(changes []change) law.Citation {
	out := changes[0].holder
	for i := range changes {
		n := 0
		for n < min(len(out), len(changes[i].holder)) && out[n] == changes[i].holder[n] {
			n++
		}
		out = out[:n:n]
	}
	return out
}

// inOne reports whether two changes are in one unit below the one that n steps
// name.
func inOne(a, b *change, n int) bool {
	return len(a.holder) > n && len(b.holder) > n && a.holder[n] == b.holder[n]
}

// fallsBack reports whether what comes after a line that names a unit is read as
// of the larger one again: it is no smaller than that unit.
func fallsBack(named change, after []change, n int) bool {
	if len(named.holder) <= n {
		return false
	}
	for i := range after {
		first := after[i].steps[0]
		if len(after[i].holder) > n {
			first = after[i].holder[n]
		}
		if level(first.Kind) > level(named.holder[n].Kind) {
			return false
		}
	}
	return true
}

// articleOf is the article, the annex or the paragraph of rules that a change is made
// inside, nil where it is that itself, or a larger unit.
func articleOf(ch *change) law.Citation {
	if len(ch.holder) == 0 {
		return nil
	}
	switch ch.holder[0].Kind {
	case law.Article, law.Annex, law.Paragraph:
		return ch.holder[:1:1]
	}
	return nil
}

// context names a unit below those that the lines above name.
func (w *writer) context(c, above law.Citation) string {
	last := len(c) - 1
	return fill(w.g.Write.Forms["context"], func(grammatical string) string { return w.g.units(c[last:], grammatical, c[len(above):last]) })
}

func (a *Act) add(role Role, text string) { a.Lines = append(a.Lines, ActLine{role, text}) }

// instruction adds a sentence and the wording it quotes.
func (a *Act) instruction(text string, wording [][]string, last bool) {
	sign := ";"
	if last {
		sign = "."
	}
	if len(wording) == 0 {
		a.add(Instructing, text+sign)
		return
	}
	a.add(Instructing, text)
	for i, lines := range wording {
		quote, _ := quotation1(strings.Join(lines, "\n"))
		if i < len(wording)-1 {
			quote += ";"
		} else {
			quote += sign
		}
		for _, line := range strings.Split(quote, "\n") {
			a.add(Quoted, line)
		}
	}
}

// what names what an act brings, «изменения» and «дополнения», after «следующие»
// and after «о внесении»; several is 1 where it is more than one.
func (w *writer) what(changes []change) (names [2]string, several int) {
	changed, added := 0, 0
	for i := range changes {
		switch ch := &changes[i]; {
		case ch.adds(), ch.new, ch.op == AddWordsAfter, ch.op == AddWordsEnd:
			added++
		default:
			changed++
		}
	}
	if changed+added > 1 {
		several = 1
	}
	name := func(one, many string, n int) [2]string {
		if n == 1 {
			return w.g.Write.Changes[one]
		}
		return w.g.Write.Changes[many]
	}
	changesName, additionsName := name("change", "changes", changed), name("addition", "additions", added)
	switch {
	case added == 0:
		return changesName, several
	case changed == 0:
		return additionsName, several
	}
	for i := range names {
		names[i] = fill(w.g.Write.AndChanges[min(changed-1, 1)], func(f string) string {
			if f == "changes" {
				return changesName[i]
			}
			return additionsName[i]
		})
	}
	return names, several
}
