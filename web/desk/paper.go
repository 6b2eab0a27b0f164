package desk

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/intake"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/people"
)

// paperStore knows the sheets that were typed in.
type paperStore interface {
	Sheets(ctx context.Context, id campaigns.CampaignID, limit int) ([]campaigns.Sheet, error)
	// WithdrawPaper erases a signature of the campaign that was given on paper;
	// campaigns.ErrNoSignature for any other.
	WithdrawPaper(ctx context.Context, id campaigns.CampaignID, signature campaigns.SignatureID, e accounts.Entry) error
}

// A printed sheet has paperRows lines; more come at a press of a button. Below
// the form stand the latest paperSheets.
const (
	paperRows   = 10
	paperMost   = 100
	paperSheets = 20
)

// PaperPage is a sheet to type in.
type PaperPage struct {
	people.Frame
	Form    string // "" while none is taken: which page was filled in
	Version int
	Region  page.Field // of all lines that name no other
	Lang    page.Field
	Lines   []PaperLine
	More    bool
	Table   page.Table
	// Withdraw is the action of the form for a signature whose owner wants it
	// erased; "" before there are any.
	Withdraw string
	Number   page.Field
}

// PaperLine is a line of a sheet.
type PaperLine struct {
	N       int
	Fields  []page.Field
	Agreed  PaperCheck
	Display PaperCheck
}

// PaperCheck is a box of a line.
type PaperCheck struct {
	Name, Error string
	On          bool
}

// Papers leads to the sheets of an organisation's campaigns.
func (d *Desk) Papers(w http.ResponseWriter, r *http.Request) error {
	loc := d.view(r).loc
	return d.list(w, r, "/paper", loc.T("section.paper"), loc.T("paper.lead"), []string{loc.T("paper.sheets")}, func(c campaigns.Campaign) ([]string, error) {
		last, err := d.Store.Sheets(r.Context(), c.ID, 1)
		if err != nil || len(last) == 0 {
			return []string{loc.Number(0)}, err
		}
		return []string{loc.Number(last[0].Number)}, nil
	})
}

// Paper shows an empty sheet.
func (d *Desk) Paper(w http.ResponseWriter, r *http.Request) error {
	v, err := d.asked(r)
	if err != nil {
		return err
	}
	return d.paper(w, r, http.StatusOK, v, paperRows, "", nil, nil)
}

// paper shows a sheet as it was typed, with what is wrong by line, from 1.
func (d *Desk) paper(w http.ResponseWriter, r *http.Request, status int, v view, rows int, form string, warning *page.Notice, wrong map[int]error) error {
	p := PaperPage{Frame: d.people.DeskFrame(r, "/paper/"+v.Slug, v.title), Version: v.Version}
	p.Lead = v.loc.T("paper.lead")
	if warning != nil {
		p.Notices = append(p.Notices, *warning)
	}
	sheets, err := d.Store.Sheets(r.Context(), v.ID, paperSheets)
	if err != nil {
		return err
	}
	if n, err := strconv.Atoi(r.URL.Query().Get("sheet")); err == nil {
		p.Query = "sheet=" + strconv.Itoa(n)
		for _, s := range sheets {
			if s.Number == n {
				p.Notices = append(p.Notices, stored(v.loc, s, r.URL.Query().Has("again")))
			}
		}
	}
	p.Table = page.Table{Caption: v.loc.T("paper.sheets"), Head: []string{v.loc.T("paper.number"), v.loc.T("paper.day"), v.loc.T("paper.lines")}}
	for _, s := range sheets {
		p.Table.Rows = append(p.Table.Rows, []page.Cell{{Text: v.loc.Number(s.Number)}, {Text: v.loc.Date(campaigns.Day(s.At))}, {Text: v.loc.Number(s.Lines)}})
	}
	if r.URL.Query().Has("withdrawn") {
		p.Query = "withdrawn"
		p.Notices = append(p.Notices, page.Notice{Title: v.loc.T("paper.withdrawn")})
	}
	if len(sheets) > 0 {
		p.Withdraw = v.at("/paper/" + v.Slug + "/withdraw")
		p.Number = page.Field{ID: "number", Name: "number", Label: v.loc.T("paper.signature"), Value: r.PostFormValue("number"), Autocomplete: "off", Required: true}
	}
	if v.State.TakesConfirmations() {
		if p.Form = form; form == "" {
			if p.Form, err = accounts.NewID(d.Random); err != nil {
				return err
			}
		}
		d.lines(&p, r, v, rows, wrong)
	} else {
		p.Notices = append(p.Notices, page.Notice{Title: v.loc.T("paper.closed")})
	}
	return d.pages.Render(w, r, status, page.Private, v.ui, "paper", p)
}

// stored says what became of a sheet.
func stored(loc *i18n.Locale, s campaigns.Sheet, again bool) page.Notice {
	n := strconv.Itoa(s.Number)
	if again {
		return page.Notice{Kind: "warning", Title: loc.N("paper.again", s.Lines, "sheet", n), Texts: []string{loc.T("paper.again_text")}}
	}
	return page.Notice{Title: loc.N("paper.stored", s.Lines, "sheet", n), Texts: []string{loc.T("paper.stored_text")}}
}

// lines are those of a sheet as they were typed.
func (d *Desk) lines(p *PaperPage, r *http.Request, v view, rows int, wrong map[int]error) {
	typed := func(name string) string { return r.PostFormValue(name) }
	p.Region = page.Field{ID: "region", Name: "region", Kind: "select", Label: v.loc.T("paper.region"), Options: d.regionOptions(v, typed("region"), "paper.choose")}
	p.Lang = page.Field{ID: "lang", Name: "lang", Kind: "select", Label: v.loc.T("paper.lang"), Options: langOptions(v, typed("lang"), false)}
	p.More = rows < paperMost
	for n := 1; n <= rows; n++ {
		at := strconv.Itoa(n)
		var faults campaigns.FormError
		errors.As(wrong[n], &faults)
		fault := func(f campaigns.Field) string {
			if faults[f] == "" {
				return ""
			}
			return wrongWords(v.loc, f, faults[f])
		}
		field := func(name string, of campaigns.Field, label string) page.Field {
			return page.Field{ID: name + at, Name: name + at, Label: label, Value: typed(name + at), Error: fault(of), Autocomplete: "off"}
		}
		line := PaperLine{N: n, Agreed: PaperCheck{"agreed" + at, fault(campaigns.FieldAgreed), typed("agreed"+at) != ""}, Display: PaperCheck{"display" + at, "", typed("display"+at) != ""}}
		region, lang := field("region", campaigns.FieldRegion, v.loc.T("sign.region")), field("lang", campaigns.FieldLang, v.loc.T("paper.lang_one"))
		region.Kind, region.Options = "select", d.regionOptions(v, region.Value, "paper.as_sheet")
		lang.Kind, lang.Options = "select", langOptions(v, lang.Value, true)
		line.Fields = []page.Field{field("given", campaigns.FieldGiven, v.loc.T("sign.given")), field("surname", campaigns.FieldSurname, v.loc.T("sign.surname")),
			region, lang, field("representative", campaigns.FieldRepresentative, v.loc.T("paper.minor"))}
		p.Lines = append(p.Lines, line)
	}
}

// regionOptions are the regions, after an empty choice.
func (d *Desk) regionOptions(v view, current, empty string) []page.Option {
	out := []page.Option{{Text: emptyChoice(v.loc, empty)}}
	for _, region := range d.regions {
		out = append(out, page.Option{Value: region.Code, Text: region.Name.In(v.ui), Current: region.Code == current})
	}
	return out
}

func emptyChoice(loc *i18n.Locale, key string) string {
	if key == "paper.as_sheet" {
		return loc.T("paper.as_sheet")
	}
	return loc.T("paper.choose")
}

// langOptions are the languages of a campaign; a line may be as its sheet is.
func langOptions(v view, current string, line bool) (out []page.Option) {
	if line {
		out = append(out, page.Option{Text: v.loc.T("paper.as_sheet")})
	}
	for _, lang := range v.Languages {
		out = append(out, page.Option{Value: string(lang), Text: i18n.Own(lang), Lang: lang, Current: string(lang) == current || current == "" && !line && lang == v.ui})
	}
	return out
}

// EnterPaper stores a sheet, or shows it with more lines.
func (d *Desk) EnterPaper(w http.ResponseWriter, r *http.Request) error {
	v, err := d.asked(r)
	if err != nil {
		return err
	}
	if err := page.ReadForm(r); err != nil {
		return err
	}
	rows, err := strconv.Atoi(r.PostForm.Get("rows"))
	filled := r.PostForm.Get("form")
	if err != nil || rows < 1 || rows > paperMost || len(filled) < 16 || len(filled) > 64 {
		return errors.Join(page.ErrForm, err)
	}
	if r.PostForm.Get("do") == "more" {
		return d.paper(w, r, http.StatusOK, v, min(rows+paperRows, paperMost), filled, nil, nil)
	}
	if r.PostForm.Get("version") != strconv.Itoa(v.Version) {
		return d.paper(w, r, http.StatusConflict, v, rows, filled, &page.Notice{Kind: "warning", Title: v.loc.T("paper.changed"), Texts: []string{v.loc.T("paper.changed_text", "n", strconv.Itoa(v.Version))}}, nil)
	}
	sheet, numbers := typedSheet(r, v, rows)
	if len(sheet) == 0 {
		return d.paper(w, r, http.StatusUnprocessableEntity, v, rows, filled, &page.Notice{Kind: "warning", Title: v.loc.T("paper.empty")}, nil)
	}
	stored, err := d.Intake.Paper(r.Context(), v.ID, sheet, filled, d.entry(v, "paper.entered"))
	var bad *intake.SheetError
	switch {
	case errors.As(err, &bad):
		wrong := map[int]error{}
		for line, err := range bad.Lines {
			wrong[numbers[line-1]] = err
		}
		return d.paper(w, r, http.StatusUnprocessableEntity, v, rows, filled, &page.Notice{Kind: "warning", Title: v.loc.N("paper.wrong", len(wrong))}, wrong)
	case errors.Is(err, campaigns.ErrSheetKnown):
		return page.See(w, r, v.at("/paper/"+v.Slug)+"?sheet="+strconv.Itoa(stored.Number)+"&again")
	case errors.Is(err, campaigns.ErrState), errors.Is(err, campaigns.ErrTextChanged):
		return d.paper(w, r, http.StatusConflict, v, rows, filled, &page.Notice{Kind: "warning", Title: v.loc.T("paper.moved")}, nil)
	case err != nil:
		return err
	}
	return page.See(w, r, v.at("/paper/"+v.Slug)+"?sheet="+strconv.Itoa(stored.Number))
}

// typedSheet are the lines in which something stands, and which lines these are.
func typedSheet(r *http.Request, v view, rows int) (sheet []campaigns.Form, numbers []int) {
	for n := 1; n <= rows; n++ {
		get := func(name string) string { return r.PostForm.Get(name + strconv.Itoa(n)) }
		f := campaigns.Form{Campaign: v.ID, Given: get("given"), Surname: get("surname"), Region: get("region"), Lang: law.Lang(get("lang")),
			Representative: get("representative"), Agreed: get("agreed") != "", Display: get("display") != ""}
		if f.Given+f.Surname+f.Representative+f.Region+string(f.Lang) == "" && !f.Agreed && !f.Display {
			continue
		}
		f.Adult = f.Representative == ""
		if f.Region == "" {
			f.Region = r.PostForm.Get("region")
		}
		if f.Lang == "" {
			f.Lang = law.Lang(r.PostForm.Get("lang"))
		}
		sheet, numbers = append(sheet, f), append(numbers, n)
	}
	return sheet, numbers
}

// wrongWords say what is wrong with a field of a line.
func wrongWords(loc *i18n.Locale, field campaigns.Field, p campaigns.Problem) string {
	switch {
	case field == campaigns.FieldAgreed:
		return loc.T("paper.agreed_missing")
	case p == campaigns.Missing:
		return loc.T("wrong.missing")
	case p == campaigns.TooLong:
		return loc.T("wrong.long")
	case p == campaigns.NotAName:
		return loc.T("wrong.name")
	case p == campaigns.BadCharacter:
		return loc.T("wrong.character")
	}
	return loc.T("wrong.choice")
}
