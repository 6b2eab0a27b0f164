package drafting

import (
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// IsPlaceholder reports whether a unit is what editors leave of an excluded one:
// «3) исключен Законом РК …», «5. Алып тасталды – ҚР …».
func IsPlaceholder(p *law.Provision) bool {
	if p.Number == "" {
		return false
	}
	g := [...]string{"исключен", "искл. ", "алып тасталды", "алынып тасталды", "алып тасталды"}
	rest := strings.ToLower(law.Fold(strings.TrimLeft(p.Text[ownNumber(p):], " .)(-–")))
	for _, w := range g {
		if strings.HasPrefix(rest, w) {
			return true
		}
	}
	return false
}
