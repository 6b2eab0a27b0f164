package main

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/internal/store/storetest"
	"github.com/tuzetu/tuzetu/law"
)

// journey is the whole way of a campaign, gone in a browser through the program
// as it is served: from the first owner's link to the answer of the addressee.
type journey struct {
	*town
	browser                   context.Context
	organisation              string
	owner, moderator          *visitor
	ownerKey, moderatorKey    string   // of their authenticators
	keyFiles                  []string // of the organisation
	aigul, dmitry             *visitor
	aigulManages, dmitryLeads string
}

const (
	journeySlug     = "closer-library"
	journeyPassword = "верно лошадь батарея"
	keyPassphrase   = "correct horse battery staple"
	publicPage      = "/campaigns/" + journeySlug
)

// TestJourney is not run with the race detector, see ./check: a browser and a
// server on two cores are slow enough.
func TestJourney(t *testing.T) {
	browser := openBrowser(t)
	storetest.Each(t, func(t *testing.T, db string) {
		j := &journey{town: newTown(t, db), browser: browser}
		for _, step := range []struct {
			name string
			goes func()
		}{
			{"the first owner joins", j.join},
			{"the organisation has two keys", j.addKeys},
			{"a campaign is written", j.write},
			{"it is published when nothing is missing", j.publish},
			{"a moderator is invited", j.invite},
			{"somebody signs in Kazakh on a phone", j.signInKazakh},
			{"somebody signs in Russian without script", j.signWithoutScript},
			{"comments are moderated", j.comment},
			{"news go to those who want them", j.news},
			{"a new text is signed anew", j.rewrite},
			{"a sheet of paper is entered", j.paper},
			{"somebody withdraws", j.withdraw},
			{"the signatures are handed over", j.deliver},
			{"the answer is published", j.answer},
			{"the campaign is closed", j.closeDown},
			{"the log tells it all", j.audit},
		} {
			began := time.Now()
			step.goes()
			if t.Failed() {
				t.Fatal(step.name)
			}
			t.Logf("%5.1f s  %s", time.Since(began).Seconds(), step.name)
		}
	})
}

// desk is the address of a page of the organisation.
func (j *journey) desk(ui, path string) string {
	return "/" + ui + "/desk/" + j.organisation + path
}

// enrol joins by a link with a password and an authenticator, and returns the
// key of that.
func (j *journey) enrol(v *visitor, link, name string) (key string) {
	j.t.Helper()
	v.open(link)
	v.types("name", name, "password", journeyPassword)
	v.press(".ask form .btnrow .btn")
	key = v.text("main form p.mono")
	v.types("code", j.code(key))
	v.press(".ask form .btnrow .btn")
	if n := v.count(".codes li"); n != 10 {
		j.t.Fatalf("%d recovery codes on %s", n, v.where())
	}
	v.press(".btnrow a.btn")
	return key
}

func (j *journey) join() {
	j.organisation = j.tuzetu("org", "add", "--db", j.db, "--keys", j.town.keys, "--kk", "Үлгі қоры", "--ru", "Фонд «Образец»", "--en", "Sample Fund", "--bin", "123456789012")
	link := j.tuzetu("user", "add", "owner@example.kz", "--lang", "ru", "--db", j.db, "--keys", j.town.keys, "--public-url", j.origin)
	j.owner = j.comes(j.browser, 1280)
	j.ownerKey = j.enrol(j.owner, link, "Ольга Образцова")
	j.owner.open(j.desk("ru", ""))
	j.owner.reads("Фонд «Образец»")
}

func (j *journey) addKeys() {
	for _, name := range []string{"Председатель", "Юрист"} {
		passphrase := filepath.Join(j.t.TempDir(), "passphrase")
		if err := os.WriteFile(passphrase, []byte(keyPassphrase), 0o600); err != nil {
			j.t.Fatal(err)
		}
		file := filepath.Join(j.t.TempDir(), "key")
		line := j.tuzetu("org", "keygen", "-o", file, "--passphrase", passphrase)
		j.keyFiles = append(j.keyFiles, file)
		j.owner.open(j.desk("ru", "/keys"))
		j.owner.types("name", name)
		j.owner.fill("key", line)
		j.owner.press("section[aria-labelledby=add] button")
		j.owner.reads(name)
	}
}

func (j *journey) write() {
	v := j.owner
	v.open(j.desk("ru", "/campaigns/new"))
	for lang, texts := range map[law.Lang][]string{
		law.KK: {"Аудандық кітапхана жақын болсын", "Кітап мерзімін телефон арқылы ұзартуды сұраймыз.", "Ауыл алыста.", "Ойдан шығарылған комитет", "ешкім"},
		law.RU: {"Районная библиотека ближе", "Просим продлевать книгу по телефону.", "Село далеко.", "Вымышленный комитет", "никем"},
		law.EN: {"A closer library", "We ask to renew books by telephone.", "The village is far.", "The invented committee", ""},
	} {
		for i, name := range []string{"title", "ask", "story", "target", "funder"} {
			v.fill(name+"-"+string(lang), texts[i])
		}
	}
	v.fill("slug", journeySlug, "goal", "50", "closes", j.now().AddDate(0, 3, 0).Format("2006-01-02"), "at", "20")
	v.fill("then-kk", "мәтінді жібереміз", "then-ru", "отправим текст", "then-en", "we send the text")
	v.fill("act", string(sample.ActID))
	v.press("button[value=act]")
	proposed := law.EditionKey{Act: sample.ActID, Status: law.Proposed, Date: sample.Proposed, Lang: law.RU}
	base := law.EditionKey{Act: sample.ActID, Status: law.Enacted, Date: sample.Second, Lang: law.RU}
	v.fill("base", base.String(), "proposed", proposed.String())
	v.unticks("#key-1") // all keys are offered; what is missing is told below
	v.press(".btn[value=save]")

	v.open(j.desk("ru", "/campaigns/"+journeySlug+"/picture"))
	file := filepath.Join(j.t.TempDir(), "library.png")
	writePicture(j.t, file)
	v.do(chromedp.SetUploadFiles(chromedp.CSS("main form input[type=file]"), []string{file}))
	v.fill("alt-kk", "Кітап сөресі", "alt-ru", "Полка с книгами", "alt-en", "A shelf of books")
	v.press(".ask form .btnrow .btn")
}

func writePicture(t *testing.T, name string) {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 640, 360))
	for x := range 640 {
		for y := range 360 {
			img.Set(x, y, color.RGBA{uint8(x / 3), uint8(y / 2), 120, 255})
		}
	}
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// publish sends to review what lacks a key and a line about money in English.
func (j *journey) publish() {
	v := j.owner
	overview := j.desk("ru", "/campaigns/"+journeySlug)
	v.open(overview)
	v.press("form[action$='/review'] button")
	if n := v.count("section[aria-labelledby=lacks] li"); n != 2 {
		j.t.Fatalf("%d things are missing on %s", n, v.where())
	}
	if v.count("a[href$='state?to=live']") != 0 {
		j.t.Fatal("it can be published as it is")
	}
	v.press("section[aria-labelledby=lacks] a")
	v.fill("funder-en", "nobody")
	v.ticks("#key-1")
	v.press(".btn[value=save]")
	if n := v.count("section[aria-labelledby=lacks] li"); n != 0 {
		j.t.Fatalf("%d things are missing still on %s", n, v.where())
	}
	v.press("a[href$='state?to=live']")
	v.press(".ask form .btnrow .btn")
	j.finds(v, "/ru"+publicPage, "Районная библиотека ближе", "Вымышленный комитет", "версия 1")
	if v.count("main img[alt='Полка с книгами']") != 1 || v.count("main ins") == 0 || v.count("main del") == 0 {
		j.t.Errorf("picture or redline is not on %s", v.where())
	}
}

func (j *journey) invite() {
	v := j.owner
	v.open(j.desk("ru", "/members"))
	if v.count("a[href*='/account/again']") > 0 { // ten minutes have passed
		v.press("main a.btn[href*='/account/again']")
		j.prove(v, j.ownerKey)
	}
	v.fill("email", "moderator@example.kz", "lang", "kk")
	v.do(chromedp.SetValue(chromedp.CSS("section[aria-labelledby=invite] [name=role]"), "moderator"))
	v.press("section[aria-labelledby=invite] button")
	letter := j.letter("moderator@example.kz")
	j.moderator = j.comes(j.browser, 360)
	j.moderatorKey = j.enrol(j.moderator, j.link(letter, "join"), "Мадина Үлгілі")
	j.moderator.open(j.desk("kk", ""))
	j.moderator.reads("Үлгі қоры")
}

// prove says anew who one is, with password and code.
func (j *journey) prove(v *visitor, key string) {
	j.t.Helper()
	v.types("password", journeyPassword)
	if v.count("main form [name=code]") > 0 {
		v.types("code", j.code(key))
	}
	v.press(".ask form .btnrow .btn")
}

// fillSign signs on the page of the campaign.
func (j *journey) fillSign(v *visitor, ui, given, surname, email string) {
	j.t.Helper()
	v.open("/" + ui + publicPage)
	v.types("given", given, "surname", surname, "email", email)
	v.fill("region", "KZ-75")
	v.ticks("#f-agreed", "#sign input[name=display]", "#sign input[name=updates]")
	v.press("#sign button")
	if v.count(".steps li") != 3 {
		j.t.Fatalf("not sent: %s", v.where())
	}
}

// confirm presses the button behind a letter's link, which scanners have opened
// before, and returns the link to manage.
func (j *journey) confirm(v *visitor, letter posted) (manage string) {
	j.t.Helper()
	link := j.link(letter, "confirm")
	for range 3 {
		if status, _ := j.request(http.MethodGet, link, nil); status != http.StatusOK {
			j.t.Fatalf("a scanner gets %d from %s", status, link)
		}
	}
	v.open(link)
	if v.count(".receipt") > 0 {
		j.t.Fatal("a scanner has confirmed")
	}
	v.press("main form button")
	if v.count(".receipt") != 1 {
		j.t.Fatalf("no receipt on %s", v.where())
	}
	return j.link(letter, "manage")
}

func (j *journey) signInKazakh() {
	v := j.comes(j.browser, 360)
	j.aigul = v
	j.fillSign(v, "kk", "Айгүл", "Серікова", "aigul@example.kz")
	j.aigulManages = j.confirm(v, j.letter("aigul@example.kz"))
	v.open(j.aigulManages)
	v.reads("Алматы қаласы", "Айгүл С.")
	j.counted(v, "kk", "1")
}

// counted lets the hour pass after which a number below 500 is shown, and waits
// on the page of the campaign.
func (j *journey) counted(v *visitor, ui, n string) {
	j.t.Helper()
	v.open("/" + ui + publicPage)
	j.pass(2 * time.Hour)
	v.sees("a count of "+n, fmt.Sprintf(`document.querySelector("#live").textContent === %q`, n))
}

// finds opens a page of the campaign, which may be a second old, until it says
// something.
func (j *journey) finds(v *visitor, page string, texts ...string) {
	j.t.Helper()
	j.until(strings.Join(texts, ", ")+" on "+page, func() bool {
		v.open(page)
		said := strings.Join(strings.Fields(v.text("main")), " ")
		return !slices.ContainsFunc(texts, func(s string) bool { return !strings.Contains(said, s) })
	})
}

// signWithoutScript: the page of the one who signed before stands open and is
// told of it.
func (j *journey) signWithoutScript() {
	v := j.comes(j.browser, 360)
	v.withoutScript()
	j.dmitry = v
	j.aigul.open("/kk" + publicPage)
	j.aigul.sees("one signature", `document.querySelector("#live").textContent === "1"`)
	j.fillSign(v, "ru", "Дмитрий", "Ким", "dmitry@example.kz")
	j.dmitryLeads = j.confirm(v, j.letter("dmitry@example.kz"))
	j.pass(2 * time.Hour)
	j.aigul.sees("the open page to be told", `document.querySelector("#live").textContent === "2"`)
	j.finds(v, "/ru"+publicPage, "Айгүл С.", "Дмитрий К.")
}
