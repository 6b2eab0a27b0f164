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

// applyCase is a case of testdata/apply: a base, an act, what becomes of each
// instruction, and the text after.
type applyCase struct {
	name   string
	part   map[string]string
	doc    *law.Document
	act    *Amendment
	result *Result
}

func applyCases(t *testing.T) (out []applyCase) {
	t.Helper()
	files, err := filepath.Glob("testdata/apply/*.txtar")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d cases, %v", len(files), err)
	}
	for _, name := range files {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		c := applyCase{name: strings.TrimSuffix(filepath.Base(name), ".txtar"), part: map[string]string{}}
		for _, f := range archive.Files {
			c.part[f.Name] = string(f.Data)
		}
		lang := law.RU
		if strings.HasSuffix(c.name, "_kk") {
			lang = law.KK
		}
		if c.act, err = Read(lang, linesOf(c.part["act"])); err != nil {
			t.Fatal(err)
		}
		c.doc = law.Build(lang, "", linesOf(c.part["base"]))
		c.result = Apply(c.doc, c.act, "2026-06-30")
		out = append(out, c)
	}
	return out
}

func TestApply(t *testing.T) {
	for _, c := range applyCases(t) {
		t.Run(c.name, func(t *testing.T) {
			checkRoles(t, c.act, linesOf(c.part["act"]))
			checkResult(t, c.doc, c.result)
			if diff := cmp.Diff(c.part["outcomes"], outcomes(c.result)); diff != "" {
				t.Errorf("outcomes:\n%s", diff)
			}
			if diff := cmp.Diff(c.part["after"], joined(c.result.Text)); diff != "" {
				t.Errorf("text:\n%s", diff)
			}
			for _, d := range c.result.Doubts {
				t.Errorf("doubted: %s: %s", d.Text, d.Reason)
			}
			for _, e := range c.result.Editions {
				if want, ok := c.part["after "+string(e.Day)]; ok && want != joined(e.Text) {
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
