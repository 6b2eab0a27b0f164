package store

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/tuzetu/tuzetu/accounts"
)

func addKey(t *testing.T, s *Store, of accounts.OrganisationID, n byte) {
	t.Helper()
	k := accounts.Key{Organisation: of, Name: "сейф", PublicKey: [32]byte{n}, AddedAt: hired.Add(time.Duration(n) * time.Second), AddedBy: "a"}
	if err := s.AddKey(t.Context(), k, accounts.Entry{At: k.AddedAt, Person: "a", Did: "key.added", To: "f"}); err != nil {
		t.Fatal(err)
	}
}

func TestOrganisationKeys(t *testing.T) {
	eachStore(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		hire(t, s, "one", "a")
		hire(t, s, "two", "b")
		addKey(t, s, "one", 1)
		addKey(t, s, "one", 2)
		addKey(t, s, "two", 1) // what another has says nothing here
		later := hired.Add(time.Hour)
		for _, err := range []error{
			s.AddKey(ctx, accounts.Key{Organisation: "z", Name: "x", AddedAt: hired}, accounts.Entry{}),
			s.RetireKey(ctx, "two", [32]byte{2}, later, accounts.Entry{}),
		} {
			if !errors.Is(err, accounts.ErrNone) {
				t.Errorf("%v, want ErrNone", err)
			}
		}
		// Of many who retire it at once one does, and writes the one entry.
		var all sync.WaitGroup
		errs := make([]error, 4)
		for i := range errs {
			all.Go(func() {
				errs[i] = s.RetireKey(ctx, "one", [32]byte{1}, later, accounts.Entry{At: later, Person: "a", Did: "key.retired", To: "f"})
			})
		}
		all.Wait()
		retired := 0
		for _, err := range errs {
			if err == nil {
				retired++
			} else if !errors.Is(err, accounts.ErrNone) {
				t.Error(err)
			}
		}
		if retired != 1 {
			t.Errorf("retired %d times", retired)
		}
		// Neither one in use nor a retired one is added again.
		for n := range byte(2) {
			err := s.AddKey(ctx, accounts.Key{Organisation: "one", Name: "x", PublicKey: [32]byte{n + 1}, AddedAt: later}, accounts.Entry{At: later, Did: "key.added"})
			if !errors.Is(err, accounts.ErrKeyKnown) {
				t.Errorf("key %d again: %v", n+1, err)
			}
		}
		keys, err := s.Keys(ctx, "one")
		if err != nil || len(keys) != 2 {
			t.Fatalf("%+v, %v", keys, err)
		}
		if k := keys[0]; k.PublicKey != [32]byte{1} || k.InUse() || !k.RetiredAt.Equal(later) || k.Name != "сейф" || k.AddedBy != "a" {
			t.Errorf("%+v", k)
		}
		if k := keys[1]; k.PublicKey != [32]byte{2} || !k.InUse() {
			t.Errorf("%+v", k)
		}
		log, err := s.Log(ctx, "one")
		if err != nil || accounts.CheckLog(log) != nil || len(log) != 3+3 {
			t.Errorf("%d entries, %v, %v", len(log), err, accounts.CheckLog(log))
		}
	})
}
