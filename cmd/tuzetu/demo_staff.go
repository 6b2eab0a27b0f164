package main

import (
	"context"
	"crypto/rand"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/accounts/door"
	"github.com/tuzetu/tuzetu/internal/mail"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/people"
)

// demoStaff is the owner of the demonstration's organisation, with the phone
// that shows their codes, and the letters that were not sent.
type demoStaff struct {
	outbox         *mail.Outbox
	now            func() time.Time
	mail, password string
	secret         string
	organisation   accounts.OrganisationID
}

var _ people.Demo = (*demoStaff)(nil)

const demoMail = "owner@example.kz"

// hireDemoStaff goes the way everybody goes: invited, a password, a second
// factor.
func hireDemoStaff(ctx context.Context, d *door.Door, outbox *mail.Outbox, now func() time.Time) (*demoStaff, error) {
	o, err := d.AddOrganisation(ctx, map[string]string{
		"kk": "«Ашық сөз» қоры (үлгі)", "ru": "Фонд «Открытое слово» (образец)", "en": "Open Word Foundation (sample)",
	}, "")
	if err != nil {
		return nil, err
	}
	password, err := accounts.NewID(rand.Reader)
	if err != nil {
		return nil, err
	}
	staff := &demoStaff{outbox: outbox, now: now, mail: demoMail, password: password[:16], organisation: o.ID}
	token, err := d.Invite(ctx, "", o, demoMail, accounts.Owner, "ru")
	if err != nil {
		return nil, err
	}
	session, err := d.Join(ctx, token, "Айгүл Сәрсенова", staff.password, "ru", "")
	if err != nil {
		return nil, err
	}
	s, _, err := d.Session(ctx, session)
	if err != nil {
		return nil, err
	}
	p, err := d.Store.Person(ctx, s.Person)
	if err != nil {
		return nil, err
	}
	factor, err := d.NewTOTP(p)
	if err != nil {
		return nil, err
	}
	staff.secret = factor.Key
	// The code before the present one, which is left for the first to sign in.
	code, err := totp.GenerateCode(factor.Key, now().Add(-30*time.Second))
	if err != nil {
		return nil, err
	}
	if _, _, err := d.AddTOTP(ctx, s, factor.State, code); err != nil {
		return nil, err
	}
	return staff, d.EndSessions(ctx, p.ID)
}

// Codes is what the phone shows.
func (s *demoStaff) Codes(context.Context) []people.DemoCode {
	code, err := totp.GenerateCode(s.secret, s.now())
	if err != nil {
		return nil
	}
	return []people.DemoCode{{Mail: s.mail, Password: s.password, Code: code}}
}

// Letters are those that were not sent.
func (s *demoStaff) Letters() (out []people.DemoLetter) {
	for _, l := range s.outbox.Sent() {
		texts := append(append([]string{}, l.Paragraphs...), l.Small...)
		letter := people.DemoLetter{To: l.To, Subject: l.Subject, Href: l.Href, Do: l.Do, Lang: l.Lang, Texts: texts, At: l.At, Headers: l.ListHeaders()}
		for _, link := range l.Links {
			letter.Links = append(letter.Links, page.Link{Href: link.Href, Text: link.Do})
		}
		out = append(out, letter)
	}
	return out
}
