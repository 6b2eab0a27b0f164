package zan

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/scraper"
)

func TestAddresses(t *testing.T) {
	s, err := New("http://127.0.0.1:8080/", "197914")
	if err != nil {
		t.Fatal(err)
	}
	const base = "http://127.0.0.1:8080/api/documents/197914/"
	for _, tt := range []struct{ got, want string }{
		{s.TextURL("", law.KK), base + "kaz?page=1&withHtml=false"},
		{s.TextURL("", law.EN), ""},
		{s.EditionURL("Z2400000093", law.RU, "2024-06-19"), base + "rus/19.06.2024?page=1&withHtml=false"},
		{s.HistoryURL("", law.RU), base + "rus/versions"},
		{s.HistoryURL("", law.EN), ""},
		{s.FactsURL("/client/#!/doc/168832/kaz"), "http://127.0.0.1:8080/api/documents/168832/rus?page=1&withHtml=false"},
		{s.FactsURL("/client/#!/doc/197914/rus"), ""},
		{s.FactsURL("/rus/docs/Z2400000093"), ""},
	} {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
	asked := s.TextURL("", law.RU)
	for came, want := range map[string]bool{
		asked: true, strings.Replace(asked, "http://127.0.0.1:8080", "https://127.0.0.1", 1): true,
		base + "rus?withHtml=false&page=1": true, base + "rus?withHtml=false&page=2": false, base + "kaz?page=1&withHtml=false": false,
		"http://zan.kz/api/documents/197914/rus?page=1&withHtml=false": false, "%": false,
	} {
		if got := s.SamePage(asked, came); got != want {
			t.Errorf("%s: %t", came, got)
		}
	}
	for _, bad := range [][2]string{{"zan.gov.kz", "1"}, {"ftp://x", "1"}, {"http://x?y", "1"}, {"http://u:p@x", "1"}, {"", ""}, {"", "Z2400000093"}, {"", "1/../2"}, {"", "0"}, {"", "12345678901"}} {
		if _, err := New(bad[0], bad[1]); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
}

func TestRest(t *testing.T) {
	s, _ := New("", "7")
	first := s.EditionURL("", law.RU, "2024-06-19")
	for body, want := range map[string]int{`{"pagesCount":3}`: 2, `{"pagesCount":1}`: 0, `{}`: 0, `{"pagesCount":-5}`: 0, `{`: 0, `{"pagesCount":200}`: 199} {
		got, err := s.Rest(first, []byte(body))
		if err != nil || len(got) != want {
			t.Errorf("%s: %d, %v", body, len(got), err)
		}
		if want == 2 && got[1] != strings.Replace(first, "page=1", "page=3", 1) {
			t.Error(got)
		}
	}
	if _, err := s.Rest(first, []byte(`{"pagesCount":201}`)); err == nil {
		t.Error("201 pages were taken")
	}
}

func TestVersions(t *testing.T) {
	v := func(date, cause string) string {
		if cause == "" {
			return fmt.Sprintf(`{"id":"7_1","language":"rus","versionDate":%q,"metadata":{}}`, date)
		}
		return fmt.Sprintf(`{"language":"rus","versionDate":%q,"cause":{"document":"8","code":%q,"title":{"rus":"О поправках","kaz":"Түзету туралы"},"requisites":{"rus":"Закон № 12-VIII"}}}`, date, cause)
	}
	const words = "О поправках, Закон № 12-VIII"
	for _, tt := range []struct {
		name   string
		rows   []string
		want   []scraper.HistoryRow
		doubts int
		err    error
	}{
		{"newest first", []string{v("2026-03-01", "9"), v("2026-01-10", "")},
			[]scraper.HistoryRow{{Date: "2026-01-10"}, {Date: "2026-03-01", Cause: words, CauseHref: "/client/#!/doc/9/rus"}}, 0, nil},
		{"two on one day", []string{v("2026-03-01", ""), v("2026-03-01", "9")},
			[]scraper.HistoryRow{{Date: "2026-03-01", Cause: words, CauseHref: "/client/#!/doc/9/rus"}}, 0, nil},
		{"no code of the cause", []string{v("2026-03-01", "н/д")}, []scraper.HistoryRow{{Date: "2026-03-01", Cause: words}}, 0, nil},
		{"no date", []string{v("2026-03-01", ""), v("31.02.2026", "")}, []scraper.HistoryRow{{Date: "2026-03-01"}}, 1, nil},
		{"no dates at all", []string{v("", "")}, nil, 1, scraper.ErrNoTable},
		{"nothing", nil, nil, 0, scraper.ErrNoTable},
	} {
		h, err := parseVersions([]byte("[" + strings.Join(tt.rows, ",") + "]"))
		if diff := cmp.Diff(tt.want, slices.Clone(h.Rows)); diff != "" || !errors.Is(err, tt.err) || len(h.Doubts) != tt.doubts {
			t.Errorf("%s: %v, doubts %v %s", tt.name, err, h.Doubts, diff)
		}
	}
	for body, want := range map[string]error{"": scraper.ErrNoText, "{}": scraper.ErrNoTable, "<p>": scraper.ErrNoText, `[{"versionDate":"2026-`: scraper.ErrNoTable} {
		if _, err := parseVersions([]byte(body)); !errors.Is(err, want) {
			t.Errorf("%q: %v", body, err)
		}
	}
}

func TestInfo(t *testing.T) {
	s, _ := New("", "7")
	for _, tt := range []struct {
		name, published string
		want            law.Date
	}{{"a day", `"2026-01-12"`, "2026-01-12"}, {"a year alone", "2026", ""}, {"null", "null", ""}, {"a day the calendar does not have", `"2026-02-31"`, ""}} {
		body := strings.Replace(answerOf(b("text 2 - Школа.")), `{"code"`, `{"initialPublicationDate":`+tt.published+`,"code"`, 1)
		in, err := s.ParseInfo([]byte(body), "")
		if err != nil || in.Published != tt.want || in.Adopted != "2026-01-10" || in.Changed != "2026-03-01" || in.Act != "Z2600000001" || in.Title != "О школах" {
			t.Errorf("%s: %+v, %v", tt.name, in, err)
		}
	}
}
