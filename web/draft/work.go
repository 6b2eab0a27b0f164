package draft

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/tuzetu/tuzetu/citing"
	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/drafting"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// done is what came of a form.
type done struct {
	key     law.EditionKey
	act     law.Act // what is known of it
	base    *law.Document
	after   *law.Document
	result  *drafting.Result // nil where a whole text was pasted
	written *drafting.Act    // the act that makes the one text the other; nil where nothing differs
	changes *diffing.Result
	refs    []drafting.Reference
	looked  citing.Answer // for those in other acts
}

var (
	errEmpty   = errors.New("nothing was pasted")
	errFile    = errors.New("the file could not be read")
	errEdition = errors.New("no edition was chosen")
	errDay     = errors.New("no such day")
)

// work reads what was pasted and applies it. What a file held, and what was
// corrected, becomes the text of the form.
func (d *Drafter) work(ctx context.Context, q *request) (*done, error) {
	key, err := law.ParseEditionKey(q.edition)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errEdition, err)
	}
	lines, err := d.lines(q)
	if err != nil {
		return nil, err
	}
	var published law.Date
	if q.published != "" {
		if published, err = law.ParseDate(q.published); err != nil {
			return nil, fmt.Errorf("%w: %w", errDay, err)
		}
	}
	e, err := d.store.EditionText(ctx, key)
	if err != nil {
		return nil, fmt.Errorf("edition %s: %w", key, err)
	}
	w := &done{key: key, base: law.Build(key.Lang, e.Title, e.Lines)}
	if q.act {
		if err := w.apply(lines, q, published); err != nil {
			return nil, err
		}
	} else {
		if lang, ok := law.DetectLang(lines); ok && lang != key.Lang {
			return nil, drafting.ErrLanguage
		}
		w.after = law.Build(key.Lang, e.Title, lines)
	}
	if w.act, err = d.store.Act(ctx, key.Act); err != nil && !errors.Is(err, law.ErrNotFound) {
		return nil, fmt.Errorf("act %s: %w", key.Act, err)
	}
	w.written, err = drafting.Write(w.base, w.after, drafting.WriteOptions{Requisites: w.act.Requisites[w.base.Lang], Adopted: w.act.Adopted})
	if err != nil && !errors.Is(err, drafting.ErrNothing) {
		if !q.act {
			return nil, err
		}
		w.written = nil // the act that was pasted is there
	}
	w.changes = diffing.Compare(w.base, w.after)
	if w.looked, err = d.cited.Citing(ctx, key.Act, key.Lang, law.DateOf(d.now())); err != nil {
		return nil, fmt.Errorf("citations of %s: %w", key.Act, err)
	}
	w.refs = drafting.References(w.changes, citing.Itself(w.base, w.act), w.looked.Found)
	return w, ctx.Err()
}

// lines are those of the file, or of the text with its corrections.
func (d *Drafter) lines(q *request) ([]law.Line, error) {
	if len(q.file) == 0 {
		q.text = q.corrected()
	}
	q.fixes = nil
	return d.pasted(&q.text, q.fileName, q.file)
}

// pasted are the lines of a file, which becomes the text of the form, or of the
// text where no file was sent.
func (d *Drafter) pasted(text *string, fileName string, file []byte) ([]law.Line, error) {
	if len(file) > 0 {
		lines, err := d.read(fileName, file)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", errFile, err)
		}
		var b strings.Builder
		for _, l := range lines {
			b.WriteString(l.Text + "\n")
		}
		*text = b.String()
	}
	if strings.TrimSpace(*text) == "" {
		return nil, errEmpty
	}
	return law.ReadText(strings.NewReader(*text))
}

func (w *done) apply(lines []law.Line, q *request, published law.Date) error {
	a, err := drafting.Read(w.base.Lang, lines)
	if err != nil {
		return err
	}
	if a, err = a.Of(w.base.Title); err != nil {
		return err
	}
	for i := range a.Instructions {
		in := &a.Instructions[i]
		if p := w.base.Find(q.picks[sign(in.Text)]); p != nil {
			in.Choose(p)
		}
	}
	w.result = drafting.Apply(w.base, a, published)
	w.after = law.Build(w.base.Lang, w.result.Title, drafting.Lines(w.result.Text))
	return nil
}

// fault is what to say of a form that could not be worked on; ok is false for
// errors of our own.
func (d *Drafter) fault(r *http.Request, err error) (string, bool) {
	l := d.pages.Locale(page.UI(r))
	var large *http.MaxBytesError
	var acts *drafting.ActsError
	switch {
	case errors.As(err, &large):
		return l.T("draft.fault.large"), true
	case errors.Is(err, errEmpty):
		return l.T("draft.fault.empty"), true
	case errors.Is(err, errFile):
		return l.T("draft.fault.file"), true
	case errors.Is(err, errEdition), errors.Is(err, law.ErrNotFound):
		return l.T("draft.fault.edition"), true
	case errors.Is(err, errDay):
		return l.T("draft.fault.day"), true
	case errors.Is(err, drafting.ErrLanguage):
		return l.T("draft.fault.language"), true
	case errors.Is(err, drafting.ErrNoInstruction):
		return l.T("draft.fault.nothing"), true
	case errors.As(err, &acts):
		return l.T("draft.fault.other", "acts", strings.Join(acts.Acts, ", ")), true
	}
	return "", false
}
