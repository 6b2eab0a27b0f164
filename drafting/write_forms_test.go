package drafting

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/google/go-cmp/cmp"

	"github.com/tuzetu/tuzetu/law"
)

func force(l ActLine) bool {
	return l.Role == Instructing && (strings.HasPrefix(l.Text, "Статья 2. ") || strings.HasPrefix(l.Text, "2-бап. "))
}

// TestWriteForms writes the acts of testdata/write: without the frame and the entry
// into force each is the act of the case, line by line.
func TestWriteForms(t *testing.T) {
	names, _ := filepath.Glob("testdata/write/*.txtar")
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			parts := map[string]string{}
			for _, f := range archive.Files {
				parts[f.Name] = string(f.Data)
			}
			lang := law.RU
			if strings.HasSuffix(name, "_kk.txtar") {
				lang = law.KK
			}
			a := roundTrip(t, law.Build(lang, "", linesOf(parts["before"])), law.Build(lang, "", linesOf(parts["after"])))
			var got strings.Builder
			for _, l := range a.Lines[2:] {
				if !force(l) {
					got.WriteString(l.Text + "\n")
				}
			}
			if diff := cmp.Diff(parts["act"], got.String()); diff != "" || len(a.Unexpressed) > 0 {
				t.Errorf("%s%v", diff, a.Unexpressed)
			}
		})
	}
}
