package campaign

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// photoStore has the pictures of campaigns.
type photoStore interface {
	Picture(ctx context.Context, sha256 string) (campaigns.Picture, error)
	PictureHead(ctx context.Context, sha256 string) (campaigns.Picture, error)
}

// Photo is the picture of a campaign, which somebody uploaded: not the one with
// the count, which is drawn.
type Photo struct {
	Src    string   `json:"href"`
	Width  int      `json:"width"`
	Height int      `json:"height"`
	Alt    string   `json:"alt"`
	AltIn  law.Lang `json:"alt_lang"`
}

// kept is for what never changes under its address.
const kept page.Cache = "public, max-age=31536000, immutable"

// photo is the picture of a campaign, nil where it has none.
func (c *Collector) photo(ctx context.Context, v view) (*Photo, error) {
	if v.Picture == "" {
		return nil, nil
	}
	p, err := c.Store.PictureHead(ctx, v.Picture)
	if err != nil {
		return nil, err
	}
	alt := v.said(v.PictureAlt)
	return &Photo{Src: "/photos/" + v.Slug + "/" + photoName(p), Width: p.Width, Height: p.Height, Alt: alt.Text, AltIn: alt.Lang}, nil
}

func photoName(p campaigns.Picture) string {
	return p.SHA256 + "." + strings.TrimPrefix(p.Media, "image/")
}

// Photo is the picture itself, once its campaign is published and as long as the
// campaign shows it.
func (c *Collector) Photo(w http.ResponseWriter, r *http.Request) error {
	camp, err := c.Store.CampaignAt(r.Context(), r.PathValue("slug"))
	if err == nil && (!camp.State.Published() || camp.Picture == "") {
		err = campaigns.ErrNotFound
	}
	var p campaigns.Picture
	if err == nil {
		p, err = c.Store.Picture(r.Context(), camp.Picture)
	}
	if err == nil && photoName(p) != r.PathValue("file") {
		err = campaigns.ErrNotFound
	}
	if errors.Is(err, campaigns.ErrNotFound) {
		return fmt.Errorf("%w: %w", page.ErrNoPage, err)
	}
	if err != nil {
		return err
	}
	page.Write(w, r, http.StatusOK, p.Media, kept, p.Body)
	return nil
}
