package store

import (
	"fmt"
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/internal/store/storetest"
	"github.com/tuzetu/tuzetu/law"
)

// bigEdition has the size of a code: some 1.3 MB of text in 2,600 paragraphs.
func bigEdition(b *testing.B, day int) law.Edition {
	b.Helper()
	var paragraphs []string
	for i := range 2600 {
		paragraphs = append(paragraphs, fmt.Sprintf("%d) ", i)+strings.Repeat("законодательство Республики Казахстан ", 7))
	}
	e, err := makeEdition("1996-01-01", law.RU, paragraphs...)
	if err != nil {
		b.Fatal(err)
	}
	e.Date = e.Date.AddDays(day)
	return e
}

func BenchmarkStore(b *testing.B) {
	for name, address := range map[string]func(testing.TB) string{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		b.Run(name, func(b *testing.B) {
			s := openTest(b, address(b))
			key, _, err := s.AddEdition(b.Context(), bigEdition(b, 0))
			if err != nil {
				b.Fatal(err)
			}
			day := 0
			b.Run("AddEdition", func(b *testing.B) {
				for b.Loop() {
					b.StopTimer()
					day++
					e := bigEdition(b, day)
					b.StartTimer()
					if _, added, err := s.AddEdition(b.Context(), e); err != nil || !added {
						b.Fatal(added, err)
					}
				}
			})
			b.Run("AddSmallEdition", func(b *testing.B) {
				for b.Loop() {
					day++
					e, err := makeEdition("1996-01-01", law.KK, "бір")
					if err != nil {
						b.Fatal(err)
					}
					e.Date = e.Date.AddDays(day)
					if _, added, err := s.AddEdition(b.Context(), e); err != nil || !added {
						b.Fatal(added, err)
					}
				}
			})
			b.Run("Edition", func(b *testing.B) {
				for b.Loop() {
					if _, err := s.Edition(b.Context(), key); err != nil {
						b.Fatal(err)
					}
				}
			})
			b.Run("EditionText", func(b *testing.B) {
				for b.Loop() {
					if _, err := s.EditionText(b.Context(), key); err != nil {
						b.Fatal(err)
					}
				}
			})
			b.Run("Editions", func(b *testing.B) {
				for b.Loop() {
					if _, err := s.Editions(b.Context(), key.Act); err != nil {
						b.Fatal(err)
					}
				}
			})
			b.Run("ReadersAtOnce", func(b *testing.B) {
				b.RunParallel(func(pb *testing.PB) {
					for pb.Next() {
						if _, err := s.Act(b.Context(), key.Act); err != nil {
							b.Error(err)
						}
					}
				})
			})
		})
	}
}
