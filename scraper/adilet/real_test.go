package adilet

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/scraper"
)

// shared is where the real texts lie, next to the project. They are not ours to
// copy; every test on them has a twin on our own sample pages.
func shared(t testing.TB, name string) string {
	t.Helper()
	p := filepath.Join("../../../shared", name)
	if _, err := os.Stat("../../../shared"); err != nil {
		t.Skip("../shared absent")
	}
	return p
}

func pageAt(t testing.TB, path string) scraper.Page {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	p, err := ParseText(f)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

type unit struct {
	Address law.Address
	Text    string
}

func unitsOf(d *law.Document) []unit {
	var us []unit
	for _, p := range d.Provisions {
		us = append(us, unit{p.Address, law.Fold(p.Text)})
	}
	return us
}

// TestSameOutlineAsMarkdown: the page and the Markdown of one edition give the
// same provisions under the same addresses.
func TestSameOutlineAsMarkdown(t *testing.T) {
	for lang, dir := range map[law.Lang]string{law.RU: "rus", law.KK: "kaz"} {
		for date, path := range map[string]string{"2024-06-19": "19.06.2024", "2025-01-01": "01.01.2025", "2026-03-02": ""} {
			t.Run(date+":"+string(lang), func(t *testing.T) {
				p := pageAt(t, shared(t, filepath.Join("adilet-site", dir, "docs/Z2400000093", path, "index.html")))
				f, err := os.Open(shared(t, "lawdata/mass-media-law/"+date+"."+string(lang)+".md"))
				if err != nil {
					t.Fatal(err)
				}
				defer f.Close()
				title, lines, err := law.ReadMarkdown(f)
				if err != nil {
					t.Fatal(err)
				}
				got, want := law.Build(lang, p.Title, p.Lines), law.Build(lang, title, lines)
				if diff := cmp.Diff(unitsOf(want), unitsOf(got)); diff != "" {
					t.Errorf("the page (+) is not like the Markdown (-):\n%s", diff)
				}
				if got.Title != want.Title || p.Lang != lang || p.Act != "Z2400000093" || p.Cut || p.Archived != (path != "") {
					t.Errorf("title %q for %q; %+v", got.Title, want.Title, p.Head)
				}
				if len(got.Provisions) < 600 {
					t.Errorf("%d provisions only", len(got.Provisions))
				}
				notes := map[string]bool{}
				for _, n := range got.Notes {
					notes[law.Fold(n.Text)] = true
				}
				for _, n := range want.Notes {
					if !notes[law.Fold(n.Text)] {
						t.Errorf("the page lacks a note: %s", n.Text)
					}
				}
			})
		}
	}
}
