package delivery

import (
	"bytes"
	"cmp"
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/internal/ooxml"
	"github.com/tuzetu/tuzetu/law"
)

//go:embed letters/*.json letter.html
var letterFiles embed.FS

// Pack is what an addressee is told.
type Pack struct {
	Campaign  campaigns.Campaign
	Text      campaigns.TextVersion
	Addressee string
	Lang      law.Lang
	Href      string
	At        time.Time
	Total     int64
	Regions   map[string]int64 // by code
	Levels    map[string]int64
	// Names are those of who agreed to be named: first name and first letter of
	// the surname. Their consent speaks of nothing else, so no region or day.
	Names []string
}

// words are those of the letter; they are data, so that a lawyer can correct
// them without touching code.
type words map[string]string

func readWords(lang law.Lang) (words, error) {
	b, err := letterFiles.ReadFile("letters/" + string(lang) + ".json")
	if err != nil {
		return nil, fmt.Errorf("no letter in %q", lang)
	}
	var w words
	if err := json.Unmarshal(b, &w); err != nil {
		return nil, fmt.Errorf("letter in %s: %w", lang, err)
	}
	return w, nil
}

// letter is the letter with its tables, before it is a file.
type letter struct {
	Lang       law.Lang
	To, Title  string
	Paragraphs []string
	Tables     []table
}

type table struct {
	Title string
	Head  []string
	Rows  [][]string
}

// Files are the letter as HTML and DOCX, and its tables as CSV.
func (p Pack) Files() ([]File, error) {
	l, err := p.letter()
	if err != nil {
		return nil, err
	}
	t, err := template.ParseFS(letterFiles, "letter.html")
	if err != nil {
		return nil, err
	}
	var page, doc, counts, names bytes.Buffer
	if err := t.Execute(&page, l); err != nil {
		return nil, err
	}
	if _, err := l.document(p.At).WriteTo(&doc); err != nil {
		return nil, err
	}
	var rows [][]string
	for _, t := range l.Tables[:2] {
		rows = append(append(rows, t.Head), t.Rows...)
	}
	if err := campaigns.WriteCSV(&counts, rows); err != nil {
		return nil, err
	}
	files := []File{{"letter.html", page.Bytes()}, {"letter.docx", doc.Bytes()}, {"counts.csv", counts.Bytes()}}
	if len(l.Tables) > 2 {
		if err := campaigns.WriteCSV(&names, append([][]string{l.Tables[2].Head}, l.Tables[2].Rows...)); err != nil {
			return nil, err
		}
		files = append(files, File{"names.csv", names.Bytes()})
	}
	return files, nil
}

func (p Pack) letter() (l letter, err error) {
	w, err := readWords(p.Lang)
	if err != nil {
		return l, err
	}
	bundle, err := i18n.Load()
	if err != nil {
		return l, err
	}
	loc := bundle.Locale(p.Lang)
	regions, err := campaigns.Regions()
	if err != nil {
		return l, err
	}
	name := map[string]string{}
	for _, r := range regions {
		name[r.Code] = r.Name.In(p.Lang)
	}
	fill := strings.NewReplacer(
		"{addressee}", p.Addressee, "{operator}", p.Campaign.Operator.Name.In(p.Lang), "{bin}", p.Campaign.Operator.BIN,
		"{title}", p.Text.Title.In(p.Lang), "{ask}", p.Text.Ask.In(p.Lang), "{date}", loc.Date(campaigns.Day(p.At)),
		"{n}", loc.Number(int(p.Total)), "{version}", strconv.Itoa(p.Text.Version), "{hash}", p.Text.SHA256,
		"{names}", loc.Number(len(p.Names)), "{href}", p.Href)
	l = letter{Lang: p.Lang, To: fill.Replace(w["to"]), Title: w["title"]}
	for _, key := range []string{"from", "ask", "count", "levels", "force", "names", "answer"} {
		l.Paragraphs = append(l.Paragraphs, fill.Replace(w[key]))
	}
	counts := func(title, head string, of map[string]int64, name func(string) string) {
		t := table{Title: w[title], Head: []string{w[head], w["number"]}}
		for _, part := range campaigns.Parts(of) {
			n := strconv.FormatInt(part.N, 10)
			switch { // a single signer in a small region is known to the neighbours
			case part.Few:
				n = w["few"]
			case part.Hidden:
				n = w["hidden"]
			}
			t.Rows = append(t.Rows, []string{name(part.Name), n})
		}
		slices.SortStableFunc(t.Rows, func(a, b []string) int { return cmp.Compare(a[0], b[0]) })
		t.Rows = append(t.Rows, []string{w["total"], strconv.FormatInt(p.Total, 10)})
		l.Tables = append(l.Tables, t)
	}
	counts("by_region", "region", p.Regions, func(code string) string { return cmp.Or(name[code], code) })
	counts("by_level", "level", p.Levels, func(level string) string { return cmp.Or(w[level], level) })
	if len(p.Names) > 0 {
		t := table{Title: w["by_name"], Head: []string{w["name"]}}
		for _, n := range p.Names {
			t.Rows = append(t.Rows, []string{n})
		}
		l.Tables = append(l.Tables, t)
	}
	return l, nil
}

// document is the letter for a word processor.
func (l letter) document(at time.Time) *ooxml.Document {
	d := ooxml.NewDocument(ooxml.Properties{Title: l.Title, Author: "tuzetu", Lang: l.Lang, Created: at})
	text := func(style ooxml.Style, s string) ooxml.Block {
		return ooxml.Block{Style: style, Runs: []ooxml.Run{{Text: s}}}
	}
	d.Add(text(ooxml.Body, l.To))
	d.Add(text(ooxml.Title, l.Title))
	for _, s := range l.Paragraphs {
		d.Add(text(ooxml.Body, s))
	}
	for _, t := range l.Tables {
		d.Add(text(ooxml.Heading2, t.Title))
		out := ooxml.Table{Rows: []ooxml.Row{{Header: true}}}
		for _, s := range t.Head {
			out.Widths = append(out.Widths, 1)
			out.Rows[0].Cells = append(out.Rows[0].Cells, ooxml.Cell{Blocks: []ooxml.Block{text(ooxml.TableHead, s)}})
		}
		for _, row := range t.Rows {
			var r ooxml.Row
			for _, s := range row {
				r.Cells = append(r.Cells, ooxml.Cell{Blocks: []ooxml.Block{text(ooxml.TableText, s)}})
			}
			out.Rows = append(out.Rows, r)
		}
		d.AddTable(out)
	}
	return d
}
