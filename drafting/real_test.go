package drafting

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/law"
)

const lawdata = "../../shared/lawdata"

// deviations are lines of official results that no act ordered, as meta.json of
// their folders tells.
var deviations = map[string]string{
	"14-assembly-2018-whole-text/kk": "15-бап. Ассамблеяға және облыстардың, республикалық маңызы бар қалалардың, астананың ассамблеяларына мүшелі",
}

// placeholder is what editors leave of an excluded unit; an act does not write it.
var placeholder = regexp.MustCompile(`^\d+(?:-\d+)*[.)] (?:Исключен|Алып тасталды)`)

// TestRealAmendmentsFigures applies the real acts of lawdata to the articles before
// them: what comes out is the official text after, but for blanks, dashes, last
// signs, placeholders and the deviations. An instruction without a base is not
// found, and none is ambiguous or not understood.
func TestRealAmendmentsFigures(t *testing.T) {
	names, _ := filepath.Glob(lawdata + "/amendments/*/base.*.txt")
	if len(names) == 0 {
		t.Skip("../shared absent")
	}
	applied, all, equal, lines := 0, 0, 0, 0
	for _, name := range names {
		dir, file := filepath.Split(name)
		lang := law.Lang(strings.Split(file, ".")[1])
		label := filepath.Base(dir) + "/" + string(lang)
		t.Run(label, func(t *testing.T) {
			base, want := law.Build(lang, "", readLaw(t, name)), readLaw(t, dir+"result."+string(lang)+".txt")
			act := readLaw(t, dir+"act."+string(lang)+".txt")
			a, err := Read(lang, act)
			if err != nil {
				t.Fatal(err)
			}
			checkRoles(t, a, act)
			r := Apply(base, a, "")
			checkResult(t, base, r)
			for _, o := range r.Outcomes {
				all++
				switch o.Status {
				case Applied:
					applied++
				case NotFound:
					if article := o.Targets[0].Citation[0]; base.Find(law.Address("art_"+article.Number)) != nil {
						t.Errorf("%s: not found, though its article is there: %s", o.Text, o.Reason)
					}
				default:
					t.Errorf("%s: %s: %s", o.Text, o.Status, o.Reason)
				}
			}
			n := compareLines(t, Lines(r.Text), want, deviations[label])
			equal, lines = equal+n, lines+len(want)
		})
	}
	t.Logf("%d of %d instructions applied, the others have no base here; %d of %d lines equal", applied, all, equal, lines)
}

func readLaw(t *testing.T, name string) []law.Line {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Skip("../shared absent")
	}
	defer f.Close()
	lines, err := law.ReadText(f)
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

// loose is a line without what editors put right unasked.
func loose(s string) string {
	return strings.ReplaceAll(strings.TrimRight(law.Fold(s), ".;, "), " ", "")
}

// compareLines returns how many lines are equal and tells the others.
func compareLines(t *testing.T, got, want []law.Line, deviation string) (equal int) {
	t.Helper()
	left := map[string]int{}
	for _, l := range want {
		left[loose(l.Text)]++
	}
	for _, l := range got {
		k := loose(l.Text)
		if left[k] == 0 {
			if strings.HasPrefix(k, loose(deviation)) && deviation != "" {
				continue
			}
			t.Errorf("not in the official text: %s", l.Text)
			continue
		}
		left[k]--
		equal++
	}
	for _, l := range want {
		k := loose(l.Text)
		if left[k] == 0 {
			continue
		}
		left[k]--
		if !placeholder.MatchString(l.Text) && l.Text != deviation {
			t.Errorf("only in the official text: %s", l.Text)
		}
	}
	return equal
}
