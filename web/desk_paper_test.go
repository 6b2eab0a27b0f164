package web_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"log/slog"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/count"
	"github.com/tuzetu/tuzetu/campaigns/gate"
	"github.com/tuzetu/tuzetu/campaigns/intake"
	"github.com/tuzetu/tuzetu/web"
	"github.com/tuzetu/tuzetu/web/campaign"
	"github.com/tuzetu/tuzetu/web/desk"
	"github.com/tuzetu/tuzetu/web/people"
)

// paperForm are the fields of a page of paper signatures as it was sent out.
func paperForm(doc *goquery.Document) map[string]string {
	out := map[string]string{}
	doc.Find("form:has(ol) input, form:has(ol) select").Each(func(_ int, in *goquery.Selection) {
		name := in.AttrOr("name", "")
		switch {
		case goquery.NodeName(in) == "select":
			out[name] = in.Find("option[selected]").AttrOr("value", "")
		case in.AttrOr("type", "") == "checkbox":
			if _, on := in.Attr("checked"); on {
				out[name] = in.AttrOr("value", "")
			}
		default:
			out[name] = in.AttrOr("value", "")
		}
	})
	return out
}

func pairs(form map[string]string) (out []string) {
	for name, value := range form {
		out = append(out, name, value)
	}
	return out
}

func TestPaperDesk(t *testing.T) {
	o := newDeskOffice(t)
	ctx := context.Background()
	_, moderator := o.equip(o.hire("m@example.kz", accounts.Moderator))
	list := "/ru/desk/" + string(o.own.ID) + "/paper"
	at := list + "/" + boothSlug
	if href, _ := o.page(list, moderator).Find("tbody a").Attr("href"); href != at {
		t.Fatalf("the list leads to %q", href)
	}
	form := paperForm(o.page(at, moderator))
	if form["rows"] != "10" || form["form"] == "" {
		t.Fatalf("%v", form)
	}
	if w := o.post(at, moderator, pairs(form)...); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("an empty sheet: %d", w.Code)
	}
	// One line is right, one lacks the consent, one has no name; nothing typed is
	// lost, also when more lines are asked for.
	form["region"] = "KZ-71"
	for name, value := range map[string]string{
		"given1": "Айгүл", "surname1": "Үлгіқызы", "agreed1": "1", "display1": "1",
		"given3": "Ерлан", "surname3": "Мысалов", "region3": "KZ-75", "lang3": "kk",
		"given4": "=1+1", "surname4": "Образцова", "agreed4": "1", "representative4": "Ольга Образцова",
	} {
		form[name] = value
	}
	form["do"] = "more"
	w := o.post(at, moderator, pairs(form)...)
	delete(form, "do")
	doc, err := goquery.NewDocumentFromReader(w.Body)
	if err != nil || w.Code != http.StatusOK || doc.Find("fieldset.line").Length() != 20 || doc.Find(".err").Length() != 0 {
		t.Fatalf("more lines: %d, %d lines, %v", w.Code, doc.Find("fieldset.line").Length(), err)
	}
	again := paperForm(doc)
	for name, value := range form {
		if name != "rows" && again[name] != value {
			t.Errorf("more lines: %s is %q, was %q", name, again[name], value)
		}
	}
	w = o.post(at, moderator, pairs(again)...)
	if doc, err = goquery.NewDocumentFromReader(w.Body); err != nil || w.Code != http.StatusUnprocessableEntity {
		t.Fatalf("%d, %v", w.Code, err)
	}
	var faults []string
	doc.Find(".err[id]").Each(func(_ int, e *goquery.Selection) { faults = append(faults, e.AttrOr("id", "")) })
	if got := strings.Join(faults, " "); got != "agreed3-err given4-err" {
		t.Errorf("faults at %q", got)
	}
	wrong := paperForm(doc)
	for name, value := range again {
		if wrong[name] != value {
			t.Errorf("%s is %q, was %q", name, wrong[name], value)
		}
	}
	if o.counted() != 0 {
		t.Fatal("a part of a wrong sheet was stored")
	}
	wrong["agreed3"], wrong["given4"] = "1", "Асель"
	old := wrong["version"]
	wrong["version"] = "7"
	if w := o.post(at, moderator, pairs(wrong)...); w.Code != http.StatusConflict {
		t.Errorf("of another text: %d", w.Code)
	}
	wrong["version"] = old
	for try := range 2 { // sent twice, it counts once
		w := o.post(at, moderator, pairs(wrong)...)
		to := w.Header().Get("Location")
		if w.Code != http.StatusSeeOther || !strings.Contains(to, "sheet=1") || strings.Contains(to, "again") != (try == 1) {
			t.Fatalf("%d: %d %s\n%s", try, w.Code, to, w.Body)
		}
		if got := text(o.page(to, moderator).Find(".acthead .callout")); !strings.Contains(got, "№ 1") || !strings.Contains(got, "3 подписи") {
			t.Errorf("%q", got)
		}
	}
	if n := o.counted(); n != 3 {
		t.Errorf("%d signatures", n)
	}
	if got := strings.Join(o.did("paper."), " "); got != "paper.entered" {
		t.Errorf("log: %s", got)
	}
	// Who signed on paper has no link: the organisation withdraws it by its number.
	names, err := o.store.ShownNames(ctx, o.id, 1, 0, 1)
	if err != nil || len(names) != 1 {
		t.Fatal(names, err)
	}
	// A moderator takes a name off the page; the signature counts on.
	queue := strings.Replace(at, "/paper/", "/comments/", 1)
	button := o.page(queue, moderator).Find("section[aria-labelledby=names] button")
	if got := text(button); !strings.Contains(got, "Асель О.") && !strings.Contains(got, "Айгүл Ү.") || button.Length() != 1 {
		t.Errorf("%d names: %q", button.Length(), got)
	}
	for try, want := range []int{http.StatusSeeOther, http.StatusConflict} {
		if w := o.post(queue+"/names", moderator, "signature", button.AttrOr("value", "")); w.Code != want {
			t.Errorf("hiding, time %d: %d", try+1, w.Code)
		}
	}
	if o.page(queue, moderator).Find("section[aria-labelledby=names]").Length() != 0 || o.counted() != 3 {
		t.Error("the name is there, or its signature is not")
	}
	for try, want := range []int{http.StatusSeeOther, http.StatusUnprocessableEntity} {
		if w := o.post(at+"/withdraw", moderator, "number", " "+names[0].ID.Number()); w.Code != want {
			t.Errorf("withdrawing, time %d: %d", try+1, w.Code)
		}
	}
	if n := o.counted(); n != 2 {
		t.Errorf("%d signatures after one was withdrawn", n)
	}
	sheets, err := o.store.Sheets(ctx, o.id, 10)
	if err != nil || len(sheets) != 1 || sheets[0].Lines != 3 {
		t.Errorf("%+v, %v", sheets, err)
	}
	// Not where none are taken, and for nobody who may not.
	if err := o.store.SetState(ctx, o.id, campaigns.Closed, accounts.Entry{}); err != nil {
		t.Fatal(err)
	}
	if n := o.page(at, moderator).Find("fieldset.line").Length(); n != 0 {
		t.Error("a closed campaign takes paper")
	}
	if w := o.post(at, moderator, pairs(wrong)...); w.Code == http.StatusSeeOther && !strings.Contains(w.Header().Get("Location"), "again") {
		t.Errorf("a closed campaign took a sheet: %d", w.Code)
	}
	if w := o.get(at, o.hire("a@example.kz", accounts.Analyst)); w.Code != http.StatusNotFound {
		t.Errorf("an analyst: %d", w.Code)
	}
}

// counted is how many signatures on paper there are.
func (o *deskOffice) counted() int64 {
	o.t.Helper()
	ctx := context.Background()
	for more := 1; more > 0; {
		var err error
		if more, _, err = o.store.Count(ctx, "test", o.now(), time.Minute, 100); err != nil {
			o.t.Fatal(err)
		}
	}
	all, err := o.store.Tallies(ctx, o.id, 1)
	if err != nil {
		o.t.Fatal(err)
	}
	n := int64(0)
	for _, one := range all {
		n += one.N
	}
	return n
}

// painted is a PNG of one colour, with a comment that says where it was made.
func painted(t *testing.T, w, h int, c color.Color) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.Set(x, y, c)
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestPictureDesk(t *testing.T) {
	o := newDeskOffice(t)
	keys, err := gate.OpenKeyFolder(filepath.Join(t.TempDir(), "keys"), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	in, err := intake.New(intake.Config{Store: o.store, Keys: keys, Random: rand.Reader, Now: o.now})
	if err != nil {
		t.Fatal(err)
	}
	if o.handler, err = web.New(web.Config{Store: o.store, Now: o.now, BaseURL: "https://tuzetu.example", People: &people.Config{Door: o.door},
		Campaigns: &campaign.Config{Store: o.store, Intake: in, Counter: &count.Counter{Store: o.store, Holder: "test", Now: o.now, Logger: slog.New(slog.DiscardHandler)}},
		Desk:      &desk.Config{Store: o.store, Intake: in, Random: rand.Reader}}); err != nil {
		t.Fatal(err)
	}
	_, editor := o.equip(o.hire("e@example.kz", accounts.Editor))
	at := "/ru/desk/" + string(o.own.ID) + "/campaigns/" + boothSlug + "/picture"
	alts := []string{"alt-kk", "Кітапхана", "alt-ru", "Библиотека", "alt-en", "A library"}
	huge := []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
	huge = binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(huge, 50000), 50000)
	huge = append(huge, 8, 6, 0, 0, 0, 0, 0, 0, 0)
	blue := painted(t, 900, 500, color.RGBA{20, 60, 160, 255})
	for name, c := range map[string]struct {
		file  []byte
		alts  []string
		where string
	}{
		"no file":        {nil, alts, "#file-err"},
		"a page":         {[]byte("<html>"), alts, "#file-err"},
		"a bomb":         {huge, alts, "#file-err"},
		"too small":      {painted(t, 100, 100, color.White), alts, "#file-err"},
		"no words":       {blue, []string{"alt-kk", "Кітапхана", "alt-ru", " ", "alt-en", "A library"}, "#alt-ru-err"},
		"words too long": {blue, []string{"alt-kk", "Кітапхана", "alt-ru", strings.Repeat("а", 301), "alt-en", "A library"}, "#alt-ru-err"},
	} {
		w := o.send(at, editor, "x.png", c.file, c.alts...)
		doc, err := goquery.NewDocumentFromReader(w.Body)
		if err != nil || w.Code != http.StatusUnprocessableEntity || doc.Find(c.where).Length() != 1 {
			t.Errorf("%s: %d, %v: %s", name, w.Code, err, text(doc.Find(".err")))
		}
		if got := doc.Find("#alt-kk").AttrOr("value", ""); got != "Кітапхана" {
			t.Errorf("%s: what was typed is lost: %q", name, got)
		}
	}
	if w := o.send(at, editor, "x.png", append(bytes.Clone(blue), make([]byte, 13<<20)...), alts...); w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("13 MB: %d", w.Code)
	}
	if w := o.send(at, editor, "x.png", blue, alts...); w.Code != http.StatusSeeOther {
		t.Fatalf("%d\n%s", w.Code, w.Body)
	}
	doc := o.page(at, editor)
	img := doc.Find("figure img")
	if img.AttrOr("width", "") != "900" || img.AttrOr("height", "") != "500" || img.AttrOr("alt", "") != "Библиотека" {
		t.Fatalf("%s", text(doc.Find("main")))
	}
	own := o.get(img.AttrOr("src", ""), editor)
	if own.Code != http.StatusOK || own.Header().Get("Content-Type") != "image/png" || !strings.Contains(own.Header().Get("Cache-Control"), "no-store") {
		t.Errorf("for members: %d %v", own.Code, own.Header())
	}
	c, err := o.store.Campaign(context.Background(), o.id)
	if err != nil {
		t.Fatal(err)
	}
	public := "/photos/" + boothSlug + "/" + c.Picture + ".png"
	w := o.get(public, "")
	if w.Code != http.StatusOK || !bytes.Equal(w.Body.Bytes(), own.Body.Bytes()) || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") ||
		w.Header().Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("for strangers: %d %v", w.Code, w.Header())
	}
	for _, none := range []string{"/photos/other/" + c.Picture + ".png", "/photos/" + boothSlug + "/" + c.Picture + ".jpeg", "/photos/" + boothSlug + "/" + strings.Repeat("0", 64) + ".png"} {
		if w := o.get(none, ""); w.Code != http.StatusNotFound || strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %d %v", none, w.Code, w.Header())
		}
	}
	shown := o.page("/kk/campaigns/"+boothSlug, "").Find("figure.photo img")
	if shown.AttrOr("src", "") != public || shown.AttrOr("alt", "") != "Кітапхана" || shown.AttrOr("lang", "") != "kk" {
		t.Errorf("on the page: %q %q", shown.AttrOr("src", ""), shown.AttrOr("alt", ""))
	}
	if twin := o.get("/kk/campaigns/"+boothSlug+".json", "").Body.String(); !strings.Contains(twin, public) || !strings.Contains(twin, "Кітапхана") {
		t.Errorf("%s", twin)
	}
	// Other words about the same picture; another picture; none.
	alts[3] = "Дверь библиотеки"
	if w := o.send(at, editor, "", nil, alts...); w.Code != http.StatusSeeOther {
		t.Errorf("other words: %d", w.Code)
	}
	if w := o.send(at, editor, "y.png", painted(t, 2800, 700, color.White), alts...); w.Code != http.StatusSeeOther {
		t.Errorf("another: %d", w.Code)
	}
	if got := o.page(at, editor).Find("figure img").AttrOr("width", ""); got != "1400" {
		t.Errorf("%s wide", got)
	}
	if w := o.get(public, ""); w.Code != http.StatusNotFound {
		t.Errorf("the one before: %d", w.Code)
	}
	if w := o.get(at, o.hire("v@example.kz", accounts.Viewer)); w.Code != http.StatusNotFound {
		t.Errorf("a viewer: %d", w.Code)
	}
	if w := o.post(at+"/remove", editor, "x", "y"); w.Code != http.StatusSeeOther {
		t.Errorf("removing: %d", w.Code)
	}
	if o.page(at, editor).Find("figure").Length() != 0 || o.page("/kk/campaigns/"+boothSlug, "").Find("figure.photo").Length() != 0 {
		t.Error("it is shown still")
	}
	if got := strings.Join(o.did("picture."), " "); got != "picture.set picture.described picture.set picture.removed" {
		t.Errorf("log: %s", got)
	}
	// Before it is published, only members see it.
	draft, err := o.store.AddCampaign(context.Background(), campaigns.Campaign{Slug: "draft", Org: string(o.own.ID), About: campaigns.About{Languages: c.Languages}}, accounts.Entry{})
	if err != nil {
		t.Fatal(err)
	}
	at = strings.Replace(at, boothSlug, "draft", 1)
	if w := o.send(at, editor, "x.png", blue, alts...); w.Code != http.StatusSeeOther {
		t.Fatal(w.Code)
	}
	if c, err = o.store.Campaign(context.Background(), draft); err != nil {
		t.Fatal(err)
	}
	if w := o.get(fmt.Sprintf("/photos/draft/%s.png", c.Picture), editor); w.Code != http.StatusNotFound {
		t.Errorf("a draft's picture: %d", w.Code)
	}
	if w := o.get(at+"/file", editor); w.Code != http.StatusOK {
		t.Errorf("a draft's picture, for members: %d", w.Code)
	}
}
