package law

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// longestStamp is how many lines a stamp may have above the one that tells what
// it is.
const longestStamp = 8

// JoinStamps makes one line of a Kazakh stamp that is set over several:
// «Қазақстан Республикасы» · «Ішкі істер министрінің» · «2020 жылғы 28 наурыздағы»
// · «№ 263 бұйрығына» · «1-қосымша». Its last line alone tells what it is, so
// that those above it would be taken for the end of the paragraph before.
// Russian stamps begin with their word.
func JoinStamps(lines []Line) []Line {
	var out []Line // nil until there is something to join
	for i, l := range lines {
		from := i
		if ending := stampEnding(l.Text); ending != nil && i > 0 && hasEnding(lines[i-1].Text, ending) {
			for from--; from > 0 && i-from < longestStamp && stampRuns(lines[from-1], lines[from].Text); from-- {
			}
		}
		if from == i {
			if out != nil {
				out = append(out, l)
			}
			continue
		}
		if out == nil {
			out = append(make([]Line, 0, len(lines)), lines[:i]...)
		}
		stamp := out[len(out)-(i-from):]
		joined := stamp[0]
		for _, s := range append(stamp[1:len(stamp):len(stamp)], l) {
			joined.Text += " " + s.Text
			joined.To = s.To
			joined.Links = append(joined.Links[:len(joined.Links):len(joined.Links)], s.Links...)
		}
		out = append(out[:len(out)-len(stamp)], joined)
	}
	if out == nil {
		return lines
	}
	return out
}

var (
	dative       = []string{"ға", "ге", "қа", "ке", "на", "не"}
	instrumental = []string{"мен", "бен", "пен"}
	genitive     = []string{"ның", "нің", "дың", "дің", "тың", "тің"}

	annexAlone    = pattern(`^(?i)(?:№\s?)?(?:\d+(?:-\d+)*\s?-?\s?)?қосымша$`)
	approvedAlone = pattern(`^(?i)бекітіл(?:ген|ді)$`)
)

// stampEnding says how the line above must end where a line may end a stamp: an
// annex is one to an act, what is approved is so by one.
func stampEnding(text string) []string {
	if len(text) > beginning {
		return nil
	}
	f := Fold(text)
	switch {
	case annexAlone().MatchString(f):
		return dative
	case approvedAlone().MatchString(f):
		return instrumental
	}
	return nil
}

func hasEnding(text string, endings []string) bool {
	low := strings.ToLower(Fold(tail(text, 24)))
	for _, e := range endings {
		if strings.HasSuffix(low, e) {
			return true
		}
	}
	return false
}

// stampRuns reports whether a stamp that goes on with a line has begun above it:
// the line above has no final sign, and either it ends with a word that needs
// another or the one below begins with what does not begin a stamp.
func stampRuns(above Line, below string) bool {
	if strings.ContainsAny(tail(above.Text, 1), ".;:,!?") || len(above.Text) > 400 || above.Mark == TableMark || looksSigned(Fold(above.Text)) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(below)
	return unicode.IsLower(first) || unicode.IsDigit(first) || first == '№' || first == '(' ||
		hasEnding(above.Text, genitive) || strings.HasSuffix(Fold(above.Text), "Республикасы")
}

// Approval reports whether a line is the stamp of what an act approves.
func Approval(text string) bool { return classifyEnd(Fold(text), Line{Text: text}).kind == Text }

// approved are the stamps of what an act approves: «Утверждены приказом …», which may
// go on in the next lines, «… № 570 қаулысымен бекітілген».
var approved = pattern(`^(?i)(?:утвержден[аоы]?(?:\s(?:приказом|постановлением|указом|решением|распоряжением)(?:\s.*)?)?|` +
	`.*\s(?:қаулысымен|бұйрығымен|жарлығымен|шешімімен|өкімімен)\sбекітіл(?:ген|ді))$`)
