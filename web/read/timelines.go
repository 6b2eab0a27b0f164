package read

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"unsafe"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/law"
)

// chronicle is an act in one language through its official editions: what each
// provision said and when it applied. Both are made of the same comparisons of
// neighbouring editions. It grows as editions come; what it told before stays
// right, as an edition is only ever added at the end.
type chronicle struct {
	mu    sync.Mutex // one asks or adds at a time
	known editions
	last  *text
	lines *diffing.Lineages
	times *law.Timeline
	days  gazette // of publication, as the one who asks knows them
	size  int
}

// chronicle follows an act through editions, oldest first. A new edition is added
// to what is known of those before it; a revision of an old one begins anew.
func (t *texts) chronicle(ctx context.Context, act law.Act, list editions) (*chronicle, error) {
	if len(list) == 0 {
		return nil, errors.New("a chronicle of no editions")
	}
	return t.chronicles.get(ctx, chronicleName(act, list), func(ctx context.Context) (*chronicle, error) {
		c := &chronicle{lines: diffing.NewLineages()}
		for n := len(list) - 1; n > 0; n-- {
			if old, ok := t.chronicles.take(chronicleName(act, list[:n])); ok {
				c = old
				break
			}
		}
		if c.times == nil {
			c.times = law.NewTimeline(act, func(a law.NoteAct) law.Date { return c.days.published(a) })
		}
		for _, h := range list[len(c.editions()):] {
			x, err := t.text(ctx, h.EditionKey)
			if err != nil {
				return nil, err
			}
			c.add(h, x)
		}
		return c, nil
	})
}

// chronicleName changes with everything a chronicle is made of but the days of
// publication of other acts, which are told with each question.
func chronicleName(act law.Act, list editions) string {
	var b strings.Builder
	fmt.Fprintln(&b, act.Adopted, act.Published)
	for _, h := range list {
		fmt.Fprintln(&b, h.EditionKey)
	}
	return b.String()
}

func (c *chronicle) add(h law.EditionHead, x *text) {
	var r *diffing.Result
	var before func(*law.Provision) *law.Provision
	if c.last != nil {
		r = diffing.Compare(c.last.doc, x.doc)
		before = r.Before()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.lines.Add(x.doc, r)
	c.times.Add(h.Date, x.doc, before)
	c.known, c.last = append(c.known[:len(c.known):len(c.known)], h), x
	// The last text is kept whole, of the others what was new in them (little),
	// which wording stands where, and what their notes say.
	c.size = max(c.size, 2*x.size)
	c.size += provisionTrace*len(x.doc.Provisions) + noteTrace*len(x.doc.Notes)
	if r == nil {
		return
	}
	for i := range r.Pairs {
		if p := &r.Pairs[i]; p.Changed() && p.To != nil {
			c.size += wordingWeight + 2*len(p.To.Text)
		}
	}
}

const (
	// bytes that an edition adds to a chronicle for each provision and each note
	provisionTrace = 12
	noteTrace      = 900
	// wordingWeight is a new wording in both, without its text.
	wordingWeight = 800
)

// editions are those it knows by now; there may be more than it was asked to follow.
func (c *chronicle) editions() editions {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.known
}

// standing is an act on a day, and the editions its wordings stand in.
type standing struct {
	law.Standing
	list editions
}

// errNoText says that no edition is as old as the day.
var errNoText = errors.New("no edition is dated on or before the day")

// standing tells how an act stands on a day.
func (t *texts) standing(ctx context.Context, act law.Act, list editions, days gazette, day law.Date) (*standing, error) {
	name := chronicleName(act, list) + days.mark + string(day)
	return t.standings.get(ctx, name, func(ctx context.Context) (*standing, error) {
		c, err := t.chronicle(ctx, act, list)
		if err != nil {
			return nil, err
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		c.days = days
		s, ok := c.times.On(day)
		if !ok {
			return nil, fmt.Errorf("%s: %w", day, errNoText)
		}
		return &standing{s, c.known}, nil
	})
}

func (s *standing) weight() int {
	n := len(s.Force) * int(unsafe.Sizeof(law.Force{}))
	for _, x := range s.Elsewhere {
		n += int(unsafe.Sizeof(x)) + len(x.Text)
	}
	return n
}

// calendar is the calendar of an act, and the editions it was read in.
type calendar struct {
	events []law.Event
	list   editions
}

// calendar tells what happened and is to happen to an act.
func (t *texts) calendar(ctx context.Context, act law.Act, list editions, days gazette) (*calendar, error) {
	return t.calendars.get(ctx, chronicleName(act, list)+days.mark, func(ctx context.Context) (*calendar, error) {
		c, err := t.chronicle(ctx, act, list)
		if err != nil {
			return nil, err
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		c.days = days
		return &calendar{c.times.Events(), c.known}, nil
	})
}

func (c *calendar) weight() int {
	n := 0
	for _, e := range c.events {
		n += int(unsafe.Sizeof(e)) + 16*len(e.Addresses) + len(e.Sources)*int(unsafe.Sizeof(law.Source{}))
	}
	return n
}
