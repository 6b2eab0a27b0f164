package dossier

import (
	"bytes"
	"fmt"
	"mime"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/web/page"
)

// File sends a file of a dossier to a member of its organisation.
func (d *Dossiers) File(w http.ResponseWriter, r *http.Request) error {
	v, err := d.asked(r)
	if err != nil {
		return err
	}
	return d.file(w, r, v, page.Private)
}

// PublicFile sends a file of a public dossier to anyone.
func (d *Dossiers) PublicFile(w http.ResponseWriter, r *http.Request) error {
	v, err := d.askedPublic(r, r.PathValue("slug"))
	if err != nil {
		return err
	}
	return d.file(w, r, v, page.Fresh)
}

// file is always an attachment, of a type that no browser runs: whatever is in
// it never speaks for this site.
func (d *Dossiers) file(w http.ResponseWriter, r *http.Request, v view, cache page.Cache) error {
	sum := r.PathValue("sha256")
	all, err := d.Store.Documents(r.Context(), v.ID)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(x dossiers.Document) bool { return x.File != nil && x.File.SHA256 == sum })
	if i < 0 {
		return fmt.Errorf("%w: no file %.8q", page.ErrNoPage, sum)
	}
	body, err := d.Store.DossierFile(r.Context(), v.ID, sum)
	if err != nil {
		return page.Missing(err, dossiers.ErrNotFound)
	}
	f := all[i].File
	h := w.Header()
	h.Set("Content-Type", served(f.Media))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Disposition", disposition(*f))
	h.Set("Cache-Control", string(cache))
	h.Set("ETag", `"`+sum+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
	return nil
}

// disposition names the file as it was called. Once it is saved it is opened by
// its ending, so that has to be one of what it holds: a drawing with a script in it
// is a text here, and a program in the packing of old Word files is no program.
func disposition(f dossiers.File) string {
	name := f.Name
	if own := endings(f.Media); !slices.Contains(own, strings.ToLower(path.Ext(name))) {
		name += own[0]
	}
	if s := mime.FormatMediaType("attachment", map[string]string{"filename": name}); s != "" {
		return s
	}
	return "attachment"
}
