package main

import (
	"context"
	"strings"

	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/internal/store"
	"github.com/tuzetu/tuzetu/law"
)

// storeByLaw stores the made-up by-law that rests on the sample act, so that the
// drafting page has somebody to warn of.
func (a *app) storeByLaw(ctx context.Context, s *store.Store) error {
	if err := s.SaveAct(ctx, sample.ByLaw()); err != nil {
		return err
	}
	for _, lang := range []law.Lang{law.KK, law.RU} {
		text := sample.ByLawMarkdown(lang)
		title, lines, err := law.ReadMarkdown(strings.NewReader(text))
		if err != nil {
			return err
		}
		e := law.Edition{MediaType: "text/markdown; charset=utf-8", Raw: []byte(text), Lines: lines}
		e.EditionKey = law.EditionKey{Act: sample.ByLawID, Status: law.Enacted, Date: sample.ByLawDate, Lang: lang}
		e.Title, e.FetchedAt = title, a.now().UTC()
		if _, _, err := s.AddEdition(ctx, e); err != nil {
			return err
		}
	}
	return nil
}
