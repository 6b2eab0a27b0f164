package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/diffing/redline"
	"github.com/tuzetu/tuzetu/law"
)

// compared is what diff, blame and outcome have in common: texts in, one
// rendering out.
type compared struct {
	format, out string
	all         bool
	texts       []text
}

// readCompared reads the flags and the texts of a comparison; formats[0] is the
// standard one. more may declare flags of the command's own.
func (a *app) readCompared(ctx context.Context, args *arguments, least, most int, formats []string, more func(*flag.FlagSet)) (c compared, err error) {
	var db *string
	refs, err := args.parse(least, most, func(fs *flag.FlagSet) {
		fs.StringVar(&c.format, "format", "", "")
		fs.StringVar(&c.out, "o", "", "")
		fs.BoolVar(&c.all, "all", false, "")
		db = a.databaseFlag(fs)
		more(fs)
	})
	if err != nil {
		return c, err
	}
	if c.format, err = outputFormat(args, c.format, c.out, formats[0], formats...); err != nil {
		return c, err
	}
	if c.format == "docx" && c.out == "" && a.colour {
		return c, args.wrong("a .docx is not for the terminal: name a file with -o FILE.docx")
	}
	source := &lazyStore{url: *db}
	defer func() { err = errors.Join(err, source.Close()) }()
	for _, ref := range refs {
		t, err := a.readRef(ctx, source, ref)
		if err != nil {
			return c, err
		}
		c.texts = append(c.texts, t)
	}
	return c, nil
}

// terminal are the options of a rendering for a person.
func (a *app) terminalOptions(c compared) redline.TerminalOptions {
	return redline.TerminalOptions{
		Color: a.colour && c.out == "" && a.getenv("NO_COLOR") == "",
		Lang:  c.texts[len(c.texts)-1].doc.Lang, All: c.all,
	}
}

// diff: what changed between two texts.
func (a *app) diff(ctx context.Context, args *arguments) error {
	var variants bool
	c, err := a.readCompared(ctx, args, 2, 2, []string{"term", "json", "html", "docx"}, func(fs *flag.FlagSet) {
		fs.BoolVar(&variants, "variants", false, "")
	})
	if err != nil {
		return err
	}
	from, to := c.texts[0], c.texts[1]
	var options []diffing.Option
	if variants {
		options = append(options, diffing.ShowVariants())
	}
	result := diffing.Compare(from.doc, to.doc, options...)
	switch result.Warning {
	case diffing.DifferentLanguages:
		a.say("the texts are in different languages: %s and %s", from.doc.Lang, to.doc.Lang)
	case diffing.NothingInCommon:
		a.say("the texts have nothing in common; they are hardly two versions of one law")
	}
	return a.output(c.out, func(w io.Writer) error {
		switch c.format {
		case "json":
			return redline.JSON(w, result, from.meta(), to.meta(), c.all)
		case "html":
			return redline.HTML(w, result, from.meta(), to.meta(), redline.HTMLOptions{Lang: to.doc.Lang, All: c.all})
		case "docx":
			return redline.DOCX(w, result, from.meta(), to.meta(), a.now())
		}
		return redline.Terminal(w, result, a.terminalOptions(c))
	})
}

// blame: which edition brought each word. The last REF is the text that is
// shown, the ones before it are its history, oldest first.
func (a *app) blame(ctx context.Context, args *arguments) error {
	c, err := a.readCompared(ctx, args, 2, 1000, []string{"term", "json"}, func(*flag.FlagSet) {})
	if err != nil {
		return err
	}
	var documents []*law.Document
	var metas []redline.Meta
	for _, t := range c.texts {
		documents = append(documents, t.doc)
		metas = append(metas, t.meta())
	}
	blamed := diffing.Blame(documents...)
	return a.output(c.out, func(w io.Writer) error {
		if c.format == "json" {
			return redline.BlameJSON(w, blamed, metas)
		}
		return redline.BlameTerminal(w, blamed, metas, a.terminalOptions(c))
	})
}

// outcome: what became of a proposal.
func (a *app) outcome(ctx context.Context, args *arguments) error {
	c, err := a.readCompared(ctx, args, 2, 3, []string{"term", "json", "html", "docx"}, func(*flag.FlagSet) {})
	if err != nil {
		return err
	}
	var enacted *law.Document
	if len(c.texts) == 3 {
		enacted = c.texts[2].doc
	}
	for _, t := range c.texts[1:] {
		if t.doc.Lang != c.texts[0].doc.Lang {
			a.say("the texts are in different languages: %s and %s", c.texts[0].doc.Lang, t.doc.Lang)
		}
	}
	result := diffing.Outcome(c.texts[0].doc, c.texts[1].doc, enacted)
	return a.output(c.out, func(w io.Writer) error {
		switch c.format {
		case "json":
			return redline.OutcomeJSON(w, result)
		case "html":
			return redline.OutcomeHTML(w, result, redline.HTMLOptions{Lang: c.texts[0].doc.Lang, All: c.all})
		case "docx":
			return redline.OutcomeDOCX(w, result, c.texts[0].doc.Lang, a.now())
		}
		return redline.OutcomeTerminal(w, result, a.terminalOptions(c))
	})
}

// say tells a person something beside the result.
func (a *app) say(format string, args ...any) {
	fmt.Fprintf(a.stderr, "tuzetu: "+format+"\n", args...)
}

func (t text) meta() redline.Meta {
	return redline.Meta{
		Ref: t.ref, Act: t.key.Act, Lang: t.doc.Lang, Date: t.key.Date, Revision: t.key.Revision,
		Status: t.key.Status, Title: t.doc.Title,
	}
}
