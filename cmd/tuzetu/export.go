package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	_ "embed"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/template"
	"time"

	"github.com/tuzetu/tuzetu/internal/store"
	"github.com/tuzetu/tuzetu/law"
)

//go:embed export_readme.txt
var exportReadme string

// exportedAct is act.json: what is known of the act, and where each text came
// from.
type exportedAct struct {
	Act        law.ActID           `json:"act"`
	Titles     map[law.Lang]string `json:"titles"`
	Requisites map[law.Lang]string `json:"requisites"`
	Adopted    law.Date            `json:"adopted,omitempty"`
	Published  law.Date            `json:"published,omitempty"`
	Sample     bool                `json:"sample,omitempty"`
	Editions   []exportedEdition   `json:"editions"`
	// Witnesses are the same editions as another source has them.
	Witnesses []exportedEdition `json:"witnesses,omitempty"`
}

type exportedEdition struct {
	Edition   string     `json:"edition"` // its key: "Z2400000093@2024-06-19~1:ru"
	Status    law.Status `json:"status"`
	Date      law.Date   `json:"date"`
	Revision  int        `json:"revision"`
	Lang      law.Lang   `json:"lang"`
	Title     string     `json:"title"`
	From      string     `json:"from,omitempty"`   // the source's name
	Source    string     `json:"source,omitempty"` // the address there
	FetchedAt time.Time  `json:"fetched_at"`
	Cause     string     `json:"cause,omitempty"`
	CauseHref string     `json:"cause_href,omitempty"`
	// SHA256 is of the page or file the text was read from.
	SHA256 string   `json:"sha256"`
	Files  []string `json:"files"`
}

// export: every edition of an act as files to read without this program.
func (a *app) export(ctx context.Context, args *arguments) (err error) {
	var out string
	var db *string
	words, err := args.parse(1, 1, func(fs *flag.FlagSet) {
		fs.StringVar(&out, "o", "", "")
		db = a.databaseFlag(fs)
	})
	if err != nil {
		return err
	}
	if out == "" {
		return args.wrong("-o FOLDER is needed")
	}
	id, err := law.ParseActID(words[0])
	if err != nil {
		return err
	}
	out = filepath.Clean(out)
	if err := mustBeNew(out); err != nil {
		return err
	}
	s, err := store.OpenReading(ctx, *db)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	heads, err := s.Editions(ctx, id)
	if err != nil {
		return err
	}
	if len(heads) == 0 {
		return fmt.Errorf("no text of %s is stored", id)
	}
	act, err := s.Act(ctx, id)
	if err != nil {
		return err
	}
	// All of it is written beside the folder and appears there at once.
	if err := os.MkdirAll(filepath.Dir(out), 0o755); err != nil {
		return err
	}
	temporary, err := os.MkdirTemp(filepath.Dir(out), ".tuzetu-export-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temporary)
	f := folder{path: temporary}
	if err := f.export(ctx, s, act, heads, a.now()); err != nil {
		return err
	}
	if err := os.Chmod(temporary, 0o755); err != nil {
		return err
	}
	if err := os.Remove(out); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if err := os.Rename(temporary, out); err != nil {
		return err
	}
	fmt.Fprintf(a.stderr, "%s: %d editions of %s\n", out, len(heads), id)
	return nil
}

// mustBeNew is an error unless a folder is missing or empty.
func mustBeNew(path string) error {
	found, err := os.ReadDir(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil
	case err != nil:
		if info, statErr := os.Stat(path); statErr == nil && !info.IsDir() {
			return fmt.Errorf("%s is a file, not a folder", path)
		}
		return err
	case len(found) > 0:
		return fmt.Errorf("%s is not empty; an export overwrites nothing", path)
	}
	return nil
}

// folder is where an export is written, with the sums of what is there.
type folder struct {
	path string
	sums []string
}

func (f *folder) export(ctx context.Context, s *store.Store, act law.Act, heads []law.EditionHead, now time.Time) error {
	about := exportedAct{
		Act: act.ID, Titles: act.Titles, Requisites: act.Requisites,
		Adopted: act.Adopted, Published: act.Published, Sample: act.Sample,
	}
	for _, h := range heads {
		e, err := s.EditionText(ctx, h.EditionKey)
		if err != nil {
			return err
		}
		written, err := f.text(h.Version()+"."+string(h.Lang), e)
		if err != nil {
			return err
		}
		about.Editions = append(about.Editions, written)
	}
	witnesses, err := s.Witnesses(ctx, act.ID)
	if err != nil {
		return err
	}
	for _, h := range witnesses {
		e, err := s.Witness(ctx, h.Source, h.EditionKey)
		if err != nil {
			return err
		}
		written, err := f.text(h.Version()+"."+string(h.Lang)+"."+h.Source, e)
		if err != nil {
			return err
		}
		about.Witnesses = append(about.Witnesses, written)
	}
	if err := f.writeJSON("act.json", about); err != nil {
		return err
	}
	readme, err := template.New("README.txt").Parse(exportReadme)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := readme.Execute(&b, map[string]any{"Act": act, "Day": now.UTC().Format(time.DateOnly), "Texts": len(heads) + len(witnesses)}); err != nil {
		return err
	}
	if err := f.write("README.txt", b.Bytes()); err != nil {
		return err
	}
	slices.Sort(f.sums)
	return f.write("SHA256SUMS", []byte(strings.Join(f.sums, "")))
}

// text writes a text as Markdown and as JSON, and says what it is.
func (f *folder) text(name string, e law.Edition) (exportedEdition, error) {
	doc := law.Build(e.Lang, e.Title, e.Lines)
	if err := f.write(name+".md", []byte(doc.Markdown())); err != nil {
		return exportedEdition{}, err
	}
	if err := f.writeJSON(name+".json", doc.Outline(e.EditionKey)); err != nil {
		return exportedEdition{}, err
	}
	return exportedEdition{
		Edition: e.EditionKey.String(), Status: e.Status, Date: e.Date, Revision: e.Revision, Lang: e.Lang,
		Title: e.Title, From: e.Source, Source: e.SourceURL, FetchedAt: e.FetchedAt, Cause: e.Cause, CauseHref: e.CauseHref,
		SHA256: e.SHA256, Files: []string{name + ".md", name + ".json"},
	}, nil
}

func (f *folder) writeJSON(name string, v any) error {
	var b bytes.Buffer
	if err := writeJSON(&b, v); err != nil {
		return err
	}
	return f.write(name, b.Bytes())
}

func (f *folder) write(name string, content []byte) error {
	f.sums = append(f.sums, fmt.Sprintf("%x  %s\n", sha256.Sum256(content), name))
	return os.WriteFile(filepath.Join(f.path, name), content, 0o644)
}
