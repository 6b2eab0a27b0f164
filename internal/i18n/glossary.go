package i18n

import (
	_ "embed"
	"encoding/json"
	"fmt"

	"github.com/tuzetu/tuzetu/law"
)

//go:embed glossary.json
var glossaryFile []byte

// Glossary is the legal terms every page uses, with one word for each in each
// language. It is data: a lawyer corrects a word there, and a test finds the
// sentences of the interface that say it otherwise.
type Glossary struct {
	Sources map[string]Source `json:"sources"`
	Terms   []Term            `json:"terms"`
}

// Source is where a term was read. Href is "" where the term is our own choice.
type Source struct {
	Text string `json:"text"`
	Href string `json:"href"`
}

// Term is one notion.
type Term struct {
	Key    string              `json:"key"`
	KK     string              `json:"kk"`
	RU     string              `json:"ru"`
	EN     string              `json:"en"`
	Note   map[law.Lang]string `json:"note"`
	Source string              `json:"source"`
	// Uses are keys of sentences that name the term, each by its stem in that
	// language; a stem "" is not looked for.
	Uses []string            `json:"uses"`
	Stem map[law.Lang]string `json:"stem"`
	// Avoid are words that no sentence may say in its place.
	Avoid map[law.Lang][]string `json:"avoid"`
}

// In is the term in a language.
func (t Term) In(l law.Lang) string {
	switch l {
	case law.KK:
		return t.KK
	case law.RU:
		return t.RU
	}
	return t.EN
}

// LoadGlossary reads the glossary that was built into the program.
func LoadGlossary() (Glossary, error) {
	var g Glossary
	if err := json.Unmarshal(glossaryFile, &g); err != nil {
		return g, fmt.Errorf("glossary: %w", err)
	}
	return g, nil
}
