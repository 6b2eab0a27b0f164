package proposal

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/drafting/edit"
	"github.com/tuzetu/tuzetu/law"
)

// work is what a member works on: their draft, or what they would begin one from.
// A language without a text in it still reads as its base; it gets a text when
// something of it is changed.
type work struct {
	dossiers.Draft
	kept  bool       // the draft is stored
	langs []law.Lang // that the base is there in, the first drafted one first
	docs  map[law.Lang]*law.Document
	bases map[law.Lang]*law.Document
	// from is the version the draft was begun from; zero for the base.
	from dossiers.Version
}

// work opens the visitor's draft, or begins one from the newest version.
func (ps *Proposals) work(ctx context.Context, v view) (*work, error) {
	return ps.workFrom(ctx, v, v.Newest)
}

// workFrom is work where a draft that is not there yet is begun from a version, 0
// for the base.
func (ps *Proposals) workFrom(ctx context.Context, v view, parent int) (*work, error) {
	w := &work{docs: map[law.Lang]*law.Document{}, bases: map[law.Lang]*law.Document{}}
	var err error
	w.Draft, err = ps.Store.Draft(ctx, v.org(), v.ID, string(v.who.Person.ID))
	switch {
	case err == nil:
		w.kept = true
	case !errors.Is(err, dossiers.ErrNotFound):
		return nil, err
	default:
		w.Draft = dossiers.Draft{Proposal: v.ID, Person: string(v.who.Person.ID), Parent: parent}
	}
	if w.langs, err = ps.langs(ctx, v); err != nil {
		return nil, err
	}
	if !w.kept && w.Parent > 0 {
		if w.from, err = ps.Store.Version(ctx, v.org(), v.ID, w.Parent); err != nil {
			return nil, err
		}
		w.Content = w.from.Content
	}
	if w.Texts == nil {
		w.Texts = map[law.Lang]string{}
	}
	return w, nil
}

// langs are those the base edition is there in, the one that was drafted first
// leading, then the state language.
func (ps *Proposals) langs(ctx context.Context, v view) ([]law.Lang, error) {
	out := []law.Lang{v.Base.Lang}
	heads, err := ps.Store.Editions(ctx, v.Base.Act)
	if err != nil {
		return nil, err
	}
	for _, lang := range law.Langs {
		if lang != v.Base.Lang && slices.ContainsFunc(heads, func(h law.EditionHead) bool { return h.EditionKey == v.BaseIn(lang) }) {
			out = append(out, lang)
		}
	}
	return out, nil
}

// base is the tree of the edition that the proposal changes.
func (ps *Proposals) base(ctx context.Context, v view, w *work, lang law.Lang) (*law.Document, error) {
	if d := w.bases[lang]; d != nil {
		return d, nil
	}
	d, err := ps.edition(ctx, v.BaseIn(lang))
	if err == nil {
		w.bases[lang] = d
	}
	return d, err
}

func (ps *Proposals) edition(ctx context.Context, key law.EditionKey) (*law.Document, error) {
	e, err := ps.Store.EditionText(ctx, key)
	if err != nil {
		return nil, fmt.Errorf("edition %s: %w", key, err)
	}
	return law.Build(key.Lang, e.Title, e.Lines), nil
}

// doc is the working text in a language.
func (ps *Proposals) doc(ctx context.Context, v view, w *work, lang law.Lang) (*law.Document, error) {
	if d := w.docs[lang]; d != nil {
		return d, nil
	}
	var d *law.Document
	var err error
	if _, there := w.Texts[lang]; there {
		d, err = w.Document(lang)
	} else {
		d, err = ps.base(ctx, v, w, lang)
	}
	if err == nil {
		w.docs[lang] = d
	}
	return d, err
}

// put makes a text the working one.
func (w *work) put(lang law.Lang, d *law.Document) {
	w.docs[lang], w.Texts[lang] = d, d.Markdown()
}

// follow moves what hangs on addresses of the working text to where an operation
// has put their provisions. What was said of a unit that went stays: the person
// may put it back, and a reason for nothing is left out of a version.
func (w *work) follow(lang law.Lang, now map[law.Address]law.Address) {
	if lang == w.langs[0] {
		for i, r := range w.Reasons {
			if to, ok := now[r.Address]; r.New && ok {
				w.Reasons[i].Address = to
			}
		}
	}
	for i, t := range w.Typed {
		if to, ok := now[t.Address]; t.Lang == lang && ok {
			w.Typed[i].Address = to
		}
	}
}

// typed is what was typed for a provision and does not stand there.
func (w *work) typed(lang law.Lang, at law.Address) (dossiers.Typed, bool) {
	i := slices.IndexFunc(w.Typed, func(t dossiers.Typed) bool { return t.Lang == lang && t.Address == at })
	if i < 0 {
		return dossiers.Typed{}, false
	}
	return w.Typed[i], true
}

// keepTyped keeps what was typed; an empty Typed takes it out.
func (w *work) keepTyped(lang law.Lang, at law.Address, t *dossiers.Typed) {
	w.Typed = slices.DeleteFunc(slices.Clone(w.Typed), func(x dossiers.Typed) bool { return x.Lang == lang && x.Address == at })
	if t != nil {
		w.Typed = append(w.Typed, *t)
	}
}

// changes are what the working text changes in a language.
func (ps *Proposals) changes(ctx context.Context, v view, w *work, lang law.Lang) (*diffing.Result, []edit.Change, error) {
	if _, there := w.Texts[lang]; !there {
		return nil, nil, nil
	}
	base, err := ps.base(ctx, v, w, lang)
	if err != nil {
		return nil, nil, err
	}
	doc, err := ps.doc(ctx, v, w, lang)
	if err != nil {
		return nil, nil, err
	}
	r := diffing.Compare(base, doc)
	return r, edit.Of(r), nil
}

// changeOf names a change as reasons do.
func changeOf(c *edit.Change) dossiers.Change {
	if c.Was != "" {
		return dossiers.Change{Address: c.Was}
	}
	return dossiers.Change{Address: c.At, New: true}
}

// finished is the draft as a version: without texts that change nothing and
// reasons that were left empty. It has no text where nothing is changed.
func (ps *Proposals) finished(ctx context.Context, v view, w *work) (dossiers.Content, error) {
	out := dossiers.Content{Texts: map[law.Lang]string{}}
	for lang, text := range w.Texts {
		base, err := ps.base(ctx, v, w, lang)
		if err != nil {
			return out, err
		}
		doc, err := ps.doc(ctx, v, w, lang)
		if err != nil {
			return out, err
		}
		if !sameText(base, doc) {
			out.Texts[lang] = text
		}
	}
	for _, r := range w.Reasons {
		if len(r.Text) > 0 || len(r.Sources) > 0 {
			out.Reasons = append(out.Reasons, r)
		}
	}
	return out, nil
}

// sameText tells whether two texts have the same provisions; notes of editors are
// none of a proposal's.
func sameText(a, b *law.Document) bool {
	return slices.EqualFunc(a.Provisions, b.Provisions, func(p, q *law.Provision) bool { return p.Text == q.Text && p.Kind == q.Kind })
}

// sum marks the words a page was made with, so that what was changed elsewhere
// meanwhile is seen. The last sign is no part: lists put theirs right by themselves.
func sum(text string) string {
	h := sha256.Sum256([]byte(strings.TrimRight(squeeze(text), ";.")))
	return hex.EncodeToString(h[:6])
}

// squeeze is a typed text as it is compared: line by line without stray blanks.
func squeeze(text string) string {
	var out []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = law.Squeeze(line); line != "" {
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}
