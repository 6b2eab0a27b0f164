package dossiers

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/tuzetu/tuzetu/law"
)

// Status is what became of a proposal. Its words, and what it means for the
// count, are in data/statuses.json; the ones named here are those a comparison
// can suggest. The rest (moved to a by-law, withdrawn …) only a person can know.
type Status string

const (
	Pending        Status = "pending"
	Adopted        Status = "adopted"
	AdoptedChanged Status = "adopted_changed"
	Partly         Status = "partly"
	Rejected       Status = "rejected"
	Opposite       Status = "opposite"
	// Unclear: the comparison shows that something was done there, and not what it
	// means. Nobody is told more until a person has looked.
	Unclear Status = "unclear"
)

//go:embed data/statuses.json
var statusFile []byte

// StatusInfo is a word of the vocabulary.
type StatusInfo struct {
	ID    Status    `json:"id"`
	Name  law.Words `json:"name"`
	Means law.Words `json:"means"`
	// Final: nothing more is expected, so later editions are not compared.
	Final bool `json:"final"`
	// Counts: a progressive proposal that got here is one of the amendments of the
	// target.
	Counts bool `json:"counts"`
}

// Vocabulary is all that may become of a proposal, in the order of pages.
type Vocabulary []StatusInfo

// Statuses is the vocabulary.
func Statuses() (Vocabulary, error) {
	var out Vocabulary
	if err := json.Unmarshal(statusFile, &out); err != nil {
		return nil, fmt.Errorf("statuses: %w", err)
	}
	return out, nil
}

// Find is the entry of a status; ok is false for an unknown one.
func (v Vocabulary) Find(id Status) (_ StatusInfo, ok bool) {
	i := slices.IndexFunc(v, func(s StatusInfo) bool { return s.ID == id })
	if i < 0 {
		return StatusInfo{ID: id}, false
	}
	return v[i], true
}
