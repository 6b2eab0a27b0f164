package comments

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/delivery"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// ReceivePage is where an addressee takes a pack.
type ReceivePage struct {
	page.Layout
	Heading    string
	Addressee  string
	ToLang     law.Lang // Addressee is written in it
	Made       string
	Signatures string
	SHA256     string
	Until      string
	File       string // the name it is stored by
	Fetch      string // actions of the buttons
	Received   string // "" until the archive was fetched
}

// Receive shows what there is to take. To look at it changes nothing.
func (b *Board) Receive(w http.ResponseWriter, r *http.Request) error {
	d, err := b.Store.DeliveryBy(r.Context(), delivery.TokenHash(r.PathValue("token")), b.now())
	if errors.Is(err, campaigns.ErrNoDelivery) {
		return b.notValid(w, r)
	}
	if err != nil {
		return err
	}
	c, err := b.Store.Campaign(r.Context(), d.Campaign)
	if err != nil {
		return err
	}
	v, err := b.viewOf(r, c)
	if err != nil {
		return err
	}
	p := ReceivePage{Layout: b.alone(w, r, v.loc.T("dl.receive")), Heading: page.Plain(v.text.Title.In(v.ui)), Addressee: d.Addressee, ToLang: d.Lang,
		Made: v.loc.Date(campaigns.Day(d.MadeAt)), Signatures: v.loc.Number(int(d.Signatures)), SHA256: d.SHA256,
		Until: v.loc.Date(campaigns.Day(d.MadeAt.Add(campaigns.DeliverWithin))), File: archiveName(d), Fetch: r.URL.Path + "/archive"}
	if !d.FetchedAt.IsZero() {
		p.Received = r.URL.Path + "/received"
	}
	return b.pages.Render(w, r, http.StatusOK, page.Private, v.ui, "receive", p)
}

func archiveName(d campaigns.Delivery) string { return fmt.Sprintf("tuzetu-%d.zip.age", d.ID) }

// Fetch gives the sealed archive.
func (b *Board) Fetch(w http.ResponseWriter, r *http.Request) error {
	d, body, err := b.Store.FetchDelivery(r.Context(), delivery.TokenHash(r.PathValue("token")), b.now())
	if errors.Is(err, campaigns.ErrNoDelivery) {
		return b.notValid(w, r)
	}
	if err != nil {
		return err
	}
	b.alone(w, r, "")
	w.Header().Set("Content-Disposition", fmt.Sprintf(`attachment; filename=%q`, archiveName(d)))
	page.Write(w, r, http.StatusOK, "application/octet-stream", page.Private, body)
	return nil
}

// Received notes the receipt; from then on the link gives nothing.
func (b *Board) Received(w http.ResponseWriter, r *http.Request) error {
	_, err := b.Store.ReceiveDelivery(r.Context(), delivery.TokenHash(r.PathValue("token")), accounts.Entry{At: b.now(), Did: "delivery.received"})
	switch {
	case errors.Is(err, campaigns.ErrNotFetched):
		http.Redirect(w, r, r.URL.Path[:len(r.URL.Path)-len("/received")], http.StatusSeeOther)
		return nil
	case errors.Is(err, campaigns.ErrNoDelivery):
		return b.notValid(w, r)
	case err != nil:
		return err
	}
	loc := b.pages.Locale(page.UI(r))
	return b.note(w, r, http.StatusOK, b.alone(w, r, loc.T("dl.received")), []string{loc.T("dl.received_then")})
}
