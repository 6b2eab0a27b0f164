package page

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
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
	// Never is for answers about failures.
	Never Cache = "no-store"
)

// GzipMark ends the ETag of a compressed answer: other bytes, other tag.
const GzipMark = "-gzip"

// Write answers with a body that is complete: with its strong ETag, or 304 when
// the client has it already.
func Write(w http.ResponseWriter, r *http.Request, status int, contentType string, cache Cache, body []byte) {
	h := w.Header()
	h.Set("Content-Type", contentType)
	h.Set("Cache-Control", string(cache))
	if status == http.StatusOK {
		sum := sha256.Sum256(body)
		tag := hex.EncodeToString(sum[:12])
		h.Set("ETag", `"`+tag+`"`)
		if has(r.Header.Get("If-None-Match"), tag) {
			h.Del("Content-Type")
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	w.WriteHeader(status)
	// A client that went away is no error of ours.
	_, _ = w.Write(body)
}

// has tells whether an If-None-Match holds the tag, compressed or not. A weak
// mark is what a proxy puts on; it compares equal here (RFC 9110, 13.1.2).
func has(header, tag string) bool {
	for _, t := range strings.Split(header, ",") {
		t = strings.Trim(strings.TrimPrefix(strings.TrimSpace(t), "W/"), `"`)
		if t == "*" || strings.TrimSuffix(t, GzipMark) == tag {
			return true
		}
	}
	return false
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
