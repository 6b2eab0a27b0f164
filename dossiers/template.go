package dossiers

import (
	_ "embed"
	"encoding/json"
	"fmt"

	"github.com/tuzetu/tuzetu/law"
)

//go:embed data/stages.json
var templateFile []byte

// Template is a list of stages that bills go through, of a time: Parliament
// itself changed on 1 July 2026, so the stages are data and never names in code.
// What is shown to a visitor is the Stage made from a step; a template changes by
// a higher Version.
type Template struct {
	ID      string    `json:"id"`
	Version int       `json:"version"`
	Name    law.Words `json:"name"`
	// From and To are the days it holds for; null where there is no end.
	From law.Date `json:"from"`
	To   law.Date `json:"to"`
	// Confirmed: a lawyer has checked it. Where not, pages say so.
	Confirmed bool      `json:"confirmed"`
	Note      law.Words `json:"note"`
	Sources   []Source  `json:"sources"`
	Steps     []Step    `json:"steps"`
}

// Step is one stage of a template.
type Step struct {
	ID        string    `json:"id"`
	Name      law.Words `json:"name"`
	By        law.Words `json:"by"` // whose decision it is
	Confirmed bool      `json:"confirmed"`
}

// Templates lists them, the oldest first.
func Templates() ([]Template, error) {
	var out []Template
	if err := json.Unmarshal(templateFile, &out); err != nil {
		return nil, fmt.Errorf("templates of stages: %w", err)
	}
	return out, nil
}

// Stage begins a stage at a step.
func (t Template) Stage(step string, from law.Date) (Stage, error) {
	for _, s := range t.Steps {
		if s.ID == step {
			return Stage{Template: TemplateRef{t.ID, t.Version}, Step: s.ID, Name: s.Name, By: s.By, From: from}, nil
		}
	}
	return Stage{}, fmt.Errorf("%w: template %s has no stage %q", ErrNotFound, t.ID, step)
}
