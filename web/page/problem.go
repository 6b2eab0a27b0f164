package page

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"strings"

	"golang.org/x/text/language"

	"github.com/tuzetu/tuzetu/law"
)

// Errors a handler returns to say what kind of answer is due. They are wrapped
// with the story for operators; readers see the translated page.
var (
	ErrNoPage    = errors.New("no such page")
	ErrBadDate   = errors.New("no such day")
	ErrLanguages = errors.New("texts in different languages are not compared")
	ErrTexts     = errors.New("these texts are no proposal and its outcome")
	ErrMethod    = errors.New("method not allowed") // the header Allow is set by who returns it
	ErrForeign   = errors.New("request from another site")
	ErrForm      = errors.New("the form cannot be read")
	ErrBusy      = errors.New("too much is asked for at this moment")
)

// problems is the one table from an error to an answer. The first row that
// matches holds; what is in no row is a 500.
var problems = []struct {
	is     error
	status int
	title  string // keys of the locale
	text   string
}{
	{ErrBadDate, http.StatusNotFound, "problem.date.title", "problem.date.text"},
	{ErrLanguages, http.StatusBadRequest, "problem.languages.title", "problem.languages.text"},
	{ErrTexts, http.StatusBadRequest, "problem.texts.title", "problem.texts.text"},
	{ErrMethod, http.StatusMethodNotAllowed, "problem.method.title", "problem.method.text"},
	{ErrForeign, http.StatusForbidden, "problem.foreign.title", "problem.foreign.text"},
	{law.ErrNotFound, http.StatusNotFound, "problem.missing.title", "problem.missing.text"},
	{ErrNoPage, http.StatusNotFound, "problem.missing.title", "problem.missing.text"},
	{ErrForm, http.StatusBadRequest, "problem.form.title", "problem.form.text"},
	{ErrBusy, http.StatusServiceUnavailable, "problem.busy.title", "problem.busy.text"},
	{context.DeadlineExceeded, http.StatusServiceUnavailable, "problem.busy.title", "problem.busy.text"},
	{nil, http.StatusInternalServerError, "problem.broken.title", "problem.broken.text"},
}

// Help is an error with advice for the reader: what is missing, and where to go
// instead.
type Help struct {
	Err   error
	Say   string // translated; "" for the sentence of the table
	Label string // what Links are
	Links []Link
}

func (h *Help) Error() string { return h.Err.Error() }
func (h *Help) Unwrap() error { return h.Err }

// ProblemPage is the page that stands in place of the one asked for.
type ProblemPage struct {
	Layout
	Status  int
	Heading string
	Say     string
	Label   string
	Links   []Link
}

// Handler answers a request or returns the error that keeps it from doing so,
// before anything is written.
type Handler func(http.ResponseWriter, *http.Request) error

// Handle makes an http.Handler of h: an error, and a panic, becomes a page. An
// answer that was given before and still holds is given without asking h.
func (p *Pages) Handle(h Handler) http.Handler {
	return p.handle(func(w http.ResponseWriter, r *http.Request) error { return p.memory.around(h)(w, r) })
}

// HandleBriefly is Handle for a page that shows what changes all the time: a
// public answer holds for the second it was made in, however many ask and
// whatever is committed meanwhile.
func (p *Pages) HandleBriefly(h Handler) http.Handler {
	return p.handle(func(w http.ResponseWriter, r *http.Request) error { return p.brief.around(h)(w, r) })
}

func (p *Pages) handle(h Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := guarded(h, w, r); err != nil {
			p.Fail(w, r, err)
		}
	})
}

func guarded(h Handler, w http.ResponseWriter, r *http.Request) (err error) {
	defer func() {
		switch v := recover(); v {
		case nil:
		case http.ErrAbortHandler:
			panic(v)
		default:
			err = fmt.Errorf("panic: %v\n%s", v, debug.Stack())
		}
	}()
	return h(w, r)
}

// retryAfter is in how many seconds those who came when too much was asked for are
// to try again.
const retryAfter = "30"

// Fail answers with what the table says of err. Operators get the whole chain
// in the log, readers a page in their language that helps them on.
func (p *Pages) Fail(w http.ResponseWriter, r *http.Request, err error) {
	if r.Context().Err() == context.Canceled {
		return // nobody is waiting
	}
	row := problems[len(problems)-1]
	for _, c := range problems {
		if c.is != nil && errors.Is(err, c.is) {
			row = c
			break
		}
	}
	if row.status >= 500 {
		p.log.ErrorContext(r.Context(), "request failed", "route", r.Pattern, "err", err)
	}
	ui := UI(r)
	l := p.Locale(ui)
	pg := ProblemPage{
		Layout:  p.Frame(r, ui, ""),
		Status:  row.status,
		Heading: l.T(row.title),
		Say:     l.T(row.text),
	}
	pg.Title, pg.Failed = pg.Heading, true
	var h *Help
	if errors.As(err, &h) {
		pg.Label, pg.Links = h.Label, h.Links
		if h.Say != "" {
			pg.Say = h.Say
		}
	}
	if row.status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", retryAfter)
	}
	if strings.HasSuffix(r.URL.Path, ".json") {
		if err := WriteJSON(w, r, row.status, Never, map[string]any{"error": pg.Say, "status": row.status}); err == nil {
			return
		}
	}
	if err := p.Render(w, r, row.status, Never, ui, "problem", pg); err != nil {
		p.log.ErrorContext(r.Context(), "problem page failed", "err", err)
		http.Error(w, http.StatusText(row.status), row.status)
	}
}

// LangCookie remembers the interface language a person chose. Only "/" reads it.
const LangCookie = "lang"

// UI is the interface language of a request: the one in its path; where the
// path has none, the chosen one (cookie), the one the browser asks for, Kazakh.
func UI(r *http.Request) law.Lang {
	first, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	if l, err := law.ParseLang(strings.TrimSuffix(strings.TrimSuffix(first, ".json"), ".png")); err == nil {
		return l
	}
	if c, err := r.Cookie(LangCookie); err == nil {
		if l, err := law.ParseLang(c.Value); err == nil {
			return l
		}
	}
	tags, _, err := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	if err == nil && len(tags) > 0 {
		matcher := language.NewMatcher([]language.Tag{language.Kazakh, language.Russian, language.English})
		if _, i, confidence := matcher.Match(tags...); confidence > language.No {
			return law.Langs[i]
		}
	}
	return law.KK
}
