package watch

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/internal/jobs"
	"github.com/tuzetu/tuzetu/law"
)

const (
	// keepTeamLetter is how long a letter to the team waits for a mail server.
	keepTeamLetter = 7 * 24 * time.Hour
	// newFor is how long a text is news: an act that was followed for years before a
	// dossier is made about it has nothing new.
	newFor = 7 * 24 * time.Hour
)

// newTexts are tasks to look at the newest enacted text of an act and the newest
// version of its bill, if they came lately, by organisation: for each that has a
// dossier about the act and was not asked yet.
func (o *outcomeRun) newTexts(ctx context.Context) (map[string][]dossiers.Task, error) {
	all, err := o.store.AllDossiers(ctx)
	if err != nil {
		return nil, err
	}
	out, asked := map[string][]dossiers.Task{}, map[string]map[string]bool{}
	for _, d := range all {
		if asked[d.Org] == nil {
			if asked[d.Org], err = o.store.AskedAbout(ctx, d.Org); err != nil {
				return nil, err
			}
		}
		for _, act := range d.Acts {
			heads, err := o.editions(ctx, act)
			if err != nil {
				return nil, err
			}
			for _, status := range []law.Status{law.Enacted, law.BillVersion} {
				h, ok := newest(heads, status)
				if !ok || o.now.Sub(h.FetchedAt) > newFor {
					continue
				}
				if t := dossiers.TextTask(d.Org, h.EditionKey, o.now); !asked[d.Org][t.Subject] {
					asked[d.Org][t.Subject] = true
					out[d.Org] = append(out[d.Org], t)
				}
			}
		}
	}
	return out, nil
}

// newest is the text of a status with the last day, of it the last revision.
func newest(heads []law.EditionHead, status law.Status) (last law.EditionHead, ok bool) {
	for _, h := range heads {
		if h.Status == status && (!ok || h.Date > last.Date || h.Date == last.Date && h.Revision > last.Revision) {
			last, ok = h, true
		}
	}
	return last, ok
}

// teamLetters are one letter to each member who may confirm. Their ids are made of
// what they are about, so that the same letter is never there twice.
func teamLetters(ctx context.Context, s OutcomeStore, org string, found []dossiers.Suggestion, texts []dossiers.Task, now time.Time) (out []jobs.Job, err error) {
	team, err := s.Members(ctx, accounts.OrganisationID(org))
	if err != nil {
		return nil, err
	}
	about := ""
	if len(found) > 0 {
		about = fmt.Sprintf("%s@%d %s", found[0].Proposal.Ref(), found[0].Version, found[0].Edition)
	} else {
		about = texts[0].Subject
	}
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
		for _, t := range texts {
			letter.Texts = append(letter.Texts, t.Subject)
		}
		body, err := json.Marshal(letter)
		if err != nil {
			return nil, err
		}
		out = append(out, jobs.Job{ID: "team " + org + " " + about + " " + string(m.Person), Kind: dossiers.OutcomeLetters, Body: body, Due: now, Expires: now.Add(keepTeamLetter)})
	}
	return out, nil
}
