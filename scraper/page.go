package scraper

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/tuzetu/tuzetu/scraper/fetch"
)

// page is one page of the site as it came, or did not.
type page struct {
	url     string
	resp    fetch.Response
	sum     string // hex SHA-256 of the body
	state   state
	fetched bool // the body came over the wire
}

type state int

const (
	unaccepted state = iota // reported as refused
	missing
	same  // as it was at the last visit
	fresh // new, or not seen before
)

func sha256Hex(b []byte) string {
	s := sha256.Sum256(b)
	return hex.EncodeToString(s[:])
}

// done reports what became of a page.
func (r *run) done(item Item, o Outcome) {
	item.Outcome = o
	r.report.Items = append(r.report.Items, item)
	if r.Progress != nil {
		n := len(r.report.Items)
		r.Progress(Progress{Item: item, Done: n, Total: max(n, r.total)})
	}
}

// refuse stores a page that is not accepted with the reason, and reports it.
// The page is not remembered: the next run asks for it again.
func (r *run) refuse(ctx context.Context, item Item, p page, reason string) error {
	item.Reason, item.Fetched = reason, p.fetched
	err := r.Store.AddRefusal(ctx, Refusal{
		Source: r.Source.Name(), Act: item.Act, Lang: item.Lang, URL: item.URL,
		At: r.Now().UTC(), Reason: reason, Raw: p.resp.Body,
	})
	if err != nil {
		return fmt.Errorf("storing why %s was refused: %w", item.URL, err)
	}
	r.done(item, Refused)
	return nil
}

// remember is called when everything a page brought is stored.
func (r *run) remember(ctx context.Context, p page) error {
	if p.state == same && !p.fetched {
		return nil // the visit that stands is as good
	}
	v := Visit{URL: p.url, Status: 200, ETag: p.resp.ETag, LastModified: p.resp.LastModified, SHA256: p.sum, At: r.Now().UTC()}
	if p.state == missing {
		v = Visit{URL: p.url, Status: 404, At: v.At}
	}
	if err := r.Store.SaveVisit(ctx, v); err != nil {
		return fmt.Errorf("remembering %s: %w", p.url, err)
	}
	return nil
}
