package store

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tuzetu/tuzetu/accounts"
)

var hired = time.Date(2026, 11, 22, 6, 0, 0, 0, time.UTC)

// hire makes an organisation with an owner.
func hire(t *testing.T, s *Store, of accounts.OrganisationID, who accounts.PersonID) {
	t.Helper()
	o := accounts.Organisation{ID: of, Names: map[string]string{"kk": "Қор", "ru": "Фонд", "en": "Fund"}, BIN: "012345678901", Since: hired}
	if err := s.AddOrganisation(t.Context(), o, accounts.Entry{At: hired, Did: "organisation.made"}); err != nil {
		t.Fatal(err)
	}
	join(t, s, of, who, accounts.Owner)
}

func invitation(of accounts.OrganisationID, who accounts.PersonID, role accounts.Role) accounts.Invitation {
	address := string(who) + "@example.kz"
	return accounts.Invitation{ID: string(of) + string(who), Hash: accounts.SecretHash(accounts.ToJoin, string(of)+string(who)), Organisation: of,
		Email: address, Mail: address, Role: role, Lang: "kk", Until: hired.Add(7 * 24 * time.Hour)}
}

func newcomer(who accounts.PersonID) accounts.Person {
	address := string(who) + "@example.kz"
	return accounts.Person{ID: who, Email: address, Mail: address, Name: "Әсел " + string(who), Lang: "kk", Since: hired,
		Passkeys: []accounts.Passkey{{ID: []byte("key of " + who), Name: "ключ", Credential: []byte("{}"), Added: hired}}}
}

func join(t *testing.T, s *Store, of accounts.OrganisationID, who accounts.PersonID, role accounts.Role) {
	t.Helper()
	inv := invitation(of, who, role)
	if err := s.Invite(t.Context(), inv, nil, accounts.Entry{At: hired, Did: "member.invited", To: string(role)}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Join(t.Context(), inv.Hash, hired, newcomer(who), accounts.Entry{At: hired, Person: who, Did: "member.joined"}); err != nil {
		t.Fatal(err)
	}
}

func TestPeople(t *testing.T) {
	eachStore(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		hire(t, s, "one", "a")
		join(t, s, "one", "b", accounts.Viewer)
		p, err := s.PersonByEmail(ctx, "a@example.kz")
		if err != nil || p.Name != "Әсел a" || len(p.Passkeys) != 1 || !p.Since.Equal(hired) || !p.HasSecondFactor() {
			t.Fatalf("%+v, %v", p, err)
		}
		for _, missing := range []error{
			second(s.Person(ctx, "z")), second(s.PersonByEmail(ctx, "z@example.kz")), second(s.Organisation(ctx, "z")),
			s.SetRole(ctx, "one", "z", accounts.Viewer, accounts.Entry{}), s.WithdrawInvitation(ctx, "one", "z", accounts.Entry{}),
			s.ChangePerson(ctx, "z", func(*accounts.Person) error { return nil }, accounts.Entry{}, nil),
		} {
			if !errors.Is(missing, accounts.ErrNone) {
				t.Errorf("%v, want ErrNone", missing)
			}
		}
		if err := s.SetRole(ctx, "one", "a", accounts.Viewer, accounts.Entry{}); !errors.Is(err, accounts.ErrLastOwner) {
			t.Errorf("the last owner steps down: %v", err)
		}
		if err := s.SetRole(ctx, "one", "b", accounts.Owner, accounts.Entry{At: hired, Person: "a", Did: "member.role", To: "b owner"}); err != nil {
			t.Fatal(err)
		}
		if err := s.SetRole(ctx, "one", "a", "", accounts.Entry{At: hired, Person: "b", Did: "member.removed", To: "a"}); err != nil {
			t.Fatal(err)
		}
		members, err := s.Members(ctx, "one")
		if err != nil || len(members) != 1 || members[0].Person != "b" || members[0].Role != accounts.Owner || !members[0].Second {
			t.Errorf("%+v, %v", members, err)
		}
		if places, err := s.Places(ctx, "a"); err != nil || len(places) != 0 {
			t.Errorf("%+v, %v", places, err)
		}
	})
}

func second[T any](_ T, err error) error { return err }

// Of many who use one invitation at once, one joins; for another address, late
// or withdrawn it is none.
func TestInvitationIsGoodOnce(t *testing.T) {
	eachStore(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		hire(t, s, "one", "a")
		inv := invitation("one", "b", accounts.Editor)
		if err := s.Invite(ctx, inv, nil, accounts.Entry{}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Join(ctx, inv.Hash, hired, newcomer("c"), accounts.Entry{}); !errors.Is(err, accounts.ErrNone) {
			t.Errorf("another address joins: %v", err)
		}
		if _, err := s.Join(ctx, inv.Hash, inv.Until, newcomer("b"), accounts.Entry{}); !errors.Is(err, accounts.ErrNone) {
			t.Errorf("joined after a week: %v", err)
		}
		var all sync.WaitGroup
		errs := make([]error, 8)
		for i := range errs {
			all.Go(func() {
				_, errs[i] = s.Join(ctx, inv.Hash, hired, newcomer("b"), accounts.Entry{At: hired, Person: "b", Did: "member.joined"})
			})
		}
		all.Wait()
		joined := 0
		for _, err := range errs {
			if err == nil {
				joined++
			} else if !errors.Is(err, accounts.ErrNone) {
				t.Error(err)
			}
		}
		if joined != 1 {
			t.Errorf("%d joined by one invitation", joined)
		}
		if err := s.Invite(ctx, invitation("one", "b", accounts.Viewer), nil, accounts.Entry{}); !errors.Is(err, accounts.ErrKnown) {
			t.Errorf("a member is invited: %v", err)
		}
	})
}

func TestSessions(t *testing.T) {
	eachStore(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		hire(t, s, "one", "a")
		hash := func(n int) []byte { return accounts.SecretHash(accounts.ToStay, fmt.Sprint(n)) }
		begin := func(id string, n int) {
			t.Helper()
			if err := s.AddSession(ctx, hash(n), accounts.Session{ID: id, Person: "a", Began: hired, Used: hired, Proved: hired, Turned: hired, Agent: "Firefox"}, accounts.Entry{At: hired, Person: "a", Did: "session.began"}); err != nil {
				t.Fatal(err)
			}
		}
		is := func(n int, at time.Time, want string) {
			t.Helper()
			got, err := s.Session(ctx, hash(n), at.Add(-accounts.SessionLap))
			if want == "" && !errors.Is(err, accounts.ErrNone) || want != "" && (err != nil || got.ID != want) {
				t.Errorf("secret %d: %q, %v; want %q", n, got.ID, err, want)
			}
		}
		begin("x", 1)
		begin("y", 2)
		is(1, hired, "x")
		turned := hired.Add(30 * time.Minute)
		if err := s.TurnSession(ctx, "x", hash(1), hash(3), turned); err != nil {
			t.Fatal(err)
		}
		if err := s.TurnSession(ctx, "x", hash(1), hash(4), turned); !errors.Is(err, accounts.ErrNone) {
			t.Errorf("turned twice: %v", err)
		}
		is(3, turned, "x")
		is(1, turned.Add(30*time.Second), "x") // under way when it was turned
		is(1, turned.Add(2*time.Minute), "")
		is(4, turned, "")
		if err := s.ProveSession(ctx, "x", hash(5), true, accounts.Entry{At: turned, Person: "a", Did: "session.proved"}); err != nil {
			t.Fatal(err)
		}
		if log, err := s.Log(ctx, "one"); err != nil || log[len(log)-1].Did != "session.proved" || log[len(log)-1].Person != "a" {
			t.Errorf("the log: %+v, %v", log, err)
		}
		is(3, turned, "") // a secret from before the second factor ends at once
		is(5, turned, "x")
		keep := "x"
		if err := s.ChangePerson(ctx, "a", func(p *accounts.Person) error { p.Password = "$argon2id$x"; return nil }, accounts.Entry{At: hired, Person: "a", Did: "password.changed"}, &keep); err != nil {
			t.Fatal(err)
		}
		is(2, turned, "")
		is(5, turned, "x")
		if err := s.SweepPeople(ctx, hired.Add(accounts.SessionLife)); err != nil {
			t.Fatal(err)
		}
		is(5, turned, "")
	})
}

// A secret is used up by one of many.
func TestSecretIsGoodOnce(t *testing.T) {
	eachStore(t, func(t *testing.T, s *Store) {
		ctx, hash := t.Context(), accounts.SecretHash(accounts.ToReset, "x")
		n := accounts.Secret{Hash: hash, Purpose: accounts.ToReset, Person: "a", Until: hired.Add(time.Hour)}
		if err := s.AddSecret(ctx, n); err != nil {
			t.Fatal(err)
		}
		if err := s.AddSecret(ctx, n); !errors.Is(err, accounts.ErrKnown) {
			t.Errorf("stored twice: %v", err)
		}
		for want := 1; want < 3; want++ {
			if got, err := s.TrySecret(ctx, accounts.ToReset, hash, hired); err != nil || got.Tries != want || got.Person != "a" {
				t.Errorf("%+v, %v", got, err)
			}
		}
		for _, err := range []error{
			second(s.TakeSecret(ctx, accounts.ToSignIn, hash, hired)), second(s.TakeSecret(ctx, accounts.ToReset, hash, hired.Add(time.Hour))),
		} {
			if !errors.Is(err, accounts.ErrNone) {
				t.Errorf("for another purpose, or late: %v", err)
			}
		}
		taken := make([]error, 8)
		var all sync.WaitGroup
		for i := range taken {
			all.Go(func() { _, taken[i] = s.TakeSecret(ctx, accounts.ToReset, hash, hired) })
		}
		all.Wait()
		got := 0
		for _, err := range taken {
			if err == nil {
				got++
			}
		}
		if got != 1 {
			t.Errorf("taken %d times", got)
		}
	})
}

// The log is written by many at once without a gap, the databases refuse to
// change it, and what is changed behind their back shows.
func TestLog(t *testing.T) {
	eachStore(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		hire(t, s, "one", "a")
		hire(t, s, "two", "b")
		var all sync.WaitGroup
		for i := range 20 {
			all.Go(func() {
				if err := s.EndSessions(ctx, "a", accounts.Entry{At: hired.Add(time.Duration(i) * time.Second), Person: "a", Did: "sessions.ended"}); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		log, err := s.Log(ctx, "one")
		if err != nil || len(log) != 23 || accounts.CheckLog(log) != nil {
			t.Fatalf("%d entries, %v, %v", len(log), err, accounts.CheckLog(log))
		}
		if two, err := s.Log(ctx, "two"); err != nil || len(two) != 3 {
			t.Errorf("%d entries of another, %v", len(two), err)
		}
		head := func(log []accounts.Entry) string {
			c := new(accounts.Chain)
			if err := c.Follow(log); err != nil {
				t.Fatal(err)
			}
			return c.Head()
		}(log)
		for _, query := range []string{
			`UPDATE audit SET did = 'nothing'`, `DELETE FROM audit WHERE number = 23`, `DELETE FROM audit`,
			`UPDATE audit SET person = 'b' WHERE organisation = 'one' AND number = 3`,
		} {
			if _, err := s.write.ExecContext(ctx, query); err == nil || !strings.Contains(err.Error(), "never changed") {
				t.Errorf("%s: %v", query, err)
			}
		}
		if s.at.dialect == onSQLite {
			if _, err := s.write.ExecContext(ctx, `INSERT OR REPLACE INTO audit SELECT organisation, number, at, person, 'nothing', object, before, hash FROM audit WHERE number = 2`); err == nil {
				t.Error("an entry was replaced")
			}
		}
		// Who owns the database can take the trigger away; the chain still shows it.
		drop := `DROP TRIGGER audit_refuse_change ON audit`
		if s.at.dialect == onSQLite {
			drop = `DROP TRIGGER audit_refuse_update`
		}
		for _, query := range []string{drop, `UPDATE audit SET did = 'session.began' WHERE organisation = 'one' AND number = 23`} {
			if _, err := s.write.ExecContext(ctx, query); err != nil {
				t.Fatal(err)
			}
		}
		log, err = s.Log(ctx, "one")
		if err != nil {
			t.Fatal(err)
		}
		if err := accounts.CheckLog(log); !errors.Is(err, accounts.ErrLogChanged) || !strings.Contains(err.Error(), "23") {
			t.Errorf("a changed last entry: %v", err)
		}
		chain, err := accounts.Holding(head)
		if err != nil {
			t.Fatal(err)
		}
		if err := chain.Follow(log[:22]); err != nil || chain.Whole() == nil {
			t.Error("a log cut short holds the head of the whole one")
		}
	})
}
