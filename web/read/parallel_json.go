package read

import (
	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/law"
)

// parallelComparison is the JSON twin of a comparison in two languages.
type parallelComparison struct {
	Act     law.ActID           `json:"act"`
	From    map[law.Lang]string `json:"from"` // editions
	To      map[law.Lang]string `json:"to"`
	Changes []parallelRowJSON   `json:"changes"`
}

// parallelRowJSON is a place that changed: null stands for a language whose text
// did not change there.
type parallelRowJSON struct {
	ID    string                        `json:"id"` // of the change on its page
	Langs map[law.Lang]*parallelPairing `json:"changes"`
}

// parallelPairing is the change in one language, every provision that changed
// with it.
type parallelPairing struct {
	Label law.Label       `json:"label"`
	Pairs []parallelTexts `json:"pairs"`
}

type parallelTexts struct {
	Kind       diffing.PairKind `json:"kind"`
	Moved      bool             `json:"moved"`
	Renumbered bool             `json:"renumbered"`
	From       []parallelSide   `json:"from"`
	To         []parallelSide   `json:"to"`
}

type parallelSide struct {
	Address law.Address `json:"address"`
	Text    string      `json:"text"`
}

// parallelComparisonJSON has every row the pages have.
func parallelComparisonJSON(act law.ActID, ws [2]writer, lists [2][]*change, rows [][2]int) parallelComparison {
	out := parallelComparison{Act: act, From: map[law.Lang]string{}, To: map[law.Lang]string{}, Changes: []parallelRowJSON{}}
	for _, w := range ws {
		out.From[w.c.from.head.Lang], out.To[w.c.to.head.Lang] = w.c.from.head.Version(), w.c.to.head.Version()
	}
	for _, row := range rows {
		r := parallelRowJSON{Langs: map[law.Lang]*parallelPairing{}}
		for i, n := range row {
			lang := ws[i].c.to.head.Lang
			r.Langs[lang] = nil
			if n < 0 {
				continue
			}
			ch := lists[i][n]
			r.ID = entryID(ch)
			p := &parallelPairing{Label: oneOf(ch.pairs[0]).Label()}
			for _, pair := range ch.pairs {
				p.Pairs = append(p.Pairs, parallelTexts{pair.Kind, pair.Moved, pair.Renumbered, parallelSides(pair.From), parallelSides(pair.To)})
			}
			r.Langs[lang] = p
		}
		out.Changes = append(out.Changes, r)
	}
	return out
}

func parallelSides(side *diffing.Side) []parallelSide {
	out := []parallelSide{}
	if side == nil {
		return out
	}
	for _, p := range side.Provisions {
		out = append(out, parallelSide{p.Address, p.Text})
	}
	return out
}
