package scraper

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/tuzetu/tuzetu/scraper/fetch"
)

// page is one page of the site as it came, or did not.
type page struct {
	url     string
	resp    fetch.Response
	sum     string // hex SHA-256 of the body
	state   state
	fetched bool  // the body came over the wire
	visit   Visit // the last one, if it may be relied on
	// text is what a fresh text says, or textErr why it could not be read.
	text    Page
	textErr error
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

// settle tells by the bytes whether a page that came is another one than before.
func (p *page) settle() {
	p.sum = sha256Hex(p.resp.Body)
	if p.state = fresh; p.visit.SHA256 != "" && p.sum == p.visit.SHA256 {
		p.state = same
	}
}

// done reports what became of a page.
func (r *run) done(item Item, o Outcome) {
	item.Outcome, item.Reason = o, oneLine(item.Reason)
	r.report.Items = append(r.report.Items, item)
	r.tell(item)
}

func (i Item) came(p page) Item {
	i.Outcome, i.Fetched = Came, p.fetched
	return i
}

func (r *run) tell(item Item) {
	if r.Progress != nil {
		n := len(r.report.Items)
		r.Progress(Progress{Item: item, Done: n, Total: max(n, r.total)})
	}
}

// oneLine is a reason that may quote a page or an error of several lines.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// gone is why a page is refused that is missing and once brought a text in.
const gone = "the text is gone from the site, there is no such page any more; the last good texts stay"

// refuse stores a page that is not accepted with the reason, and reports it.
// The page is not remembered: the next run asks for it again.
func (r *run) refuse(ctx context.Context, item Item, p page, reason string) error {
	item.Reason, item.Fetched = oneLine(reason), p.fetched
	err := r.Store.AddRefusal(ctx, Refusal{
		Source: r.Source.Name(), Act: item.Act, Lang: item.Lang, URL: item.URL,
		At: r.Now().UTC(), Reason: item.Reason, Raw: p.resp.Body,
	})
	if err != nil {
		return fmt.Errorf("storing why %s was refused: %w", item.URL, err)
	}
	r.done(item, Refused)
	return nil
}

// remember is called when everything a page brought is stored.
func (r *run) remember(ctx context.Context, p page) error {
	v := Visit{URL: p.url, Status: 200, ETag: p.resp.ETag, LastModified: p.resp.LastModified, SHA256: p.sum}
	switch {
	case p.state == missing:
		v = Visit{URL: p.url, Status: 404}
	case !p.fetched:
		v = p.visit // what stands is as good; new is only that the page was looked at
	}
	v.At = r.Now().UTC()
	if err := r.Store.SaveVisit(ctx, v); err != nil {
		return fmt.Errorf("remembering %s: %w", p.url, err)
	}
	return nil
}

// getText gets a text whole, with the pages it goes on with, and reads it if it
// is new. A text in several pages has no validators: that its first page has not
// changed says nothing of the others.
func (r *run) getText(ctx context.Context, item Item, usable bool) (page, error) {
	p, err := r.get(ctx, item, usable)
	if err != nil || p.state == unaccepted || p.state == missing {
		return p, err
	}
	if item.URL == r.Source.TextURL(r.Act, item.Lang) {
		r.tell(item.came(p)) // its turn to be stored comes after all older texts
	}
	if !p.fetched {
		return p, nil
	}
	rest, err := r.Source.Rest(item.URL, p.resp.Body)
	if err != nil {
		p.state = unaccepted
		return p, r.refuse(ctx, item, p, err.Error())
	}
	for i, url := range rest {
		part := item
		part.URL = url
		q, err := r.get(ctx, part, false)
		if err != nil || q.state == unaccepted {
			p.state = unaccepted
			return p, err
		}
		why := ""
		if q.state == missing {
			why = fmt.Sprintf("page %d of %d is missing", i+2, len(rest)+1)
		} else if len(p.resp.Body)+len(q.resp.Body) > maxText {
			why = fmt.Sprintf("the text is larger than %d MB", maxText>>20)
		}
		if why != "" {
			p.state = unaccepted
			return p, r.refuse(ctx, item, p, why)
		}
		p.resp.Body = slices.Concat(p.resp.Body, []byte("\n"), q.resp.Body)
		r.tell(part.came(q))
	}
	if len(rest) > 0 {
		p.resp.ETag, p.resp.LastModified = "", ""
		p.settle()
	}
	if p.state == fresh {
		p.text, p.textErr = r.Source.ParseText(p.resp.Body, p.resp.ContentType)
	}
	return p, nil
}

// maxText bounds a text in several pages, in bytes; the largest code has 4 MB.
const maxText = 64 << 20

// get gets a page. usable says that what was remembered of it may be relied on.
// A page that did not come for a reason of its own is reported as refused and
// has the state unaccepted; an error is one that ends the run.
func (r *run) get(ctx context.Context, item Item, usable bool) (page, error) {
	p := page{url: item.URL}
	v, ok, err := r.Store.Visit(ctx, item.URL)
	if err != nil {
		return p, fmt.Errorf("what is remembered of %s: %w", item.URL, err)
	}
	usable = usable && ok && v.Status == 200
	var known fetch.Validators
	if usable {
		p.visit = v
		known = fetch.Validators{ETag: v.ETag, LastModified: v.LastModified}
	}
	if resp, ok := r.came[item.URL]; ok {
		delete(r.came, item.URL)
		p.resp = resp
	} else {
		p.resp, err = r.Getter.Get(ctx, item.URL, known)
	}
	switch {
	case errors.Is(err, fetch.ErrNotFound):
		p.state = missing
		return p, nil
	case err != nil && endsRun(ctx, err):
		return p, err
	case err != nil:
		return p, r.refuse(ctx, item, p, strings.TrimPrefix(err.Error(), item.URL+": "))
	case p.resp.NotModified:
		p.state = same
		return p, nil
	}
	p.fetched = true
	if !r.Source.SamePage(item.URL, p.resp.URL) {
		return p, r.refuse(ctx, item, p, "the site sent the page at "+p.resp.URL+" instead")
	}
	p.settle()
	return p, nil
}

// endsRun reports whether an error is not the page's own: the next page would
// fare no better.
func endsRun(ctx context.Context, err error) bool {
	return ctx.Err() != nil || errors.Is(err, fetch.ErrUnavailable) || errors.Is(err, fetch.ErrCertificate)
}
