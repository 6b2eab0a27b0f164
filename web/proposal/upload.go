package proposal

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"net/http"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/people"
)

// UploadBytes bounds a file with a whole new text: the largest code has 5 MB.
const UploadBytes = 8 << 20

// UploadPage is the form to send a file with the whole new text.
type UploadPage struct {
	people.Frame
	Tabs   *page.Tabs
	Action string
	Saved  int
	Lang   page.Field
	File   page.Field
}

// AskFile shows the form.
func (ps *Proposals) AskFile(w http.ResponseWriter, r *http.Request) error {
	v, err := ps.drafted(r)
	if err != nil {
		return err
	}
	wk, err := ps.work(r.Context(), v)
	if err != nil {
		return err
	}
	return ps.askFile(w, r, http.StatusOK, v, wk, "")
}

func (ps *Proposals) askFile(w http.ResponseWriter, r *http.Request, status int, v view, wk *work, wrong string) error {
	p := UploadPage{Action: v.at("/text"), Saved: wk.Saved}
	p.Frame, p.Tabs = ps.frame(r, v, "/edit")
	p.Lead = v.loc.T("prop.file_lead")
	if wk.kept {
		p.Notices = append(p.Notices, page.Notice{Kind: "warning", Title: v.loc.T("prop.file_over"), Texts: []string{v.loc.T("prop.file_over_text")}})
	}
	p.Lang = page.Field{ID: "lang", Name: "lang", Kind: "select", Label: v.loc.T("prop.file_lang")}
	for _, lang := range wk.langs {
		p.Lang.Options = append(p.Lang.Options, page.Option{Value: string(lang), Text: i18n.Own(lang), Lang: lang})
	}
	p.File = page.Field{ID: "file", Name: "file", Kind: "file", Label: v.loc.T("prop.file"), Hint: v.loc.T("prop.file_hint"), Error: wrong, Required: true}
	return ps.render(w, r, status, "proposal_file", p)
}

// errKind says that a file is none of those that are read.
var errKind = errors.New("neither a .docx nor a text")

// TakeFile makes the text of a file the draft's text. A draft that is there gives
// way only if its owner says so.
func (ps *Proposals) TakeFile(w http.ResponseWriter, r *http.Request) error {
	v, err := ps.drafted(r)
	if err != nil {
		return err
	}
	wk, err := ps.work(r.Context(), v)
	if err != nil {
		return err
	}
	raw, name, err := sentFile(r)
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return ps.askFile(w, r, http.StatusRequestEntityTooLarge, v, wk, v.loc.T("prop.file_large"))
	case errors.Is(err, http.ErrMissingFile):
		return ps.askFile(w, r, http.StatusUnprocessableEntity, v, wk, v.loc.T("prop.file_none"))
	case err != nil:
		return errors.Join(page.ErrForm, err)
	}
	lang, err := law.ParseLang(r.PostFormValue("lang"))
	if err != nil || !slices.Contains(wk.langs, lang) {
		return page.ErrForm
	}
	found, err := ps.fileLines(name, raw)
	switch {
	case errors.Is(err, errKind):
		return ps.askFile(w, r, http.StatusUnprocessableEntity, v, wk, v.loc.T("prop.file_kind"))
	case err != nil || len(found) == 0:
		return ps.askFile(w, r, http.StatusUnprocessableEntity, v, wk, v.loc.T("prop.file_bad"))
	}
	if is, ok := law.DetectLang(found); ok && is != lang {
		return ps.askFile(w, r, http.StatusUnprocessableEntity, v, wk, v.loc.T("prop.file_other", "lang", v.loc.Language(is)))
	}
	if r.PostFormValue("saved") != strconv.Itoa(wk.Saved) || wk.kept && r.PostFormValue("over") != "1" {
		return ps.askFile(w, r, http.StatusConflict, v, wk, v.loc.T("prop.file_again"))
	}
	base, err := ps.base(r.Context(), v, wk, lang)
	if err != nil {
		return err
	}
	wk.put(lang, law.Build(lang, base.Title, found))
	wk.At = ps.now()
	if _, err = ps.Store.SaveDraft(r.Context(), v.org(), wk.Draft); errors.Is(err, dossiers.ErrMoved) {
		return ps.askFile(w, r, http.StatusConflict, v, wk, v.loc.T("prop.file_again"))
	} else if err != nil {
		return err
	}
	return page.See(w, r, v.at("/edit"))
}

func sentFile(r *http.Request) (raw []byte, name string, err error) {
	if err := r.ParseMultipartForm(UploadBytes); err != nil {
		return nil, "", err
	}
	file, head, err := r.FormFile("file")
	if err != nil {
		return nil, "", err
	}
	defer file.Close()
	if raw, err = io.ReadAll(file); err == nil && len(raw) == 0 {
		err = http.ErrMissingFile
	}
	return raw, filepath.Base(head.Filename), err
}

// fileLines are the lines of a file by what it is, whatever it is called.
func (ps *Proposals) fileLines(name string, raw []byte) ([]law.Line, error) {
	switch {
	case bytes.HasPrefix(raw, []byte("PK\x03\x04")):
		z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
		if err != nil || !slices.ContainsFunc(z.File, func(f *zip.File) bool { return f.Name == "word/document.xml" }) || ps.ReadFile == nil {
			return nil, errKind
		}
		return ps.ReadFile("text.docx", raw)
	case !utf8.Valid(raw) || bytes.ContainsRune(raw, 0):
		return nil, errKind
	case strings.HasSuffix(strings.ToLower(name), ".md"):
		_, found, err := law.ReadMarkdown(bytes.NewReader(raw))
		return found, err
	}
	return law.ReadText(bytes.NewReader(raw))
}
