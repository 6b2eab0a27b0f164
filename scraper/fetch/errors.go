package fetch

import (
	"errors"
	"fmt"
	"time"
)

// What can be wrong with a page. Every error of Get is one of these, or the
// error of its context; all carry the address and the reason.
var (
	// ErrNotFound: 404 or 410.
	ErrNotFound = errors.New("no such page")
	// ErrRobots: the site's robots.txt forbids the page, or could not be read
	// (then the error is ErrUnavailable as well).
	ErrRobots = errors.New("not allowed by robots.txt")
	// ErrUnavailable: the site did not give the page now; another day it may.
	// Everything that was tried again and got no answer to the last is this.
	ErrUnavailable = errors.New("the site is not available")
	// ErrShortBody: to the last try fewer bytes came than were promised.
	ErrShortBody = errors.New("the page came incomplete")
	// ErrBroken: to the last try an answer came and was no page (500, headers too
	// large, a broken packing). Like ErrShortBody it is this page's failure and
	// no ErrUnavailable: the others may be well.
	ErrBroken = errors.New("the answer is broken")
	// ErrTooLarge: the page is larger than the limit. Never a cut page: a cut
	// law would look like a mass repeal.
	ErrTooLarge = errors.New("the page is too large")
	// ErrPrivateAddress: the name leads to an address that is not public.
	ErrPrivateAddress = errors.New("not a public address")
	// ErrCertificate: the certificate does not verify.
	ErrCertificate = errors.New("the certificate does not verify")
	// ErrRedirect: too many redirects, from https to http, or to what is not HTTP.
	ErrRedirect = errors.New("the redirect is refused")
	// ErrAnswer: any other answer that is not a page (403, 206, …).
	ErrAnswer = errors.New("not an answer with a page")
)

// busy is a 408, 429 or 5xx: worth another try, not before after.
type busy struct {
	status string
	after  time.Duration // 0: the site did not say
	page   bool          // a failure over this page, not of the site
}

func (b *busy) Error() string {
	if b.after > 0 {
		return fmt.Sprintf("answered %s, asks to come back in %s", b.status, b.after.Round(time.Second))
	}
	return "answered " + b.status
}

func (b *busy) Unwrap() error {
	if b.page {
		return ErrBroken
	}
	return ErrUnavailable
}

// ownFailure reports whether the site answers and fails over this page only.
func ownFailure(err error) bool { return errors.Is(err, ErrShortBody) || errors.Is(err, ErrBroken) }

// permanent are the errors another try cannot change.
func permanent(err error) bool {
	for _, e := range [...]error{ErrNotFound, ErrTooLarge, ErrPrivateAddress, ErrCertificate, ErrRedirect, ErrAnswer} {
		if errors.Is(err, e) {
			return true
		}
	}
	return errors.Is(err, ErrRobots) && !errors.Is(err, ErrUnavailable)
}
