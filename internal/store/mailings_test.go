package store

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/intake"
	"github.com/tuzetu/tuzetu/internal/jobs"
	"github.com/tuzetu/tuzetu/internal/store/storetest"
	"github.com/tuzetu/tuzetu/law"
)

// newsroom is a campaign with what writes to its signers.
type newsroom struct {
	*campaignTest
	walk   *intake.Mailings
	runner *jobs.Runner
}

func eachNewsroom(t *testing.T, f func(t *testing.T, n *newsroom)) {
	t.Helper()
	eachCampaign(t, func(t *testing.T, c *campaignTest) { f(t, openNewsroom(c, "walker")) })
}

func openNewsroom(c *campaignTest, holder string) *newsroom {
	c.Helper()
	news, err := intake.NewNewsLetters(c.courier, c.s)
	c.must(err)
	handlers := c.courier.Handlers()
	maps.Copy(handlers, news.Handlers())
	return &newsroom{c,
		&intake.Mailings{Store: c.s, Holder: holder, Random: rand.Reader, Now: c.clock, Logger: slog.New(slog.DiscardHandler)},
		&jobs.Runner{Store: c.s, Handlers: handlers, Now: c.clock, Workers: 2, Logger: slog.New(slog.DiscardHandler)}}
}

// publish publishes news with a title.
func (n *newsroom) publish(title string) {
	n.Helper()
	n.pass(time.Second)
	n.must(n.s.AddUpdate(n.Context(), n.id, campaigns.Update{At: n.clock(), Title: words(title), Body: words("Текст")}, accounts.Entry{}))
}

// newText replaces the text that is signed.
func (n *newsroom) newText(ask string) campaigns.TextVersion {
	n.Helper()
	v, err := n.s.SaveText(n.Context(), n.id, sampleText(ask), accounts.Entry{})
	n.must(err)
	return v
}

// post walks and does all that is due and returns what was sent.
func (n *newsroom) post() []intake.Letter {
	n.Helper()
	for {
		made, err := n.walk.Step(n.Context())
		n.must(err)
		done, err := n.runner.Step(n.Context())
		n.must(err)
		if made+done == 0 {
			return n.mail.take()
		}
	}
}

// got lists who got which letter, in order.
func got(letters []intake.Letter) (out []string) {
	for _, l := range letters {
		name, _, _ := strings.Cut(l.To, "@")
		title := ""
		if l.News != nil {
			title = " " + l.News.Title.In(l.Lang)
		}
		out = append(out, fmt.Sprint(name, " ", l.Kind, title))
	}
	slices.Sort(out)
	return out
}

func (n *newsroom) want(want ...string) []intake.Letter {
	n.Helper()
	letters := n.post()
	if g := got(letters); !slices.Equal(g, want) {
		n.Errorf("letters %q, want %q", g, want)
	}
	return letters
}

// News go once to those who want them, and to nobody else.
func TestNews(t *testing.T) {
	eachNewsroom(t, func(t *testing.T, n *newsroom) {
		for i := range 5 {
			n.signed(i) // 0 and 3 want news
		}
		n.sign(n.form(6)) // and does not confirm
		n.letters()
		n.publish("Ответ")
		letters := n.want("aigul0 news Ответ", "aigul3 news Ответ")
		n.want()
		for _, l := range letters {
			if l.Unsubscribe == "" || l.Bounce == "" || l.Confirm != "" || l.Manage != "" || l.Name != "" || l.News.Body.In(law.RU) != "Текст" {
				t.Errorf("%+v", l)
			}
		}
		n.signed(9) // after it
		n.want()
		n.publish("Ещё")
		n.want("aigul0 news Ещё", "aigul3 news Ещё", "aigul9 news Ещё")
		if waiting, begun, err := n.s.CountJobs(t.Context()); err != nil || waiting+begun > 0 {
			t.Errorf("%d jobs wait, %d never ended, %v", waiting, begun, err)
		}
	})
}

// Who leaves after the walk has passed gets no letter.
func TestNewsAfterLeaving(t *testing.T) {
	eachNewsroom(t, func(t *testing.T, n *newsroom) {
		manager, err := intake.NewManager(n.s, n.keys, rand.Reader, n.clock)
		n.must(err)
		var letters []intake.Letter
		for i := range 5 {
			letters = append(letters, n.signed(3*i))
		}
		id := func(i int) campaigns.SignatureID { return token(n.campaignTest, letters[i].Manage).Signature }
		n.publish("Ответ")
		if made, err := n.walk.Step(t.Context()); err != nil || made != 5 {
			t.Fatalf("%d jobs, %v", made, err)
		}
		n.must(manager.Withdraw(t.Context(), letters[0].Manage))
		n.must(manager.Unsubscribed(t.Context(), manager.Unsubscribe(id(1))))
		n.must(n.s.SetStanding(t.Context(), id(2), campaigns.Bounced))
		n.must(manager.Block(t.Context(), letters[3].Block, true))
		n.want("aigul12 news Ответ")
		n.publish("Ещё")
		n.want("aigul12 news Ещё")
		n.pass(24 * time.Hour)
		n.must(manager.Block(t.Context(), letters[3].Block, false))
		n.publish("И ещё")
		n.want("aigul12 news И ещё", "aigul9 news И ещё")
	})
}

// An address gets two letters with news a day, over all campaigns; the others
// come next morning. Letters to sign are counted apart.
func TestNewsADay(t *testing.T) {
	eachNewsroom(t, func(t *testing.T, n *newsroom) {
		n.signed(0)
		first := n.id
		n.publish("1")
		n.want("aigul0 news 1")
		n.live("other")
		n.pass(2 * time.Second) // the desk forgets
		n.signed(0)
		n.publish("2")
		n.want("aigul0 news 2")
		n.id = first
		n.publish("3")
		n.publish("4")
		n.publish("5")
		n.want()
		n.mail.down = true
		n.pass(12 * time.Hour) // 0:00 in Kazakhstan, not yet 9:00
		n.want()
		n.pass(9 * time.Hour)
		n.want() // tried, and there is no mail server
		n.mail.down = false
		n.pass(3 * time.Minute)
		if day := n.post(); len(day) != campaigns.NewsADay {
			t.Errorf("the next day: %q", got(day))
		}
		n.pass(24 * time.Hour)
		if day := n.post(); len(day) != 1 {
			t.Errorf("the day after: %q", got(day))
		}
		n.pass(24 * time.Hour)
		n.want()
	})
}

// A new text asks those who signed an older one, once, as far as their address
// is kept.
func TestAskedToSignAgain(t *testing.T) {
	eachNewsroom(t, func(t *testing.T, n *newsroom) {
		for i := range 4 {
			n.signed(i)
		}
		n.signed(6)
		second := n.newText("Просим сократить срок до трёх дней")
		letters := n.want("aigul0 new text", "aigul3 new text", "aigul6 new text")
		n.want()
		manager, err := intake.NewManager(n.s, n.keys, rand.Reader, n.clock)
		n.must(err)
		n.must(manager.SignAgain(t.Context(), letters[0].Manage, second.SHA256, n.consent.SHA256))
		n.pass(24 * time.Hour)
		// Two texts one after the other: only the last one asks, also who signed
		// the one before.
		n.newText("Просим сократить срок до двух дней")
		if made, err := n.walk.Step(t.Context()); err != nil || made != 3 {
			t.Fatalf("%d jobs, %v", made, err)
		}
		last := n.newText("Просим сократить срок до одного дня")
		first := letters[0]
		letters = n.want("aigul0 new text", "aigul3 new text", "aigul6 new text")
		if !slices.ContainsFunc(letters, func(l intake.Letter) bool { return l.To == first.To && l.Manage == first.Manage }) {
			t.Errorf("another link to manage the same signature: %+v, first %+v", letters, first)
		}
		n.must(manager.SignAgain(t.Context(), first.Manage, last.SHA256, n.consent.SHA256))
		n.must(n.s.SetState(t.Context(), n.id, campaigns.Paused, accounts.Entry{}))
		n.want()
	})
}

// Several servers walk and write at once, some stop in the middle: each signer
// gets each letter once.
func TestNewsByManyServers(t *testing.T) {
	eachNewsroom(t, func(t *testing.T, n *newsroom) {
		const people = 300
		n.wanting(people)
		n.publish("1")
		n.publish("2")
		var all sync.WaitGroup
		for i := range 4 {
			all.Go(func() {
				other := openNewsroom(n.campaignTest, fmt.Sprint("server ", i))
				for idle := 0; idle < 20; {
					// One of the statements of a step fails, as if the server ended there.
					ctx, stop := context.WithTimeout(context.WithoutCancel(t.Context()), time.Duration(i)*2*time.Millisecond+time.Millisecond)
					made, _ := other.walk.Step(ctx)
					stop()
					more, err := other.walk.Step(context.WithoutCancel(t.Context()))
					done, err2 := other.runner.Step(context.WithoutCancel(t.Context()))
					if err := errors.Join(err, err2); err != nil {
						t.Error(err)
						return
					}
					if idle++; made+more+done > 0 {
						idle = 0
					}
				}
			})
		}
		all.Wait()
		n.pass(time.Minute) // the lease of whoever stopped
		letters := append(n.mail.take(), n.post()...)
		times := map[string]int{}
		for _, l := range letters {
			times[l.To+l.News.Title.In(law.RU)]++
		}
		if len(letters) != 2*people || len(times) != 2*people {
			t.Errorf("%d letters, %d of them different, to %d people", len(letters), len(times), people)
		}
	})
}

// wanting has some people sign and confirm who all want news, without letters.
func (n *newsroom) wanting(people int) {
	n.Helper()
	var all sync.WaitGroup
	for i := range people {
		all.Go(func() {
			f := n.form(i)
			f.Updates = true
			if err := n.intake.Sign(n.Context(), f, home); err != nil {
				n.Error(err)
			}
		})
	}
	all.Wait()
	for _, l := range n.letters() {
		if _, err := n.intake.Confirm(n.Context(), l.Confirm); err != nil {
			n.Fatal(err)
		}
	}
}

// A mailing fills up the jobs and no more, and a small one does not wait for the
// end of a large one.
func TestMailingsShareTheWay(t *testing.T) {
	eachNewsroom(t, func(t *testing.T, n *newsroom) {
		n.wanting(150)
		n.publish("1")
		for range 3 {
			_, err := n.walk.Step(t.Context())
			n.must(err)
		}
		if waiting, _, err := n.s.CountJobs(t.Context()); err != nil || waiting != 64 {
			t.Errorf("%d jobs wait, %v", waiting, err)
		}
		_, err := n.runner.Step(t.Context())
		n.must(err)
		n.mail.take()
		n.publish("2")
		_, err = n.walk.Step(t.Context())
		n.must(err)
		of := map[string]int{}
		for _, l := range n.post()[:64] {
			of[l.News.Title.In(law.RU)]++
		}
		if of["2"] == 0 {
			t.Errorf("the second waits for the first: %v", of)
		}
	})
}

// A restored database writes to nobody about what was published before.
func TestRestoredMailsNobody(t *testing.T) {
	eachNewsroom(t, func(t *testing.T, n *newsroom) {
		n.wanting(3)
		n.publish("1")
		n.newText("Просим сократить срок до трёх дней")
		b := backup(t, n.s)
		if len(n.post()) != 6 {
			t.Fatal("no letters at first")
		}
		r := *n.campaignTest
		r.s = restore(t, storetest.SQLite(t), b)
		r.start()
		restored := openNewsroom(&r, "restored")
		restored.pass(24 * time.Hour)
		restored.want()
		restored.publish("2")
		if letters := restored.post(); len(letters) != 3 {
			t.Errorf("news since: %q", got(letters))
		}
	})
}
