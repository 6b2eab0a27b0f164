package store

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/dossiers"
)

// What is erased is nowhere in the database, the log stays whole and says who
// did what by ids only, and no organisation is left without an owner.
func TestEraseAccount(t *testing.T) {
	eachStore(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		hire(t, s, "one", "a")
		hire(t, s, "two", "b")
		join(t, s, "one", "b", accounts.Editor)
		erased := accounts.Entry{At: hired.Add(time.Hour), Person: "a", Did: "account.erased"}
		if err := s.ErasePerson(ctx, "a", erased); !errors.Is(err, accounts.ErrLastOwner) {
			t.Fatalf("the last owner: %v", err)
		}
		if err := s.SetRole(ctx, "one", "b", accounts.Owner, accounts.Entry{}); err != nil {
			t.Fatal(err)
		}
		hire(t, s, "drafts", "c")
		d := openDossier(t, s, "drafts")
		id, err := s.AddProposal(ctx, dossiers.Proposal{Org: "drafts", Dossier: d.dossier, Base: d.base, Subject: dossiers.Subject{Title: words("Пять дней")}}, did("proposal.made"))
		d.must(err)
		_, err = s.SaveDraft(ctx, "drafts", dossiers.Draft{Proposal: id, Person: "a", Content: proposed("1. Шесть"), At: noon})
		d.must(err)
		session := accounts.Session{ID: "x", Person: "a", Began: hired, Used: hired, Proved: hired, Turned: hired}
		if err := s.AddSession(ctx, accounts.SecretHash(accounts.ToStay, "1"), session, accounts.Entry{}); err != nil {
			t.Fatal(err)
		}
		if err := s.AddSecret(ctx, accounts.Secret{Hash: accounts.SecretHash(accounts.ToReset, "1"), Purpose: accounts.ToReset, Person: "a", Until: hired.Add(time.Hour)}); err != nil {
			t.Fatal(err)
		}
		// Of two owners who leave at once, one stays.
		var all sync.WaitGroup
		errs := make([]error, 2)
		for i, who := range []accounts.PersonID{"a", "b"} {
			all.Go(func() {
				e := erased
				e.Person = who
				errs[i] = s.ErasePerson(ctx, who, e)
			})
		}
		all.Wait()
		if errs[0] != nil || !errors.Is(errs[1], accounts.ErrLastOwner) { // b owns the other one alone
			t.Fatal(errs)
		}
		if err := s.ErasePerson(ctx, "a", erased); !errors.Is(err, accounts.ErrNone) {
			t.Errorf("erased twice: %v", err)
		}
		if _, err := s.Person(ctx, "a"); !errors.Is(err, accounts.ErrNone) {
			t.Error(err)
		}
		for _, query := range []string{
			`SELECT count(*) FROM persons WHERE mail LIKE 'a@%' OR name LIKE '% a'`, `SELECT count(*) FROM passkeys WHERE person = 'a'`,
			`SELECT count(*) FROM sessions WHERE person = 'a'`, `SELECT count(*) FROM account_secrets WHERE person = 'a'`,
			`SELECT count(*) FROM members WHERE person = 'a'`, `SELECT count(*) FROM proposal_drafts WHERE person = 'a'`, `SELECT count(*) FROM audit WHERE object LIKE '%@%'`,
		} {
			var n int
			if err := get(ctx, s.read, &n, query); err != nil || n != 0 {
				t.Errorf("%s: %d, %v", query, n, err)
			}
		}
		log, err := s.Log(ctx, "one")
		if err != nil || accounts.CheckLog(log) != nil || log[len(log)-1].Did != "account.erased" || log[len(log)-1].Person != "a" {
			t.Errorf("%+v, %v", log, err)
		}
		if two, err := s.Log(ctx, "two"); err != nil || len(two) != 3 {
			t.Errorf("%d entries elsewhere, %v", len(two), err)
		}
	})
}

// The log is read in parts.
func TestReadLog(t *testing.T) {
	eachStore(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		hire(t, s, "one", "a")
		for range logChunk {
			if err := s.EndSessions(ctx, "a", accounts.Entry{At: hired, Person: "a", Did: "sessions.ended"}); err != nil {
				t.Fatal(err)
			}
		}
		chain, parts := new(accounts.Chain), 0
		if err := s.ReadLog(ctx, "one", func(some []accounts.Entry) error { parts++; return chain.Follow(some) }); err != nil {
			t.Fatal(err)
		}
		if chain.Number() != logChunk+3 || parts != 2 {
			t.Errorf("%d entries in %d parts", chain.Number(), parts)
		}
		stop := errors.New("enough")
		if err := s.ReadLog(ctx, "one", func([]accounts.Entry) error { return stop }); !errors.Is(err, stop) {
			t.Error(err)
		}
		if some, err := s.Entries(ctx, "one", 5, 2); err != nil || len(some) != 2 || some[0].Number != 6 {
			t.Errorf("%+v, %v", some, err)
		}
	})
}

func TestSaveOrganisation(t *testing.T) {
	eachStore(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		hire(t, s, "one", "a")
		o := accounts.Organisation{ID: "one", Names: map[string]string{"kk": "Жаңа қор", "ru": "Новый фонд", "en": "New Fund"}, BIN: "987654321098"}
		if err := s.SaveOrganisation(ctx, o, accounts.Entry{At: hired, Person: "a", Did: "organisation.changed", To: "bin"}); err != nil {
			t.Fatal(err)
		}
		got, err := s.Organisation(ctx, "one")
		if err != nil || got.Names["kk"] != "Жаңа қор" || got.BIN != o.BIN || !got.Since.Equal(hired) {
			t.Errorf("%+v, %v", got, err)
		}
		o.ID = "none"
		if err := s.SaveOrganisation(ctx, o, accounts.Entry{}); !errors.Is(err, accounts.ErrNone) {
			t.Error(err)
		}
		for _, bad := range []accounts.Organisation{
			{Names: map[string]string{"kk": "Қор", "ru": "Фонд"}}, {Names: map[string]string{"kk": "Қор", "ru": strings.Repeat("Ф", 201), "en": "Fund"}},
			{Names: map[string]string{"kk": "Қор", "ru": "Фо\x00нд", "en": "Fund"}}, {Names: map[string]string{"kk": "Қ", "ru": "Фонд", "en": "Fund"}},
		} {
			if _, err := bad.Clean(); !errors.Is(err, accounts.ErrOrganisationName) {
				t.Errorf("%+v: %v", bad, err)
			}
		}
		for _, bin := range []string{"1", "12345678901x", "1234567890123"} {
			if _, err := (accounts.Organisation{Names: o.Names, BIN: bin}).Clean(); !errors.Is(err, accounts.ErrBIN) {
				t.Errorf("%s: %v", bin, err)
			}
		}
	})
}
