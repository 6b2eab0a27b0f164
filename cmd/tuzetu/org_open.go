package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/delivery"
	"github.com/tuzetu/tuzetu/campaigns/seal"
)

// openSealed makes a table of the signatures an organisation took home, with its
// private key, on a computer of its own: it asks no server and no database.
func (a *app) openSealed(name, keyFile, passphraseFile, out string) (err error) {
	passphrase, err := a.passphrase(passphraseFile)
	if err != nil {
		return err
	}
	locked, err := os.Open(keyFile)
	if err != nil {
		return err
	}
	defer locked.Close()
	key, err := seal.ReadPrivate(locked, passphrase)
	if err != nil {
		return fmt.Errorf("%s: %w", keyFile, err)
	}
	in, err := os.Open(name)
	if err != nil {
		return err
	}
	defer in.Close()
	rows := [][]string{{"number", "day", "given name", "surname", "e-mail", "occupation", "region", "language", "level", "standing", "text version", "comment", "representative"}}
	erased := 0
	if err := delivery.OpenSealed(in, key, func(o delivery.Opened) error {
		p := o.Person
		if p == (campaigns.Person{}) {
			erased++
		}
		rows = append(rows, []string{o.ID.Number(), string(o.Day), p.Given, p.Surname, p.Email, p.Occupation, o.Region, string(o.Lang),
			string(o.Level), string(o.Standing), fmt.Sprint(o.Version), p.Comment, p.Representative})
		return nil
	}); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	f, err := os.OpenFile(out, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is there already; names overwrite nothing", out)
	}
	if err != nil {
		return err
	}
	if err = errors.Join(campaigns.WriteCSV(f, rows), f.Close()); err != nil {
		return errors.Join(err, os.Remove(out))
	}
	fmt.Fprintf(a.stderr, "%d signatures, %d of them erased: %s\nThe table holds personal data: keep it as the consent says, and destroy it when its term is over.\n", len(rows)-1, erased, out)
	return nil
}
