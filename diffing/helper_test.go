package diffing

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/law"
)

// document builds the tree of lines.
func document(lang law.Lang, lines ...string) *law.Document {
	var in []law.Line
	for n, s := range lines {
		if s = law.Squeeze(s); s != "" {
			in = append(in, law.Line{Text: s, From: n + 1, To: n + 1})
		}
	}
	return law.Build(lang, "", in)
}

// readText builds the tree of a .txt file's content, one paragraph a line.
func readText(lang law.Lang, content string) *law.Document {
	return document(lang, strings.Split(content, "\n")...)
}

func readMarkdown(t testing.TB, lang law.Lang, content string) *law.Document {
	t.Helper()
	title, lines, err := law.ReadMarkdown(strings.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	return law.Build(lang, title, lines)
}

// shared reads a file of real texts, which are no part of the project.
func shared(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "shared", "lawdata", name))
	if os.IsNotExist(err) {
		t.Skip("../shared absent")
	}
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
