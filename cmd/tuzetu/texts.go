package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/tuzetu/tuzetu/internal/ooxml"
	"github.com/tuzetu/tuzetu/internal/store"
	"github.com/tuzetu/tuzetu/law"
)

// databaseFlag declares --db.
func (a *app) databaseFlag(fs *flag.FlagSet) *string {
	url := a.getenv("TUZETU_DB")
	if url == "" {
		url = "data/tuzetu.db"
	}
	return fs.String("db", url, "")
}

// openStore opens a database for writing and brings it up to date.
func (a *app) openStore(ctx context.Context, url string) (*store.Store, error) {
	s, err := store.Open(ctx, url)
	if err != nil {
		return nil, err
	}
	if _, err := s.Migrate(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// outline: the structure of a text.
func (a *app) outline(ctx context.Context, args *arguments) (err error) {
	var format, out string
	var db *string
	words, err := args.parse(1, 1, func(fs *flag.FlagSet) {
		fs.StringVar(&format, "format", "", "")
		fs.StringVar(&out, "o", "", "")
		db = a.databaseFlag(fs)
	})
	if err != nil {
		return err
	}
	if format, err = outputFormat(args, format, out, "text", "text", "json", "txt", "md"); err != nil {
		return err
	}
	source := &lazyStore{url: *db}
	defer func() { err = errors.Join(err, source.Close()) }()
	t, err := a.readRef(ctx, source, words[0])
	if err != nil {
		return err
	}
	return a.output(out, func(w io.Writer) error {
		switch format {
		case "json":
			return writeJSON(w, t.doc.Outline(t.key))
		case "md":
			_, err := io.WriteString(w, t.doc.Markdown())
			return err
		case "txt":
			_, err := io.WriteString(w, t.doc.PlainText())
			return err
		}
		return t.doc.WriteOutline(w)
	})
}

// migrate: bring a database up to date.
func (a *app) migrate(ctx context.Context, args *arguments) (err error) {
	var db *string
	if _, err = args.parse(0, 0, func(fs *flag.FlagSet) { db = a.databaseFlag(fs) }); err != nil {
		return err
	}
	s, err := store.Open(ctx, *db)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	n, err := s.Migrate(ctx)
	if err != nil {
		return err
	}
	have, _, err := s.Schema(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(a.stderr, "%d migrations applied, the schema is at version %d\n", n, have)
	return nil
}

// importFlags say what a file is.
type importFlags struct{ act, lang, date, status, changes string }

// importFile: bring in a text from a file.
func (a *app) importFile(ctx context.Context, args *arguments) (err error) {
	var is importFlags
	var db *string
	words, err := args.parse(1, 1, func(fs *flag.FlagSet) {
		fs.StringVar(&is.act, "act", "", "")
		fs.StringVar(&is.lang, "lang", "", "")
		fs.StringVar(&is.date, "date", "", "")
		fs.StringVar(&is.status, "status", string(law.Enacted), "")
		fs.StringVar(&is.changes, "changes", "accept", "")
		db = a.databaseFlag(fs)
	})
	if err != nil {
		return err
	}
	e, err := a.editionFromFile(args, words[0], is)
	if err != nil {
		return err
	}
	s, err := a.openStore(ctx, *db)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	known, err := s.Act(ctx, e.Act)
	if err != nil && !errors.Is(err, law.ErrNotFound) {
		return err
	}
	if e.Title != "" && known.Titles[e.Lang] == "" {
		if err := s.SaveAct(ctx, law.Act{ID: e.Act, Titles: map[law.Lang]string{e.Lang: e.Title}}); err != nil {
			return err
		}
	}
	key, added, err := s.AddEdition(ctx, e)
	if err != nil {
		return err
	}
	if !added {
		fmt.Fprintf(a.stderr, "%s: the same text is stored already\n", key)
		return nil
	}
	fmt.Fprintf(a.stderr, "%s: stored\n", key)
	return nil
}

func (a *app) editionFromFile(args *arguments, name string, is importFlags) (e law.Edition, err error) {
	if is.act == "" || is.lang == "" || is.date == "" {
		return e, args.wrong("--act, --lang and --date are needed")
	}
	if e.Act, err = law.ParseActID(is.act); err != nil {
		return e, err
	}
	if e.Lang, err = law.ParseLang(is.lang); err != nil {
		return e, err
	}
	if e.Date, err = law.ParseDate(is.date); err != nil {
		return e, err
	}
	if e.Status, err = law.ParseStatus(is.status); err != nil {
		return e, err
	}
	changes, known := map[string]ooxml.Changes{"accept": ooxml.Accept, "reject": ooxml.Reject}[is.changes]
	if !known {
		return e, args.wrong(fmt.Sprintf("--changes is accept or reject, not %q", is.changes))
	}
	f, err := readFile(name, changes)
	if err != nil {
		return e, err
	}
	for _, w := range f.warnings {
		a.say("%s: %s", name, w)
	}
	if found, ok := law.DetectLang(f.lines); ok && found != e.Lang {
		return e, fmt.Errorf("%s: the text is in %s, not in %s", name, found, e.Lang)
	}
	e.Title, e.MediaType, e.Raw, e.Lines = f.title, f.mediaType, f.raw, f.lines
	e.FetchedAt = a.now().UTC()
	return e, nil
}

// outputFormat settles --format against the ending of -o FILE.
func outputFormat(args *arguments, format, out, standard string, known ...string) (string, error) {
	if format == "" && out != "" {
		format = strings.TrimPrefix(strings.ToLower(filepath.Ext(out)), ".")
		if format == "txt" && standard == "term" {
			format = "term"
		}
	}
	if format == "" {
		format = standard
	}
	for _, k := range known {
		if format == k {
			return format, nil
		}
	}
	return "", args.wrong(fmt.Sprintf("no format %q (there is %s)", format, strings.Join(known, ", ")))
}

// output writes to stdout, or to a file that appears whole or not at all.
func (a *app) output(name string, write func(io.Writer) error) (err error) {
	if name == "" || name == "-" {
		return write(a.stdout)
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".tuzetu-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(f.Name())
		}
	}()
	if err = errors.Join(write(f), f.Chmod(0o644), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}

func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(v)
}
