package ooxml

import (
	"strconv"
	"strings"
)

// formatNumber writes a number in a format of ECMA-376 part 1, 17.18.59. known
// is false for formats of other scripts and for words; then n is in figures.
func formatNumber(format string, n int) (s string, known bool) {
	switch format {
	case "decimal", "":
		return strconv.Itoa(n), true
	case "decimalZero", "01, 02, 03, ...":
		return padded(n, 2), true
	case "001, 002, 003, ...":
		return padded(n, 3), true
	case "0001, 0002, 0003, ...":
		return padded(n, 4), true
	case "00001, 00002, 00003, ...":
		return padded(n, 5), true
	case "numberInDash":
		return "- " + strconv.Itoa(n) + " -", true
	case "none":
		return "", true
	case "lowerLetter":
		return letters("abcdefghijklmnopqrstuvwxyz", n), true
	case "upperLetter":
		return letters("ABCDEFGHIJKLMNOPQRSTUVWXYZ", n), true
	// Without ё, й, ъ and ь, which number nothing.
	case "russianLower":
		return letters("абвгдежзиклмнопрстуфхцчшщыэюя", n), true
	case "russianUpper":
		return letters("АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ", n), true
	case "lowerRoman":
		return strings.ToLower(roman(n)), true
	case "upperRoman":
		return roman(n), true
	}
	return strconv.Itoa(n), false
}

func padded(n, width int) string {
	s := strconv.Itoa(n)
	if len(s) < width {
		s = strings.Repeat("0", width-len(s)) + s
	}
	return s
}

// letters counts a, b, …, z, aa, bb, …: a letter is repeated, as in Word.
func letters(alphabet string, n int) string {
	all := []rune(alphabet)
	if n < 1 || n > 30*len(all) {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(all[(n-1)%len(all)]), (n-1)/len(all)+1)
}

func roman(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, step := range [...]struct {
		value int
		sign  string
	}{
		{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"},
		{50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"},
	} {
		for ; n >= step.value; n -= step.value {
			b.WriteString(step.sign)
		}
	}
	return b.String()
}
