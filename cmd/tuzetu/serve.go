package main

import (
	"context"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/tuzetu/tuzetu/web"
	"github.com/tuzetu/tuzetu/web/comments"
	"github.com/tuzetu/tuzetu/web/desk"
	"github.com/tuzetu/tuzetu/web/dossier"
	"github.com/tuzetu/tuzetu/web/proposal"
	"github.com/tuzetu/tuzetu/web/score"
)

// serve: the web application.
func (a *app) serve(ctx context.Context, args *arguments) (err error) {
	var addr, publicURL string
	var funder funderLine
	var noJobs bool
	var attending attended
	following := followOptions{bases: baseURLs{}}
	var db *string
	if _, err = args.parse(0, 0, func(fs *flag.FlagSet) {
		fs.StringVar(&addr, "addr", "127.0.0.1:8080", "")
		fs.StringVar(&publicURL, "public-url", "", "")
		fs.Var(&funder, "funder", "")
		fs.DurationVar(&following.every, "follow-every", 6*time.Hour, "")
		fs.BoolVar(&noJobs, "no-jobs", false, "")
		fs.Func("base-url", "", following.bases.set)
		fs.StringVar(&following.contact, "contact", contact, "")
		attending.declare(a, fs)
		db = a.databaseFlag(fs)
	}); err != nil {
		return err
	}
	if following.every != 0 && following.every < leastEvery {
		return args.wrong(fmt.Sprintf("--follow-every is at least %s, or 0 for never", leastEvery))
	}
	if noJobs {
		following.every = 0
	}
	l, err := listen(addr)
	if err != nil {
		return err
	}
	defer l.Close()
	s, err := a.openStore(ctx, *db)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	ctx, stop := context.WithCancel(ctx)
	wait, err := a.follow(ctx, s, following)
	if err != nil {
		stop()
		return err
	}
	// The database is closed only when nobody uses it any more.
	defer func() { stop(); wait() }()
	open, err := a.attend(ctx, s, attending, publicURL, noJobs)
	if err != nil {
		return err
	}
	defer func() { stop(); open.wait() }()
	if !noJobs {
		outcomes := a.watchOutcomes(ctx, s, open.signing != nil)
		defer func() { stop(); outcomes() }()
	}
	fmt.Fprintf(a.stderr, "serving http://%s\n", l.Addr())
	return a.serveOn(ctx, l, official{s, following.bases}, publicURL, funder, open)
}

// listen opens the port before anything else, so that a port in use is told at
// once and in one line.
func listen(addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("%s is in use by another program (--addr HOST:PORT chooses another)", addr)
	case err != nil:
		return nil, fmt.Errorf("cannot listen on %s: %w", addr, rootCause(err))
	}
	return l, nil
}

// rootCause is the innermost error: "permission denied" instead of the chain of
// names the net package puts around it.
func rootCause(err error) error {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err
		}
		err = inner
	}
}

// serveOn answers requests until ctx is done, then lets those under way finish.
func (a *app) serveOn(ctx context.Context, l net.Listener, s official, baseURL string, funder funderLine, open attendants) error {
	log := slog.New(slog.NewJSONHandler(a.stderr, nil))
	config := web.Config{
		Store: s, Sites: s, Logger: log, Now: a.now, BaseURL: baseURL, Funder: funder, Campaigns: open.signing, People: open.staff, ReadFile: readUpload,
	}
	config.Dossiers = &dossier.Config{Store: s, ReadFile: readUpload}
	config.Proposals = &proposal.Config{Store: s, ReadFile: readUpload}
	config.Scores = &score.Config{Store: s}
	if signing := open.signing; signing != nil {
		config.Comments = &comments.Config{Store: s, Intake: signing.Intake, Trusted: signing.Trusted}
		config.Desk = &desk.Config{Store: s, Intake: signing.Intake, Random: rand.Reader, Keys: open.keys}
	}
	h, err := web.New(config)
	if err != nil {
		return err
	}
	warm, cool := context.WithCancel(ctx)
	var warming sync.WaitGroup
	defer func() { cool(); warming.Wait() }()
	warming.Go(func() {
		if err := h.Warm(warm); err != nil && warm.Err() == nil {
			log.ErrorContext(warm, "not read ahead", "err", err)
		}
	})
	server := web.NewServer(h)
	stopped := make(chan error, 1)
	go func() {
		<-ctx.Done()
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 20*time.Second)
		defer cancel()
		stopped <- server.Shutdown(grace)
	}()
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return <-stopped
}

// health: ask a running server whether it is well.
func (a *app) health(ctx context.Context, args *arguments) error {
	words, err := args.parse(0, 1, func(*flag.FlagSet) {})
	if err != nil {
		return err
	}
	base := "http://127.0.0.1:8080"
	if len(words) > 0 {
		base = strings.TrimRight(words[0], "/")
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, base+"/healthz", nil)
	if err != nil {
		return args.wrong(fmt.Sprintf("%q is no address", base))
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("%s does not answer: %w", base, rootCause(err))
	}
	defer res.Body.Close()
	body, _ := io.ReadAll(io.LimitReader(res.Body, 1<<10))
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s is not well: %s %s", base, res.Status, strings.TrimSpace(string(body)))
	}
	fmt.Fprintf(a.stdout, "%s is well\n", base)
	return nil
}
