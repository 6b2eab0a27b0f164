package law

import (
	"cmp"
	"slices"
)

// EventKind says what happened, or is to happen, to an act.
type EventKind string

const (
	EventAdopted     EventKind = "adopted"
	EventPublished   EventKind = "published"
	EventEdition     EventKind = "edition"      // an official edition is dated this day
	EventEntersForce EventKind = "enters_force" // the act, or units it excepts
	EventAmended     EventKind = "amended"      // what an amending act did enters into force
	EventResumed     EventKind = "resumed"      // a suspension ends
	EventExpires     EventKind = "expires"      // units stop applying
	EventLostForce   EventKind = "lost_force"
	EventAnnounced   EventKind = "announced" // notes foretell it, no edition shows it yet
)

// Event is one point of an act's calendar.
type Event struct {
	Day  Date      `json:"day"` // "" where it cannot be computed: then Phrase is shown
	Kind EventKind `json:"kind"`
	// Edition is the edition the event was first read in.
	Edition int     `json:"edition"`
	Act     NoteAct `json:"act"` // without a Number where the law itself decides
	// Addresses are the units concerned, as they stand in that edition; none means
	// the whole act.
	Addresses []Address `json:"addresses"`
	Phrase    string    `json:"phrase"`
	Basis     string    `json:"basis"`
	Sources   []Source  `json:"sources"`
}

// Events lists the calendar of the act by day; events without a day come last.
// What several places say of the same day is one event with several sources.
func (t *Timeline) Events() []Event {
	c := calendar{query: &query{Timeline: t}, at: map[eventKey]int{}}
	if t.act.Adopted != "" {
		c.add(Event{Kind: EventAdopted, Day: t.act.Adopted})
	}
	if t.act.Published != "" {
		c.add(Event{Kind: EventPublished, Day: t.act.Published})
	}
	for k := range t.editions {
		c.edition(k)
	}
	slices.SortStableFunc(c.events, func(a, b Event) int {
		if (a.Day == "") != (b.Day == "") {
			return cmp.Compare(b.Day, a.Day)
		}
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Edition, b.Edition))
	})
	return c.events
}

type calendar struct {
	*query
	events []Event
	at     map[eventKey]int
}

type eventKey struct {
	kind   EventKind
	day    Date
	phrase string // where the day is unknown
	number string
	whole  bool
}

func (c *calendar) add(e Event) {
	key := eventKey{kind: e.Kind, day: e.Day, number: e.Act.Number, whole: len(e.Addresses) == 0}
	if e.Day == "" {
		key.phrase = e.Phrase
	}
	n, known := c.at[key]
	if !known {
		c.at[key] = len(c.events)
		c.events = append(c.events, e)
		return
	}
	old := &c.events[n]
	for _, a := range e.Addresses {
		if !slices.Contains(old.Addresses, a) {
			old.Addresses = append(old.Addresses, a)
		}
	}
	for _, s := range e.Sources {
		if !slices.ContainsFunc(old.Sources, func(o Source) bool { return o.Address == s.Address && o.Note == s.Note }) {
			old.Sources = append(old.Sources, s)
		}
	}
}

func (c *calendar) edition(k int) {
	e := &c.editions[k]
	c.add(Event{Kind: EventEdition, Day: e.date, Edition: k})
	for _, s := range e.statements {
		switch s.Verb {
		case EntersForce:
			if s.InForce.Basis != "see" && s.InForce.Basis != "" {
				c.tell(EventEntersForce, k, s, s.Addresses)
			}
		case LostForce:
			c.tell(EventLostForce, k, s, s.Addresses)
		case Suspended:
			c.until(EventResumed, k, s)
		case Temporary:
			c.until(EventExpires, k, s)
		}
	}
	for _, x := range e.changed {
		w := &c.lineages[x.lineage].wordings[x.wording]
		for _, s := range w.brought {
			c.tell(EventAmended, k, s, []Address{w.address})
		}
	}
	for _, id := range e.ended {
		for _, s := range c.lineages[id].by {
			c.tell(EventAmended, k, s, []Address{c.lineages[id].at(k - 1).address})
		}
	}
	if k == len(c.editions)-1 {
		for _, s := range e.announced {
			c.tell(EventAnnounced, k, s, s.Addresses)
		}
	}
}

// tell adds what begins on a day that has to be found.
func (c *calendar) tell(kind EventKind, k int, s Statement, at []Address) {
	day, _ := c.day(s)
	c.add(Event{Kind: kind, Day: day, Edition: k, Act: s.Act, Addresses: slices.Clone(at),
		Phrase: s.InForce.Phrase, Basis: s.InForce.Basis, Sources: []Source{s.Source}})
}

func (c *calendar) until(kind EventKind, k int, s Statement) {
	if s.Until != "" {
		c.add(Event{Kind: kind, Day: s.Until, Edition: k, Act: s.Act, Addresses: slices.Clone(s.Addresses),
			Phrase: s.InForce.Phrase, Basis: s.InForce.Basis, Sources: []Source{s.Source}})
	}
}
