package dossiers

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/tuzetu/tuzetu/law"
)

//go:embed data/media-law.json
var truthFile []byte

// History is a dossier that is loaded whole: what happened before the program was
// there.
type History struct {
	Dossier   Dossier
	Stages    []Stage
	Proposals []Past
}

// Past is a recorded proposal with what became of it.
type Past struct {
	Proposal     Proposal
	Confirmation Confirmation
}

// MediaLaw is the act of GroundTruth.
const MediaLaw law.ActID = "Z2400000093"

// GroundTruth is the history of Kazakhstan's law on mass media: eighteen
// proposals and what became of each. Facts are from published sources, in our own
// words; the addresses are those of the law as it was enacted.
func GroundTruth() (History, error) {
	var file struct {
		Slug      string `json:"slug"`
		Template  string `json:"template"`
		About     About  `json:"about"`
		Stages    []Stage
		Proposals []struct {
			Number      int           `json:"number"`
			Progressive bool          `json:"progressive"`
			Subject     Subject       `json:"subject"`
			Status      Status        `json:"status"`
			Reason      law.Words     `json:"reason"`
			Places      []law.Address `json:"places"`
			Day         law.Date      `json:"day"`
		}
	}
	if err := json.Unmarshal(truthFile, &file); err != nil {
		return History{}, fmt.Errorf("history of the media law: %w", err)
	}
	templates, err := Templates()
	if err != nil {
		return History{}, err
	}
	at := slices.IndexFunc(templates, func(t Template) bool { return t.ID == file.Template })
	if at < 0 {
		return History{}, fmt.Errorf("%w: no template %q", ErrNotFound, file.Template)
	}
	out := History{Dossier: Dossier{Slug: file.Slug, Public: true, History: true, About: file.About}}
	for _, s := range file.Stages {
		stage, err := templates[at].Stage(s.Step, s.From)
		if err != nil {
			return History{}, err
		}
		stage.To, stage.Note, stage.Sources = s.To, s.Note, s.Sources
		out.Stages = append(out.Stages, stage)
	}
	for _, p := range file.Proposals {
		past := Past{
			Proposal:     Proposal{Progressive: p.Progressive, Subject: p.Subject},
			Confirmation: Confirmation{Status: p.Status, Reason: p.Reason, Day: p.Day, Sources: p.Subject.Sources},
		}
		for _, a := range p.Places {
			past.Confirmation.Places = append(past.Confirmation.Places, Place{MediaLaw, a})
		}
		past.Proposal.Places = past.Confirmation.Places
		out.Proposals = append(out.Proposals, past)
	}
	return out, nil
}
