package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/tuzetu/tuzetu/"

// mayImport is the one way imports run through the house: a room, and the rooms
// it may use. A room stands for everything below it, a longer name wins.
var mayImport = map[string][]string{
	"law":                 {},
	"citing":              {"law"},
	"diffing":             {"law", "citing"},
	"diffing/merge":       {"law", "diffing"},
	"diffing/redline":     {"law", "diffing", "internal/ooxml"},
	"drafting":            {"law", "diffing", "citing"},
	"drafting/edit":       {"law", "diffing", "drafting"},
	"drafting/table":      {"law", "diffing", "drafting", "internal/ooxml"},
	"drafting/paper":      {"drafting", "internal/ooxml"},
	"dossiers":            {"law", "diffing", "drafting"},
	"scraper":             {"law", "scraper/fetch"},
	"scraper/fetch":       {},
	"scraper/adilet":      {"law", "scraper"},
	"scraper/zan":         {"law", "scraper"},
	"campaigns":           {"law", "accounts", "internal/jobs"},
	"campaigns/delivery":  {"law", "campaigns", "accounts", "internal/i18n", "internal/ooxml"},
	"accounts":            {"internal/jobs"},
	"watch":               {"law", "diffing", "drafting", "dossiers", "scraper", "campaigns", "accounts", "internal/jobs"},
	"internal/i18n":       {"law"},
	"internal/sample":     {"law"},
	"internal/jobs":       {},
	"internal/mail":       {"law", "accounts", "campaigns", "dossiers", "internal/i18n", "internal/jobs"},
	"internal/load":       {"*"}, // a program, like cmd
	"internal/measure":    {},
	"internal/photo":      {"campaigns"},
	"internal/testreport": {},
	"internal/ooxml":      {"law"},
	"internal/archive":    {},
	"internal/store": {"law", "diffing", "drafting", "dossiers", "scraper", "campaigns", "accounts", "watch",
		"internal/archive", "internal/jobs"},
	"web": {"law", "citing", "diffing", "diffing/merge", "diffing/redline", "drafting", "drafting/edit", "drafting/paper", "drafting/table", "dossiers", "campaigns", "campaigns/delivery", "accounts", "watch",
		"internal/i18n", "internal/photo", "internal/sample"},
	"cmd": {"*"},
}

// onlyIn names packages that one room alone may use.
var onlyIn = map[string]string{
	"database/sql":                            "internal/store",
	"github.com/jmoiron/sqlx":                 "internal/store",
	"github.com/gocolly/colly/v2":             "scraper/fetch",
	"github.com/sergi/go-diff/diffmatchpatch": "diffing",
}

// pure rooms do no I/O and read no clock.
var pure = []string{"law", "citing", "diffing", "dossiers"}

var impure = []string{"os", "os/exec", "net", "net/http", "database/sql", "math/rand", "math/rand/v2", "crypto/rand", "syscall"}

// TestImportsRunOneWay reads every file of the project, tests aside.
func TestImportsRunOneWay(t *testing.T) {
	root := filepath.Join("..", "..")
	files := 0
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if strings.HasPrefix(d.Name(), ".") && name != root || d.Name() == "testdata" || d.Name() == "node_modules" {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		files++
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, breach := range breaches(path.Dir(filepath.ToSlash(rel)), f) {
			t.Errorf("%s %s", rel, breach)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 50 {
		t.Errorf("only %d files were read", files)
	}
}

// breaches lists what a file of a folder does against the house.
func breaches(folder string, f *ast.File) []string {
	room := roomOf(folder)
	if room == "" {
		return []string{"stands in no room of the house"}
	}
	var out []string
	for _, spec := range f.Imports {
		imported := strings.Trim(spec.Path.Value, `"`)
		if other, ours := strings.CutPrefix(imported, module); ours {
			target := roomOf(other)
			if target != room && !slices.Contains(mayImport[room], target) && !slices.Contains(mayImport[room], "*") {
				out = append(out, "imports "+imported)
			}
			continue
		}
		if owner, ok := onlyIn[imported]; ok && roomOf(owner) != room {
			out = append(out, "imports "+imported+", which only "+owner+" may")
		}
		if slices.Contains(pure, strings.SplitN(room, "/", 2)[0]) && slices.Contains(impure, imported) && !strings.Contains(folder, "test") {
			out = append(out, "imports "+imported+" in a room without I/O")
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := sel.X.(*ast.Ident); ok && x.Name == "time" && (sel.Sel.Name == "Now" || sel.Sel.Name == "Since") && f.Name.Name != "main" {
				out = append(out, "reads the clock: the time is passed in")
			}
		}
		if fn, ok := n.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
			out = append(out, "has an init function")
		}
		return true
	})
	return out
}

func roomOf(folder string) string {
	for room := folder; room != "." && room != ""; room = path.Dir(room) {
		if _, ok := mayImport[room]; ok {
			return room
		}
	}
	return ""
}

// TestBreachesAreSeen proves that the fence would fall.
func TestBreachesAreSeen(t *testing.T) {
	for folder, source := range map[string]string{
		"law":            `package law; import "github.com/tuzetu/tuzetu/diffing"`,
		"diffing":        `package diffing; import "os"`,
		"web/read":       `package read; import "github.com/tuzetu/tuzetu/scraper/adilet"`,
		"scraper":        `package scraper; import "github.com/gocolly/colly/v2"`,
		"web":            `package web; import "database/sql"`,
		"internal/store": `package store; import "time"; var x = time.Now()`,
		"scraper/adilet": `package adilet; func init() {}`,
		"elsewhere":      `package elsewhere`,
	} {
		f, err := parser.ParseFile(token.NewFileSet(), "x.go", source, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		if len(breaches(folder, f)) == 0 {
			t.Errorf("%s: nothing seen in %s", folder, source)
		}
	}
}
