package adilet

import (
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/scraper"
)

func open(t *testing.T, path string) *os.File {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func TestParseHistory(t *testing.T) {
	const act = "Z2600000001"
	row := func(cells ...string) string {
		return "<tr><td>" + strings.Join(cells, "</td><td>") + "</td></tr>"
	}
	plain, dated := `<a href="/rus/docs/Z2600000001">Закон</a>`, `<a href="https://adilet.zan.kz/rus/docs/Z2600000001/10.01.2026">Закон</a>`
	amending := `<a href="/rus/docs/Z2600000012">О внесении изменений</a>`
	for _, tt := range []struct {
		name, rows string
		want       []scraper.HistoryRow
		doubts     int
		err        error
	}{
		{"dated and current", row("1", dated, "Закон", "", "10.01.2026", "Новый") + row("2", plain, "", "", "01.03.2026", ""),
			[]scraper.HistoryRow{{Date: "2026-01-10"}, {Date: "2026-03-01", Current: true}}, 0, nil},
		{"newest first", row("2", plain, "", "", "01.03.2026", "") + row("1", dated, "", "", "10.01.2026", ""),
			[]scraper.HistoryRow{{Date: "2026-01-10"}, {Date: "2026-03-01", Current: true}}, 0, nil},
		{"no row says it is the current one", row("1", "Закон", "", "", "10.01.2026", "") + row("2", "Закон", "", "", "01.03.2026", ""),
			[]scraper.HistoryRow{{Date: "2026-01-10"}, {Date: "2026-03-01", Current: true}}, 0, nil},
		{"an edition that is yet to come", row("1", plain, "", "", "10.01.2026", "") + row("2", `<a href="/rus/docs/Z2600000001/01.01.2027">Закон</a>`, "", "", "01.01.2027", ""),
			[]scraper.HistoryRow{{Date: "2026-01-10", Current: true}, {Date: "2027-01-01"}}, 0, nil},
		{"the address has the date", row("1", dated, "", "", "", ""), []scraper.HistoryRow{{Date: "2026-01-10", Current: true}}, 0, nil},
		{"a link to the amending act", row("1", dated, "", "", "10.01.2026", "") + row("2", amending, "Закон РК от 20.02.2026 № 12-VIII", "", "01.03.2026", ""),
			[]scraper.HistoryRow{{Date: "2026-01-10"}, {Date: "2026-03-01", Current: true, Cause: "О внесении изменений, Закон РК от 20.02.2026 № 12-VIII", CauseHref: "/rus/docs/Z2600000012"}}, 0, nil},
		{"two acts on one day", row("1", amending, "", "", "01.03.2026", "") + row("2", `<a href="/rus/docs/Z2600000014">О дополнении</a>`, "", "", "01.03.2026", ""),
			[]scraper.HistoryRow{{Date: "2026-03-01", Current: true, Cause: "О внесении изменений; О дополнении", CauseHref: "/rus/docs/Z2600000012"}}, 0, nil},
		{"a row without a date", row("1", dated, "", "", "10.01.2026", "") + row("2", plain, "", "", "скоро", ""),
			[]scraper.HistoryRow{{Date: "2026-01-10", Current: true}}, 1, nil},
		{"a day the calendar does not have", row("1", plain, "", "", "31.02.2026", ""), nil, 1, scraper.ErrNoTable},
		{"no rows", "", nil, 0, scraper.ErrNoTable},
	} {
		h, err := ParseHistory(strings.NewReader(`<h1>Закон</h1><table id="ethernatable"><tr><th>№</th><th>Дата</th></tr>`+tt.rows+"</table>"), act)
		if !errors.Is(err, tt.err) || len(h.Doubts) != tt.doubts {
			t.Errorf("%s: %v, doubts %v", tt.name, err, h.Doubts)
		}
		if diff := cmp.Diff(tt.want, h.Rows); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
	for page, want := range map[string]error{
		"<p>ничего</p>": scraper.ErrNoTable, "Ведутся технические работы": scraper.ErrMaintenance, "\xff": scraper.ErrEncoding,
	} {
		if _, err := ParseHistory(strings.NewReader(page), act); !errors.Is(err, want) {
			t.Errorf("%q: %v", page, err)
		}
		if _, err := ParseInfo(strings.NewReader(page)); !errors.Is(err, want) {
			t.Errorf("%q: %v", page, err)
		}
	}
}

func TestParseInfo(t *testing.T) {
	for _, tt := range []struct {
		name, rows string
		want       scraper.Info
		err        error
	}{
		{"Russian", `<tr><td>Дата принятия акта</td><td>19.06.2024</td></tr><tr><td>Дата изменения акта</td><td>02.03.2026</td></tr><tr><td>Дата официальной публикации в ИПС "Әділет"</td><td>20.06.2024</td></tr><tr><td>Форма акта</td><td>Закон</td></tr>`,
			scraper.Info{Adopted: "2024-06-19", Changed: "2026-03-02", Published: "2024-06-20"}, nil},
		{"Kazakh", `<tr><td>Актiнi қабылдау күнi</td><td>19.06.2024</td></tr><tr><td>Актіні өзгерту күні</td><td>02.03.2026</td></tr><tr><td>«Әділет» АҚЖ-де ресми жариялау күні</td><td>20.06.2024</td></tr>`,
			scraper.Info{Adopted: "2024-06-19", Changed: "2026-03-02", Published: "2024-06-20"}, nil},
		{"English", `<tr><th>Date of adoption</th><td>19.06.2024</td></tr><tr><th>Date of official publication</th><td>20.06.2024</td></tr>`,
			scraper.Info{Adopted: "2024-06-19", Published: "2024-06-20"}, nil},
		{"the first publication counts", `<tr><td>Дата официального опубликования</td><td>«Казахстанская правда» от 25.06.2024 г.</td></tr><tr><td>Дата официальной публикации</td><td>20.06.2024</td></tr>`,
			scraper.Info{Published: "2024-06-20"}, nil},
		{"no day", `<tr><td>Дата принятия акта</td><td>неизвестна</td></tr>`, scraper.Info{}, scraper.ErrNoTable},
	} {
		got, err := ParseInfo(strings.NewReader(`<table id="ethernatable">` + tt.rows + "</table>"))
		if diff := cmp.Diff(tt.want, got); diff != "" || !errors.Is(err, tt.err) {
			t.Errorf("%s: %v %s", tt.name, err, diff)
		}
	}
}

func TestSampleFacts(t *testing.T) {
	h, err := ParseHistory(open(t, "testdata/site/kaz/docs/Z2600000001/history/index.html"), "Z2600000001")
	want := []scraper.HistoryRow{{Date: "2026-01-10"}, {Date: "2026-03-01", Current: true, Cause: "О внесении изменений в Закон «О школьных библиотеках» (образец), Закон Республики Казахстан от 20 февраля 2026 года № 12-VIII"}}
	if diff := cmp.Diff(want, h.Rows); diff != "" || err != nil || h.Lang != law.KK {
		t.Errorf("%v, %s: %s", err, h.Lang, diff)
	}
	in, err := ParseInfo(open(t, "testdata/site/rus/docs/Z2600000012/info/index.html"))
	if err != nil || in.Published != "2026-02-21" || in.Adopted != "2026-02-20" || in.Act != "Z2600000012" {
		t.Errorf("%+v, %v", in, err)
	}
}

func TestRealFacts(t *testing.T) {
	for _, dir := range []string{"rus", "kaz"} {
		h, err := ParseHistory(open(t, shared(t, "adilet-site/"+dir+"/docs/Z2400000093/history/index.html")), "Z2400000093")
		if err != nil || len(h.Rows) != 3 || len(h.Doubts) > 0 || h.Rows[0].Date != "2024-06-19" || h.Rows[1].Date != "2025-01-01" ||
			h.Rows[2].Date != "2026-03-02" || !h.Rows[2].Current || !strings.Contains(h.Rows[2].Cause, "№ 248-VIII") || h.Rows[0].Cause != "" {
			t.Errorf("%s: %v, %+v", dir, err, h)
		}
	}
	in, err := ParseInfo(open(t, shared(t, "adilet-site/rus/docs/Z2400000093/info/index.html")))
	if err != nil || in.Adopted != "2024-06-19" || in.Published != "2024-06-20" || in.Changed != "2026-03-02" || in.Act != "Z2400000093" {
		t.Errorf("%+v, %v", in, err)
	}
}

// TestRealPage: the page of 2026 saved with a browser.
func TestRealPage(t *testing.T) {
	p := pageAt(t, shared(t, "lawdata/adilet-html/Z1500000410_rus_excerpt.html"))
	if p.Lang != law.RU || p.Act != "Z1500000410" || p.Title != "О противодействии коррупции" || p.Status != "Обновленный" || !p.Cut || p.Archived {
		t.Errorf("%+v, cut %t", p.Head, p.Cut)
	}
	d := law.Build(p.Lang, p.Title, p.Lines)
	if len(d.Doubts) > 0 || d.Find("art_1__subpara_1-1") == nil || d.Find("art_1__subpara_1-1").Anchor != "z138" || d.Find("art_6__subpara_3-1") == nil {
		t.Errorf("doubts %v", d.Doubts)
	}
	links := 0
	for _, l := range p.Lines {
		if l.Mark == law.NoteMark && strings.HasPrefix(l.Text, "Сноска. Статья 1 ") {
			links = len(l.Links)
			for _, k := range l.Links[:1] {
				if k.Text != "№ 484-V" || k.Href != "https://adilet.zan.kz/rus/docs/Z1600000484#z36" {
					t.Errorf("%+v", k)
				}
			}
		}
		if strings.HasPrefix(l.Text, "№") || strings.Contains(l.Text, "1-1статьи") {
			t.Errorf("rubbish: %q", l.Text)
		}
	}
	if links < 10 {
		t.Errorf("%d links in the note of article 1", links)
	}
}

func TestAddresses(t *testing.T) {
	s, err := New("http://127.0.0.1:8080/")
	if err != nil {
		t.Fatal(err)
	}
	const base = "http://127.0.0.1:8080"
	for got, want := range map[string]string{
		s.TextURL("Z2400000093", law.KK):                  base + "/kaz/docs/Z2400000093",
		s.EditionURL("Z2400000093", law.RU, "2024-06-19"): base + "/rus/docs/Z2400000093/19.06.2024",
		s.HistoryURL("Z2400000093", law.EN):               base + "/eng/docs/Z2400000093/history",
		s.InfoURL("Z2400000093", law.RU):                  base + "/rus/docs/Z2400000093/info",
	} {
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	asked := s.EditionURL("Z2400000093", law.RU, "2024-06-19")
	for came, want := range map[string]bool{
		asked: true, asked + "/": true, "https://127.0.0.1/rus/docs/Z2400000093/19.06.2024": true,
		base + "/rus/archive/docs/Z2400000093/19.06.2024": true,
		s.TextURL("Z2400000093", law.RU):                  false,
		base + "/kaz/docs/Z2400000093/19.06.2024":         false,
		"http://zan.kz/rus/docs/Z2400000093/19.06.2024":   false,
		"%": false,
	} {
		if got := s.SamePage(asked, came); got != want {
			t.Errorf("%s for %s: %t", came, asked, got)
		}
	}
	for _, bad := range []string{"adilet.zan.kz", "ftp://x", "http://", "http://x?y", "http://u:p@x"} {
		if _, err := New(bad); err == nil {
			t.Errorf("%q was taken for a base address", bad)
		}
	}
	for href, want := range map[string]law.ActID{
		"/rus/docs/Z2500000231#z25": "Z2500000231", "https://adilet.zan.kz/kaz/docs/Z990000451_": "Z990000451_",
		"/rus/archive/docs/K1400000226/03.07.2014": "K1400000226", "/rus/docs/rss": "", "/rus/search/docs?fulltext=": "", "#z5": "",
	} {
		if got, ok := actOf(href); got != want || ok != (want != "") {
			t.Errorf("%s: %q, %t", href, got, ok)
		}
	}
}

// The pairs of number, day and link are those of real pages.
func TestLawID(t *testing.T) {
	for _, tt := range []struct {
		number string
		day    law.Date
		want   law.ActID
	}{
		{"231-VIII", "2025-11-17", "Z2500000231"}, {"248-VIII", "2025-12-30", "Z2500000248"}, {"291-VIII", "2026-05-19", "Z2600000291"},
		{"484-V", "2016-04-06", "Z1600000484"}, {"249-VI", "2019-04-19", "Z1900000249"}, {"91-VII", "2021-12-29", "Z2100000091"},
		{"93-VIII", "2024-06-19", "Z2400000093"}, {"451-I", "1999-07-23", "Z990000451_"}, {"451", "1999-07-23", "Z990000451_"},
		{"", "2025-11-17", ""}, {"231-VIII", "", ""}, {"п-231", "2025-11-17", ""},
	} {
		if got, ok := lawID(tt.number, tt.day); got != tt.want || ok != (tt.want != "") {
			t.Errorf("%s of %s: %q, %t", tt.number, tt.day, got, ok)
		}
	}
}
