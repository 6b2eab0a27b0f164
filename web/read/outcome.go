package read

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/tuzetu/tuzetu/diffing/redline"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// Outcome shows what became of a proposal: «BASE...PROPOSED» while nothing was
// enacted, «BASE...PROPOSED...ENACTED» after that.
func (rd *Reader) Outcome(w http.ResponseWriter, r *http.Request) error {
	s := rd.speaker(r)
	name, asJSON := twin(r.PathValue("lang"))
	act, all, x, o, err := rd.became(r.Context(), s, r.PathValue("act"), r.PathValue("texts"), name)
	if err != nil {
		return err
	}
	if asJSON {
		var b bytes.Buffer
		if err := redline.OutcomeJSON(&b, o.result); err != nil {
			return err
		}
		page.Write(w, r, http.StatusOK, "application/json; charset=utf-8", page.Kept, b.Bytes())
		return nil
	}
	q := r.URL.Query()
	number, _ := strconv.Atoi(q.Get("page")) // what is no number is the first page
	p, err := rd.outcomePage(r.Context(), s, act, all, x, o, outcomeFilter(q.Get("status")), number)
	if err != nil {
		return err
	}
	s.shareOutcome(&p.Layout, o, q.Get("change"))
	return rd.pages.Render(w, r, http.StatusOK, page.Kept, s.ui, "outcome", p)
}

// became is what became of the proposal an address names.
func (rd *Reader) became(ctx context.Context, s *speaker, name, texts, language string) (act law.Act, all editions, x trio, o *outcome, err error) {
	if act, all, err = rd.act(ctx, s, name); err != nil {
		return act, all, x, nil, err
	}
	lang, err := law.ParseLang(language)
	if err != nil {
		return act, all, x, nil, s.noLanguage(all, err)
	}
	if x, err = rd.trio(s, act, all, strings.Split(texts, "..."), lang); err != nil {
		return act, all, x, nil, err
	}
	o, err = rd.texts.outcome(ctx, x)
	return act, all, x, o, err
}

// OutcomeForm sends the picker's form to the address of the outcome; without
// choices it leads to the newest proposal.
func (rd *Reader) OutcomeForm(w http.ResponseWriter, r *http.Request) error {
	s := rd.speaker(r)
	act, all, err := rd.act(r.Context(), s, r.PathValue("act"))
	if err != nil {
		return err
	}
	q := r.URL.Query()
	base, baseLang := choice(q, "base")
	proposed, proposedLang := choice(q, "proposed")
	enacted, enactedLang := choice(q, "enacted")
	if proposed == "" {
		lang, err := law.ParseLang(proposedLang)
		if err != nil || len(all.in(lang).proposals()) == 0 {
			lang = all.proposals().language(s.ui)
		}
		newest, ok := all.in(lang).proposals().newest()
		if !ok {
			return rd.noProposal(s, act, all, law.EditionKey{Act: act.ID, Lang: lang})
		}
		path := all.outcomeOf(newest.EditionKey)
		if path == "" {
			return rd.noEdition(s, all, law.EditionKey{Act: act.ID, Status: law.Enacted, Lang: lang})
		}
		http.Redirect(w, r, s.in(path), http.StatusSeeOther)
		return nil
	}
	if baseLang != proposedLang || enacted != "" && enactedLang != proposedLang {
		return rd.otherTexts(s, all, page.ErrLanguages, s.loc.T("outcome.languages"))
	}
	lang, err := law.ParseLang(proposedLang)
	if err != nil {
		lang = all.proposals().language(s.ui)
	}
	versions := []string{base, proposed}
	if enacted != "" {
		versions = append(versions, enacted)
	}
	x, err := rd.trio(s, act, all, versions, lang)
	if err != nil {
		return err
	}
	http.Redirect(w, r, s.in(x.path()), http.StatusSeeOther)
	return nil
}

func (x trio) path() string {
	if x.pending() {
		return outcomePath(x.base, x.proposed)
	}
	return outcomePath(x.base, x.proposed, x.enacted)
}

// outcomeOf is the address of what became of a proposal as far as is known
// today; "" where there is no text it could have set out to change.
func (e editions) outcomeOf(proposed law.EditionKey) string {
	base, ok := e.ground(proposed)
	if !ok {
		return ""
	}
	x := trio{base: base.EditionKey, proposed: proposed}
	if h, ok := e.answer(proposed, base.Date); ok {
		x.enacted = h.EditionKey
	}
	return x.path()
}

// trio finds the two or three texts an address names, and makes sure that they
// are a proposal between the text it set out to change and the one that was
// enacted. A version of a bill may stand in any place.
func (rd *Reader) trio(s *speaker, act law.Act, all editions, versions []string, lang law.Lang) (x trio, err error) {
	if len(versions) != 2 && len(versions) != 3 {
		return x, rd.otherTexts(s, all, fmt.Errorf("%w: %d of them", page.ErrTexts, len(versions)), s.loc.T("outcome.how_many"))
	}
	keys := make([]law.EditionKey, len(versions))
	for i, v := range versions {
		k, err := law.ParseVersion(v)
		if err != nil {
			return x, rd.noDate(s, act, all, v, err)
		}
		k.Act, k.Lang = act.ID, lang
		if _, ok := all.find(k); !ok && i == 1 && k.Status != law.Enacted {
			return x, rd.noProposal(s, act, all, k)
		} else if !ok {
			return x, rd.noEdition(s, all, k)
		}
		keys[i] = k
	}
	x.base, x.proposed = keys[0], keys[1]
	if len(keys) == 3 {
		x.enacted = keys[2]
	}
	if x.base == x.proposed || x.proposed == x.enacted || x.base == x.enacted {
		return x, rd.otherTexts(s, all, fmt.Errorf("%w: the same text twice", page.ErrTexts), s.loc.T("outcome.same"))
	}
	switch {
	case x.proposed.Status == law.Enacted, x.base.Status == law.Proposed, x.enacted.Status == law.Proposed,
		!x.pending() && !later(x.enacted, x.base):
		return x, rd.otherTexts(s, all, fmt.Errorf("%w: wrong order", page.ErrTexts), s.loc.T("outcome.order"), keys...)
	}
	return x, nil
}

// later tells whether a stands after b in time.
func later(a, b law.EditionKey) bool {
	return a.Date > b.Date || a.Date == b.Date && a.Revision > b.Revision
}

// otherTexts helps whoever named texts that are no proposal and its outcome: it
// offers the outcomes there are, first of all that of the texts named, put in
// order.
func (rd *Reader) otherTexts(s *speaker, all editions, err error, say string, named ...law.EditionKey) error {
	h := &page.Help{Err: err, Say: say, Label: s.loc.T("outcome.there")}
	if x, ok := inOrder(named); ok {
		h.Links = append(h.Links, page.Link{Href: s.in(x.path()), Text: s.loc.T("outcome.in_order")})
	}
	h.Links = append(h.Links, s.outcomeLinks(all)...)
	return h
}

// inOrder puts texts into the order of an outcome: the proposal in the middle,
// the older of the others first.
func inOrder(named []law.EditionKey) (x trio, ok bool) {
	var enacted []law.EditionKey
	for _, k := range named {
		if k.Status == law.Enacted {
			enacted = append(enacted, k)
		} else {
			x.proposed = k
		}
	}
	if len(enacted) == 0 || len(enacted) != len(named)-1 {
		return x, false
	}
	x.base = enacted[0]
	if len(enacted) == 2 {
		x.enacted = enacted[1]
		if later(x.base, x.enacted) {
			x.base, x.enacted = x.enacted, x.base
		}
	}
	return x, true
}

// noProposal helps with a proposal there is none of.
func (rd *Reader) noProposal(s *speaker, act law.Act, all editions, want law.EditionKey) error {
	h := &page.Help{Err: fmt.Errorf("proposal %s: %w", want, law.ErrNotFound), Label: s.loc.T("outcome.there"), Links: s.outcomeLinks(all)}
	inAnother := func(x law.EditionHead) bool {
		k := x.EditionKey
		k.Lang = want.Lang
		return k == want
	}
	switch {
	case len(h.Links) == 0:
		h.Err = errors.Join(h.Err, errors.New("the act has no proposals"))
		h.Say, h.Label = s.loc.T("outcome.none"), s.loc.T("missing.instead")
		t := titled(act, s.ui)
		h.Links = []page.Link{{Href: s.in(actPath(act.ID)), Text: t.Text, Lang: t.Lang}}
	case len(all.filter(inAnother)) > 0:
		h.Say = s.loc.T("outcome.missing_language", "language", s.loc.InLanguage(want.Lang))
	default:
		h.Say = s.loc.T("outcome.missing", "date", s.loc.Date(want.Date), "dateof", s.loc.DateOf(want.Date))
	}
	return h
}

// outcomeLinks lists what became of every proposal, newest first.
func (s *speaker) outcomeLinks(all editions) []page.Link {
	var out []page.Link
	list := all.proposals()
	for i := len(list) - 1; i >= 0; i-- {
		if path := all.outcomeOf(list[i].EditionKey); path != "" {
			out = append(out, page.Link{Href: s.in(path), Text: s.edition(list[i].EditionKey) + " · " + s.loc.InLanguage(list[i].Lang)})
		}
	}
	return out
}
