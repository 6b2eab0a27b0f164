package adilet

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/scraper"
)

// maxPage bounds a page that is read: the largest code has 4 MB.
const maxPage = 64 << 20

// decode gives a page in UTF-8. What is valid UTF-8 is UTF-8, whatever the page
// declares; otherwise the declared encoding decides (the HTTP header before the
// page's own meta); without one the page is refused.
func decode(r io.Reader, contentType string) (string, error) {
	b, err := io.ReadAll(io.LimitReader(r, maxPage+1))
	if err != nil {
		return "", err
	}
	if len(b) > maxPage {
		return "", fmt.Errorf("larger than %d MB: %w", maxPage>>20, scraper.ErrNoText)
	}
	b = bytes.TrimPrefix(b, []byte("\ufeff"))
	if i := bytes.IndexByte(b, 0); i >= 0 {
		return "", fmt.Errorf("line %d: %w: a zero byte", 1+bytes.Count(b[:i], []byte("\n")), scraper.ErrEncoding)
	}
	if utf8.Valid(b) {
		return string(b), nil
	}
	bad := law.InvalidLine(b)
	enc, name := declared(b, contentType)
	if enc == nil || name == "utf-8" {
		return "", fmt.Errorf("line %d: %w: not UTF-8, and no other encoding is declared", bad, scraper.ErrEncoding)
	}
	text, err := enc.NewDecoder().Bytes(b)
	if err != nil {
		return "", fmt.Errorf("%w: declared as %s: %w", scraper.ErrEncoding, name, err)
	}
	return string(text), nil
}

// declared is the encoding the header or the page's first kilobyte names.
func declared(b []byte, contentType string) (encoding.Encoding, string) {
	if _, params, err := mime.ParseMediaType(contentType); err == nil && params["charset"] != "" {
		if e, name := charset.Lookup(params["charset"]); e != nil {
			return e, name
		}
	}
	head := b[:min(len(b), 1024)]
	// DetermineEncoding falls back to windows-1252 for what declares nothing.
	if e, name, certain := charset.DetermineEncoding(head, ""); certain || name != "windows-1252" {
		return e, name
	}
	return nil, ""
}
