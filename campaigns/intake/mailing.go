package intake

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"io"
	"log/slog"
	"time"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/internal/jobs"
)

// KindNews: a signer's turn has come in a mailing. The job's subject is the
// signature; its body names the mailing and nobody.
const KindNews = "news"

const (
	// walkEvery is how often is looked for news, and the jobs filled up.
	walkEvery = 250 * time.Millisecond
	walkLease = 10 * time.Second
	// newsAhead is how many letters of mailings wait at a time: those to sign,
	// which somebody waits for, come after no more than these.
	newsAhead = 64
	// newsSoon: what waits for longer (for another day) makes room for others.
	newsSoon = 10 * time.Minute
	// newsAgain is when a letter is tried again that no mail server took.
	newsAgain = 2 * time.Minute
)

// Mailings makes the jobs of the letters that signers get of the organisation's
// own accord. Its fields are set before Run.
type Mailings struct {
	Store interface {
		WalkMailings(context.Context, campaigns.Walk) (made int, held bool, err error)
	}
	Holder string // of this server, unlike any other's
	Random io.Reader
	Now    func() time.Time
	Logger *slog.Logger
}

// Run works until ctx is done.
func (m *Mailings) Run(ctx context.Context) {
	jobs.Every(ctx, walkEvery, func(ctx context.Context) {
		if _, err := m.Step(ctx); err != nil && ctx.Err() == nil {
			m.Logger.Error("mailings", "error", err)
		}
	})
}

// Step makes the jobs there is room for and tells how many those were.
func (m *Mailings) Step(ctx context.Context) (int, error) {
	now := m.Now()
	made, _, err := m.Store.WalkMailings(ctx, campaigns.Walk{
		Holder: m.Holder, Now: now, For: walkLease, Kind: KindNews, Ahead: newsAhead, Soon: newsSoon,
		Job: func(of campaigns.Mailing, to campaigns.SignatureID) (jobs.Job, error) {
			var id [16]byte
			if _, err := io.ReadFull(m.Random, id[:]); err != nil {
				return jobs.Job{}, err
			}
			body, err := json.Marshal(turn{of.ID})
			return jobs.Job{ID: hex.EncodeToString(id[:]), Kind: KindNews, Subject: int64(to),
				Due: now, Expires: now.Add(campaigns.KeepNews), Body: body}, err
		},
	})
	return made, err
}

// turn is the body of a job of KindNews.
type turn struct {
	Mailing campaigns.MailingID `json:"mailing"`
}
