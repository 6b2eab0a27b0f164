package drafting

import (
	"fmt"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// act lays changes out as an act: title, frame, numbered instructions, those of
// one article under a line that names it, entry into force.
func (w *writer) act(changes []change) *Act {
	g := w.g
	a := &Act{Lang: w.from.Lang}
	kinds, several := w.what(changes)
	fields := map[string]string{
		"what": kinds[1], "act": w.name(false), "act dated": w.name(true), "following": g.Write.Following[several], "when": w.o.Force,
	}
	if fields["when"] == "" {
		fields["when"] = g.Write.When
	}
	field := func(name string) string { return fields[name] }
	a.Title = fill(g.Write.Title, field)
	fields["what"] = kinds[0]
	a.add(Frame, a.Title)
	a.add(Frame, fill(g.Write.Header, field))
	for from, n := 0, 1; from < len(changes); n++ {
		to := from + 1
		article := articleOf(&changes[from])
		for article != nil && to < len(changes) && sameCitation(article, articleOf(&changes[to])) {
			to++
		}
		number := fmt.Sprintf("%d) ", n)
		if from == 0 && to == len(changes) {
			number = ""
		}
		var context law.Citation
		if to > from+1 {
			context = article
			a.add(Context, number+w.context(article))
			number = ""
		}
		for i := from; i < to; i++ {
			text, _ := g.phrase(&changes[i], context)
			changes[i].first = len(a.Lines) + 1
			a.instruction(number+text, changes[i].wording, i+1 == len(changes))
			changes[i].last = len(a.Lines)
		}
		from = to
	}
	a.add(Instructing, fill(g.Write.Force, field))
	return a
}

// articleOf is the article a change is made inside, nil where it is the article
// itself, or a larger unit.
func articleOf(ch *change) law.Citation {
	if len(ch.holder) == 0 || ch.holder[0].Kind != law.Article {
		return nil
	}
	return ch.holder[:1:1]
}

func (w *writer) context(article law.Citation) string {
	return fill(w.g.Write.Forms["context"], func(grammatical string) string { return w.g.units(article, grammatical, nil) })
}

func (a *Act) add(role Role, text string) { a.Lines = append(a.Lines, ActLine{role, text}) }

// instruction adds a sentence and the wording it quotes.
func (a *Act) instruction(text string, wording []string, last bool) {
	sign := ";"
	if last {
		sign = "."
	}
	if len(wording) == 0 {
		a.add(Instructing, text+sign)
		return
	}
	a.add(Instructing, text)
	quote, _ := quotation1(strings.Join(wording, "\n"))
	for _, line := range strings.Split(quote+sign, "\n") {
		a.add(Quoted, line)
	}
}

// what names what an act brings, «изменения» and «дополнения», after «следующие»
// and after «о внесении»; several is 1 where it is more than one.
func (w *writer) what(changes []change) (names [2]string, several int) {
	changed, added := 0, 0
	for i := range changes {
		switch ch := &changes[i]; {
		case ch.adds(), ch.op == AddWordsAfter, ch.op == AddWordsEnd:
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

// name is how the frame names the amended act.
func (w *writer) name(dated bool) string {
	title := strings.TrimSpace(w.o.Title)
	t := &w.g.Write
	form, formDated := t.Law, t.LawDated
	for end, inflected := range t.Codes {
		if strings.Contains(title, end) {
			form, formDated = t.Code, t.CodeDated
			title = strings.Replace(title, end, inflected, 1)
			break
		}
	}
	date := w.g.date(w.o.Adopted)
	switch {
	case title == "":
		return t.LawUnnamed
	case dated && date != "":
		form = formDated
	}
	return fill(form, func(name string) string {
		if name == "date" {
			return date
		}
		return title
	})
}
