package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/tuzetu/tuzetu/internal/mail"
	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/internal/store"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/scraper"
	"github.com/tuzetu/tuzetu/scraper/adilet"
)

// demoDB is the demonstration's own database, made anew every time.
const demoDB = "data/demo.db"

// demo: the whole path on a sample act of our own writing: served by a small
// site on loopback, really fetched, stored, compared, and shown.
func (a *app) demo(ctx context.Context, args *arguments) (err error) {
	var addr string
	var funder funderLine
	if _, err = args.parse(0, 0, func(fs *flag.FlagSet) {
		fs.StringVar(&addr, "addr", "127.0.0.1:8080", "")
		fs.Var(&funder, "funder", "")
	}); err != nil {
		return err
	}
	if err := onLoopback(addr); err != nil {
		return args.wrong(err.Error())
	}
	l, err := listen(addr)
	if err != nil {
		return err
	}
	defer l.Close()
	if err := removeDatabase(demoDB); err != nil {
		return err
	}
	s, err := a.openStore(ctx, demoDB)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if err := a.fetchSample(ctx, s); err != nil {
		return err
	}
	if err := a.storeByLaw(ctx, s); err != nil {
		return err
	}
	base := "http://" + l.Addr().String()
	if err := removeKeys(demoKeys); err != nil {
		return err
	}
	outbox := mail.NewOutbox(a.now)
	g, err := a.newSigning(s, demoKeys, outbox, base)
	if err != nil {
		return err
	}
	writer, err := mail.NewWriter(outbox, base)
	if err != nil {
		return err
	}
	staff, err := a.letIn(g, writer, nil)
	if err != nil {
		return err
	}
	owner, err := hireDemoStaff(ctx, staff.Door, outbox, a.now)
	if err != nil {
		return err
	}
	staff.Demo = owner
	if err := a.demoCampaign(ctx, g, owner.organisation); err != nil {
		return err
	}
	if err := a.demoDossier(ctx, s, owner.organisation); err != nil {
		return err
	}
	if err := a.demoScore(ctx, s, owner.organisation); err != nil {
		return err
	}
	working, stop := context.WithCancel(ctx)
	wait, outcomes := g.start(working), a.watchOutcomes(working, s, true)
	defer func() { stop(); wait(); outcomes() }()
	fmt.Fprintf(a.stdout, `
The sample act is in data/demo.db. Open
  %[1]s/
  %[1]s/kk/acts/%[2]s/compare/%[3]s...%[4]s/kk   two editions compared
  %[1]s/ru/acts/%[2]s/compare/%[4]s...proposed-%[5]s/ru   a proposal against the law
  %[1]s/kk/campaigns/%[6]s   a campaign for it
  %[1]s/ru/sign-in   the desk: %[7]s, password %[8]s;
    the second factor, and letters that were not sent: %[1]s/ru/outbox
Ctrl-C ends the demonstration.
`, base, sample.ActID, sample.First, sample.Second, sample.Proposed, demoSlug, owner.mail, owner.password)
	return a.serveOn(ctx, l, official{Store: s}, "", funder, attendants{g.pages(nil, ctx.Done()), g.keys, staff, wait})
}

// onLoopback refuses to show the demonstration to anyone but this computer.
func onLoopback(addr string) error {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return fmt.Errorf("%q is no HOST:PORT", addr)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("the demonstration is served on 127.0.0.1 only, not on %q", host)
	}
	return nil
}

// removeDatabase takes away the last demonstration with its journals.
func removeDatabase(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(path + suffix); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("cannot replace %s: %w", path, rootCause(err))
		}
	}
	return nil
}

// fetchSample serves the sample site on a free port, brings the act in from
// there as `tuzetu fetch` would, and adds the proposal.
func (a *app) fetchSample(ctx context.Context, s *store.Store) error {
	l, err := listen("127.0.0.1:0")
	if err != nil {
		return err
	}
	site := &http.Server{Handler: sample.Site(), ReadHeaderTimeout: 5 * time.Second}
	done := make(chan error, 1)
	go func() { done <- site.Serve(l) }()
	defer func() {
		site.Close()
		<-done
	}()
	if err := s.SaveAct(ctx, sample.Act()); err != nil {
		return err
	}
	base := "http://" + l.Addr().String()
	source, err := adilet.New(base)
	if err != nil {
		return err
	}
	o := scraper.Options{Act: sample.ActID, Source: source, Store: s, Now: a.now}
	if _, err := a.bringIn(ctx, o, string(sample.ActID), base, contact); err != nil {
		return err
	}
	for _, lang := range law.Langs {
		text := sample.Proposal(lang)
		title, lines, err := law.ReadMarkdown(strings.NewReader(text))
		if err != nil {
			return err
		}
		if _, _, err := s.AddEdition(ctx, law.Edition{
			EditionHead: law.EditionHead{
				EditionKey: law.EditionKey{Act: sample.ActID, Status: law.Proposed, Date: sample.Proposed, Lang: lang},
				Title:      title, FetchedAt: a.now().UTC(),
			},
			MediaType: "text/markdown; charset=utf-8", Raw: []byte(text), Lines: lines,
		}); err != nil {
			return err
		}
	}
	return nil
}
