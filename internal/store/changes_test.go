package store

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tuzetu/tuzetu/law"
)

func TestLatestChanges(t *testing.T) {
	eachStore(t, func(t *testing.T, s *Store) {
		for _, e := range []law.Edition{
			sampleEdition(t, "2026-03-01", law.RU, "три"),
			sampleEdition(t, "2026-01-15", law.RU, "один"),
			sampleEdition(t, "2026-01-15", law.KK, "бір"),
			sampleEdition(t, "2026-03-01", law.KK, "үш"),
			sampleEdition(t, "proposed-2026-04-01", law.RU, "не новость"),
		} {
			add(t, s, e)
		}
		other := sampleEdition(t, "2026-02-10", law.EN, "another act")
		other.Act = "K2600000001"
		add(t, s, other)
		// The site changed an old text in silence, and it was seen on 5 March.
		silent := sampleEdition(t, "2026-01-15", law.RU, "один и ещё")
		silent.FetchedAt = time.Date(2026, 3, 5, 23, 0, 0, 0, time.UTC)
		add(t, s, silent)

		want := []string{
			"2026-03-05 Z2600000001@2026-01-15~1:ru after Z2600000001@2026-01-15:ru",
			"2026-03-01 Z2600000001@2026-03-01:kk after Z2600000001@2026-01-15:kk",
			"2026-03-01 Z2600000001@2026-03-01:ru after Z2600000001@2026-01-15~1:ru",
			"2026-02-10 K2600000001@2026-02-10:en after nothing",
			"2026-01-15 Z2600000001@2026-01-15:kk after nothing",
			"2026-01-15 Z2600000001@2026-01-15:ru after nothing",
		}
		for _, limit := range []int{0, 1, 3, 100} {
			changes, err := s.LatestChanges(t.Context(), limit)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, c := range changes {
				after := "nothing"
				if c.Previous != (law.EditionKey{}) {
					after = c.Previous.String()
				}
				got = append(got, fmt.Sprintf("%s %s after %s", c.Day, c.EditionKey, after))
				if c.FetchedAt.IsZero() || c.Title == "" {
					t.Errorf("%s lacks its facts: %+v", c.EditionKey, c)
				}
			}
			if diff := cmp.Diff(append([]string(nil), want[:min(limit, len(want))]...), got); diff != "" {
				t.Errorf("limit %d:\n%s", limit, diff)
			}
		}
	})
}
