package mail

import (
	"context"
	"fmt"
	"strings"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/intake"
	"github.com/tuzetu/tuzetu/internal/jobs"
	"github.com/tuzetu/tuzetu/law"
)

// CampaignStore is what the letters of campaigns are worded from.
type CampaignStore interface {
	Campaign(context.Context, campaigns.CampaignID) (campaigns.Campaign, error)
	Text(ctx context.Context, id campaigns.CampaignID, version int) (campaigns.TextVersion, error)
}

// Signers words the letters to those who sign and to those who comment.
type Signers struct {
	writer *Writer
	store  CampaignStore
}

// NewSigners makes Signers.
func NewSigners(w *Writer, s CampaignStore) *Signers { return &Signers{w, s} }

var _ intake.Mailer = (*Signers)(nil)

// Send sends a letter. The name is left out: a stranger may have typed it, and
// could write to anyone in it.
func (s *Signers) Send(ctx context.Context, l intake.Letter) error {
	c, err := s.store.Campaign(ctx, l.Campaign)
	if err != nil {
		return fmt.Errorf("%w: %w", jobs.ErrNotDone, err)
	}
	text, err := s.store.Text(ctx, c.ID, c.Version)
	if err != nil {
		return fmt.Errorf("%w: %w", jobs.ErrNotDone, err)
	}
	lang, err := law.ParseLang(string(l.Lang))
	if err != nil {
		lang = law.KK
	}
	t, at := s.writer.bundle.Locale(lang), s.writer.base+"/"+string(lang)
	title, manage := text.Title.In(lang), at+"/manage/"+l.Manage
	out := Letter{To: l.To, Lang: lang, Paragraphs: []string{t.T("mail.hello")}}
	switch l.Kind {
	case intake.AskToConfirm:
		out.Subject = t.T("mail.confirm.subject", "title", title)
		out.Paragraphs = append(out.Paragraphs, t.T("mail.confirm.text", "title", title))
		out.Href, out.Do = at+"/confirm/"+l.Confirm, t.T("mail.confirm.do")
		out.Small = []string{t.T("mail.confirm.until"), t.T("mail.manage", "address", manage)}
	case intake.AskToConfirmComment:
		out.Subject = t.T("mail.comment.subject", "title", title)
		out.Paragraphs = append(out.Paragraphs, t.T("mail.comment.text", "title", title))
		out.Href, out.Do = at+"/comment/confirm/"+l.Confirm, t.T("mail.comment.do")
		out.Small = []string{t.T("mail.comment.until"), t.T("mail.comment.manage", "address", at+"/comment/manage/"+l.Manage)}
	case intake.SignedBefore:
		out.Subject = t.T("mail.signed.subject", "title", title)
		out.Paragraphs = append(out.Paragraphs, t.T("mail.signed.text", "title", title))
		out.Href, out.Do = manage, t.T("mail.manage.do")
	case intake.YourLink:
		out.Subject = t.T("mail.link.subject", "title", title)
		out.Paragraphs = append(out.Paragraphs, t.T("mail.link.text", "title", title))
		out.Href, out.Do = manage, t.T("mail.manage.do")
	case intake.News:
		out.Subject = l.News.Title.In(lang)
		out.Paragraphs = append(paragraphs(l.News.Title.In(lang)), paragraphs(l.News.Body.In(lang))...)
		out.Href, out.Do = at+"/campaigns/"+c.Slug, t.T("mail.news.do")
		out.Small = []string{t.T("mail.news.why", "title", title)}
	case intake.SignNewText:
		out.Subject = t.T("mail.again.subject", "title", title)
		out.Paragraphs = append(out.Paragraphs, t.T("mail.again.text", "title", title), t.T("mail.again.counts"))
		out.Href, out.Do = manage, t.T("mail.again.do")
		out.Small = []string{t.T("mail.news.why", "title", title)}
	default:
		return fmt.Errorf("letter of kind %q", l.Kind)
	}
	if l.Unsubscribe != "" {
		out.Unsubscribe, out.Bounce = at+"/unsubscribe/"+l.Unsubscribe, l.Bounce
		out.Links = append(out.Links, Link{t.T("mail.news.leave"), out.Unsubscribe})
	}
	if l.Block != "" {
		out.Links = append(out.Links, Link{t.T("mail.block"), at + "/block/" + l.Block})
	}
	return s.writer.sender.Send(ctx, out)
}

// paragraphs are the lines of what somebody typed.
func paragraphs(s string) (out []string) {
	for line := range strings.Lines(s) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}
