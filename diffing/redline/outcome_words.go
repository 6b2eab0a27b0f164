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
			title: "Ұсыныстың тағдыры", base: "Қолданыстағы редакция", proposed: "Ұсынылған редакция", enacted: "Қабылданған редакция", unasked: "Ұсынылмаған, бірақ қабылданған өзгерістер",
			survived: "ұсынылған сөздердің сақталғаны: %d %%", movedTo: "мына жерде қабылданды: %s", absent: "жоқ", nothing: "Ұсынылған өзгерістер жоқ.",
			statuses: map[diffing.OutcomeStatus]string{
				diffing.Adopted: "қабылданды", diffing.Partly: "ішінара қабылданды", diffing.AdoptedChanged: "өзгертілген түрде қабылданды",
				diffing.Rejected: "қабылданбады", diffing.Opposite: "керісінше шешілді", diffing.Pending: "әзірге шешілген жоқ",
			},
		}
	case law.EN:
		return outcomeWords{
			title: "What became of the proposal", base: "Text in force", proposed: "Proposed text", enacted: "Enacted text", unasked: "Enacted although nobody proposed it",
			survived: "proposed words that survived: %d %%", movedTo: "enacted at %s", absent: "none", nothing: "Nothing was proposed.",
			statuses: map[diffing.OutcomeStatus]string{
				diffing.Adopted: "adopted", diffing.Partly: "adopted in part", diffing.AdoptedChanged: "adopted in other words",
				diffing.Rejected: "rejected", diffing.Opposite: "decided to the contrary", diffing.Pending: "pending",
			},
		}
	}
	return outcomeWords{
		title: "Что стало с предложением", base: "Действующая редакция", proposed: "Предложенная редакция", enacted: "Принятая редакция", unasked: "Принято, хотя никем не предлагалось",
		survived: "сохранилось предложенных слов: %d %%", movedTo: "принято в другом месте: %s", absent: "нет", nothing: "Изменений не предложено.",
		statuses: map[diffing.OutcomeStatus]string{
			diffing.Adopted: "принято", diffing.Partly: "принято частично", diffing.AdoptedChanged: "принято в измененном виде",
			diffing.Rejected: "не принято", diffing.Opposite: "решено наоборот", diffing.Pending: "еще не решено",
		},
	}
}

func (t *outcomeWords) summary(o *diffing.OutcomeResult) string {
	if len(o.Items) == 0 {
		return t.nothing
	}
	var parts []string
	for _, s := range outcomeStatuses {
		if n := o.Summary[s]; n > 0 {
			parts = append(parts, t.statuses[s]+": "+strconv.Itoa(n))
		}
	}
	return strings.Join(parts, ", ")
}

// verdict says what became of one item.
func (t *outcomeWords) verdict(o *diffing.OutcomeResult, it *diffing.OutcomeItem, lang law.Lang) string {
	s := t.statuses[it.Status]
	if it.Status == diffing.AdoptedChanged || it.Status == diffing.Partly {
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
