package mail

import (
	"context"
	"slices"
	"sync"
	"time"
)

// outboxHolds is how many letters an outbox keeps.
const outboxHolds = 200

// Outbox keeps letters instead of sending them. It is safe for concurrent use.
type Outbox struct {
	now func() time.Time

	mu   sync.Mutex
	sent []Sent
}

// NewOutbox makes an Outbox.
func NewOutbox(now func() time.Time) *Outbox { return &Outbox{now: now} }

// Send keeps a letter; the oldest of many is forgotten.
func (o *Outbox) Send(_ context.Context, l Letter) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.sent = append(o.sent, Sent{l, o.now()})
	if len(o.sent) > outboxHolds {
		o.sent = slices.Delete(o.sent, 0, 1)
	}
	return nil
}

// Sent lists the letters, the latest first.
func (o *Outbox) Sent() []Sent {
	o.mu.Lock()
	defer o.mu.Unlock()
	all := slices.Clone(o.sent)
	slices.Reverse(all)
	return all
}
