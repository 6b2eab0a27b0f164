package main

import (
	"context"
	"flag"
	"fmt"
	"io"

	"github.com/tuzetu/tuzetu/drafting"
	"github.com/tuzetu/tuzetu/law"
)

// parity: an amending act in Russian beside the same act in Kazakh. Differences
// are no error: they are what was asked for.
func (a *app) parity(ctx context.Context, args *arguments) error {
	var format, out string
	lang := law.EN
	var titles [2]string
	var db *string
	words, err := args.parse(2, 2, func(fs *flag.FlagSet) {
		fs.StringVar(&format, "format", "", "")
		fs.StringVar(&out, "o", "", "")
		fs.StringVar(&titles[0], "act", "", "")
		fs.StringVar(&titles[1], "act-kk", "", "")
		languageFlag(fs, &lang)
		db = a.databaseFlag(fs)
	})
	if err != nil {
		return err
	}
	if format, err = outputFormat(args, format, out, "text", "text", "json", "txt"); err != nil {
		return err
	}
	source := &lazyStore{url: *db}
	defer source.Close()
	var acts [2]*drafting.Amendment
	for i, lang := range [...]law.Lang{law.RU, law.KK} {
		if acts[i], err = a.readAmendment(ctx, source, words[i], lang); err != nil {
			return err
		}
		if titles[i] == "" {
			continue
		}
		if acts[i], err = acts[i].Of(titles[i]); err != nil {
			return fmt.Errorf("%s: %w", words[i], err)
		}
	}
	p := drafting.CompareLanguages(acts[0], acts[1])
	if err := a.output(out, func(w io.Writer) error {
		if format == "json" {
			return writeJSON(w, p.Report())
		}
		_, err := io.WriteString(w, p.List(lang))
		return err
	}); err != nil {
		return err
	}
	a.say("%s", p.Count(lang))
	return nil
}
