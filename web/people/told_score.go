package people

import (
	"strings"

	"github.com/tuzetu/tuzetu/internal/i18n"
)

// toldScore is what was done about outcomes, numbers of targets and tasks, "" for
// another entry.
func toldScore(l *i18n.Locale, did string, of map[string]string) string {
	switch did {
	case "outcome.confirmed":
		return l.T("did.outcome_confirmed", "proposal", of["proposal"])
	case "indicator.entered":
		return l.T("did.indicator_entered", "entry", of["entry"], "indicator", strings.TrimSpace(of["indicator"]))
	case "task.added":
		return l.T("did.task_added")
	case "task.done":
		return l.T("did.task_done", "task", of["task"])
	case "task.opened":
		return l.T("did.task_opened", "task", of["task"])
	}
	return ""
}
