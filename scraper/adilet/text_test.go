package adilet

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/scraper"
)

// show prints a line as "from-to mark #anchor text [link→href]".
func show(l law.Line) string {
	s := fmt.Sprint(l.From)
	if l.To != l.From {
		s += fmt.Sprintf("-%d", l.To)
	}
	if l.Mark != "" {
		s += " " + string(l.Mark)
	}
	if l.Anchor != "" {
		s += " #" + l.Anchor
	}
	s += ": " + l.Text
	for _, k := range l.Links {
		s += " [" + k.Text + "→" + k.Href + "]"
	}
	return s
}

func TestLines(t *testing.T) {
	for _, tt := range []struct{ name, article, want string }{
		{"paragraph", `<p id="z34">
&nbsp;&nbsp;&nbsp;&nbsp;&nbsp; 1) текст</p>`, `2 #z34: 1) текст`},
		{"paragraph over lines", "<p>\n  один\n\u00a0\tдва\u2009три\n</p>", "2-3: один два три"},
		{"entities", `<p>«А» &amp; &lt;Б&gt; &#8211; &laquo;в&raquo;</p>`, `1: «А» & <Б> – «в»`},
		{"heading and article on one line", `<h3 id="z28"> Глава 1. ОБЩЕЕ</h3><p><b><a name="z1"></a>Статья 1. О чём</b></p><p>
 Текст</p>`, "1 heading #z28: Глава 1. ОБЩЕЕ\n1 bold #z1: Статья 1. О чём\n2: Текст"},
		{"two headings in one", `<h3 id="z1"> РАЗДЕЛ 1. ОБЩАЯ ЧАСТЬ<br>Глава 1. НАЧАЛА</h3>`,
			"1 heading #z1: РАЗДЕЛ 1. ОБЩАЯ ЧАСТЬ\n1 heading: Глава 1. НАЧАЛА"},
		{"chapter as a bold paragraph", `<p><b>Глава 2. ПРОЧЕЕ</b></p>`, "1 bold: Глава 2. ПРОЧЕЕ"},
		{"article heading without an anchor", `<p><b>Статья 5. О том</b></p>`, "1 bold: Статья 5. О том"},
		{"bold heading inside a heading", `<h3><b>Глава 1</b></h3>`, "1 heading: Глава 1"},
		{"heading that is a link", `<p><b><a href="/rus/docs/Z1">Статья 1. О чём</a></b></p>`, "1 bold: Статья 1. О чём [Статья 1. О чём→/rus/docs/Z1]"},
		{"bold in part only", `<p><b>Статья 5</b> настоящего Закона</p>`, "1: Статья 5 настоящего Закона"},
		{"bold left open", `<p><b>Статья 5. О том<p>Текст</p>`, "1 bold: Статья 5. О том\n1: Текст"},
		{"several breaks in a paragraph", "<p id=\"z5\">1) один;<br>2) два;<br/>\n<br>3) три.</p>", "1 #z5: 1) один;\n1: 2) два;\n2: 3) три."},

		{"note run", `<span class="note">&nbsp; Сноска. Статья 1 с изменениями от 06.04.2016 </span><a href="https://adilet.zan.kz/rus/docs/Z1600000484#z36">№ 484-V</a><span class="note"> (</span><a href="/rus/docs/Z1600000484#z64">вводится</a><span class="note"> в действие).</span><br>
<p>Текст</p>`, "1 note: Сноска. Статья 1 с изменениями от 06.04.2016 № 484-V (вводится в действие). [№ 484-V→https://adilet.zan.kz/rus/docs/Z1600000484#z36] [вводится→/rus/docs/Z1600000484#z64]\n2: Текст"},
		{"note that ends with a link and a stop", `<span class="note">Сноска. Исключен Законом от 01.02.2020 </span><a href="/rus/docs/Z2000000001">№ 1-VI</a>.<br>`,
			"1 note: Сноска. Исключен Законом от 01.02.2020 № 1-VI. [№ 1-VI→/rus/docs/Z2000000001]"},
		{"note without a break", `<span class="note">Сноска. А</span><p>Текст</p>`, "1 note: Сноска. А\n1: Текст"},
		{"note that has lost its markup half way", `<span class="note">Сноска. А от 01.02.2020 </span><a href="/x">№ 1</a> (вводится в действие с 01.03.2020).<br>`,
			"1 note: Сноска. А от 01.02.2020 № 1 (вводится в действие с 01.03.2020). [№ 1→/x]"},
		{"note over two lines", `<span class="note">Сноска. А;<br>от 02.02.2020.</span><br>`, "1 note: Сноска. А;\n1 note: от 02.02.2020."},
		{"note in its own paragraph", `<p><span class="note">Сноска. А </span><a href="/x">№ 1</a><span class="note">.</span></p>`, "1 note: Сноска. А № 1. [№ 1→/x]"},
		{"two notes, one after the other", `<span class="note">Примечание РЦПИ!</span><br><span class="note">Порядок см. </span><a href="/z#z27">ст.27</a><span class="note"></span><br>`,
			"1 note: Примечание РЦПИ!\n1 note: Порядок см. ст.27 [ст.27→/z#z27]"},

		{"inline note does not glue words", `<p>в соответствии со статьей 1-1<span class="note"> (вводится с 01.01.2027)</span>статьи 5</p>`,
			"1: в соответствии со статьей 1-1 статьи 5\n1 note: (вводится с 01.01.2027)"},
		{"bold inside a word after a note", `<p><span class="note">(сноска)</span>сло<b>во</b></p>`, "1 note: (сноска)\n1: слово"},
		{"inline note before a sign", `<p>один<span class="note"> (сноска)</span>, два</p>`, "1: один, два\n1 note: (сноска)"},
		{"inline note between blanks", `<p>один <span class="note">(сноска)</span> два</p>`, "1: один два\n1 note: (сноска)"},
		{"inline note with a link", `<p>текст <span class="note">(см. </span><a href="/x">№ 5</a><span class="note">)</span> дальше</p>`,
			"1: текст дальше\n1 note: (см. № 5) [№ 5→/x]"},
		{"a link of the law before an inline note", `<p>по <a href="/k">Кодексу</a> <span class="note">(сноска)</span></p>`, "1: по Кодексу [Кодексу→/k]\n1 note: (сноска)"},
		{"a note at the head of a paragraph", `<p><span class="note">Примечание РЦПИ!</span> Текст</p>`, "1 note: Примечание РЦПИ!\n1: Текст"},
		{"link in the text", `<p>согласно <a href="/rus/docs/K1400000226#z1">статье 5</a>.</p>`, "1: согласно статье 5. [статье 5→/rus/docs/K1400000226#z1]"},
		{"links keep blanks as rendered", "<p>статьи<a href=\"/x\">1-1</a>\nи<b> 2</b></p>", "1-2: статьи1-1 и 2 [1-1→/x]"},
		{"a link that leads nowhere", `<p>см. <a href="javascript:void(0)">здесь</a> и <a href="">тут</a></p>`, "1: см. здесь и тут"},

		{"planned change", `<font color="#FF0000">&nbsp; <a name="z138"></a>Примечание ИЗПИ!</font><br>
<font color="#FF0000">&nbsp; В подпункт 1-1) предусматривается изменение Законом от 19.05.2026 <a href="/rus/docs/Z2600000291#z172">№ 291-VIII</a> (вводится с 01.07.2026).</font><br>
<p>
&nbsp; 1-1) лицо</p>`, "1 editorial #z138: Примечание ИЗПИ!\n2 editorial: В подпункт 1-1) предусматривается изменение Законом от 19.05.2026 № 291-VIII (вводится с 01.07.2026). [№ 291-VIII→/rus/docs/Z2600000291#z172]\n4 #z138: 1-1) лицо"},
		{"planned change in several fonts", `<font color="#ff0000">Примечание</font><font color=red> ИЗПИ!</font><br><font color="#FF0000">В статью 5 предусматривается изменение от 19.05.2026 </font><a href="/x">№ 291-VIII</a><font color="#FF0000"> (вводится).</font><br><p id="z9">Текст</p>`,
			"1 editorial: Примечание ИЗПИ!\n1 editorial: В статью 5 предусматривается изменение от 19.05.2026 № 291-VIII (вводится). [№ 291-VIII→/x]\n1 #z9: Текст"},
		{"red by style", `<p><span style="font-size:9pt; color: RED">Вниманию пользователей!</span></p>`, "1 editorial: Вниманию пользователей!"},
		{"another colour is text", `<p><font color="#000000">Текст</font></p>`, "1: Текст"},

		{"table", `<table><tr><th>№</th><th>Что</th></tr><tr><td>1</td><td><p>один<br>два</p></td></tr>
<tr><td></td><td>три</td></tr><tr><td> </td></tr></table><p>Текст</p>`, "1 table: № | Что\n1 table: 1 | один два\n2 table: | три\n2: Текст"},
		{"table left open in its cells", `<table><tr><td>1<td>2<tr><td>3<td>4</table>`, "1 table: 1 | 2\n1 table: 3 | 4"},
		{"table in a table", `<table><tr><td>а</td><td><table><tr><td>б</td><td>в</td></tr></table></td></tr></table>`, "1 table: а | б в"},
		{"note as a row", `<table><tr><td><span class="note">Сноска. А</span></td></tr></table>`, "1 note: Сноска. А"},
		{"link in a row", `<table><tr><td><a href="/x">а</a></td></tr></table>`, "1 table: а [а→/x]"},

		{"raised numbers", `<p>статья 73<sup>1</sup></p>`, "1: статья 73¹"},
		{"list", `<ul><li>один</li><li>два</li></ul>`, "1: один\n1: два"},
		{"rule", `<p>один</p><hr><p>два</p>`, "1: один\n1: два"},
		{"comment", "<p>один</p><!-- <p>нет</p>\n -->\n<p>два</p>", "1: один\n3: два"},
		{"script", `<p>один<script>if (a<b) {}</script></p>`, "1: один"},
		{"what an extension leaves", `<p>один</p><veepn-lock-screen><div>нет</div></veepn-lock-screen><p>два</p>`, "1: один\n1: два"},
		{"an unknown element that stays open hides nothing", `<p>один</p><x-y><p>два</p>`, "1: один\n1: два"},
		{"anchor of an empty paragraph goes nowhere", `<p id="z1"></p><p>Текст</p>`, "1: Текст"},
		{"anchor before a paragraph", `<a name="z7"></a><p>Текст</p>`, "1 #z7: Текст"},
		{"stray end tags", `</p></b></div></td><p>Текст</p>`, "1: Текст"},
		{"capitals in tags", `<P ID="z1"><B>Статья 1. А</B></P>`, "1 bold #z1: Статья 1. А"},
		{"cyrillic that looks latin stays", `<p>жария eтуге, № 170-VІ</p>`, "1: жария eтуге, № 170-VІ"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, box := range []string{"<article>%s</article>", `<div class="container_gamma text text_upd"><div class="gs_12">%s</div></div>`} {
				if strings.Contains(tt.article, "</div>") && strings.HasPrefix(box, "<div") {
					continue // unbalanced on purpose
				}
				p, err := ParseText(strings.NewReader(fmt.Sprintf(box, tt.article)))
				if err != nil {
					t.Fatal(err)
				}
				var got []string
				for _, l := range p.Lines {
					got = append(got, show(l))
				}
				if diff := cmp.Diff(strings.Split(tt.want, "\n"), got); diff != "" {
					t.Errorf("in %s: %s", box, diff)
				}
				if p.Cut {
					t.Error("the page is said to be cut")
				}
			}
		})
	}
}

func TestWhereTheTextIs(t *testing.T) {
	for _, tt := range []struct {
		name, page, want string
		cut, archived    bool
	}{
		{"article", `<p>шапка</p><article><p>текст</p></article><p>подвал</p>`, "текст", false, false},
		{"container", `<div class="container_gamma tabs">вкладки</div><div class="container_gamma text text_upd"><div><p>текст</p></div></div><div>подвал</div>`, "текст", false, false},
		{"archived", `<div class="container_gamma text text_upd text_arc"><article><p>текст</p></article></div>`, "текст", false, true},
		{"end of the container forgotten", `<div class="container_gamma text"><div><p>текст</p><div class="container_omega aftertext"><p>подвал</p></div>`, "текст", false, false},
		{"end of the article forgotten", `<article><p>текст</p><div id="footer">подвал</div>`, "текст", false, false},
		{"two articles", `<article><p>один</p></article><p>между</p><article><p>два</p></article>`, "один/два", false, false},
		{"cut", `<article><p>текст</p><p>тек`, "текст/тек", true, false},
		{"cut in a table", `<article><table><tr><td>текст`, "текст", true, false},
		{"windows line ends", "<article><p>\r\nтекст</p>\r\n</article>", "текст", false, false},
		{"byte order mark", "\ufeff<article><p>текст</p></article>", "текст", false, false},
	} {
		p, err := ParseText(strings.NewReader(tt.page))
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		var got []string
		for _, l := range p.Lines {
			got = append(got, l.Text)
		}
		if s := strings.Join(got, "/"); s != tt.want || p.Cut != tt.cut || p.Archived != tt.archived {
			t.Errorf("%s: got %q, cut %t, archived %t", tt.name, s, p.Cut, p.Archived)
		}
	}
}

func encode(t *testing.T, m *charmap.Charmap, s string) string {
	t.Helper()
	b, err := m.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestRefusedPages(t *testing.T) {
	const russian = "Настоящий Закон регулирует отношения в области школьных библиотек."
	const kazakh = "Осы Заң мектеп кітапханалары саласындағы қатынастарды реттейді."
	wrongly := func(m *charmap.Charmap, s string) string {
		var b strings.Builder
		for i := range len(s) {
			r := m.DecodeByte(s[i])
			if r == utf8.RuneError {
				r = rune(s[i])
			}
			b.WriteRune(r)
		}
		return b.String()
	}
	for _, tt := range []struct {
		name, page string
		err        error
		says       string
	}{
		{"nothing", "", scraper.ErrNoText, "line 1"},
		{"blanks", " \n\n", scraper.ErrNoText, "line 1"},
		{"no article", "<html><body><p>Страница</p></body></html>", scraper.ErrNoText, "no article"},
		{"an empty article", "<html>\n<article><p>\n&nbsp;</p></article>", scraper.ErrNoText, "line 2"},
		{"maintenance, no article", "<html><body><h1>Ведутся технические работы</h1></body></html>", scraper.ErrMaintenance, ""},
		{"maintenance inside the article", "<article><p>На сайте ведутся технические работы. Приносим извинения.</p></article>", scraper.ErrMaintenance, ""},
		{"maintenance in Kazakh", "<article><p>Сайтта техникалық жұмыстар жүргізілуде.</p></article>", scraper.ErrMaintenance, ""},
		{"the banner over a good page", "<div>Ведутся технические работы</div><article><p>" + russian + "</p></article>", nil, ""},
		{"binary", "\x7fELF\x02\x01\x00\x00", scraper.ErrEncoding, "zero byte"},
		{"cut inside a letter", "<article>\n<p>текст \xd0", scraper.ErrEncoding, "line 2"},
		{"windows-1251 undeclared", "<article><p>" + encode(t, charmap.Windows1251, russian) + "</p></article>", scraper.ErrEncoding, "no other encoding"},
		{"windows-1251 declared", `<meta charset="windows-1251"><article><p>` + encode(t, charmap.Windows1251, russian) + "</p></article>", nil, ""},
		{"windows-1251 declared as UTF-8", `<meta charset="utf-8"><article><p>` + encode(t, charmap.Windows1251, russian) + "</p></article>", scraper.ErrEncoding, ""},
		{"UTF-8 declared as windows-1251", `<meta charset="windows-1251"><article><p>` + russian + "</p></article>", nil, ""},
		{"UTF-8 read as windows-1251", "<article>\n\n<p>" + wrongly(charmap.Windows1251, russian) + "</p></article>", scraper.ErrEncoding, "line 3"},
		{"UTF-8 read as windows-1252", "<article><p>" + wrongly(charmap.Windows1252, russian) + "</p></article>", scraper.ErrEncoding, "another encoding"},
		{"Kazakh read as windows-1251", "<article><p>" + wrongly(charmap.Windows1251, kazakh) + "</p></article>", scraper.ErrEncoding, "another encoding"},
		{"Kazakh read as Latin", "<article><p>" + wrongly(charmap.ISO8859_1, kazakh) + "</p></article>", scraper.ErrEncoding, "another encoding"},
		{"letters lost", "<article><p>" + strings.Repeat("\ufffd", 30) + russian + "</p></article>", scraper.ErrEncoding, "lost (\ufffd): 30"},
		{"one letter lost in a long text", "<article><p>\ufffd" + strings.Repeat(russian, 30) + "</p></article>", nil, ""},
		{"too large", strings.Repeat("a", maxPage+1), scraper.ErrNoText, "64 MB"},
	} {
		p, err := ParseText(strings.NewReader(tt.page))
		if !errors.Is(err, tt.err) || err != nil && !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: got %v, want %v with %q", tt.name, err, tt.err, tt.says)
		}
		if tt.err == nil && err == nil && !strings.Contains(p.Lines[0].Text, russian) {
			t.Errorf("%s: got %q", tt.name, p.Lines[0].Text)
		}
	}
	// The HTTP header tells what the page does not.
	page := "<article><p>" + encode(t, charmap.Windows1251, russian) + "</p></article>"
	p, err := parseText(strings.NewReader(page), "text/html; charset=windows-1251")
	if err != nil || p.Lines[0].Text != russian {
		t.Errorf("by the header: %v, %v", p.Lines, err)
	}
}

// TestSampleLikeMarkdown is the twin of TestSameOutlineAsMarkdown.
func TestSampleLikeMarkdown(t *testing.T) {
	for lang, dir := range map[law.Lang]string{law.RU: "rus", law.KK: "kaz"} {
		for date, path := range map[string]string{"2026-01-10": "/10.01.2026", "2026-03-01": ""} {
			p := pageAt(t, "testdata/site/"+dir+"/docs/Z2600000001"+path+"/index.html")
			b, err := os.ReadFile("testdata/" + date + "." + string(lang) + ".md")
			if err != nil {
				t.Fatal(err)
			}
			title, lines, err := law.ReadMarkdown(bytes.NewReader(b))
			if err != nil {
				t.Fatal(err)
			}
			got, want := law.Build(lang, p.Title, p.Lines), law.Build(lang, title, lines)
			if diff := cmp.Diff(unitsOf(want), unitsOf(got)); diff != "" || len(got.Provisions) < 15 {
				t.Errorf("%s %s: %s", date, lang, diff)
			}
			if len(got.Notes) != len(want.Notes) || len(got.Doubts) > 0 || p.Title != title {
				t.Errorf("%s %s: %d notes for %d, doubts %v, title %q", date, lang, len(got.Notes), len(want.Notes), got.Doubts, p.Title)
			}
			if p.Lang != lang || p.Act != "Z2600000001" || p.Status == "" || !strings.Contains(p.Requisites, "№ 1-VIII") || p.Archived != (path != "") {
				t.Errorf("%s %s: %+v", date, lang, p.Head)
			}
		}
	}
}

// FuzzParseText: whatever comes, lines are in order, without blanks at their
// ends, and no word of a plain paragraph is lost.
func FuzzParseText(f *testing.F) {
	for _, name := range []string{"testdata/site/rus/docs/Z2600000001/index.html", "testdata/site/kaz/docs/Z2600000001/10.01.2026/index.html"} {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(b))
	}
	f.Add(`<article><table><tr><td><p>а<span class="note">б</span><a href=x>в</a></table>г<sup>1</sup><x-y>`)
	f.Add(`<div class="container_gamma text"><h3>а<br>б</h3></p></div>`)
	f.Fuzz(func(t *testing.T, page string) {
		p, err := ParseText(strings.NewReader(page))
		if err != nil {
			return
		}
		last, all := 1+strings.Count(page, "\n"), 0
		for _, l := range p.Lines {
			if l.Text == "" || l.Text != law.Squeeze(l.Text) {
				t.Errorf("not folded: %q", l.Text)
			}
			if l.From < 1 || l.To < l.From || l.To > last {
				t.Errorf("lines %d–%d of %d", l.From, l.To, last)
			}
			all += len(l.Text)
		}
		if all > 4*len(page)+16 {
			t.Errorf("%d bytes of text from a page of %d", all, len(page))
		}
		law.Build(law.RU, p.Title, p.Lines)
	})
}

func BenchmarkParseText(b *testing.B) {
	page, err := os.ReadFile(shared(b, "adilet-site/rus/docs/Z2400000093/index.html"))
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(page)))
	for b.Loop() {
		if _, err := ParseText(bytes.NewReader(page)); err != nil {
			b.Fatal(err)
		}
	}
}
