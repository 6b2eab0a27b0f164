package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/tuzetu/tuzetu/citing"
	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/drafting"
	"github.com/tuzetu/tuzetu/law"
)

// references are the citations of what a change touches, and among how many acts
// they were looked for.
type references struct {
	list     []drafting.Reference
	searched *drafting.Searched
}

// references finds them in the act and, if stored acts are to be looked through,
// in those. A base from a file is the stored act of its title.
func (a *app) references(ctx context.Context, db *lazyStore, stored bool, base text, title string, after *law.Document) (r references, err error) {
	changes := diffing.Compare(base.doc, after)
	if !stored {
		r.list = drafting.References(changes, nil, nil)
		return r, nil
	}
	if err := db.reading(ctx); err != nil {
		return r, err
	}
	if title == "" {
		title = base.doc.Title
	}
	act, err := db.actOf(ctx, base, title)
	if errors.Is(err, law.ErrNotFound) {
		a.say("%s: no stored act has this title: other acts were not looked through (say which with --act TITLE)", base.ref)
		r.list = drafting.References(changes, nil, nil)
		return r, nil
	}
	if err != nil {
		return r, err
	}
	answer, err := citing.NewLibrary(db.open).Citing(ctx, act.ID, base.doc.Lang, law.DateOf(a.now()))
	if err != nil {
		return r, err
	}
	r.searched = drafting.NewSearched(answer)
	r.list = drafting.References(changes, citing.Itself(base.doc, act), answer.Found)
	return r, nil
}

// actOf is the act a text is of; law.ErrNotFound where no stored one, or more than
// one, has its title.
func (l *lazyStore) actOf(ctx context.Context, base text, title string) (law.Act, error) {
	if base.key.Act != "" {
		return l.open.Act(ctx, base.key.Act)
	}
	acts, err := l.open.Acts(ctx)
	if err != nil {
		return law.Act{}, err
	}
	name := citing.Titled(title)
	ids := citing.NewCatalogue(acts).Find(base.doc.Lang, &name)
	if title == "" || len(ids) != 1 {
		return law.Act{}, law.ErrNotFound
	}
	return l.open.Act(ctx, ids[0])
}

// given reports whether a flag was on the command line.
func given(fs *flag.FlagSet, name string) (found bool) {
	fs.Visit(func(f *flag.Flag) { found = found || f.Name == name })
	return found
}

// sayReferences warns of citations, if they were looked for among stored acts.
func (a *app) sayReferences(r references, lang law.Lang) {
	if r.searched == nil {
		return
	}
	for i := range r.list {
		a.say("%s", r.list[i].Warning[lang])
	}
	for _, key := range r.searched.Unread {
		a.say("%s could not be read", key)
	}
	a.say("%s", drafting.CountReferences(r.list, r.searched, lang))
}

// cites: who cites an act, or a unit of it, among the stored acts.
func (a *app) cites(ctx context.Context, args *arguments) (err error) {
	var format, out string
	lang := law.RU
	var db *string
	words, err := args.parse(1, 1, func(fs *flag.FlagSet) {
		fs.StringVar(&format, "format", "", "")
		fs.StringVar(&out, "o", "", "")
		languageFlag(fs, &lang)
		db = a.databaseFlag(fs)
	})
	if err != nil {
		return err
	}
	if format, err = outputFormat(args, format, out, "text", "text", "json", "txt"); err != nil {
		return err
	}
	name, unit, _ := strings.Cut(words[0], "#")
	id, err := law.ParseActID(name)
	if err != nil {
		return err
	}
	source := &lazyStore{url: *db}
	defer func() { err = errors.Join(err, source.Close()) }()
	if err := source.reading(ctx); err != nil {
		return err
	}
	began := a.now()
	day := law.DateOf(began)
	answer, err := citing.NewLibrary(source.open).Citing(ctx, id, lang, day)
	if err != nil {
		return err
	}
	report := citesReport{Act: id, Searched: drafting.NewSearched(answer), Citations: []citesEntry{}}
	doc, err := source.newest(ctx, id, lang, day)
	if err != nil {
		return err
	}
	var asked *law.Provision
	if unit != "" {
		if asked, err = unitOf(doc, unit); err != nil {
			return fmt.Errorf("%s: %w", id, err)
		}
		report.Unit = asked.Address
	}
	for i := range answer.Found {
		if e, ok := entryOf(&answer.Found[i], doc, asked); ok {
			report.Citations = append(report.Citations, e)
		}
	}
	if err := a.output(out, func(w io.Writer) error { return report.write(w, format, lang) }); err != nil {
		return err
	}
	for _, key := range answer.Unread {
		a.say("%s could not be read", key)
	}
	a.say("citations of %s: %d, acts that cite it: %d; acts stored here and looked through: %d, with citations of any act: %d; %.2f s; acts that are not stored are not known",
		words[0], len(report.Citations), report.acts(), answer.Acts, answer.Citations, a.now().Sub(began).Seconds())
	return nil
}

// newest reads the text of an act that holds on a day, in lang if there is one.
func (l *lazyStore) newest(ctx context.Context, id law.ActID, lang law.Lang, day law.Date) (*law.Document, error) {
	heads, err := l.open.Current(ctx, day)
	if err != nil {
		return nil, err
	}
	var key law.EditionKey
	for _, h := range heads {
		if h.Act == id && (key.Act == "" || h.Lang == lang) {
			key = h.EditionKey
		}
	}
	if key.Act == "" {
		return nil, l.unknown(ctx, law.EditionKey{Act: id, Lang: lang})
	}
	e, err := l.open.EditionText(ctx, key)
	if err != nil {
		return nil, err
	}
	return law.Build(key.Lang, e.Title, e.Lines), nil
}

// unitOf finds a unit by its address or by a citation in any language.
func unitOf(doc *law.Document, unit string) (*law.Provision, error) {
	if p := doc.Find(law.Address(unit)); p != nil {
		return p, nil
	}
	for _, lang := range law.Langs {
		c, err := law.ParseCitation(lang, unit)
		if err != nil {
			continue
		}
		if found := citing.Resolve(doc, c, nil); len(found) == 1 {
			return found[0], nil
		}
	}
	return nil, fmt.Errorf("no unit, or more than one, is %q in the newest text", unit)
}

// citesReport is what cites prints.
type citesReport struct {
	Act       law.ActID          `json:"act"`
	Unit      law.Address        `json:"unit,omitempty"`
	Citations []citesEntry       `json:"citations"`
	Searched  *drafting.Searched `json:"searched"`
}

type citesEntry struct {
	Act   *drafting.CitingAct `json:"act"`
	At    law.Address         `json:"at"`
	Label law.Label           `json:"label"`
	Text  string              `json:"text"`
	// Units are what is cited, in the newest text; none: the act as a whole.
	Units []law.Address `json:"units"`
	Basis bool          `json:"basis"`
	Doubt string        `json:"doubt"`
}

// entryOf is a citation as cites lists it; ok is false where another unit is
// asked for. What cites a unit cites what it holds, and what it is in.
func entryOf(f *citing.Found, doc *law.Document, asked *law.Provision) (e citesEntry, ok bool) {
	e = citesEntry{Act: drafting.ActOf(f), At: f.At, Label: f.Where.Label(f.At), Text: f.Text, Units: []law.Address{}, Basis: f.Basis}
	if f.Several {
		e.Doubt = drafting.DoubtActs
	}
	for _, unit := range f.Units {
		targets := f.Targets(doc, unit)
		if len(targets) == 0 {
			e.Doubt = "cites a unit that the newest text does not have"
		}
		for _, p := range targets {
			e.Units = append(e.Units, p.Address)
			ok = ok || asked != nil && (slices.Contains(doc.Subtree(asked), p) || slices.Contains(doc.Subtree(p), asked))
		}
	}
	return e, ok || asked == nil
}

func (r *citesReport) acts() int {
	seen := map[law.ActID]bool{}
	for _, c := range r.Citations {
		seen[c.Act.ID] = true
	}
	return len(seen)
}

func (r *citesReport) write(w io.Writer, format string, lang law.Lang) error {
	if format == "json" {
		return writeJSON(w, r)
	}
	var b strings.Builder
	var last law.ActID
	for _, c := range r.Citations {
		if c.Act.ID != last {
			last = c.Act.ID
			fmt.Fprintf(&b, "%s  %s\n", c.Act.Version, c.Act.Name.In(lang))
		}
		fmt.Fprintf(&b, "  %s: %s", c.Label.In(lang), c.Text)
		if c.Basis {
			b.WriteString("  [basis]")
		}
		if c.Doubt != "" {
			fmt.Fprintf(&b, "  (%s)", c.Doubt)
		}
		b.WriteByte('\n')
	}
	_, err := io.WriteString(w, b.String())
	return err
}
