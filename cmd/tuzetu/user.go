package main

import (
	"context"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"strings"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/accounts/door"
	"github.com/tuzetu/tuzetu/campaigns/gate"
	"github.com/tuzetu/tuzetu/internal/store"
	"github.com/tuzetu/tuzetu/law"
)

// user: somebody new joins an organisation. The link is printed, not mailed: it
// is how the first owner comes in.
func (a *app) user(ctx context.Context, args *arguments) error {
	var of, role, lang, base string
	var db, keys *string
	words, err := args.parse(2, 2, func(fs *flag.FlagSet) {
		fs.StringVar(&of, "org", "", "")
		fs.StringVar(&role, "role", string(accounts.Owner), "")
		fs.StringVar(&lang, "lang", string(law.KK), "")
		fs.StringVar(&base, "public-url", "http://127.0.0.1:8080", "")
		db, keys = a.databaseFlag(fs), a.keysFlag(fs)
	})
	if err != nil {
		return err
	}
	if words[0] != "add" {
		return args.wrong(fmt.Sprintf("%q is not known", words[0]))
	}
	as, ok := accounts.ParseRole(role)
	if !ok {
		return args.wrong(fmt.Sprintf("%q is no role: owner, editor, moderator, analyst or viewer", role))
	}
	if _, err := law.ParseLang(lang); err != nil {
		return args.wrong(err.Error())
	}
	return a.withDoor(ctx, *db, *keys, func(d *door.Door, s *store.Store) error {
		o, err := pickOrganisation(ctx, s, of)
		if err != nil {
			return err
		}
		token, err := d.Invite(ctx, "", o, words[1], as, lang)
		if errors.Is(err, accounts.ErrKnown) {
			return fmt.Errorf("%s is a member already", words[1])
		}
		if err != nil {
			return err
		}
		fmt.Fprintf(a.stdout, "%s/%s/join/%s\n", strings.TrimRight(base, "/"), lang, token)
		fmt.Fprintf(a.stderr, "%s joins %s as %s by this link, once, within %d days.\n", words[1], o.Names["en"], as, accounts.InvitationDays)
		return nil
	})
}

// addOrganisation makes an organisation and prints its id.
func (a *app) addOrganisation(ctx context.Context, db, keys string, names map[string]string, bin string) error {
	return a.withDoor(ctx, db, keys, func(d *door.Door, _ *store.Store) error {
		o, err := d.AddOrganisation(ctx, names, bin)
		if err != nil {
			return err
		}
		fmt.Fprintf(a.stdout, "%s\n", o.ID)
		fmt.Fprintf(a.stderr, "%s is there. Its first owner: tuzetu user add ADDRESS --org %s\n", names["en"], o.ID)
		return nil
	})
}

// checkAudit checks an audit log from its first entry to its last.
func (a *app) checkAudit(ctx context.Context, db, of, head string) error {
	s, err := a.openStore(ctx, db)
	if err != nil {
		return err
	}
	defer s.Close()
	o, err := pickOrganisation(ctx, s, of)
	if err != nil {
		return err
	}
	chain := new(accounts.Chain)
	if head != "" {
		if chain, err = accounts.Holding(head); err != nil {
			return err
		}
	}
	if err := s.ReadLog(ctx, o.ID, chain.Follow); err != nil {
		return err
	}
	if err := chain.Whole(); err != nil {
		return err
	}
	fmt.Fprintf(a.stdout, "%s\n", chain.Head())
	fmt.Fprintf(a.stderr, "%d entries, none changed. Note the line above: --head checks that the log still holds it.\n", chain.Number())
	return nil
}

// withDoor opens a database and its keys for f.
func (a *app) withDoor(ctx context.Context, db, keys string, f func(*door.Door, *store.Store) error) (err error) {
	s, err := a.openStore(ctx, db)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	folder, err := gate.OpenKeyFolder(keys, rand.Reader)
	if err != nil {
		return err
	}
	d, err := a.openDoor(s, folder)
	if err != nil {
		return err
	}
	return f(d, s)
}

// pickOrganisation is the one of that id; without an id, the only one there is.
func pickOrganisation(ctx context.Context, s *store.Store, id string) (accounts.Organisation, error) {
	if id != "" {
		o, err := s.Organisation(ctx, accounts.OrganisationID(id))
		if errors.Is(err, accounts.ErrNone) {
			return o, fmt.Errorf("there is no organisation %q", id)
		}
		return o, err
	}
	all, err := s.Organisations(ctx)
	switch {
	case err != nil:
		return accounts.Organisation{}, err
	case len(all) == 0:
		return accounts.Organisation{}, errors.New("there is no organisation yet: tuzetu org add")
	case len(all) > 1:
		return accounts.Organisation{}, fmt.Errorf("there are %d organisations: --org says which", len(all))
	}
	return all[0], nil
}
