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
// page, see style.
type Assets struct {
	paths map[string]string  // "mark.svg" → "/static/mark.1f3a….svg"
	files map[string]*answer // by path
	style style
}

// LoadAssets reads every file below fsys.
func LoadAssets(fsys fs.FS) (*Assets, error) {
	a := &Assets{paths: map[string]string{}, files: map[string]*answer{}}
	var css bytes.Buffer
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		if strings.HasPrefix(name, "css/") {
			css.Write(body)
			return nil
		}
		a.add(name, body)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("static files: %w", err)
	}
	var missing error
	bundle := cssURL.ReplaceAllFunc(css.Bytes(), func(m []byte) []byte {
		name := string(cssURL.FindSubmatch(m)[1])
		if a.paths[name] == "" {
			missing = fmt.Errorf("style sheet names %q, which is not there", name)
		}
		return []byte("url(" + a.paths[name] + ")")
	})
	a.style = newStyle(bundle)
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
	a.paths[name], a.files[p] = p, newAnswer(http.StatusOK, h, body)
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
