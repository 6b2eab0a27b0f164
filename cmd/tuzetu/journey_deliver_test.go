package main

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"filippo.io/age"
	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"

	"github.com/tuzetu/tuzetu/campaigns/seal"
	"github.com/tuzetu/tuzetu/law"
)

// deliver: a sign-in of the last minutes is asked for; the addressee fetches the
// pack, which opens with a key of the organisation too, and confirms.
func (j *journey) deliver() {
	addressee, err := age.GenerateX25519Identity()
	if err != nil {
		j.t.Fatal(err)
	}
	v := j.owner
	j.pass(11 * time.Minute)
	v.open(j.desk("ru", "/deliveries/"+journeySlug))
	if v.count("form[action$='/deliveries/"+journeySlug+"']") != 0 {
		j.t.Fatalf("no sign-in was asked for: %s", v.where())
	}
	j.prove(v, j.ownerKey)
	v.fill("addressee", "Вымышленный комитет", "key", addressee.Recipient().String(), "lang", "kk")
	v.press("form[action$='/deliveries/" + journeySlug + "'] .btn")
	link := v.text(".callout--box .mono")
	if link == "" {
		j.t.Fatalf("no link on %s", v.where())
	}
	v.open(j.desk("ru", "/deliveries/"+journeySlug))
	if strings.Contains(v.text("main"), link) {
		j.t.Error("the link is shown twice")
	}

	a := j.comes(j.browser, 1280)
	folder := j.t.TempDir()
	if _, err := chromedp.CallBrowser(a.ctx, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{
		Behavior: browser.SetDownloadBehaviorBehaviorAllow, BrowserContextID: chromedp.FromContext(a.ctx).BrowserContextID, DownloadPath: folder,
	}); err != nil {
		j.t.Fatal(err)
	}
	a.open(link)
	if a.count("form[action$='/received']") != 0 {
		j.t.Error("received before it was fetched")
	}
	a.do(chromedp.Click(chromedp.CSS("form[action$='/archive'] button")))
	var file string
	j.until("the pack", func() bool {
		found, err := filepath.Glob(filepath.Join(folder, "*.zip.age"))
		if len(found) == 1 {
			file = found[0]
		}
		return err == nil && file != ""
	})
	sealed, err := os.ReadFile(file)
	if err != nil {
		j.t.Fatal(err)
	}
	j.opens(sealed, addressee)
	j.opens(sealed, j.privateKey(1))
	a.open(link)
	a.press("form[action$='/received'] button")
	a.open(link)
	if a.count("main form") != 0 {
		j.t.Errorf("the link gives something still: %s", a.where())
	}
	v.open(j.desk("ru", "/deliveries/"+journeySlug))
	if v.count("form[action$='/deliveries/"+journeySlug+"']") != 0 {
		j.t.Errorf("another pack can be made: %s", v.where())
	}
}

// privateKey opens a key file of the organisation.
func (j *journey) privateKey(n int) age.Identity {
	j.t.Helper()
	f, err := os.Open(j.keyFiles[n])
	if err != nil {
		j.t.Fatal(err)
	}
	defer f.Close()
	key, err := seal.ReadPrivate(f, keyPassphrase)
	if err != nil {
		j.t.Fatal(err)
	}
	identity, err := key.AgeIdentity()
	if err != nil {
		j.t.Fatal(err)
	}
	return identity
}

// opens: the pack names those who agreed, and nobody else.
func (j *journey) opens(sealed []byte, key age.Identity) {
	j.t.Helper()
	r, err := age.Decrypt(bytes.NewReader(sealed), key)
	if err != nil {
		j.t.Fatal(err)
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		j.t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(plain), int64(len(plain)))
	if err != nil {
		j.t.Fatal(err)
	}
	var names []string
	for _, entry := range z.File {
		names = append(names, filepath.Ext(entry.Name))
		if strings.HasSuffix(entry.Name, ".docx") {
			continue
		}
		f, err := entry.Open()
		if err != nil {
			j.t.Fatal(err)
		}
		content, err := io.ReadAll(f)
		if err != nil {
			j.t.Fatal(err)
		}
		for _, secret := range []string{"Серікова", "Ахметов", "Гүлнар", "Дмитрий", "aigul@", "example.kz"} {
			if bytes.Contains(content, []byte(secret)) {
				j.t.Errorf("%s holds %s", entry.Name, secret)
			}
		}
		if strings.HasSuffix(entry.Name, ".html") && (!bytes.Contains(content, []byte("Айгүл С.")) || !bytes.Contains(content, []byte("Болат А."))) {
			j.t.Errorf("%s does not name those who agreed:\n%s", entry.Name, content)
		}
	}
	for _, kind := range []string{".html", ".docx", ".csv"} {
		if !slices.Contains(names, kind) {
			j.t.Errorf("no %s among %v", kind, names)
		}
	}
}

func (j *journey) answer() {
	v := j.owner
	v.open(j.desk("ru", "/deliveries/"+journeySlug))
	v.fill("on", j.now().Format("2006-01-02"), "href", "https://example.kz/answer")
	for lang, text := range map[law.Lang]string{law.KK: "Ұсынысты қолдаймыз.", law.RU: "Поддерживаем предложение.", law.EN: "We support the proposal."} {
		v.fill("text-"+string(lang), text)
	}
	v.press("form[action$='/answer'] .btn")
	j.finds(j.aigul, "/kk"+publicPage, "Ұсынысты қолдаймыз.")
}

// closeDown destroys the key of the campaign's duplicates; every count agrees
// with the signatures.
func (j *journey) closeDown() {
	kept := func() int {
		all, err := os.ReadDir(j.town.keys)
		if err != nil {
			j.t.Fatal(err)
		}
		return len(all)
	}
	before := kept()
	v := j.owner
	v.open(j.desk("ru", "/campaigns/"+journeySlug))
	v.press("a[href$='state?to=closed']")
	v.press(".ask form .btnrow .btn")
	if after := kept(); after != before-1 {
		j.t.Errorf("%d keys were kept, %d are now", before, after)
	}
	v.open(j.desk("ru", "/campaigns/"+journeySlug+"/numbers"))
	v.press("a[href*='recount']")
	v.reads("расхождение 0")
	for _, ui := range law.Langs {
		j.aigul.open("/" + string(ui) + publicPage)
		if j.aigul.count("#sign") != 0 {
			j.t.Errorf("it can be signed still: %s", j.aigul.where())
		}
	}
}

// audit: every deed stands in the log, nothing of those who sign does, and page
// and command agree that it is whole. Nobody got a letter too many.
func (j *journey) audit() {
	v := j.owner
	v.open(j.desk("ru", "/audit"))
	head := v.text("main .ask .mono")
	if got := j.tuzetu("org", "audit", "--check", "--db", j.db); got != head || head == "" {
		j.t.Errorf("the head is %q on the page and %q for the command", head, got)
	}
	log := v.text("main table")
	for _, did := range []string{
		"Создана организация", "Присоединился участник, роль: владелец", "Настроен аутентификатор", "Добавлен ключ", "№ 1: создана", "загружена картинка", "На проверке",
		"изменены сведения", "Идёт сбор подписей", "Присоединился участник, роль: модератор", "опубликованы комментарии (решение № 1)", "отклонены комментарии (решение № 2)",
		"отменено решение о комментариях (решение № 3)", "опубликована новость", "сохранена версия 2 текста", "внесён бумажный лист № 1, 2 подписи",
		"подготовлен архив № 1 для адресата", "Подписи переданы", "опубликован ответ адресата", "Кампания закрыта",
	} {
		if !strings.Contains(log, did) {
			j.t.Errorf("no %q in the log: %s", did, log)
		}
	}
	for _, secret := range []string{"Айгүл", "aigul@", "Дмитрий", "dmitry@", "Болат", "Гүлнар", "reader@"} {
		if strings.Contains(log, secret) {
			j.t.Errorf("the log names %s", secret)
		}
	}
	for to, n := range map[string]int{"aigul@example.kz": 3, "dmitry@example.kz": 2, "reader@example.kz": 2, "moderator@example.kz": 1} {
		if got := j.post.to(to); got != n {
			j.t.Errorf("%d letters to %s", got, to)
		}
	}
}
