package count

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/tuzetu/tuzetu/campaigns"
)

// memory is a store of one campaign.
type memory struct {
	left, shown int64
	held        bool
	asked       int
	err         error
}

func (m *memory) Count(_ context.Context, _ string, _ time.Time, _ time.Duration, limit int) (int, bool, error) {
	if m.held || m.err != nil {
		return 0, m.held, m.err
	}
	n := min(m.left, int64(limit))
	m.left -= n
	m.shown += n
	return int(n), false, nil
}

func (m *memory) Numbers(context.Context, time.Time) ([]campaigns.Number, error) {
	m.asked++
	return []campaigns.Number{{Campaign: 1, Version: 1, Exact: m.shown, Shown: m.shown}}, nil
}

func TestWatch(t *testing.T) {
	m := &memory{left: 3 * atOnce}
	c := &Counter{Store: m, Holder: "a", Now: func() time.Time { return time.Time{} }}
	step := func() {
		t.Helper()
		if err := c.Step(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	early, stopEarly := c.Watch(1)
	other, stopOther := c.Watch(2)
	defer stopOther()
	step()
	if m.left != 0 || c.Number(1).Exact != 3*atOnce {
		t.Fatalf("%d left after one step", m.left)
	}
	late, stopLate := c.Watch(1)
	defer stopLate()
	// Nobody reads; two more changes; each finds the newest only.
	for range 2 {
		m.left = 5
		step()
	}
	for _, w := range []<-chan campaigns.Number{early, late} {
		if n := <-w; n.Shown != 3*atOnce+10 {
			t.Errorf("%+v", n)
		}
		select {
		case n := <-w:
			t.Errorf("an older one after it: %+v", n)
		default:
		}
	}
	stopEarly()
	step()
	m.left = 1
	step()
	if len(early) != 0 || len(late) != 1 || len(other) != 0 {
		t.Errorf("told %d, %d, %d", len(early), len(late), len(other))
	}
	if m.asked != 5 {
		t.Errorf("the database was asked %d times for 5 steps", m.asked)
	}
	m.held, m.left = true, 9
	step() // another counts; the numbers are read all the same
	m.held, m.err = false, errors.New("gone")
	if err := c.Step(t.Context()); err == nil {
		t.Error("no error")
	}
}
