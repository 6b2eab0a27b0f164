package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/tuzetu/tuzetu/internal/archive"
	"github.com/tuzetu/tuzetu/internal/store"
)

// backup: everything a database holds, in one file.
func (a *app) backup(ctx context.Context, args *arguments) (err error) {
	var out string
	var db *string
	if _, err = args.parse(0, 0, func(fs *flag.FlagSet) {
		fs.StringVar(&out, "o", "", "")
		db = a.databaseFlag(fs)
	}); err != nil {
		return err
	}
	if out == "" {
		return args.wrong("-o FILE is needed (- is the standard output)")
	}
	if _, err := os.Lstat(out); err == nil {
		return fmt.Errorf("%s is there already; a backup overwrites nothing", out)
	}
	s, err := store.OpenReading(ctx, *db)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	var rows map[string]int
	err = a.output(out, func(w io.Writer) error {
		if rows, err = s.Backup(ctx, w, a.now()); err != nil {
			return err
		}
		if f, ok := w.(*os.File); ok && out != "-" {
			return f.Sync() // the file is to outlive this computer's next fall
		}
		return nil
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(a.stderr, "%s: %s\n", out, counted(rows))
	return nil
}

// restore: a backup into a new database.
func (a *app) restore(ctx context.Context, args *arguments) error {
	var db *string
	words, err := args.parse(1, 1, func(fs *flag.FlagSet) { db = a.databaseFlag(fs) })
	if err != nil {
		return err
	}
	f, err := os.Open(words[0])
	if errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("no such file: %s", words[0])
	}
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if info.IsDir() {
		return fmt.Errorf("%s is a folder", words[0])
	}
	rows, err := store.Restore(ctx, *db, f)
	for _, of := range []error{archive.ErrDamaged, archive.ErrNotArchive, archive.ErrNewer} {
		if errors.Is(err, of) {
			return fmt.Errorf("%s: %w", words[0], err)
		}
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(a.stderr, "%s: restored, %s\n", words[0], counted(rows))
	return nil
}

// counted says what rows are of.
func counted(rows map[string]int) string {
	all := 0
	for _, n := range rows {
		all += n
	}
	return fmt.Sprintf("%d acts, %d editions, %d rows in all", rows["acts"], rows["editions"], all)
}
