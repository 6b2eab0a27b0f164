package watch

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/internal/jobs"
	"github.com/tuzetu/tuzetu/law"
)

// OutcomeStore is what SuggestOutcomes needs of the database.
type OutcomeStore interface {
	// PublishedRecords lists the published proposals of every organisation with what
	// is known of each.
	PublishedRecords(ctx context.Context) ([]dossiers.Record, error)
	// PublishedVersion is the version of a proposal that strangers see.
	PublishedVersion(ctx context.Context, id dossiers.ProposalID) (dossiers.Version, error)
	Editions(ctx context.Context, act law.ActID) ([]law.EditionHead, error)
	EditionText(ctx context.Context, key law.EditionKey) (law.Edition, error)
	Members(ctx context.Context, of accounts.OrganisationID) ([]accounts.Place, error)
	// AddOutcomes stores suggestions with a task for each, and the letters about
	// them, all or nothing; a suggestion that is there already is left out.
	AddOutcomes(ctx context.Context, org string, found []dossiers.Suggestion, letters []jobs.Job) (added int, err error)
}

// keepTeamLetter is how long a letter to the team waits for a mail server.
const keepTeamLetter = 7 * 24 * time.Hour

// SuggestOutcomes compares every open published proposal with the enacted editions
// and versions of bills that came after its base and were not compared with it
// yet, and tells how many it found. An organisation's suggestions, tasks and
// letters are stored together, each proposal and edition once: doing it again does
// nothing, and killed in between it begins anew. Without mail nobody is written to.
func SuggestOutcomes(ctx context.Context, s OutcomeStore, now time.Time, mail bool) (n int, err error) {
	words, err := dossiers.Statuses()
	if err != nil {
		return 0, err
	}
	records, err := s.PublishedRecords(ctx)
	if err != nil {
		return 0, err
	}
	run := outcomeRun{store: s, now: now, heads: map[law.ActID][]law.EditionHead{}, texts: map[law.EditionKey]*law.Document{}}
	found := map[string][]dossiers.Suggestion{}
	var orgs []string
	for _, r := range records {
		if !r.Open(words) {
			continue
		}
		more, err := run.compare(ctx, r)
		if err != nil {
			return 0, fmt.Errorf("proposal %d: %w", r.ID, err)
		}
		if len(more) > 0 && len(found[r.Org]) == 0 {
			orgs = append(orgs, r.Org)
		}
		found[r.Org] = append(found[r.Org], more...)
	}
	for _, org := range orgs {
		var letters []jobs.Job
		if mail {
			if letters, err = teamLetters(ctx, s, org, found[org], now); err != nil {
				return n, err
			}
		}
		added, err := s.AddOutcomes(ctx, org, found[org], letters)
		n += added
		if err != nil {
			return n, err
		}
	}
	return n, nil
}

// outcomeRun is one run: what it has read is read once.
type outcomeRun struct {
	store OutcomeStore
	now   time.Time
	heads map[law.ActID][]law.EditionHead
	texts map[law.EditionKey]*law.Document
}

// compare makes the suggestions about one proposal that are not there yet.
func (o *outcomeRun) compare(ctx context.Context, r dossiers.Record) (out []dossiers.Suggestion, err error) {
	act := r.Base.Act
	if _, read := o.heads[act]; !read {
		if o.heads[act], err = o.store.Editions(ctx, act); err != nil {
			return nil, err
		}
	}
	var v dossiers.Version
	for _, h := range o.heads[act] {
		if !follows(h.EditionKey, r.Base) || slices.ContainsFunc(r.Suggestions, func(s dossiers.Suggestion) bool { return s.Edition == h.EditionKey }) {
			continue
		}
		if v.Number == 0 {
			if v, err = o.store.PublishedVersion(ctx, r.ID); err != nil {
				return nil, err
			}
		}
		if _, has := v.Texts[h.Lang]; !has {
			continue
		}
		base, err := o.text(ctx, r.BaseIn(h.Lang))
		if errors.Is(err, law.ErrNotFound) {
			continue // its text in that language was never stored: nothing can be compared
		}
		if err != nil {
			return nil, err
		}
		proposed, err := v.Document(h.Lang)
		if err != nil {
			return nil, err
		}
		enacted, err := o.text(ctx, h.EditionKey)
		if err != nil {
			return nil, err
		}
		if verdict, ok := dossiers.Judge(base, proposed, enacted); ok {
			out = append(out, dossiers.Suggestion{Proposal: r.ID, Version: v.Number, Edition: h.EditionKey, Verdict: verdict, At: o.now})
		}
	}
	return out, nil
}

// follows tells whether a text came after the base of a proposal and may be its
// outcome.
func follows(k, base law.EditionKey) bool {
	switch k.Status {
	case law.Enacted:
		return cmp.Or(cmp.Compare(k.Date, base.Date), cmp.Compare(k.Revision, base.Revision)) > 0
	case law.BillVersion:
		return k.Date >= base.Date
	}
	return false
}

func (o *outcomeRun) text(ctx context.Context, key law.EditionKey) (*law.Document, error) {
	if d := o.texts[key]; d != nil {
		return d, nil
	}
	e, err := o.store.EditionText(ctx, key)
	if err != nil {
		return nil, err
	}
	d := law.Build(key.Lang, e.Title, e.Lines)
	o.texts[key] = d
	return d, nil
}

// teamLetters are one letter to each member who may confirm. Their ids are made of
// what they are about, so that the same letter is never there twice.
func teamLetters(ctx context.Context, s OutcomeStore, org string, found []dossiers.Suggestion, now time.Time) (out []jobs.Job, err error) {
	team, err := s.Members(ctx, accounts.OrganisationID(org))
	if err != nil {
		return nil, err
	}
	first := found[0]
	for _, m := range team {
		if !m.Role.May(accounts.Edit) {
			continue
		}
		letter := dossiers.OutcomeLetter{Org: org, Person: string(m.Person)}
		for _, f := range found {
			if !slices.Contains(letter.Proposals, f.Proposal) {
				letter.Proposals = append(letter.Proposals, f.Proposal)
			}
		}
		body, err := json.Marshal(letter)
		if err != nil {
			return nil, err
		}
		out = append(out, jobs.Job{ID: fmt.Sprintf("outcomes %d@%d %s %s", first.Proposal, first.Version, first.Edition, m.Person),
			Kind: dossiers.OutcomeLetters, Body: body, Due: now, Expires: now.Add(keepTeamLetter)})
	}
	return out, nil
}
