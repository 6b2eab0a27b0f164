package mail

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"mime"
	"net/mail"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-msgauth/dkim"
	"github.com/emersion/go-smtp"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/intake"
	"github.com/tuzetu/tuzetu/internal/jobs"
	"github.com/tuzetu/tuzetu/law"
)

// one is a store with one campaign.
type one struct{ title string }

func (o one) Campaign(context.Context, campaigns.CampaignID) (campaigns.Campaign, error) {
	return campaigns.Campaign{ID: 1, Slug: "five-days", Version: 1}, nil
}

func (o one) Text(context.Context, campaigns.CampaignID, int) (campaigns.TextVersion, error) {
	w := campaigns.Words{law.KK: o.title, law.RU: o.title, law.EN: o.title}
	return campaigns.TextVersion{Version: 1, Text: campaigns.Text{Title: w}}, nil
}

// dkimKey is a key with what its owner publishes.
func dkimKey(t *testing.T) (key []byte, txt func(string) ([]string, error)) {
	t.Helper()
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), func(string) ([]string, error) {
		return []string{"v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(public)}, nil
	}
}

// evil is what somebody may type as a title.
const evil = "Ответ\r\nBcc: all@example.kz\r\n\r\n<script>alert(1)</script>"

// A letter with news can be ended by a mail program, which DKIM vouches for, and
// comes back to where it is known; nothing typed becomes a header or markup.
func TestNewsLetter(t *testing.T) {
	office, address := open(t, nil)
	key, txt := dkimKey(t)
	out, err := NewSMTP(Settings{Server: address, From: "Түзету <letters@example.kz>", Bounces: "bounces@example.kz", Domain: "example.kz", Selector: "one", Key: key}, noon)
	if err != nil {
		t.Fatal(err)
	}
	w, err := NewWriter(out, "https://tuzetu.example")
	if err != nil {
		t.Fatal(err)
	}
	token := strings.Repeat("a2", 19) + "7"
	news := campaigns.Update{Title: campaigns.Words{law.KK: evil, law.RU: evil, law.EN: evil}, Body: campaigns.Words{law.RU: "Раз.\n\n" + evil}}
	for _, lang := range law.Langs {
		err := NewSigners(w, one{evil}).Send(t.Context(), intake.Letter{Kind: intake.News, To: "asel@example.kz", Lang: lang, Name: evil, Campaign: 1,
			News: &news, Unsubscribe: "le-ave", Bounce: token})
		if err != nil {
			t.Fatal(err)
		}
		got := <-office.got
		if got.from != "bounces+"+token+"@example.kz" || got.to != "asel@example.kz" {
			t.Errorf("%s → %s", got.from, got.to)
		}
		checked, err := dkim.VerifyWithOptions(bytes.NewReader(got.body), &dkim.VerifyOptions{LookupTXT: txt})
		if err != nil || len(checked) != 1 || checked[0].Err != nil {
			t.Fatalf("the signature: %v, %v", checked, err)
		}
		for _, name := range []string{"From", "Subject", "List-Unsubscribe", "List-Unsubscribe-Post"} {
			if !slices.Contains(checked[0].HeaderKeys, name) {
				t.Errorf("DKIM does not vouch for %s", name)
			}
		}
		m, err := mail.ReadMessage(bytes.NewReader(got.body))
		if err != nil {
			t.Fatal(err)
		}
		for name, want := range map[string]string{
			"List-Unsubscribe": "<https://tuzetu.example/" + string(lang) + "/unsubscribe/le-ave>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
			"Message-Id": "<" + token + "@example.kz>", "Bcc": "", "Content-Language": string(lang), "Auto-Submitted": "auto-generated",
		} {
			if h := m.Header[name]; strings.Join(h, "|") != want {
				t.Errorf("%s: %q, want %q", name, h, want)
			}
		}
		subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
		if err != nil || subject != "Ответ Bcc: all@example.kz <script>alert(1)</script>" {
			t.Errorf("subject %q, %v", subject, err)
		}
		// Whoever takes the headers away, or puts others there, breaks the signature.
		forged := bytes.Replace(got.body, []byte("/unsubscribe/le-ave"), []byte("/unsubscribe/evil00"), 1)
		if checked, err := dkim.VerifyWithOptions(bytes.NewReader(forged), &dkim.VerifyOptions{LookupTXT: txt}); err == nil && checked[0].Err == nil {
			t.Error("another address to unsubscribe at passes")
		}
	}
}

// Each kind of letter says the same in both its forms, in all languages, and has
// the links it should.
func TestLettersOfCampaigns(t *testing.T) {
	office := NewOutbox(noon)
	w, err := NewWriter(office, "http://127.0.0.1:8080")
	if err != nil {
		t.Fatal(err)
	}
	form, err := newWriter()
	if err != nil {
		t.Fatal(err)
	}
	news := campaigns.Update{Title: campaigns.Words{law.RU: evil}, Body: campaigns.Words{law.RU: evil}}
	for kind, links := range map[intake.LetterKind][]string{
		intake.AskToConfirm: {"/confirm/", "/manage/", "/block/"}, intake.SignedBefore: {"/manage/", "/block/"}, intake.YourLink: {"/manage/", "/block/"},
		intake.AskToConfirmComment: {"/comment/confirm/", "/comment/manage/", "/block/"},
		intake.News:                {"/campaigns/five-days", "/unsubscribe/"}, intake.SignNewText: {"/manage/", "/unsubscribe/"},
	} {
		for _, lang := range law.Langs {
			l := intake.Letter{Kind: kind, To: "asel@example.kz", Lang: lang, Name: "Злоумышленник", Campaign: 1, Confirm: "c", Manage: "m"}
			if kind == intake.News || kind == intake.SignNewText {
				l.News, l.Unsubscribe, l.Bounce = &news, "u", "b"
			} else {
				l.Block = "b"
			}
			if err := NewSigners(w, one{evil}).Send(t.Context(), l); err != nil {
				t.Fatal(err)
			}
			sent := office.Sent()[0]
			plain, rich, err := form.write(sent.Letter)
			if err != nil {
				t.Fatal(err)
			}
			for _, link := range links {
				link = "http://127.0.0.1:8080/" + string(lang) + link
				if !strings.Contains(plain, link) || !strings.Contains(rich, link) {
					t.Errorf("%s, %s: %s is missing", kind, lang, link)
				}
			}
			if strings.Contains(plain+rich, "Злоумышленник") || strings.Contains(rich, "<script") || strings.Contains(rich, "<img") || strings.ContainsAny(oneLine(sent.Subject), "\r\n") {
				t.Errorf("%s, %s: what somebody typed", kind, lang)
			}
			if h := sent.ListHeaders(); (len(h) == 1) != (l.Unsubscribe != "") { // no https, no promise of a POST
				t.Errorf("%s: %q", kind, h)
			}
		}
	}
}

// A server that says for good that there is no such mailbox is believed; one that
// refuses for another reason, or gives none, is not.
func TestNoMailboxAtOnce(t *testing.T) {
	for _, c := range []struct {
		code     int
		enhanced smtp.EnhancedCode
		want     error
	}{
		{550, smtp.EnhancedCode{5, 1, 1}, intake.ErrNoMailbox},
		{553, smtp.EnhancedCode{5, 1, 3}, intake.ErrNoMailbox},
		{550, smtp.EnhancedCode{5, 2, 1}, intake.ErrNoMailbox},
		{556, smtp.EnhancedCode{5, 1, 10}, intake.ErrNoMailbox},
		{550, smtp.EnhancedCode{5, 7, 1}, nil},
		{552, smtp.EnhancedCode{5, 2, 2}, nil},
		{550, smtp.NoEnhancedCode, nil},
		{450, smtp.EnhancedCode{4, 1, 1}, jobs.ErrNotDone},
	} {
		_, address := open(t, &smtp.SMTPError{Code: c.code, EnhancedCode: c.enhanced, Message: "asel@example.kz refused"})
		out, err := NewSMTP(Settings{Server: address, From: "a@example.kz"}, noon)
		if err != nil {
			t.Fatal(err)
		}
		err = out.Send(t.Context(), Letter{To: "asel@example.kz", Lang: law.RU, Subject: "x"})
		for _, known := range []error{intake.ErrNoMailbox, jobs.ErrNotDone} {
			if errors.Is(err, known) != (c.want == known) {
				t.Errorf("%d %v: %v", c.code, c.enhanced, err)
			}
		}
		if err == nil || strings.Contains(err.Error(), "asel") {
			t.Errorf("%v", err)
		}
	}
}

func TestBouncesSetting(t *testing.T) {
	for _, s := range []string{"bounces", "Bounces <bounces@example.kz>", strings.Repeat("b", 25) + "@example.kz"} {
		if _, err := NewSMTP(Settings{Server: "smtp://127.0.0.1", From: "a@example.kz", Bounces: s}, noon); err == nil {
			t.Errorf("%q is taken", s)
		}
	}
}

// A server that is gone, or slow, before it has the letter has not taken it. One
// that is gone after it may have: the letter is not sent again.
func TestServerGoesAway(t *testing.T) {
	gone := func(c *smtp.Conn) { c.Conn().Close() }
	for name, c := range map[string]struct {
		before, after func(*smtp.Conn)
		taken         int
		again         bool
	}{
		"gone before":  {before: gone, again: true},
		"silent":       {before: func(*smtp.Conn) { <-t.Context().Done() }, again: true},
		"gone after":   {after: gone, taken: 1},
		"silent after": {after: func(*smtp.Conn) { <-t.Context().Done() }, taken: 1},
	} {
		office, address := open(t, nil)
		office.before, office.after = c.before, c.after
		out, err := NewSMTP(Settings{Server: address, From: "a@example.kz"}, noon)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(name, "silent") {
			out.within = time.Second / 4
		}
		err = out.Send(t.Context(), Letter{To: "asel@example.kz", Lang: law.RU, Subject: "x"})
		if err == nil || errors.Is(err, jobs.ErrNotDone) != c.again || len(office.got) != c.taken || strings.Contains(err.Error(), "asel") {
			t.Errorf("%s: %v, taken %d", name, err, len(office.got))
		}
	}
}
