package comments

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/read"
)

// BoardPage is the comments of a campaign on one text, all or those at one
// provision with its form.
type BoardPage struct {
	page.Layout
	Heading  string
	TextLang law.Lang
	Edition  string // which text, in words
	Href     string // of the text
	Texts    []page.Tab
	Places   []Place // to comment at, where none is chosen
	Place    *Place  // the chosen one
	Comments []Item
	Earlier  []Item
	Form     *Form
	Closed   bool
	All      string // the page of all places
}

// Place is a provision one may comment at.
type Place struct {
	Label, Text, Href string
	Count             string
}

// Item is a published comment.
type Item struct {
	ID            string
	Stance        string
	Kind          campaigns.Stance
	Who, When     string
	Lang          law.Lang
	Quote         string
	Label, Href   string // where its words stand now
	Body, Wording string
	Same          string // how many sent the same
	Fate          string // why it is about an earlier text
	Replies       []Item
	Answer        string // the form to answer it
	QuoteLang     law.Lang
}

// text is the text of a campaign that is commented: the one asked for, else the
// proposed one, in the language of the interface where there is that.
type text struct {
	key   law.EditionKey
	doc   *law.Document
	other []law.EditionKey
}

func (b *Board) textOf(r *http.Request, v view) (t text, err error) {
	proposed, err := law.ParseEditionKey(v.text.Proposed)
	if err != nil {
		return t, fmt.Errorf("%w: the campaign asks for no text", page.ErrNoPage)
	}
	heads, err := b.Store.Editions(r.Context(), proposed.Act)
	if err != nil {
		return t, err
	}
	for _, h := range heads {
		k := h.EditionKey
		same := proposed
		same.Lang = k.Lang
		if k == same || k.Status == law.Enacted {
			t.other = append(t.other, k)
		}
	}
	want := proposed
	if asked := r.FormValue("text"); asked != "" {
		if want, err = law.ParseEditionKey(asked); err != nil {
			return t, fmt.Errorf("%w: %w", page.ErrNoPage, err)
		}
	} else if local := (law.EditionKey{Act: want.Act, Status: want.Status, Date: want.Date, Revision: want.Revision, Lang: v.ui}); slices.Contains(t.other, local) {
		want = local
	}
	if !slices.Contains(t.other, want) {
		return t, fmt.Errorf("%w: %s is no text of the campaign", page.ErrNoPage, want)
	}
	t.key = want
	t.doc, err = b.document(r.Context(), want)
	return t, err
}

func (b *Board) document(ctx context.Context, key law.EditionKey) (*law.Document, error) {
	e, err := b.Store.EditionText(ctx, key)
	if err != nil {
		return nil, err
	}
	return law.Build(key.Lang, e.Title, e.Lines), nil
}

// href is the page of a text, or of a place in it.
func (v view) href(key law.EditionKey, at law.Address) string {
	q := url.Values{"text": {key.String()}}
	if at != "" {
		q.Set("at", string(at))
	}
	return v.at("/comments?" + q.Encode())
}

// Show shows the comments on a text.
func (b *Board) Show(w http.ResponseWriter, r *http.Request) error {
	v, err := b.asked(r)
	if err != nil {
		return err
	}
	return b.board(w, r, http.StatusOK, v, nil)
}

func (b *Board) board(w http.ResponseWriter, r *http.Request, status int, v view, typed *typed) error {
	t, err := b.textOf(r, v)
	if err != nil {
		return err
	}
	at := law.Address(r.FormValue("at"))
	place := t.doc.Find(at)
	if at != "" && place == nil {
		return fmt.Errorf("%w: %w", page.ErrNoPage, campaigns.ErrNoProvision)
	}
	p := BoardPage{Layout: b.layout(r, "/campaigns/"+v.Slug+"/comments", v.loc.T("cm.title")), Heading: page.Plain(v.text.Title.In(v.ui)),
		TextLang: t.key.Lang, Edition: v.edition(t.key), Closed: !v.State.TakesComments(), All: v.href(t.key, ""),
		Href: "/" + string(v.ui) + read.PlacePath(t.key, "")}
	q := url.Values{"text": {t.key.String()}}
	if place != nil {
		q.Set("at", string(at))
		p.Href += "#" + string(at)
	}
	p.Query = q.Encode()
	p.Crumbs = []page.Link{{Href: "/" + string(v.ui), Text: v.loc.T("site.name"), Lang: law.KK}, {Href: v.at(""), Text: p.Heading}, {Text: v.loc.T("cm.title")}}
	for _, k := range t.other {
		same := t.key
		same.Lang = k.Lang
		switch {
		case k.Lang == t.key.Lang:
			p.Texts = append(p.Texts, page.Tab{Href: v.href(k, ""), Text: v.edition(k), Current: k == t.key})
		case k == same: // people comment on the text they have read
			p.Texts = append(p.Texts, page.Tab{Href: v.href(k, ""), Text: v.edition(k) + ", " + v.loc.In(k.Lang)})
		}
	}
	found, err := b.Store.PublishedComments(r.Context(), v.ID, t.key)
	if err != nil {
		return err
	}
	if err := b.fill(v, t, at, found, &p); err != nil {
		return err
	}
	if place == nil {
		if p.Places, err = b.places(r.Context(), v, t, found); err != nil {
			return err
		}
	} else {
		p.Place = &Place{Label: place.Label().In(v.ui), Text: place.Text}
		p.Places = v.inside(t, place, counted(found))
		if !p.Closed {
			if p.Form, err = b.form(r, v, t, place, found, typed); err != nil {
				return err
			}
		}
	}
	cache := page.Fresh
	if status != http.StatusOK {
		cache = page.Private
	}
	return b.pages.Render(w, r, status, cache, v.ui, "comments", p)
}

// edition is a text in words.
func (v view) edition(k law.EditionKey) string {
	if k.Status != law.Enacted {
		return v.loc.T("cm.proposed")
	}
	return v.loc.T("cm.edition", "date", v.loc.Short(k.Date))
}

// fill puts published comments onto the page: near-duplicates as one, answers
// under what they answer, and apart those about an earlier text.
func (b *Board) fill(v view, t text, at law.Address, found []campaigns.PlacedComment, p *BoardPage) error {
	var tops []campaigns.PlacedComment
	answers := map[campaigns.CommentID][]campaigns.PlacedComment{}
	for _, c := range found {
		switch {
		case c.Parent != 0:
			answers[c.Parent] = append(answers[c.Parent], c)
		case at == "" || c.Fate.Near == at:
			tops = append(tops, c)
		}
	}
	texts := make([]string, len(tops))
	for i, c := range tops {
		texts[i] = string(c.Stance) + " " + string(c.Anchor.Address) + " " + c.Body + " " + c.Wording
	}
	for _, group := range campaigns.Alike(texts) {
		first := tops[group[0]]
		item, err := b.item(v, t, first)
		if err != nil {
			return err
		}
		if len(group) > 1 {
			item.Same = v.loc.N("cm.same", len(group))
		}
		for _, i := range group {
			for _, a := range answers[tops[i].ID] {
				reply, err := b.item(v, t, a)
				if err != nil {
					return err
				}
				item.Replies = append(item.Replies, reply)
			}
		}
		if first.Fate.Reason != campaigns.Carried {
			item.Fate = fateName(v.loc, first.Fate.Reason)
			p.Earlier = append(p.Earlier, item)
			continue
		}
		p.Comments = append(p.Comments, item)
	}
	return nil
}

func (b *Board) item(v view, t text, c campaigns.PlacedComment) (Item, error) {
	i := Item{ID: "c" + strconv.FormatInt(int64(c.ID), 10), Stance: StanceName(v.loc, c.Stance), Kind: c.Stance, Lang: c.Lang, Body: c.Body, Wording: c.Wording,
		Quote: c.Anchor.Quote, QuoteLang: c.Anchor.Edition.Lang, When: v.loc.Date(campaigns.Day(c.ID.Time()))}
	name, err := b.Intake.CommentName(c.Comment)
	if err != nil {
		return i, err
	}
	if i.Who = name; name == "" {
		i.Who = v.loc.T("cm.nameless")
	}
	if near := t.doc.Find(c.Fate.Near); near != nil {
		i.Label, i.Href = near.Label().In(v.ui), v.href(t.key, near.Address)
	}
	if c.Parent == 0 && v.State.TakesComments() {
		q := url.Values{"text": {c.Anchor.Edition.String()}, "at": {string(c.Anchor.Address)}, "answer": {strconv.FormatInt(int64(c.ID), 10)}}
		i.Answer = v.at("/comments?" + q.Encode() + "#form")
	}
	return i, nil
}

// places are the provisions the campaign would change, and those that have
// comments.
func (b *Board) places(ctx context.Context, v view, t text, found []campaigns.PlacedComment) ([]Place, error) {
	count := counted(found)
	changed := map[law.Address]bool{}
	base, err := law.ParseEditionKey(v.text.Base)
	if err != nil {
		return nil, err
	}
	if base.Lang = t.key.Lang; slices.Contains(t.other, base) && base != t.key {
		from, err := b.document(ctx, base)
		if err != nil {
			return nil, err
		}
		r := diffing.Compare(from, t.doc)
		for i := range r.Pairs {
			if pair := &r.Pairs[i]; !pair.Note && pair.To != nil && pair.Changed() {
				for _, p := range pair.To.Provisions {
					changed[p.Address] = true
				}
			}
		}
	}
	var out []Place
	for _, p := range t.doc.Provisions {
		if changed[p.Address] || count[p.Address] > 0 || len(changed) == 0 && p.Kind == law.Article {
			out = append(out, v.place(t, p, count))
		}
	}
	return out, nil
}

// counted is how many comments stand at each place.
func counted(found []campaigns.PlacedComment) map[law.Address]int {
	count := map[law.Address]int{}
	for _, c := range found {
		if c.Fate.Reason == campaigns.Carried {
			count[c.Fate.Near]++
		}
	}
	return count
}

func (v view) place(t text, p *law.Provision, count map[law.Address]int) Place {
	out := Place{Label: p.Label().In(v.ui), Text: p.Text, Href: v.href(t.key, p.Address)}
	if n := count[p.Address]; n > 0 {
		out.Count = v.loc.N("cm.count", n)
	}
	return out
}

// inside are the provisions below a unit: who came to comment on an article means
// one of its lines more often than its heading.
func (v view) inside(t text, unit *law.Provision, count map[law.Address]int) []Place {
	var out []Place
	for _, p := range t.doc.Provisions {
		if strings.HasPrefix(string(p.Address), string(unit.Address)+"__") {
			out = append(out, v.place(t, p, count))
		}
	}
	return out
}

// Sent follows the form, and is the same page for everybody.
func (b *Board) Sent(w http.ResponseWriter, r *http.Request) error {
	v, err := b.asked(r)
	if err != nil {
		return err
	}
	return b.note(w, r, http.StatusOK, b.layout(r, "/campaigns/"+v.Slug+"/comments/sent", v.loc.T("cm.sent")),
		[]string{v.loc.T("cm.sent_do"), v.loc.T("cm.sent_then")}, page.Link{Href: v.at("/comments"), Text: v.loc.T("cm.title")})
}

// gone makes what an address does not name a page that is not there.
func gone(err error) error {
	for _, none := range []error{campaigns.ErrNoComment, campaigns.ErrNoProvision, campaigns.ErrNotFound} {
		if errors.Is(err, none) {
			return fmt.Errorf("%w: %w", page.ErrNoPage, err)
		}
	}
	return err
}
