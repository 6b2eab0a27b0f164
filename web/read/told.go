package read

import (
	"context"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/law"
)

// told is the history of a unit as pictures, cards and feeds show it: what was
// new in its last wordings, newest first.
type told struct {
	act      law.Act
	all      editions
	key      law.EditionKey // of the edition the address belongs to
	want     law.Address
	version  string // of that edition, where the address names one
	cite     string
	count    int // of all wordings
	wordings []toldWording
}

type toldWording struct {
	head   law.EditionHead // of the edition that brought it
	first  bool            // there is none before it
	at     law.Address
	cite   string
	period string
	lines  [][]Span // what is new; of the first wording its own line
}

func (x *told) path() string { return historyPath(x.key, x.want) }

// told tells the last wordings of the unit an address names, at most n.
func (rd *Reader) told(ctx context.Context, s *speaker, name, address, language, version string, n int) (*told, error) {
	act, all, err := rd.act(ctx, s, name)
	if err != nil {
		return nil, err
	}
	ask := past{act: act, all: all, want: law.Address(address), version: version}
	if ask.lang, err = law.ParseLang(language); err != nil {
		return nil, s.noLanguage(all, err)
	}
	if len(all.in(ask.lang).official()) == 0 {
		return nil, rd.noEdition(s, all, law.EditionKey{Act: act.ID, Status: law.Enacted, Lang: ask.lang})
	}
	days, err := rd.gazette(ctx)
	if err != nil {
		return nil, err
	}
	x := &told{act: act, all: all, want: ask.want, version: version}
	return x, rd.tell(ctx, s, ask, days, func(v *historian) error {
		x.key, x.cite, x.count = v.list[v.asked].EditionKey, v.citeAt(v.here, v.want), len(v.unit.Wordings)
		for i := x.count - 1; i >= 0 && len(x.wordings) < n; i-- {
			w := &v.unit.Wordings[i]
			t := toldWording{head: v.list[w.First], first: i == 0, at: w.Address, cite: capital(v.citeAt(w.Citation, w.Address)), period: capital(v.period(w))}
			for _, line := range w.Lines() {
				if !line.Unchanged() || i == 0 && len(t.lines) == 0 {
					t.lines = append(t.lines, wordingSpans(&line.Wording))
				}
				if len(t.lines) > embedLines {
					break
				}
			}
			x.wordings = append(x.wordings, t)
		}
		return nil
	})
}

// wordingSpans is a wording with its redline against the one before.
func wordingSpans(w *diffing.Wording) []Span {
	switch {
	case len(w.Ops) > 0:
		return redlined(w.Ops, both)
	case w.Kind == diffing.Inserted:
		return []Span{{Kind: "ins", Text: w.Text}}
	case w.Kind == diffing.Deleted:
		return []Span{{Kind: "del", Text: w.Text}}
	}
	return []Span{{Text: w.Text}}
}
