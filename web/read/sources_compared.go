package read

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// shownDifferences bounds a redline here: a page that came cut would show a whole
// law as deleted.
const shownDifferences = 200

// SourceDiffPage is a text that is no edition against one that is: of a second
// source, or of a page that was refused.
type SourceDiffPage struct {
	page.Layout
	Heading string
	Kick    page.Link // the act
	Says    []string
	Lang    law.Lang // of the texts
	Pages   []RefusalView
	Against page.Link // the stored edition
	Rows    []SourceDiff
	More    int
}

// SourceDiff is one place where the two differ.
type SourceDiff struct {
	At    page.Link
	Sign  string
	Spans []Span
}

// besidePath is where an edition stands against its second source.
func besidePath(k law.EditionKey) string { return "/sources" + editionPath(k) }

// beside is a witness with the edition it stands beside.
type beside struct{ edition, witness law.EditionHead }

// besides pairs the newest texts that another source has with the newest
// revisions of the editions of those days, newest first.
func (o *Sources) besides(ctx context.Context, all editions) ([]beside, error) {
	if len(all) == 0 {
		return nil, nil
	}
	witnesses, err := o.sites.Witnesses(ctx, all[0].Act)
	if err != nil {
		return nil, fmt.Errorf("witnesses of %s: %w", all[0].Act, err)
	}
	var out []beside
	taken := map[string]bool{}
	for i := len(witnesses) - 1; i >= 0; i-- {
		w := witnesses[i]
		name := string(w.Date) + string(w.Lang) + w.Source
		if taken[name] {
			continue
		}
		taken[name] = true
		var found law.EditionHead
		for _, h := range all {
			if h.Status == law.Enacted && h.Date == w.Date && h.Lang == w.Lang && h.Revision >= found.Revision {
				found = h
			}
		}
		if found.Act != "" {
			out = append(out, beside{found, w})
		}
	}
	return out, nil
}

func (o *Sources) differ(ctx context.Context, b beside) (*diffing.Result, error) {
	name := b.edition.EditionKey.String() + " " + b.witness.Source + ":" + b.witness.EditionKey.String()
	return o.diffs.get(ctx, name, func(ctx context.Context) (*diffing.Result, error) {
		e, err := o.sites.Witness(ctx, b.witness.Source, b.witness.EditionKey)
		if err != nil {
			return nil, fmt.Errorf("%s of %s: %w", b.witness.EditionKey, b.witness.Source, err)
		}
		from, err := o.texts.text(ctx, b.edition.EditionKey)
		if err != nil {
			return nil, err
		}
		return diffing.Compare(from.doc, law.Build(e.Lang, e.Title, e.Lines)), nil
	})
}

// comparedText is an edition that two sources have, and in how many places they
// differ.
type comparedText struct {
	act law.Act
	beside
	tally
}

// compared are the newest editions of each act and language that two sources
// have.
func (o *Sources) compared(ctx context.Context) ([]comparedText, error) {
	acts, lists, err := o.followed(ctx)
	if err != nil {
		return nil, err
	}
	var out []comparedText
	for i, act := range acts {
		pairs, err := o.besides(ctx, lists[i])
		if err != nil {
			return nil, err
		}
		for _, lang := range law.Langs {
			n := slices.IndexFunc(pairs, func(b beside) bool { return b.edition.Lang == lang })
			if n < 0 {
				continue
			}
			b := pairs[n]
			r, err := o.differ(ctx, b)
			if err != nil {
				return nil, err
			}
			out = append(out, comparedText{act, b, tallied(r)})
		}
	}
	return out, nil
}

// tally is how many differences there are: those a reader can hear, and apart
// from them the others.
type tally struct {
	Provisions int `json:"provisions"`
	Technical  int `json:"technical"`
	Notes      int `json:"notes"`
}

func tallied(r *diffing.Result) (t tally) {
	for _, p := range r.Pairs {
		switch {
		case p.Note && p.Kind != diffing.Same:
			t.Notes++
		case p.Note || !p.Changed():
		case p.Technical:
			t.Technical++
		default:
			t.Provisions++
		}
	}
	return t
}

func (s *speaker) tally(t tally) string {
	said := []string{s.loc.T("sources.same")}
	if t.Provisions > 0 {
		said[0] = s.loc.N("sources.differ", t.Provisions)
	}
	if t.Technical > 0 {
		said = append(said, s.loc.T("sources.technical", "n", s.loc.Number(t.Technical)))
	}
	if t.Notes > 0 {
		said = append(said, s.loc.T("sources.notes", "n", s.loc.Number(t.Notes)))
	}
	return strings.Join(said, "; ")
}

// Beside shows an edition against what other sources have under its day.
func (o *Sources) Beside(w http.ResponseWriter, r *http.Request) error {
	s, ctx := o.speaker(r), r.Context()
	act, all, err := o.act(ctx, s, r.PathValue("act"))
	if err != nil {
		return err
	}
	key, err := law.ParseVersion(r.PathValue("version"))
	if err != nil {
		return fmt.Errorf("%w: %w", law.ErrNotFound, err)
	}
	key.Act = act.ID
	if key.Lang, err = law.ParseLang(r.PathValue("lang")); err != nil {
		return fmt.Errorf("%w: %w", law.ErrNotFound, err)
	}
	pairs, err := o.besides(ctx, all)
	if err != nil {
		return err
	}
	for _, b := range pairs {
		k := b.edition.EditionKey
		if k.Date != key.Date || k.Lang != key.Lang || key.Status != law.Enacted {
			continue
		}
		result, err := o.differ(ctx, b)
		if err != nil {
			return err
		}
		first, second := s.siteName(b.edition.Source), s.siteName(b.witness.Source)
		p := SourceDiffPage{
			Layout: o.layout(s, besidePath(key)), Heading: s.loc.T("sources.edition.title", "edition", s.edition(k)),
			Kick: page.Link{Href: s.in(actPath(act.ID)), Text: titled(act, s.ui).Text, Lang: titled(act, s.ui).Lang}, Lang: k.Lang,
			Says: []string{s.tally(tallied(result)), s.loc.T("sources.edition.how", "first", first, "second", second)},
		}
		p.Against = page.Link{Href: s.in(editionPath(k)), Text: s.loc.T("compare.read", "edition", s.edition(k))}
		p.Rows, p.More = o.rows(s, result, k, first, second)
		p.Title, p.Description = p.Heading+" · "+p.Kick.Text, s.loc.T("sources.about")
		return o.pages.Render(w, r, http.StatusOK, page.Fresh, s.ui, "sourcediff", p)
	}
	return &page.Help{
		Err: fmt.Errorf("second source of %s: %w", key, law.ErrNotFound), Say: s.loc.T("sources.edition.none"),
		Label: s.loc.T("missing.editions_there"), Links: s.editionLinks(all.in(key.Lang).official()),
	}
}

// Refused shows a page that was not accepted, with what would have been stored
// against the newest edition that is.
func (o *Sources) Refused(w http.ResponseWriter, r *http.Request) error {
	s, ctx := o.speaker(r), r.Context()
	sum := r.PathValue("sha256")
	if b, err := hex.DecodeString(sum); err != nil || len(b) != 32 || sum != strings.ToLower(sum) {
		return fmt.Errorf("refused page %q: %w", sum, law.ErrNotFound)
	}
	text, err := o.sites.Refused(ctx, sum)
	if err != nil {
		return fmt.Errorf("refused page %s: %w", sum, err)
	}
	first := text.Pages[0]
	p := SourceDiffPage{Layout: o.layout(s, "/sources/refused/"+sum), Heading: s.loc.T("sources.refused.title"), Lang: first.Lang}
	p.Title, p.Description = p.Heading, s.loc.T("sources.about")
	for _, x := range text.Pages {
		v := s.refusal(x)
		v.Href = "" // it is this page
		p.Pages = append(p.Pages, v)
	}
	newest, err := o.newestOf(ctx, first)
	switch {
	case err != nil:
		return err
	case len(text.Lines) == 0:
		p.Says = []string{s.loc.T("sources.refused.unread")}
	case newest.Act == "":
		p.Says = []string{s.loc.T("sources.refused.first")}
	default:
		k := newest.EditionKey
		result, err := o.diffs.get(ctx, sum+" "+k.String(), func(ctx context.Context) (*diffing.Result, error) {
			from, err := o.texts.text(ctx, k)
			if err != nil {
				return nil, err
			}
			return diffing.Compare(from.doc, law.Build(k.Lang, text.Title, text.Lines)), nil
		})
		if err != nil {
			return err
		}
		p.Says = []string{s.loc.T("sources.refused.against", "edition", s.edition(k)), s.tally(tallied(result))}
		p.Against = page.Link{Href: s.in(editionPath(k)), Text: s.loc.T("compare.read", "edition", s.edition(k))}
		p.Rows, p.More = o.rows(s, result, k, "", "")
	}
	return o.pages.Render(w, r, http.StatusOK, page.Fresh, s.ui, "sourcediff", p)
}

// newestOf is the newest edition of the act and language of a refused page; the
// zero head if there is none.
func (o *Sources) newestOf(ctx context.Context, p RefusedPage) (law.EditionHead, error) {
	heads, err := o.store.Editions(ctx, p.Act)
	if errors.Is(err, law.ErrNotFound) || err == nil && len(heads) == 0 {
		return law.EditionHead{}, nil
	}
	if err != nil {
		return law.EditionHead{}, fmt.Errorf("editions of %s: %w", p.Act, err)
	}
	newest, _ := sorted(heads).in(p.Lang).official().newest()
	return newest, nil
}

// rows are the places where two texts differ; more is how many are not shown.
// first and second say where a provision stands that only one has; "" where the
// mark says enough.
func (o *Sources) rows(s *speaker, r *diffing.Result, edition law.EditionKey, first, second string) (rows []SourceDiff, more int) {
	for _, p := range r.Pairs {
		if p.Note && p.Kind == diffing.Same || !p.Note && !p.Changed() {
			continue
		}
		if len(rows) == shownDifferences {
			more++
			continue
		}
		row := SourceDiff{Spans: spans(p, both)}
		switch {
		case p.From == nil && second != "":
			row.Sign = s.loc.T("sources.only", "name", second)
		case p.To == nil && first != "":
			row.Sign = s.loc.T("sources.only", "name", first)
		case p.Moved:
			row.Sign = s.loc.T("kind.moved")
		case p.Technical:
			row.Sign = s.loc.T("kind.technical")
		}
		switch {
		case p.Note:
			row.At.Text = s.loc.T("sources.note")
		case p.From != nil:
			u := p.From.Provisions[0]
			row.At = page.Link{Href: s.in(at(editionPath(edition), u.Address)), Text: capital(s.cite(u))}
		default:
			row.At.Text = capital(s.cite(p.To.Provisions[0]))
		}
		rows = append(rows, row)
	}
	return rows, more
}
