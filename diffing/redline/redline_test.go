package redline

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/law"
)

var update = flag.Bool("update", false, "write what the renderers say now into the golden files")

// Each archive in testdata holds the two texts «old» and «new», named by
// language, and what the renderers make of them; an archive with a third text,
// «enacted», is of an outcome.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no golden files", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := render(t, a)
			if *update {
				if err := os.WriteFile(file, txtar.Format(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(txtar.Format(a)), string(txtar.Format(got))); diff != "" {
				t.Errorf("run with -update if this is meant:\n%s", diff)
			}
		})
	}
}

func render(t *testing.T, a *txtar.Archive) *txtar.Archive {
	t.Helper()
	texts := 2
	if strings.HasPrefix(a.Files[2%len(a.Files)].Name, "enacted.") {
		texts = 3
	}
	out := &txtar.Archive{Comment: a.Comment, Files: slices.Clone(a.Files[:texts])} // a keeps what is wanted
	lang := law.Lang(strings.TrimPrefix(filepath.Ext(a.Files[0].Name), "."))
	from, to := document(lang, a.Files[0].Data), document(lang, a.Files[1].Data)
	add := func(name string, write func(*bytes.Buffer) error) {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		out.Files = append(out.Files, txtar.File{Name: name, Data: b.Bytes()})
	}
	if texts == 3 {
		o := diffing.Outcome(from, to, document(lang, a.Files[2].Data))
		for _, l := range law.Langs {
			add("term."+string(l), func(b *bytes.Buffer) error {
				return OutcomeTerminal(b, o, TerminalOptions{Lang: l, Width: 80})
			})
		}
		add("json", func(b *bytes.Buffer) error { return OutcomeJSON(b, o) })
		add("html", func(b *bytes.Buffer) error {
			err := OutcomeHTML(b, o, HTMLOptions{Lang: lang})
			s := strings.Replace(b.String(), style, "", 1)
			b.Reset()
			b.WriteString(s)
			return err
		})
		return out
	}
	r := diffing.Compare(from, to)
	old := Meta{Ref: "old.txt", Lang: lang, Date: "2025-03-01"}
	new := Meta{Ref: "new.txt", Lang: lang, Date: "2026-04-15", Revision: 1, Title: "Маяк"}
	for _, l := range law.Langs {
		add("term."+string(l), func(b *bytes.Buffer) error {
			return Terminal(b, r, TerminalOptions{Lang: l, Width: 80})
		})
	}
	add("all", func(b *bytes.Buffer) error { return Terminal(b, r, TerminalOptions{Lang: lang, All: true}) })
	add("json", func(b *bytes.Buffer) error { return JSON(b, r, old, new, false) })
	add("html", func(b *bytes.Buffer) error {
		err := HTML(b, r, old, new, HTMLOptions{Lang: lang})
		s := strings.Replace(b.String(), style, "", 1) // the same in every page
		b.Reset()
		b.WriteString(s)
		return err
	})
	return out
}

func document(lang law.Lang, text []byte) *law.Document {
	lines, err := law.ReadText(bytes.NewReader(bytes.TrimSpace(text)))
	if err != nil {
		return law.Build(lang, "", nil)
	}
	return law.Build(lang, "", lines)
}

// What a program reads: the contract of `tuzetu diff --format json`.
func TestJSONContract(t *testing.T) {
	old := document(law.RU, []byte("Статья 1. Маяк\n1. Маяк светит ночью.\n2. Смотритель спит днем.\nСноска. Статья 1 с изменениями, внесенными Законом РК от 01.02.2025 № 1-VIII.\n"))
	new := document(law.RU, []byte("Статья 1. Маяк\n1. Маяк светит всю ночь.\n"))
	for _, all := range []bool{false, true} {
		var b bytes.Buffer
		if err := JSON(&b, diffing.Compare(old, new), Meta{Lang: law.RU}, Meta{Lang: law.RU}, all); err != nil {
			t.Fatal(err)
		}
		var v struct {
			From, To   map[string]any
			Summary    map[string]int
			Pairs      []Pair
			References []any
			Provenance map[string]any
		}
		d := json.NewDecoder(&b)
		d.DisallowUnknownFields()
		if err := d.Decode(&v); err != nil {
			t.Fatal(err)
		}
		if want := map[bool]int{false: 2, true: 4}[all]; len(v.Pairs) != want {
			t.Errorf("all=%v: %d pairs, want %d", all, len(v.Pairs), want)
		}
		if v.References == nil || len(v.Summary) != 9 || len(v.Provenance) != 5 {
			t.Errorf("all=%v: %+v", all, v)
		}
	}
}

// A page shows what went and what came without colour, and escapes the texts.
func TestHTMLMarks(t *testing.T) {
	r := diffing.Compare(document(law.RU, []byte("Слова <b> и & стоят здесь давно.")), document(law.RU, []byte("Слова <i> и & стоят здесь давно.")))
	var b bytes.Buffer
	if err := HTML(&b, r, Meta{}, Meta{}, HTMLOptions{Lang: law.KK}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`<html lang="kk">`, `lang="ru"`, "<del>b</del>", "<ins>i</ins>", "&amp;", "underline", "line-through"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in the page", want)
		}
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, os.ErrClosed }

func TestWriteErrors(t *testing.T) {
	r := diffing.Compare(document(law.RU, []byte("Одно.")), document(law.RU, []byte("Другое.")))
	for name, err := range map[string]error{
		"terminal": Terminal(brokenWriter{}, r, TerminalOptions{}),
		"json":     JSON(brokenWriter{}, r, Meta{}, Meta{}, true),
		"html":     HTML(brokenWriter{}, r, Meta{}, Meta{}, HTMLOptions{}),
	} {
		if err == nil {
			t.Errorf("%s: a broken writer went unnoticed", name)
		}
	}
}
