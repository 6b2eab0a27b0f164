package campaigns

import (
	"testing"

	"pgregory.net/rapid"
)

func TestSlug(t *testing.T) {
	for title, want := range map[string]string{
		"Районная библиотека ближе (образец)":       "rayonnaya-biblioteka-blizhe-obrazets",
		"Аудандық кітапхана оқырманға жақын болсын": "audandyq-kitapkhana-oqyrmanga-zhaqyn-bolsyn",
		"  A closer library: 2026! ": "a-closer-library-2026",
		"Өңір һәм үкімет":            "onir-ham-ukimet",
		"Объём":                      "obem",
		"图书馆":                        "",
		"— …":                        "",
		"и\u0306":                    "y",
		"Очень длинное название кампании, которое никто не станет набирать руками целиком": "ochen-dlinnoe-nazvanie-kampanii-kotoroe-nikto-ne-stanet",
	} {
		if got := Slug(title); got != want {
			t.Errorf("%q: %q, want %q", title, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		if s := Slug(rapid.String().Draw(t, "title")); s != "" && (!slugForm.MatchString(s) || len(s) > 80) {
			t.Fatalf("%q is no address", s)
		}
	})
}
