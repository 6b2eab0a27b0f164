package campaigns

import (
	"errors"
	"time"
)

// Picture is a file that a campaign's page shows, made anew from what somebody
// uploaded.
type Picture struct {
	SHA256        string // of Body, in hexadecimal digits: what About.Picture names
	Media         string // image/jpeg or image/png
	Width, Height int
	Body          []byte
}

// Sheet is paper with signatures, as staff typed it in.
type Sheet struct {
	Number int    // within its campaign, from 1; to be written on the paper
	Form   string // the page it was typed into: sent twice, it counts once
	Lines  int
	At     time.Time
}

// ErrSheetKnown: this page was sent before, and its sheet is stored.
var ErrSheetKnown = errors.New("this sheet is stored already")
