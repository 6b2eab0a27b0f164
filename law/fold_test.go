package law

import (
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestFold(t *testing.T) {
	for _, tc := range []struct{ name, a, b string }{
		{"nbsp and runs", "1.\u00a0 Текст\tзакона ", "1. Текст закона"},
		{"dashes", "термин – значение", "термин - значение"},
		{"minus", "1−2", "1-2"},
		{"quotes", "«О масс-медиа»", `"О масс-медиа"`},
		{"yo", "учёт Ёлка", "учет Елка"},
		{"latin i in kk", "тiкелей кепілдiк", "тікелей кепілдік"},
		{"latin e", "жария eтуге", "жария етуге"},
		{"latin C at the start", "Cтатья 33", "Статья 33"},
		{"cyrillic І in a law number", "№ 238-VІ", "№ 238-VI"},
		{"cyrillic ІІ alone", "13-ІІ", "13-II"},
		{"mixed WEB", "WЕВ", "WEB"},
		{"single latin c", "c 30.06.2025", "с 30.06.2025"},
		{"soft hyphen", "масс\u00adмедиа", "массмедиа"},
		{"decomposed й", "наи\u0306мит", "наймит"},
		{"zero width space is a blank", "а\u200bб", "а б"},
	} {
		if fa, fb := Fold(tc.a), Fold(tc.b); fa != fb {
			t.Errorf("%s: %q and %q fold to %q and %q", tc.name, tc.a, tc.b, fa, fb)
		}
	}
	for _, tc := range []struct{ a, b string }{
		{"Статья", "статья"}, // case is a change, if a technical one
		{"не менее", "не более"},
		{"14-1", "141"},
		{"Internet", "Інтернет"},
	} {
		if Fold(tc.a) == Fold(tc.b) {
			t.Errorf("%q and %q must differ", tc.a, tc.b)
		}
	}
}

func TestSqueeze(t *testing.T) {
	for in, want := range map[string]string{
		"":                       "",
		" \u00a0\t\n":            "",
		"a":                      "a",
		"  a \u00a0 b\r\n c ":    "a b c",
		"уже сжатая строка":      "уже сжатая строка",
		"\ufeffСтатья 1.":        "Статья 1.",
		"1)\u00a0\u00a0абонент ": "1) абонент",
		"\x1b[31mкрасный\x07":    "[31mкрасный",
		"а\u202eб\u2066в\u009bг": "а б в г",
	} {
		if got := Squeeze(in); got != want {
			t.Errorf("Squeeze(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestFoldProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		if f := Fold(s); Fold(f) != f {
			t.Fatalf("Fold is not idempotent on %q: %q, then %q", s, f, Fold(f))
		}
		q := Squeeze(s)
		if Squeeze(q) != q || utf8.ValidString(s) && !utf8.ValidString(q) {
			t.Fatalf("Squeeze(%q) = %q", s, q)
		}
		if Fold(q) != Fold(s) {
			t.Fatalf("folding depends on squeezing: %q", s)
		}
	})
}
