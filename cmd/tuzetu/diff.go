package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/diffing/redline"
)

// diff: what changed between two texts.
func (a *app) diff(ctx context.Context, args *arguments) (err error) {
	var format, out string
	var all, variants bool
	var db *string
	words, err := args.parse(2, 2, func(fs *flag.FlagSet) {
		fs.StringVar(&format, "format", "", "")
		fs.StringVar(&out, "o", "", "")
		fs.BoolVar(&all, "all", false, "")
		fs.BoolVar(&variants, "variants", false, "")
		db = a.databaseFlag(fs)
	})
	if err != nil {
		return err
	}
	if format, err = outputFormat(args, format, out, "term", "term", "json", "html"); err != nil {
		return err
	}
	source := &lazyStore{url: *db}
	defer func() { err = errors.Join(err, source.Close()) }()
	from, err := a.readRef(ctx, source, words[0])
	if err != nil {
		return err
	}
	to, err := a.readRef(ctx, source, words[1])
	if err != nil {
		return err
	}
	var options []diffing.Option
	if variants {
		options = append(options, diffing.ShowVariants())
	}
	result := diffing.Compare(from.doc, to.doc, options...)
	switch result.Warning {
	case diffing.DifferentLanguages:
		fmt.Fprintf(a.stderr, "tuzetu: the texts are in different languages: %s and %s\n", from.doc.Lang, to.doc.Lang)
	case diffing.NothingInCommon:
		fmt.Fprintln(a.stderr, "tuzetu: the texts have nothing in common; they are hardly two versions of one law")
	}
	return a.output(out, func(w io.Writer) error {
		switch format {
		case "json":
			return redline.JSON(w, result, from.meta(), to.meta(), all)
		case "html":
			return redline.HTML(w, result, from.meta(), to.meta(), redline.HTMLOptions{Lang: to.doc.Lang, All: all})
		}
		return redline.Terminal(w, result, redline.TerminalOptions{
			Color: a.colour && out == "" && a.getenv("NO_COLOR") == "", Lang: to.doc.Lang, All: all,
		})
	})
}

func (t text) meta() redline.Meta {
	return redline.Meta{
		Ref: t.ref, Act: t.key.Act, Lang: t.doc.Lang, Date: t.key.Date, Revision: t.key.Revision,
		Status: t.key.Status, Title: t.doc.Title,
	}
}
