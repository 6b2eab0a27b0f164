package store

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/scraper"
)

func TestRefusals(t *testing.T) {
	eachStore(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		at := time.Date(2026, 1, 15, 0, 0, 0, 0, time.UTC)
		maintenance := scraper.Refusal{Source: "adilet", Act: sampleAct, Lang: law.RU, URL: "https://example.org/1",
			At: at, Reason: "a maintenance page", Raw: []byte("<h1>\xff\x00</h1>")}
		again := maintenance
		again.At = at.Add(time.Hour)
		quoting := scraper.Refusal{Source: "adilet", Act: sampleAct, URL: "https://example.org/1",
			At: at.Add(time.Minute), Reason: "no article in \"\xff\x00\"", Raw: nil}
		elsewhere := scraper.Refusal{Source: "adilet", Act: "K2600000001", URL: "https://example.org/2",
			At: at, Reason: "wrong encoding", Raw: []byte{0xd0}}
		for _, r := range []scraper.Refusal{maintenance, quoting, again, elsewhere} {
			if err := s.AddRefusal(ctx, r); err != nil {
				t.Fatal(err)
			}
		}
		stored := quoting
		stored.Reason = "no article in \"\uFFFD\uFFFD\""
		for _, c := range []struct {
			act   law.ActID
			limit int
			want  []scraper.Refusal
		}{
			{sampleAct, 10, []scraper.Refusal{again, stored}},
			{sampleAct, 1, []scraper.Refusal{again}},
			{"", 10, []scraper.Refusal{again, stored, elsewhere}},
			{"Z2600000009", 10, []scraper.Refusal{}},
		} {
			got, err := s.Refusals(ctx, c.act, c.limit)
			if err != nil {
				t.Fatal(err)
			}
			for i := range got {
				raw, err := s.RefusedPage(ctx, got[i])
				if err != nil || !bytes.Equal(raw, c.want[i].Raw) {
					t.Errorf("the page of %+v: %q, %v", got[i], raw, err)
				}
				got[i].Raw = c.want[i].Raw
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("%q, %d:\n%s", c.act, c.limit, diff)
			}
		}
		if _, err := s.RefusedPage(ctx, scraper.Refusal{URL: "https://example.org/9", At: at}); !errors.Is(err, law.ErrNotFound) {
			t.Errorf("a page nobody refused: %v", err)
		}
		if err := s.AddRefusal(ctx, scraper.Refusal{URL: "https://example.org/3", At: at}); err == nil {
			t.Error("stored without a reason")
		}
	})
}
