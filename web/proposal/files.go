package proposal

import (
	"bytes"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"strings"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/diffing/redline"
	"github.com/tuzetu/tuzetu/drafting"
	"github.com/tuzetu/tuzetu/drafting/edit"
	"github.com/tuzetu/tuzetu/drafting/paper"
	"github.com/tuzetu/tuzetu/drafting/table"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

const (
	docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

// kinds are the files that a published proposal is taken away as, by their names.
var kinds = map[string]string{"redline.docx": docx, "table.docx": docx, "table.xlsx": xlsx, "committee.docx": docx, "act.docx": docx, "text.md": "text/markdown; charset=utf-8"}

// files are links to them.
func (p *public) files(lang law.Lang) []page.Link {
	at := "/" + string(p.ui) + p.path() + "/" + string(lang) + "/"
	out := []page.Link{{Href: at + "redline.docx", Text: p.loc.T("prop.redline_docx")}, {Href: at + "table.docx", Text: p.loc.T("draft.table", "format", "DOCX")},
		{Href: at + "table.xlsx", Text: p.loc.T("draft.table", "format", "XLSX")}, {Href: at + "committee.docx", Text: p.loc.T("prop.committee_docx")}}
	if lang != law.EN {
		out = append(out, page.Link{Href: at + "act.docx", Text: p.loc.T("draft.act")})
	}
	return append(out, page.Link{Href: at + "text.md", Text: p.loc.T("draft.after", "format", "MD")})
}

// File answers with one of them.
func (ps *Proposals) File(w http.ResponseWriter, r *http.Request) error {
	p, err := ps.public(r)
	if err != nil {
		return err
	}
	name := r.PathValue("file")
	kind, known := kinds[name]
	lang, err := law.ParseLang(r.PathValue("lang"))
	base, proposed, ok := p.texts(lang)
	if !known || err != nil || !ok || proposed.Lang != lang || name == "act.docx" && lang == law.EN {
		return fmt.Errorf("%w: no file %q", page.ErrNoPage, name)
	}
	from, err := ps.edition(r.Context(), base)
	if err != nil {
		return err
	}
	to, err := ps.edition(r.Context(), proposed)
	if err != nil {
		return err
	}
	act, err := ps.Store.Act(r.Context(), base.Act)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	made := p.all[0].At
	switch name {
	case "text.md":
		b.WriteString(to.Markdown())
	case "redline.docx":
		err = redline.DOCX(&b, diffing.Compare(from, to), meta(base, from), meta(proposed, to), made)
	case "act.docx":
		written, err := drafting.Write(from, to, drafting.WriteOptions{Requisites: act.Requisites[from.Lang], Adopted: act.Adopted})
		if errors.Is(err, drafting.ErrNothing) {
			return fmt.Errorf("%w: %w", page.ErrNoPage, err)
		}
		if err != nil {
			return err
		}
		if err := paper.DOCX(&b, written, made); err != nil {
			return err
		}
	default:
		err = p.table(&b, name, act, from, to)
	}
	if err != nil {
		return err
	}
	file := "proposal-" + fmt.Sprint(int64(p.ID)) + "-" + string(lang) + "-" + name
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": file}))
	page.Write(w, r, http.StatusOK, kind, page.Fresh, b.Bytes())
	return nil
}

func meta(k law.EditionKey, d *law.Document) redline.Meta {
	return redline.Meta{Ref: k.String(), Act: k.Act, Lang: k.Lang, Date: k.Date, Revision: k.Revision, Status: k.Status, Title: d.Title}
}

// table is the comparative table with the reasons of the changes, and in that of a
// committee who carries them and whose they are.
func (p *public) table(b *bytes.Buffer, name string, act law.Act, from, to *law.Document) error {
	r := diffing.Compare(from, to)
	o := table.Options{Kind: table.Government, Requisites: act.Requisites[from.Lang], Adopted: act.Adopted}
	written, err := drafting.Write(from, to, drafting.WriteOptions{Requisites: o.Requisites, Adopted: o.Adopted})
	if err != nil && !errors.Is(err, drafting.ErrNothing) {
		return err
	}
	if written != nil {
		o.Bill = written.Title
	}
	if name == "committee.docx" {
		o.Kind = table.Committee
	}
	for _, c := range edit.Of(r) {
		why, ok := p.version.Reason(changeOf(&c))
		if !ok {
			continue
		}
		text := why.Text.In(to.Lang)
		for _, s := range why.Sources {
			text += "\n" + strings.TrimSpace(s.Title.In(to.Lang)+" "+s.Href)
		}
		o.Remarks = append(o.Remarks, table.Remark{Address: c.Key(), Justification: strings.TrimSpace(text), Author: p.Carrier.In(to.Lang), Source: p.Author.In(to.Lang)})
	}
	t, err := table.New(r, o)
	if err != nil {
		return err
	}
	if name == "table.xlsx" {
		return t.XLSX(b, p.all[0].At)
	}
	return t.DOCX(b, p.all[0].At)
}
