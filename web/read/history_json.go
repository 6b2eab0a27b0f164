package read

import (
	"context"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/law"
)

// historyJSON is the JSON twin of a unit's history. Editions are named by their
// versions.
type historyJSON struct {
	Act      law.ActID     `json:"act"`
	Lang     law.Lang      `json:"lang"`
	Address  law.Address   `json:"address"`
	Edition  string        `json:"edition"` // the address belongs to
	Editions []string      `json:"editions"`
	Wordings []wordingJSON `json:"wordings"`
	Ended    *endedJSON    `json:"ended"`
	// Beside is the same in the language asked for with ?with=; null where that text
	// has no such unit.
	Beside *historyJSON `json:"beside,omitempty"`
}

// wordingJSON is a wording of the unit: of its own line, with the lines below it
// that this wording changed.
type wordingJSON struct {
	lineJSON
	First   string       `json:"first"` // editions, both included
	Last    string       `json:"last"`
	Words   []wordsJSON  `json:"words"` // of the own line; they join to its text
	Below   []lineJSON   `json:"below"`
	InForce []inForceNew `json:"in_force"`
}

// lineJSON is a provision in a wording. One that went has the kind "deleted", or
// is "gone" to another place.
type lineJSON struct {
	Address    law.Address      `json:"address"`
	Label      law.Label        `json:"label"`
	Was        law.Address      `json:"was,omitempty"` // before, where that was another place
	Kind       diffing.PairKind `json:"kind"`
	Moved      bool             `json:"moved"`
	Renumbered bool             `json:"renumbered"`
	Technical  bool             `json:"technical"`
	Gone       bool             `json:"gone,omitempty"`
	Text       string           `json:"text"`
	Ops        []opJSON         `json:"ops"`
	Parts      []law.Address    `json:"parts"`
	Acts       []law.NoteAct    `json:"acts"`
}

type opJSON struct {
	Op   diffing.OpKind `json:"op"`
	Text string         `json:"text"`
}

// wordsJSON is a run of words and the edition that brought it.
type wordsJSON struct {
	Text    string `json:"text"`
	Edition string `json:"edition"`
}

// inForceNew tells from when what is new applies: the day, or the phrase alone
// where no day can be told.
type inForceNew struct {
	Addresses []law.Address   `json:"addresses"`
	Status    law.ForceStatus `json:"status"` // today
	Since     law.Date        `json:"since"`
	Until     law.Date        `json:"until"`
	Phrase    string          `json:"phrase"`
	Basis     string          `json:"basis"`
	Doubts    []string        `json:"doubts"`
}

type endedJSON struct {
	Edition string        `json:"edition"` // the first without it
	Stead   string        `json:"placeholder"`
	Acts    []law.NoteAct `json:"acts"`
}

func (rd *Reader) historyJSON(ctx context.Context, s *speaker, ask past, days gazette) (*historyJSON, error) {
	var out *historyJSON
	var key law.EditionKey
	err := rd.tell(ctx, s, ask, days, func(v *historian) error {
		out, key = v.json(), v.list[v.asked].EditionKey
		return nil
	})
	if err != nil || ask.with == "" {
		return out, err
	}
	other, ok := ask.beside(key)
	if !ok {
		return out, nil
	}
	err = rd.tell(ctx, s, other, days, func(v *historian) error {
		out.Beside = v.json()
		return nil
	})
	return out, besideless(err)
}

func (v *historian) json() *historyJSON {
	out := &historyJSON{Act: v.law.ID, Lang: v.list[0].Lang, Address: v.want, Edition: v.list[v.asked].Version(), Wordings: []wordingJSON{}}
	for _, e := range v.list {
		out.Editions = append(out.Editions, e.Version())
	}
	for n := range v.unit.Wordings {
		w := &v.unit.Wordings[n]
		lines := w.Lines()
		x := wordingJSON{First: v.list[w.First].Version(), Last: v.list[w.Last].Version(), Words: []wordsJSON{}, Below: []lineJSON{}, InForce: []inForceNew{}}
		for i := range lines {
			switch l := &lines[i]; {
			case l.Address == w.Address && !l.Gone:
				x.lineJSON = lineOf(l)
			case n > 0 && !l.Unchanged() || n == 0 && l.Kind != "" && w.First > 0:
				x.Below = append(x.Below, lineOf(l))
			}
		}
		for own := range w.Blame() {
			for _, s := range own.Spans {
				x.Words = append(x.Words, wordsJSON{s.Text, v.list[s.Edition].Version()})
			}
			break
		}
		for _, g := range v.forces(w, lines) {
			f := inForceNew{Status: g.force.Status, Since: g.force.Since, Until: g.force.Until, Phrase: g.force.Phrase, Basis: g.force.Basis, Doubts: orNone(g.force.Doubts)}
			for _, l := range g.lines {
				f.Addresses = append(f.Addresses, l.Address)
			}
			x.InForce = append(x.InForce, f)
		}
		out.Wordings = append(out.Wordings, x)
	}
	if e := v.unit.Ended; e != nil {
		out.Ended = &endedJSON{v.list[e.Edition].Version(), e.Placeholder, orNone(e.Acts)}
	}
	return out
}

func lineOf(l *diffing.UnitLine) lineJSON {
	x := lineJSON{
		Address: l.Address, Label: l.Citation.Label(l.Address), Was: l.Was, Kind: l.Kind, Moved: l.Moved, Renumbered: l.Renumbered,
		Technical: l.Technical, Gone: l.Gone, Text: l.Text, Ops: []opJSON{}, Parts: orNone(l.Parts), Acts: orNone(l.Acts),
	}
	for _, o := range l.Ops {
		x.Ops = append(x.Ops, opJSON{o.Kind, o.Text})
	}
	return x
}

// orNone makes an empty list of a missing one, which JSON would write as null.
func orNone[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
