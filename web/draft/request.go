package draft

import (
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"mime/multipart"
	"net/http"
	"strconv"
	"strings"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// request is a form as it was sent.
type request struct {
	edition   string
	act       bool // an amending act was pasted, else the whole new text
	text      string
	fileName  string
	file      []byte
	published string
	take      string // the file that is asked for, "" for the page
	// fixes are the corrected sentences, by the lines of the act they replace; an
	// empty one leaves the instruction out. picks are the units chosen for
	// instructions that may mean several, by the sign of their sentence.
	fixes map[[2]int]string
	picks map[string]law.Address
}

// mostMemory is how much of a form is held in memory; the guard bounds the whole
// body.
const mostMemory = 2 << 20

func parse(r *http.Request) (q request, err error) {
	if err := r.ParseMultipartForm(mostMemory); err != nil && !errors.Is(err, http.ErrNotMultipart) {
		return q, fmt.Errorf("%w: %w", page.ErrForm, err)
	}
	f := r.PostForm
	q = request{
		edition: f.Get("edition"), act: f.Get("kind") != "text", published: f.Get("published"), take: f.Get("take"),
		text:  strings.ReplaceAll(f.Get("text"), "\r\n", "\n"),
		fixes: map[[2]int]string{}, picks: map[string]law.Address{},
	}
	for name, values := range f {
		if sign, ok := strings.CutPrefix(name, "pick-"); ok && values[0] != "" {
			q.picks[sign] = law.Address(values[0])
		}
		lines, ok := strings.CutPrefix(name, "do-")
		if !ok {
			continue
		}
		from, to, _ := strings.Cut(lines, "-")
		a, errA := strconv.Atoi(from)
		b, errB := strconv.Atoi(to)
		if errA != nil || errB != nil || a < 1 || b < a {
			continue
		}
		fixed := strings.ReplaceAll(f.Get("fix-"+lines), "\r\n", "\n")
		switch {
		case values[0] == "out":
			q.fixes[[2]int{a, b}] = ""
		case values[0] == "edit" || fixed != "" && fixed != q.lines(a, b): // who corrects a sentence means it
			q.fixes[[2]int{a, b}] = fixed
		}
	}
	if r.MultipartForm != nil {
		if q.fileName, q.file, err = sent(r, "file"); err != nil {
			return q, err
		}
		err = r.MultipartForm.RemoveAll()
	}
	return q, err
}

// sent is the file of a field, if one was chosen.
func sent(r *http.Request, field string) (name string, body []byte, err error) {
	files := r.MultipartForm.File[field]
	if len(files) == 0 || files[0].Size == 0 {
		return "", nil, nil
	}
	if body, err = contents(files[0]); err != nil {
		return "", nil, fmt.Errorf("%w: %w", page.ErrForm, err)
	}
	return files[0].Filename, body, nil
}

// lines are the lines [from,to] of the text, as the cards show them.
func (q *request) lines(from, to int) string {
	lines := strings.Split(q.text, "\n")
	return strings.Join(lines[min(from-1, len(lines)):min(to, len(lines))], "\n")
}

func contents(h *multipart.FileHeader) ([]byte, error) {
	f, err := h.Open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

// corrected is the text with its fixes, from the end on, so that the lines
// before keep their numbers.
func (q *request) corrected() string {
	lines := strings.Split(q.text, "\n")
	for at := len(lines); at >= 1; at-- {
		for span, fix := range q.fixes {
			if span[0] != at || span[1] > len(lines) {
				continue
			}
			var with []string
			if strings.TrimSpace(fix) != "" {
				with = strings.Split(fix, "\n")
			}
			lines = append(lines[:at-1:at-1], append(with, lines[span[1]:]...)...)
		}
	}
	return strings.Join(lines, "\n")
}

// sign names a sentence in the form: its place changes as the act is corrected.
func sign(sentence string) string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(law.Fold(sentence))) // a hash does not fail
	return strconv.FormatUint(h.Sum64(), 36)
}
