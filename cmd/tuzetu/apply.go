package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/tuzetu/tuzetu/drafting"
	"github.com/tuzetu/tuzetu/internal/ooxml"
	"github.com/tuzetu/tuzetu/law"
)

// apply: an amending act applied to the text before it. What could not be
// applied for certain is left out, listed and counted; it is no error.
func (a *app) apply(ctx context.Context, args *arguments) (err error) {
	var format, out, act, published, placeholder string
	lang := law.EN
	var db *string
	var flags *flag.FlagSet
	words, err := args.parse(2, 2, func(fs *flag.FlagSet) {
		fs.StringVar(&format, "format", "", "")
		fs.StringVar(&out, "o", "", "")
		fs.StringVar(&act, "act", "", "")
		fs.StringVar(&published, "published", "", "")
		fs.StringVar(&placeholder, "placeholder", "", "")
		languageFlag(fs, &lang)
		db, flags = a.databaseFlag(fs), fs
	})
	if err != nil {
		return err
	}
	if format, err = outputFormat(args, format, out, "text", "text", "json", "txt", "md"); err != nil {
		return err
	}
	var day law.Date
	if published != "" {
		if day, err = law.ParseDate(published); err != nil {
			return err
		}
	}
	source := &lazyStore{url: *db}
	defer func() { err = errors.Join(err, source.Close()) }()
	base, err := a.readRef(ctx, source, words[0])
	if err != nil {
		return err
	}
	amendment, err := a.readAmendment(ctx, source, words[1], base.doc.Lang)
	if err != nil {
		return err
	}
	if act == "" {
		act = base.doc.Title
	}
	of, err := amendment.Of(act)
	if title := drafting.TitleLine(base.doc); title != "" && errors.Is(err, drafting.ErrSeveralActs) {
		of, err = amendment.Of(title)
	}
	if amendment = of; err != nil {
		if errors.Is(err, drafting.ErrSeveralActs) {
			err = fmt.Errorf("%w (say which with --act TITLE)", err)
		}
		return fmt.Errorf("%s: %w", words[1], err)
	}
	result := drafting.Apply(base.doc, amendment, day, drafting.Placeholders(placeholder))
	var cited references
	if wanted := given(flags, "db") || base.key.Act != ""; wanted || format == "json" {
		cited, err = a.references(ctx, source, wanted, base, act, built(base.doc, result))
		if err != nil {
			return err
		}
	}
	if err := a.output(out, func(w io.Writer) error {
		if format != "json" {
			return writeApplied(w, format, base.doc, result)
		}
		report := result.Report(base.doc.Lang)
		report.References, report.Searched = append(report.References, cited.list...), cited.searched
		return writeJSON(w, report)
	}); err != nil {
		return err
	}
	a.sayApplied(result, lang)
	a.sayReferences(cited, lang)
	return nil
}

// readAmendment reads the lines of an amending act from a file or an edition.
func (a *app) readAmendment(ctx context.Context, db *lazyStore, ref string, lang law.Lang) (*drafting.Amendment, error) {
	var lines []law.Line
	if _, err := os.Stat(ref); err != nil && strings.Contains(ref, "@") {
		t, err := a.readRef(ctx, db, ref)
		if err != nil {
			return nil, err
		}
		if lines, err = law.ReadText(strings.NewReader(t.doc.PlainText())); err != nil {
			return nil, fmt.Errorf("%s: %w", ref, err)
		}
	} else {
		f, err := readFile(ref, ooxml.Accept)
		if err != nil {
			return nil, err
		}
		for _, w := range f.warnings {
			a.say("%s: %s", ref, w)
		}
		lines = f.lines
	}
	amendment, err := drafting.Read(lang, lines)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", ref, err)
	}
	return amendment, nil
}

// built is the text that came of an amendment.
func built(base *law.Document, r *drafting.Result) *law.Document {
	return law.Build(base.Lang, r.Title, drafting.Lines(r.Text))
}

func writeApplied(w io.Writer, format string, base *law.Document, r *drafting.Result) error {
	doc := built(base, r)
	text := doc.PlainText()
	if format == "md" {
		text = doc.Markdown()
	}
	_, err := io.WriteString(w, text)
	return err
}

// sayApplied lists what was not applied and what was done beside the words of the
// act, each with its line in the act, and counts.
func (a *app) sayApplied(r *drafting.Result, lang law.Lang) {
	for i := range r.Outcomes {
		o := &r.Outcomes[i]
		at := drafting.AtLine(o.From, lang)
		if o.Status != drafting.Applied {
			a.say("%s: %s: %s: %s", at, o.Status.In(lang), o.Reason.In(lang), o.Head())
		}
		for _, n := range o.Told() {
			a.say("%s: %s", at, n.In(lang))
		}
	}
	for _, d := range r.Doubts {
		a.say("%s: %s", drafting.AtLine(d.From, lang), d.Reason.In(lang))
	}
	a.say("%s", r.Count(lang))
}
