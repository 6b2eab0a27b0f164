package drafting

import (
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/law"
)

// TestExceptionOfContext has exceptions from the entry into force that lead to «в
// пункте 1:» alone: which instructions are meant is not said, and none gets a day.
func TestExceptionOfContext(t *testing.T) {
	const act = `О внесении изменений в Закон Республики Казахстан «О залах»
Статья 1. Внести в Закон Республики Казахстан от 1 марта 1995 года «О залах» следующие изменения:
1) в статье 1:
в пункте 1:
подпункт 2) исключить;
2) статью 2 исключить.
Статья 2. Настоящий Закон вводится в действие с 1 января 2026 года, за исключением `
	for indents, idle := range map[string]bool{"абзаца второго": true, "абзаца третьего": false, "абзацев второго и третьего": false} {
		text := act + indents + " подпункта 1) статьи 1, который вводится в действие с 1 января 2027 года."
		lines, err := law.ReadText(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		a, err := Read(law.RU, lines)
		if err != nil {
			t.Fatal(err)
		}
		days := a.Instructions[0].InForce.Date + " " + a.Instructions[1].InForce.Date
		switch {
		case idle && (len(a.Doubts) != 1 || a.Doubts[0].Reason.Code() != "exception_idle" || days != " "):
			t.Errorf("%s: days %q, doubts %v", indents, days, a.Doubts)
		case !idle && (len(a.Doubts) != 0 || days != "2027-01-01 2026-01-01"):
			t.Errorf("%s: days %q, doubts %v", indents, days, a.Doubts)
		}
	}
}
