package web

import (
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/comments"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/people"
)

// commentRoutes are the pages of those who comment, of one who asks what is kept
// of them, and of an addressee. Only POST changes anything.
func commentRoutes(t *table, pages *page.Pages, b *comments.Board) {
	on := t.with(people.Open(), pages.Handle)
	for _, ui := range law.Langs {
		get, post := "GET /"+string(ui), "POST /"+string(ui)
		on(get+"/campaigns/{slug}/comments", b.Show)
		on(post+"/campaigns/{slug}/comments", b.Post)
		on(get+"/campaigns/{slug}/comments/sent", b.Sent)
		on(get+"/comment/confirm/{token}", b.Confirm)
		on(post+"/comment/confirm/{token}", b.Confirmed)
		on(get+"/comment/manage/{token}", b.Manage)
		on(post+"/comment/manage/{token}/withdraw", b.Withdraw)
		on(get+"/comment/manage/{token}/data.json", b.CommentData)
		on(get+"/manage/{token}/data.json", b.Data)
		on(get+"/receive/{token}", b.Receive)
		on(post+"/receive/{token}/archive", b.Fetch)
		on(post+"/receive/{token}/received", b.Received)
	}
}
