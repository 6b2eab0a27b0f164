package web_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
)

// Words of an organisation that were written to do harm are words on every page
// of its campaign, in its letters and for programs.
func TestHostileCampaign(t *testing.T) {
	b := newBooth(t)
	const script = `"></textarea></title></script><script>alert(1)</script><img src=x onerror=alert(2)>{{.}} [x](javascript:alert(3))`
	evil := script + "\u202ecod\u2066.exe"
	text := boothText()
	text.Title, text.Ask, text.Target = in3(evil, evil, evil), in3(evil, evil, evil), in3(evil, evil, evil)
	text.Story = in3(evil+"\n"+evil, evil, evil)
	if _, err := b.store.SaveText(t.Context(), b.id, text, accounts.Entry{}); err != nil {
		t.Fatal(err)
	}
	inLines := "News\r\nBcc: everybody@example.kz\r\n\r\n" + script
	if err := b.store.AddUpdate(t.Context(), b.id, campaigns.Update{At: b.clock(), Title: in3(inLines, inLines, inLines), Body: in3(evil, evil, evil)}, accounts.Entry{}); err != nil {
		t.Fatal(err)
	}
	b.pass(2 * 1e9) // the intake looks at the text again
	harmless := func(where, body string) {
		t.Helper()
		if strings.ContainsAny(body, "\u202e\u2066") {
			t.Errorf("%s turns the direction of writing", where)
		}
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		if doc.Find("script:not([src]):not([type='application/ld+json']), img[src='x'], [onerror], a[href^='javascript']").Length() != 0 {
			t.Errorf("%s: words became markup", where)
		}
		doc.Find("script[type='application/ld+json']").Each(func(_ int, s *goquery.Selection) {
			if !json.Valid([]byte(s.Text())) {
				t.Errorf("%s: broken data", where)
			}
		})
	}
	for _, ui := range []string{"kk", "ru", "en"} {
		for _, what := range []string{"", "/sign", "/sent", "/text", "/sheet", "/appeal", "/lost", "/lost/sent", "/withdrawn", "/comments"} {
			w := b.get("/" + ui + boothPath + what)
			if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "alert(1)") {
				t.Errorf("%s%s: %d, the words are not shown", ui, what, w.Code)
			}
			harmless(ui+what, w.Body.String())
		}
		harmless(ui+" list", b.get("/"+ui+"/campaigns").Body.String())
		confirm, manage := b.signed(ui, ui+"@example.kz", "updates", "1")
		harmless(ui+" thanks", b.get(confirm).Body.String())
		harmless(ui+" manage", b.get(manage).Body.String())
	}
	twin := b.get("/ru" + boothPath + ".json")
	if !json.Valid(twin.Body.Bytes()) || twin.Header().Get("Content-Type") != "application/json; charset=utf-8" {
		t.Errorf("the twin: %s", twin.Header())
	}
}
