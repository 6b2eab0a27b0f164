package drafting

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/law"
)

const lawdata = "../../shared/lawdata"

// TestRealAmendments applies the real acts of lawdata to the articles before
// them and compares line by line with the official text after.
func TestRealAmendments(t *testing.T) {
	dirs, _ := filepath.Glob(lawdata + "/amendments/*/base.*.txt")
	if len(dirs) == 0 {
		t.Skip("../shared absent")
	}
	for _, name := range dirs {
		dir, file := filepath.Split(name)
		lang := law.Lang(strings.Split(file, ".")[1])
		t.Run(filepath.Base(dir)+"/"+string(lang), func(t *testing.T) {
			base, act, want := readLaw(t, name), readLaw(t, dir+"act."+string(lang)+".txt"), readLaw(t, dir+"result."+string(lang)+".txt")
			a, err := Read(lang, act)
			if err != nil {
				t.Fatal(err)
			}
			r := Apply(law.Build(lang, "", base), a, "")
			for _, o := range r.Outcomes {
				fmt.Printf("%d %s %s %s %s %v %q\n", o.N, o.Op, o.Status, o.Reason, o.Candidates, o.Places, o.Notices)
			}
			got := Lines(r.Text)
			compareLines(got, want)
		})
	}
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

func loose(s string) string {
	s = strings.TrimRight(law.Fold(s), ".;, ")
	return strings.ReplaceAll(s, " ", "")
}

func compareLines(got, want []law.Line) {
	count := map[string]int{}
	for _, l := range want {
		count[loose(l.Text)]++
	}
	same := 0
	for _, l := range got {
		if k := loose(l.Text); count[k] > 0 {
			count[k]--
			same++
		} else {
			fmt.Println("  got  ", head(l.Text, 200))
		}
	}
	for _, l := range want {
		if k := loose(l.Text); count[k] > 0 {
			count[k]--
			fmt.Println("  want ", head(l.Text, 200))
		}
	}
	fmt.Printf("  %d of %d lines equal\n", same, len(want))
}
