package web_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
)

// An act of which only the facts are known, as of one that amended another, is
// not among those followed, and its page says so.
func TestActWithoutText(t *testing.T) {
	s := newSite(t)
	s.act(sample.Act())
	bare := law.Act{ID: sample.AmendingActID, Titles: map[law.Lang]string{law.RU: "О внесении изменений"}}
	s.act(bare)
	for _, path := range []string{"", sampleAct, "/acts/" + string(bare.ID)} {
		for ui, want := range map[string]string{"kk": "мәліметтер ғана белгілі", "ru": "только сведения", "en": "only the facts"} {
			if path == "" {
				want = "tuzetu fetch"
			}
			if got := text(s.page("/" + ui + path).Find("main")); !strings.Contains(got, want) {
				t.Errorf("/%s%s says %q", ui, path, got)
			}
		}
	}
	title, lines, err := law.ReadMarkdown(strings.NewReader(sample.Markdown(law.RU, sample.First)))
	if err != nil {
		t.Fatal(err)
	}
	e := law.Edition{Lines: lines}
	e.EditionKey = law.EditionKey{Act: sample.ActID, Status: law.Enacted, Date: sample.First, Lang: law.RU}
	e.Title, e.CauseHref, e.FetchedAt = title, "https://adilet.example/rus/docs/"+string(bare.ID)+"#z1", today()
	if _, _, err := s.store.AddEdition(context.Background(), e); err != nil {
		t.Fatal(err)
	}
	home := s.page("/ru")
	if got := text(home.Find("#acts")); strings.Contains(got, "О внесении изменений") || home.Find("#acts .card").Length() != 1 {
		t.Errorf("followed: %q", got)
	}
	if got := text(s.pageWith(http.StatusNotFound, "/ru/acts/Z1111111111").Find(".links")); strings.Contains(got, "О внесении изменений") {
		t.Errorf("offered: %q", got)
	}
	doc := s.page("/ru/acts/" + string(bare.ID))
	if got := doc.Find(".links a").AttrOr("href", ""); got != "/ru"+sampleFirst+"/ru" {
		t.Errorf("what it amended is at %q", got)
	}
	follow(t, s, doc, "main a[href]")
}
