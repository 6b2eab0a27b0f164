package redline

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/law"
)

// outcomeWords is what an outcome says in one language.
type outcomeWords struct {
	title, base, proposed, enacted, unasked string
	survived, movedTo, absent, nothing      string
	statuses                                map[diffing.OutcomeStatus]string
}

func outcomeWordsIn(lang law.Lang) outcomeWords {
	switch lang {
	case law.KK:
		return outcomeWords{
			title: "Ұсыныстың нәтижесі", base: "Қолданыстағы редакция", proposed: "Ұсынылған редакция", enacted: "Қабылданған редакция", unasked: "Ұсынылмай қабылданған",
			survived: "түзету сөздерінің %d %%-ы ескерілген", movedTo: "басқа жерде қабылданған: %s", absent: "жоқ", nothing: "Ұсынылған өзгерістер жоқ.",
			statuses: map[diffing.OutcomeStatus]string{
				diffing.Adopted: "қабылданды", diffing.Partly: "ішінара қабылданды", diffing.AdoptedChanged: "өзгеріспен қабылданды",
				diffing.Rejected: "қабылданбады", diffing.Opposite: "керісінше қабылданды", diffing.Pending: "шешім күтілуде",
				diffing.Unclear: "анық емес",
			},
		}
	case law.EN:
		return outcomeWords{
			title: "What became of the proposal", base: "Text in force", proposed: "Proposed text", enacted: "Enacted text", unasked: "Enacted without a proposal",
			survived: "%d%% of the amendment’s words survived", movedTo: "enacted in another place: %s", absent: "none", nothing: "Nothing was proposed.",
			statuses: map[diffing.OutcomeStatus]string{
				diffing.Adopted: "adopted", diffing.Partly: "adopted in part", diffing.AdoptedChanged: "adopted with changes",
				diffing.Rejected: "not adopted", diffing.Opposite: "the opposite was enacted", diffing.Pending: "awaiting a decision",
				diffing.Unclear: "unclear",
			},
		}
	}
	return outcomeWords{
		title: "Что стало с предложением", base: "Действующая редакция", proposed: "Предложенная редакция", enacted: "Принятая редакция", unasked: "Принято без предложения",
		survived: "учтено %d %% слов поправки", movedTo: "принято в другом месте: %s", absent: "нет", nothing: "Изменений не предложено.",
		statuses: map[diffing.OutcomeStatus]string{
			diffing.Adopted: "принято", diffing.Partly: "принято частично", diffing.AdoptedChanged: "принято с изменениями",
			diffing.Rejected: "не принято", diffing.Opposite: "принято обратное", diffing.Pending: "ожидает решения",
			diffing.Unclear: "неясно",
		},
	}
}

func (t *outcomeWords) summary(o *diffing.OutcomeResult) string {
	if len(o.Items) == 0 {
		return t.nothing
	}
	var parts []string
	told := o.Told()
	for _, s := range append(outcomeStatuses[:], diffing.Unclear) {
		if n := told[s]; n > 0 {
			parts = append(parts, t.statuses[s]+": "+strconv.Itoa(n))
		}
	}
	return strings.Join(parts, ", ")
}

// verdict says what became of one item.
func (t *outcomeWords) verdict(o *diffing.OutcomeResult, it *diffing.OutcomeItem, lang law.Lang) string {
	s := t.statuses[it.Told()]
	if it.Doubt != "" {
		s += ": " + Doubt(it.Doubt, lang)
	} else if it.Status == diffing.AdoptedChanged || it.Status == diffing.Partly {
		s += "; " + fmt.Sprintf(t.survived, int(100*it.Survived+0.5))
	}
	if it.MovedTo != "" {
		at := string(it.MovedTo)
		if p := o.Enacted.Find(it.MovedTo); p != nil {
			at = p.Cite().In(lang)
		}
		s += "; " + fmt.Sprintf(t.movedTo, at)
	}
	return s
}

// became says what a text makes of an item, which is called by its place in the
// base text: a move is told by where it leads.
func (t *words) became(p *diffing.Pair, lang law.Lang) string {
	parts := t.traits(p)
	if p.Moved && p.To != nil {
		parts = append(parts, fmt.Sprintf(t.fates[diffing.TargetMoved], label(p.To, lang)))
	}
	return strings.Join(parts, "; ")
}
