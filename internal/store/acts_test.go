package store

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tuzetu/tuzetu/law"
)

func TestSaveActNeverErases(t *testing.T) {
	eachStore(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		for _, a := range []law.Act{
			{ID: "Z2600000001", Titles: map[law.Lang]string{law.RU: "О примерах", law.KK: "Мысалдар"}, Adopted: "2026-01-15", Sample: true},
			{ID: "Z2600000001", Titles: map[law.Lang]string{law.RU: "О примерах и образцах"}, Requisites: map[law.Lang]string{law.EN: "Law No. 1"}},
			{ID: "Z2600000001", Published: "2026-01-20"},
			{ID: "Z2600000001"},
		} {
			if err := s.SaveAct(ctx, a); err != nil {
				t.Fatal(err)
			}
		}
		got, err := s.Act(ctx, "Z2600000001")
		if err != nil {
			t.Fatal(err)
		}
		want := law.Act{
			ID:         "Z2600000001",
			Titles:     map[law.Lang]string{law.RU: "О примерах и образцах", law.KK: "Мысалдар"},
			Requisites: map[law.Lang]string{law.EN: "Law No. 1"},
			Adopted:    "2026-01-15", Published: "2026-01-20", Sample: true,
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestActs(t *testing.T) {
	eachStore(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		if acts, err := s.Acts(ctx); err != nil || len(acts) != 0 {
			t.Fatalf("an empty store lists %v, %v", acts, err)
		}
		if _, err := s.Act(ctx, "Z2600000001"); !errors.Is(err, law.ErrNotFound) {
			t.Errorf("an unknown act: %v", err)
		}
		// The underscore sorts after the digits, in both databases and whatever
		// their locale.
		for _, id := range []law.ActID{"Z990000451_", "Z2400000093", "Z9900004511", "K1400000235"} {
			if err := s.SaveAct(ctx, law.Act{ID: id, Titles: map[law.Lang]string{law.RU: "а", law.KK: "ә", law.EN: "a"}}); err != nil {
				t.Fatal(err)
			}
		}
		acts, err := s.Acts(ctx)
		if err != nil {
			t.Fatal(err)
		}
		var ids []law.ActID
		for _, a := range acts {
			ids = append(ids, a.ID)
			if len(a.Titles) != 3 {
				t.Errorf("%s has titles %v", a.ID, a.Titles)
			}
		}
		if diff := cmp.Diff([]law.ActID{"K1400000235", "Z2400000093", "Z9900004511", "Z990000451_"}, ids); diff != "" {
			t.Error(diff)
		}
	})
}

func TestSaveActRefuses(t *testing.T) {
	for name, a := range map[string]law.Act{
		"no id":          {},
		"a bad id":       {ID: "../etc"},
		"a bad day":      {ID: "Z2600000001", Adopted: "2026-02-30"},
		"an odd day":     {ID: "Z2600000001", Published: "20.01.2026"},
		"a bad language": {ID: "Z2600000001", Titles: map[law.Lang]string{"de": "Gesetz"}},
		"a zero byte":    {ID: "Z2600000001", Titles: map[law.Lang]string{law.RU: "О\x00"}},
		"broken UTF-8":   {ID: "Z2600000001", Requisites: map[law.Lang]string{law.RU: "\xd0"}},
	} {
		t.Run(name, func(t *testing.T) {
			eachStore(t, func(t *testing.T, s *Store) {
				if err := s.SaveAct(t.Context(), a); err == nil {
					t.Error("stored")
				}
				if acts, err := s.Acts(t.Context()); err != nil || len(acts) != 0 {
					t.Errorf("half-stored: %v, %v", acts, err)
				}
			})
		})
	}
}
