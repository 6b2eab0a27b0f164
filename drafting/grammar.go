package drafting

import (
	"embed"
	"encoding/json"
	"fmt"
	"strings"
	"sync"

	"github.com/tuzetu/tuzetu/law"
)

// data holds the grammar of each language. docs/drafting.md tells how to read
// and correct it.
//
//go:embed data/*.json
var data embed.FS

// grammar is how acts of one language phrase instructions.
type grammar struct {
	lang law.Lang
	// Units are the names of units by their stems, the longer before the shorter.
	Units []struct {
		Stem string   `json:"stem"`
		Kind law.Kind `json:"kind"`
	} `json:"units"`
	// Plural are the forms (or stems of forms) that tell several units from one.
	Plural      []string `json:"plural"`
	PluralStems []string `json:"plural_stems"`
	HeadPlural  []string `json:"head_plural"` // plural unless a word governs it
	Genitive    []string `json:"genitive"`
	// Things are what quotation marks hold: words, figures, a sign.
	Things []struct {
		Stem  string `json:"stem"`
		Thing string `json:"thing"`
	} `json:"things"`
	ThingFillers []string `json:"thing_fillers"`
	// Signs are names of signs, the longer before the shorter; a word may end in
	// «*».
	Signs []struct {
		Name string `json:"name"`
		Sign string `json:"sign"`
	} `json:"signs"`
	And          []string          `json:"and"`
	Prepositions []string          `json:"prepositions"`
	Fillers      []string          `json:"fillers"` // «настоящего Закона» after a citation
	Whole        []string          `json:"whole"`
	TextAlone    []string          `json:"text_alone"` // of whole, what leaves an article's heading out
	AtEnd        []string          `json:"at_end"`
	Last         []string          `json:"last"`  // stems of «последний»
	Cases        []string          `json:"cases"` // «в соответствующих падежах»
	Respectively []string          `json:"respectively"`
	ActOf        []string          `json:"act_of"`           // an act's name in the genitive
	Gazettes     []string          `json:"gazettes"`         // in brackets after an act's name
	Suffixes     []string          `json:"ordinal_suffixes"` // of a number: «2-ші тармақ»
	Endings      []string          `json:"endings"`          // of inflected words
	Fleeting     []string          `json:"fleeting"`         // vowels that forms of a word lose
	Softened     map[string]string `json:"softened"`         // last letters that forms of a word change
	RowNumbers   []string          `json:"row_numbers"`      // «порядковый номер» before the number in a row's first cell
	Verbs        []string          `json:"verbs"`            // a line without one is no instruction
	OwnOrders    []string          `json:"own_orders"`       // what acts order beside their amendments
	Titles       []string          `json:"titles"`
	TitleStarts  []string          `json:"title_starts"` // of the title of an act
	TitleEnds    []string          `json:"title_ends"`
	HeaderVerbs  []string          `json:"header_verbs"`
	HeaderActs   []string          `json:"header_acts"`
	HeaderStart  []string          `json:"header_start"`
	Approved     string            `json:"approved"` // stem of «утвержденный»
	Enacts       []string          `json:"enacts"`   // what the preamble of an order ends with
	Names        map[string]string `json:"names"`
	Write        writing           `json:"write"`
	FormLines    []struct {
		Op   Operation `json:"op"`
		Form string    `json:"form"`
		Verb string    `json:"verb"` // "later", "earlier": the verb stands in another clause
		New  string    `json:"new"`  // "first": the new words are named before the old
	} `json:"forms"`

	forms                  []form
	fillers, whole, atEnd  [][]string
	textAlone, rowNumbers  [][]string
	cases                  [][]string
	after                  map[string]bool // words that may follow a closing quotation mark
	thingFillers, and, pre map[string]bool
	respectively, actOf    map[string]bool
	gazettes               map[string]bool
	beforeWording          []string // words that a new wording may follow without a colon
}

// grammarOf returns the grammar of a language, nil where there is none (en).
func grammarOf(lang law.Lang) *grammar {
	switch lang {
	case law.RU:
		return russian()
	case law.KK:
		return kazakh()
	}
	return nil
}

var (
	russian = sync.OnceValue(func() *grammar { return mustLoad(law.RU) })
	kazakh  = sync.OnceValue(func() *grammar { return mustLoad(law.KK) })
)

// mustLoad panics on a broken data file: it is part of the program, and a test
// loads both.
func mustLoad(lang law.Lang) *grammar {
	g, err := load(lang)
	if err != nil {
		panic(err)
	}
	return g
}

func load(lang law.Lang) (*grammar, error) {
	name := "data/" + string(lang) + ".json"
	b, err := data.ReadFile(name)
	if err != nil {
		return nil, err
	}
	g := &grammar{lang: lang}
	if err := json.Unmarshal(b, g); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	g.fillers, g.whole, g.atEnd = phrases(g.Fillers), phrases(g.Whole), phrases(g.AtEnd)
	g.textAlone, g.rowNumbers = phrases(g.TextAlone), phrases(g.RowNumbers)
	g.cases = phrases(g.Cases)
	g.thingFillers, g.and, g.pre = set(g.ThingFillers), set(g.And), set(g.Prepositions)
	g.respectively, g.actOf, g.gazettes = set(g.Respectively), set(g.ActOf), set(g.Gazettes)
	g.after = map[string]bool{}
	for i, l := range g.FormLines {
		f, err := compile(l.Op, l.Form)
		if err != nil {
			return nil, fmt.Errorf("%s: form %d: %w", name, i+1, err)
		}
		f.verb, f.newFirst = l.Verb, l.New == "first"
		g.forms = append(g.forms, f)
		for _, e := range f.elements {
			for _, w := range e.words {
				g.after[w] = true
			}
		}
		if f.op == ReplaceUnit || f.op == AddUnit {
			g.beforeWording = append(g.beforeWording, f.elements[len(f.elements)-1].words...)
		}
	}
	return g, nil
}

// phrases are word lists, the longer before the shorter.
func phrases(lines []string) (out [][]string) {
	for n := 8; n > 0; n-- {
		for _, l := range lines {
			if words := strings.Fields(l); len(words) == n {
				out = append(out, words)
			}
		}
	}
	return out
}

func set(words []string) map[string]bool {
	m := map[string]bool{}
	for _, w := range words {
		m[w] = true
	}
	return m
}

// unit reads a unit's name in any case.
func (g *grammar) unit(word string) (law.Kind, bool) {
	for _, u := range g.Units {
		if strings.HasPrefix(word, u.Stem) {
			return u.Kind, true
		}
	}
	return "", false
}

// unitAt reads a unit's name of one word or two («кіші бөлім»).
func (g *grammar) unitAt(tokens []token, at int) (k law.Kind, end int, ok bool) {
	if at >= len(tokens) || tokens[at].kind != word {
		return "", at, false
	}
	if at+1 < len(tokens) && tokens[at+1].kind == word {
		two := tokens[at].text + " " + tokens[at+1].text
		for _, u := range g.Units {
			if strings.Contains(u.Stem, " ") && strings.HasPrefix(two, u.Stem) {
				return u.Kind, at + 2, true
			}
		}
	}
	k, ok = g.unit(tokens[at].text)
	return k, at + 1, ok
}

// isLast reports whether a word is «последний», «соңғы».
func (g *grammar) isLast(word string) bool {
	for _, stem := range g.Last {
		if strings.HasPrefix(word, stem) {
			return true
		}
	}
	return false
}

// plural reports whether a unit's name is certainly in the plural.
func (g *grammar) plural(word string) bool {
	for _, p := range g.Plural {
		if word == p {
			return true
		}
	}
	for _, p := range g.PluralStems {
		if strings.HasPrefix(word, p) {
			return true
		}
	}
	return false
}

func (g *grammar) thing(word string) (string, bool) {
	for _, t := range g.Things {
		if strings.HasPrefix(word, t.Stem) {
			return t.Thing, true
		}
	}
	return "", false
}

// sign reads the name of a sign.
func (g *grammar) sign(tokens []token, at int) (string, int, bool) {
	for _, s := range g.Signs {
		words := strings.Fields(s.Name)
		if at+len(words) > len(tokens) {
			continue
		}
		found := true
		for i, w := range words {
			stem, open := strings.CutSuffix(w, "*")
			t := tokens[at+i]
			found = found && t.kind == word && (t.text == stem || open && strings.HasPrefix(t.text, stem))
		}
		if found {
			return s.Sign, at + len(words), true
		}
	}
	return "", at, false
}

// genitive reports whether a Kazakh link of a citation wants another one.
func (g *grammar) genitive(word string) bool {
	for _, e := range g.Genitive {
		if strings.HasSuffix(word, e) {
			return true
		}
	}
	return false
}

// place writes «заголовок статьи 5» and the like: a name and what it belongs to.
func (g *grammar) place(format, owner string, n int) string {
	if owner == "" && format == g.Names["whole"] {
		return g.Names["whole_act"]
	}
	if format == g.Names[string(Sentence)] {
		return strings.TrimSpace(fmt.Sprintf(format, g.ordinal(law.Step{Kind: Sentence, Ordinal: n}, "acc"), owner))
	}
	return strings.TrimSpace(fmt.Sprintf(format, owner))
}

// ofUnit writes a citation in the genitive: what law.Citation writes before a
// smaller unit, here a preamble, whose name is cut off again.
func ofUnit(lang law.Lang, c law.Citation) string {
	if len(c) == 0 {
		return ""
	}
	longer := append(append(law.Citation{}, c...), law.Step{Kind: law.Preamble})
	s := longer.In(lang)
	return strings.TrimSuffix(strings.TrimPrefix(s, "преамбула "), " кіріспесі")
}
