package read

import (
	"slices"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// Blame tells of each word of a unit which edition brought it, and which act.
type Blame struct {
	Name    string // the edition whose text it is
	Lang    law.Lang
	Lines   []BlameLine
	Sources []BlameSource // by edition, oldest first
	Later   bool          // some words came after the first edition known
}

// Title begins a sentence with the name.
func (b Blame) Title() string { return capital(b.Name) }

// BlameLine is a provision.
type BlameLine struct {
	Cite  string
	Level int
	Runs  []BlameRun
}

// BlameRun is words that came together.
type BlameRun struct {
	Text  string
	Gap   string // the blank after it
	Short string // its ends, where it is long
	Title string // all that is known of them, in a line
	*BlameSource
}

// BlameSource is what brought words: an edition, and the acts its notes name.
type BlameSource struct {
	N       int // from 1
	Edition Place
	Acts    []ActView // with their days
	First   bool      // the oldest edition known: they may be older
	key     string
}

// blame tells it of the wording that stood in the edition asked of.
func (v *historian) blame() *Blame {
	w := v.holding()
	out := &Blame{Name: v.edition(v.list[v.asked].EditionKey), Lang: v.list[v.asked].Lang}
	var lines []BlameLine
	sources := map[string]*BlameSource{}
	for l := range w.Blame() {
		line := BlameLine{Cite: capital(v.citeAt(l.Citation, l.Address)), Level: v.level(w, l.Citation)}
		for _, span := range l.Spans {
			key := v.list[span.Edition].Version()
			for _, a := range span.Acts {
				key += " " + a.Number
			}
			s := sources[key]
			if s == nil {
				head := v.list[span.Edition]
				v.source = head.SourceURL
				s = &BlameSource{
					N: span.Edition, First: span.Edition == 0, key: key, Acts: v.actsOf(span.Acts),
					Edition: Place{v.in(editionPath(head.EditionKey)), v.edition(head.EditionKey)},
				}
				sources[key] = s
			}
			text := strings.TrimRight(span.Text, " ")
			line.Runs = append(line.Runs, BlameRun{Text: text, Gap: span.Text[len(text):], Short: ends(text), BlameSource: s})
			out.Later = out.Later || !s.First
		}
		lines = append(lines, line)
	}
	var order []*BlameSource
	for _, s := range sources {
		order = append(order, s)
	}
	slices.SortFunc(order, func(a, b *BlameSource) int {
		if a.N != b.N {
			return a.N - b.N
		}
		return strings.Compare(a.key, b.key)
	})
	for i, s := range order {
		s.N = i + 1
	}
	for i := range lines {
		for k := range lines[i].Runs {
			r := &lines[i].Runs[k]
			r.Title = v.sourceTitle(r.BlameSource)
		}
	}
	out.Lines = lines
	for _, s := range order {
		out.Sources = append(out.Sources, *s)
	}
	return out
}

// sourceTitle is a source in a line.
func (v *historian) sourceTitle(s *BlameSource) string {
	parts := []string{s.Edition.Text}
	if s.First {
		parts = append(parts, v.loc.T("edition.first"))
	}
	for _, a := range s.Acts {
		act := "№ " + a.Number
		if a.Date != "" {
			act += " (" + a.Date + ")"
		}
		parts = append(parts, act)
		switch {
		case a.Since != "":
			parts = append(parts, a.Since)
		case a.Phrase != "":
			parts = append(parts, a.Phrase)
		}
	}
	return strings.Join(parts, "; ")
}

// shortRun is how many words of a run the table has at most: half from either end.
const shortRun = 16

// ends leaves words out of the middle of a long run, and shows that it does.
func ends(text string) string {
	w := strings.Fields(text)
	if len(w) <= shortRun+2 {
		return text
	}
	return strings.Join(w[:shortRun/2], " ") + " … " + strings.Join(w[len(w)-shortRun/2:], " ")
}
