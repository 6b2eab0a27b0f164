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
}

// Sender delivers letters. jobs.ErrNotDone says that nothing was sent and it may
// be tried again.
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
