package drafting

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/law"
)

// piece is a word, a number or a sign of a text in comparison form: blanks,
// dashes, quotes and look-alike letters do not hide a match, and a match always
// begins and ends with a whole word.
type piece struct {
	form     string
	from, to int
}

func pieces(s string) (out []piece) {
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		end := i + size
		switch {
		case unicode.IsSpace(r) || r == '\u00ad':
			i = end
			continue
		case isWordRune(r):
			for end < len(s) {
				r, size := utf8.DecodeRuneInString(s[end:])
				if !isWordRune(r) && r != '\u00ad' {
					break
				}
				end += size
			}
		}
		out = append(out, piece{law.Fold(s[i:end]), i, end})
		i = end
	}
	return out
}

func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

// pair is words to find and what an instruction does with them.
type pair struct {
	old    []piece
	folded string
	new    string
	index  int
}

func pairsOf(old, new []string) (out []pair) {
	for i, o := range old {
		p := pair{old: pieces(o), folded: spaceless(law.Fold(o)), index: i}
		if i < len(new) {
			p.new = new[i]
		}
		out = append(out, p)
	}
	// Longest first: «ақпараттық жүйе» begins «ақпараттық жүйесі» too.
	for i := 1; i < len(out); i++ {
		for k := i; k > 0 && len(out[k].old) > len(out[k-1].old); k-- {
			out[k], out[k-1] = out[k-1], out[k]
		}
	}
	return out
}

func spaceless(s string) string { return strings.ReplaceAll(s, " ", "") }

// match is one place of a line where a pair's words stand.
type match struct {
	pair     int // index in the instruction
	from, to int
	new      string
}

// search finds all pairs in a line at once: what one match covers no other may
// touch. own is the length of the unit's number, which is none of its words.
func search(text string, own int, pairs []pair) (out []match) {
	flat := ""
	for _, p := range pairs {
		if flat == "" {
			flat = spaceless(law.Fold(text))
		}
		if len(p.old) > 0 && strings.Contains(flat, p.folded) {
			flat = "found"
			break
		}
	}
	if flat != "found" {
		return nil
	}
	all := pieces(text)
	for i := 0; i < len(all); i++ {
		if all[i].from < own {
			continue
		}
		for _, p := range pairs {
			if n := len(p.old); n > 0 && standsAt(text, all, i, p.old) {
				out = append(out, match{p.index, all[i].from, all[i+n-1].to, p.new})
				i += n - 1
				break
			}
		}
	}
	return out
}

func standsAt(text string, all []piece, i int, old []piece) bool {
	if i+len(old) > len(all) {
		return false
	}
	for k, o := range old {
		if all[i+k].form != o.form {
			return false
		}
	}
	return !glued(text, all[i].from, true) && !glued(text, all[i+len(old)-1].to, false)
}

// glued reports whether a word goes on past a hyphen, or a number past a sign:
// «интернет» in «интернет-ресурс», «22» in «22-1», «5» in «1,5».
func glued(text string, at int, before bool) bool {
	near, far, inner := around(text, at, before)
	switch {
	case strings.ContainsRune("-‑", near) && isWordRune(inner):
		return isWordRune(far)
	case strings.ContainsRune(".,", near) && unicode.IsDigit(inner):
		return unicode.IsDigit(far)
	case unicode.IsSpace(near) && unicode.IsDigit(inner) && unicode.IsDigit(far):
		return grouped(text, at)
	}
	return false
}

// grouped reports whether the digits on both sides of a blank are of one number:
// «880 000» is none of the words of «2 880 000 000».
func grouped(text string, at int) bool {
	left, right := strings.TrimRightFunc(text[:at], unicode.IsSpace), strings.TrimLeftFunc(text[at:], unicode.IsSpace)
	n := len(right) - len(strings.TrimLeftFunc(right, unicode.IsDigit))
	m := len(left) - len(strings.TrimRightFunc(left, unicode.IsDigit))
	return n == 3 && m <= 3
}

// around are the letters at a border: the nearest outside, the one after it, and
// the nearest inside.
func around(text string, at int, before bool) (near, far, inner rune) {
	if before {
		n, size := utf8.DecodeLastRuneInString(text[:at])
		f, _ := utf8.DecodeLastRuneInString(text[:at-size])
		in, _ := utf8.DecodeRuneInString(text[at:])
		return n, f, in
	}
	n, size := utf8.DecodeRuneInString(text[at:])
	f, _ := utf8.DecodeRuneInString(text[at+size:])
	in, _ := utf8.DecodeLastRuneInString(text[:at])
	return n, f, in
}

// splice puts new text in place of [from,to) and keeps the blanks in order: none
// before a comma that comes in, one where a comma went, one on either side of
// what is inserted. Of two signs that come to stand side by side one is left, and
// doubled says which they were.
func splice(text string, from, to int, new string) (out, doubled string) {
	left, old, right := text[:from], text[from:to], text[to:]
	const signs = ",.;:)"
	switch {
	case new == "":
		if right == "" || strings.ContainsRune(signs+" ", firstRune(right)) {
			left = strings.TrimRight(left, " ")
		}
		if left == "" {
			right = strings.TrimLeft(right, " ")
		}
		left, right, doubled = oneSign(left, right)
		return left + right, doubled
	case old == "":
		if (new == ";" || new == ".") && (right == "." || right == ";") { // the act says how the line ends now
			return left + new, new + right
		}
		left, new, doubled = oneSign(left, new)
		new, right, out = oneSign(new, right)
		return seam(seam(left, new), right), doubled + out
	case strings.ContainsRune(signs, firstRune(new)):
		left = strings.TrimRight(left, " ")
	case strings.ContainsRune(signs, firstRune(old)):
		left = seam(left, new)
		return left + right, ""
	}
	return left + new + right, ""
}

// oneSign leaves one of two signs where texts meet: a comma goes before any other
// sign, and no full stop or semicolon stands twice.
func oneSign(left, right string) (string, string, string) {
	if left == "" || right == "" {
		return left, right, ""
	}
	a, b := left[len(left)-1], right[0]
	switch {
	case a == ',' && strings.IndexByte(",.;:", b) >= 0, a == b && (a == '.' || a == ';'):
		return left[:len(left)-1], right, string(a) + string(b)
	}
	return left, right, ""
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// seam joins two texts with a blank where words would otherwise run together.
func seam(left, right string) string {
	l, size := utf8.DecodeLastRuneInString(left)
	r := firstRune(right)
	switch {
	case left == "" || right == "" || l == ' ' || r == ' ', strings.ContainsRune("(«„“", l), strings.ContainsRune(",.;:)»”!?", r):
		return left + right
	case l == '"': // a straight mark opens before a letter and closes after one
		if before, _ := utf8.DecodeLastRuneInString(left[:len(left)-size]); before == ' ' || before == '(' {
			return left + right
		}
	case r == '"':
		if len(right) == 1 || !isWordRune(firstRune(right[1:])) {
			return left + right
		}
	}
	return left + " " + right
}

// sentences parts a line at the ends of its sentences. sure is false where a
// full stop may be that of an abbreviation.
func sentences(s string, own int) (ends []int, sure bool) {
	sure = true
	for i, r := range s {
		if i < own || !strings.ContainsRune(".!?", r) {
			continue
		}
		rest := s[i+1:]
		if strings.Trim(rest, " »\"”)") == "" {
			break
		}
		next, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest, " »\"”)"))
		if !strings.HasPrefix(rest, " ") {
			continue
		}
		w := s[strings.LastIndexByte(s[:i], ' ')+1 : i]
		if utf8.RuneCountInString(w) <= 2 { // «г.», «ст.», «А.»
			sure = false
		}
		if unicode.IsUpper(next) {
			ends = append(ends, i+1)
		} else {
			sure = false
		}
	}
	return append(ends, len(s)), sure
}
