package page

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// Cache says how long an answer may be kept.
type Cache string

const (
	// Fresh is asked for again every time; the ETag makes that cheap.
	Fresh Cache = "public, no-cache"
	// Kept is for what shows texts that never change: the frame around them may
	// (a newer edition appears), so it is kept for an hour, and shown for a day
	// more while it is asked for again.
	Kept Cache = "public, max-age=3600, stale-while-revalidate=86400"
	// Private is for pages of one person.
	Private Cache = "private, no-store"
	// Never is for answers about failures.
	Never Cache = "no-store"
)

// Write answers with a body that is complete: compressed where the client takes
// that, with a strong ETag, or 304 when the client has it already. The body must
// not be changed afterwards: the answer may be kept and sent again.
func Write(w http.ResponseWriter, r *http.Request, status int, contentType string, cache Cache, body []byte) {
	h := w.Header()
	h.Set("Content-Type", contentType)
	h.Set("Cache-Control", string(cache))
	lives, keeps := once, false
	k, _ := w.(*keeper)
	if strings.HasPrefix(string(cache), "public") {
		lives, keeps = kept, k != nil
	}
	if keeps && k.memory.brief {
		lives = brief
	}
	a := newAnswer(status, h.Clone(), body, lives)
	if keeps {
		k.keep(a)
	}
	if k != nil && k.made != nil {
		k.made() // before it is sent: the line of the one who made it may be slow
	}
	a.send(w, r)
}

// WriteJSON answers with v, indented and with letters as they are.
func WriteJSON(w http.ResponseWriter, r *http.Request, status int, cache Cache, v any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("write json: %w", err)
	}
	Write(w, r, status, "application/json; charset=utf-8", cache, b.Bytes())
	return nil
}
