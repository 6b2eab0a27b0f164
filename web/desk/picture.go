package desk

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/internal/photo"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/people"
)

// pictureStore keeps the pictures of campaigns.
type pictureStore interface {
	SetPicture(ctx context.Context, id campaigns.CampaignID, p *campaigns.Picture, alt campaigns.Words, e accounts.Entry) error
	RemovePicture(ctx context.Context, id campaigns.CampaignID, e accounts.Entry) error
	Picture(ctx context.Context, sha256 string) (campaigns.Picture, error)
	PictureHead(ctx context.Context, sha256 string) (campaigns.Picture, error)
}

// UploadBytes is how large the form with a picture may be: the picture, its
// descriptions and what stands between.
const UploadBytes = photo.MaxBytes + 64<<10

// altLength bounds a description of a picture, in letters.
const altLength = 300

// PicturePage is the picture of a campaign and the form for another one.
type PicturePage struct {
	people.Frame
	Src           string // "" where there is none yet
	Width, Height int
	Alt           string
	AltIn         law.Lang
	Fields        []page.Field
	Submit        string
	Remove        string // where a form that takes it away leads to
	Back          page.Link
}

// Picture shows the form.
func (d *Desk) Picture(w http.ResponseWriter, r *http.Request) error {
	v, err := d.asked(r)
	if err != nil {
		return err
	}
	return d.picture(w, r, http.StatusOK, v, v.PictureAlt, nil)
}

// picture shows it with what is wrong, by the names of fields.
func (d *Desk) picture(w http.ResponseWriter, r *http.Request, status int, v view, alt campaigns.Words, wrong map[string]string) error {
	at := "/campaigns/" + v.Slug
	p := PicturePage{Frame: d.people.DeskFrame(r, at+"/picture", v.loc.T("pic.title")), Submit: v.loc.T("pic.set"), Back: page.Link{Href: v.at(at), Text: v.title}}
	p.Lead = v.loc.T("pic.lead")
	file := page.Field{ID: "file", Name: "file", Kind: "file", Label: v.loc.T("pic.file"), Hint: v.loc.T("pic.file_hint"), Error: wrong["file"], Required: v.Campaign.Picture == ""}
	if v.Campaign.Picture != "" {
		head, err := d.Store.PictureHead(r.Context(), v.Campaign.Picture)
		if err != nil {
			return err
		}
		p.Src, p.Width, p.Height, p.Remove = v.at(at+"/picture/file"), head.Width, head.Height, v.at(at+"/picture/remove")
		p.Alt, p.AltIn = v.PictureAlt.In(v.ui), v.ui
		file.Label, p.Submit = v.loc.T("pic.another"), v.loc.T("pic.save")
	}
	if wrong["form"] != "" {
		p.Notices = append(p.Notices, page.Notice{Kind: "warning", Title: wrong["form"]})
	}
	p.Fields = []page.Field{file}
	for _, lang := range v.Languages {
		id := inLang("alt", lang)
		p.Fields = append(p.Fields, page.Field{ID: id, Name: id, Label: v.loc.T("pic.alt", "lang", i18n.Own(lang)), Hint: v.loc.T("pic.alt_hint"),
			Value: alt[lang], Error: wrong[id], Autocomplete: "off", Required: true})
	}
	return d.pages.Render(w, r, status, page.Private, v.ui, "desk_picture", p)
}

// SetPicture takes a picture, or other words about the one there is.
func (d *Desk) SetPicture(w http.ResponseWriter, r *http.Request) error {
	v, err := d.asked(r)
	if err != nil {
		return err
	}
	// All of it stays in memory: where a photograph was taken is not for a
	// temporary file.
	if err := r.ParseMultipartForm(UploadBytes); err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return d.picture(w, r, http.StatusRequestEntityTooLarge, v, v.PictureAlt, map[string]string{"file": v.loc.T("pic.large")})
		}
		return errors.Join(page.ErrForm, err)
	}
	wrong, alt := map[string]string{}, campaigns.Words{}
	for _, lang := range v.Languages {
		id := inLang("alt", lang)
		alt[lang] = strings.Join(strings.Fields(r.PostForm.Get(id)), " ")
		if n := utf8.RuneCountInString(alt[lang]); n == 0 || n > altLength || strings.ContainsFunc(alt[lang], unicode.IsControl) {
			wrong[id] = v.loc.N("pic.alt_wrong", altLength)
		}
	}
	chosen, fault, err := d.uploaded(r, v.loc)
	if err != nil {
		return err
	}
	if fault != "" {
		wrong["file"] = fault
	} else if chosen == nil && v.Campaign.Picture == "" {
		wrong["file"] = v.loc.T("pic.none")
	}
	if len(wrong) > 0 {
		return d.picture(w, r, http.StatusUnprocessableEntity, v, alt, wrong)
	}
	did := "picture.set"
	if chosen == nil {
		did = "picture.described"
	}
	err = d.Store.SetPicture(r.Context(), v.ID, chosen, alt, d.entry(v, did))
	return d.pictured(w, r, v, err)
}

// uploaded is the picture of a form, nil where none was chosen; fault says why
// one cannot be taken.
func (d *Desk) uploaded(r *http.Request, loc *i18n.Locale) (_ *campaigns.Picture, fault string, err error) {
	file, head, err := r.FormFile("file")
	if errors.Is(err, http.ErrMissingFile) || err == nil && head.Size == 0 {
		return nil, "", nil
	}
	if err != nil {
		return nil, "", errors.Join(page.ErrForm, err)
	}
	defer file.Close() // it was read from memory
	p, err := d.photos.Read(file)
	switch {
	case err == nil:
		return &p, "", nil
	case errors.Is(err, photo.ErrTooLarge):
		return nil, loc.T("pic.large"), nil
	case errors.Is(err, photo.ErrKind):
		return nil, loc.T("pic.kind"), nil
	case errors.Is(err, photo.ErrPixels):
		return nil, loc.T("pic.pixels"), nil
	case errors.Is(err, photo.ErrSmall):
		return nil, loc.N("pic.small", photo.MinSide), nil
	case errors.Is(err, photo.ErrDamaged):
		return nil, loc.T("pic.damaged"), nil
	}
	return nil, "", err
}

// RemovePicture takes a campaign's picture away.
func (d *Desk) RemovePicture(w http.ResponseWriter, r *http.Request) error {
	v, err := d.asked(r)
	if err != nil {
		return err
	}
	return d.pictured(w, r, v, d.Store.RemovePicture(r.Context(), v.ID, d.entry(v, "picture.removed")))
}

// pictured answers to a change of the picture.
func (d *Desk) pictured(w http.ResponseWriter, r *http.Request, v view, err error) error {
	if errors.Is(err, campaigns.ErrState) {
		return d.picture(w, r, http.StatusConflict, v, v.PictureAlt, map[string]string{"form": v.loc.T("dl.locked")})
	}
	if err != nil {
		return err
	}
	return page.See(w, r, v.at("/campaigns/"+v.Slug+"/picture"))
}

// PictureFile is the picture itself, for members.
func (d *Desk) PictureFile(w http.ResponseWriter, r *http.Request) error {
	v, err := d.asked(r)
	if err != nil {
		return err
	}
	p, err := d.Store.Picture(r.Context(), v.Campaign.Picture)
	if errors.Is(err, campaigns.ErrNotFound) {
		return errors.Join(page.ErrNoPage, err)
	}
	if err != nil {
		return err
	}
	page.Write(w, r, http.StatusOK, p.Media, page.Private, p.Body)
	return nil
}
