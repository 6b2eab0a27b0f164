package law

// Note is an editorial note («Сноска.», «Примечание ИЗПИ!», «Ескерту.»,
// «ЗҚАИ-ның ескертпесі!», …): never law text, never counted as a change.
type Note struct {
	// Address is the provision the note belongs to: the one it names if it
	// stands there, else the one it follows; "" before the first provision.
	Address Address
	// After is the number of provisions that stand before the note, so that
	// printing can put it back in its place.
	After    int
	Text     string
	From, To int
	Links    []Link
	// Acts is what the note says: which act did what, and from when.
	Acts []NoteAct
}

// NoteAct is one statement of a note: an act, what it did, and when that
// enters into force. A note on the law's own entry into force has no Number.
type NoteAct struct {
	Number  string  `json:"number"` // "248-VIII"; Latin letters
	Date    Date    `json:"date"`   // of the act
	Href    string  `json:"href"`   // link to the act, to its very paragraph where the source has it
	Verb    Verb    `json:"verb"`
	InForce InForce `json:"in_force"`
}

// Verb is what an act did to a unit.
type Verb string

const (
	Amended     Verb = "amended"    // с изменениями, өзгеріс енгізілді
	Reworded    Verb = "reworded"   // в редакции, жаңа редакцияда
	Inserted    Verb = "inserted"   // дополнена, толықтырылды
	Deleted     Verb = "deleted"    // исключен, алып тасталды
	Replaced    Verb = "replaced"   // слова … заменены, ауыстырылды
	Suspended   Verb = "suspended"  // приостановлено, тоқтатыла тұрады
	LostForce   Verb = "lost_force" // утратил силу, күші жойылды
	EntersForce Verb = "enters_force"
	Temporary   Verb = "temporary" // данная редакция действует до
	Planned     Verb = "planned"   // предусматривается …, көзделген: enacted, not yet in force
	OtherVerb   Verb = "other"
)

// amends reports whether the verb tells of a change of the unit, so that the day
// beside it is that of the change.
func (v Verb) amends() bool {
	switch v {
	case Amended, Reworded, Inserted, Deleted, Replaced, LostForce:
		return true
	}
	return false
}

// InForce is when something enters into force: the phrase as written and,
// where a fixed day can be read from the phrase alone, the day. Days that need
// the day of publication are computed from Basis when that day is known.
type InForce struct {
	Phrase string `json:"phrase"`
	Date   Date   `json:"date"`
	// Basis tells how the day is found (see ComputeDay): "fixed" (a day stands in
	// the phrase), "until" (the day it stops applying), "days_after_publication:60",
	// "days_from_publication:10", "months_after_publication:6", "on_publication",
	// "after_publication", "on_signing", "working_days_after_publication:10",
	// "see" (the order is told elsewhere), "" (not understood).
	Basis string `json:"basis"`
	// Until is the first day on which it does not apply any more, where the phrase
	// names that day beside the beginning.
	Until Date `json:"until,omitempty"`
}

// end is the day a phrase puts to what it speaks of, "" where it puts none.
func (in InForce) end() Date {
	if in.Basis == "until" {
		return in.Date
	}
	return in.Until
}
