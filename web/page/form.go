package page

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What pages with forms share.

// ReadForm reads a form; one that cannot be read is ErrForm.
func ReadForm(r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return fmt.Errorf("%w: %w", ErrForm, err)
	}
	return nil
}

// See leads to a page of one person after a form.
func See(w http.ResponseWriter, r *http.Request, path string) error {
	w.Header().Set("Cache-Control", string(Private))
	http.Redirect(w, r, path, http.StatusSeeOther)
	return nil
}

// Missing is ErrNoPage where err says, by the error of its room, that there is
// none of what an address names.
func Missing(err, none error) error {
	if errors.Is(err, none) {
		return fmt.Errorf("%w: %w", ErrNoPage, err)
	}
	return err
}

// Lines is a text as browsers send it, with ends of lines of one kind.
func Lines(s string) string { return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s) }

// Typed is Lines without the blanks at the ends of the text.
func Typed(s string) string { return strings.TrimSpace(Lines(s)) }

// Printable tells whether a text can be shown: it has no controls.
func Printable(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool { return r != '\n' && r != '\t' && unicode.IsControl(r) })
}
