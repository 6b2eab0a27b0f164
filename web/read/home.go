package read

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// HomePage is the front page: which acts are followed, what changed last, and
// the ribbon of the law that changed last.
type HomePage struct {
	page.Layout
	Cards  []Card // the lead act first
	Ribbon *Ribbon
	Latest *Latest
	// Revised is what sources changed under the same date, of all acts.
	Revised []Revised
	// Dossiers is how many there are that everybody may see.
	Dossiers int
}

// Home shows the front page.
func (rd *Reader) Home(w http.ResponseWriter, r *http.Request) error {
	s := rd.speaker(r)
	ctx := r.Context()
	acts, lists, err := rd.followed(ctx)
	if err != nil {
		return err
	}
	p := HomePage{Layout: rd.layout(s, "")}
	p.Title, p.Description, p.JSON, p.Section = s.loc.T("home.title"), s.loc.T("site.about"), ".json", ""
	p.Picture = true
	p.Ears = []string{s.loc.Today(rd.now())}
	var came time.Time // the newest text
	var leadDay law.Date
	lead := -1
	for i := range acts {
		for _, h := range lists[i] {
			if h.FetchedAt.After(came) {
				came = h.FetchedAt
			}
		}
		if n, ok := lists[i].official().newest(); ok && n.Date > leadDay {
			lead, leadDay = i, n.Date
		}
	}
	if _, asJSON := twin(r.URL.Path); asJSON {
		out := []actJSON{}
		for i, a := range acts {
			out = append(out, rd.actJSON(s, a, lists[i]))
		}
		return page.WriteJSON(w, r, http.StatusOK, page.Fresh, map[string]any{"acts": out})
	}
	for i, a := range acts {
		lang := lists[i].language(s.ui)
		card, err := rd.card(ctx, s, a, lists[i], lang)
		if err != nil {
			return err
		}
		news, err := rd.revised(ctx, s, a, lists[i], lang, newsHome)
		if err != nil {
			return err
		}
		p.Revised = append(p.Revised, news...)
		if i != lead {
			p.Cards = append(p.Cards, card)
			continue
		}
		p.Cards = append([]Card{card}, p.Cards...)
		if p.Ribbon, err = rd.ribbon(ctx, s, lists[i], lang); err != nil {
			return err
		}
		if p.Latest, err = rd.latest(ctx, s, a, lists[i], lang); err != nil {
			return err
		}
		if p.Latest != nil {
			p.Latest.Lead = true
		}
		p.Ears = append(p.Ears, titled(a, s.ui).Text+": "+card.Newest)
	}
	slices.SortStableFunc(p.Revised, func(a, b Revised) int { return cmp.Compare(b.Noticed, a.Noticed) })
	p.Revised = p.Revised[:min(newsHome, len(p.Revised))]
	efforts, err := rd.dossiers(ctx, s, "")
	if err != nil {
		return err
	}
	p.Dossiers = len(efforts)
	if !came.IsZero() {
		p.Ears = append(p.Ears, s.loc.T("home.came", "date", s.loc.Short(i18n.Day(came))))
	}
	checked, err := rd.checked(ctx)
	if err != nil {
		return fmt.Errorf("when the sources were asked: %w", err)
	}
	if !checked.IsZero() {
		p.Ears = append(p.Ears, s.loc.T("home.checked", "date", s.loc.Short(i18n.Day(checked))))
	}
	return rd.pages.Render(w, r, http.StatusOK, page.Fresh, s.ui, "home", p)
}
