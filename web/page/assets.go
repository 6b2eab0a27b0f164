package page

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"regexp"
	"strings"
)

// Assets serves the static files. Each has the hash of its bytes in its name,
// so that browsers may keep it for ever. The style sheets of css/ stand in every
// page, see style; one that stands elsewhere is a file of its own. The scripts of
// js/ go out as tuzetu.js, in the order of their names.
type Assets struct {
	paths map[string]string  // "mark.svg" → "/static/mark.1f3a….svg"
	files map[string]*answer // by path
	style style
}

// everyPage is the folder of the style sheets that stand in every page.
const everyPage = "css"

// LoadAssets reads every file below fsys.
func LoadAssets(fsys fs.FS) (*Assets, error) {
	a := &Assets{paths: map[string]string{}, files: map[string]*answer{}}
	var js bytes.Buffer
	sheets := map[string][]byte{}
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		switch {
		case path.Dir(name) == everyPage:
			sheets[everyPage] = append(sheets[everyPage], body...)
		case path.Ext(name) == ".css":
			sheets[name] = body
		case path.Dir(name) == "js":
			js.Write(body)
		default:
			a.add(name, body)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("static files: %w", err)
	}
	var missing error
	for sheet, body := range sheets {
		sheets[sheet] = cssURL.ReplaceAllFunc(body, func(m []byte) []byte {
			name := string(cssURL.FindSubmatch(m)[1])
			if a.paths[name] == "" {
				missing = fmt.Errorf("%s names %q, which is not there", sheet, name)
			}
			return []byte("url(" + a.paths[name] + ")")
		})
		if sheet != everyPage {
			a.add(sheet, sheets[sheet])
		}
	}
	a.style = newStyle(sheets[everyPage])
	a.add("tuzetu.js", js.Bytes())
	return a, missing
}

var cssURL = regexp.MustCompile(`url\(([^)]+)\)`)

func (a *Assets) add(name string, body []byte) {
	sum := sha256.Sum256(body)
	ext := path.Ext(name)
	p := "/static/" + strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:6]) + ext
	h := http.Header{"Cache-Control": {"public, max-age=31536000, immutable"}}
	if ct := mime.TypeByExtension(ext); ct != "" {
		h.Set("Content-Type", ct)
	}
	a.paths[name], a.files[p] = p, newAnswer(http.StatusOK, h, body, kept)
}

// Path is the address of a static file; a name that does not exist is an error,
// which a template turns into a failed page (and a test finds).
func (a *Assets) Path(name string) (string, error) {
	p, ok := a.paths[name]
	if !ok {
		return "", fmt.Errorf("no static file %q", name)
	}
	return p, nil
}

// Serve answers with the file at the path of the request.
func (a *Assets) Serve(w http.ResponseWriter, r *http.Request) error {
	f, ok := a.files[r.URL.Path]
	if !ok {
		return fmt.Errorf("static file: %w", ErrNoPage)
	}
	f.send(w, r)
	return nil
}
