package campaigns

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

//go:embed subjects.json
var subjectFile []byte

// Subjects are what the official petition portal (epetition.kz) does not take:
// Administrative Procedural and Process-Related Code, art. 90-2 p. 3. They are
// data, because the list was widened at the end of 2025 and a lawyer must be
// able to correct it.
type Subjects struct {
	Source string `json:"source"`
	// Total is how many the law lists; Listed may be fewer, and the check then
	// says that it is not complete.
	Total  int       `json:"total"`
	Listed []Subject `json:"listed"`
}

// Subject is one of them.
type Subject struct {
	Item string `json:"item"` // its number in the list
	Name Words  `json:"name"`
	// Acts that fall under it whole, and beginnings of words that suggest it.
	Acts  []law.ActID           `json:"acts,omitempty"`
	Stems map[law.Lang][]string `json:"stems,omitempty"`
}

// ReadSubjects returns the list the program came with.
func ReadSubjects() (Subjects, error) {
	var s Subjects
	if err := json.Unmarshal(subjectFile, &s); err != nil {
		return Subjects{}, fmt.Errorf("excluded subjects: %w", err)
	}
	return s, nil
}

// Complete tells whether nothing of the law's list is missing here.
func (s Subjects) Complete() bool { return len(s.Listed) >= s.Total }

// Warning is a reason to ask a lawyer before going to the portal; it forbids
// nothing here.
type Warning struct {
	Subject Subject
	Act     law.ActID // the act that caused it, or
	Word    string    // the word
}

// Check looks at what a campaign asks for and which acts it touches.
func (s Subjects) Check(t Text, touched []law.ActID) []Warning {
	var out []Warning
	for _, subject := range s.Listed {
		if w, found := subject.found(t, touched); found {
			out = append(out, w)
		}
	}
	return out
}

func (s Subject) found(t Text, touched []law.ActID) (Warning, bool) {
	for _, act := range touched {
		if slices.Contains(s.Acts, act) {
			return Warning{Subject: s, Act: act}, true
		}
	}
	for _, lang := range law.Langs {
		words := strings.FieldsFunc(strings.ToLower(t.Title[lang]+" "+t.Ask[lang]), func(r rune) bool {
			return strings.ContainsRune(" \t\n\u00a0.,;:!?()«»\"", r)
		})
		joined := " " + strings.Join(words, " ")
		for _, stem := range s.Stems[lang] {
			if strings.Contains(joined, " "+stem) {
				return Warning{Subject: s, Word: stem}, true
			}
		}
	}
	return Warning{}, false
}
