package law

// Line is one paragraph of an official text as a source gives it, before its
// place in the law is known. A reader (Markdown, .txt, an adilet page) makes
// Lines; Build makes the tree.
type Line struct {
	// Text is the paragraph with its official characters; blanks (NBSP, tabs,
	// runs, line breaks) are folded to one space and trimmed. Never empty.
	Text string `json:"text"`
	// From and To are the first and last line of the source file, from 1.
	From int `json:"from"`
	To   int `json:"to"`
	// Mark is what the source's markup says of the line.
	Mark Mark `json:"mark,omitempty"`
	// Anchor is the source's own anchor of the paragraph ("z34"), if any.
	Anchor string `json:"anchor,omitempty"`
	// Links are the links inside the text, in order.
	Links []Link `json:"links,omitempty"`
}

// Mark is what the markup of a source says of a line. Markup is a hint, never
// proof: kk article 42 of the mass-media law is marked as a chapter heading, a
// chapter of the Labour Code is bold like an article.
type Mark string

const (
	Plain     Mark = ""
	Title     Mark = "title"     // h1 of the page, "# …": the title of the act
	Heading   Mark = "heading"   // h3, "## …"
	Bold      Mark = "bold"      // <p><b>, "**…**"
	NoteMark  Mark = "note"      // span.note, "> *…*"
	Editorial Mark = "editorial" // red font: notices of the site's editors
	TableMark Mark = "table"     // a row of a table, cells parted by " | "
)

// Link is a link inside a line: the words that carry it and where it leads, as
// written in the source.
type Link struct {
	Text string `json:"text"`
	Href string `json:"href"`
}
