package draft

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/tuzetu/tuzetu/drafting"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// ParityPage is the form for one act in two languages and, once it was sent,
// where they differ.
type ParityPage struct {
	page.Layout
	Sides [2]Side
	Done  *Parity
}

// Side is the act in one language.
type Side struct {
	Lang  law.Lang
	Label string
	Text  string
	Fault string

	fileName string
	file     []byte
}

// Parity is what became of comparing.
type Parity struct {
	Count  string
	Same   bool
	Frame  []Differs
	Differ []ParityRow // what has to be looked at
	Alike  []ParityRow
}

// ParityRow is an instruction in both languages, or in one.
type ParityRow struct {
	RU, KK  *Order
	Differs []Differs
}

// Order is an instruction in one language.
type Order struct {
	Line        int
	Text, Cites string
}

// Differs is one thing that is not the same.
type Differs struct{ What, RU, KK string }

// ParityForm shows the empty form.
func (d *Drafter) ParityForm(w http.ResponseWriter, r *http.Request) error {
	return d.pages.Render(w, r, http.StatusOK, page.Private, page.UI(r), "draft_parity", d.parityPage(r))
}

func (d *Drafter) parityPage(r *http.Request) *ParityPage {
	l := d.pages.Locale(page.UI(r))
	p := &ParityPage{Layout: d.pages.Frame(r, page.UI(r), "/draft/parity"), Sides: [2]Side{
		{Lang: law.RU, Label: l.T("parity.ru")}, {Lang: law.KK, Label: l.T("parity.kk")}}}
	p.Title, p.Description, p.Private, p.Sheet = l.T("parity.title"), l.T("parity.lead"), true, "draft.css"
	return p
}

// ParityWork compares an act in its two languages.
func (d *Drafter) ParityWork(w http.ResponseWriter, r *http.Request) error {
	p := d.parityPage(r)
	status, err := p.parse(r)
	if say, ok := d.fault(r, err); ok {
		p.Sides[0].Fault = say
		return d.pages.Render(w, r, status, page.Private, page.UI(r), "draft_parity", p)
	}
	if err != nil {
		return err
	}
	if err := d.take(r); err != nil {
		return err
	}
	defer d.free()
	var acts [2]*drafting.Amendment
	for i := range p.Sides {
		s := &p.Sides[i]
		lines, err := d.pasted(&s.Text, s.fileName, s.file)
		if err == nil {
			acts[i], err = drafting.Read(s.Lang, lines)
		}
		switch say, ok := d.fault(r, err); {
		case errors.Is(err, drafting.ErrLanguage):
			s.Fault, status = d.pages.Locale(page.UI(r)).T("parity.fault.language"), http.StatusUnprocessableEntity
		case ok:
			s.Fault, status = say, http.StatusUnprocessableEntity
		case err != nil:
			return err
		}
	}
	if status == http.StatusOK {
		p.Done = parity(d.pages.Locale(page.UI(r)), drafting.CompareLanguages(acts[0], acts[1]))
	}
	return d.pages.Render(w, r, status, page.Private, page.UI(r), "draft_parity", p)
}

func (p *ParityPage) parse(r *http.Request) (status int, err error) {
	if err := r.ParseMultipartForm(mostMemory); err != nil && !errors.Is(err, http.ErrNotMultipart) {
		return http.StatusRequestEntityTooLarge, fmt.Errorf("%w: %w", page.ErrForm, err)
	}
	for i := range p.Sides {
		s := &p.Sides[i]
		s.Text = strings.ReplaceAll(r.PostForm.Get("text-"+string(s.Lang)), "\r\n", "\n")
		if r.MultipartForm == nil {
			continue
		}
		if s.fileName, s.file, err = sent(r, "file-"+string(s.Lang)); err != nil {
			return http.StatusBadRequest, err
		}
	}
	if r.MultipartForm != nil {
		err = r.MultipartForm.RemoveAll()
	}
	return http.StatusOK, err
}

func parity(l *i18n.Locale, c *drafting.Parity) *Parity {
	p := &Parity{Count: c.Count(l.Lang), Same: c.Same(), Frame: differs(l, c.Frame)}
	for i := range c.Pairs {
		x := &c.Pairs[i]
		row := ParityRow{RU: order(l, &x.RU), KK: order(l, &x.KK)}
		for _, d := range x.Differences {
			if d.What == drafting.AddressDiffers { // in words
				d.RU, d.KK = row.RU.Cites, row.KK.Cites
			}
			row.Differs = append(row.Differs, differs(l, []drafting.Difference{d})...)
		}
		if len(row.Differs) > 0 {
			p.Differ = append(p.Differ, row)
		} else {
			p.Alike = append(p.Alike, row)
		}
	}
	for i := range c.OnlyRU {
		p.Differ = append(p.Differ, ParityRow{RU: order(l, &c.OnlyRU[i])})
	}
	for i := range c.OnlyKK {
		p.Differ = append(p.Differ, ParityRow{KK: order(l, &c.OnlyKK[i])})
	}
	return p
}

func order(l *i18n.Locale, in *drafting.Instruction) *Order {
	return &Order{Line: in.From, Text: in.Text, Cites: cites(l, in.Targets)}
}

func differs(l *i18n.Locale, of []drafting.Difference) (out []Differs) {
	for _, x := range of {
		ru, kk := x.Said(l.Lang)
		out = append(out, Differs{x.What.In(l.Lang), ru, kk})
	}
	return out
}
