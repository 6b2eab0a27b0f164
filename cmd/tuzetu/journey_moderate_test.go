package main

import (
	"crypto/tls"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// request asks as a program does, without a cookie.
func (j *journey) request(method, link string, form url.Values) (status int, body []byte) {
	t := j.t
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, link, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true, TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
	res, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if body, err = io.ReadAll(res.Body); err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, body
}

const (
	goodComment = "Так читателю не придётся ехать пятьдесят километров."
	badComment  = "Покупайте наши окна со скидкой."
)

// comment: two come, one is published, the other rejected, which is taken back
// and done again.
func (j *journey) comment() {
	for _, c := range []string{goodComment, badComment} {
		v := j.comes(j.browser, 360)
		v.open("/ru" + publicPage + "/comments")
		v.press(".cm__places a")
		v.ticks("input[name=stance]")
		v.types("email", "reader@example.kz")
		v.fill("body", c)
		v.ticks("#f-agreed")
		v.press("#form button")
		v.open(j.link(j.letter("reader@example.kz"), "comment/confirm"))
		v.press("main form button")
	}
	m := j.moderator
	queue := j.desk("kk", "/comments/"+journeySlug)
	m.open(queue)
	m.reads(goodComment, badComment)
	decide := func(text, verdict string) {
		j.t.Helper()
		m.open(queue)
		tick(m, text)
		m.press("button[value=" + verdict + "]")
	}
	decide(goodComment, "publish")
	decide(badComment, "reject")
	if m.open(queue); strings.Contains(m.text("main"), badComment) {
		j.t.Errorf("rejected and still in %s", m.where())
	}
	m.press("button[name=decision]")
	if m.open(queue); !strings.Contains(m.text("main"), badComment) {
		j.t.Errorf("taken back and not in %s", m.where())
	}
	if n := m.count("button[name=decision]"); n != 1 {
		j.t.Errorf("%d decisions can be taken back on %s", n, m.where())
	}
	decide(badComment, "reject")
	j.aigul.open("/ru" + publicPage + "/comments")
	j.aigul.press(".cm__places a")
	j.aigul.reads(goodComment)
	if strings.Contains(j.aigul.text("main"), badComment) {
		j.t.Errorf("rejected and shown on %s", j.aigul.where())
	}
}

// tick ticks the box of the comment that says so.
func tick(v *visitor, text string) {
	v.t.Helper()
	ok, err := ask[bool](v, `(() => {
		const mod = [...document.querySelectorAll("main form .mod")].find(m => m.innerText.includes("`+text+`"));
		mod?.querySelector("input").click();
		return !!mod;
	})()`)
	if err != nil || !ok {
		v.t.Fatalf("%q is not in the queue (%v): %s", text, err, v.where())
	}
}

// news go to both who wanted them; a mail program ends them for one of them at a
// press of its own button (RFC 8058).
func (j *journey) news() {
	v := j.owner
	v.open(j.desk("ru", "/campaigns/"+journeySlug+"/news"))
	for lang, head := range map[law.Lang]string{law.KK: "Жиналыс өтті", law.RU: "Встреча прошла", law.EN: "We have met"} {
		v.fill("head-"+string(lang), head, "body-"+string(lang), head+".")
	}
	v.press("form[action$='/news'] button")
	if l := j.letter("aigul@example.kz"); !strings.Contains(l.subject+l.text, "Жиналыс өтті") {
		j.t.Errorf("%s\n%s", l.subject, l.text)
	}
	l := j.letter("dmitry@example.kz")
	if !strings.Contains(l.text, "Встреча прошла") || l.header.Get("List-Unsubscribe-Post") != "List-Unsubscribe=One-Click" {
		j.t.Errorf("%v\n%s", l.header, l.text)
	}
	link := strings.Trim(l.header.Get("List-Unsubscribe"), "<> ")
	if status, _ := j.request(http.MethodGet, link, nil); status != http.StatusOK {
		j.t.Errorf("GET %s: %d", link, status)
	}
	if j.wantsNews(j.dmitry, j.dmitryLeads) != 1 {
		j.t.Error("a scanner has unsubscribed")
	}
	if status, body := j.request(http.MethodPost, link, url.Values{"List-Unsubscribe": {"One-Click"}}); status/100 != 2 {
		j.t.Errorf("POST %s: %d %s", link, status, body)
	}
	if j.wantsNews(j.dmitry, j.dmitryLeads) != 0 {
		j.t.Error("not unsubscribed")
	}
	j.finds(j.aigul, "/kk"+publicPage, "Жиналыс өтті")
}

// wantsNews is 1 for one who gets news.
func (j *journey) wantsNews(v *visitor, manage string) int {
	j.t.Helper()
	v.open(manage)
	return v.count("input[name=updates][type=checkbox]:checked")
}

// rewrite changes what is asked, which begins a second version; who wanted news
// is told and signs again.
func (j *journey) rewrite() {
	v := j.owner
	v.open(j.desk("ru", "/campaigns/"+journeySlug+"/edit"))
	v.fill("ask-kk", "Кітап мерзімін телефон немесе интернет арқылы ұзартуды сұраймыз.",
		"ask-ru", "Просим продлевать книгу по телефону и через интернет.", "ask-en", "We ask to renew books by telephone and online.")
	v.press(".btn[value=save]")
	v.reads("Согласие снова спросят у 2 человек")
	v.press(".btn[value=save]")
	manage := j.link(j.letter("aigul@example.kz"), "manage")
	if manage != j.aigulManages {
		j.t.Errorf("another link to the same signature: %s, first %s", manage, j.aigulManages)
	}
	a := j.aigul
	j.finds(a, "/kk"+publicPage, "2-нұсқа")
	a.open(manage)
	a.reads("немесе интернет")
	a.ticks("#again-agreed")
	a.press("section[aria-labelledby=again-h] button")
	a.reads("2-нұсқа")
	if a.count("#again-agreed") != 0 {
		j.t.Errorf("asked again still: %s", a.where())
	}
	j.counted(a, "kk", "1")
}

// paper enters two people, of whom one wants to be named. The sheet says which
// text it was printed for.
func (j *journey) paper() {
	j.finds(j.aigul, "/kk"+publicPage+"/sheet", "2-нұсқа")
	v := j.owner
	v.open(j.desk("ru", "/paper/"+journeySlug))
	v.fill("region", "KZ-75", "given1", "Болат", "surname1", "Ахметов", "given2", "Гүлнар", "surname2", "Есенова")
	v.ticks("[name=agreed1]", "[name=display1]", "[name=agreed2]")
	v.press("main form.stack .btnrow .btn")
	v.reads("1")
	j.counted(j.aigul, "kk", "3")
}

// withdraw: it is done quietly, and no page shows the name any more.
func (j *journey) withdraw() {
	v := j.dmitry
	v.open(j.dmitryLeads)
	v.press("form[action$='/withdraw'] button")
	v.open(j.dmitryLeads)
	if v.count("form[action$='/withdraw']") != 0 {
		j.t.Errorf("the link opens still: %s", v.where())
	}
	for _, ui := range law.Langs {
		j.sees(j.aigul, "/"+string(ui)+publicPage)
	}
}

// sees: a page names who is to be named, and nobody else.
func (j *journey) sees(v *visitor, path string) {
	j.t.Helper()
	v.open(path)
	page := v.text("main")
	if !strings.Contains(page, "Айгүл С.") || strings.Contains(page, "Дмитрий") || strings.Contains(page, "Гүлнар") {
		j.t.Errorf("names on %s", v.where())
	}
}
