package store

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jmoiron/sqlx"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/law"
)

// entryBody is what of an entry is only shown.
type entryBody struct {
	What    law.Words         `json:"what"`
	Sources []dossiers.Source `json:"sources"`
}

// AddIndicatorEntry stores a number entered for an indicator, or a correction of
// one, and returns it with its number. Errors: dossiers.ErrNotFound for the entry
// it replaces, dossiers.ErrState where another one has replaced that already.
func (s *Store) AddIndicatorEntry(ctx context.Context, org string, n dossiers.Entry, e accounts.Entry) (_ dossiers.Entry, err error) {
	defer wrap(&err, "indicator %s of %s", n.Indicator, org)
	indicators, err := dossiers.Indicators()
	if err != nil {
		return n, err
	}
	if err := n.Validate(indicators); err != nil {
		return n, err
	}
	body, err := json.Marshal(entryBody{n.What, n.Sources})
	if err != nil {
		return n, err
	}
	n.By, n.At = string(e.Person), e.At
	err = s.durably(ctx, func(tx *sqlx.Tx) error {
		if err := s.lockOrganisation(ctx, tx, accounts.OrganisationID(org)); err != nil {
			return err
		}
		if n.Replaces > 0 {
			var of string
			if err := noDossier(get(ctx, tx, &of, `SELECT indicator FROM indicator_entries WHERE organisation = ? AND number = ?`, org, n.Replaces)); err != nil {
				return err
			}
			var corrected int
			if err := get(ctx, tx, &corrected, `SELECT count(*) FROM indicator_entries WHERE organisation = ? AND replaces = ?`, org, n.Replaces); err != nil {
				return err
			}
			if corrected > 0 || of != n.Indicator {
				return dossiers.ErrState
			}
		}
		if err := get(ctx, tx, &n.Number, `SELECT coalesce(max(number), 0) + 1 FROM indicator_entries WHERE organisation = ?`, org); err != nil {
			return err
		}
		if _, err := execute(ctx, tx, `INSERT INTO indicator_entries (organisation, number, indicator, value, on_day, replaces, by_whom, at, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			org, n.Number, n.Indicator, n.Value, string(n.Day), n.Replaces, n.By, instant(n.At), string(body)); err != nil {
			return err
		}
		e.To = fmt.Sprintf("indicator %s, entry %d", n.Indicator, n.Number)
		return s.audit(ctx, tx, accounts.OrganisationID(org), e)
	})
	return n, err
}

// IndicatorEntries lists all that were entered by an organisation, corrected ones
// and corrections among them, in the order they were.
func (s *Store) IndicatorEntries(ctx context.Context, org string) (out []dossiers.Entry, err error) {
	defer wrap(&err, "indicators of %s", org)
	var rows []struct {
		Number    int     `db:"number"`
		Indicator string  `db:"indicator"`
		Value     int     `db:"value"`
		Day       string  `db:"on_day"`
		Replaces  int     `db:"replaces"`
		By        string  `db:"by_whom"`
		At        instant `db:"at"`
		Body      string  `db:"body"`
	}
	if err := list(ctx, s.read, &rows, `
		SELECT number, indicator, value, on_day, replaces, by_whom, at, body FROM indicator_entries WHERE organisation = ? ORDER BY number`, org); err != nil {
		return nil, err
	}
	for _, r := range rows {
		var body entryBody
		if err := fromJSON(r.Body, &body); err != nil {
			return nil, err
		}
		out = append(out, dossiers.Entry{Number: r.Number, Indicator: r.Indicator, Value: r.Value, Day: law.Date(r.Day), What: body.What, Sources: body.Sources,
			Replaces: r.Replaces, By: r.By, At: r.At.time()})
	}
	return out, nil
}
