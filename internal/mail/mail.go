// Package mail writes letters and hands them to a mail server: text and HTML, in
// the language of who gets them, signed with DKIM where there is a key. In the
// demonstration it keeps them in an outbox instead, for a page to show.
//
// It decides nothing: whom to write and how often is settled before. It logs
// neither addresses nor texts, and a letter loads nothing from anywhere: no
// picture, no counter of who opened it.
package mail

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	html "html/template"
	"strings"
	text "text/template"
	"time"

	"github.com/tuzetu/tuzetu/law"
)

// Letter is one letter to one person.
type Letter struct {
	To         string
	Lang       law.Lang
	Subject    string
	Paragraphs []string
	// Href is what the letter is about; Do is what its link says.
	Href, Do string
	// Small stands below: until when the link is good, why one gets this.
	Small []string
	// Links stand at the end: what else this person may do.
	Links []Link
	// Unsubscribe is where a mail program ends such letters by itself (RFC 8058).
	Unsubscribe string
	// Bounce is what the letter is known by when it comes back. It stands in
	// Message-ID and, where Settings say so, in the address of the envelope.
	Bounce string
}

// Link is an address with what it is for.
type Link struct{ Do, Href string }

// ListHeaders are those of a letter that a mail program can end (RFC 8058). The
// last one promises an address that takes a POST, which needs https (3.1).
func (l Letter) ListHeaders() (out []string) {
	if l.Unsubscribe != "" {
		out = append(out, "List-Unsubscribe: <"+l.Unsubscribe+">")
	}
	if strings.HasPrefix(l.Unsubscribe, "https://") {
		out = append(out, "List-Unsubscribe-Post: List-Unsubscribe=One-Click")
	}
	return out
}

// Sender delivers letters. jobs.ErrNotDone says that nothing was sent and it may
// be tried again, intake.ErrNoMailbox that there is no such mailbox.
type Sender interface {
	Send(context.Context, Letter) error
}

//go:embed templates
var files embed.FS

// writer fills the two forms of a letter.
type writer struct {
	text *text.Template
	html *html.Template
}

func newWriter() (writer, error) {
	t, err := text.ParseFS(files, "templates/letter.txt")
	if err != nil {
		return writer{}, err
	}
	h, err := html.ParseFS(files, "templates/letter.html")
	return writer{t, h}, err
}

// write fills both forms of l.
func (w writer) write(l Letter) (plain, rich string, err error) {
	var t, h bytes.Buffer
	if err := w.text.Execute(&t, l); err != nil {
		return "", "", fmt.Errorf("letter: %w", err)
	}
	if err := w.html.Execute(&h, l); err != nil {
		return "", "", fmt.Errorf("letter: %w", err)
	}
	return t.String(), h.String(), nil
}

// oneLine keeps what goes into a header in one line.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// Sent is a letter in an outbox.
type Sent struct {
	Letter
	At time.Time
}
