package main

import (
	"context"
	"errors"
	"flag"
	"fmt"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/internal/store"
	"github.com/tuzetu/tuzetu/watch"
)

// dossierMediaLaw names the history of the law on mass media.
const dossierMediaLaw = "media-law"

// dossier: a dossier that comes with the program, loaded for an organisation.
func (a *app) dossier(ctx context.Context, args *arguments) error {
	var of string
	var db *string
	words, err := args.parse(2, 2, func(fs *flag.FlagSet) {
		fs.StringVar(&of, "org", "", "")
		db = a.databaseFlag(fs)
	})
	if err != nil {
		return err
	}
	if words[0] != "load" {
		return args.wrong(fmt.Sprintf("%q is not known", words[0]))
	}
	if words[1] != dossierMediaLaw {
		return args.wrong(fmt.Sprintf("no dossier %q comes with this program; there is %s", words[1], dossierMediaLaw))
	}
	history, err := dossiers.GroundTruth()
	if err != nil {
		return err
	}
	s, err := a.openStore(ctx, *db)
	if err != nil {
		return err
	}
	defer s.Close()
	o, err := pickOrganisation(ctx, s, of)
	if err != nil {
		return err
	}
	id, added, err := s.LoadHistory(ctx, string(o.ID), history, accounts.Entry{At: a.now(), Did: "dossier.loaded"})
	if errors.Is(err, dossiers.ErrSlugTaken) {
		return fmt.Errorf("another organisation has a dossier %s", history.Dossier.Slug)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(a.stdout, "%s\n", history.Dossier.Slug)
	if !added {
		fmt.Fprintf(a.stderr, "dossier %d was there already; nothing was changed\n", id)
		return nil
	}
	fmt.Fprintf(a.stderr, "dossier %d: %d proposals, %d stages\n", id, len(history.Proposals), len(history.Stages))
	return nil
}

// watchOutcomes compares published proposals with what was stored since, until ctx
// is done. Without mail the team finds its tasks on the desk alone.
func (a *app) watchOutcomes(ctx context.Context, s *store.Store, mail bool) (wait func()) {
	return a.sweeping(ctx, func(ctx context.Context) error {
		_, err := watch.SuggestOutcomes(ctx, s, a.now(), mail)
		return err
	})
}
