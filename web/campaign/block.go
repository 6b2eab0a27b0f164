package campaign

import (
	"errors"
	"net/http"

	"github.com/tuzetu/tuzetu/campaigns/intake"
	"github.com/tuzetu/tuzetu/web/page"
)

// BlockPage lets somebody forbid letters to an address, or allow them again. It
// does not show the address: the program does not know it.
type BlockPage struct {
	page.Layout
	Action  string
	Blocked bool
	Undone  bool // it was allowed again just now
}

// Blocking shows the button.
func (c *Collector) Blocking(w http.ResponseWriter, r *http.Request) error {
	return c.block(w, r, r.URL.Query().Get("done") == "undo")
}

func (c *Collector) block(w http.ResponseWriter, r *http.Request, undone bool) error {
	alone(w)
	blocked, err := c.Manager.Blocked(r.Context(), r.PathValue("token"))
	if errors.Is(err, intake.ErrNoBlock) {
		return c.notValid(w, r)
	}
	if err != nil {
		return err
	}
	ui := page.UI(r)
	loc := c.pages.Locale(ui)
	path := "/block/" + r.PathValue("token")
	p := BlockPage{Layout: c.layout(r, ui, path), Action: "/" + string(ui) + path, Blocked: blocked, Undone: undone && !blocked}
	p.Title, p.Private = loc.T("block.crumb"), true
	return c.pages.Render(w, r, http.StatusOK, page.Private, ui, "campaign_block", p)
}

// Block forbids letters to the address the link was mailed to.
func (c *Collector) Block(w http.ResponseWriter, r *http.Request) error {
	return c.setBlock(w, r, true, "")
}

// Unblock allows them again.
func (c *Collector) Unblock(w http.ResponseWriter, r *http.Request) error {
	return c.setBlock(w, r, false, "?done=undo")
}

func (c *Collector) setBlock(w http.ResponseWriter, r *http.Request, yes bool, done string) error {
	alone(w)
	err := c.Manager.Block(r.Context(), r.PathValue("token"), yes)
	if errors.Is(err, intake.ErrNoBlock) {
		return c.notValid(w, r)
	}
	if err != nil {
		return err
	}
	http.Redirect(w, r, "/"+string(page.UI(r))+"/block/"+r.PathValue("token")+done, http.StatusSeeOther)
	return nil
}
