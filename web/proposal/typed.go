package proposal

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/drafting/edit"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// Names of the editor's fields. Each is followed by a language, where it has one,
// and by an address: "t-ru-art_4__para_2". A page sends the fields it has; what it
// does not send stays as it is.
const (
	textField   = "t"    // the words of a provision
	sumField    = "s"    // of the words the page was made with
	takeField   = "take" // whose words stand, where two pages changed them
	whyField    = "why"  // the reason of a change
	whySum      = "sw"   // of the reason the page was made with
	sourceField = "src"  // its sources, a line each
	sourceSum   = "ss"
)

func field(kind string, lang law.Lang, at string) string { return kind + "-" + string(lang) + "-" + at }

// keyOf names a change in the form: its address, after "+" where it is new.
func keyOf(c dossiers.Change) string {
	if c.New {
		return "+" + string(c.Address)
	}
	return string(c.Address)
}

func changeOfKey(key string) dossiers.Change {
	at, fresh := strings.CutPrefix(key, "+")
	return dossiers.Change{Address: law.Address(at), New: fresh}
}

// taken is what became of a form.
type taken struct {
	changed bool // there is something to keep
	moved   bool // some of it was changed from another page meanwhile
	// refused are the fields whose text cannot stand in the law, and why.
	refused map[string]*edit.Refusal
	// texts are the fields that hold other words now than were sent.
	texts map[string]string
	sums  map[string]string // of the fields that were sent
	long  []string          // fields with more than can be kept
}

// mostReason bounds a reason and its sources, in bytes, as dossiers does.
const mostReason = 30 << 10

// take puts what was typed into the draft.
func (ps *Proposals) take(ctx context.Context, v view, w *work, f url.Values) (taken, error) {
	t := taken{refused: map[string]*edit.Refusal{}, texts: map[string]string{}, sums: map[string]string{}}
	for _, lang := range w.langs {
		if err := ps.takeTexts(ctx, v, w, lang, f, &t); err != nil {
			return t, err
		}
		takeReasons(w, lang, f, &t)
	}
	takeSources(w, v.ui, f, &t)
	return t, nil
}

// sent are the addresses a form has a kind of field for, in the order of their
// names.
func sent(f url.Values, prefix string) (out []string) {
	for name := range f {
		if at, ok := strings.CutPrefix(name, prefix); ok && at != "" {
			out = append(out, at)
		}
	}
	slices.Sort(out)
	return out
}

func (ps *Proposals) takeTexts(ctx context.Context, v view, w *work, lang law.Lang, f url.Values, t *taken) error {
	prefix := textField + "-" + string(lang) + "-"
	ats := sent(f, prefix)
	if len(ats) == 0 {
		return nil
	}
	doc, err := ps.doc(ctx, v, w, lang)
	if err != nil {
		return err
	}
	var other []edit.Words
	var names []string
	for _, at := range ats {
		name := prefix + at
		text, stands := page.Lines(f.Get(name)), ""
		p := doc.Find(law.Address(at))
		if p != nil {
			stands = p.Text
		}
		kept, has := w.typed(lang, law.Address(at))
		keep := func(moved bool) {
			if !has || kept.Text != text || kept.Moved != moved {
				w.keepTyped(lang, law.Address(at), &dossiers.Typed{Lang: lang, Address: law.Address(at), Text: text, Moved: moved})
				t.changed = true
			}
		}
		whose := f.Get(field(takeField, lang, at))
		switch {
		case p != nil && (squeeze(text) == squeeze(stands) || has && kept.Moved && whose == "theirs"):
			if has {
				w.keepTyped(lang, law.Address(at), nil)
				t.changed = true
			}
			if squeeze(text) != squeeze(stands) {
				t.texts[name] = stands
			}
		case p == nil:
			keep(false)
			t.refused[name] = &edit.Refusal{Code: edit.NotFound, At: law.Address(at)}
		case has && kept.Moved && whose != "mine", sum(stands) != f.Get(field(sumField, lang, at)):
			keep(true)
			t.moved = true
		default:
			other, names = append(other, edit.Words{At: law.Address(at), Text: text}), append(names, name)
		}
	}
	done, refused := edit.ReplaceAll(doc, other)
	if done != nil {
		w.put(lang, done.Document)
		w.follow(lang, done.Now)
		t.changed, doc = true, done.Document
	}
	for i, x := range other {
		if r := refused[i]; r != nil {
			t.refused[names[i]] = r
			if kept, has := w.typed(lang, x.At); !has || kept.Text != x.Text || kept.Moved {
				w.keepTyped(lang, x.At, &dossiers.Typed{Lang: lang, Address: x.At, Text: x.Text})
				t.changed = true
			}
		} else {
			w.keepTyped(lang, x.At, nil)
		}
	}
	for _, at := range ats {
		if p := doc.Find(law.Address(at)); p != nil {
			t.sums[field(sumField, lang, at)] = sum(p.Text)
		}
	}
	return nil
}

// takeReasons takes the reasons in a language. Where another page wrote one
// meanwhile, both stand.
func takeReasons(w *work, lang law.Lang, f url.Values, t *taken) {
	prefix := whyField + "-" + string(lang) + "-"
	for _, key := range sent(f, prefix) {
		name, text := prefix+key, page.Typed(f.Get(prefix+key))
		r, _ := w.Reason(changeOfKey(key))
		stands := r.Text[lang]
		text = both(stands, text, f.Get(field(whySum, lang, key)))
		if len(text) > mostReason {
			t.long = append(t.long, name)
			continue
		}
		if text != page.Typed(f.Get(name)) {
			t.texts[name] = text
		}
		t.sums[field(whySum, lang, key)] = sum(text)
		if text == stands {
			continue
		}
		words := law.Words{}
		for l, s := range r.Text {
			words[l] = s
		}
		if words[lang] = text; text == "" {
			delete(words, lang)
		}
		r.Text = words
		w.setReason(r)
		t.changed = true
	}
}

func takeSources(w *work, ui law.Lang, f url.Values, t *taken) {
	for _, key := range sent(f, sourceField+"-") {
		name := sourceField + "-" + key
		r, _ := w.Reason(changeOfKey(key))
		stands, typed := dossiers.SourceLines(r.Sources, ui), page.Typed(f.Get(name))
		text := both(stands, typed, f.Get(sourceSum+"-"+key))
		if len(text) > mostReason {
			t.long = append(t.long, name)
			continue
		}
		if text != typed {
			t.texts[name] = text
		}
		t.sums[sourceSum+"-"+key] = sum(text)
		if text != stands {
			r.Sources, _ = dossiers.ReadSources(text, r.Sources, ui) // an address that is none is kept as words
			w.setReason(r)
			t.changed = true
		}
	}
}

// both is what was typed, after what another page has kept in the same place since
// this one was made.
func both(stands, typed, made string) string {
	if typed == stands || sum(stands) == made || stands == "" {
		return typed
	}
	return stands + "\n\n" + typed
}

func (w *work) setReason(r dossiers.Reason) {
	out := slices.Clone(w.Reasons)
	if i := slices.IndexFunc(out, func(x dossiers.Reason) bool { return x.Change == r.Change }); i >= 0 {
		out[i] = r
	} else {
		out = append(out, r)
	}
	w.Reasons = out
}
