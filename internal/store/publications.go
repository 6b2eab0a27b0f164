package store

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/law"
)

// Publish makes a version of a proposal public: each of its texts becomes a
// proposed edition of the act under the day, in the same transaction, and the
// proposal is read and compared like any other edition. The version published last
// counts; those before stay at their addresses. Errors: dossiers.ErrNotFound,
// dossiers.ErrState while the dossier is not public.
func (s *Store) Publish(ctx context.Context, org string, id dossiers.ProposalID, version int, day law.Date, e accounts.Entry) (out dossiers.Publication, err error) {
	defer wrap(&err, "publishing proposal %d, version %d", id, version)
	p, err := proposalWhere(ctx, s.read, id, ` AND p.organisation = ?`, org)
	if err != nil {
		return out, err
	}
	v, err := versionWhere(ctx, s.read, id, version)
	if err != nil {
		return out, err
	}
	var ready []storedEdition
	for _, lang := range v.Langs() {
		edition, err := versionText(p, v, lang)
		if err != nil {
			return out, err
		}
		edition.Date, edition.FetchedAt = day, e.At
		stored, err := s.cutForStore(ctx, edition)
		if err != nil {
			return out, err
		}
		ready = append(ready, stored)
	}
	out = dossiers.Publication{Proposal: id, Version: version, By: string(e.Person), At: e.At, Editions: map[law.Lang]law.EditionKey{}}
	err = s.inProposal(ctx, org, id, e, fmt.Sprintf(", version %d", version), func(tx *sqlx.Tx, p dossiers.Proposal) error {
		if d, err := dossierWhere(ctx, tx, `id = ?`, int64(p.Dossier)); err != nil {
			return err
		} else if !d.Public {
			return dossiers.ErrState
		}
		var number int
		if err := get(ctx, tx, &number, `SELECT coalesce(max(number), 0) + 1 FROM publications WHERE proposal = ?`, int64(id)); err != nil {
			return err
		}
		for _, edition := range ready {
			key, _, err := edition.add(ctx, tx)
			if err != nil {
				return err
			}
			out.Editions[key.Lang] = key
			if _, err := execute(ctx, tx, `INSERT INTO publications (proposal, number, version, lang, edition, by_whom, at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
				int64(id), number, version, string(key.Lang), key.String(), out.By, instant(out.At)); err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

// versionText is a version in a language as an edition without a day;
// law.ErrNotFound where it has no text in it.
func versionText(p dossiers.Proposal, v dossiers.Version, lang law.Lang) (law.Edition, error) {
	text, there := v.Texts[lang]
	if !there {
		return law.Edition{}, law.ErrNotFound
	}
	e := law.Edition{MediaType: "text/markdown; charset=utf-8", Raw: []byte(text)}
	e.EditionKey = law.EditionKey{Act: p.Base.Act, Status: law.Proposed, Lang: lang}
	e.FetchedAt = v.At
	var err error
	e.Title, e.Lines, err = v.Lines(lang)
	return e, err
}

// Publications lists when which version of a proposal was made public, the last
// first. Whether the caller may see the proposal is the caller's to know.
func (s *Store) Publications(ctx context.Context, id dossiers.ProposalID) (_ []dossiers.Publication, err error) {
	defer wrap(&err, "publications of proposal %d", id)
	return publicationsWhere(ctx, s.read, `u.proposal = ?`, int64(id))
}

// PublishedAs lists the publications that an edition is the text of: where the
// proposed texts of an act lead back to.
func (s *Store) PublishedAs(ctx context.Context, key law.EditionKey) (_ []dossiers.Publication, err error) {
	defer wrap(&err, "proposals published as %s", key)
	return publicationsWhere(ctx, s.read, `EXISTS (SELECT 1 FROM publications x
		WHERE x.proposal = u.proposal AND x.number = u.number AND x.edition = ?)`, key.String())
}

// PublishedVersion is the version that strangers see; dossiers.ErrNotFound where
// they see none.
func (s *Store) PublishedVersion(ctx context.Context, id dossiers.ProposalID) (_ dossiers.Version, err error) {
	defer wrap(&err, "proposal %d", id)
	p, err := proposalWhere(ctx, s.read, id, publicly)
	if err == nil && p.Published == 0 {
		err = dossiers.ErrNotFound
	}
	if err != nil {
		return dossiers.Version{}, err
	}
	return versionWhere(ctx, s.read, id, p.Published)
}

func publicationsWhere(ctx context.Context, q querier, where string, args ...any) (out []dossiers.Publication, err error) {
	var rows []struct {
		Proposal int64   `db:"proposal"`
		Number   int     `db:"number"`
		Version  int     `db:"version"`
		Edition  string  `db:"edition"`
		By       string  `db:"by_whom"`
		At       instant `db:"at"`
	}
	if err := list(ctx, q, &rows, `
		SELECT u.proposal, u.number, u.version, u.edition, u.by_whom, u.at FROM publications u WHERE `+where+`
		ORDER BY u.proposal, u.number DESC, u.lang`, args...); err != nil {
		return nil, err
	}
	for i, r := range rows {
		key, err := law.ParseEditionKey(r.Edition)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		if i == 0 || r.Proposal != rows[i-1].Proposal || r.Number != rows[i-1].Number {
			out = append(out, dossiers.Publication{Proposal: dossiers.ProposalID(r.Proposal), Version: r.Version, By: r.By, At: r.At.time(), Editions: map[law.Lang]law.EditionKey{}})
		}
		out[len(out)-1].Editions[key.Lang] = key
	}
	return out, nil
}
