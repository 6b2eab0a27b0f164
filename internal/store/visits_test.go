package store

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tuzetu/tuzetu/scraper"
)

func TestVisits(t *testing.T) {
	eachStore(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		page := "https://example.org/rus/docs/Z2600000001"
		if v, ok, err := s.Visit(ctx, page); ok || err != nil {
			t.Fatalf("never visited: %+v, %t, %v", v, ok, err)
		}
		// A clock of Almaty and nanoseconds: stored in UTC, to the microsecond.
		at := time.Date(2026, 1, 15, 2, 3, 4, 5678, time.FixedZone("+05", 5*3600))
		first := scraper.Visit{URL: page, ETag: `W/"1"`, LastModified: "Thu, 15 Jan 2026 00:00:00 GMT",
			SHA256: strings.Repeat("a", 64), Status: 200, At: at}
		missing := scraper.Visit{URL: page + "/en", Status: 404, At: at.Add(time.Minute)}
		for _, v := range []scraper.Visit{first, missing} {
			if err := s.SaveVisit(ctx, v); err != nil {
				t.Fatal(err)
			}
		}
		want := first
		want.At = time.Date(2026, 1, 14, 21, 3, 4, 5000, time.UTC)
		if got, ok, err := s.Visit(ctx, page); !ok || err != nil || cmp.Diff(want, got) != "" {
			t.Errorf("%+v, %t, %v; want %+v", got, ok, err, want)
		}
		// A header that is not text is forgotten, the visit is not.
		second := scraper.Visit{URL: page, ETag: "\"\xff\"", Status: 200, At: at.Add(time.Hour)}
		if err := s.SaveVisit(ctx, second); err != nil {
			t.Fatal(err)
		}
		if got, ok, err := s.Visit(ctx, page); !ok || err != nil || got.ETag != "" || got.LastModified != "" || !got.At.Equal(want.At.Add(time.Hour)) {
			t.Errorf("after the second visit: %+v, %t, %v", got, ok, err)
		}
		for prefix, url := range map[string]string{"https://example.org/": page, page + "/": page + "/en", "https://example_org/": ""} {
			got, ok, err := s.LastVisit(ctx, prefix)
			if err != nil || got.URL != url || ok != (url != "") {
				t.Errorf("last visit under %s: %q, %t, %v; want %q", prefix, got.URL, ok, err, url)
			}
		}
		for _, bad := range []scraper.Visit{{}, {URL: page, Status: 200}, {URL: page, At: at}, {URL: "\xff", Status: 200, At: at}} {
			if err := s.SaveVisit(ctx, bad); err == nil {
				t.Errorf("stored %+v", bad)
			}
		}
	})
}
