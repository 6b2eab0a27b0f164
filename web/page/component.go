package page

import "github.com/tuzetu/tuzetu/law"

// The components every page group uses. Each has one template of the same name
// in templates/partials/components.html; the style guide shows them all.

// Tab is a view of the same thing, or a page of it.
type Tab struct {
	Href, Text string
	Current    bool
	Holds      bool   // leads to pages of which one is current
	Rel        string // "prev" or "next" in a pager
}

// Tabs is a row of views. Each is a page of its own: no script is needed.
type Tabs struct {
	Label string // spoken
	List  []Tab
}

// Notice tells what a reader must know before the text. Kind is "", "sample" or
// "warning": the heavy rule above says which are more than a hint.
type Notice struct {
	Kind  string
	Title string
	Texts []string
	Links []Link
}

// Empty stands where there is nothing to show, with somewhere to go. The first
// link is the likeliest.
type Empty struct {
	Text  string
	Links []Link
}

// Card is paper to take away or a thing in a list: a rule above, no box.
type Card struct {
	Kick  string
	Title Link
	Text  string
	Facts []Fact
	Links []Link
}

// Fact is a number with its word: the word has the form that goes with it.
type Fact struct{ Value, Word string }

// Field is one input of a form with its label and, after a failed attempt, what
// is wrong with it.
type Field struct {
	ID, Name, Label string
	Kind            string // "text", "email", "textarea", "select" …; "" is "text"
	Value           string
	Hint            string
	Error           string
	Autocomplete    string // what the browser may fill in; "" is up to it
	Required        bool
	Options         []Option // of a select
}

// Option is a choice of a select.
type Option struct {
	Value, Text string
	Current     bool
	Lang        law.Lang // where not that of the interface
}

// Table is rows under heads. On a phone each row is a stack and each cell says
// its head.
type Table struct {
	Caption string
	Head    []string
	Rows    [][]Cell
}

// Cell is one value of a table.
type Cell struct {
	Text string
	Href string
	Lang law.Lang // where not that of the interface
}

// newNotice lets templates make a notice of a kind, a title and texts.
func newNotice(kind, title string, texts ...string) Notice {
	return Notice{Kind: kind, Title: title, Texts: texts}
}
