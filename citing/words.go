package citing

import (
	"embed"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/law"
)

// data holds the words of each language by which acts and units are cited. A
// lawyer corrects them there.
//
//go:embed data/*.json
var data embed.FS

// words are how texts of one language cite.
type words struct {
	lang law.Lang
	// Acts are nouns that name acts, by stem and endings; Units those of units.
	Acts []struct {
		noun
		Kind Kind `json:"kind"`
	} `json:"acts"`
	Units []struct {
		noun
		Kind law.Kind `json:"kind"`
	} `json:"units"`
	Plural      []string `json:"plural"`
	PluralStems []string `json:"plural_stems"`
	And         []string `json:"and"`
	Before      []string `json:"before"`     // prepositions
	Own         []string `json:"own"`        // «настоящий», «осы»
	Same        []string `json:"same"`       // «того же», «аталған»: the act named last
	SameAfter   []string `json:"same_after"` // «же»
	State       []string `json:"state"`      // «Республики Казахстан»
	Adjectives  []string `json:"adjectives"` // their endings
	Approved    []string `json:"approved"`   // «Правил, утвержденных приказом …»
	Dated       []string `json:"dated"`
	Month       []string `json:"month"` // stems, in order
	Year        []string `json:"year"`
	Hereafter   []string `json:"hereafter"` // «далее – Закон»
	Adopted     []string `json:"adopted"`
	Measures    []string `json:"measures"`   // «5 дней» is no unit
	Basis       []string `json:"basis"`      // «в соответствии с»
	Enacts      []string `json:"enacts"`     // «ПРИКАЗЫВАЮ», in lower case
	Ordinals    []string `json:"ordinals"`   // beginnings of ordinals in words
	Hints       []string `json:"hints"`      // one is in every text that names an act, as printed
	OtherActs   []string `json:"other_acts"` // «договор», «устав»: have units, are never stored

	Amending []string `json:"amending"` // titles of acts that amend or repeal others
	Cites    string   `json:"cites"`    // a pattern of a unit's number: a quotation with it is no title

	acts      map[string]Kind // by form
	unitHints []string        // one is in every text that cites units, as printed
	cites     *regexp.Regexp
}

// noun is a stem with the endings it may have; without a list, any.
type noun struct {
	Stem    string   `json:"stem"`
	Endings []string `json:"endings"`
}

func (n *noun) is(form string) bool {
	ending, ok := strings.CutPrefix(form, n.Stem)
	if !ok || n.Endings == nil {
		return ok
	}
	for _, e := range n.Endings {
		if e == ending {
			return true
		}
	}
	return false
}

// wordsOf returns the words of a language, nil where there are none (en: laws
// are published in kk and ru).
func wordsOf(lang law.Lang) *words {
	switch lang {
	case law.RU:
		return russian()
	case law.KK:
		return kazakh()
	}
	return nil
}

var (
	russian = sync.OnceValue(func() *words { return mustLoad(law.RU) })
	kazakh  = sync.OnceValue(func() *words { return mustLoad(law.KK) })
)

// mustLoad panics on a broken data file: it is part of the program, and a test
// loads both.
func mustLoad(lang law.Lang) *words {
	name := "data/" + string(lang) + ".json"
	b, err := data.ReadFile(name)
	w := &words{lang: lang}
	if err == nil {
		err = json.Unmarshal(b, w)
	}
	if err != nil {
		panic(fmt.Sprintf("citing: %s: %v", name, err))
	}
	w.cites = regexp.MustCompile(w.Cites)
	w.acts = map[string]Kind{}
	for _, a := range w.Acts {
		for _, e := range a.Endings {
			w.acts[a.Stem+e] = a.Kind
		}
	}
	for _, u := range w.Units {
		first, size := utf8.DecodeRuneInString(u.Stem)
		w.unitHints = append(w.unitHints, u.Stem, string(unicode.ToUpper(first))+u.Stem[size:])
	}
	return w
}

// unit reads the name of a unit in any case.
func (w *words) unit(t token) (law.Kind, bool) {
	if t.kind != word {
		return "", false
	}
	for i := range w.Units {
		if w.Units[i].is(t.text) {
			return w.Units[i].Kind, true
		}
	}
	return "", false
}

// plural reports whether a unit's name is certainly in the plural.
func (w *words) plural(form string) bool {
	return slices.Contains(w.Plural, form) || begins(w.PluralStems, form)
}

// begins reports whether s begins with one of the stems.
func begins(stems []string, s string) bool {
	for _, stem := range stems {
		if strings.HasPrefix(s, stem) {
			return true
		}
	}
	return false
}

// ends reports whether s ends with one of the endings and is more than it.
func ends(endings []string, s string) bool {
	for _, e := range endings {
		if len(s) > len(e)+2 && strings.HasSuffix(s, e) {
			return true
		}
	}
	return false
}
