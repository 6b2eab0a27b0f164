package mail

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// report is a report of testdata in the shape of a mail server, filled in.
func report(t testing.TB, server, token, status, diagnostic string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", server+".eml"))
	if err != nil {
		t.Fatal(err)
	}
	s := strings.NewReplacer("{token}", token, "{status}", status, "{diagnostic}", diagnostic).Replace(string(b))
	return strings.ReplaceAll(s, "\n", "\r\n")
}

// Reports of three mail servers name the letter and say whether there is a
// mailbox. What is full, refused by a rule, put off or not said may be there.
func TestReadReport(t *testing.T) {
	const token = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	for _, c := range []struct {
		server, status, diagnostic string
		gone                       bool
	}{
		{"postfix", "5.1.1", "550 5.1.1 <asel@mailbox.example>: Recipient address rejected: User unknown", true},
		{"postfix", "5.2.1", "550 5.2.1 The account is inactive", true},
		{"postfix", "5.1.2", "550 5.1.2 no such domain", true},
		{"postfix", "5.1.10", "556 5.1.10 takes no mail", true},
		{"postfix", "5.2.2", "552 5.2.2 over quota", false},
		{"postfix", "5.7.1", "550 5.7.1 blocked, 5.1.1 is what we say to others", false},
		{"postfix", "5.7.26", "550-5.7.26 not authenticated", false},
		{"postfix", "5.1.8", "550 5.1.8 the sender is not known", false},
		{"postfix", "5.4.4", "no such host", false},
		{"postfix", "4.1.1", "450 4.1.1 later", false},
		{"postfix", "5.0.0", "550 no", false},
		{"postfix", "5.0.0", "550 see our rule 5.1.1", false},
		{"exim", "5.0.0", "550 5.1.1 <asel@mailbox.example>: no such user", true},
		{"exim", "5.0.0", "550-5.1.1 The account does not exist.\n 550 5.1.1 Please check.", true},
		{"exim", "5.0.0", "550 Administrative prohibition", false},
		{"exim", "5.0.0", "554 5.7.1 spam", false},
		{"exchange", "5.1.10", "550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found", true},
		{"exchange", "5.1.1", "550 5.1.1 RESOLVER.ADR.ExRecipNotFound; not found", true},
		{"exchange", "5.7.133", "550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup", false},
		{"exchange", "5.4.1", "550 5.4.1 Access denied", false},
	} {
		s := report(t, c.server, token, c.status, c.diagnostic)
		for name, s := range map[string]string{"": s, ", cut off": s[:strings.LastIndex(s, "Content-Type:")]} {
			if strings.Contains(name, "cut") && c.server == "exim" {
				continue // what is cut off is where its letter is known by
			}
			r, err := ReadReport(strings.NewReader(s))
			if err != nil || r.NoMailbox != c.gone || !slices.Contains(r.Tokens, token) {
				t.Errorf("%s%s, %s %s: %+v, %v", c.server, name, c.status, c.diagnostic, r, err)
			}
			if strings.Contains(strings.Join(r.Status, " "), "asel") {
				t.Errorf("%q names somebody", r.Status)
			}
		}
	}
}

// One of several recipients who got the letter, or may get it, is enough.
func TestReportOfSeveral(t *testing.T) {
	for second, gone := range map[string]bool{
		"Action: failed\nStatus: 5.1.1":    true,
		"Action: delivered\nStatus: 2.1.5": false,
		"Action: delayed\nStatus: 4.4.1":   false,
		"Action: relayed\nStatus: 2.0.0":   false,
		"Action: failed\nStatus: 5.2.2":    false,
	} {
		for _, order := range []string{"%1\n\n%2", "%2\n\n%1"} {
			both := strings.NewReplacer("%1", "Final-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.1.1",
				"%2", "Final-Recipient: rfc822; c@b.example\n"+second).Replace(order)
			s := "From: a@b\nContent-Type: multipart/report; report-type=delivery-status; boundary=x\n\n--x\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; b.example\n\n" + both + "\n\n--x--\n"
			r, err := ReadReport(strings.NewReader(s))
			if err != nil || r.NoMailbox != gone || len(r.Status) != 2 {
				t.Errorf("%q: %+v, %v", both, r, err)
			}
		}
	}
}

func TestNoReport(t *testing.T) {
	good := report(t, "postfix", "t", "5.1.1", "550 5.1.1 no")
	for name, s := range map[string]string{
		"nothing": "", "no message": "\x00\x01", "an answer": "From: asel@example.kz\nSubject: Re: news\nContent-Type: text/plain\n\n550 5.1.1",
		"out of office": "From: a@b\nAuto-Submitted: auto-replied\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: message/delivery-status\n\nAction: failed\nStatus: 5.1.1\n\n--x--",
		"read":          strings.Replace(good, "delivery-status;", "disposition-notification;", 1),
		"no report":     strings.ReplaceAll(good, "message/delivery-status", "text/plain"),
		"no parts":      good[:strings.Index(good, "--4F1A")],
	} {
		if r, err := ReadReport(strings.NewReader(s)); !errors.Is(err, ErrNoReport) {
			t.Errorf("%s: %+v, %v", name, r, err)
		}
	}
}

// FuzzReadReport: whatever comes back is read or refused.
func FuzzReadReport(f *testing.F) {
	for _, server := range []string{"postfix", "exim", "exchange"} {
		f.Add(report(f, server, "t", "5.1.1", "550 5.1.1 no"))
	}
	f.Fuzz(func(t *testing.T, s string) {
		r, err := ReadReport(strings.NewReader(s))
		if err != nil && r.NoMailbox {
			t.Error("an error that un-counts")
		}
	})
}
