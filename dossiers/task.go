package dossiers

import (
	"strings"
	"time"

	"github.com/tuzetu/tuzetu/law"
)

// TaskKind says what is to be done; its words are with the pages.
type TaskKind string

const (
	// ConfirmOutcome: a comparison suggests what became of a proposal in an edition.
	ConfirmOutcome TaskKind = "confirm_outcome"
	// NewText: a text of an act that a dossier is about was stored.
	NewText TaskKind = "new_text"
	// ByHand: somebody wrote the task down, Text says what.
	ByHand TaskKind = "by_hand"
)

// Task is something for the team of an organisation to do.
type Task struct {
	ID      int64 // given when it is stored
	Org     string
	Kind    TaskKind
	Subject string   // what it is about, "proposal:12 Z2400000093@2026-03-02"
	Text    string   // by hand
	Due     law.Date // "" for none
	At      time.Time
	DoneBy  string // "" while open
	DoneAt  time.Time
}

// OutcomeTask asks the team to confirm a suggestion. There is one for each
// proposal and text, in however many languages that was compared.
func OutcomeTask(org string, s Suggestion) Task {
	return Task{Org: org, Kind: ConfirmOutcome, Subject: s.Proposal.Ref() + " " + string(s.Edition.Act) + "@" + s.Edition.Version(), At: s.At}
}

// Outcome is the proposal and the text an OutcomeTask is about, without a
// language: Record.Suggested finds what is to be confirmed.
func (t Task) Outcome() (p ProposalID, in law.EditionKey, ok bool) {
	of, text, _ := strings.Cut(t.Subject, " ")
	act, version, _ := strings.Cut(text, "@")
	p, err := parseProposal(of)
	if t.Kind != ConfirmOutcome || err != nil {
		return 0, in, false
	}
	if in, err = law.ParseVersion(version); err == nil {
		in.Act, err = law.ParseActID(act)
	}
	return p, in, err == nil
}

// TextTask asks the team to look at a text that was stored. There is one for each
// text, in however many languages it came.
func TextTask(org string, in law.EditionKey, at time.Time) Task {
	return Task{Org: org, Kind: NewText, Subject: string(in.Act) + "@" + in.Version(), At: at}
}

// Edition is the text that a TextTask is about, without a language.
func (t Task) Edition() (in law.EditionKey, ok bool) {
	act, version, _ := strings.Cut(t.Subject, "@")
	if t.Kind != NewText {
		return in, false
	}
	in, err := law.ParseVersion(version)
	if err == nil {
		in.Act, err = law.ParseActID(act)
	}
	return in, err == nil
}

// OutcomeLetters is the kind of the job that tells a member of new suggestions; its
// body is an OutcomeLetter in JSON.
const OutcomeLetters = "team outcomes"

// OutcomeLetter names, by their ids, the member to write to and the proposals that
// a comparison found something about, or new texts.
type OutcomeLetter struct {
	Org       string       `json:"organisation"`
	Person    string       `json:"person"`
	Proposals []ProposalID `json:"proposals"`
	// Texts are the new ones of acts that dossiers are about, as the subjects of
	// their tasks name them.
	Texts []string `json:"texts,omitempty"`
}
