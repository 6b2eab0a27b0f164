package store

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/gate"
	"github.com/tuzetu/tuzetu/campaigns/intake"
	"github.com/tuzetu/tuzetu/campaigns/seal"
	"github.com/tuzetu/tuzetu/internal/jobs"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/watch"
)

const (
	paraOne = "1. Библиотека отвечает на запрос читателя в течение пяти рабочих дней."
	paraTwo = "2. Отказ в ответе излагается письменно с указанием причин."
)

// commentTest is a live campaign over a stored text.
type commentTest struct {
	*campaignTest
	edition law.EditionKey
	consent campaigns.Consent
}

func eachComments(t *testing.T, f func(t *testing.T, c *commentTest)) {
	t.Helper()
	eachCampaign(t, func(t *testing.T, c *campaignTest) { f(t, openComments(c)) })
}

func openComments(c *campaignTest) *commentTest {
	c.Helper()
	ct := &commentTest{campaignTest: c}
	ct.edition = add(c.T, c.s, sampleEdition(c.T, "2026-01-15", law.RU, "Статья 1. Ответ", paraOne, paraTwo))
	stored, err := c.s.Campaign(c.Context(), c.id)
	c.must(err)
	words, err := stored.CommentConsents()
	c.must(err)
	ct.consent = words[1]
	return ct
}

func (c *commentTest) form(n int) campaigns.CommentForm {
	return campaigns.CommentForm{
		Campaign: c.id, Stance: campaigns.Object, Body: fmt.Sprintf("Пять дней — это слишком долго, %d.", n),
		Anchor: campaigns.Anchor{Edition: c.edition, Address: "art_1__para_1", SHA256: campaigns.TextSum(paraOne)},
		Lang:   law.RU, ConsentSHA256: c.consent.SHA256, Given: "Айгүл", Surname: "Серікова",
		Email: fmt.Sprintf("reader%d@example.kz", n), Agreed: true, Display: n%2 == 0,
	}
}

func (c *commentTest) post(f campaigns.CommentForm) {
	c.Helper()
	c.must(c.intake.Comment(c.Context(), c.s, f, home))
}

func (c *commentTest) letters() []intake.Letter {
	c.Helper()
	handlers := intake.CommentLetters{Courier: c.courier, Comments: c.s}.Handlers()
	for kind, h := range c.courier.Handlers() {
		handlers[kind] = h
	}
	r := &jobs.Runner{Store: c.s, Handlers: handlers, Now: c.clock, Workers: 1}
	for {
		n, err := r.Step(c.Context())
		c.must(err)
		if n == 0 {
			return c.mail.take()
		}
	}
}

// confirmed posts, confirms and returns the comment and its letter.
func (c *commentTest) confirmed(f campaigns.CommentForm) (campaigns.CommentID, intake.Letter) {
	c.Helper()
	c.post(f)
	letters := c.letters()
	if len(letters) != 1 || letters[0].Kind != intake.AskToConfirmComment {
		c.Fatalf("letters: %+v", letters)
	}
	id, is, err := intake.CommentToken(letters[0].Confirm, gate.ToConfirmComment)
	c.must(err)
	got, err := c.s.ConfirmComment(c.Context(), id, is, c.clock())
	c.must(err)
	if got.State != campaigns.CommentWaiting {
		c.Fatalf("%+v", got)
	}
	return id, letters[0]
}

func (c *commentTest) decide(v campaigns.Verdict, ids ...campaigns.CommentID) campaigns.Decision {
	c.Helper()
	d := campaigns.Decision{Campaign: c.id, At: c.clock(), By: "moderator", Verdict: v, Comments: ids}
	if v == campaigns.Reject {
		d.Reason = "off_topic"
	}
	d, err := c.s.Decide(c.Context(), d, accounts.Entry{})
	c.must(err)
	return d
}

func (c *commentTest) state(id campaigns.CommentID) campaigns.CommentState {
	c.Helper()
	got, err := c.s.Comment(c.Context(), id)
	if errors.Is(err, campaigns.ErrNoComment) {
		return "gone"
	}
	c.must(err)
	return got.State
}

func TestComment(t *testing.T) {
	eachComments(t, func(t *testing.T, c *commentTest) {
		ctx := t.Context()
		id, letter := c.confirmed(c.form(0))
		got, err := c.s.Comment(ctx, id)
		c.must(err)
		if got.Anchor.Quote != "Библиотека отвечает на запрос читателя в течение пяти рабочих дней." || got.Anchor.Start != 3 || got.Body != c.form(0).Body {
			t.Errorf("%+v", got)
		}
		if name, err := c.intake.CommentName(got); err != nil || name != "Айгүл С." {
			t.Error(name, err)
		}
		opener, err := seal.Open(got.Seal, c.private[1])
		c.must(err)
		plain, err := opener.Open(c.id, id, got.Box)
		c.must(err)
		person, err := campaigns.UnpackPerson(plain)
		c.must(err)
		if d := cmp.Diff(campaigns.Person{Given: "Айгүл", Surname: "Серікова"}, person); d != "" {
			t.Error(d)
		}
		// A link of a comment is none of a signature, and the other way round.
		for _, link := range []string{letter.Confirm, letter.Manage} {
			if _, err := c.intake.Confirm(ctx, link); !errors.Is(err, campaigns.ErrNoSignature) {
				t.Error(err)
			}
			if err := c.s.WithdrawComment(ctx, id, intake.Proves(token(c.campaignTest, link), gate.ToConfirmComment)); link == letter.Manage && !errors.Is(err, campaigns.ErrNoComment) {
				t.Error(err)
			}
		}
		// Again: nothing happens.
		cid, is, err := intake.CommentToken(letter.Confirm, gate.ToConfirmComment)
		c.must(err)
		c.decide(campaigns.Publish, id)
		if again, err := c.s.ConfirmComment(ctx, cid, is, c.clock()); err != nil || again.State != campaigns.CommentPublished {
			t.Error(again.State, err)
		}
		_, manage, err := intake.CommentToken(letter.Manage, gate.ToManageComment)
		c.must(err)
		if _, err := c.s.ManagedComment(ctx, id, is); !errors.Is(err, campaigns.ErrNoComment) {
			t.Error("the link that confirms also manages")
		}
		if own, err := c.s.ManagedComment(ctx, id, manage); err != nil || own.ID != id {
			t.Error(err)
		}
		c.must(c.s.WithdrawComment(ctx, id, manage))
		if err := c.s.WithdrawComment(ctx, id, manage); !errors.Is(err, campaigns.ErrNoComment) {
			t.Error(err)
		}
		if _, err := c.s.ConfirmComment(ctx, cid, is, c.clock()); !errors.Is(err, campaigns.ErrNoComment) {
			t.Error("confirmed after it was withdrawn")
		}
	})
}

func TestCommentRefused(t *testing.T) {
	eachComments(t, func(t *testing.T, c *commentTest) {
		published, _ := c.confirmed(c.form(0))
		c.decide(campaigns.Publish, published)
		waiting, _ := c.confirmed(c.form(1))
		reply := c.form(2)
		reply.Parent = published
		replyID, _ := c.confirmed(reply)
		c.decide(campaigns.Publish, replyID)
		for name, x := range map[string]struct {
			change func(*campaigns.CommentForm)
			want   error
		}{
			"another text":        {func(f *campaigns.CommentForm) { f.Anchor.SHA256 = campaigns.TextSum(paraTwo) }, campaigns.ErrTextChanged},
			"another consent":     {func(f *campaigns.CommentForm) { f.ConsentSHA256 = c.campaignTest.consent.SHA256 }, campaigns.ErrTextChanged},
			"no such provision":   {func(f *campaigns.CommentForm) { f.Anchor.Address = "art_9" }, campaigns.ErrNoProvision},
			"no such edition":     {func(f *campaigns.CommentForm) { f.Anchor.Edition.Date = "2020-01-01" }, law.ErrNotFound},
			"no such campaign":    {func(f *campaigns.CommentForm) { f.Campaign = 99 }, campaigns.ErrNotFound},
			"to one that waits":   {func(f *campaigns.CommentForm) { f.Parent = waiting }, campaigns.ErrNoComment},
			"to a reply":          {func(f *campaigns.CommentForm) { f.Parent = replyID }, campaigns.ErrNoComment},
			"to nothing":          {func(f *campaigns.CommentForm) { f.Parent = 512 }, campaigns.ErrNoComment},
			"words not there":     {func(f *campaigns.CommentForm) { f.Anchor.Quote = "десяти дней" }, campaigns.FormError{campaigns.FieldQuote: campaigns.NoQuote}},
			"address and reasons": {func(f *campaigns.CommentForm) { f.Email, f.Body = "a@b", "" }, campaigns.FormError{campaigns.FieldEmail: "bad_domain", campaigns.FieldBody: campaigns.Missing}},
		} {
			f := c.form(5)
			x.change(&f)
			err := c.intake.Comment(t.Context(), c.s, f, home)
			var got, want campaigns.FormError
			if errors.As(x.want, &want) {
				if errors.As(err, &got); !cmp.Equal(got, want) {
					t.Errorf("%s: %v", name, err)
				}
			} else if !errors.Is(err, x.want) {
				t.Errorf("%s: %v, want %v", name, err, x.want)
			}
		}
		if n := c.rows("comments"); n != 3 {
			t.Errorf("%d comments", n)
		}
		c.must(c.s.SetState(t.Context(), c.id, campaigns.Delivered, accounts.Entry{}))
		if err := c.intake.Comment(t.Context(), c.s, c.form(6), home); !errors.Is(err, campaigns.ErrState) {
			t.Error(err)
		}
	})
}

func TestCommentTerms(t *testing.T) {
	eachComments(t, func(t *testing.T, c *commentTest) {
		ctx := t.Context()
		c.post(c.form(0))
		letter := c.letters()[0]
		rejected, _ := c.confirmed(c.form(1))
		c.decide(campaigns.Reject, rejected)
		c.pass(campaigns.ConfirmWithin)
		id, is, err := intake.CommentToken(letter.Confirm, gate.ToConfirmComment)
		c.must(err)
		if _, err := c.s.ConfirmComment(ctx, id, is, c.clock()); !errors.Is(err, campaigns.ErrNoComment) {
			t.Error("confirmed too late")
		}
		c.pass(campaigns.KeepUnconfirmed)
		if _, err := c.s.Sweep(ctx, c.clock()); err != nil {
			t.Fatal(err)
		}
		if s := c.state(id); s != "gone" {
			t.Errorf("unconfirmed: %s", s)
		}
		if got, err := c.s.Comment(ctx, rejected); err != nil || got.Body == "" {
			t.Errorf("%q, %v: erased too soon", got.Body, err)
		}
		c.pass(campaigns.KeepRejected)
		if _, err := c.s.Sweep(ctx, c.clock()); err != nil {
			t.Fatal(err)
		}
		got, err := c.s.Comment(ctx, rejected)
		if err != nil || got.Body != "" || got.State != campaigns.CommentRejected {
			t.Errorf("%+v, %v", got, err)
		}
		if _, err := c.s.Decide(ctx, campaigns.Decision{Campaign: c.id, At: c.clock(), By: "m", Verdict: campaigns.Publish, Comments: []campaigns.CommentID{rejected}}, accounts.Entry{}); !errors.Is(err, campaigns.ErrDecided) {
			t.Errorf("published without words: %v", err)
		}
	})
}

func TestModeration(t *testing.T) {
	eachComments(t, func(t *testing.T, c *commentTest) {
		ctx := t.Context()
		var ids []campaigns.CommentID
		for n := range 4 {
			id, _ := c.confirmed(c.form(n))
			ids = append(ids, id)
			c.pass(time.Hour)
		}
		queue, err := c.s.Comments(ctx, c.id, campaigns.CommentWaiting, 0, 100)
		c.must(err)
		for i, q := range queue {
			if q.ID != ids[i] {
				t.Errorf("the queue is out of order at %d", i)
			}
		}
		states := func() (out []campaigns.CommentState) {
			for _, id := range ids {
				out = append(out, c.state(id))
			}
			return out
		}
		check := func(after string, want ...campaigns.CommentState) {
			t.Helper()
			if d := cmp.Diff(want, states()); d != "" {
				t.Errorf("%s: %s", after, d)
			}
		}
		const wait, pub, rej = campaigns.CommentWaiting, campaigns.CommentPublished, campaigns.CommentRejected
		first := c.decide(campaigns.Publish, ids[0], ids[1])
		second := c.decide(campaigns.Reject, ids[2], ids[3])
		check("two decisions", pub, pub, rej, rej)
		undo := func(d campaigns.Decision) error {
			_, err := c.s.Decide(ctx, campaigns.Decision{Campaign: c.id, At: c.clock(), By: "other", Verdict: campaigns.Undo, Undoes: d.ID}, accounts.Entry{})
			return err
		}
		c.must(undo(second))
		check("undone", pub, pub, wait, wait)
		if err := undo(second); !errors.Is(err, campaigns.ErrDecided) {
			t.Errorf("undone twice: %v", err)
		}
		down := c.decide(campaigns.Reject, ids[0])
		if err := undo(first); !errors.Is(err, campaigns.ErrDecided) {
			t.Errorf("undone under a later one: %v", err)
		}
		check("taken down", rej, pub, wait, wait)
		c.must(undo(down))
		check("put up again", pub, pub, wait, wait)
		// All or nothing.
		if _, err := c.s.Decide(ctx, campaigns.Decision{Campaign: c.id, At: c.clock(), By: "m", Verdict: campaigns.Publish, Comments: ids}, accounts.Entry{}); !errors.Is(err, campaigns.ErrDecided) {
			t.Error(err)
		}
		for name, bad := range map[string]campaigns.Decision{
			"no reason":      {Verdict: campaigns.Reject, Comments: ids[2:]},
			"not there":      {Verdict: campaigns.Publish, Comments: []campaigns.CommentID{ids[2], 512}},
			"undoes none":    {Verdict: campaigns.Undo, Undoes: 99},
			"undoes an undo": {Verdict: campaigns.Undo, Undoes: second.ID + 1},
		} {
			bad.Campaign, bad.At, bad.By = c.id, c.clock(), "m"
			if _, err := c.s.Decide(ctx, bad, accounts.Entry{}); err == nil {
				t.Errorf("%s: decided", name)
			}
		}
		check("refused", pub, pub, wait, wait)
		log, err := c.s.Decisions(ctx, c.id, 100)
		c.must(err)
		var verdicts []campaigns.Verdict
		for _, d := range log {
			verdicts = append(verdicts, d.Verdict)
		}
		if d := cmp.Diff([]campaigns.Verdict{campaigns.Undo, campaigns.Reject, campaigns.Undo, campaigns.Reject, campaigns.Publish}, verdicts); d != "" {
			t.Error(d)
		}
		if d, ok, err := c.s.DecisionOn(ctx, ids[0]); err != nil || !ok || d.ID != first.ID {
			t.Errorf("%+v, %v, %v", d, ok, err)
		}
		if _, ok, err := c.s.DecisionOn(ctx, ids[2]); err != nil || ok {
			t.Errorf("%v, %v", ok, err)
		}
		// Decisions are there for good.
		for _, statement := range []string{`UPDATE comment_decisions SET decider = 'x'`, `DELETE FROM comment_decisions`, `UPDATE comment_decided SET comment = 1`, `DELETE FROM comment_decided`} {
			if _, err := c.s.write.ExecContext(ctx, statement); err == nil {
				t.Errorf("%s: done", statement)
			}
		}
		counts, err := c.s.CountComments(ctx, c.id)
		c.must(err)
		if d := cmp.Diff(map[campaigns.CommentState]int{wait: 2, pub: 2}, counts); d != "" {
			t.Error(d)
		}
	})
}

// TestDecideAudited: the decision and its entry in the log are one transaction.
func TestDecideAudited(t *testing.T) {
	eachComments(t, func(t *testing.T, c *commentTest) {
		ctx := t.Context()
		id, _ := c.confirmed(c.form(0))
		entry := accounts.Entry{At: c.clock(), Person: "p", Did: "comments.published"}
		d := campaigns.Decision{Campaign: c.id, At: c.clock(), By: "p", Verdict: campaigns.Publish, Comments: []campaigns.CommentID{id}}
		if _, err := c.s.Decide(ctx, d, entry); err == nil {
			t.Fatal("decided for an organisation that is not there")
		}
		if s := c.state(id); s != campaigns.CommentWaiting {
			t.Errorf("%s, though nothing was written into the log", s)
		}
	})
}

func TestCommentsAreCarried(t *testing.T) {
	eachComments(t, func(t *testing.T, c *commentTest) {
		ctx := t.Context()
		whole, _ := c.confirmed(c.form(0))
		f := c.form(1)
		f.Anchor.Quote = "пяти рабочих дней"
		words, _ := c.confirmed(f)
		f = c.form(2)
		f.Anchor.Address, f.Anchor.SHA256 = "art_1__para_2", campaigns.TextSum(paraTwo)
		second, _ := c.confirmed(f)
		f = c.form(3)
		f.Parent = words
		c.decide(campaigns.Publish, whole, words, second)
		reply, _ := c.confirmed(f)
		c.decide(campaigns.Publish, reply)
		carry := func(want int) {
			t.Helper()
			if n, err := watch.CarryComments(ctx, c.s); err != nil || n != want {
				t.Fatalf("%d, %v, want %d", n, err, want)
			}
		}
		carry(0)
		next := add(t, c.s, sampleEdition(t, "2026-03-01", law.RU, "Статья 1. Ответ", "1. На запрос читателя отвечают без промедления всегда.", "1-1. Новое правило о запросах, которого не было.", paraTwo))
		other := add(t, c.s, sampleEdition(t, "2026-03-01", law.KK, "1-бап. Жауап", "1. Мәтін."))
		last := add(t, c.s, sampleEdition(t, "2026-04-01", law.RU, "Статья 1. Ответ", "1. На запрос читателя отвечают без промедления всегда.", "3. Отказ в ответе излагается письменно с указанием причин."))
		carry(8)
		carry(0)
		at := func(key law.EditionKey) map[campaigns.CommentID]string {
			placed, err := c.s.PublishedComments(ctx, c.id, key)
			c.must(err)
			out := map[campaigns.CommentID]string{}
			for _, p := range placed {
				out[p.ID] = strings.TrimSpace(string(p.Fate.Reason) + " " + string(p.Fate.Near))
				if (p.Fate.Reason == campaigns.Carried) != (p.Fate.Anchor.Edition == key) || p.Anchor.Edition != c.edition {
					t.Errorf("%s: %+v", key, p.Fate)
				}
			}
			return out
		}
		for _, x := range []struct {
			key  law.EditionKey
			want map[campaigns.CommentID]string
		}{
			{c.edition, map[campaigns.CommentID]string{whole: "art_1__para_1", words: "art_1__para_1", second: "art_1__para_2", reply: "art_1__para_1"}},
			{next, map[campaigns.CommentID]string{whole: "unsure", words: "unsure", second: "art_1__para_2", reply: "unsure"}},
			{last, map[campaigns.CommentID]string{whole: "unsure", words: "unsure", second: "art_1__para_3", reply: "unsure"}},
			{other, map[campaigns.CommentID]string{}},
		} {
			got := at(x.key)
			for id, place := range got { // a text that is wholly new is removed or unsure, as the comparison pairs it
				if x.key != c.edition && place == "removed" {
					got[id] = "unsure"
				}
			}
			if d := cmp.Diff(x.want, got); d != "" {
				t.Errorf("%s: %s", x.key, d)
			}
		}
	})
}

// TestCommentDumpNamesNobody: with letters pending and a rejected comment, no
// byte of the database tells who wrote.
func TestCommentDumpNamesNobody(t *testing.T) {
	eachComments(t, func(t *testing.T, c *commentTest) {
		f := c.form(0)
		f.Given, f.Surname, f.Email = "Гүлжаһан", "Тоқтарбекова", "Gulzhahan.T+1@qyzmet.example"
		id, letter := c.confirmed(f)
		c.decide(campaigns.Reject, id)
		f.Email = "second@qyzmet.example"
		c.mail.down = true
		c.post(f)
		c.letters()
		dumps := map[string][]byte{"backup": backup(t, c.s)}
		for name, content := range everyByte(t, c.s) {
			dumps[name] = content
		}
		blind := true
		for name, content := range dumps {
			blind = blind && !bytes.Contains(content, []byte("Пять дней"))
			for _, secret := range []string{"Гүлжаһан", "Тоқтарбекова", "Гүлжаһан Т.", "gulzhahan.t", "qyzmet.example", letter.Confirm, letter.Manage} {
				if bytes.Contains(bytes.ToLower(content), []byte(strings.ToLower(secret))) {
					t.Errorf("%s: %q", name, secret)
				}
			}
		}
		if blind {
			t.Error("the search is blind")
		}
	})
}

// TestCommentLetters: one address gets no more letters than for signatures, and
// who is held back by the limit of a network gets the same reply.
func TestCommentLetters(t *testing.T) {
	eachComments(t, func(t *testing.T, c *commentTest) {
		for n := range intake.LettersADay + 2 {
			f := c.form(0)
			f.Body = fmt.Sprint("Комментарий ", n)
			c.post(f)
		}
		if n := len(c.letters()); n != intake.LettersADay {
			t.Errorf("%d letters", n)
		}
		before := c.rows("comments")
		c.intake.Limiter = gate.NewLimiter(0, 0)
		c.post(c.form(7))
		if letters := c.letters(); len(letters) != 0 || c.rows("comments") != before {
			t.Errorf("held back, and yet %+v", letters)
		}
	})
}

// fillComments stores something in every table of comments and deliveries.
func fillComments(c *campaignTest) {
	c.Helper()
	ct := openComments(c)
	id, _ := ct.confirmed(ct.form(0))
	ct.decide(campaigns.Publish, id)
	c.must(c.s.AddFates(c.Context(), ct.edition, map[campaigns.CommentID]campaigns.Fate{id: {Reason: campaigns.Removed}}))
	// Another campaign: this one goes on taking signatures.
	over, err := c.s.AddCampaign(c.Context(), sampleCampaign("answered"), accounts.Entry{})
	c.must(err)
	_, err = c.s.write.ExecContext(c.Context(), c.s.write.Rebind(`UPDATE campaigns SET state = 'delivered' WHERE id = ?`), int64(over))
	c.must(err)
	_, err = c.s.AddDelivery(c.Context(), campaigns.Delivery{Campaign: over, MadeAt: c.clock(), By: "person", Addressee: "Министерство", Lang: law.RU,
		SHA256: campaigns.TextSum("")}, []byte("archive"), bytes.Repeat([]byte{7}, 32), accounts.Entry{})
	c.must(err)
	c.must(c.s.AddAnswer(c.Context(), over, campaigns.Answer{On: "2026-05-01", Text: words("Ответ")}, accounts.Entry{At: c.clock(), Person: "person"}))
}
