package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/internal/store"
	"github.com/tuzetu/tuzetu/law"
)

// shownDifferences bounds what is told of one text: a table of numbers that two
// sites print otherwise has hundreds.
const shownDifferences = 40

// tellWitnesses compares each edition that two sources have, in the languages
// asked for (all, if none), and lists on stdout how they differ: what a reader
// can hear, provision by provision, and apart from it what he cannot.
func (a *app) tellWitnesses(ctx context.Context, s *store.Store, act law.ActID, langs []law.Lang) error {
	heads, err := s.Editions(ctx, act)
	if err != nil {
		return err
	}
	witnesses, err := s.Witnesses(ctx, act)
	if err != nil {
		return err
	}
	for i, w := range witnesses {
		same := func(h law.EditionHead) bool {
			return h.Status == law.Enacted && h.Date == w.Date && h.Lang == w.Lang
		}
		later := slices.ContainsFunc(witnesses[i+1:], func(h law.EditionHead) bool { return same(h) && h.Source == w.Source })
		if later || len(langs) > 0 && !slices.Contains(langs, w.Lang) {
			continue // the newest text of each source speaks for it
		}
		var edition law.EditionHead
		for _, h := range heads {
			if same(h) { // the newest revision is the last
				edition = h
			}
		}
		was, err := s.EditionText(ctx, edition.EditionKey)
		if err != nil {
			return err
		}
		is, err := s.Witness(ctx, w.Source, w.EditionKey)
		if err != nil {
			return err
		}
		r := diffing.Compare(law.Build(was.Lang, was.Title, was.Lines), law.Build(is.Lang, is.Title, is.Lines))
		a.tellDifferences(edition, w, r)
	}
	return nil
}

func (a *app) tellDifferences(edition, witness law.EditionHead, r *diffing.Result) {
	first, second := cmp.Or(edition.Source, "a file"), witness.Source
	var provisions []diffing.Pair
	var technical []string
	notes := 0
	for _, p := range r.Pairs {
		switch {
		case p.Note && p.Kind != diffing.Same:
			notes++
		case p.Note || !p.Changed():
		case p.Technical:
			technical = append(technical, string(place(p.From)))
		default:
			provisions = append(provisions, p)
		}
	}
	text := second // which of its texts, as a REF names it
	if witness.Revision > 0 {
		text = fmt.Sprintf("%s~%d", second, witness.Revision)
	}
	switch n := len(provisions); n {
	case 0:
		fmt.Fprintf(a.stdout, "%s: %s and %s have the same law\n", edition.EditionKey, first, text)
	case 1:
		fmt.Fprintf(a.stdout, "%s: %s and %s differ in 1 provision\n", edition.EditionKey, first, text)
	default:
		fmt.Fprintf(a.stdout, "%s: %s and %s differ in %d provisions\n", edition.EditionKey, first, text, n)
	}
	for i, p := range provisions {
		if i == shownDifferences {
			fmt.Fprintf(a.stdout, "  and %d more (tuzetu diff %s %s:%s)\n", len(provisions)-i, edition.EditionKey, second, witness.EditionKey)
			break
		}
		fmt.Fprintf(a.stdout, "  %s\n", difference(p, first, second))
	}
	if n := len(technical); n > 0 {
		more := ""
		if n > shownDifferences {
			technical, more = technical[:shownDifferences], ", …"
		}
		fmt.Fprintf(a.stdout, "  only in numbers, punctuation, spacing or letter case: %d (%s%s)\n", n, strings.Join(technical, ", "), more)
	}
	if notes > 0 {
		fmt.Fprintf(a.stdout, "  editors' notes that differ: %d\n", notes)
	}
}

// difference is one provision in two sources.
func difference(p diffing.Pair, first, second string) string {
	switch {
	case p.To == nil:
		return fmt.Sprintf("%s stands in %s only: %q", place(p.From), first, p.From.Text)
	case p.From == nil:
		return fmt.Sprintf("%s stands in %s only: %q", place(p.To), second, p.To.Text)
	}
	at := string(place(p.From))
	if to := string(place(p.To)); to != at {
		at += ", in " + second + " " + to
	}
	if p.Kind == diffing.Same {
		return at + ": the same words"
	}
	return fmt.Sprintf("%s: %s %q, %s %q", at, first, p.From.Text, second, p.To.Text)
}

func place(s *diffing.Side) law.Address { return s.Provisions[0].Address }
