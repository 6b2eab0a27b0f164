package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/internal/ooxml"
	"github.com/tuzetu/tuzetu/internal/store"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/scraper"
	"github.com/tuzetu/tuzetu/scraper/adilet"
	"github.com/tuzetu/tuzetu/scraper/zan"
)

// maxFile bounds a text read from a file. The largest code of Kazakhstan has
// 5 MB as text and 15 MB as a page.
const maxFile = 32 << 20

// text is what a REF leads to.
type text struct {
	ref string
	key law.EditionKey // zero for a file
	doc *law.Document
}

// readRef reads a file or an edition. The database is opened only for an
// edition.
func (a *app) readRef(ctx context.Context, db *lazyStore, ref string) (text, error) {
	if strings.Contains(ref, "@") {
		if _, err := os.Stat(ref); err != nil {
			return db.readEdition(ctx, ref)
		}
	}
	f, err := readFile(ref, ooxml.Accept)
	if err != nil {
		return text{}, err
	}
	for _, w := range f.warnings {
		a.say("%s: %s", ref, w)
	}
	return text{ref: ref, key: law.EditionKey{Lang: f.lang}, doc: law.Build(f.lang, f.title, f.lines)}, nil
}

// file is a text read from a file.
type file struct {
	raw       []byte
	mediaType string
	title     string
	lang      law.Lang
	lines     []law.Line
	warnings  []string // what was left out
}

// readFile reads a text by the ending of its name; changes says how those that a
// .docx tracks are read.
func readFile(name string, changes ooxml.Changes) (file, error) {
	ending := strings.ToLower(filepath.Ext(name))
	switch ending {
	case ".html", ".htm", ".md", ".txt", ".docx", ".json":
	default:
		return file{}, fmt.Errorf("%s is neither a text (.html, .md, .txt, .docx, .json of zan) nor an edition (ACT@YYYY-MM-DD:LANG)", name)
	}
	raw, err := readBounded(name)
	if err != nil {
		return file{}, err
	}
	return parseFile(name, raw, changes)
}

// parseFile reads the lines of a file by the ending of its name.
func parseFile(name string, raw []byte, changes ooxml.Changes) (f file, err error) {
	f = file{raw: raw}
	switch strings.ToLower(filepath.Ext(name)) {
	case ".html", ".htm":
		f.mediaType = "text/html"
		f.title, f.lines, f.lang, err = ofPage(readAdilet(raw))
	case ".json":
		f.mediaType = "application/json"
		f.title, f.lines, f.lang, err = ofPage(readZan(raw))
	case ".docx":
		f.mediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
		f.lines, f.title, f.warnings, err = ooxml.ReadLines(raw, changes)
	case ".md":
		f.mediaType = "text/markdown; charset=utf-8"
		f.title, f.lines, err = law.ReadMarkdown(strings.NewReader(string(raw)))
	default:
		f.mediaType = "text/plain; charset=utf-8"
		f.lines, err = law.ReadText(strings.NewReader(string(raw)))
	}
	if err != nil {
		return file{}, fmt.Errorf("%s: %w", name, err)
	}
	if lang, ok := law.DetectLang(f.lines); ok {
		f.lang = lang
	} else if f.lang == "" {
		f.lang = law.RU
	}
	return f, nil
}

func readAdilet(raw []byte) (scraper.Page, error) { return adilet.ParseText(bytes.NewReader(raw)) }

func readZan(raw []byte) (scraper.Page, error) { return zan.ParseText(bytes.NewReader(raw)) }

func ofPage(p scraper.Page, err error) (string, []law.Line, law.Lang, error) {
	return p.Title, p.Lines, p.Lang, err
}

func readBounded(name string) ([]byte, error) {
	f, err := os.Open(name)
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("no such file: %s", name)
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return nil, fmt.Errorf("%s is a folder", name)
	}
	raw, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(raw) > maxFile {
		return nil, fmt.Errorf("%s is larger than %d MB", name, maxFile>>20)
	}
	return raw, nil
}

// lazyStore opens the database when it is first needed: most comparisons are of
// files.
type lazyStore struct {
	url  string
	open *store.Store
}

func (l *lazyStore) readEdition(ctx context.Context, ref string) (text, error) {
	source, of, _ := strings.Cut(ref, ":")
	if _, known := siteNamed(source); !known {
		source, of = "", ref
	}
	if version, err := dossiers.ParseRef(ref); err == nil {
		return l.readVersion(ctx, version)
	}
	key, err := law.ParseEditionKey(of)
	if err != nil {
		return text{}, err
	}
	if err := l.reading(ctx); err != nil {
		return text{}, err
	}
	e, err := l.open.EditionText(ctx, key)
	if source != "" && (err != nil || e.Source != source) {
		if e, err = l.open.Witness(ctx, source, key); errors.Is(err, law.ErrNotFound) {
			return text{}, fmt.Errorf("%s has brought no %s (tuzetu fetch %s %s brings it in)", source, key, source, key.Act)
		}
	}
	if errors.Is(err, law.ErrNotFound) {
		return text{}, l.unknown(ctx, key)
	}
	if err != nil {
		return text{}, err
	}
	return text{ref: ref, key: e.EditionKey, doc: law.Build(e.Lang, e.Title, e.Lines)}, nil
}

// readVersion reads a version of a proposal or of a bill.
func (l *lazyStore) readVersion(ctx context.Context, ref dossiers.Ref) (text, error) {
	if err := l.reading(ctx); err != nil {
		return text{}, err
	}
	e, err := l.open.RefText(ctx, ref)
	if errors.Is(err, law.ErrNotFound) {
		return text{}, fmt.Errorf("%s is not stored", ref)
	}
	if err != nil {
		return text{}, err
	}
	return text{ref: ref.String(), key: e.EditionKey, doc: law.Build(ref.Lang, e.Title, e.Lines)}, nil
}

// act is what is known of the act of a stored text; nothing of a file's.
func (l *lazyStore) act(ctx context.Context, t text) (law.Act, error) {
	if l.open == nil || t.key.Act == "" {
		return law.Act{}, nil
	}
	a, err := l.open.Act(ctx, t.key.Act)
	if errors.Is(err, law.ErrNotFound) {
		return law.Act{}, nil
	}
	return a, err
}

func (l *lazyStore) reading(ctx context.Context) (err error) {
	if l.open == nil {
		l.open, err = store.OpenReading(ctx, l.url)
	}
	return err
}

// unknown says what there is instead.
func (l *lazyStore) unknown(ctx context.Context, key law.EditionKey) error {
	heads, err := l.open.Editions(ctx, key.Act)
	if err != nil {
		return err
	}
	if len(heads) == 0 {
		return fmt.Errorf("no text of %s is stored (tuzetu fetch adilet %s brings it in)", key.Act, key.Act)
	}
	var have []string
	for _, h := range heads {
		if h.Lang == key.Lang || len(heads) <= 6 {
			have = append(have, h.EditionKey.String())
		}
	}
	if len(have) == 0 {
		return fmt.Errorf("no text of %s in %s is stored", key.Act, key.Lang)
	}
	return fmt.Errorf("%s is not stored; there is %s", key, strings.Join(have, ", "))
}

func (l *lazyStore) Close() error {
	if l.open == nil {
		return nil
	}
	return l.open.Close()
}
