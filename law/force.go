package law

// ForceStatus says whether a wording applies on a day.
type ForceStatus string

const (
	// NotYetInForce: enacted, its day of entry into force is to come.
	NotYetInForce ForceStatus = "enacted_not_in_force"
	// InForceNow: it applies.
	InForceNow ForceStatus = "in_force"
	// SuspendedNow: it does not apply for a time; Force.Temporary is what applies
	// instead, if anything.
	SuspendedNow ForceStatus = "suspended"
	// LostForceAlready: it does not apply any more.
	LostForceAlready ForceStatus = "lost_force"
	// Unclear: the sources do not tell. The day cannot be computed because the day
	// of publication is unknown, or statements contradict each other; Phrase and
	// Doubts have what there is.
	Unclear ForceStatus = "unclear"
)

// Force is the standing of one wording of a provision on one day.
type Force struct {
	Status ForceStatus `json:"status"`
	// Since is the first day in force, past or to come; "" where it cannot be
	// computed, and then Phrase is all there is to show.
	Since Date `json:"since"`
	// Until is the first day on which it does not apply any more (lost force), or
	// applies again (suspended); "" where nothing is known of it.
	Until Date `json:"until"`
	// Phrase and Basis are of the statement that decided (see InForce).
	Phrase string `json:"phrase"`
	Basis  string `json:"basis"`
	// Acts are the amending acts that brought, or ended, the wording; none where
	// the law itself decides.
	Acts []NoteAct `json:"acts,omitempty"`
	// Sources are the places in the texts that say so.
	Sources []Source `json:"sources,omitempty"`
	// Temporary is the wording in force while the provision is suspended, a line a
	// paragraph. It may be the very text that stands in the edition.
	Temporary []string `json:"temporary,omitempty"`
	// Doubts are contradictions, each told with both sides.
	Doubts []string `json:"doubts,omitempty"`
	// Edition is the first of the known editions in which the wording stands.
	Edition int `json:"edition"`
	// Own says that this standing is not simply that of the unit above: a page
	// marks the provision.
	Own bool `json:"own"`
}

// Elsewhere is a wording that does not stand in the shown edition and yet matters
// on the day: it is in force though it first stands in a later edition, or still
// in force though the shown edition has replaced it already, or enacted and still
// to come.
type Elsewhere struct {
	// Edition is the edition it is taken from, Address where it stands there.
	Edition int     `json:"edition"`
	Address Address `json:"address"`
	Text    string  `json:"text"`
	// Shown is the provision of the shown edition it replaces; "" for a new one.
	Shown Address `json:"shown"`
	Force Force   `json:"force"`
}

// Standing is an act on one day, in one language.
type Standing struct {
	Day Date
	// Edition is the newest one dated on or before the day.
	Edition int
	// Act is the standing of the act as a whole: the general rule.
	Act Force
	// Force holds the standing of each provision of that edition, by its Index.
	Force []Force
	// Elsewhere are wordings of other editions, by edition and place.
	Elsewhere []Elsewhere
	// Announced are changes that editorial notes of the edition foretell.
	Announced []Announcement
	// Doubts are the sentences on entry into force of the shown edition that were
	// not understood.
	Doubts []Doubt
}

// Announcement is a change that an act has made and the text does not show yet.
type Announcement struct {
	Statement
	Day Date // first day in force, "" where it cannot be computed
}

// worse orders standings of which the more cautious one decides.
func worse(a, b ForceStatus) bool {
	order := map[ForceStatus]int{InForceNow: 0, Unclear: 1, NotYetInForce: 2}
	return order[a] > order[b]
}
