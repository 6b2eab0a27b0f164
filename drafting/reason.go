package drafting

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/tuzetu/tuzetu/law"
)

// Reason says why something was not understood, not applied or not written: a
// code and what it is about. "" is no reason. The words are data, in three
// languages (data/reasons.json).
type Reason string

// The parts of a Reason, and of a unit in it.
const (
	reasonSep = "\x1f"
	unitSep   = "\x1e"
)

func because(code string, about ...string) Reason {
	return Reason(strings.Join(append([]string{code}, about...), reasonSep))
}

// unitName is a unit as a Reason holds it.
func unitName(s law.Step) string {
	return strings.Join([]string{string(s.Kind), s.Number, s.To, strconv.Itoa(s.Ordinal)}, unitSep)
}

func unitStep(name string) (s law.Step, ok bool) {
	parts := strings.Split(name, unitSep)
	if len(parts) != 4 {
		return s, false
	}
	n, err := strconv.Atoi(parts[3])
	return law.Step{Kind: law.Kind(parts[0]), Number: parts[1], To: parts[2], Ordinal: n}, err == nil
}

// Code is the reason without what it is about: "no_unit".
func (r Reason) Code() string {
	code, _, _ := strings.Cut(string(r), reasonSep)
	return code
}

// String is the reason in English, for operators and machines.
func (r Reason) String() string { return r.In(law.EN) }

// In tells the reason in a language.
func (r Reason) In(lang law.Lang) string {
	if r == "" {
		return ""
	}
	about := strings.Split(string(r), reasonSep)
	text := reasonWords()[about[0]][lang]
	n := 0
	for _, a := range about[1:] {
		field := ""
		if s, ok := unitStep(a); ok {
			field, a = "{unit}", unitIn(s, lang)
		} else {
			n++
			field = fmt.Sprintf("{%d}", n)
		}
		text = strings.ReplaceAll(text, field, a)
	}
	return text
}

// unitIn names a unit; in English by the step of its address, as the command
// line does.
func unitIn(s law.Step, lang law.Lang) string {
	if g := grammarOf(lang); g != nil {
		if name := g.Names[string(s.Kind)]; s.Kind == Tabular || s.Kind == Contents {
			return name
		}
		if s.Kind == law.Table && s.Number != "" { // «строка, порядковый номер 5»
			return strings.TrimRight(g.rows(g.Write.Units[law.Table]["nom"], s.Number, 1), ",")
		}
		if words := (Target{Citation: law.Citation{s}}).In(lang); words != "" {
			return words
		}
	}
	return stepName(s)
}

// reasonWords are the words of reasons by code and language.
var reasonWords = sync.OnceValue(func() map[string]map[law.Lang]string {
	raw, err := data.ReadFile("data/reasons.json")
	if err != nil {
		panic(err) // it is part of the program
	}
	var words map[string]map[law.Lang]string
	if err := json.Unmarshal(raw, &words); err != nil {
		panic(err)
	}
	return words
})
