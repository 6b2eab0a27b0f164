package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"

	"github.com/tuzetu/tuzetu/drafting"
	"github.com/tuzetu/tuzetu/drafting/paper"
	"github.com/tuzetu/tuzetu/law"
)

// instruct: the amending act that makes one text of a law the other, in their
// language. It was applied before it is printed; what it does not order is said.
func (a *app) instruct(ctx context.Context, args *arguments) (err error) {
	var format, out, adopted string
	lang := law.EN
	var o drafting.WriteOptions
	var db *string
	var flags *flag.FlagSet
	words, err := args.parse(2, 2, func(fs *flag.FlagSet) {
		fs.StringVar(&format, "format", "", "")
		fs.StringVar(&out, "o", "", "")
		fs.StringVar(&o.Title, "act", "", "")
		fs.StringVar(&adopted, "adopted", "", "")
		fs.StringVar(&o.Force, "in-force", "", "")
		languageFlag(fs, &lang)
		db, flags = a.databaseFlag(fs), fs
	})
	if err != nil {
		return err
	}
	if format, err = outputFormat(args, format, out, "text", "text", "json", "docx", "txt"); err != nil {
		return err
	}
	if adopted != "" {
		if o.Adopted, err = law.ParseDate(adopted); err != nil {
			return err
		}
	}
	source := &lazyStore{url: *db}
	defer func() { err = errors.Join(err, source.Close()) }()
	var texts [2]text
	for i, ref := range words {
		if texts[i], err = a.readRef(ctx, source, ref); err != nil {
			return err
		}
	}
	known, err := source.act(ctx, texts[0])
	if err != nil {
		return err
	}
	o.Requisites = known.Requisites[texts[0].doc.Lang]
	o.Adopted = cmp.Or(o.Adopted, known.Adopted)
	act, err := drafting.Write(texts[0].doc, texts[1].doc, o)
	if err != nil {
		return err
	}
	var cited references
	if wanted := given(flags, "db") || texts[0].key.Act != ""; wanted || format == "json" {
		if cited, err = a.references(ctx, source, wanted, texts[0], o.Title, texts[1].doc); err != nil {
			return err
		}
	}
	if err := a.output(out, func(w io.Writer) error {
		if format != "json" {
			return a.writeAct(w, format, act)
		}
		report := act.Report()
		report.References, report.Searched = append(report.References, cited.list...), cited.searched
		return writeJSON(w, report)
	}); err != nil {
		return err
	}
	for _, u := range act.Unexpressed {
		a.say("%s", u.In(lang))
	}
	a.say("%s", act.Count(lang))
	a.sayReferences(cited, lang)
	return nil
}

func (a *app) writeAct(w io.Writer, format string, act *drafting.Act) error {
	if format == "docx" {
		return paper.DOCX(w, act, a.now())
	}
	_, err := fmt.Fprint(w, act.Text())
	return err
}
