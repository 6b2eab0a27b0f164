package proposal

import (
	"context"
	"errors"
	"net/url"
	"strings"

	"github.com/tuzetu/tuzetu/drafting/edit"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// operation is a button of the editor: what is to be done, and where.
type operation struct {
	do string
	at law.Address
}

// isOperation tells whether a button changes the structure of the text.
func (o operation) isOperation() bool {
	switch o.do {
	case "insert", "split", "move", "exclude", "delete", "renumber", "return":
		return true
	}
	return false
}

// fault is why an operation was not done.
type fault struct {
	lang    law.Lang
	refusal *edit.Refusal
	several []law.Address // a citation that may mean each of them
	none    string        // one that means nothing
}

// operate does an operation in each of the languages, in all of them or in none.
// at is what was touched. What a language does not have at the place it is left out
// of.
func (ps *Proposals) operate(ctx context.Context, v view, w *work, langs []law.Lang, o operation, f url.Values) (at law.Address, now map[law.Address]law.Address, why *fault, err error) {
	done := map[law.Lang]*edit.Done{}
	number := strings.TrimSpace(f.Get("num-" + string(o.at)))
	for _, lang := range langs {
		doc, err := ps.doc(ctx, v, w, lang)
		if err != nil {
			return "", nil, nil, err
		}
		was, back := strings.CutPrefix(string(o.at), "-")
		back = back && o.do == "return"
		if !back && doc.Find(o.at) == nil && len(langs) > 1 {
			continue
		}
		var d *edit.Done
		switch o.do {
		case "insert":
			text := page.Lines(f.Get(field("in", lang, string(o.at))))
			if strings.TrimSpace(text) == "" && len(langs) > 1 {
				continue
			}
			side, kind, _ := strings.Cut(f.Get("place-"+string(o.at)), "|")
			d, err = edit.Insert(doc, edit.Place{Side: edit.Side(side), At: o.at}, edit.Unit{Kind: law.Kind(kind), Number: number, Text: text})
			if err == nil && number == "" {
				number = d.Document.Find(d.At).Number // the same in every language
			}
		case "split":
			text := page.Lines(f.Get(field(textField, lang, string(o.at))))
			if kept, has := w.typed(lang, o.at); has && text == "" {
				text = kept.Text
			}
			if !strings.Contains(squeeze(text), "\n") && len(langs) > 1 {
				continue
			}
			d, err = edit.Split(doc, o.at, strings.Split(text, "\n")...)
		case "move":
			var to *law.Provision
			if to, why = ps.meant(v, doc, o.at, f.Get("to-"+string(o.at))); why != nil {
				why.lang = lang
				return "", nil, why, nil
			}
			d, err = edit.Move(doc, o.at, edit.Place{Side: edit.Side(f.Get("side-" + string(o.at))), At: to.Address})
		case "exclude":
			d, err = edit.Exclude(doc, o.at, "")
		case "delete":
			d, err = edit.Delete(doc, o.at)
		case "return":
			var base *law.Document
			if base, err = ps.base(ctx, v, w, lang); err != nil {
				return "", nil, nil, err
			}
			d, err = edit.Restore(doc, base, law.Address(was))
		case "renumber":
			d, err = edit.Renumber(doc, o.at, strings.TrimSpace(f.Get("as-"+string(o.at))))
		}
		var refusal *edit.Refusal
		if errors.As(err, &refusal) {
			if back && len(langs) > 1 && (refusal.Code == edit.AlreadyThere || refusal.Code == edit.NotFound) {
				continue // the other language has lost it, this one has not
			}
			return "", nil, &fault{lang: lang, refusal: refusal}, nil
		}
		if err != nil {
			return "", nil, nil, err
		}
		done[lang] = d
	}
	if len(done) == 0 && o.do == "return" {
		return "", nil, &fault{refusal: &edit.Refusal{Code: edit.AlreadyThere, At: o.at}}, nil
	}
	if len(done) == 0 {
		return "", nil, &fault{refusal: &edit.Refusal{Code: edit.NoWords, At: o.at}}, nil
	}
	for _, lang := range langs {
		if d := done[lang]; d != nil {
			w.put(lang, d.Document)
			if o.do == "split" {
				w.keepTyped(lang, o.at, nil)
			}
			w.follow(lang, d.Now)
			if now == nil {
				at, now = d.At, d.Now
			}
		}
	}
	return at, now, nil, nil
}

// meant is the provision that somebody names by its address or a citation.
func (ps *Proposals) meant(v view, doc *law.Document, near law.Address, said string) (*law.Provision, *fault) {
	found := named(doc, v.ui, doc.Find(near), said)
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return nil, &fault{none: strings.TrimSpace(said)}
	}
	f := &fault{}
	for _, p := range found {
		f.several = append(f.several, p.Address)
	}
	return nil, f
}

// named are the provisions that an address or a citation in any language may mean.
func named(doc *law.Document, ui law.Lang, near *law.Provision, said string) []*law.Provision {
	said = law.Squeeze(said)
	if p := doc.Find(law.Address(said)); p != nil {
		return []*law.Provision{p}
	}
	for _, lang := range []law.Lang{ui, law.RU, law.KK, law.EN} {
		if c, err := law.ParseCitation(lang, said); err == nil {
			if found := doc.Resolve(c, near); len(found) > 0 {
				return found
			}
		}
	}
	return nil
}
