package law

import (
	"strconv"
	"strings"
)

// scanNumber reads a number as units carry it ("14-1", "256-10") at the start
// of s and returns it with what follows; ok is false where none stands.
func scanNumber(s string) (number, rest string, ok bool) {
	i := digits(s)
	if i == 0 {
		return "", s, false
	}
	for i < len(s) && s[i] == '-' {
		n := digits(s[i+1:])
		if n == 0 {
			break
		}
		i += 1 + n
	}
	return s[:i], s[i:], true
}

func digits(s string) int {
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	return i
}

// scanRoman reads a Roman numeral at the start of s.
func scanRoman(s string) (number, rest string, ok bool) {
	i := 0
	for i < len(s) && strings.IndexByte("IVXLC", s[i]) >= 0 {
		i++
	}
	if i == 0 {
		return "", s, false
	}
	return s[:i], s[i:], true
}

// compareNumbers orders numbers as they stand in a law: 2, 2-1, 2-2, 3, 10.
// Roman numerals and letters are compared as text.
func compareNumbers(a, b string) int {
	for a != "" && b != "" {
		var x, y string
		x, a, _ = strings.Cut(a, "-")
		y, b, _ = strings.Cut(b, "-")
		n, errN := strconv.Atoi(x)
		m, errM := strconv.Atoi(y)
		switch {
		case errN != nil || errM != nil:
			if c := strings.Compare(x, y); c != 0 {
				return c
			}
		case n != m:
			if n < m {
				return -1
			}
			return 1
		}
	}
	return len(a) - len(b)
}
