package draft

import (
	"bytes"
	"fmt"
	"mime"
	"net/http"
	"strconv"

	"github.com/tuzetu/tuzetu/drafting/paper"
	"github.com/tuzetu/tuzetu/drafting/table"
	"github.com/tuzetu/tuzetu/web/page"
)

func number(n int) string { return strconv.Itoa(n) }

// types are the files a form can be answered with, by their names.
var types = map[string]string{
	"table.docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	"table.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	"table.html": "text/html; charset=utf-8",
	"act.docx":   "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	"text.txt":   "text/plain; charset=utf-8",
	"text.md":    "text/markdown; charset=utf-8",
}

// file answers with the table, the act or the text that came of a form.
func (d *Drafter) file(w http.ResponseWriter, r *http.Request, q request, x *done) error {
	kind, known := types[q.take]
	if !known || q.take == "act.docx" && (x.written == nil || len(x.written.Lines) == 0) {
		return fmt.Errorf("%w: no file %q", page.ErrForm, q.take)
	}
	var b bytes.Buffer
	var err error
	switch q.take {
	case "act.docx":
		err = paper.DOCX(&b, x.written, d.now())
	case "text.txt":
		b.WriteString(x.after.PlainText())
	case "text.md":
		b.WriteString(x.after.Markdown())
	default:
		var t *table.Table
		o := table.Options{Kind: table.Government, Requisites: x.act.Requisites[x.base.Lang], Adopted: x.act.Adopted}
		if x.written != nil {
			o.Bill = x.written.Title
		}
		if t, err = table.New(x.changes, o); err != nil {
			return err
		}
		switch q.take {
		case "table.docx":
			err = t.DOCX(&b, d.now())
		case "table.xlsx":
			err = t.XLSX(&b, d.now())
		default:
			err = t.HTML(&b)
		}
	}
	if err != nil {
		return err
	}
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": q.take}))
	page.Write(w, r, http.StatusOK, kind, page.Private, b.Bytes())
	return nil
}
