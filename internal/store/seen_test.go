package store

import (
	"context"
	"testing"

	"github.com/tuzetu/tuzetu/internal/store/storetest"
	"github.com/tuzetu/tuzetu/law"
)

// The mark changes with each commit, whoever makes it, and with nothing else.
func TestSeen(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		one, other := openTest(t, url), openTest(t, url)
		last := ""
		seen := func() string {
			t.Helper()
			mark, err := one.Seen(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			return mark
		}
		for i, s := range []*Store{one, other, one, other} {
			mark := seen()
			if mark == last {
				t.Fatalf("%d: the mark %s is still the same", i, mark)
			}
			if _, err := one.Acts(t.Context()); err != nil {
				t.Fatal(err)
			}
			if last = seen(); last != mark {
				t.Fatalf("%d: reading changed the mark from %s to %s", i, mark, last)
			}
			a := law.Act{ID: sampleAct, Titles: map[law.Lang]string{law.RU: string(rune('А' + i))}}
			if err := s.SaveAct(t.Context(), a); err != nil {
				t.Fatal(err)
			}
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if mark, err := one.Seen(ctx); err == nil {
			t.Errorf("a mark %s although nobody waits", mark)
		}
		if seen() == last {
			t.Error("the mark of before the last commit is back")
		}
	})
}

func BenchmarkSeen(b *testing.B) {
	s := openTest(b, b.TempDir()+"/t.db")
	for b.Loop() {
		if _, err := s.Seen(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
