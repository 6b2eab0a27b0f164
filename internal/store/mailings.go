package store

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/internal/jobs"
	"github.com/tuzetu/tuzetu/law"
)

// Letters that signers get of the organisation's own accord. A mailing walks the
// signatures by their ids; the jobs of those it passed and the place it came to
// are of one transaction, so whoever is killed when, nobody is passed twice and
// nobody is passed over.

// mailingLease is the name of the lease of whoever walks.
const mailingLease = "mailing"

// mailingSchema is the first schema that has mailings.
const mailingSchema = 11

type mailingRow struct {
	ID       int64  `db:"id"`
	Campaign int64  `db:"campaign"`
	Kind     string `db:"kind"`
	About    string `db:"about"`
	Walked   int64  `db:"walked"`
	Last     int64  `db:"last"`
}

func (r mailingRow) mailing() (m campaigns.Mailing, err error) {
	m = campaigns.Mailing{ID: campaigns.MailingID(r.ID), Campaign: campaigns.CampaignID(r.Campaign)}
	if r.Kind == "text" {
		m.Version, err = strconv.Atoi(r.About)
	}
	return m, err
}

// WalkMailings makes the jobs of the next letters of all mailings, so that up to
// ahead jobs of a kind wait to be begun within soon, and tells how many it made.
// What was published since and every new text is a mailing first. held is true
// where another holder has the lease: it walks.
func (s *Store) WalkMailings(ctx context.Context, w campaigns.Walk) (made int, held bool, err error) {
	defer wrap(&err, "the mailings of campaigns")
	var unknown []int
	if err := list(ctx, s.read, &unknown, `SELECT 1 FROM (`+unmailed+`) u LIMIT 1`); err != nil {
		return 0, false, err
	}
	if len(unknown) > 0 {
		err := s.durably(ctx, func(tx *sqlx.Tx) error {
			if held, err = takenByAnother(ctx, tx, mailingLease, w.Holder, w.Now, w.For); err != nil || held {
				return err
			}
			return addMailings(ctx, tx, 0)
		})
		if err != nil || held {
			return 0, held, err
		}
	}
	var open []mailingRow
	if err := list(ctx, s.read, &open, `
		SELECT id, campaign, kind, about, walked, last FROM mailings WHERE ended = 0 ORDER BY id`); err != nil || len(open) == 0 {
		return 0, false, err
	}
	var waiting int
	if err := get(ctx, s.read, &waiting, `SELECT count(*) FROM jobs WHERE kind = ? AND begun = 0 AND due_at <= ? AND expires_at > ?`,
		w.Kind, instant(w.Now.Add(w.Soon)), instant(w.Now)); err != nil {
		return 0, false, err
	}
	for i, m := range open {
		// A small mailing does not wait for the end of a large one.
		limit := (w.Ahead - waiting) / (len(open) - i)
		if limit < 1 {
			continue
		}
		n, held, err := s.walk(ctx, w, m, limit)
		made, waiting = made+n, waiting+n
		if err != nil || held {
			return made, held, err
		}
	}
	return made, false, nil
}

// walk makes up to limit jobs of one mailing.
func (s *Store) walk(ctx context.Context, w campaigns.Walk, m mailingRow, limit int) (made int, held bool, err error) {
	of, err := m.mailing()
	if err != nil {
		return 0, false, err
	}
	// Whether somebody is still written to is asked when the letter's turn comes.
	query, args := `SELECT id FROM signatures WHERE id > ? AND id <= ? AND campaign = ? AND updates_to IS NOT NULL`, []any{m.Walked, m.Last, m.Campaign}
	if of.Version > 0 {
		query, args = query+` AND version < ?`, append(args, of.Version)
	}
	var ids []int64
	if err := list(ctx, s.read, &ids, query+` ORDER BY id LIMIT ?`, append(args, limit)...); err != nil {
		return 0, false, err
	}
	todo := make([]jobs.Job, len(ids))
	for i, id := range ids {
		if todo[i], err = w.Job(of, campaigns.SignatureID(id)); err != nil {
			return 0, false, err
		}
	}
	to, ended := m.Last, 1
	if len(ids) == limit {
		to, ended = ids[limit-1], 0
	}
	err = s.durably(ctx, func(tx *sqlx.Tx) error {
		if held, err = takenByAnother(ctx, tx, mailingLease, w.Holder, w.Now, w.For); err != nil || held {
			return err
		}
		// Another that walked since the place was read has made these jobs.
		err := changedOne(errWalked)(execute(ctx, tx, `UPDATE mailings SET walked = ?, ended = ? WHERE id = ? AND walked = ? AND ended = 0`,
			to, ended, m.ID, m.Walked))
		if err != nil || len(todo) == 0 {
			return err
		}
		return addJobs(ctx, tx, todo)
	})
	if errors.Is(err, errWalked) {
		return 0, true, nil
	}
	return len(todo), held, err
}

var errWalked = errors.New("another has walked on")

// unmailed is what should have a mailing and has none: news, and texts that came
// after another one.
const unmailed = `
	SELECT campaign, 'news' AS kind, at AS about FROM campaign_updates u
	WHERE NOT EXISTS (SELECT 1 FROM mailings m WHERE m.campaign = u.campaign AND m.kind = 'news' AND m.about = u.at)
	UNION ALL
	SELECT id, 'text', CAST(version AS TEXT) FROM campaigns c WHERE version > 1
	AND NOT EXISTS (SELECT 1 FROM mailings m WHERE m.campaign = c.id AND m.kind = 'text' AND m.about = CAST(c.version AS TEXT))`

// addMailings adds what is unmailed. Its last signature is the last there is, not
// one of this moment: ids are as wrong as the clock was.
func addMailings(ctx context.Context, tx *sqlx.Tx, ended int) error {
	_, err := execute(ctx, tx, `
		INSERT INTO mailings (id, campaign, kind, about, walked, last, ended)
		SELECT (SELECT coalesce(max(id), 0) FROM mailings) + row_number() OVER (ORDER BY campaign, kind, about), campaign, kind, about, 0,
			coalesce((SELECT id FROM signatures s WHERE s.campaign = u.campaign ORDER BY id DESC LIMIT 1), 0), CAST(? AS INTEGER)
		FROM (`+unmailed+`) u`, ended)
	return err
}

// endMailings ends all there are and should be. A backup does not know who was
// written to after it was made, and nobody is to get a letter twice: a restored
// database goes on with what is published from then on.
func endMailings(ctx context.Context, tx *sqlx.Tx) error { return addMailings(ctx, tx, 1) }

// Mailing returns a mailing with what it is about. campaigns.ErrNotFound if that
// is not there any more.
func (s *Store) Mailing(ctx context.Context, id campaigns.MailingID) (m campaigns.Mailing, err error) {
	defer wrap(&err, "mailing %d", id)
	var row mailingRow
	err = get(ctx, s.read, &row, `SELECT id, campaign, kind, about, walked, last FROM mailings WHERE id = ?`, int64(id))
	if errors.Is(err, sql.ErrNoRows) {
		return m, campaigns.ErrNotFound
	}
	if err != nil {
		return m, err
	}
	if m, err = row.mailing(); err != nil || m.Version > 0 {
		return m, err
	}
	all, err := s.Updates(ctx, m.Campaign)
	if err != nil {
		return m, err
	}
	at, err := time.Parse(instantForm, row.About)
	if err != nil {
		return m, err
	}
	for _, u := range all {
		if u.At.Equal(at) {
			m.News = &u
			return m, nil
		}
	}
	return m, campaigns.ErrNotFound
}

// AllowNews gives a letter one of the places an address has on a day, over all
// campaigns; a letter that has one keeps it, however often it is tried.
func (s *Store) AllowNews(ctx context.Context, day law.Date, address []byte, job string, places int) (ok bool, err error) {
	defer wrap(&err, "counting letters")
	return ok, s.change(ctx, func(tx *sqlx.Tx) error {
		var has []int
		if err := list(ctx, tx, &has, `SELECT 1 FROM news_letters WHERE address = ? AND job = ?`, address, job); err != nil || len(has) > 0 {
			ok = len(has) > 0
			return err
		}
		for place := 1; place <= places && !ok; place++ {
			res, err := execute(ctx, tx, `INSERT INTO news_letters (address, place, day, job) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`,
				address, place, string(day), job)
			if err != nil {
				return err
			}
			n, err := res.RowsAffected()
			if err != nil {
				return err
			}
			ok = n > 0
		}
		return nil
	})
}
