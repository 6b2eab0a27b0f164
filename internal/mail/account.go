package mail

import (
	"context"

	"github.com/tuzetu/tuzetu/accounts/door"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/law"
)

// Writer words letters and gives them to a Sender.
type Writer struct {
	sender Sender
	bundle *i18n.Bundle
	base   string
}

// NewWriter makes a Writer whose links begin with base ("https://tuzetu.kz").
func NewWriter(sender Sender, base string) (*Writer, error) {
	bundle, err := i18n.Load()
	return &Writer{sender, bundle, base}, err
}

var _ door.Mailer = (*Writer)(nil)

// Account sends a letter about somebody's account.
func (w *Writer) Account(ctx context.Context, l door.Letter) error {
	lang, err := law.ParseLang(l.Lang)
	if err != nil {
		lang = law.KK
	}
	t := w.bundle.Locale(lang)
	out := Letter{To: l.To, Lang: lang}
	at := w.base + "/" + string(lang)
	until := t.DateTo(i18n.Day(l.Until))
	switch l.Kind {
	case door.ToInvite:
		name, role := l.Names[string(lang)], "role."+string(l.Role)
		out.Subject = t.T("mail.invite.subject", "organisation", name)
		out.Paragraphs = []string{t.T("mail.hello"), t.T("mail.invite.text", "organisation", name, "role", t.T(role))}
		out.Href, out.Do = at+"/join/"+l.Token, t.T("mail.invite.do")
		out.Small = []string{t.T("mail.invite.until", "date", until), t.T("mail.unasked")}
	case door.ToChoose:
		out.Subject = t.T("mail.reset.subject")
		out.Paragraphs = []string{t.T("mail.hello"), t.T("mail.reset.text")}
		out.Href, out.Do = at+"/reset/"+l.Token, t.T("mail.reset.do")
		out.Small = []string{t.T("mail.reset.until"), t.T("mail.unasked")}
	}
	return w.sender.Send(ctx, out)
}
