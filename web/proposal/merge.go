package proposal

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/tuzetu/tuzetu/diffing/merge"
	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/people"
	"github.com/tuzetu/tuzetu/web/read"
)

// MergePage joins a draft with the version that somebody saved meanwhile. What
// both changed stands side by side, and a person chooses.
type MergePage struct {
	people.Frame
	Tabs      *page.Tabs
	Action    string
	Wrong     []page.Link
	Saved     int
	Newest    int
	Who, By   string // the newest version, and whose it is
	Conflicts []Conflict
	// Mine is what the result has beside the draft, Theirs beside the newest
	// version; only where nothing is left to decide.
	Mine, Theirs []Changed
	Both         []string // reasons that stand one after the other
	Doubled      []string
	Note         page.Field
	Submit       string
}

// Conflict is one thing to decide.
type Conflict struct {
	ID, Name string
	Legend   string
	What     string
	Lang     law.Lang
	Sides    []Side
	Own      string // text of one's own
	OwnOn    bool
	Error    string
}

// Side is a version of a conflict.
type Side struct {
	Value string // "mine" …; "" for the base, which is only shown
	Label string
	Lines [][]read.Span
	Plain string // to begin a text of one's own from
	None  bool
	On    bool
}

// merging is a draft and what it is joined with.
type merging struct {
	v       view
	w       *work
	parent  dossiers.Content
	newest  dossiers.Version
	langs   []law.Lang
	results map[law.Lang]*merge.Result
}

// merging opens the visitor's draft against the newest version; nil where there is
// nothing to join.
func (ps *Proposals) merging(r *http.Request) (*merging, view, error) {
	v, err := ps.drafted(r)
	if err != nil {
		return nil, v, err
	}
	m := &merging{v: v, results: map[law.Lang]*merge.Result{}}
	if m.w, err = ps.work(r.Context(), v); err != nil {
		return nil, v, err
	}
	if !m.w.kept || m.w.Parent >= v.Newest {
		return nil, v, nil
	}
	if m.parent, err = ps.content(r, v, m.w.Parent); err != nil {
		return nil, v, err
	}
	if m.newest, err = ps.Store.Version(r.Context(), v.org(), v.ID, v.Newest); err != nil {
		return nil, v, err
	}
	for _, lang := range m.w.langs {
		_, mine := m.w.Texts[lang]
		if _, theirs := m.newest.Texts[lang]; !mine && !theirs {
			continue
		}
		var docs [3]*law.Document
		for i, c := range [...]dossiers.Content{m.parent, m.w.Content, m.newest.Content} {
			if docs[i], err = ps.document(r, v, c, lang); err != nil {
				return nil, v, err
			}
		}
		m.langs = append(m.langs, lang)
		m.results[lang] = merge.Merge(docs[0], docs[1], docs[2])
	}
	return m, v, nil
}

// Merge shows what both changed.
func (ps *Proposals) Merge(w http.ResponseWriter, r *http.Request) error {
	m, v, err := ps.merging(r)
	if err != nil {
		return err
	}
	if m == nil {
		return page.See(w, r, v.at("/edit"))
	}
	return ps.merge(w, r, http.StatusOK, m, nil)
}

// Join makes the merged text a version. The draft becomes the merged text first,
// so that what was decided is kept even if yet another version came meanwhile.
func (ps *Proposals) Join(w http.ResponseWriter, r *http.Request) error {
	if err := page.ReadForm(r); err != nil {
		return err
	}
	m, v, err := ps.merging(r)
	if err != nil {
		return err
	}
	if m == nil {
		return page.See(w, r, v.at("/edit"))
	}
	if r.PostForm.Get("saved") != strconv.Itoa(m.w.Saved) || r.PostForm.Get("newest") != strconv.Itoa(v.Newest) {
		return ps.merge(w, r, http.StatusConflict, m, &page.Notice{Kind: "warning", Title: v.loc.T("prop.merge_moved"), Texts: []string{v.loc.T("prop.merge_moved_text")}})
	}
	joined, err := m.join(r)
	if errors.Is(err, merge.ErrUndecided) {
		return ps.merge(w, r, http.StatusUnprocessableEntity, m, nil)
	}
	if err != nil {
		return err
	}
	draft := m.w.Draft
	draft.Parent, draft.Content, draft.At = v.Newest, joined, ps.now()
	draft.Typed = m.w.Typed
	if draft, err = ps.Store.SaveDraft(r.Context(), v.org(), draft); errors.Is(err, dossiers.ErrMoved) {
		return page.See(w, r, v.at("/merge"))
	} else if err != nil {
		return err
	}
	wk, err := ps.work(r.Context(), v)
	if err != nil {
		return err
	}
	e := ps.editor(v, wk, r.PostForm)
	e.done = true
	return e.save(w, r)
}

// join resolves the conflicts as the form says.
func (m *merging) join(r *http.Request) (dossiers.Content, error) {
	out := dossiers.Content{Texts: map[law.Lang]string{}}
	var texts []*merge.Text
	for _, lang := range m.langs {
		var choices []merge.Choice
		for i := range m.results[lang].Conflicts {
			name := conflictName(lang, i)
			c := merge.Choice{Take: merge.Take(r.PostForm.Get(name))}
			if c.Take == merge.Own {
				c.Lines = strings.Split(page.Lines(r.PostForm.Get(name+"-own")), "\n")
			}
			choices = append(choices, c)
		}
		t, err := m.results[lang].Resolve(choices...)
		if err != nil {
			return out, err
		}
		out.Texts[lang] = t.Markdown()
		texts = append(texts, t)
	}
	var first *merge.Text
	if len(texts) > 0 {
		first = texts[0]
	}
	out.Reasons, _ = m.reasons(first)
	return out, nil
}

func conflictName(lang law.Lang, i int) string { return fmt.Sprintf("c-%s-%d", lang, i) }

// reasons are those of both, each at the provision where it stands now. What both
// wrote of one change stands one after the other; those are named too.
func (m *merging) reasons(t *merge.Text) (out []dossiers.Reason, joined []dossiers.Change) {
	moved := func(c dossiers.Change, to map[law.Address]law.Address) dossiers.Change {
		if now, ok := to[c.Address]; c.New && ok {
			c.Address = now
		}
		return c
	}
	var mineTo, theirsTo map[law.Address]law.Address
	if t != nil {
		mineTo, theirsTo = t.Mine, t.Theirs
	}
	for _, r := range m.newest.Reasons {
		r.Change = moved(r.Change, theirsTo)
		out = append(out, r)
	}
	for _, r := range m.w.Reasons {
		was, _ := m.parent.Reason(r.Change)
		if sameReason(r, was) {
			continue // they may have changed it, or taken it out
		}
		r.Change = moved(r.Change, mineTo)
		i := -1
		for k := range out {
			if out[k].Change == r.Change {
				i = k
			}
		}
		switch {
		case i < 0:
			out = append(out, r)
		case sameReason(out[i], was), sameReason(out[i], r):
			out[i] = r
		default:
			out[i] = bothReasons(r, out[i])
			joined = append(joined, r.Change)
		}
	}
	return out, joined
}

func sameReason(a, b dossiers.Reason) bool {
	if !slices.EqualFunc(a.Sources, b.Sources, dossiers.Source.Equal) {
		return false
	}
	for _, lang := range law.Langs {
		if a.Text[lang] != b.Text[lang] {
			return false
		}
	}
	return true
}

func bothReasons(mine, theirs dossiers.Reason) dossiers.Reason {
	out := dossiers.Reason{Change: mine.Change, Text: law.Words{}}
	for _, lang := range law.Langs {
		switch a, b := mine.Text[lang], theirs.Text[lang]; {
		case a == b || b == "":
			out.Text[lang] = a
		case a == "":
			out.Text[lang] = b
		default:
			out.Text[lang] = a + "\n\n" + b
		}
		if out.Text[lang] == "" {
			delete(out.Text, lang)
		}
	}
	for _, s := range slices.Concat(mine.Sources, theirs.Sources) {
		if !slices.ContainsFunc(out.Sources, s.Equal) {
			out.Sources = append(out.Sources, s)
		}
	}
	return out
}
