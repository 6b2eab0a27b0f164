package score

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/people"
	"github.com/tuzetu/tuzetu/web/read"
)

// EntriesPage is where an organisation enters its numbers, and all it entered.
type EntriesPage struct {
	people.Frame
	Public string
	Form   *EntryForm // nil for those who only read
	Wrong  []page.Link
	Past   []PastEntry
	Empty  string
}

// EntryForm is the form for a number, or for a correction of one.
type EntryForm struct {
	Action   string
	Hidden   []people.Hidden
	Corrects string
	Back     string // leaves the correction
	Fields   []page.Field
	Submit   string
}

// PastEntry is an entry as it was made; what another one replaced stays.
type PastEntry struct {
	N        int
	Name     read.Phrase
	Row      EntryRow
	Replaced string // by which entry
	Replaces string
	Who      read.Phrase
	Correct  string // the address of the form, "" where it cannot be corrected any more
}

// Entries shows them.
func (s *Scores) Entries(w http.ResponseWriter, r *http.Request) error {
	return s.entries(w, r, http.StatusOK, r.URL.Query().Get("correct"), nil, nil)
}

func (s *Scores) entries(w http.ResponseWriter, r *http.Request, status int, correct string, typed url.Values, wrong faults) error {
	v := s.view(r)
	p := EntriesPage{Frame: s.people.DeskFrame(r, "/targets", v.loc.T("sc.targets")), Public: v.in("/targets"), Empty: v.loc.T("sc.entries_none")}
	p.Lead = v.loc.T("sc.entries_lead")
	if r.URL.Query().Get("said") == "entered" {
		p.Notices = append(p.Notices, page.Notice{Title: v.loc.T("sc.said_entered")})
	}
	if wrong["stale"] != "" {
		p.Notices = append(p.Notices, page.Notice{Kind: "warning", Title: wrong["stale"]})
	}
	all, err := s.Store.IndicatorEntries(r.Context(), v.org())
	if err != nil {
		return err
	}
	names, err := s.people.Names(r.Context(), v.who.Place.Organisation)
	if err != nil {
		return err
	}
	edit := v.may(accounts.Edit)
	replaced := map[int]int{}
	for _, e := range all {
		replaced[e.Replaces] = e.Number
	}
	var corrected *dossiers.Entry
	for i, e := range slices.Backward(all) {
		row := PastEntry{N: e.Number, Name: s.indicatorName(v, e.Indicator), Who: person(v, names, e.By),
			Row: EntryRow{v.loc.Date(e.Day), v.loc.Number(e.Value), read.Said(e.What, v.ui), read.SourceLinks(e.Sources, v.ui), v.loc.Moment(e.At)}}
		if by := replaced[e.Number]; by > 0 {
			row.Replaced = v.loc.T("sc.replaced_by", "n", by)
		} else if edit {
			row.Correct = "?correct=" + strconv.Itoa(e.Number) + "#enter"
			if correct == strconv.Itoa(e.Number) {
				corrected = &all[i]
			}
		}
		if e.Replaces > 0 {
			row.Replaces = v.loc.T("sc.replaces", "n", e.Replaces)
		}
		p.Past = append(p.Past, row)
	}
	if edit {
		p.Form = s.entryForm(v, corrected, typed, wrong, &p.Wrong)
	}
	return s.pages.Render(w, r, status, page.Private, v.ui, "score_entries", p)
}

func (s *Scores) indicatorName(v view, id string) read.Phrase {
	for _, i := range s.indicators {
		if i.ID == id {
			return read.Said(i.Name, v.ui)
		}
	}
	return read.Phrase{Text: id, Lang: v.ui}
}

func (s *Scores) entryForm(v view, corrects *dossiers.Entry, typed url.Values, wrong faults, list *[]page.Link) *EntryForm {
	f := &EntryForm{Action: v.desk("/targets"), Submit: v.loc.T("sc.enter")}
	was := dossiers.Entry{}
	if corrects != nil {
		was = *corrects
		f.Hidden = []people.Hidden{{Name: "replaces", Value: strconv.Itoa(was.Number)}, {Name: "indicator", Value: was.Indicator}}
		f.Corrects, f.Back, f.Submit = v.loc.T("sc.correcting", "n", was.Number, "name", s.indicatorName(v, was.Indicator).Text), v.desk("/targets"), v.loc.T("sc.correct")
	}
	value := func(name, first string) string {
		if typed != nil {
			return typed.Get(name)
		}
		return first
	}
	add := func(x page.Field) {
		if x.Error = wrong[x.Name]; x.Error != "" {
			*list = append(*list, page.Link{Href: "#" + x.ID, Text: x.Label + ": " + x.Error})
		}
		f.Fields = append(f.Fields, x)
	}
	if corrects == nil {
		field := page.Field{ID: "indicator", Name: "indicator", Label: v.loc.T("sc.target"), Kind: "select"}
		for _, i := range s.indicators {
			if !i.Computed {
				field.Options = append(field.Options, page.Option{Value: i.ID, Text: i.Name.In(v.ui), Current: i.ID == value("indicator", "")})
			}
		}
		add(field)
	}
	number, hint := "", v.loc.T("sc.value_hint")
	if corrects != nil {
		number, hint = strconv.Itoa(was.Value), v.loc.T("sc.value_correct_hint")
	}
	add(page.Field{ID: "value", Name: "value", Label: v.loc.T("sc.value"), Hint: hint, Value: value("value", number), Required: true})
	add(page.Field{ID: "day", Name: "day", Label: v.loc.T("sc.date"), Kind: "date", Value: value("day", string(was.Day)), Required: true})
	for _, lang := range law.Langs {
		id := "what-" + string(lang)
		add(page.Field{ID: id, Name: id, Label: v.loc.T("sc.what_in", "language", v.loc.In(lang)), Value: value(id, was.What[lang])})
	}
	add(page.Field{ID: "sources", Name: "sources", Label: v.loc.T("prop.sources"), Hint: v.loc.T("dos.sources_hint"), Kind: "textarea", Value: value("sources", dossiers.SourceLines(was.Sources, v.ui)), Required: true})
	return f
}

// Enter stores a number, or a correction of one. What was entered is never changed.
func (s *Scores) Enter(w http.ResponseWriter, r *http.Request) error {
	if err := page.ReadForm(r); err != nil {
		return err
	}
	v, f := s.view(r), r.PostForm
	replaces := f.Get("replaces")
	was, err := s.corrected(r, v, replaces)
	if err != nil {
		return err
	}
	e, wrong := s.readEntry(v, f, was)
	if len(wrong) > 0 {
		return s.entries(w, r, http.StatusUnprocessableEntity, replaces, f, wrong)
	}
	_, err = s.Store.AddIndicatorEntry(r.Context(), v.org(), e, s.entry(v, "indicator.entered"))
	if errors.Is(err, dossiers.ErrState) {
		return s.entries(w, r, http.StatusConflict, replaces, f, faults{"stale": v.loc.T("sc.entry_stale")})
	}
	if err != nil {
		return page.Missing(err, dossiers.ErrNotFound)
	}
	return page.See(w, r, v.desk("/targets")+"?said=entered")
}

// corrected is the entry of a number, zero where there is none.
func (s *Scores) corrected(r *http.Request, v view, number string) (dossiers.Entry, error) {
	all, err := s.Store.IndicatorEntries(r.Context(), v.org())
	if i := slices.IndexFunc(all, func(e dossiers.Entry) bool { return strconv.Itoa(e.Number) == number }); i >= 0 {
		return all[i], err
	}
	return dossiers.Entry{}, err
}

func (s *Scores) readEntry(v view, f url.Values, was dossiers.Entry) (e dossiers.Entry, wrong faults) {
	wrong = faults{}
	e = dossiers.Entry{Indicator: f.Get("indicator")}
	if !slices.ContainsFunc(s.indicators, func(i dossiers.Indicator) bool { return i.ID == e.Indicator && !i.Computed }) {
		wrong["indicator"] = v.loc.T("sc.wrong_target")
	}
	e.Replaces, _ = strconv.Atoi(f.Get("replaces"))
	var err error
	if e.Value, err = strconv.Atoi(strings.Join(strings.Fields(f.Get("value")), "")); err != nil || e.Value < 0 || e.Value > 1_000_000 || e.Value == 0 && e.Replaces == 0 {
		wrong["value"] = v.loc.T("sc.wrong_value")
	}
	if e.Day, err = law.ParseDate(page.Typed(f.Get("day"))); err != nil || e.Day > s.today() {
		wrong["day"] = v.loc.T("sc.wrong_day")
	}
	e.What = law.Words{}
	for _, lang := range law.Langs {
		id := "what-" + string(lang)
		text := page.Typed(f.Get(id))
		if unfit(text) {
			wrong[id] = v.loc.N("sc.wrong_text", mostTyped)
		} else if text != "" {
			e.What[lang] = text
		}
	}
	if id := "what-" + string(v.ui); len(e.What) == 0 && wrong[id] == "" {
		wrong[id] = v.loc.T("sc.wrong_what")
	}
	if e.Sources = readSources(v, f, was.Sources, wrong); len(e.Sources) == 0 {
		wrong["sources"] = v.loc.T("sc.wrong_source")
	}
	return e, wrong
}
