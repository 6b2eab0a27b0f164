package mail

import (
	"bufio"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"net/textproto"
	"regexp"
	"slices"
	"strings"
)

// Report is what a mail server says became of a letter (RFC 3464).
type Report struct {
	// Tokens are those the letter may be known by: from the address the report
	// came to and from the Message-ID of the letter it brings back. Anybody may
	// have written them.
	Tokens []string
	// NoMailbox: the letter was refused for good, for every recipient, because
	// there is no such mailbox.
	NoMailbox bool
	// Status lists what was said of each recipient, such as "failed 5.1.1". It
	// names nobody.
	Status []string
}

// ErrNoReport: the message is no report about the delivery of another.
var ErrNoReport = errors.New("not a report of delivery (RFC 3464)")

// reportLimit bounds what is read: a report may bring back a whole letter.
const reportLimit = 4 << 20

// NoMailbox tells whether an enhanced status code (RFC 3463) says that there is
// no such mailbox, for good. Full ones, refusals by rule (5.7.x) and whatever a
// server gave no code for do not.
func NoMailbox(status string) bool {
	return slices.Contains([]string{
		"5.1.1",  // no such mailbox
		"5.1.2",  // no such domain
		"5.1.3",  // no address at all
		"5.1.6",  // it has moved and left no address
		"5.1.10", // the domain takes no mail (RFC 7505)
		"5.2.1",  // closed
	}, status)
}

// ReadReport reads a report. Errors: ErrNoReport.
func ReadReport(r io.Reader) (out Report, err error) {
	m, err := mail.ReadMessage(io.LimitReader(r, reportLimit))
	if err != nil {
		return out, fmt.Errorf("%w: %w", ErrNoReport, err)
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/report" || !strings.EqualFold(params["report-type"], "delivery-status") {
		return out, ErrNoReport
	}
	for _, name := range []string{"To", "Delivered-To", "X-Original-To", "Envelope-To"} {
		for _, value := range m.Header[textproto.CanonicalMIMEHeaderKey(name)] {
			out.Tokens = append(out.Tokens, behindPlus(value)...)
		}
	}
	parts, said := multipart.NewReader(m.Body, params["boundary"]), false
	for {
		part, err := parts.NextPart()
		if err != nil {
			break // a report that was cut off has said what it said
		}
		kind, _, err := mime.ParseMediaType(part.Header.Get("Content-Type"))
		if err != nil {
			continue
		}
		var body io.Reader = part // quoted-printable is decoded already
		if strings.EqualFold(part.Header.Get("Content-Transfer-Encoding"), "base64") {
			body = base64.NewDecoder(base64.StdEncoding, part)
		}
		switch kind {
		case "message/delivery-status", "message/global-delivery-status":
			out.read(body)
			said = true
		case "message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers":
			out.Tokens = append(out.Tokens, messageID(body)...)
		}
	}
	if !said {
		return out, ErrNoReport
	}
	return out, nil
}

// read reads what is said of each recipient.
func (r *Report) read(body io.Reader) {
	fields := textproto.NewReader(bufio.NewReader(body))
	for {
		h, err := fields.ReadMIMEHeader()
		if action := strings.ToLower(strings.TrimSpace(h.Get("Action"))); action != "" {
			status := statusOf(h)
			r.NoMailbox = action == "failed" && NoMailbox(status) && (r.NoMailbox || len(r.Status) == 0)
			r.Status = append(r.Status, action+" "+status)
		}
		if err != nil {
			return
		}
	}
}

var (
	enhanced = regexp.MustCompile(`^([245]\.[0-9]{1,3}\.[0-9]{1,3})(?:\s|$)`)
	// replied is the answer of a mail server as a Diagnostic-Code has it.
	replied = regexp.MustCompile(`(?i)^smtp\s*;\s*5[0-9][0-9][ -](?:#\s*)?(5\.[0-9]{1,3}\.[0-9]{1,3})\b`)
)

// statusOf is the code of a recipient. Where a server says only that something
// was wrong, as Exim does, the code is in the answer that it got.
func statusOf(h textproto.MIMEHeader) string {
	var status string
	if m := enhanced.FindStringSubmatch(strings.TrimSpace(h.Get("Status"))); m != nil {
		status = m[1]
	}
	if status == "5.0.0" {
		if m := replied.FindStringSubmatch(strings.TrimSpace(h.Get("Diagnostic-Code"))); m != nil {
			return m[1]
		}
	}
	return status
}

// behindPlus are the tokens of the addresses in a header.
func behindPlus(header string) (out []string) {
	for _, word := range strings.FieldsFunc(header, func(r rune) bool { return strings.ContainsRune(" \t\r\n,;<>\"", r) }) {
		name, _, isAddress := strings.Cut(word, "@")
		if _, token, ok := strings.Cut(name, "+"); ok && isAddress {
			out = append(out, token)
		}
	}
	return out
}

// messageID is the token of the letter that came back.
func messageID(letter io.Reader) []string {
	// The header may be cut off, or be all there is.
	h, err := textproto.NewReader(bufio.NewReader(letter)).ReadMIMEHeader()
	if h == nil || err != nil && !errors.Is(err, io.EOF) {
		return nil
	}
	token, _, ok := strings.Cut(strings.Trim(strings.TrimSpace(h.Get("Message-ID")), "<>"), "@")
	if !ok {
		return nil
	}
	return []string{token}
}
