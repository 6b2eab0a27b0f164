package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/scraper"
)

// AddEdition stores an edition and returns the key that holds its text. The
// store sets the revision; the one in e.Revision is not looked at. An act that
// was not known becomes known by its id.
//
// The same text means the same lines with the same marks, as the newest
// revision of the act, language, status and date has them: then nothing is
// stored and added is false, whatever else of the page has changed (a counter,
// a banner, an anchor). The first page that brought a text is the one kept.
//
// The first e.Source that brings an enacted text of a day in a language has that
// day: for any other it is scraper.ErrOtherSource. AddWitness keeps what it has.
//
// When it returns without an error the edition is on the disk. Times are kept
// to the microsecond.
func (s *Store) AddEdition(ctx context.Context, e law.Edition) (key law.EditionKey, added bool, err error) {
	defer wrap(&err, "storing edition %s", e.EditionKey)
	stored, err := s.cutForStore(ctx, e)
	if err != nil {
		return law.EditionKey{}, false, err
	}
	err = s.change(ctx, func(tx *sqlx.Tx) error {
		key, added, err = stored.add(ctx, tx)
		return err
	})
	if err != nil {
		return law.EditionKey{}, false, err
	}
	return key, added, nil
}

// cutForStore makes an edition ready before the transaction that stores it:
// nobody waits for a compressor.
func (s *Store) cutForStore(ctx context.Context, e law.Edition) (storedEdition, error) {
	if err := checkEdition(e); err != nil {
		return storedEdition{}, err
	}
	near, err := s.nearby(ctx, e.EditionHead)
	if err != nil {
		return storedEdition{}, err
	}
	return cutEdition(e, newShelf(near))
}

// add stores an edition as the next revision of its day, if it is not the same as
// the last one.
func (e storedEdition) add(ctx context.Context, tx *sqlx.Tx) (key law.EditionKey, added bool, err error) {
	key = e.EditionKey
	// Locks the row of the act, so that of two processes with one text the second
	// finds the first one's edition. Works alike on both databases.
	if _, err := execute(ctx, tx, `
		INSERT INTO acts (id) VALUES (?)
		ON CONFLICT (id) DO UPDATE SET sample = acts.sample`, key.Act); err != nil {
		return key, false, err
	}
	if err := claim(ctx, tx, e.EditionHead); err != nil {
		return key, false, err
	}
	if key.Revision, added, err = nextRevision(ctx, tx, e.text, `
		SELECT revision, text_sha256 FROM editions
		WHERE act_id = ? AND lang = ? AND status = ? AND date = ?`,
		key.Act, key.Lang, key.Status, key.Date); err != nil || !added {
		return key, false, err
	}
	e.Revision = key.Revision
	return key, true, e.insert(ctx, tx)
}

// claim makes an enacted text's source the one of its day;
// scraper.ErrOtherSource if another one is. Texts from files claim nothing.
func claim(ctx context.Context, tx *sqlx.Tx, h law.EditionHead) error {
	if h.Status != law.Enacted || h.Source == "" {
		return nil
	}
	_, err := execute(ctx, tx, `
		INSERT INTO edition_sources (act_id, lang, date, source) VALUES (?, ?, ?, ?)
		ON CONFLICT (act_id, lang, date) DO NOTHING`, h.Act, h.Lang, h.Date, h.Source)
	if err != nil {
		return err
	}
	var has string
	err = get(ctx, tx, &has, `SELECT source FROM edition_sources WHERE act_id = ? AND lang = ? AND date = ?`, h.Act, h.Lang, h.Date)
	if err == nil && has != h.Source {
		err = fmt.Errorf("%w: %s", scraper.ErrOtherSource, has)
	}
	return err
}

// nextRevision is the revision that a text gets among those that query lists;
// added is false where the newest of them reads the same, and then it is that.
func nextRevision(ctx context.Context, tx *sqlx.Tx, text, query string, args ...any) (revision int, added bool, err error) {
	var newest struct {
		Revision int    `db:"revision"`
		Text     string `db:"text_sha256"`
	}
	err = get(ctx, tx, &newest, query+` ORDER BY revision DESC LIMIT 1`, args...)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return 0, true, nil
	case err != nil:
		return 0, false, err
	case newest.Text == text:
		return newest.Revision, false, nil
	}
	return newest.Revision + 1, true, nil
}

// Editions lists the heads of an act's editions in every language and status:
// by date, then status (enacted, proposed, bill), revision and language (kk,
// ru, en). An act without editions has an empty list.
func (s *Store) Editions(ctx context.Context, act law.ActID) (_ []law.EditionHead, err error) {
	defer wrap(&err, "listing the editions of %s", act)
	return heads(ctx, s.read, `
		SELECT `+headColumns+` FROM editions e WHERE act_id = ?
		ORDER BY date, CASE status WHEN 'enacted' THEN 0 WHEN 'proposed' THEN 1 ELSE 2 END, revision, `+langOrder, act)
}

// Current lists, for every act and language, the head of the newest enacted
// edition dated on or before a day: by act and language (kk, ru, en).
func (s *Store) Current(ctx context.Context, day law.Date) (_ []law.EditionHead, err error) {
	defer wrap(&err, "listing the editions of %s", day)
	return heads(ctx, s.read, `
		SELECT `+headColumns+` FROM editions e
		WHERE status = 'enacted' AND date <= ? AND NOT EXISTS (
			SELECT 1 FROM editions n WHERE n.act_id = e.act_id AND n.lang = e.lang AND n.status = 'enacted' AND n.date <= ?
			AND (n.date > e.date OR n.date = e.date AND n.revision > e.revision))
		ORDER BY act_id, `+langOrder, day, day)
}

// Edition returns a whole edition, as it was added; law.ErrNotFound if there is
// none, ErrDamaged if the bytes are not those that were stored.
func (s *Store) Edition(ctx context.Context, key law.EditionKey) (_ law.Edition, err error) {
	defer wrap(&err, "edition %s", key)
	return editionIn(ctx, s.read, key, `raw`)
}

// EditionText is Edition without Raw, for those who only read the law.
func (s *Store) EditionText(ctx context.Context, key law.EditionKey) (_ law.Edition, err error) {
	defer wrap(&err, "edition %s", key)
	return editionIn(ctx, s.read, key, `NULL AS raw`)
}

func editionIn(ctx context.Context, q querier, key law.EditionKey, rawColumn string) (law.Edition, error) {
	return textIn(ctx, q, `
		SELECT `+headColumns+`, media_type, text_sha256, lines, `+rawColumn+` FROM editions e
		WHERE act_id = ? AND lang = ? AND status = ? AND date = ? AND revision = ?`,
		key.Act, key.Lang, key.Status, key.Date, key.Revision)
}

// textIn reads the one text a query finds; law.ErrNotFound if it finds none.
func textIn(ctx context.Context, q querier, query string, args ...any) (law.Edition, error) {
	var row struct {
		headRow
		MediaType string  `db:"media_type"`
		Text      string  `db:"text_sha256"`
		Lines     packed  `db:"lines"`
		Raw       *packed `db:"raw"`
	}
	err := get(ctx, q, &row, query, args...)
	if errors.Is(err, sql.ErrNoRows) {
		return law.Edition{}, law.ErrNotFound
	}
	if err != nil {
		return law.Edition{}, err
	}
	e := law.Edition{EditionHead: row.head(), MediaType: row.MediaType}
	text, err := joined(ctx, q, row.Lines)
	if err != nil {
		return law.Edition{}, err
	}
	if e.Lines, err = readLines(text); err != nil {
		return law.Edition{}, err
	}
	if textSum(e.Lines) != row.Text {
		return law.Edition{}, fmt.Errorf("%w: its text is not the one that was stored", ErrDamaged)
	}
	if row.Raw != nil {
		raw, err := joined(ctx, q, *row.Raw)
		if err != nil {
			return law.Edition{}, err
		}
		e.Raw = []byte(raw)
		if sum(e.Raw) != e.SHA256 {
			return law.Edition{}, fmt.Errorf("%w: its bytes are not those that were stored", ErrDamaged)
		}
	}
	return e, nil
}

// headColumns are those of headRow, from editions AS e. A text without an address
// came from a file, whoever has its day.
const headColumns = `act_id, lang, status, date, revision, title, source_url, fetched_at, cause, cause_href, sha256,
	CASE WHEN e.source_url = '' OR e.status <> 'enacted' THEN '' ELSE coalesce((SELECT s.source FROM edition_sources s
		WHERE s.act_id = e.act_id AND s.lang = e.lang AND s.date = e.date), '') END AS source`

// langOrder sorts languages as law.Langs does.
const langOrder = `CASE lang WHEN 'kk' THEN 0 WHEN 'ru' THEN 1 ELSE 2 END`

type headRow struct {
	Act       law.ActID  `db:"act_id"`
	Lang      law.Lang   `db:"lang"`
	Status    law.Status `db:"status"`
	Date      law.Date   `db:"date"`
	Revision  int        `db:"revision"`
	Title     string     `db:"title"`
	Source    string     `db:"source"`
	SourceURL string     `db:"source_url"`
	FetchedAt instant    `db:"fetched_at"`
	Cause     string     `db:"cause"`
	CauseHref string     `db:"cause_href"`
	SHA256    string     `db:"sha256"`
}

// heads lists the heads that a query finds.
func heads(ctx context.Context, q querier, query string, args ...any) ([]law.EditionHead, error) {
	var rows []headRow
	if err := list(ctx, q, &rows, query, args...); err != nil {
		return nil, err
	}
	out := make([]law.EditionHead, len(rows))
	for i, r := range rows {
		out[i] = r.head()
	}
	return out, nil
}

func (r headRow) head() law.EditionHead {
	return law.EditionHead{
		EditionKey: law.EditionKey{Act: r.Act, Status: r.Status, Date: r.Date, Revision: r.Revision, Lang: r.Lang},
		Title:      r.Title, Source: r.Source, SourceURL: r.SourceURL, FetchedAt: r.FetchedAt.time(),
		Cause: r.Cause, CauseHref: r.CauseHref, SHA256: r.SHA256,
	}
}

// checkEdition refuses what one of the databases would refuse, or would store
// as something else.
func checkEdition(e law.Edition) error {
	key := e.EditionKey
	key.Revision = 0
	if _, err := law.ParseStatus(string(key.Status)); err != nil {
		return err
	}
	if err := checkDate(key.Date); err != nil {
		return err
	}
	if _, err := law.ParseEditionKey(key.String()); err != nil {
		return err
	}
	if e.FetchedAt.IsZero() {
		return errors.New("the time of fetching is not given")
	}
	if e.SHA256 != "" && e.SHA256 != sum(e.Raw) {
		return errors.New("its SHA-256 is not that of its bytes")
	}
	if e.Source != "" && e.SourceURL == "" {
		return errors.New("it has a source and no address there")
	}
	if len(e.Lines) == 0 {
		return errors.New("it has no text")
	}
	for _, l := range e.Lines {
		fields := []string{"its text", l.Text, "a mark", string(l.Mark), "an anchor", l.Anchor}
		for _, link := range l.Links {
			fields = append(fields, "a link", link.Text, "a link", link.Href)
		}
		if err := mustStore(fields...); err != nil {
			return fmt.Errorf("line %d: %w", l.From, err)
		}
	}
	return mustStore("its title", e.Title, "its source", e.Source, "its address", e.SourceURL, "its cause", e.Cause,
		"the address of its cause", e.CauseHref, "its media type", e.MediaType)
}

// textSum is the digest of what makes two texts the same: the texts and marks
// of the lines, each with its length before it so that no two lists of lines
// read alike.
func textSum(lines []law.Line) string {
	h := sha256.New()
	for _, l := range lines {
		fmt.Fprintf(h, "%d %s %d %s\n", len(l.Mark), l.Mark, len(l.Text), l.Text)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func sum(b []byte) string {
	s := sha256.Sum256(b)
	return hex.EncodeToString(s[:])
}
