package campaign

import (
	"context"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// Came is what came of a campaign after its signatures were collected.
type Came struct {
	Handed  *Handed // nil before there is an archive for the addressee
	Answer  *Reply
	Earlier []Reply // which Answer corrects, the latest first

	answers []campaigns.Answer
}

// Handed is what the addressee was given.
type Handed struct {
	To         string
	In         law.Lang // To is written in
	Made       law.Date
	Received   law.Date // "" while nobody has confirmed the receipt
	Signatures int
	Version    int // of the text
}

// Reply is what the addressee answered.
type Reply struct {
	On   law.Date
	In   law.Lang
	Text []string
	Href string
}

// came is nil while signatures are collected.
func (c *Collector) came(ctx context.Context, v view) (*Came, error) {
	if v.State.TakesConfirmations() {
		return nil, nil
	}
	out := &Came{}
	all, err := c.Store.Deliveries(ctx, v.ID)
	if err != nil {
		return nil, err
	}
	for _, d := range all {
		if d.Withdrawn {
			continue
		}
		out.Handed = &Handed{To: d.Addressee, In: d.Lang, Made: campaigns.Day(d.MadeAt), Signatures: int(d.Signatures), Version: d.Version}
		if !d.ReceivedAt.IsZero() {
			out.Handed.Received = campaigns.Day(d.ReceivedAt)
		}
		break
	}
	answers, err := c.Store.Answers(ctx, v.ID)
	if err != nil {
		return nil, err
	}
	out.answers = answers
	for i, a := range answers {
		text := v.said(a.Text)
		r := Reply{a.On, text.Lang, paragraphs(text.Text), a.Href}
		if i == 0 {
			out.Answer = &r
			continue
		}
		out.Earlier = append(out.Earlier, r)
	}
	if out.Handed == nil && out.Answer == nil {
		return nil, nil
	}
	return out, nil
}

// standing says why nothing can be signed, and what can still be done.
func (c *Collector) standing(v view) *page.Notice {
	n := &page.Notice{Title: c.state(v) + "."}
	say := func(what string, args ...any) { n.Texts = append(n.Texts, v.loc.T(what, args...)) }
	switch v.State {
	case campaigns.Live:
		say("stage.over", "date", v.loc.Date(v.Closes))
	case campaigns.Paused:
		say("stage.paused")
	case campaigns.Delivered:
		say("stage.delivered")
	case campaigns.Answered:
		say("stage.answered")
		n.Links = append(n.Links, page.Link{Href: "#answer", Text: v.loc.T("stage.read")})
	default:
		say("stage.closed")
		return n // whose address is whose cannot be told any more: no link is sent again
	}
	n.Links = append(n.Links, page.Link{Href: v.at("/lost"), Text: v.loc.T("stage.withdraw")})
	return n
}

// discussed leads to the comments on the provisions; nil where the campaign asks
// for no text, or nobody commented and nobody can any more.
func (c *Collector) discussed(ctx context.Context, v view) (*page.Link, error) {
	if v.text.Proposed == "" {
		return nil, nil
	}
	counts, err := c.Store.CountComments(ctx, v.ID)
	if err != nil {
		return nil, err
	}
	n := counts[campaigns.CommentPublished]
	if n == 0 && !v.State.TakesComments() {
		return nil, nil
	}
	l := &page.Link{Href: v.at("/comments"), Text: v.loc.T("cm.first")}
	if n > 0 {
		l.Text = v.loc.T("cm.read", "n", v.loc.Number(n))
	}
	return l, nil
}

// handedTwin and replyTwin are what programs are told of it; docs/campaigns.md
// promises the names.
type handedTwin struct {
	To         string   `json:"to"`
	Made       law.Date `json:"made_on"`
	Received   law.Date `json:"received_on"`
	Signatures int      `json:"signatures"`
	Version    int      `json:"version"`
}

type replyTwin struct {
	On   law.Date        `json:"on"`
	Text campaigns.Words `json:"text"`
	Href string          `json:"href"`
}

func (came *Came) twin() (handed *handedTwin, replies []replyTwin) {
	replies = []replyTwin{}
	if came == nil {
		return nil, replies
	}
	if h := came.Handed; h != nil {
		handed = &handedTwin{h.To, h.Made, h.Received, h.Signatures, h.Version}
	}
	for _, a := range came.answers {
		replies = append(replies, replyTwin{a.On, a.Text, a.Href})
	}
	return handed, replies
}
