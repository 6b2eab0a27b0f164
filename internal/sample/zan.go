package sample

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// ZanCode is the number of the sample act in the second site; the amending law
// has the next one.
const ZanCode = "9900001"

const zanAmendingCode = "9900002"

// Zan is a second official site with the sample act, in the JSON of the
// reference control bank at zan.gov.kz:
//
//	/api/documents/9900001/{kaz|rus}             the newest edition, in two pages
//	/api/documents/9900001/{kaz|rus}/01.03.2025  the older one
//	/api/documents/9900001/{kaz|rus}/versions    the list of editions with their causes
//	/api/documents/9900002/rus                   the amending law
//
// The bank has no English texts. Everything else is missing (404). Pages carry an
// ETag, so that a page of one is 304 when it is asked for again.
func Zan() http.Handler {
	pages := map[string]servedPage{"/robots.txt": newServedPage("text/plain; charset=utf-8", []byte(robots), First)}
	put := func(address string, v any) {
		b, err := json.Marshal(v)
		if err != nil {
			panic(fmt.Sprintf("sample: %s: %v", address, err)) // our own types
		}
		pages[address] = newServedPage("application/json", b, Second)
	}
	for _, lang := range []law.Lang{law.KK, law.RU} {
		path := "/api/documents/" + ZanCode + "/" + siteWords(lang).path
		first, second := newZanText(lang, First), newZanText(lang, Second)
		put(path+"/"+First.Official()+"?page=1", first)
		half := len(second.Content) / 2
		for n, content := range [][]zanBlock{second.Content[:half], second.Content[half:]} {
			second.Content, second.Pages = content, 2
			put(path+"?page="+strconv.Itoa(n+1), second)
		}
		put(path+"/versions", []zanVersion{first.Version, second.Version})
	}
	amending := zanText{
		Code: zanAmendingCode, Ngr: AmendingActID, Language: "rus", Metadata: newZanMetadata(amendingAct()),
		Date: amendingAdopted, Published: amendingPublished, Actual: true, Versions: 1, Pages: 1,
		Content: []zanBlock{{ID: "1", Type: "doc", Level: 1}, {ID: "2", Type: "text", Level: 2, Text: amendingAct().Titles[law.RU]}},
	}
	put("/api/documents/"+zanAmendingCode+"/rus?page=1", amending)

	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		address := r.URL.Path
		if page := r.URL.Query().Get("page"); page != "" {
			address += "?page=" + page
		}
		p, ok := pages[address]
		p.serve(w, r, ok)
	})
}

type zanText struct {
	Code      string      `json:"code"`
	Ngr       law.ActID   `json:"ngr"`
	Version   zanVersion  `json:"version"`
	Language  string      `json:"language"`
	Metadata  zanMetadata `json:"metadata"`
	Actual    bool        `json:"actualVersion"`
	Versions  int         `json:"versionsCount"`
	Date      law.Date    `json:"versionDate"`
	Published law.Date    `json:"initialPublicationDate"`
	Content   []zanBlock  `json:"content"`
	Pages     int         `json:"pagesCount"`
}

type zanVersion struct {
	ID       string    `json:"id"`
	Language string    `json:"language"`
	Date     law.Date  `json:"versionDate"`
	Cause    *zanCause `json:"cause,omitempty"`
}

type zanMetadata struct {
	Title      zanNames `json:"title"`
	Requisites zanNames `json:"requisites"`
	Adopted    law.Date `json:"stateAgencyApprovalDate"`
	Status     string   `json:"status"`
}

type zanNames struct {
	Kaz string `json:"kaz"`
	Rus string `json:"rus"`
}

type zanCause struct {
	Document   string   `json:"document"`
	Title      zanNames `json:"title"`
	Requisites zanNames `json:"requisites"`
	Code       string   `json:"code"`
}

type zanBlock struct {
	ID         string        `json:"id"`
	Type       string        `json:"type"`
	Level      int           `json:"level"`
	Text       string        `json:"text,omitempty"`
	Index      string        `json:"index,omitempty"`
	Properties []zanProperty `json:"properties"`
}

type zanProperty struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

func newZanMetadata(act law.Act) zanMetadata {
	names := func(m map[law.Lang]string) zanNames { return zanNames{m[law.KK], m[law.RU]} }
	return zanMetadata{Title: names(act.Titles), Requisites: names(act.Requisites), Adopted: act.Adopted, Status: "upd"}
}

func newZanText(lang law.Lang, date law.Date) zanText {
	path := siteWords(lang).path
	v := zanVersion{ID: ZanCode + "_" + strings.ReplaceAll(string(date), "-", ""), Language: path, Date: date}
	if date == Second {
		m := newZanMetadata(amendingAct())
		v.Cause = &zanCause{Document: zanAmendingCode, Code: zanAmendingCode, Title: m.Title, Requisites: m.Requisites}
	}
	title, lines, err := law.ReadMarkdown(strings.NewReader(Markdown(lang, date)))
	if err != nil {
		panic(fmt.Sprintf("sample: the text of %s in %s: %v", date, lang, err)) // our own text
	}
	w := zanWriter{}
	w.write(law.Build(lang, title, lines))
	return zanText{
		Code: ZanCode, Ngr: ActID, Version: v, Language: path, Metadata: newZanMetadata(Act()),
		Actual: date == Second, Versions: 2, Date: date, Published: published, Content: w.blocks, Pages: 1,
	}
}

// zanWriter writes a law as the bank's flat list of blocks: a container for every
// unit, without words, and the words in blocks one level below it.
type zanWriter struct {
	blocks []zanBlock
	open   law.Kind // of a container that goes on over several provisions
}

func (w *zanWriter) write(d *law.Document) {
	w.block("doc", 1, "", "")
	w.block("title", 2, "", d.Title)
	notes := d.Notes
	for i, p := range d.Provisions {
		for len(notes) > 0 && notes[0].After <= i {
			w.note(notes[0], p)
			notes = notes[1:]
		}
		w.provision(p)
	}
	for _, n := range notes {
		w.note(n, nil)
	}
}

// note stands on the level of the unit it follows; a notice before the words of
// the unit it announces, inside of it.
func (w *zanWriter) note(n law.Note, next *law.Provision) {
	kind, level := "note", 3
	if strings.HasSuffix(n.Text, "!") {
		kind = "rcpi_notice"
	}
	if n.After == 0 {
		level = 2
	}
	if next != nil && next.Kind == law.Subparagraph {
		level = w.level(next) + 1
	}
	w.block(kind, level, "", n.Text)
}

var zanKinds = map[law.Kind]string{
	law.Preamble: "preamble", law.Section: "section", law.Chapter: "chapter", law.Division: "paragraph", law.Article: "article",
	law.Paragraph: "point", law.Subparagraph: "subpoint", law.Annex: "attach", law.Signature: "signature", law.Table: "table",
}

func (w *zanWriter) provision(p *law.Provision) {
	level := w.level(p)
	kind, isUnit := zanKinds[p.Kind]
	if isUnit && (p.Kind != w.open || p.Kind != law.Signature && p.Kind != law.Table) {
		w.block(kind, level, p.Number, "")
	}
	w.open = p.Kind
	switch {
	case !isUnit:
		w.block("text", level, "", p.Text)
	case p.Kind == law.Table:
		w.block("tableRow", level+1, "", "")
		for _, cell := range strings.Split(p.Text, " | ") {
			w.block("tableCell", level+2, "", "")
			w.block("text", level+3, "", cell)
		}
	case p.Kind == law.Signature:
		of := "workPosition"
		if strings.Contains(p.Text, ".") {
			of = "personName"
		}
		w.block(of, level+1, "", p.Text)
	case p.Kind == law.Preamble || p.Kind == law.Paragraph || p.Kind == law.Subparagraph:
		w.block("text", level+1, "", p.Text)
	default:
		w.block("heading", level+1, "", p.Text)
	}
}

// level of a unit is 2 at the top; parts and indents stand in the unit they are
// of, so that their words are one level below it.
func (w *zanWriter) level(p *law.Provision) int { return p.Depth + 2 }

func (w *zanWriter) block(kind string, level int, index, text string) {
	w.blocks = append(w.blocks, zanBlock{
		ID: strconv.Itoa(len(w.blocks) + 1), Type: kind, Level: level, Index: index, Text: text, Properties: []zanProperty{},
	})
}
