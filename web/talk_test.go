package web_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web"
	"github.com/tuzetu/tuzetu/web/comments"
)

const (
	askedPath   = sampleAct + "/proposed-2026-09-01"
	askedChange = sampleAct + "/compare/2026-02-01...proposed-2026-09-01"
)

// talked are the links to comments within a selection: text and address.
func talked(s *goquery.Selection) (out []string) {
	s.Find("a[href*='/comments?']").Each(func(_ int, a *goquery.Selection) {
		said, _, _ := strings.Cut(text(a), ":")
		if n := text(a); strings.HasPrefix(n, "Комментарии: ") {
			said = strings.Fields(n)[1]
		}
		out = append(out, strings.Trim(said, " :"))
	})
	return out
}

// Provisions of the text a campaign asks for, and of the one it asks to change,
// lead to their comments: with a number where there are some, to the form where
// there are none. When nobody may comment any more, nothing does. On both
// databases.
func TestProvisionsLeadToComments(t *testing.T) {
	migrated.Each(t, func(t *testing.T, address string) {
		b := boothOn(t, address)
		at := b.page("/ru" + askedPath + "/ru")
		if got := talked(at.Find("#art_4 .art__past")); strings.Join(got, "|") != "Прокомментировать" {
			t.Fatalf("before anybody commented: %q", got)
		}
		if n := at.Find(".talk").Length(); n != 0 {
			t.Errorf("%d lines without comments lead to them", n)
		}
		href, _ := at.Find("#art_4 .art__past a").Last().Attr("href")
		if doc := b.page(strings.TrimSuffix(href, "#form")); doc.Find("#form input[name=at][value=art_4]").Length() != 1 || doc.Find(".cm__places a").Length() == 0 {
			t.Errorf("%s has no form for the article, or none of its lines", href)
		}
		form := b.formAt("/ru"+boothPath+"/comments?"+url.Values{"at": {"art_4__para_4"}}.Encode(), "reader@example.kz")
		confirm, _ := b.commented("ru", form)
		b.post(confirm, nil)
		if got := talked(b.page("/ru" + askedPath + "/ru").Find("#art_4__para_4")); len(got) != 0 {
			t.Errorf("before a moderator looked at it: %q", got)
		}
		b.decide(campaigns.Publish, "")
		for _, c := range []struct{ path, where, want string }{
			{"/ru" + askedPath + "/ru", "#art_4 .art__past", "1"},
			{"/ru" + askedPath + "/ru", "#art_4__para_4", "1"},
			{"/ru" + askedPath + "/kk", "#art_4 .art__past", "Прокомментировать"}, // its own comments
			{"/ru" + askedChange + "/ru", "#c-art_4__para_4 .acts", "1"},
			{"/ru" + askedChange + "/ru", "#d-art_15__para_3 .acts", "Прокомментировать"},
			{"/ru" + sampleAct + "/2026-02-01/ru", "#art_4 .art__past", "Прокомментировать"},
			{"/ru" + sampleAct + "/at/art_4__para_2/ru", ".acthead .btnrow", "Прокомментировать"},
		} {
			if got := talked(b.page(c.path).Find(c.where)); strings.Join(got, "|") != c.want {
				t.Errorf("%s %s: %q, want %s", c.path, c.where, got, c.want)
			}
			if c := b.get(c.path).Header().Get("Cache-Control"); strings.Contains(c, "max-age") {
				t.Errorf("a page with a number of comments is kept: %s", c)
			}
		}
		if err := b.store.SetState(t.Context(), b.id, campaigns.Closed, accounts.Entry{}); err != nil {
			t.Fatal(err)
		}
		b.pass(2 * time.Second)
		for _, path := range []string{"/ru" + askedPath + "/ru", "/ru" + askedChange + "/ru"} {
			if got := talked(b.page(path).Selection); len(got) != 0 {
				t.Errorf("%s of a closed campaign: %q", path, got)
			}
		}
	})
}

// askedOnce counts how often the store is asked where texts are commented on.
type askedOnce struct {
	comments.Store
	times int
}

func (s *askedOnce) Discussed(ctx context.Context, texts ...law.EditionKey) ([]campaigns.Discussion, error) {
	s.times++
	return s.Store.Discussed(ctx, texts...)
}

// However many provisions a page has, the store is asked once.
func TestCommentsAreCountedOnce(t *testing.T) {
	b := newBooth(t)
	asked := &askedOnce{Store: b.store}
	app, err := web.New(web.Config{Store: b.store, Now: b.clock, Comments: &comments.Config{Store: asked}})
	if err != nil {
		t.Fatal(err)
	}
	s := &site{tb: t, handler: app}
	for i, path := range []string{"/ru" + askedPath + "/ru", "/ru" + askedChange + "/ru", "/ru" + sampleAct + "/at/art_4/ru"} {
		if w := s.get(path); w.Code != http.StatusOK || asked.times != i+1 {
			t.Errorf("%s: %d, asked %d times", path, w.Code, asked.times-i)
		}
	}
}
