package i18n

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/law"
)

func glossary(t *testing.T) Glossary {
	t.Helper()
	g, err := LoadGlossary()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestGlossaryIsComplete(t *testing.T) {
	g := glossary(t)
	if len(g.Terms) < 20 {
		t.Errorf("%d terms", len(g.Terms))
	}
	seen := map[string]bool{}
	for _, term := range g.Terms {
		if seen[term.Key] || g.Sources[term.Source].Text == "" {
			t.Errorf("%s: twice, or from no source %q", term.Key, term.Source)
		}
		seen[term.Key] = true
		for _, l := range law.Langs {
			if term.In(l) == "" || term.Note[l] == "" {
				t.Errorf("%s: no word or no note in %s", term.Key, l)
			}
			if other := term.In(l); seen[string(l)+other] {
				t.Errorf("%s: %q stands for two notions", l, other)
			}
			seen[string(l)+term.In(l)] = true
		}
	}
}

// said are all forms of a sentence, in small letters.
func (m message) said() []string {
	out := slices.Collect(maps.Values(m.forms))
	if m.forms == nil {
		out = []string{m.text}
	}
	for i := range out {
		out[i] = strings.ToLower(out[i])
	}
	return out
}

// The interface calls each notion by its one name.
func TestInterfaceSpeaksTheGlossary(t *testing.T) {
	b := bundle(t)
	for _, term := range glossary(t).Terms {
		for _, l := range law.Langs {
			for _, key := range term.Uses {
				m, ok := b.Locale(l).messages[key]
				if !ok {
					t.Errorf("%s: no sentence %q", term.Key, key)
				}
				for _, s := range m.said() {
					if !strings.Contains(s, term.Stem[l]) {
						t.Errorf("%s %s: %q does not say %q", l, key, s, term.Stem[l])
					}
				}
			}
			for _, avoid := range term.Avoid[l] {
				for key, m := range b.Locale(l).messages {
					for _, s := range m.said() {
						if strings.Contains(s, avoid) {
							t.Errorf("%s %s: %q says %q, the word is %q", l, key, s, avoid, term.In(l))
						}
					}
				}
			}
		}
	}
}
