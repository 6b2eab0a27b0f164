package dossier

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/read"
)

// DocumentView is a document of a dossier.
type DocumentView struct {
	ID      string
	Number  int
	Title   read.Phrase
	Kind    string // what it is, in words
	On      string
	Texts   []TextView
	File    *FileView
	Talk    string        // when the public discussion of it was open, "" for none
	Until   *DeadlineView // the end of that discussion
	Sources []page.Link
	Links   []page.Link
}

// TextView is a text in a language, with what it may be compared with.
type TextView struct {
	Lang     string
	Read     page.Link
	Compared []page.Link
}

// FileView is a file that is kept.
type FileView struct {
	Href, Name, Kind, Size, SHA256 string
}

func (v view) documentView(x dossiers.Document, texts []TextView) DocumentView {
	out := DocumentView{ID: "document-" + strconv.Itoa(x.Number), Number: x.Number, Title: v.said(x.Title), Texts: texts, Sources: read.SourceLinks(x.Sources, v.ui)}
	if x.On != "" {
		out.On = v.loc.Date(x.On)
	}
	switch {
	case x.Bill > 0:
		out.Kind = v.loc.T("dos.bill_n", "n", x.Bill)
	case x.File != nil:
		at := v.public("/files/" + x.File.SHA256)
		if v.org() != "" {
			at = v.at("/files/" + x.File.SHA256)
		}
		out.File = &FileView{Href: at, Name: x.File.Name, Kind: mediaName(x.File.Media), Size: v.size(x.File.Size), SHA256: x.File.SHA256}
	}
	if x.OpenFrom != "" || x.OpenTo != "" {
		out.Talk = v.when(x.OpenFrom, x.OpenTo)
	}
	if day := x.OpenTo; day != "" {
		out.Until = &DeadlineView{ID: "discussion-" + strconv.Itoa(x.Number), Kick: v.loc.T("dos.discussion"), What: out.Title,
			On: day, Day: v.loc.Date(day), Left: v.left(day), Open: day >= v.today}
	}
	return out
}

// size is a number of bytes in words.
func (v view) size(n int64) string {
	if n < 1<<20 {
		return v.loc.T("dos.kilobytes", "n", v.loc.Number(int((n+1023)>>10)))
	}
	return v.loc.T("dos.megabytes", "n", strings.Replace(strconv.FormatFloat(float64(n)/(1<<20), 'f', 1, 64), ".", v.loc.T("dos.point"), 1))
}

// redlines are the texts of documents, by the document's number: each with the
// law it would change, the version before it, and what was enacted after the
// last one.
func (d *Dossiers) redlines(ctx context.Context, v view, all []dossiers.Document) (map[int][]TextView, error) {
	out, heads := map[int][]TextView{}, map[law.ActID][]law.EditionHead{}
	for i, x := range all {
		for _, lang := range law.Langs {
			k, there := x.Editions[lang]
			if !there {
				continue
			}
			if _, known := heads[k.Act]; !known {
				var err error
				if heads[k.Act], err = d.Store.Editions(ctx, k.Act); err != nil {
					return nil, err
				}
			}
			t := TextView{Lang: v.loc.InLanguage(lang), Read: page.Link{Href: editionPath(v.ui, k), Text: v.loc.T("dos.read")}}
			link := func(from, to law.EditionKey, text string) {
				t.Compared = append(t.Compared, page.Link{Href: comparePath(v.ui, from, to), Text: text})
			}
			before, hasBefore := enacted(heads[k.Act], lang, func(day law.Date) bool { return day < k.Date || k.Status != law.Enacted && day == k.Date }, false)
			after, hasAfter := enacted(heads[k.Act], lang, func(day law.Date) bool { return day > k.Date }, true)
			if hasBefore {
				link(before, k, v.loc.T("dos.against_law", "date", v.loc.Short(before.Date)))
			}
			if k.Status != law.Enacted {
				if prev, ok := billBefore(all[:i], x, lang); ok {
					link(prev.Editions[lang], k, v.loc.T("dos.against_version", "n", prev.Bill))
				}
				if hasAfter {
					link(k, after, v.loc.T("dos.against_enacted", "date", v.loc.Short(after.Date)))
				}
			}
			out[x.Number] = append(out[x.Number], t)
		}
	}
	return out, nil
}

// enacted is the newest of the official texts whose day fits, or the oldest.
func enacted(heads []law.EditionHead, lang law.Lang, fits func(law.Date) bool, oldest bool) (out law.EditionKey, ok bool) {
	for _, h := range heads { // by date
		if h.Status == law.Enacted && h.Lang == lang && fits(h.Date) && (!ok || !oldest || h.Date == out.Date) {
			out, ok = h.EditionKey, true
		}
	}
	return out, ok
}

// billBefore is the version of the same bill before x.
func billBefore(earlier []dossiers.Document, x dossiers.Document, lang law.Lang) (dossiers.Document, bool) {
	for _, y := range slices.Backward(earlier) {
		if k, there := y.Editions[lang]; there && y.Bill > 0 && x.Bill > 0 && k.Act == x.Editions[lang].Act && k != x.Editions[lang] {
			return y, true
		}
	}
	return dossiers.Document{}, false
}

// acts are those a dossier is about; one that is not followed has no page.
func (d *Dossiers) acts(ctx context.Context, v view) (out []page.Link, err error) {
	all, err := d.Store.Acts(ctx)
	if err != nil {
		return nil, err
	}
	for _, id := range v.Acts {
		l := page.Link{Text: string(id)}
		if i := slices.IndexFunc(all, func(a law.Act) bool { return a.ID == id }); i >= 0 {
			t := read.ActTitle(all[i], v.ui)
			l = page.Link{Href: "/" + string(v.ui) + "/acts/" + string(id), Text: t.Text, Lang: t.Lang}
		}
		out = append(out, l)
	}
	return out, nil
}
