package read

import (
	"slices"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/law"
)

// historian writes the history of provisions for readers of one interface
// language.
type historian struct {
	view
	list  editions
	lines *chronicle
	docs  []*text // of the editions that are named; nil for others
}

// needed are the editions whose texts a history names places of.
func (v historian) needed(h diffing.History, edition int) []int {
	out := []int{edition}
	for _, w := range h.Wordings {
		out = append(out, w.First)
		if w.First > 0 {
			out = append(out, w.First-1)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// past is the address of the history of a provision of an edition.
func (s *speaker) pastOf(k law.EditionKey, a law.Address) string {
	return s.in(historyPath(k, a)) + "?edition=" + k.Version()
}

func (v historian) past(edition int, a law.Address) string {
	return v.pastOf(v.list[edition].EditionKey, a)
}

func (v historian) page(h diffing.History, want law.Address, edition int) HistoryPage {
	here := v.docs[edition].places[want]
	p := HistoryPage{Heading: capital(v.cite(here)), Editions: len(v.list)}
	last := h.Wordings[len(h.Wordings)-1]
	p.Read = v.in(at(editionPath(v.list[last.Last].EditionKey), last.Address))
	for i := range h.Wordings {
		var before *diffing.Wording
		if i > 0 {
			before = &h.Wordings[i-1]
		}
		e := v.entry(&h.Wordings[i], before, here)
		if i == len(h.Wordings)-1 && h.Ended != nil && h.Ended.Placeholder != "" {
			e.Kind, e.Signs = "deleted", []Sign{{"deleted", v.loc.T("kind.deleted")}}
		}
		p.Wordings = append(p.Wordings, e)
	}
	if h.Ended != nil {
		k := v.list[h.Ended.Edition].EditionKey
		p.Ended = &Ended{
			Text: v.loc.T("history.ended", "date", v.loc.Date(k.Date), "dateof", v.loc.DateOf(k.Date)),
			Href: v.in(editionPath(k)), Stead: h.Ended.Placeholder,
		}
		if h.Ended.Placeholder == "" {
			p.Ended.Basis = v.actsOf(h.Ended.Acts)
		}
	}
	v.inside(&p, here, edition)
	return p
}

// inside lists what stands below a provision and has a past of its own.
func (v historian) inside(p *HistoryPage, u *law.Provision, edition int) {
	for _, c := range u.Children {
		if h, ok := v.lines.History(edition, c.Address); ok && len(h.Wordings) > 1 {
			p.Inside = append(p.Inside, Inside{Place{v.past(edition, c.Address), v.cite(c)}, len(h.Wordings)})
		}
		v.inside(p, c, edition)
	}
}

// entry is one wording: when it stood, how it came, what was new in it.
func (v historian) entry(w, before *diffing.Wording, here *law.Provision) *Entry {
	key := v.list[w.First].EditionKey
	now := v.docs[w.First].places[w.Address]
	e := &Entry{
		ID: "w-" + key.Version(), Kind: string(w.Kind), Cite: capital(v.period(w)), Technical: w.Technical && !w.Moved,
		Here: v.in(at(editionPath(key), w.Address)), Lang: key.Lang, Basis: v.actsOf(w.Acts),
	}
	line := Line{Spans: redlined(w.Ops, both)}
	switch {
	case len(w.Ops) == 0 && w.Kind == diffing.Inserted:
		line.Spans = []Span{{Kind: "ins", Text: w.Text}}
	case len(w.Ops) == 0:
		line.Spans = []Span{{Text: w.Text}}
	}
	if cite := v.cite(now); cite != v.cite(here) {
		line.Label = capital(cite)
	}
	e.Lines = []Line{line}
	add := func(kind, text string) { e.Signs = append(e.Signs, Sign{kind, text}) }
	if w.First == 0 {
		add("", v.loc.T("edition.first"))
		return e
	}
	earlier := v.list[w.First-1].EditionKey
	e.Diff = v.in(comparePath(earlier, key))
	parts, t := len(w.Parts)+1, v.docs[w.First]
	switch {
	case w.Kind == diffing.Inserted:
		add("inserted", v.loc.T("kind.inserted"))
	case w.Kind == diffing.Split:
		add("split", v.loc.N("kind.split", parts))
		e.Ends = v.loc.T("ends.split")
	case w.Kind == diffing.Merged:
		add("merged", v.loc.N("kind.merged", parts))
		e.Ends, t = v.loc.T("ends.merged"), v.docs[w.First-1]
	case w.Technical && !w.Renumbered && !w.Moved:
		add("technical", v.loc.T("kind.technical"))
	case w.Kind == diffing.Edited && !w.Technical:
		add("edited", v.loc.T("kind.edited"))
	}
	if w.Moved {
		add("moved", v.loc.T("kind.moved"))
	}
	if before != nil {
		if was := v.docs[w.First-1].places[before.Address]; w.Renumbered && was != nil {
			add("renumbered", v.loc.T("kind.renumbered", "old", numberSign(was), "new", numberSign(now)))
		}
	}
	all := w.Parts
	switch {
	case w.Kind == diffing.Split:
		all = append([]law.Address{w.Address}, all...)
	case w.Kind == diffing.Merged && before != nil:
		all = append([]law.Address{before.Address}, all...)
	}
	for _, a := range all {
		if u := t.places[a]; u != nil {
			e.Places = append(e.Places, Place{v.in(at(editionPath(t.head.EditionKey), a)), v.cite(u)})
		}
	}
	return e
}

// period says in which editions a wording stood.
func (v historian) period(w *diffing.Wording) string {
	first, last := v.list[w.First].EditionKey, v.list[w.Last].EditionKey
	switch {
	case w.First == w.Last:
		return v.edition(first)
	case w.Last == len(v.list)-1:
		return v.loc.T("history.since", "date", v.loc.Date(first.Date), "dateof", v.loc.DateOf(first.Date))
	}
	return v.loc.T("history.editions", "from", v.brief(first), "to", v.brief(last))
}

func (v view) actsOf(acts []law.NoteAct) []ActView {
	var out []ActView
	for _, a := range acts {
		if a.Number != "" {
			out = append(out, v.act(a))
		}
	}
	return out
}

// historyJSON is the JSON twin of a provision's history. Editions are named by
// their versions.
type historyJSON struct {
	Act      law.ActID     `json:"act"`
	Lang     law.Lang      `json:"lang"`
	Address  law.Address   `json:"address"`
	Edition  string        `json:"edition"` // the address belongs to
	Editions []string      `json:"editions"`
	Wordings []wordingJSON `json:"wordings"`
	Ended    *endedJSON    `json:"ended"`
}

type wordingJSON struct {
	Address    law.Address      `json:"address"`
	Label      law.Label        `json:"label"`
	First      string           `json:"first"` // editions, both included
	Last       string           `json:"last"`
	Kind       diffing.PairKind `json:"kind"`
	Moved      bool             `json:"moved"`
	Renumbered bool             `json:"renumbered"`
	Technical  bool             `json:"technical"`
	Text       string           `json:"text"`
	Ops        []opJSON         `json:"ops"`
	Parts      []law.Address    `json:"parts"`
	Acts       []law.NoteAct    `json:"acts"`
	Words      []wordsJSON      `json:"words"` // they join to the text
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

type endedJSON struct {
	Edition string        `json:"edition"` // the first without it
	Stead   string        `json:"placeholder"`
	Acts    []law.NoteAct `json:"acts"`
}

func (v historian) json(act law.ActID, lang law.Lang, want law.Address, edition int, h diffing.History) historyJSON {
	out := historyJSON{Act: act, Lang: lang, Address: want, Edition: v.list[edition].Version(), Wordings: []wordingJSON{}}
	for _, e := range v.list {
		out.Editions = append(out.Editions, e.Version())
	}
	for _, w := range h.Wordings {
		x := wordingJSON{
			Address: w.Address, Label: v.docs[w.First].places[w.Address].Label(),
			First: v.list[w.First].Version(), Last: v.list[w.Last].Version(),
			Kind: w.Kind, Moved: w.Moved, Renumbered: w.Renumbered, Technical: w.Technical, Text: w.Text,
			Ops: []opJSON{}, Parts: orNone(w.Parts), Acts: orNone(w.Acts), Words: []wordsJSON{},
		}
		for _, o := range w.Ops {
			x.Ops = append(x.Ops, opJSON{o.Kind, o.Text})
		}
		for _, s := range w.Spans {
			x.Words = append(x.Words, wordsJSON{s.Text, v.list[s.Edition].Version()})
		}
		out.Wordings = append(out.Wordings, x)
	}
	if h.Ended != nil {
		out.Ended = &endedJSON{v.list[h.Ended.Edition].Version(), h.Ended.Placeholder, orNone(h.Ended.Acts)}
	}
	return out
}

// orNone makes an empty list of a missing one, which JSON would write as null.
func orNone[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
