package store

import (
	"bytes"
	"errors"
	"strings"
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
		elsewhere := scraper.Refusal{Source: "zan", Act: "K2600000001", URL: "https://example.org/2",
			At: at, Reason: "wrong encoding", Raw: []byte{0xd0}}
		for _, r := range []scraper.Refusal{maintenance, quoting, again, elsewhere} {
			if err := s.AddRefusal(ctx, r); err != nil {
				t.Fatal(err)
			}
		}
		stored := quoting
		stored.Reason = "no article in \"\uFFFD\uFFFD\""
		for _, c := range []struct {
			source string
			limit  int
			want   []scraper.Refusal
		}{
			{"adilet", 10, []scraper.Refusal{again, stored}},
			{"adilet", 1, []scraper.Refusal{again}},
			{"", 10, []scraper.Refusal{again, stored, elsewhere}},
			{"gazette", 10, []scraper.Refusal{}},
		} {
			got, err := s.Refusals(ctx, c.source, c.limit)
			if err != nil {
				t.Fatal(err)
			}
			for i := range got {
				pages, err := s.Refused(ctx, got[i].SHA256)
				if err != nil || len(pages) != 1 || !bytes.Equal(pages[0].Raw, c.want[i].Raw) || pages[0].URL != got[i].URL {
					t.Errorf("the page of %+v: %+v, %v", got[i], pages, err)
				}
				got[i].Raw, got[i].SHA256 = c.want[i].Raw, ""
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("%q, %d:\n%s", c.source, c.limit, diff)
			}
		}
		for _, nobody := range []string{"", "x", strings.Repeat("0", 64)} {
			if _, err := s.Refused(ctx, nobody); !errors.Is(err, law.ErrNotFound) {
				t.Errorf("a page nobody refused: %v", err)
			}
		}
		// One page from two addresses, and one of them good since.
		elsewhere.Raw, elsewhere.At = maintenance.Raw, at.Add(2*time.Hour)
		if err := s.AddRefusal(ctx, elsewhere); err != nil {
			t.Fatal(err)
		}
		if err := s.SaveVisit(ctx, scraper.Visit{URL: maintenance.URL, Status: 200, At: at.Add(90 * time.Minute)}); err != nil {
			t.Fatal(err)
		}
		pages, err := s.Refused(ctx, sum(maintenance.Raw))
		if err != nil || len(pages) != 2 || pages[0].URL != elsewhere.URL || pages[0].Accepted || !pages[1].Accepted {
			t.Errorf("%+v, %v", pages, err)
		}
		if err := s.AddRefusal(ctx, scraper.Refusal{URL: "https://example.org/3", At: at}); err == nil {
			t.Error("stored without a reason")
		}
	})
}
