package main

import (
	"context"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/tuzetu/tuzetu/campaigns/gate"
	"github.com/tuzetu/tuzetu/campaigns/intake"
	"github.com/tuzetu/tuzetu/internal/mail"
)

// bounce: a message that came back to the mail server, which pipes it in. What
// it is about is said in one line that names nobody. Only what could not be done
// is an error, so that the mail server keeps the message and tries again; a
// message that means nothing here is done with.
func (a *app) bounce(ctx context.Context, args *arguments) (err error) {
	var db, keys *string
	words, err := args.parse(0, 1, func(fs *flag.FlagSet) {
		keys = a.keysFlag(fs)
		db = a.databaseFlag(fs)
	})
	if err != nil {
		return err
	}
	from := a.stdin
	if len(words) > 0 && words[0] != "-" {
		f, err := os.Open(words[0])
		if err != nil {
			return err
		}
		defer f.Close()
		from = f
	}
	report, err := mail.ReadReport(from)
	// A mail server waits until all of it is taken.
	if _, rest := io.Copy(io.Discard, from); rest != nil {
		return rest
	}
	if errors.Is(err, mail.ErrNoReport) {
		fmt.Fprintln(a.stdout, "not a report of delivery: nothing to do")
		return nil
	}
	if err != nil {
		return err
	}
	said := strings.Join(report.Status, ", ")
	if !report.NoMailbox {
		fmt.Fprintf(a.stdout, "%s: the mailbox may be there: nothing to do\n", said)
		return nil
	}
	s, err := a.openStore(ctx, *db)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	folder, err := gate.OpenKeyFolder(*keys, rand.Reader)
	if err != nil {
		return err
	}
	bounces, err := intake.NewBounces(s, folder)
	if err != nil {
		return err
	}
	err = bounces.Returned(ctx, report.Tokens)
	if errors.Is(err, intake.ErrNotOurs) {
		fmt.Fprintf(a.stdout, "%s: %v: nothing to do\n", said, err)
		return nil
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(a.stdout, "%s: the signature does not count any more\n", said)
	return nil
}
