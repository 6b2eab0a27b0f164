package proposal

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// editor is one answer of the editor.
type editor struct {
	ps     *Proposals
	v      view
	w      *work
	f      url.Values    // what was sent; fields that are in the draft are shown from there
	at     []law.Address // provisions on the page; "-" before one that the draft takes out
	langs  []law.Lang    // that are shown
	t      taken
	faults map[law.Address]string // why an operation was not done, by its provision
	// notices are about the whole page; done tells the script that all that was sent
	// is kept.
	notices []page.Notice
	done    bool
}

func (ps *Proposals) editor(v view, w *work, f url.Values) *editor {
	e := &editor{ps: ps, v: v, w: w, f: f, faults: map[law.Address]string{}}
	for _, at := range f["at"] {
		if !slices.Contains(e.at, law.Address(at)) {
			e.at = append(e.at, law.Address(at))
		}
	}
	for _, lang := range w.langs {
		if slices.Contains(f["lang"], string(lang)) {
			e.langs = append(e.langs, lang)
		}
	}
	if len(e.langs) == 0 { // the two that bills are written in
		for _, lang := range w.langs {
			if lang != law.EN || lang == w.langs[0] {
				e.langs = append(e.langs, lang)
			}
		}
	}
	return e
}

// Edit shows the editor.
func (ps *Proposals) Edit(w http.ResponseWriter, r *http.Request) error {
	v, err := ps.drafted(r)
	if err != nil {
		return err
	}
	wk, err := ps.work(r.Context(), v)
	if err != nil {
		return err
	}
	return ps.editor(v, wk, r.URL.Query()).show(w, r, http.StatusOK)
}

// tries bounds how often a draft is taken up again that another page saves at the
// same moment.
const tries = 5

// Write takes what was typed, and then does what the button says. All that was
// typed is in the draft before anything else is tried.
func (ps *Proposals) Write(w http.ResponseWriter, r *http.Request) error {
	v, err := ps.drafted(r)
	if err != nil {
		return err
	}
	if err := page.ReadForm(r); err != nil {
		return err
	}
	do, at, _ := strings.Cut(r.PostForm.Get("do"), ":")
	op := operation{do, law.Address(at)}
	var e *editor
	for n := 1; ; n++ {
		if e, err = ps.written(r, v, op); !errors.Is(err, dossiers.ErrMoved) || n == tries {
			break
		}
	}
	if err != nil {
		return err
	}
	if quick(r) {
		return e.answer(w, r)
	}
	e.done = true
	switch {
	case e.t.moved:
		e.warn("prop.moved", "prop.moved_text")
		return e.show(w, r, http.StatusConflict)
	case len(e.t.refused) > 0 || len(e.faults) > 0 || len(e.t.long) > 0:
		return e.show(w, r, http.StatusUnprocessableEntity)
	case op.do == "version":
		return e.save(w, r)
	}
	return e.show(w, r, http.StatusOK)
}

// quick tells whether the script asks, while a person types.
func quick(r *http.Request) bool { return r.Header.Get("Accept") == "application/json" }

// begunFrom is the version that a page was made of. Where it was made of a draft,
// which is not there any more, that draft has become a version.
func begunFrom(v view, f url.Values) int {
	n, err := strconv.Atoi(f.Get("parent"))
	if f.Get("saved") != "0" || err != nil || n < 0 || n > v.Newest {
		return v.Newest
	}
	return n
}

// written takes a form into the draft and stores it. dossiers.ErrMoved where
// another page stored it at the same moment.
func (ps *Proposals) written(r *http.Request, v view, op operation) (*editor, error) {
	ctx, f := r.Context(), r.PostForm
	wk, err := ps.workFrom(ctx, v, begunFrom(v, f))
	if err != nil {
		return nil, err
	}
	e := ps.editor(v, wk, f)
	dropped := op.do == "discard" && e.discard(op.at)
	if e.t, err = ps.take(ctx, v, wk, f); err != nil {
		return nil, err
	}
	if _, err := ps.doc(ctx, v, wk, wk.langs[0]); err != nil {
		return nil, err
	}
	stale := f.Get("saved") != strconv.Itoa(wk.Saved)
	changed := e.t.changed || dropped
	if op.isOperation() && !quick(r) {
		// A split takes its words from the field, which one provision cannot hold.
		for _, lang := range e.langs {
			if op.do == "split" {
				delete(e.t.refused, field(textField, lang, string(op.at)))
			}
		}
		switch {
		case e.t.moved:
		case stale:
			e.warn("prop.stale", "prop.stale_text")
		default:
			done, err := e.operate(r, op)
			if err != nil {
				return nil, err
			}
			changed = changed || done
		}
	}
	if !quick(r) {
		e.choose(op)
	}
	if changed {
		wk.At = ps.now()
		d, err := ps.Store.SaveDraft(ctx, v.org(), wk.Draft)
		if err != nil {
			return nil, err
		}
		wk.Saved, wk.kept = d.Saved, true
	}
	return e, nil
}

// discard throws away what was typed for a provision and cannot stand there,
// because its owner says so.
func (e *editor) discard(at law.Address) (dropped bool) {
	for _, lang := range e.w.langs {
		if _, has := e.w.typed(lang, at); has {
			e.w.keepTyped(lang, at, nil)
			dropped = true
		}
		e.f.Del(field(textField, lang, string(at)))
	}
	return dropped
}

// operate does an operation and moves the page along with what it touched.
func (e *editor) operate(r *http.Request, op operation) (bool, error) {
	at, now, why, err := e.ps.operate(r.Context(), e.v, e.w, e.langs, op, e.f)
	if err != nil {
		return false, err
	}
	if why != nil {
		e.faults[op.at] = e.say(why)
		return false, nil
	}
	var to []law.Address
	for _, a := range e.at {
		if n, ok := now[a]; ok {
			to = append(to, n)
		} else if strings.HasPrefix(string(a), "-") && a != op.at {
			to = append(to, a)
		}
	}
	if at != "" && !slices.Contains(to, at) {
		to = append(to, at)
	}
	e.at = to
	for _, name := range []string{"place", "num", "to", "side", "as"} {
		e.f.Del(name + "-" + string(op.at))
	}
	for _, lang := range e.langs {
		e.f.Del(field("in", lang, string(op.at)))
	}
	return true, nil
}

// choose puts provisions on the page and takes them off.
func (e *editor) choose(op operation) {
	doc := e.w.docs[e.w.langs[0]]
	whole := func(at law.Address) {
		if doc == nil || doc.Find(at) == nil {
			if !slices.Contains(e.at, at) {
				e.at = append(e.at, at)
			}
			return
		}
		for _, p := range doc.Subtree(doc.Find(at)) {
			if !slices.Contains(e.at, p.Address) {
				e.at = append(e.at, p.Address)
			}
		}
	}
	switch op.do {
	case "add":
		e.at = append(without(e.at, op.at), op.at)
	case "whole":
		whole(op.at)
	case "article":
		if at := e.f.Get("article"); at != "" {
			whole(law.Address(at))
		}
	case "drop":
		e.at = without(e.at, op.at)
	}
}

func (e *editor) warn(title, text string) {
	e.notices = append(e.notices, page.Notice{Kind: "warning", Title: e.v.loc.T(title), Texts: []string{e.v.loc.T(text)}})
}

// answer tells the script what became of what it sent.
func (e *editor) answer(w http.ResponseWriter, r *http.Request) error {
	refused := map[string]string{}
	for name, why := range e.t.refused {
		refused[name] = refusalText(e.v.loc, why)
	}
	for _, name := range e.t.long {
		refused[name] = e.v.loc.T("prop.too_long")
	}
	status := http.StatusOK
	if e.t.moved {
		status = http.StatusConflict
	}
	return page.WriteJSON(w, r, status, page.Private, map[string]any{
		"saved": e.w.Saved, "moved": e.t.moved, "refused": refused, "texts": e.t.texts, "sums": e.t.sums,
		"said": e.v.loc.T("prop.kept", "at", e.v.loc.Moment(e.ps.now())),
	})
}

// say is why an operation was not done.
func (e *editor) say(why *fault) string {
	loc := e.v.loc
	switch {
	case why.none != "" || why.refusal == nil && len(why.several) == 0:
		return loc.T("prop.no_place", "what", why.none)
	case len(why.several) > 0:
		var all []string
		for _, at := range why.several {
			all = append(all, string(at))
		}
		return loc.T("prop.several", "list", strings.Join(all, ", "))
	}
	text := refusalText(loc, why.refusal)
	if why.lang != "" && len(e.langs) > 1 {
		text = loc.T("prop.in_lang", "lang", loc.Language(why.lang), "what", text)
	}
	return text
}

// save makes a version of the draft.
func (e *editor) save(w http.ResponseWriter, r *http.Request) error {
	note := strings.TrimSpace(e.f.Get("note"))
	content, err := e.ps.finished(r.Context(), e.v, e.w)
	if err != nil {
		return err
	}
	switch {
	case len(e.w.Typed) > 0:
		e.notices = append(e.notices, page.Notice{Kind: "warning", Title: e.v.loc.N("prop.untyped", len(e.w.Typed)), Texts: []string{e.v.loc.T("prop.untyped_text")}})
		return e.show(w, r, http.StatusUnprocessableEntity)
	case len(content.Texts) == 0:
		e.warn("prop.nothing", "prop.nothing_text")
		return e.show(w, r, http.StatusUnprocessableEntity)
	}
	v := dossiers.Version{Proposal: e.v.ID, Parent: e.w.Parent, Content: content, Note: note}
	_, err = e.ps.Store.SaveVersion(r.Context(), e.v.org(), v, e.w.Saved, e.ps.entry(e.v, "proposal.saved"))
	var moved *dossiers.MovedError
	if errors.As(err, &moved) {
		// The merge begins from the draft, so there is one.
		if !e.w.kept {
			e.w.At = e.ps.now()
			if _, err := e.ps.Store.SaveDraft(r.Context(), e.v.org(), e.w.Draft); err != nil {
				return err
			}
		}
		return page.See(w, r, e.v.at("/merge")+"?"+url.Values{"note": {note}}.Encode())
	}
	if err != nil {
		return err
	}
	return page.See(w, r, e.v.at("")+"?said=saved")
}

// unfinished tells whether the draft was begun from a version that is not the
// newest any more.
func (e *editor) unfinished() bool { return e.w.kept && e.w.Parent < e.v.Newest }
