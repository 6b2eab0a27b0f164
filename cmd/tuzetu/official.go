package main

import (
	"context"

	"github.com/tuzetu/tuzetu/internal/store"
	"github.com/tuzetu/tuzetu/scraper"
	"github.com/tuzetu/tuzetu/web/read"
)

// shownRefusals is how many refused pages of a site a page lists.
const shownRefusals = 20

// official is what the pages know of the official sites.
type official struct {
	*store.Store
	bases baseURLs
}

var _ read.Sites = official{}

func (o official) Sites(ctx context.Context) ([]read.Site, error) {
	var out []read.Site
	for _, known := range sites() {
		base, err := scraper.ParseBase(o.bases[known.name], known.base)
		if err != nil {
			return nil, err
		}
		h, _, err := o.SourceHealth(ctx, known.name)
		if err != nil {
			return nil, err
		}
		last, _, err := o.LastVisit(ctx, base.String()+"/")
		if err != nil {
			return nil, err
		}
		refused, err := o.Refusals(ctx, known.name, shownRefusals)
		if err != nil {
			return nil, err
		}
		out = append(out, read.Site{
			Name: known.name, Address: base.String(), Accepted: last.At,
			Looked: h.Looked, Answered: h.Answered, Next: h.Next, Changed: h.Changed, Edition: h.Edition,
			Failures: h.Failures, Outage: h.Outage, Refusals: refusedPages(refused),
		})
	}
	return out, nil
}

// Refused reads the page again as its site's texts are read. One that is no text
// has no lines.
func (o official) Refused(ctx context.Context, sha256 string) (read.RefusedText, error) {
	refused, err := o.Store.Refused(ctx, sha256)
	if err != nil {
		return read.RefusedText{}, err
	}
	text := read.RefusedText{Pages: refusedPages(refused)}
	if from, ok := siteNamed(refused[0].Source); ok {
		if page, err := from.read(refused[0].Raw); err == nil {
			text.Title, text.Lines = page.Title, page.Lines
		}
	}
	return text, nil
}

func refusedPages(list []scraper.Refusal) []read.RefusedPage {
	out := make([]read.RefusedPage, len(list))
	for i, r := range list {
		out[i] = read.RefusedPage{
			Source: r.Source, Act: r.Act, Lang: r.Lang, URL: r.URL, At: r.At,
			Kind: string(r.Kind()), Reason: r.Reason, SHA256: r.SHA256, Accepted: r.Accepted,
		}
	}
	return out
}
