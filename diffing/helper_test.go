package diffing

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/law"
)

var forms = []struct {
	kind law.Kind
	rank int
	re   *regexp.Regexp
}{
	{law.Section, 0, regexp.MustCompile(`(?i)^(?:раздел (\d+)|(\d+)-бөлім)`)},
	{law.Chapter, 1, regexp.MustCompile(`(?i)^(?:глава (\d+)|(\d+)-тарау)`)},
	{law.Article, 2, regexp.MustCompile(`^(?:Статья (\d+(?:-\d+)*)|(\d+(?:-\d+)*)-бап)`)},
	{law.Paragraph, 3, regexp.MustCompile(`^(\d+(?:-\d+)*)\. `)},
	{law.Subparagraph, 4, regexp.MustCompile(`^(\d+(?:-\d+)*)\)`)},
}

// document makes a tree of lines by their first characters alone.
func document(lang law.Lang, lines ...string) *law.Document {
	doc := &law.Document{Lang: lang}
	var open [5]*law.Provision
	for n, s := range lines {
		p := &law.Provision{Kind: law.Part, Text: s, From: n + 1, To: n + 1, Index: len(doc.Provisions)}
		rank := 3
		for _, f := range forms {
			if m := f.re.FindStringSubmatch(s); m != nil {
				p.Kind, p.Number, rank = f.kind, strings.Join(m[1:], ""), f.rank
				break
			}
		}
		for k := rank - 1; k >= 0 && p.Parent == nil; k-- {
			p.Parent = open[k]
		}
		if p.Kind != law.Part {
			open[rank] = p
			clear(open[rank+1:])
		}
		if p.Parent != nil {
			p.Parent.Children = append(p.Parent.Children, p)
			p.Depth = p.Parent.Depth + 1
		}
		doc.Provisions = append(doc.Provisions, p)
	}
	return doc
}

func readShared(t testing.TB, name string) string {
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

func splitLines(s string) []string { return strings.Split(strings.TrimRight(s, "\n"), "\n") }

// read makes the document of a .txt file's content.
func read(t testing.TB, lang law.Lang, content string) *law.Document {
	return document(lang, splitLines(content)...)
}
