package web_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns/seal"
)

// send posts a form with a file, as browsers do.
func (o *office) send(path, cookie, file string, body []byte, form ...string) *httptest.ResponseRecorder {
	o.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for i := 0; i < len(form); i += 2 {
		if err := w.WriteField(form[i], form[i+1]); err != nil {
			o.t.Fatal(err)
		}
	}
	part, err := w.CreateFormFile("file", file)
	if err != nil {
		o.t.Fatal(err)
	}
	if _, err := part.Write(body); err != nil {
		o.t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		o.t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "https://tuzetu.example"+path, &b)
	r.Header.Set("Content-Type", w.FormDataContentType())
	r.Header.Set("Cookie", "__Host-session="+cookie)
	answer := httptest.NewRecorder()
	o.handler.ServeHTTP(answer, r)
	return answer
}

func (o *office) see(path, cookie string) (*goquery.Document, *httptest.ResponseRecorder) {
	o.t.Helper()
	r := httptest.NewRequest(http.MethodGet, "https://tuzetu.example"+path, nil)
	r.Header.Set("Cookie", "__Host-session="+cookie)
	w := httptest.NewRecorder()
	o.handler.ServeHTTP(w, r)
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(w.Body.Bytes()))
	if err != nil {
		o.t.Fatal(err)
	}
	return doc, w
}

func publicKey(n byte) [32]byte { return seal.PrivateKey{7, n}.Public() }

func TestKeysPage(t *testing.T) {
	o := newOffice(t, "https://tuzetu.example")
	_, owner := o.equip(o.hire("o@example.kz", accounts.Owner))
	at := "/ru/desk/" + string(o.own.ID) + "/keys"
	if doc, w := o.see(at, owner); w.Code != http.StatusOK || doc.Find(".callout.warning").Length() != 1 || !strings.Contains(text(doc.Find("main")), "tuzetu org keygen") {
		t.Fatalf("%d\n%s", w.Code, text(doc.Find("main")))
	}
	for n, name := range []string{"Директор", "Сейф"} {
		line := seal.PublicText(publicKey(byte(n)))
		var w *httptest.ResponseRecorder
		if n == 0 {
			w = o.send(at, owner, "", nil, "name", name, "key", " "+line+"\n")
		} else {
			w = o.send(at, owner, "public.txt", []byte(line+"\n"), "name", name, "key", "")
		}
		if w.Code != http.StatusSeeOther {
			t.Fatalf("%s: %d\n%s", name, w.Code, w.Body)
		}
	}
	doc, _ := o.see(at, owner)
	for n := range byte(2) {
		if !strings.Contains(text(doc.Find("main")), seal.Fingerprint(publicKey(n))) {
			t.Errorf("key %d has no fingerprint on the page", n)
		}
	}
	if doc.Find(".callout.warning").Length() != 0 {
		t.Error("two keys are not enough")
	}
	// What is refused, and where the reason stands.
	for name, c := range map[string]struct{ key, name, field string }{
		"known":         {seal.PublicText(publicKey(0)), "Ещё раз", "#key-err"},
		"damaged":       {"tuzetu-public-1:AAAA", "Ключ", "#key-err"},
		"nothing":       {"", "Ключ", "#key-err"},
		"no name":       {seal.PublicText(publicKey(9)), " ", "#name-err"},
		"age":           {"age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq", "Ключ", "#key-err"},
		"name too long": {seal.PublicText(publicKey(9)), strings.Repeat("к", 61), "#name-err"},
	} {
		w := o.send(at, owner, "", nil, "name", c.name, "key", c.key)
		doc, err := goquery.NewDocumentFromReader(w.Body)
		if err != nil || w.Code != http.StatusUnprocessableEntity || doc.Find(c.field).Length() != 1 {
			t.Errorf("%s: %d, %v", name, w.Code, err)
		}
		if got, _ := doc.Find("#name").Attr("value"); got != c.name {
			t.Errorf("%s: the name is lost: %q", name, got)
		}
	}
	// A retired key stays on the page and is not taken again.
	action, _ := doc.Find("form[action$='/retire']").First().Attr("action")
	if w := o.post(action, owner); w.Code != http.StatusSeeOther {
		t.Fatalf("retiring: %d", w.Code)
	}
	if w := o.post(action, owner); w.Code != http.StatusNotFound {
		t.Errorf("retired twice: %d", w.Code)
	}
	doc, _ = o.see(at, owner)
	if doc.Find("section[aria-labelledby=retired] li").Length() != 1 || doc.Find("section[aria-labelledby=in-use] li").Length() != 1 {
		t.Errorf("%s", text(doc.Find("main")))
	}
	if w := o.send(at, owner, "", nil, "name", "Снова", "key", seal.PublicText(publicKey(0))); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a retired key is added again: %d", w.Code)
	}
	log, err := o.store.Log(context.Background(), o.own.ID)
	if err != nil {
		t.Fatal(err)
	}
	var did []string
	for _, e := range log {
		if strings.HasPrefix(e.Did, "key.") {
			did = append(did, e.Did+" "+e.To)
		}
	}
	want := []string{"key.added " + seal.Fingerprint(publicKey(0)), "key.added " + seal.Fingerprint(publicKey(1)), "key.retired "}
	if len(did) != 3 || did[0] != want[0] || did[1] != want[1] || !strings.HasPrefix(did[2], want[2]) {
		t.Errorf("%q", did)
	}
}

// A private key is refused with a warning, in whatever form it comes, is shown
// nowhere and kept nowhere.
func TestPrivateKeyIsRefused(t *testing.T) {
	o := newOffice(t, "https://tuzetu.example")
	_, owner := o.equip(o.hire("o@example.kz", accounts.Owner))
	at := "/ru/desk/" + string(o.own.ID) + "/keys"
	var locked bytes.Buffer
	if err := seal.WritePrivate(&locked, seal.PrivateKey{1, 2, 3}, "верно лошадь батарея"); err != nil {
		t.Fatal(err)
	}
	secret := strings.Split(locked.String(), "\n")[2] // a line of its body
	for name, send := range map[string]func() *httptest.ResponseRecorder{
		"its file": func() *httptest.ResponseRecorder {
			return o.send(at, owner, "key.age", locked.Bytes(), "name", "Сейф", "key", "")
		},
		"pasted": func() *httptest.ResponseRecorder {
			return o.send(at, owner, "", nil, "name", "Сейф", "key", locked.String())
		},
		"opened": func() *httptest.ResponseRecorder {
			return o.send(at, owner, "", nil, "name", "Сейф", "key", "TUZETU-PRIVATE-1:"+secret)
		},
		"of age": func() *httptest.ResponseRecorder {
			return o.send(at, owner, "", nil, "name", "Сейф", "key", "AGE-SECRET-KEY-1"+secret)
		},
		"as the name": func() *httptest.ResponseRecorder {
			return o.send(at, owner, "", nil, "name", "TUZETU-PRIVATE-1:"+secret, "key", seal.PublicText(publicKey(1)))
		},
	} {
		w := send()
		doc, err := goquery.NewDocumentFromReader(bytes.NewReader(w.Body.Bytes()))
		if err != nil || w.Code != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d, %v", name, w.Code, err)
			continue
		}
		if strings.Contains(w.Body.String(), secret) {
			t.Errorf("%s: it is shown", name)
		}
		if !strings.Contains(text(doc.Find(".callout.warning")), "закрытый ключ") {
			t.Errorf("%s: no warning: %s", name, text(doc.Find("main")))
		}
	}
	if keys, err := o.store.Keys(context.Background(), o.own.ID); err != nil || len(keys) != 0 {
		t.Errorf("%+v, %v", keys, err)
	}
	log, err := o.store.Log(context.Background(), o.own.ID)
	if err != nil || strings.Contains(fmt.Sprint(log), "key.added") {
		t.Errorf("%v, %v", log, err)
	}
}

func TestSettingsPage(t *testing.T) {
	o := newOffice(t, "https://tuzetu.example")
	_, owner := o.equip(o.hire("o@example.kz", accounts.Owner))
	at := "/ru/desk/" + string(o.own.ID) + "/settings"
	doc, w := o.see(at, owner)
	if got, _ := doc.Find("#name-kk").Attr("value"); w.Code != http.StatusOK || got != o.own.Names["kk"] {
		t.Fatalf("%d, %q", w.Code, got)
	}
	w = o.post(at, owner, "name-kk", "Ж", "name-ru", "Новый фонд", "name-en", "New Fund", "bin", "")
	if doc, err := goquery.NewDocumentFromReader(w.Body); err != nil || w.Code != http.StatusUnprocessableEntity || doc.Find("#name-kk-err").Length() != 1 ||
		doc.Find(".field--err").Length() != 1 || doc.Find("#name-ru").AttrOr("value", "") != "Новый фонд" {
		t.Errorf("a short name: %d, %v", w.Code, err)
	}
	w = o.post(at, owner, "name-kk", "Жаңа қор", "name-ru", "Новый фонд", "name-en", "New Fund", "bin", "12")
	if doc, err := goquery.NewDocumentFromReader(w.Body); err != nil || w.Code != http.StatusUnprocessableEntity || doc.Find("#bin-err").Length() != 1 {
		t.Errorf("a short BIN: %d, %v", w.Code, err)
	}
	if w := o.post(at, owner, "name-kk", " Жаңа   қор ", "name-ru", "Новый фонд", "name-en", "New Fund", "bin", "012345678901"); w.Code != http.StatusSeeOther {
		t.Fatal(w.Code)
	}
	if w := o.post(at, owner, "name-kk", "Жаңа қор", "name-ru", "Новый фонд", "name-en", "New Fund", "bin", "012345678901"); w.Code != http.StatusSeeOther {
		t.Fatal(w.Code)
	}
	got, err := o.store.Organisation(context.Background(), o.own.ID)
	if err != nil || got.Names["kk"] != "Жаңа қор" || got.BIN != "012345678901" {
		t.Errorf("%+v, %v", got, err)
	}
	log, err := o.store.Log(context.Background(), o.own.ID)
	if last := log[len(log)-1]; err != nil || last.Did != "organisation.changed" || last.To != "name-kk name-ru name-en bin" {
		t.Errorf("%+v, %v", last, err)
	}
	if n := strings.Count(fmt.Sprint(log), "organisation.changed"); n != 1 {
		t.Errorf("%d entries of one change", n)
	}
}

func TestEraseAccountPage(t *testing.T) {
	o := newOffice(t, "https://tuzetu.example")
	_, owner := o.equip(o.hire("o@example.kz", accounts.Owner))
	doc, _ := o.see("/ru/account/erase", owner)
	if doc.Find("main form[method=post]:not([action])").Length() != 0 || !strings.Contains(text(doc.Find(".callout.warning")), o.own.Names["ru"]) {
		t.Errorf("the last owner may leave: %s", text(doc.Find("main")))
	}
	if w := o.post("/ru/account/erase", owner); w.Code != http.StatusUnprocessableEntity {
		t.Fatalf("the last owner has left: %d", w.Code)
	}
	o.hire("second@example.kz", accounts.Owner)
	if doc, _ := o.see("/ru/account/erase", owner); doc.Find("main form[method=post]:not([action])").Length() != 1 {
		t.Error("no form to erase it")
	}
	// One's own data, without what would let somebody in.
	_, w := o.see("/ru/account/data.json", owner)
	var data map[string]any
	if err := json.Unmarshal(w.Body.Bytes(), &data); err != nil || data["mail"] != "o@example.kz" || data["authenticator"] != true || data["recovery_codes_left"] != float64(10) {
		t.Errorf("%v\n%s", err, w.Body)
	}
	for _, secret := range []string{"argon2", "totp_secret", owner} {
		if strings.Contains(w.Body.String(), secret) {
			t.Errorf("%q is in it", secret)
		}
	}
	if !strings.Contains(w.Body.String(), "totp.added") || strings.Contains(w.Body.String(), "second@example.kz") {
		t.Errorf("%s", w.Body)
	}
	if w := o.post("/ru/account/erase", owner); w.Code != http.StatusSeeOther || !strings.Contains(w.Header().Get("Location"), "said=erased") {
		t.Fatalf("%d %s", w.Code, w.Header().Get("Location"))
	}
	if _, w := o.see("/ru/account", owner); w.Code != http.StatusSeeOther {
		t.Errorf("the session goes on: %d", w.Code)
	}
	if _, err := o.store.PersonByEmail(context.Background(), "o@example.kz"); err == nil {
		t.Error("the person is there still")
	}
	log, err := o.store.Log(context.Background(), o.own.ID)
	if err != nil || accounts.CheckLog(log) != nil || strings.Contains(fmt.Sprint(log), "@") {
		t.Errorf("%v, %v", log, err)
	}
}

// The log in pages, the latest first, and as a sheet without formulas.
func TestLogPages(t *testing.T) {
	o := newOffice(t, "https://tuzetu.example")
	_, owner := o.equip(o.hire("o@example.kz", accounts.Owner))
	ctx := context.Background()
	person, err := o.store.PersonByEmail(ctx, "o@example.kz")
	if err != nil {
		t.Fatal(err)
	}
	before, err := o.store.Log(ctx, o.own.ID)
	if err != nil {
		t.Fatal(err)
	}
	const more = 230
	for i := range more {
		e := accounts.Entry{At: o.now(), Person: person.ID, Did: "=HYPERLINK(\"x\")", To: fmt.Sprint(i)}
		if err := o.store.SaveOrganisation(ctx, o.own, e); err != nil {
			t.Fatal(err)
		}
	}
	all := len(before) + more
	at := "/ru/desk/" + string(o.own.ID) + "/audit"
	seen, number := 0, all
	for sheet := 1; sheet <= 3; sheet++ {
		doc, w := o.see(fmt.Sprintf("%s?page=%d", at, sheet), owner)
		rows := doc.Find("tbody tr")
		if w.Code != http.StatusOK || rows.Length() > 100 {
			t.Fatalf("page %d: %d, %d rows", sheet, w.Code, rows.Length())
		}
		rows.Each(func(_ int, row *goquery.Selection) {
			if got := text(row.Find("th")); got != fmt.Sprint(number) {
				t.Errorf("page %d: entry %s, want %d", sheet, got, number)
			}
			number--
		})
		seen += rows.Length()
		if whole := strings.Contains(text(doc.Find(".callout")), "изменений нет"); !whole {
			t.Error("the log is not said to be whole")
		}
		if newer, older := doc.Find("a[rel=prev]").Length(), doc.Find("a[rel=next]").Length(); newer != min(1, sheet-1) || older != min(1, 3-sheet) {
			t.Errorf("page %d: %d newer, %d older", sheet, newer, older)
		}
	}
	if seen != all {
		t.Errorf("%d entries of %d", seen, all)
	}
	_, w := o.see(at+".csv", owner)
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(w.Body.String(), "\ufeff"))).ReadAll()
	if err != nil || len(rows) != all+1 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	last := rows[len(rows)-1]
	if last[0] != fmt.Sprint(all) || !strings.HasPrefix(last[3], "'=") || !strings.HasPrefix(last[5], "'=") || last[7] != string(person.ID) {
		t.Errorf("%q", last)
	}
	if w.Header().Get("Content-Type") != "text/csv; charset=utf-8; header=present" || !strings.Contains(w.Header().Get("Content-Disposition"), "attachment") {
		t.Errorf("%v", w.Header())
	}
}

// The bar shows what a role may, marks where one is, and says what waits.
func TestSections(t *testing.T) {
	o := newDeskOffice(t, "Прошу сохранить прежний порядок продления книг.", "Срок надо сократить до трёх дней.")
	at := "/ru/desk/" + string(o.own.ID)
	// bar is what it says at a path, "*" where one is; what stands under a tab is in
	// brackets.
	bar := func(path, cookie string) string {
		var rows []string
		o.page(path, cookie).Find(".staff nav").Each(func(_ int, nav *goquery.Selection) {
			var names []string
			nav.Find("a").Each(func(_ int, a *goquery.Selection) {
				if path := a.AttrOr("href", ""); o.get(path, cookie).Code == http.StatusNotFound {
					t.Errorf("%s leads nowhere", path)
				}
				names = append(names, text(a)+map[string]string{"page": "*", "true": "+"}[a.AttrOr("aria-current", "")])
			})
			rows = append(rows, strings.Join(names, "|"))
		})
		return strings.Join(rows, " / ")
	}
	const campaigns, paper = "Рабочий стол|Кампании (2)+|", "Кампании|Комментарии (2)|Бумажные листы*"
	for role, want := range map[accounts.Role][3]string{ // at the desk, at its campaigns' paper, at its members
		accounts.Owner: {"Рабочий стол*|Кампании (2)|Организация|Учётная запись", campaigns + "Организация|Учётная запись / " + paper + "|Передача",
			"Рабочий стол|Кампании (2)|Организация+|Учётная запись / Участники*|Ключи шифрования|Настройки|Журнал действий"},
		accounts.Editor: {"Рабочий стол*|Кампании|Организация|Учётная запись", "Рабочий стол|Кампании+|Организация|Учётная запись / Кампании|Бумажные листы*|Передача",
			"Рабочий стол|Кампании|Организация+|Учётная запись / Участники*|Журнал действий"},
		accounts.Moderator: {"Рабочий стол*|Кампании (2)|Участники|Учётная запись", campaigns + "Участники|Учётная запись / " + paper,
			"Рабочий стол|Кампании (2)|Участники*|Учётная запись"},
		accounts.Viewer: {"Рабочий стол*|Кампании|Участники|Учётная запись", "", "Рабочий стол|Кампании|Участники*|Учётная запись"},
	} {
		session := o.hire(string(role)+"@example.kz", role)
		if role.NeedsSecondFactor() {
			_, session = o.equip(session)
		}
		for i, path := range []string{at, at + "/paper/" + boothSlug, at + "/members"} {
			if want[i] == "" {
				continue
			}
			if got := bar(path, session); got != want[i] {
				t.Errorf("%s at %s:\n%s, want\n%s", role, path, got, want[i])
			}
		}
		if role == accounts.Moderator {
			doc := o.page(at, session)
			if got := text(doc.Find(".paper")); strings.Contains(got, "больше трёх суток") {
				t.Errorf("late at once: %s", got)
			}
		}
	}
	// Four days later they are late, and the desk says so.
	o.pass(4 * 24 * 3600 * 1e9)
	_, moderator := o.equip(o.hire("late@example.kz", accounts.Moderator))
	if got := text(o.page(at, moderator).Find(".paper")); !strings.Contains(got, "больше трёх суток") {
		t.Errorf("%s", got)
	}
}
