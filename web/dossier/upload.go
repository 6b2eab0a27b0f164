package dossier

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

const (
	// mostFile bounds a file, in bytes: a code with its comparative table as a
	// scan. A text of law is a tenth of that.
	mostFile = 10 << 20
	// UploadBytes bounds the whole form: the file, or three texts, and its words.
	UploadBytes = mostFile + 1<<20
	// mostName bounds the name a file is kept under, in letters.
	mostName = 120
)

// Types of files that are kept, by their content. Nothing of them is ever shown
// by the browser: they are taken away as files.
const (
	typePDF   = "application/pdf"
	typeDOCX  = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	typeXLSX  = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	typePPTX  = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
	typeODT   = "application/vnd.oasis.opendocument.text"
	typeDOC   = "application/x-ole-storage" // .doc, .xls
	typeRTF   = "application/rtf"
	typePNG   = "image/png"
	typeJPEG  = "image/jpeg"
	typeText  = "text/plain; charset=utf-8"
	typeHTML  = "text/html"
	endOfHTML = ".html"
)

// mediaOf is the type of a file by its content; "" for one that is not taken.
func mediaOf(raw []byte) string {
	for _, x := range []struct{ begins, media string }{
		{"%PDF-", typePDF}, {"{\\rtf", typeRTF}, {"\x89PNG\r\n\x1a\n", typePNG}, {"\xff\xd8\xff", typeJPEG}, {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", typeDOC},
	} {
		if bytes.HasPrefix(raw, []byte(x.begins)) {
			return x.media
		}
	}
	if bytes.HasPrefix(raw, []byte("PK\x03\x04")) {
		return packed(raw)
	}
	text := strings.TrimSpace(strings.TrimPrefix(string(raw), "\ufeff"))
	if text == "" || !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return r < ' ' && !strings.ContainsRune("\t\n\r\f", r) }) {
		return ""
	}
	if head := strings.ToLower(text[:min(len(text), 200)]); strings.HasPrefix(head, "<!doctype html") || strings.HasPrefix(head, "<html") || strings.HasPrefix(head, "<?xml") && strings.Contains(head, "<html") {
		return typeHTML
	}
	return typeText
}

// packed is the type of an office document by what is in its archive.
func packed(raw []byte) string {
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return ""
	}
	for _, f := range z.File {
		switch f.Name {
		case "word/document.xml":
			return typeDOCX
		case "xl/workbook.xml":
			return typeXLSX
		case "ppt/presentation.xml":
			return typePPTX
		case "mimetype":
			r, err := f.Open()
			if err != nil {
				return ""
			}
			name, err := io.ReadAll(io.LimitReader(r, 100))
			if r.Close() == nil && err == nil && string(name) == typeODT {
				return typeODT
			}
		}
	}
	return ""
}

// mediaName is a type as people call it.
func mediaName(media string) string {
	name, ok := map[string]string{typePDF: "PDF", typeDOCX: "DOCX", typeXLSX: "XLSX", typePPTX: "PPTX", typeODT: "ODT", typeDOC: "DOC", typeRTF: "RTF", typePNG: "PNG",
		typeJPEG: "JPEG", typeText: "TXT", typeHTML: "HTML"}[media]
	if !ok {
		return "—"
	}
	return name
}

// endings are what names of files of a type may end in.
func endings(media string) []string {
	switch media {
	case typePDF:
		return []string{".pdf"}
	case typeDOCX:
		return []string{".docx"}
	case typeXLSX:
		return []string{".xlsx"}
	case typePPTX:
		return []string{".pptx"}
	case typeODT:
		return []string{".odt"}
	case typeDOC:
		return []string{".doc", ".xls", ".ppt"}
	case typeRTF:
		return []string{".rtf", ".doc"}
	case typePNG:
		return []string{".png"}
	case typeJPEG:
		return []string{".jpg", ".jpeg"}
	}
	return []string{".txt", ".md", ".csv"}
}

// served is the type a file is sent as: never one that a browser would run.
func served(media string) string {
	switch media {
	case typeHTML, typeText:
		return typeText
	case typePDF, typeDOCX, typeXLSX, typePPTX, typeODT, typeRTF, typePNG, typeJPEG:
		return media
	}
	return "application/octet-stream"
}

// upload is a file as it was sent.
type upload struct {
	name string
	raw  []byte
}

// errLarge is a form over UploadBytes, or a file over mostFile.
var errLarge = errors.New("the file is too large")

// uploaded reads a form with files. All of it stays in memory: what is in a
// dossier that is not public is not for a temporary file. A form that came back
// after a session has words only.
func uploaded(r *http.Request, v view) (*form, map[string]upload, error) {
	x, files := newForm(v, url.Values{}), map[string]upload{}
	err := r.ParseMultipartForm(UploadBytes)
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return x, nil, errLarge
	}
	if err != nil && !isForm(err) {
		return x, nil, fmt.Errorf("%w: %w", page.ErrForm, err)
	}
	x.f = r.PostForm
	if r.MultipartForm == nil {
		return x, files, nil
	}
	for name, heads := range r.MultipartForm.File {
		if len(heads) == 0 {
			continue
		}
		if heads[0].Size == 0 {
			x.wrong[name] = v.loc.T("dos.file_empty")
			continue
		}
		if heads[0].Size > mostFile {
			x.wrong[name] = v.loc.T("dos.file_large", "n", mostFile>>20)
			continue
		}
		f, err := heads[0].Open()
		if err != nil {
			return x, nil, fmt.Errorf("%w: %w", page.ErrForm, err)
		}
		raw, err := io.ReadAll(f)
		if err = errors.Join(err, f.Close()); err != nil {
			return x, nil, fmt.Errorf("%w: %w", page.ErrForm, err)
		}
		files[name] = upload{fileName(heads[0].Filename), raw}
	}
	return x, files, nil
}

// fileName is the name of a file without folders and what no name should hold.
func fileName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == utf8.RuneError || strings.ContainsRune(`"/<>|*?:`, r) {
			return -1
		}
		return r
	}, name)
	if name = strings.Trim(name, ". "); name == "" {
		return "file"
	}
	if letters := []rune(name); len(letters) > mostName {
		ending := []rune(path.Ext(name))
		if len(ending) > 10 {
			ending = nil
		}
		name = string(letters[:mostName-len(ending)]) + string(ending)
	}
	return name
}

// lines reads a text of law from a file; fault says in words why it cannot be
// one in that language.
func (d *Dossiers) lines(v view, u upload, lang law.Lang) (title string, lines []law.Line, media, fault string) {
	name := ""
	switch media = mediaOf(u.raw); media {
	case typeDOCX:
		name = "text.docx"
	case typeHTML:
		name = "text" + endOfHTML
	case typeText:
		if name = "text.txt"; strings.HasPrefix(strings.TrimSpace(string(u.raw)), "# ") || strings.EqualFold(path.Ext(u.name), ".md") {
			name, media = "text.md", "text/markdown; charset=utf-8"
		}
	}
	if name == "" || d.ReadFile == nil {
		return "", nil, "", v.loc.T("dos.text_kind")
	}
	var err error
	if name == "text.md" {
		title, lines, err = law.ReadMarkdown(bytes.NewReader(u.raw))
	} else {
		lines, err = d.ReadFile(name, u.raw)
	}
	if err != nil {
		return "", nil, "", v.loc.T("dos.text_unread")
	}
	if len(lines) == 0 {
		return "", nil, "", v.loc.T("dos.text_empty")
	}
	if found, ok := law.DetectLang(lines); ok && found != lang {
		return "", nil, "", v.loc.T("dos.text_lang", "language", v.loc.InLanguage(found))
	}
	return title, lines, media, ""
}
