package scraper

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/scraper/fetch"
)

const (
	// A lease outlives its holder by this at most; it is renewed three times as
	// often. Clocks of two servers may differ by less than that.
	leaseFor = 5 * time.Minute
	// After an outage the site is asked again after this, then twice as long, up
	// to Every.
	firstRetry = 5 * time.Minute
	// Every is spread by this share to each side, so that many installations do
	// not come at once.
	spread = 0.1
)

var (
	// ErrHeld: another holder has the lease.
	ErrHeld = errors.New("held by another server")
	// ErrLeaseLost: the lease ran out and was given to another.
	ErrLeaseLost = errors.New("the lease is lost")
)

// Lease is the right to do alone what Name says, until Until. Fence grows with
// every holder: who comes late with an old number is turned away.
type Lease struct {
	Name   string
	Holder string
	Fence  int64
	Until  time.Time
}

// Health is what is known of how a source is read.
type Health struct {
	Source string
	// Looked is when the last look ended, well or not; Answered when the last one
	// ended that was not broken off.
	Looked, Answered time.Time
	// Changed is when a look last brought a text that was not known, Edition the
	// last one it brought, or stands beside.
	Changed time.Time
	Edition law.EditionKey
	// Refused is when a page was last not accepted, and which and why.
	Refused       time.Time
	RefusedURL    string
	RefusedReason string
	// Failures are looks in a row that were broken off, Outage why the last one
	// was; 0 and "" when the source answers.
	Failures int
	Outage   string
	// Next is when the next look is due.
	Next time.Time
}

// FollowStore keeps what following needs. internal/store fulfils it.
type FollowStore interface {
	Store
	// ActsFrom lists the acts with an enacted edition or a witness whose SourceURL
	// begins with prefix.
	ActsFrom(ctx context.Context, prefix string) ([]law.ActID, error)

	// Lease gives the lease to holder if nobody has it at now; else ErrHeld.
	Lease(ctx context.Context, name, holder string, now time.Time, ttl time.Duration) (Lease, error)
	// Renew prolongs it; ErrLeaseLost if another has it since.
	Renew(ctx context.Context, l Lease, now time.Time, ttl time.Duration) (Lease, error)
	// Release gives it back; a lost one is no error.
	Release(ctx context.Context, l Lease) error

	// SourceHealth returns what is known of a source; ok is false before the
	// first look.
	SourceHealth(ctx context.Context, source string) (h Health, ok bool, err error)
	// SaveHealth stores it for the holder of the lease; for one who has lost it
	// nothing is stored: ErrLeaseLost.
	SaveHealth(ctx context.Context, l Lease, h Health) error
}

// Follow re-reads the acts a store has from a source, again and again. All
// fields must be given.
type Follow struct {
	Name string // of the source
	// Prefix is how the addresses of this very site begin, so that the sample act
	// is not looked for on the real one: "https://adilet.zan.kz/".
	Prefix string
	// Open makes the Source of an act; law.ErrNotFound for one it cannot ask for.
	Open   func(context.Context, law.ActID) (Source, error)
	Getter Getter
	Store  FollowStore
	Every  time.Duration // between two looks
	Clock  fetch.Clock
	Chance func() float64 // in [0,1)
	Holder string         // names this process among all
	Log    *slog.Logger
}

// Run looks every now and then until ctx is done. However many servers run on
// one database, one of them reads at a time, one act after the other. A page
// that is refused, a site that does not answer and a database that fails are
// noted and tried again later; none ends the loop.
func (f Follow) Run(ctx context.Context) {
	failures := 0
	for ctx.Err() == nil {
		rest, err := f.turn(ctx)
		if failures++; err == nil {
			failures = 0
		} else if ctx.Err() == nil {
			rest = f.retry(failures)
			f.Log.Error("following", "source", f.Name, "error", err, "again in", rest.Round(time.Second))
		}
		// It ends only with ctx, which the loop asks.
		_ = f.Clock.Sleep(ctx, rest)
	}
}

// turn looks if a look is due and nobody else is at it. It returns how long to
// rest.
func (f Follow) turn(ctx context.Context) (time.Duration, error) {
	h, _, err := f.Store.SourceHealth(ctx, f.Name)
	if err != nil {
		return 0, err
	}
	if rest := f.due(h); rest > 0 {
		return rest, nil
	}
	lease, err := f.Store.Lease(ctx, leaseName(f.Name), f.Holder, f.Clock.Now(), leaseFor)
	if errors.Is(err, ErrHeld) {
		return f.scatter(leaseFor), nil
	}
	if err != nil {
		return 0, err
	}
	ctx, release := f.hold(ctx, lease)
	defer release()
	// Another server may have looked between the two questions.
	if h, _, err = f.Store.SourceHealth(ctx, f.Name); err != nil {
		return 0, err
	}
	if rest := f.due(h); rest > 0 {
		return rest, nil
	}
	h.Source = f.Name
	if err := f.look(ctx, lease, &h); err != nil {
		if cause := context.Cause(ctx); cause != nil {
			err = cause
		}
		return 0, err
	}
	return max(f.due(h), time.Second), nil
}

// due is how long it is until the next look. It is never longer than the
// interval of this process, whatever another one has set.
func (f Follow) due(h Health) time.Duration {
	if h.Looked.IsZero() {
		return 0
	}
	next := h.Next
	if latest := h.Looked.Add(time.Duration(float64(f.Every) * (1 + spread))); next.After(latest) {
		next = latest
	}
	return next.Sub(f.Clock.Now())
}

// hold renews a lease until release is called. The context it returns ends when
// the lease is lost.
func (f Follow) hold(ctx context.Context, lease Lease) (held context.Context, release func()) {
	held, cancel := context.WithCancelCause(ctx)
	var renewing sync.WaitGroup
	renewing.Go(func() {
		for f.Clock.Sleep(held, leaseFor/3) == nil {
			if _, err := f.Store.Renew(held, lease, f.Clock.Now(), leaseFor); err != nil && held.Err() == nil {
				cancel(fmt.Errorf("renewing the lease: %w", err))
			}
		}
	})
	return held, func() {
		cancel(nil)
		renewing.Wait()
		grace, done := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer done()
		if err := f.Store.Release(grace, lease); err != nil {
			f.Log.Warn("releasing the lease", "lease", lease.Name, "error", err)
		}
	}
}

// look reads every act that is followed, noting after each how it went. An
// error is one of the store, or of a done ctx.
func (f Follow) look(ctx context.Context, lease Lease, h *Health) error {
	acts, err := f.Store.ActsFrom(ctx, f.Prefix)
	if err != nil {
		return err
	}
	sources := map[law.ActID]Source{}
	for _, act := range acts {
		switch source, err := f.Open(ctx, act); {
		case err == nil:
			sources[act] = source
		case errors.Is(err, law.ErrNotFound):
			f.Log.Warn("an act is not followed", "source", h.Source, "act", act, "error", err)
		default:
			return err
		}
	}
	if len(sources) == 0 { // nothing is asked, so nothing is known of the source
		h.Looked = f.Clock.Now()
		h.Next = h.Looked.Add(f.scatter(f.Every))
		return nil
	}
	var outage error
	for _, act := range acts {
		source, ok := sources[act]
		if !ok {
			continue
		}
		report, err := Run(ctx, Options{Act: act, Source: source, Getter: f.Getter, Store: f.Store, Now: f.Clock.Now})
		h.note(report, f.Clock.Now())
		f.Log.Info("looked", "source", h.Source, "act", act, "stored", report.Count(Stored), "revisions", report.Count(Revision),
			"unchanged", report.Count(Unchanged), "refused", report.Count(Refused))
		switch {
		case err == nil:
		case ctx.Err() != nil:
			return err
		case errors.Is(err, fetch.ErrUnavailable) || errors.Is(err, fetch.ErrCertificate):
			outage = err
		case errors.Is(err, law.ErrNotFound): // taken off the site: what is stored stays
			h.Refused, h.RefusedURL, h.RefusedReason = f.Clock.Now().UTC(), source.TextURL(act, law.RU), err.Error()
		default:
			return err
		}
		if outage != nil {
			break // the next act would fare no better
		}
		if err := f.Store.SaveHealth(ctx, lease, *h); err != nil {
			return err
		}
	}
	h.Looked = f.Clock.Now().UTC()
	if outage != nil {
		h.Failures++
		h.Outage = outage.Error()
		h.Next = h.Looked.Add(f.retry(h.Failures))
		f.Log.Warn("the source does not answer", "source", h.Source, "error", outage, "next", h.Next)
	} else {
		h.Failures, h.Outage = 0, ""
		h.Answered = h.Looked
		h.Next = h.Looked.Add(f.scatter(f.Every))
	}
	return f.Store.SaveHealth(ctx, lease, *h)
}

// note takes from a report what the health of the source tells.
func (h *Health) note(r Report, now time.Time) {
	now = now.UTC()
	for _, i := range r.Items {
		switch i.Outcome {
		case Stored, Revision:
			h.Changed, h.Edition = now, i.Key
			if i.Beside != "" { // the edition it stands beside; there the witnesses are told
				h.Edition.Revision = 0
			}
		case Refused:
			h.Refused, h.RefusedURL, h.RefusedReason = now, i.URL, strings.ToValidUTF8(i.Reason, "\uFFFD")
		}
	}
}

// Note adds to the health of a source what a run outside of Follow brought, when
// nobody is at a look, who would know better. It is no look at all that is
// followed, so it puts off none.
func Note(ctx context.Context, store FollowStore, source, holder string, now time.Time, r Report) (err error) {
	lease, err := store.Lease(ctx, leaseName(source), holder, now, leaseFor)
	if errors.Is(err, ErrHeld) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Release(context.WithoutCancel(ctx), lease)) }()
	h, _, err := store.SourceHealth(ctx, source)
	if err != nil {
		return err
	}
	was := h
	h.Source = source
	if h.note(r, now); h.Changed == was.Changed && h.Refused == was.Refused {
		return nil
	}
	return store.SaveHealth(ctx, lease, h)
}

func leaseName(source string) string { return "follow " + source }

// retry is how long to wait after so many failures. Half of it is chance, so
// that servers turned away together do not come back together.
func (f Follow) retry(failures int) time.Duration {
	d := min(f.Every, firstRetry<<min(failures-1, 10))
	return d/2 + time.Duration(f.Chance()*float64(d/2))
}

// scatter spreads an interval.
func (f Follow) scatter(d time.Duration) time.Duration {
	return time.Duration(float64(d) * (1 - spread + 2*spread*f.Chance()))
}
