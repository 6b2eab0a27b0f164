package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/drafting"
	"github.com/tuzetu/tuzetu/drafting/table"
)

// table: the comparative table of a law and what is proposed for it.
func (a *app) table(ctx context.Context, args *arguments) (err error) {
	var form, bill, rows, out string
	var db *string
	refs, err := args.parse(2, 2, func(fs *flag.FlagSet) {
		fs.StringVar(&form, "form", string(table.Government), "")
		fs.StringVar(&bill, "bill", "", "")
		fs.StringVar(&rows, "rows", "", "")
		fs.StringVar(&out, "o", "", "")
		db = a.databaseFlag(fs)
	})
	if err != nil {
		return err
	}
	o := table.Options{Kind: table.Kind(form)}
	if o.Kind != table.Government && o.Kind != table.Committee {
		return args.wrong(fmt.Sprintf("--form is government or committee, not %q", form))
	}
	if bill != "" && o.Kind != table.Committee {
		return args.wrong("--bill is of the committee's form (--form committee)")
	}
	ending := strings.ToLower(filepath.Ext(out))
	if ending != ".docx" && ending != ".xlsx" && ending != ".html" {
		return args.wrong("name the table's file: -o FILE.docx, .xlsx or .html")
	}
	if rows != "" {
		if o.Remarks, err = readRemarks(rows); err != nil {
			return err
		}
	}
	if bill != "" { // the committee sets what is asked for against the bill
		refs[0] = bill
	}
	source := &lazyStore{url: *db}
	defer func() { err = errors.Join(err, source.Close()) }()
	var texts [2]text
	for i, ref := range refs {
		if texts[i], err = a.readRef(ctx, source, ref); err != nil {
			return err
		}
	}
	from, to := texts[0], texts[1]
	result := diffing.Compare(from.doc, to.doc)
	if result.Warning == diffing.DifferentLanguages {
		return fmt.Errorf("the texts are in different languages: %s and %s", from.doc.Lang, to.doc.Lang)
	}
	if result.Warning == diffing.NothingInCommon {
		a.say("the texts have nothing in common; they are hardly two versions of one law")
	}
	known, err := source.act(ctx, from)
	if err != nil {
		return err
	}
	o.Requisites, o.Adopted = known.Requisites[from.doc.Lang], known.Adopted
	if act, err := drafting.Write(from.doc, to.doc, drafting.WriteOptions{Requisites: o.Requisites, Adopted: o.Adopted}); err == nil {
		o.Bill = act.Title
	}
	t, err := table.New(result, o)
	if err != nil {
		return err
	}
	if len(t.Rows) == 0 {
		a.say("nothing changes: the table has no rows")
	}
	return a.output(out, func(w io.Writer) error {
		switch ending {
		case ".xlsx":
			return t.XLSX(w, a.now())
		case ".html":
			return t.HTML(w)
		}
		return t.DOCX(w, a.now())
	})
}

func readRemarks(name string) (table.Remarks, error) {
	raw, err := readBounded(name)
	if err != nil {
		return nil, err
	}
	remarks, err := table.ReadRemarks(bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return remarks, nil
}
