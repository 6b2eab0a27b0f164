package table

import (
	"embed"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

//go:embed data/*.json
var data embed.FS

// Kind is one of the two forms.
type Kind string

const (
	// Government is the table «к проекту закона»: the law now and as proposed.
	Government Kind = "government"
	// Committee is the table «по проекту закона»: the bill and what deputies ask
	// of it, with the committee's decision.
	Committee Kind = "committee"
)

// Column says what a column holds.
type Column string

const (
	Number   Column = "number"
	Element  Column = "element"
	Before   Column = "before"
	After    Column = "after"
	Basis    Column = "basis"
	Decision Column = "decision"
)

// form is one kind of table in one language, as data/ has it.
type form struct {
	Title   []string `json:"title"` // a line each; {bill} is the title of the bill
	Columns []struct {
		Column Column `json:"column"`
		Text   string `json:"text"`
		Width  int    `json:"width"` // relative
	} `json:"columns"`
}

// wording are the set phrases of a language; «{…}» are their blanks.
type wording struct {
	Forms      map[Kind]form `json:"forms"`
	Absent     string        `json:"absent"`     // the norm is not in this text
	Heading    string        `json:"heading"`    // {unit}: only its heading changed
	Renumbered string        `json:"renumbered"` // {old}, {new}: the unit's place before and after
	Act        string        `json:"act"`        // {title}: names the law above its rows
	Bill       string        `json:"bill"`       // {act_to}: the title of a bill that is not known
	ActTo      string        `json:"act_to"`     // {title}: the law inside the title of the bill
	Source     string        `json:"source"`     // {source}: who asked, where a deputy carries it
	Unnamed    string        `json:"unnamed"`    // in the place of a title that is not known
}

// load reads the phrases of a language.
func load(lang law.Lang) (wording, error) {
	var w wording
	raw, err := data.ReadFile("data/" + string(lang) + ".json")
	if err == nil {
		err = json.Unmarshal(raw, &w)
	}
	if err != nil {
		return w, fmt.Errorf("comparative table in %q: %w", lang, err)
	}
	return w, nil
}

// fill puts values into the blanks of a phrase.
func fill(phrase string, values ...string) string {
	return strings.NewReplacer(values...).Replace(phrase)
}
