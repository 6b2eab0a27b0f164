package watch

import (
	"cmp"
	"context"
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
	// AllDossiers lists those of every organisation.
	AllDossiers(ctx context.Context) ([]dossiers.Dossier, error)
	// AskedAbout are the subjects of an organisation's tasks about new texts.
	AskedAbout(ctx context.Context, org string) (map[string]bool, error)
	// AddOutcomes stores suggestions with a task for each, tasks about new texts, and
	// the letters about them, all or nothing; what is there already is left out.
	AddOutcomes(ctx context.Context, org string, found []dossiers.Suggestion, texts []dossiers.Task, letters []jobs.Job) (added int, err error)
}

// SuggestOutcomes compares every open published proposal with the enacted editions
// and versions of bills that came after its base and were not compared with it yet.
// It asks each team with a dossier about an act to look at the act's new text. It
// tells how many suggestions and tasks about texts there are more. An organisation's
// suggestions, tasks and letters are stored together, each once: doing it again does
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
		found[r.Org] = append(found[r.Org], more...)
	}
	texts, err := run.newTexts(ctx)
	if err != nil {
		return 0, err
	}
	for org, some := range found {
		if len(some) > 0 {
			orgs = append(orgs, org)
		}
	}
	for org := range texts {
		orgs = append(orgs, org)
	}
	slices.Sort(orgs)
	orgs = slices.Compact(orgs)
	for _, org := range orgs {
		var letters []jobs.Job
		if mail {
			if letters, err = teamLetters(ctx, s, org, found[org], texts[org], now); err != nil {
				return n, err
			}
		}
		added, err := s.AddOutcomes(ctx, org, found[org], texts[org], letters)
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
	heads, err := o.editions(ctx, r.Base.Act)
	if err != nil {
		return nil, err
	}
	var v dossiers.Version
	for _, h := range heads {
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

func (o *outcomeRun) editions(ctx context.Context, act law.ActID) (_ []law.EditionHead, err error) {
	if _, read := o.heads[act]; !read {
		if o.heads[act], err = o.store.Editions(ctx, act); err != nil {
			return nil, err
		}
	}
	return o.heads[act], nil
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
