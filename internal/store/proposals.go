package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"

	"github.com/jmoiron/sqlx"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/law"
)

type proposalRow struct {
	ID          int64   `db:"id"`
	Org         string  `db:"organisation"`
	Dossier     int64   `db:"dossier"`
	Base        string  `db:"base"`
	Progressive int     `db:"progressive"`
	About       string  `db:"about"`
	By          string  `db:"by_whom"`
	At          instant `db:"at"`
	Newest      int     `db:"newest"`
	Published   int     `db:"published"`
}

// proposalColumns are those of proposalRow, from proposals AS p.
const proposalColumns = `p.id, p.organisation, p.dossier, p.base, p.progressive, p.about, p.by_whom, p.at, p.newest,
	coalesce((SELECT u.version FROM publications u WHERE u.proposal = p.id ORDER BY u.number DESC, u.lang LIMIT 1), 0) AS published`

// publicly ends a condition on proposals AS p that strangers may see, see
// dossiers.Proposal.Public.
const publicly = ` AND EXISTS (SELECT 1 FROM dossiers d WHERE d.id = p.dossier AND d.public = 1)
	AND (p.base = '' OR EXISTS (SELECT 1 FROM publications u WHERE u.proposal = p.id))`

func (r proposalRow) proposal() (p dossiers.Proposal, err error) {
	p = dossiers.Proposal{ID: dossiers.ProposalID(r.ID), Org: r.Org, Dossier: dossiers.DossierID(r.Dossier), Progressive: r.Progressive == 1,
		By: r.By, At: r.At.time(), Newest: r.Newest, Published: r.Published}
	if r.Base != "" {
		if p.Base, err = law.ParseEditionKey(r.Base); err != nil {
			return p, fmt.Errorf("%w: proposal %d: %w", ErrDamaged, r.ID, err)
		}
	}
	return p, fromJSON(r.About, &p.Subject)
}

func proposalsWhere(ctx context.Context, q querier, where string, args ...any) ([]dossiers.Proposal, error) {
	var rows []proposalRow
	if err := list(ctx, q, &rows, `SELECT `+proposalColumns+` FROM proposals p WHERE `+where+` ORDER BY p.id`, args...); err != nil {
		return nil, err
	}
	out := make([]dossiers.Proposal, len(rows))
	for i, r := range rows {
		var err error
		if out[i], err = r.proposal(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func proposalWhere(ctx context.Context, q querier, id dossiers.ProposalID, where string, args ...any) (dossiers.Proposal, error) {
	if id < 1 || id > math.MaxInt32 { // what the column holds
		return dossiers.Proposal{}, dossiers.ErrNotFound
	}
	all, err := proposalsWhere(ctx, q, `p.id = ?`+where, append([]any{int64(id)}, args...)...)
	return firstOf(all, err, dossiers.ErrNotFound)
}

// AddProposal stores a new proposal in a dossier of p.Org and returns its id. It
// has no version yet: its text is that of its base. Errors: dossiers.ErrNotFound
// for the dossier, law.ErrNotFound for the base.
func (s *Store) AddProposal(ctx context.Context, p dossiers.Proposal, e accounts.Entry) (id dossiers.ProposalID, err error) {
	defer wrap(&err, "adding a proposal")
	if err := p.Validate(); err != nil {
		return 0, err
	}
	p.At, p.By = e.At, string(e.Person)
	err = s.durably(ctx, func(tx *sqlx.Tx) error {
		if err := changedOne(dossiers.ErrNotFound)(execute(ctx, tx, `UPDATE dossiers SET public = public WHERE id = ? AND organisation = ?`, int64(p.Dossier), p.Org)); err != nil {
			return err
		}
		if !p.Recorded() {
			if err := mustHaveEdition(ctx, tx, p.Base); err != nil {
				return err
			}
		}
		if id, err = addProposal(ctx, tx, p); err != nil {
			return err
		}
		e.To = fmt.Sprintf("dossier %d, proposal %d", p.Dossier, id)
		return s.audit(ctx, tx, accounts.OrganisationID(p.Org), e)
	})
	return id, err
}

func addProposal(ctx context.Context, tx *sqlx.Tx, p dossiers.Proposal) (id dossiers.ProposalID, err error) {
	about, err := json.Marshal(p.Subject)
	if err != nil {
		return 0, err
	}
	base := ""
	if !p.Recorded() {
		base = p.Base.String()
	}
	if err := get(ctx, tx, &id, `SELECT coalesce(max(id), 0) + 1 FROM proposals`); err != nil {
		return 0, err
	}
	_, err = execute(ctx, tx, `INSERT INTO proposals (id, organisation, dossier, base, progressive, about, by_whom, at, newest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)`,
		int64(id), p.Org, int64(p.Dossier), base, bit(p.Progressive), string(about), p.By, instant(p.At))
	return id, err
}

// SaveProposal stores what a proposal says of itself and whether it counts as
// progressive. dossiers.ErrNotFound.
func (s *Store) SaveProposal(ctx context.Context, p dossiers.Proposal, e accounts.Entry) (err error) {
	defer wrap(&err, "storing proposal %d", p.ID)
	if err := p.Validate(); err != nil {
		return err
	}
	about, err := json.Marshal(p.Subject)
	if err != nil {
		return err
	}
	return s.inProposal(ctx, p.Org, p.ID, e, "", func(tx *sqlx.Tx, _ dossiers.Proposal) error {
		_, err := execute(ctx, tx, `UPDATE proposals SET progressive = ?, about = ? WHERE id = ?`, bit(p.Progressive), string(about), int64(p.ID))
		return err
	})
}

// inProposal changes something of an organisation's proposal, alone, and writes e
// about what into its log.
func (s *Store) inProposal(ctx context.Context, org string, id dossiers.ProposalID, e accounts.Entry, what string, f func(*sqlx.Tx, dossiers.Proposal) error) error {
	return s.durably(ctx, func(tx *sqlx.Tx) error {
		p, err := lockProposal(ctx, tx, org, id)
		if err != nil {
			return err
		}
		if err := f(tx, p); err != nil {
			return err
		}
		e.To = fmt.Sprintf("proposal %d%s", id, what)
		return s.audit(ctx, tx, accounts.OrganisationID(org), e)
	})
}

// lockProposal reads a proposal that nobody else changes until the end of the
// transaction.
func lockProposal(ctx context.Context, tx *sqlx.Tx, org string, id dossiers.ProposalID) (dossiers.Proposal, error) {
	if id < 1 || id > math.MaxInt32 {
		return dossiers.Proposal{}, dossiers.ErrNotFound
	}
	if _, err := execute(ctx, tx, `UPDATE proposals SET newest = newest WHERE id = ? AND organisation = ?`, int64(id), org); err != nil {
		return dossiers.Proposal{}, err
	}
	return proposalWhere(ctx, tx, id, ` AND p.organisation = ?`, org)
}

// Proposal is one of an organisation; dossiers.ErrNotFound, also for that of
// another.
func (s *Store) Proposal(ctx context.Context, org string, id dossiers.ProposalID) (_ dossiers.Proposal, err error) {
	defer wrap(&err, "proposal %d", id)
	return proposalWhere(ctx, s.read, id, ` AND p.organisation = ?`, org)
}

// Proposals lists those of an organisation, the oldest first; of one dossier where
// it is not 0.
func (s *Store) Proposals(ctx context.Context, org string, dossier dossiers.DossierID) (_ []dossiers.Proposal, err error) {
	defer wrap(&err, "proposals of %s", org)
	if dossier == 0 {
		return proposalsWhere(ctx, s.read, `p.organisation = ?`, org)
	}
	return proposalsWhere(ctx, s.read, `p.organisation = ? AND p.dossier = ?`, org, int64(dossier))
}

// SaveVersion stores the next version of a proposal, if v.Parent is the newest
// one: where another was saved meanwhile, the error is a *dossiers.MovedError with
// it, and nothing is stored. draft is the dossiers.Draft.Saved of the draft it was
// made of (0 for none): the draft goes with it, unless more was typed since.
// Other errors: dossiers.ErrNotFound, dossiers.ErrState for a proposal that is
// only recorded.
func (s *Store) SaveVersion(ctx context.Context, org string, v dossiers.Version, draft int, e accounts.Entry) (_ dossiers.Version, err error) {
	defer wrap(&err, "saving proposal %d", v.Proposal)
	if err := v.Validate(); err != nil {
		return v, err
	}
	if err := mustStore("the note", v.Note); err != nil {
		return v, err
	}
	content, err := packContent(v.Content)
	if err != nil {
		return v, err
	}
	v.By, v.At, v.Number = string(e.Person), e.At, v.Parent+1
	err = s.inProposal(ctx, org, v.Proposal, e, fmt.Sprintf(", version %d", v.Number), func(tx *sqlx.Tx, p dossiers.Proposal) error {
		if p.Recorded() {
			return dossiers.ErrState
		}
		if p.Newest != v.Parent {
			newest, err := versionWhere(ctx, tx, v.Proposal, p.Newest)
			if err != nil {
				return err // v.Parent is none that there was
			}
			return &dossiers.MovedError{Newest: newest}
		}
		if _, err := execute(ctx, tx, `INSERT INTO proposal_versions (proposal, number, parent, by_whom, at, note, sha256, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			int64(v.Proposal), v.Number, v.Parent, v.By, instant(v.At), v.Note, content.sum, content.gzip); err != nil {
			return err
		}
		if _, err := execute(ctx, tx, `UPDATE proposals SET newest = ? WHERE id = ?`, v.Number, int64(v.Proposal)); err != nil {
			return err
		}
		_, err := execute(ctx, tx, `DELETE FROM proposal_drafts WHERE proposal = ? AND person = ? AND saved <= ?`, int64(v.Proposal), v.By, draft)
		return err
	})
	return v, err
}

// Version is one version of an organisation's proposal; dossiers.ErrNotFound.
func (s *Store) Version(ctx context.Context, org string, id dossiers.ProposalID, number int) (_ dossiers.Version, err error) {
	defer wrap(&err, "proposal %d, version %d", id, number)
	if _, err := proposalWhere(ctx, s.read, id, ` AND p.organisation = ?`, org); err != nil {
		return dossiers.Version{}, err
	}
	return versionWhere(ctx, s.read, id, number)
}

// Versions lists those of an organisation's proposal without their content, the
// newest first.
func (s *Store) Versions(ctx context.Context, org string, id dossiers.ProposalID) (out []dossiers.Version, err error) {
	defer wrap(&err, "versions of proposal %d", id)
	if _, err := proposalWhere(ctx, s.read, id, ` AND p.organisation = ?`, org); err != nil {
		return nil, err
	}
	var rows []versionRow
	err = list(ctx, s.read, &rows, `SELECT number, parent, by_whom, at, note FROM proposal_versions WHERE proposal = ? ORDER BY number DESC`, int64(id))
	for _, r := range rows {
		out = append(out, r.version(id))
	}
	return out, err
}

type versionRow struct {
	Number int     `db:"number"`
	Parent int     `db:"parent"`
	By     string  `db:"by_whom"`
	At     instant `db:"at"`
	Note   string  `db:"note"`
}

func (r versionRow) version(of dossiers.ProposalID) dossiers.Version {
	return dossiers.Version{Proposal: of, Number: r.Number, Parent: r.Parent, By: r.By, At: r.At.time(), Note: r.Note}
}

func versionWhere(ctx context.Context, q querier, id dossiers.ProposalID, number int) (dossiers.Version, error) {
	var row struct {
		versionRow
		SHA256  string `db:"sha256"`
		Content packed `db:"content"`
	}
	if err := noDossier(get(ctx, q, &row, `
		SELECT number, parent, by_whom, at, note, sha256, content FROM proposal_versions WHERE proposal = ? AND number = ?`, int64(id), number)); err != nil {
		return dossiers.Version{}, err
	}
	v := row.version(id)
	if sum(row.Content) != row.SHA256 {
		return v, fmt.Errorf("%w: its text is not the one that was stored", ErrDamaged)
	}
	return v, fromJSON(string(row.Content), &v.Content)
}

// RefText is the text a REF of the workbench names, as an edition: of a proposal
// any version, of a bill the one its dossier has. law.ErrNotFound.
func (s *Store) RefText(ctx context.Context, ref dossiers.Ref) (_ law.Edition, err error) {
	defer wrap(&err, "%s", ref)
	if ref.ID > math.MaxInt32 {
		return law.Edition{}, law.ErrNotFound
	}
	if ref.Status == law.BillVersion {
		var stored string
		err := get(ctx, s.read, &stored, `SELECT editions FROM dossier_documents WHERE dossier = ? AND bill = ?`, ref.ID, ref.Version)
		if errors.Is(err, sql.ErrNoRows) {
			return law.Edition{}, law.ErrNotFound
		}
		if err != nil {
			return law.Edition{}, err
		}
		editions, err := readEditions(stored)
		if err != nil {
			return law.Edition{}, err
		}
		key, there := editions[ref.Lang]
		if !there {
			return law.Edition{}, law.ErrNotFound
		}
		return editionIn(ctx, s.read, key, `NULL AS raw`)
	}
	p, err := proposalWhere(ctx, s.read, dossiers.ProposalID(ref.ID), ``)
	if err == nil {
		var v dossiers.Version
		if v, err = versionWhere(ctx, s.read, p.ID, ref.Version); err == nil {
			return versionText(p, v, ref.Lang)
		}
	}
	if errors.Is(err, dossiers.ErrNotFound) {
		err = law.ErrNotFound
	}
	return law.Edition{}, err
}

// packedContent is the content of a version or draft, ready to be stored.
type packedContent struct {
	sum  string // of the JSON
	gzip any
}

// packContent is run before the transaction: nobody waits for a compressor.
func packContent(c dossiers.Content) (packedContent, error) {
	body, err := json.Marshal(c)
	if err != nil {
		return packedContent{}, err
	}
	gz, err := packed(body).Value()
	return packedContent{sum(body), gz}, err
}
