package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/accounts/door"
	"github.com/tuzetu/tuzetu/internal/jobs"
)

var _ door.Store = (*Store)(nil)

// AddOrganisation stores a new organisation and begins its audit log.
func (s *Store) AddOrganisation(ctx context.Context, o accounts.Organisation, e accounts.Entry) (err error) {
	defer wrap(&err, "organisation %s", o.ID)
	return s.durably(ctx, func(tx *sqlx.Tx) error {
		if _, err := execute(ctx, tx, `INSERT INTO organisations (id, name_kk, name_ru, name_en, bin, since_at) VALUES (?, ?, ?, ?, ?, ?)`,
			o.ID, o.Names["kk"], o.Names["ru"], o.Names["en"], o.BIN, instant(o.Since)); err != nil {
			return err
		}
		return s.audit(ctx, tx, o.ID, e)
	})
}

// SaveOrganisation stores an organisation's names and BIN. accounts.ErrNone.
func (s *Store) SaveOrganisation(ctx context.Context, o accounts.Organisation, e accounts.Entry) (err error) {
	defer wrap(&err, "organisation %s", o.ID)
	return s.durably(ctx, func(tx *sqlx.Tx) error {
		if err := changed(execute(ctx, tx, `UPDATE organisations SET name_kk = ?, name_ru = ?, name_en = ?, bin = ? WHERE id = ?`,
			o.Names["kk"], o.Names["ru"], o.Names["en"], o.BIN, o.ID)); err != nil {
			return err
		}
		return s.audit(ctx, tx, o.ID, e)
	})
}

type organisationRow struct {
	ID    accounts.OrganisationID `db:"id"`
	KK    string                  `db:"name_kk"`
	RU    string                  `db:"name_ru"`
	EN    string                  `db:"name_en"`
	BIN   string                  `db:"bin"`
	Since instant                 `db:"since_at"`
}

func (r organisationRow) organisation() accounts.Organisation {
	return accounts.Organisation{ID: r.ID, Names: map[string]string{"kk": r.KK, "ru": r.RU, "en": r.EN}, BIN: r.BIN, Since: r.Since.time()}
}

// Organisation is that of an id; accounts.ErrNone.
func (s *Store) Organisation(ctx context.Context, id accounts.OrganisationID) (_ accounts.Organisation, err error) {
	defer wrap(&err, "organisation %s", id)
	var r organisationRow
	err = none(get(ctx, s.read, &r, `SELECT id, name_kk, name_ru, name_en, bin, since_at FROM organisations WHERE id = ?`, id))
	return r.organisation(), err
}

// Organisations lists all, the oldest first.
func (s *Store) Organisations(ctx context.Context) (_ []accounts.Organisation, err error) {
	defer wrap(&err, "listing organisations")
	var rows []organisationRow
	err = list(ctx, s.read, &rows, `SELECT id, name_kk, name_ru, name_en, bin, since_at FROM organisations ORDER BY since_at, id`)
	var out []accounts.Organisation
	for _, r := range rows {
		out = append(out, r.organisation())
	}
	return out, err
}

type placeRow struct {
	Organisation accounts.OrganisationID `db:"organisation"`
	Person       accounts.PersonID       `db:"person"`
	Role         accounts.Role           `db:"role"`
	Since        instant                 `db:"since_at"`
	Name         string                  `db:"name"`
	Mail         string                  `db:"mail"`
	KK           string                  `db:"name_kk"`
	RU           string                  `db:"name_ru"`
	EN           string                  `db:"name_en"`
	Second       bool                    `db:"second"`
}

func places(ctx context.Context, q querier, where string, args ...any) ([]accounts.Place, error) {
	var rows []placeRow
	err := list(ctx, q, &rows, `
		SELECT m.organisation, m.person, m.role, m.since_at, p.name, p.mail, o.name_kk, o.name_ru, o.name_en,
			length(p.totp) > 0 OR EXISTS (SELECT 1 FROM passkeys k WHERE k.person = p.id) AS second
		FROM members m JOIN persons p ON p.id = m.person JOIN organisations o ON o.id = m.organisation
		WHERE `+where+` ORDER BY m.since_at, m.organisation, m.person`, args...)
	out := make([]accounts.Place, len(rows))
	for i, r := range rows {
		out[i] = accounts.Place{
			Member: accounts.Member{Organisation: r.Organisation, Person: r.Person, Role: r.Role, Since: r.Since.time()},
			Name:   r.Name, Mail: r.Mail, Names: map[string]string{"kk": r.KK, "ru": r.RU, "en": r.EN}, Second: r.Second,
		}
	}
	return out, err
}

// Places lists where a person is a member.
func (s *Store) Places(ctx context.Context, who accounts.PersonID) (_ []accounts.Place, err error) {
	defer wrap(&err, "places of a person")
	return places(ctx, s.read, `m.person = ?`, who)
}

// Members lists those of an organisation, the oldest first.
func (s *Store) Members(ctx context.Context, of accounts.OrganisationID) (_ []accounts.Place, err error) {
	defer wrap(&err, "members of %s", of)
	return places(ctx, s.read, `m.organisation = ?`, of)
}

// SetRole gives a member a role, or removes one where the role is empty.
// accounts.ErrNone, accounts.ErrLastOwner.
func (s *Store) SetRole(ctx context.Context, of accounts.OrganisationID, who accounts.PersonID, to accounts.Role, e accounts.Entry) (err error) {
	defer wrap(&err, "role of a member of %s", of)
	return s.durably(ctx, func(tx *sqlx.Tx) error {
		if err := s.lockOrganisation(ctx, tx, of); err != nil {
			return err
		}
		if err := mayChange(ctx, tx, of, who, to); err != nil {
			return err
		}
		if to == "" {
			_, err = execute(ctx, tx, `DELETE FROM members WHERE organisation = ? AND person = ?`, of, who)
		} else {
			_, err = execute(ctx, tx, `UPDATE members SET role = ? WHERE organisation = ? AND person = ?`, to, of, who)
		}
		if err != nil {
			return err
		}
		return s.audit(ctx, tx, of, e)
	})
}

// mayChange tells whether a member may be given a role, or removed where the role
// is empty. accounts.ErrNone, accounts.ErrLastOwner.
func mayChange(ctx context.Context, tx *sqlx.Tx, of accounts.OrganisationID, who accounts.PersonID, to accounts.Role) error {
	all, err := places(ctx, tx, `m.organisation = ?`, of)
	if err != nil {
		return err
	}
	var members []accounts.Member
	for _, p := range all {
		members = append(members, p.Member)
	}
	if !slices.ContainsFunc(members, func(m accounts.Member) bool { return m.Person == who }) {
		return accounts.ErrNone
	}
	return accounts.CheckChange(members, who, to)
}

// Invite stores an invitation, in the place of an earlier one of the same
// address, with the letter that carries it, if any. accounts.ErrKnown for a
// member.
func (s *Store) Invite(ctx context.Context, inv accounts.Invitation, letter *jobs.Job, e accounts.Entry) (err error) {
	defer wrap(&err, "inviting to %s", inv.Organisation)
	return s.durably(ctx, func(tx *sqlx.Tx) error {
		if err := s.lockOrganisation(ctx, tx, inv.Organisation); err != nil {
			return err
		}
		var n int
		if err := get(ctx, tx, &n, `SELECT count(*) FROM members m JOIN persons p ON p.id = m.person WHERE m.organisation = ? AND p.email = ?`,
			inv.Organisation, inv.Email); err != nil {
			return err
		}
		if n > 0 {
			return accounts.ErrKnown
		}
		if _, err := execute(ctx, tx, `DELETE FROM invitations WHERE organisation = ? AND email = ?`, inv.Organisation, inv.Email); err != nil {
			return err
		}
		if _, err := execute(ctx, tx, `
			INSERT INTO invitations (id, hash, organisation, email, mail, role, lang, invited_by, until_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			inv.ID, inv.Hash, inv.Organisation, inv.Email, inv.Mail, inv.Role, inv.Lang, inv.By, instant(inv.Until)); err != nil {
			return err
		}
		if letter != nil {
			if err := addJobs(ctx, tx, []jobs.Job{*letter}); err != nil {
				return err
			}
		}
		return s.audit(ctx, tx, inv.Organisation, e)
	})
}

func invitations(ctx context.Context, q querier, where string, args ...any) ([]accounts.Invitation, error) {
	var rows []struct {
		ID           string                  `db:"id"`
		Hash         []byte                  `db:"hash"`
		Organisation accounts.OrganisationID `db:"organisation"`
		Email        string                  `db:"email"`
		Mail         string                  `db:"mail"`
		Role         accounts.Role           `db:"role"`
		Lang         string                  `db:"lang"`
		By           accounts.PersonID       `db:"invited_by"`
		Until        instant                 `db:"until_at"`
	}
	err := list(ctx, q, &rows, `SELECT id, hash, organisation, email, mail, role, lang, invited_by, until_at FROM invitations WHERE `+where+` ORDER BY until_at, id`, args...)
	out := make([]accounts.Invitation, len(rows))
	for i, r := range rows {
		out[i] = accounts.Invitation{ID: r.ID, Hash: r.Hash, Organisation: r.Organisation, Email: r.Email, Mail: r.Mail, Role: r.Role, Lang: r.Lang, By: r.By, Until: r.Until.time()}
	}
	return out, err
}

// Invitations lists those of an organisation that are open.
func (s *Store) Invitations(ctx context.Context, of accounts.OrganisationID, now time.Time) (_ []accounts.Invitation, err error) {
	defer wrap(&err, "invitations of %s", of)
	return invitations(ctx, s.read, `organisation = ? AND until_at > ?`, of, instant(now))
}

// Invitation is the open one of that hash; accounts.ErrNone.
func (s *Store) Invitation(ctx context.Context, hash []byte, now time.Time) (_ accounts.Invitation, err error) {
	defer wrap(&err, "invitation")
	all, err := invitations(ctx, s.read, `hash = ? AND until_at > ?`, hash, instant(now))
	return firstOf(all, err, accounts.ErrNone)
}

// WithdrawInvitation takes an invitation back; accounts.ErrNone.
func (s *Store) WithdrawInvitation(ctx context.Context, of accounts.OrganisationID, id string, e accounts.Entry) (err error) {
	defer wrap(&err, "withdrawing an invitation of %s", of)
	return s.durably(ctx, func(tx *sqlx.Tx) error {
		if err := changed(execute(ctx, tx, `DELETE FROM invitations WHERE organisation = ? AND id = ?`, of, id)); err != nil {
			return err
		}
		return s.audit(ctx, tx, of, e)
	})
}

// Join uses an invitation up: p becomes a member. A person who is not there yet
// is stored. accounts.ErrNone where the invitation is not open or is for another
// address, accounts.ErrKnown for a member.
func (s *Store) Join(ctx context.Context, hash []byte, now time.Time, p accounts.Person, e accounts.Entry) (inv accounts.Invitation, err error) {
	defer wrap(&err, "joining")
	err = s.durably(ctx, func(tx *sqlx.Tx) error {
		all, err := invitations(ctx, tx, `hash = ? AND until_at > ? AND email = ?`, hash, instant(now), p.Email)
		if inv, err = firstOf(all, err, accounts.ErrNone); err != nil {
			return err
		}
		if err := s.lockOrganisation(ctx, tx, inv.Organisation); err != nil {
			return err
		}
		// Of two who use it at once, one finds it gone.
		if err := changed(execute(ctx, tx, `DELETE FROM invitations WHERE id = ?`, inv.ID)); err != nil {
			return err
		}
		var n int
		if err := get(ctx, tx, &n, `SELECT count(*) FROM persons WHERE id = ?`, p.ID); err != nil {
			return err
		}
		if n == 0 {
			if err := insertPerson(ctx, tx, p); err != nil {
				return err
			}
		}
		if err := get(ctx, tx, &n, `SELECT count(*) FROM members WHERE organisation = ? AND person = ?`, inv.Organisation, p.ID); err != nil {
			return err
		}
		if n > 0 {
			return accounts.ErrKnown
		}
		if _, err := execute(ctx, tx, `INSERT INTO members (organisation, person, role, since_at) VALUES (?, ?, ?, ?)`,
			inv.Organisation, p.ID, inv.Role, instant(now)); err != nil {
			return err
		}
		e.To = string(inv.Role)
		return s.audit(ctx, tx, inv.Organisation, e)
	})
	return inv, err
}

// lockOrganisation lets one transaction at a time change who is in it.
func (s *Store) lockOrganisation(ctx context.Context, tx *sqlx.Tx, id accounts.OrganisationID) error {
	var one int
	return none(get(ctx, tx, &one, `SELECT 1 FROM organisations WHERE id = ?`+s.forUpdate(), id))
}

// forUpdate ends a SELECT of rows that the transaction is going to change;
// SQLite has one writer at a time as it is.
func (s *Store) forUpdate() string {
	if s.at.dialect == onPostgres {
		return ` FOR UPDATE`
	}
	return ``
}

// none says in the words of accounts that there is no such row.
func none(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return accounts.ErrNone
	}
	return err
}

// changed is accounts.ErrNone where a statement found no row.
func changed(r sql.Result, err error) error {
	if err != nil {
		return err
	}
	if n, err := r.RowsAffected(); err != nil || n > 0 {
		return err
	}
	return accounts.ErrNone
}
