package law

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// scanNumber reads a number as units carry it ("14-1", "256-10") at the start
// of s and returns it with what follows; ok is false where none stands.
// A superscript is the same as a hyphen: «73¹» is 73-1.
func scanNumber(s string) (number, rest string, ok bool) {
	i := digits(s)
	if i == 0 {
		return "", s, false
	}
	if raised, after := superscript(s[i:]); raised != "" {
		return s[:i] + "-" + raised, after, true
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

func superscript(s string) (number, rest string) {
	for s != "" {
		r, size := utf8.DecodeRuneInString(s)
		d := strings.IndexRune("⁰¹²³⁴⁵⁶⁷⁸⁹", r)
		if d < 0 {
			break
		}
		number += strconv.Itoa(utf8.RuneCountInString("⁰¹²³⁴⁵⁶⁷⁸⁹"[:d]))
		s = s[size:]
	}
	return number, s
}

// scanDotted is scanNumber for units that some acts number «5.1.»: one dot and
// digits, before the sign of the unit.
func scanDotted(s string) (number, rest string, ok bool) {
	number, rest, ok = scanNumber(s)
	if n := 0; ok && len(number) <= 3 && strings.HasPrefix(rest, ".") {
		if n = digits(rest[1:]); n > 0 && n <= 2 && len(rest) > 1+n && strings.IndexByte(".)", rest[1+n]) >= 0 &&
			(len(rest) == 2+n || rest[2+n] == ' ') {
			return number + rest[:1+n], rest[1+n:], true
		}
	}
	return number, rest, ok
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

// CompareNumbers orders numbers as they stand in a law: 2, 2-1, 2-2, 3, 10.
// Roman numerals and letters are compared as text.
func CompareNumbers(a, b string) int {
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
