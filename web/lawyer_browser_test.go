package web_test

import (
	"context"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/watch"
	"github.com/tuzetu/tuzetu/web"
	"github.com/tuzetu/tuzetu/web/dossier"
	"github.com/tuzetu/tuzetu/web/people"
	"github.com/tuzetu/tuzetu/web/proposal"
	"github.com/tuzetu/tuzetu/web/score"
)

// brief is what a lawyer asks for in a law, and what Parliament makes of it.
type brief struct {
	act   law.Act
	date  law.Date // of the edition that is changed
	texts map[law.Lang]string
	asks  []wanted
}

// wanted is a change that is asked for. Enacted words that are "" are those that
// stood there: nobody listened.
type wanted struct {
	article string
	why     string
	was     law.Words
	asked   law.Words
	enacted law.Words
	becomes string // the status of the change
}

const answerDay law.Date = "2026-10-01" // the day of the edition that answers

// The way of the workbench in a browser, as a lawyer goes it: three changes are
// written, published and answered by an edition that adopts one, rewords one and
// ignores one.
func TestLawyer(t *testing.T) {
	migrated.Each(t, func(t *testing.T, address string) {
		texts := map[law.Lang]string{law.RU: sample.Markdown(law.RU, sample.Second), law.KK: sample.Markdown(law.KK, sample.Second)}
		goLawyersWay(t, address, brief{sample.Act(), sample.Second, texts, []wanted{
			{"12", "Пяти книг не хватает на семью.", law.Words{law.RU: "до пяти книг", law.KK: "бес кітапқа дейін"},
				law.Words{law.RU: "до десяти книг", law.KK: "он кітапқа дейін"}, nil, "rejected"},
			{"7", "Двух недель мало, чтобы собраться.", law.Words{law.RU: "не менее 14 календарных дней", law.KK: "кемінде күнтізбелік 14 күн"},
				law.Words{law.RU: "не менее 30 календарных дней с объявления в районной газете", law.KK: "аудандық газетте хабарланғаннан бастап кемінде күнтізбелік 30 күн"},
				law.Words{law.RU: "не менее 30 календарных дней с объявления в газете", law.KK: "газетте хабарланғаннан бастап кемінде күнтізбелік 30 күн"}, "adopted_changed"},
			{"18", "Жалоба простая, неделя для неё долго.", law.Words{law.RU: "в течение пяти рабочих дней", law.KK: "бес жұмыс күні ішінде"},
				law.Words{law.RU: "в течение трех рабочих дней", law.KK: "үш жұмыс күні ішінде"},
				law.Words{law.RU: "в течение трех рабочих дней", law.KK: "үш жұмыс күні ішінде"}, "adopted"},
		}})
	})
}

// TestLawyerOnTheRealLaw is the same in the law that the workbench was made for.
func TestLawyerOnTheRealLaw(t *testing.T) {
	const dir = "../../shared/lawdata/mass-media-law/2026-03-02."
	texts := map[law.Lang]string{}
	for _, lang := range []law.Lang{law.RU, law.KK} {
		raw, err := os.ReadFile(dir + string(lang) + ".md")
		if err != nil {
			t.Skip("../shared absent")
		}
		texts[lang] = string(raw)
	}
	act := law.Act{ID: massMedia, Titles: law.Words{law.RU: "О масс-медиа", law.KK: "Масс-медиа туралы"}, Adopted: "2024-06-19"}
	goLawyersWay(t, migrated.SQLite(t), brief{act, "2026-03-02", texts, []wanted{
		{"22", "Малой редакции трёх месяцев не хватает.", law.Words{law.RU: "к выпуску продукции периодического печатного издания в течение трех месяцев", law.KK: "бастап үш ай ішінде мерзімді баспасөз"},
			law.Words{law.RU: "к выпуску продукции периодического печатного издания в течение шести месяцев", law.KK: "бастап алты ай ішінде мерзімді баспасөз"}, nil, "rejected"},
		{"23", "Останавливать выпуск вправе только суд.", law.Words{law.RU: "допускается на срок не более трех месяцев.", law.KK: "үш айдан аспайтын мерзiмге тоқтата тұруға"},
			law.Words{law.RU: "допускается только по решению суда на срок не более одного месяца.", law.KK: "тек сот шешімі бойынша бір айдан аспайтын мерзімге тоқтата тұруға"},
			law.Words{law.RU: "допускается по решению суда на срок не более одного месяца.", law.KK: "сот шешімі бойынша бір айдан аспайтын мерзімге тоқтата тұруға"}, "adopted_changed"},
		{"36", "Новость не ждёт неделю.", law.Words{law.RU: "в течение пяти рабочих дней со дня его поступления в форме", law.KK: "бес жұмыс күні ішінде, келіп түскен"},
			law.Words{law.RU: "в течение трех рабочих дней со дня его поступления в форме", law.KK: "үш жұмыс күні ішінде, келіп түскен"},
			law.Words{law.RU: "в течение трех рабочих дней со дня его поступления в форме", law.KK: "үш жұмыс күні ішінде, келіп түскен"}, "adopted"},
	}})
}

// swapped is a text in which each of some words, which stand there once, are others.
func swapped(t *testing.T, text string, pairs ...string) string {
	t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		if n := strings.Count(text, pairs[i]); n != 1 {
			t.Fatalf("%q is there %d times", pairs[i], n)
		}
		text = strings.Replace(text, pairs[i], pairs[i+1], 1)
	}
	return text
}

// lawyer is an editor of an organisation at a browser.
type lawyer struct {
	*office
	t    *testing.T
	tab  context.Context
	base string // of the site
	id   dossiers.ProposalID
}

func goLawyersWay(t *testing.T, address string, b brief) {
	l := &lawyer{office: newOfficeOn(t, "", address), t: t, tab: browser(t), id: 1}
	ctx := context.Background()
	s := &site{tb: t, store: l.store}
	s.act(b.act)
	for _, lang := range []law.Lang{law.RU, law.KK} {
		s.edition(b.act.ID, law.Enacted, b.date, lang, b.texts[lang])
	}
	org := string(l.own.ID)
	if _, err := l.store.AddDossier(ctx, dossiers.Dossier{Org: org, Slug: "way", Public: true,
		About: dossiers.About{Title: in3("Заңға түзетулер", "Поправки к закону", "Amendments"), Acts: []law.ActID{b.act.ID}}}, accounts.Entry{At: l.now(), Did: "dossier.added"}); err != nil {
		t.Fatal(err)
	}
	app, err := web.New(web.Config{Store: l.store, Now: l.now, People: &people.Config{Door: l.door},
		Dossiers: &dossier.Config{Store: l.store}, Proposals: &proposal.Config{Store: l.store}, Scores: &score.Config{Store: l.store}})
	if err != nil {
		t.Fatal(err)
	}
	at := &restarting{t: t}
	at.start(app)
	t.Cleanup(at.stop)
	l.base = "http://" + at.addr
	_, session := l.equip(l.hire("lawyer@example.kz", accounts.Editor))
	screen(t, l.tab, 1280, false)
	l.open("/ru/glossary", "main")
	ask[string](t, l.tab, `document.cookie = "session=`+session+`; path=/"`)

	desk := "/ru/desk/" + org
	l.begin(desk, b)
	l.draft(b)
	l.publish(desk, b)

	for _, lang := range []law.Lang{law.RU, law.KK} {
		text := b.texts[lang]
		for _, a := range b.asks {
			if a.enacted != nil {
				text = swapped(t, text, a.was[lang], a.enacted[lang])
			}
		}
		s.edition(b.act.ID, law.Enacted, answerDay, lang, text)
	}
	if _, err := watch.SuggestOutcomes(ctx, l.store, l.now(), true); err != nil {
		t.Fatal(err)
	}
	l.confirm(desk, b)
	l.seen(b)
}

func (l *lawyer) open(path, until string) {
	l.t.Helper()
	do(l.t, l.tab, chromedp.Navigate(l.base+path))
	l.wait(until)
}

// press presses a button or link and waits for what the next page has.
func (l *lawyer) press(what, until string) {
	l.t.Helper()
	if !ask[bool](l.t, l.tab, fmt.Sprintf(`(b => { if (b) { document.body.id = "left"; b.click() } return !!b })(document.querySelector(%q))`, what)) {
		l.t.Fatalf("%s has no %s: %s", ask[string](l.t, l.tab, "location.href"), what, l.words("main"))
	}
	l.wait("body:not(#left) " + until)
}

func (l *lawyer) wait(until string) {
	l.t.Helper()
	ctx, stop := context.WithTimeout(l.tab, 15*time.Second)
	defer stop()
	if err := chromedp.Do(ctx, chromedp.WaitVisible(chromedp.CSS(until))); err != nil {
		l.t.Fatalf("%s: no %s: %s", ask[string](l.t, l.tab, "location.href"), until, l.words("main"))
	}
}

func (l *lawyer) fill(field, words string) {
	l.t.Helper()
	ask[bool](l.t, l.tab, fmt.Sprintf(`(f => { f.value = %q; return f.dispatchEvent(new Event('input', {bubbles: true})) })(document.getElementById(%q))`, words, field))
}

// words are those of the page, or of a part of it.
func (l *lawyer) words(part string) string {
	l.t.Helper()
	return strings.Join(strings.Fields(ask[string](l.t, l.tab, fmt.Sprintf(`[...document.querySelectorAll(%q)].map(x => x.textContent).join(' ')`, part))), " ")
}

func (l *lawyer) mustSay(part string, want ...string) {
	l.t.Helper()
	got := l.words(part)
	for _, w := range want {
		if !strings.Contains(got, w) {
			l.t.Errorf("%s of %s lacks %q: %s", part, ask[string](l.t, l.tab, "location.pathname"), w, got)
		}
	}
}

// begin fills in the form of a new proposal.
func (l *lawyer) begin(desk string, b brief) {
	l.t.Helper()
	l.open(desk+"/proposals/new?dossier=1", "#title-ru")
	l.fill("base", law.EditionKey{Act: b.act.ID, Status: law.Enacted, Date: b.date, Lang: law.RU}.String())
	l.fill("title-ru", "Три поправки")
	l.fill("wish-ru", "Сделать сроки разумными.")
	l.fill("author-ru", "Коалиция юристов")
	l.fill("carrier-ru", "Депутат Образцов")
	l.press(`form.write button`, "form.pe")
}

// draft finds each provision by its citation, writes other words in both languages,
// then the reasons, and saves a version.
func (l *lawyer) draft(b brief) {
	l.t.Helper()
	docs := map[law.Lang]*law.Document{}
	for lang, text := range b.texts {
		title, lines, err := law.ReadMarkdown(strings.NewReader(text))
		if err != nil {
			l.t.Fatal(err)
		}
		docs[lang] = law.Build(lang, title, lines)
	}
	var places []law.Address
	for _, a := range b.asks {
		holder := docs[law.RU].Find(law.Address("art_" + a.article))
		under := docs[law.RU].Subtree(holder)
		i := slices.IndexFunc(under, func(p *law.Provision) bool { return strings.Contains(p.Text, a.was[law.RU]) })
		if i < 0 {
			l.t.Fatalf("article %s has no %q", a.article, a.was[law.RU])
		}
		p := under[i]
		places = append(places, p.Address)
		l.fill("find", p.Cite().In(law.RU))
		l.press(`button[value=find]`, `button[value="add:`+string(p.Address)+`"]`)
		l.press(`button[value="add:`+string(p.Address)+`"]`, `[id="t-kk-`+string(p.Address)+`"]`)
		for _, lang := range []law.Lang{law.RU, law.KK} {
			l.fill("t-"+string(lang)+"-"+string(p.Address), swapped(l.t, docs[lang].Find(p.Address).Text, a.was[lang], a.asked[lang]))
		}
	}
	l.press(".pe__bar button[value=save]", "form.pe[data-done]")
	for i, a := range b.asks {
		l.fill("why-ru-"+string(places[i]), a.why)
		l.fill("src-"+string(places[i]), "https://example.kz/"+a.article+" Обзор статьи "+a.article)
	}
	l.fill("note", "первая версия")
	l.press("button[value=version]", "a[href$='/publish']")
	l.mustSay("main", "Сохранена версия 1.")
}

func (l *lawyer) publish(desk string, b brief) {
	l.t.Helper()
	public := fmt.Sprintf("/ru/proposals/%d", l.id)
	l.open(fmt.Sprintf("%s/proposals/%d/publish", desk, l.id), "#pub")
	l.mustSay("main", "3 обоснования")
	l.press(`form[action$="/publish"] button`, `a[href="`+public+`"]`)
	l.open(public, "ins")
	l.mustSay("main", "Три поправки", "Коалиция юристов", "Депутат Образцов", "Сделать сроки разумными.")
	for _, a := range b.asks {
		l.mustSay("main", a.why, "Обзор статьи "+a.article)
	}
}

// confirm looks at the evidence on the desk and agrees.
func (l *lawyer) confirm(desk string, b brief) {
	l.t.Helper()
	l.open(desk+"/today", "#confirm")
	l.mustSay("main", "Три поправки")
	l.open(desk+"/outcomes", "form.rowform")
	l.press(".rows a", ".oitem")
	l.found(b, becomes)
	l.press("#decide ~ * .btn", "#said-1")
}

// found checks that the page says what became of each change.
func (l *lawyer) found(b brief, words map[string]string) {
	l.t.Helper()
	got := ask[[][]string](l.t, l.tab, `[...document.querySelectorAll('.oitem__h')].map(x => [x.textContent, [...x.querySelectorAll('.st')].pop().textContent.trim()])`)
	if len(got) != len(b.asks) {
		l.t.Fatalf("%d changes, want %d: %q", len(got), len(b.asks), got)
	}
	for _, a := range b.asks {
		if !slices.ContainsFunc(got, func(s []string) bool {
			return strings.Contains(strings.ReplaceAll(s[0], "\u00a0", " "), "статьи "+a.article) && s[1] == words[a.becomes]
		}) {
			l.t.Errorf("article %s is not %q: %q", a.article, words[a.becomes], got)
		}
	}
}

// seen checks what strangers see.
func (l *lawyer) seen(b brief) {
	l.t.Helper()
	for _, board := range []string{"/ru/scoreboard", "/ru/dossiers/way/scoreboard"} {
		l.open(board, "#p-1")
		l.mustSay("#p-1", "Три поправки", "Коалиция юристов", "принято частично", "подтверждено")
	}
	counts := map[string]int{}
	for _, a := range b.asks {
		counts[becomes[a.becomes]]++
	}
	for _, word := range slices.Sorted(maps.Keys(counts)) {
		l.mustSay(".stages__k", fmt.Sprintf("%s %d", word, counts[word]))
	}
	l.press("#p-1 td a", ".oitem")
	l.found(b, becomes)
	l.open(fmt.Sprintf("/ru/proposals/%d", l.id), "ins")
	l.mustSay("main", "принято частично", "Подтверждено человеком.")
}

// becomes are the words of the statuses, everywhere the same.
var becomes = map[string]string{"adopted": "принято", "adopted_changed": "принято с изменениями", "rejected": "не принято"}
