package web_test

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web"
)

// manyEditions is a store of one act whose editions are made when they are asked
// for: each changes some twenty lines of the one before, and always one.
type manyEditions struct {
	lines []string
	busy  int // index of that line
	n     int
	asked atomic.Int64
}

func (s *manyEditions) act() law.Act {
	return law.Act{ID: draftedAct, Titles: map[law.Lang]string{law.RU: "Кодекс"}, Adopted: "2000-01-01", Published: "2000-01-02"}
}

func (s *manyEditions) Acts(context.Context) ([]law.Act, error) { return []law.Act{s.act()}, nil }

func (s *manyEditions) Act(context.Context, law.ActID) (law.Act, error) { return s.act(), nil }

// Seen never says the same twice, so that no page is kept whole.
func (s *manyEditions) Seen(context.Context) (string, error) {
	return strconv.FormatInt(s.asked.Add(1), 10), nil
}

func (s *manyEditions) head(k int) law.EditionHead {
	h := law.EditionHead{Title: "Кодекс", FetchedAt: today()}
	h.EditionKey = law.EditionKey{Act: draftedAct, Status: law.Enacted, Lang: law.RU, Date: law.DateOf(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, 40*k))}
	return h
}

func (s *manyEditions) Editions(context.Context, law.ActID) ([]law.EditionHead, error) {
	var out []law.EditionHead
	for k := range s.n {
		out = append(out, s.head(k))
	}
	return out, nil
}

func (s *manyEditions) Current(context.Context, law.Date) ([]law.EditionHead, error) {
	return []law.EditionHead{s.head(s.n - 1)}, nil
}

func (s *manyEditions) EditionText(_ context.Context, key law.EditionKey) (law.Edition, error) {
	for k := range s.n {
		if h := s.head(k); h.EditionKey == key {
			return law.Edition{EditionHead: h, Lines: s.text(k)}, nil
		}
	}
	return law.Edition{}, law.ErrNotFound
}

// text is edition k. A line changes in the editions that a count of its own meets.
func (s *manyEditions) text(k int) []law.Line {
	out := make([]law.Line, len(s.lines))
	every := len(s.lines) / 20
	for i, line := range s.lines {
		turn := k - (k+i*7919)%every // the last edition that changed it
		if i == s.busy {
			turn = k
		}
		if turn > 0 && i > 0 && !strings.HasPrefix(line, "Статья") && !strings.HasPrefix(line, "Глава") {
			words := strings.SplitAfter(line, " ")
			at := len(words) / 2
			line = strings.Join(words[:at], "") + fmt.Sprintf("(в редакции %d) ", turn) + strings.Join(words[at:], "")
		}
		out[i] = law.Line{Text: line, From: i + 1, To: i + 1}
	}
	return out
}

// BenchmarkHistoryPage: the history of an article of a code through 200 editions,
// one of its paragraphs worded anew in each.
func BenchmarkHistoryPage(b *testing.B) {
	b.Run("code", func(b *testing.B) {
		raw, err := os.ReadFile("../../shared/lawdata/diff-pairs/code-ru-draft.old.txt")
		if err != nil {
			b.Skip("../shared absent")
		}
		benchmarkHistory(b, strings.Split(strings.TrimSpace(string(raw)), "\n"))
	})
	b.Run("sample", func(b *testing.B) { benchmarkHistory(b, sampleCode(1_300_000)) })
}

// sampleCode is the sample act again and again, its articles numbered on, until it
// is as long as a code.
func sampleCode(size int) []string {
	title, lines, err := law.ReadMarkdown(strings.NewReader(sample.Markdown(law.RU, sample.First)))
	if err != nil {
		panic(err)
	}
	var out []string
	for article, n := 0, 0; n < size; {
		for _, p := range law.Build(law.RU, title, lines).Provisions {
			text := p.Text
			if a := p.Article(); a != nil && strings.Contains(a.Text, "введения в действие") {
				continue // a code has one such article, not hundreds
			}
			switch p.Kind {
			case law.Article:
				article++
				text = strings.Replace(text, "Статья "+p.Number, fmt.Sprintf("Статья %d", article), 1)
			case law.Chapter, law.Signature, law.Annex, law.Preamble, law.Table, law.Text:
				continue
			}
			out, n = append(out, text), n+len(text)
		}
	}
	return out
}

func benchmarkHistory(b *testing.B, lines []string) {
	store := &manyEditions{lines: lines, n: 200, busy: slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, "1. ") })}
	h, err := web.New(web.Config{Store: store, Now: today, BaseURL: "https://tuzetu.example"})
	if err != nil {
		b.Fatal(err)
	}
	s := &site{tb: b, handler: h}
	size := 0
	for _, l := range lines {
		size += len(l)
	}
	doc := law.Build(law.RU, "Кодекс", store.text(store.n-1))
	var leaf law.Address
	for _, p := range doc.Provisions {
		if p.From == store.busy+1 {
			leaf = p.Address
		}
	}
	unit := doc.Find(leaf).Article().Address
	at := "/ru/acts/" + string(draftedAct) + "/at/"
	cold := time.Now()
	for s.get(at+string(unit)+"/ru").Code != http.StatusOK { // the chronicle outlives a request that gave up
		if time.Since(cold) > 10*time.Minute {
			b.Fatal("no history")
		}
	}
	b.Logf("%d bytes, %d provisions, first answer after %s", size, len(doc.Provisions), time.Since(cold).Round(time.Second))
	for _, c := range []struct{ name, path string }{
		{"article", string(unit) + "/ru"}, {"last page", string(unit) + "/ru?page=99"}, {"paragraph", string(leaf) + "/ru"},
		{"blame", string(unit) + "/ru?view=blame"}, {"json", string(unit) + "/ru.json"}, {"oldest", string(unit) + "/ru?edition=2000-01-01"},
	} {
		b.Run(c.name, func(b *testing.B) {
			var bytes int
			for b.Loop() {
				w := s.get(at + c.path)
				if w.Code != http.StatusOK {
					b.Fatalf("%s: %d", c.path, w.Code)
				}
				bytes = w.Body.Len()
			}
			b.ReportMetric(float64(bytes)/1024, "KB/page")
		})
	}
}
