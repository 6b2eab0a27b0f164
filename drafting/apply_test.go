package drafting

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/tuzetu/tuzetu/law"
)

// TestApply runs the cases of testdata/apply: a base, an act, what becomes of
// each instruction, and the text after.
func TestApply(t *testing.T) {
	files, err := filepath.Glob("testdata/apply/*.txtar")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d cases, %v", len(files), err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			c, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			part := map[string]string{}
			for _, f := range c.Files {
				part[f.Name] = string(f.Data)
			}
			lang := law.RU
			if strings.Contains(name, "_kk") {
				lang = law.KK
			}
			a, err := Read(lang, linesOf(part["act"]))
			if err != nil {
				t.Fatal(err)
			}
			checkRoles(t, a, linesOf(part["act"]))
			doc := law.Build(lang, "", linesOf(part["base"]))
			r := Apply(doc, a, "2026-06-30")
			checkResult(t, doc, r)
			if diff := cmp.Diff(part["outcomes"], outcomes(r)); diff != "" {
				t.Errorf("outcomes:\n%s", diff)
			}
			if diff := cmp.Diff(part["after"], joined(r.Text)); diff != "" {
				t.Errorf("text:\n%s", diff)
			}
			for _, d := range r.Doubts {
				t.Errorf("doubted: %s: %s", d.Text, d.Reason)
			}
			for _, e := range r.Editions {
				if want, ok := part["after "+string(e.Day)]; ok && want != joined(e.Text) {
					t.Errorf("edition of %s:\n%s", e.Day, cmp.Diff(want, joined(e.Text)))
				}
			}
		})
	}
}

func outcomes(r *Result) string {
	var b strings.Builder
	for _, o := range r.Outcomes {
		fmt.Fprintf(&b, "%d %s %s", o.N, o.Op, o.Status)
		for _, t := range o.Places {
			fmt.Fprintf(&b, " %s", t)
		}
		if o.Status == Ambiguous {
			fmt.Fprintf(&b, " %v", o.Candidates)
		}
		if o.Day != "" {
			fmt.Fprintf(&b, " from %s", o.Day)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func joined(lines []Line) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(l.Text + "\n")
	}
	return b.String()
}
