package store

import (
	"fmt"
	"html"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/internal/store/storetest"
	"github.com/tuzetu/tuzetu/law"
)

// code is an act that is amended: its paragraphs as they stand.
type code []string

// sampleCode is the sample act, repeated with other numbers until it has the
// size of a code: 1.3 MB of text.
func sampleCode() code {
	var c code
	paragraphs := strings.Split(strings.TrimSpace(sample.Markdown(law.RU, sample.First)), "\n\n")
	for size := 0; size < 1_300_000; {
		p := fmt.Sprintf("%d. %s", len(c)+1, paragraphs[len(c)%len(paragraphs)])
		c = append(c, p)
		size += len(p) + 1
	}
	return c
}

// textCode is a text with one paragraph a line.
func textCode(t testing.TB, name string) code {
	text, err := os.ReadFile("../../../shared/lawdata/diff-pairs/" + name)
	if os.IsNotExist(err) {
		t.Skip("../shared absent")
	}
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(text)), "\n")
}

// amended is the n-th amendment: in eight paragraphs all over the code words are
// replaced, one is excluded, one is added, and each gets its note. changed is
// how many bytes of text are not as they were.
func (c code) amended(n int) (after code, changed int) {
	after = append(code{}, c...)
	for i := range 8 {
		at := (n*7919 + i*len(c)/8) % len(after)
		after[at] = fmt.Sprintf("%s (в редакции закона № %d)", after[at], n)
		note := fmt.Sprintf("Сноска. Пункт с изменениями, внесенными Законом РК № %d.", n)
		after = append(after[:at+1], append(code{note}, after[at+1:]...)...)
		changed += len(after[at]) + len(note)
	}
	at := (n * 104729) % len(after)
	changed += len(after[at])
	after = append(after[:at], after[at+1:]...)
	added := fmt.Sprintf("%d-1. Пункт, которым закон дополнен Законом № %d.", n, n)
	return append(after, added), changed + len(added)
}

func (c code) size() int { return len(strings.Join(c, "\n")) }

// edition makes a page of the code as the official site would: the anchors are
// counted anew in each, so that nearly every tag differs.
func (c code) edition(t testing.TB, n int) law.Edition {
	e, err := makeEdition("1996-01-01", law.RU, c...)
	if err != nil {
		t.Fatal(err)
	}
	e.Date = e.Date.AddDays(n)
	var page strings.Builder
	for i := range e.Lines {
		e.Lines[i].Anchor = fmt.Sprint("z", i+1)
		fmt.Fprintf(&page, "<p id=\"z%d\">%s</p>\n", i+1, html.EscapeString(e.Lines[i].Text))
	}
	e.Raw, e.SHA256 = []byte(page.String()), ""
	return e
}

// size is what the database takes on its disk.
func (s *Store) size(t testing.TB) int {
	query := `SELECT sum(pg_total_relation_size(format('%I.%I', schemaname, tablename)::regclass)) FROM pg_tables WHERE schemaname = current_schema()`
	if s.at.dialect == onSQLite {
		query = `SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()`
	}
	var n int
	if err := get(t.Context(), s.read, &n, query); err != nil {
		t.Fatal(err)
	}
	return n
}

// growth stores a code and its amendments and says what each cost.
type growth struct {
	first, bytes, changed, worst int           // worst: bytes of an edition less its changed text
	slowest, all                 time.Duration // of storing
}

func (s *Store) grow(t testing.TB, c code, editions int) (g growth) {
	before := s.size(t)
	add(t, s, c.edition(t, 0))
	g.first = s.size(t) - before
	for n := 1; n < editions; n++ {
		var changed int
		c, changed = c.amended(n)
		e := c.edition(t, n)
		before, began := s.size(t), time.Now()
		add(t, s, e)
		took := time.Since(began)
		g.slowest, g.all = max(g.slowest, took), g.all+took
		grown := s.size(t) - before
		g.bytes += grown
		g.changed += changed
		g.worst = max(g.worst, grown-changed)
	}
	return g
}

// TestGrowth: an edition costs what is new in it and at most a tenth of the
// whole, each single one of them.
func TestGrowth(t *testing.T) {
	eachStore(t, func(t *testing.T, s *Store) {
		c := sampleCode()
		if g := s.grow(t, c, 6); g.worst > c.size()/10 {
			t.Errorf("an edition of %d bytes took %d bytes more than what is new in it", c.size(), g.worst)
		}
	})
}

// BenchmarkGrowth prints the figures of docs/store.md:
//
//	go test -run '^$' -bench Growth -benchtime 1x ./internal/store
func BenchmarkGrowth(b *testing.B) {
	for name, make := range map[string]func() code{
		"sample": sampleCode,
		"code":   func() code { return textCode(b, "code-ru-draft.old.txt") },
	} {
		for kind, address := range map[string]func(testing.TB) string{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
			b.Run(name+"/"+kind, func(b *testing.B) {
				for b.Loop() {
					c := make()
					s := openTest(b, address(b))
					const editions = 200
					g := s.grow(b, c, editions)
					b.ReportMetric(float64(c.size())/1000, "KB-text")
					b.ReportMetric(float64(g.first)/1000, "KB-first")
					b.ReportMetric(float64(g.bytes)/1000/(editions-1), "KB/edition")
					b.ReportMetric(float64(g.changed)/1000/(editions-1), "KB-changed/edition")
					b.ReportMetric(100*float64(g.worst)/float64(c.size()), "%-over-changed-worst")
					b.ReportMetric(float64(g.slowest.Milliseconds()), "ms-slowest-add")
					b.ReportMetric(float64(g.all.Milliseconds())/(editions-1), "ms-average-add")
					heads, err := s.Editions(b.Context(), sampleAct)
					if err != nil {
						b.Fatal(err)
					}
					began := time.Now()
					for range 10 {
						if _, err := s.EditionText(b.Context(), heads[len(heads)-1].EditionKey); err != nil {
							b.Fatal(err)
						}
					}
					b.ReportMetric(float64(time.Since(began).Milliseconds())/10, "ms-read-last")
				}
			})
		}
	}
}
