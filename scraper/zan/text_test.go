package zan

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tuzetu/tuzetu/scraper"
)

// answerOf wraps blocks as the bank does.
func answerOf(blocks string) string {
	return `{"code":"7","ngr":"Z2600000001","language":"rus","versionDate":"2026-03-01","versionsCount":2,"pagesCount":1,
		"metadata":{"title":{"rus":"О школах","kaz":"Мектептер туралы"},"stateAgencyApprovalDate":"2026-01-10"},"content":[` + blocks + `]}`
}

// b writes one block: "article 3 4-1 words" is its kind, level, index ("-" for
// none) and text.
func b(s string) string {
	f := strings.SplitN(s, " ", 4)
	for len(f) < 4 {
		f = append(f, "")
	}
	text, html, _ := strings.Cut(f[3], " HTML ")
	level, _ := strconv.Atoi(f[1])
	block := map[string]any{"id": "1", "type": f[0], "level": level, "properties": []any{}}
	if f[2] != "-" && f[2] != "" {
		block["index"] = f[2]
	}
	if text != "" {
		block["text"] = strings.ReplaceAll(text, "¶", "\n")
	}
	if html != "" {
		block["properties"] = []any{map[string]any{"key": "html", "value": html}, map[string]any{"key": "linkId", "value": nil}}
	}
	j, err := json.Marshal(block)
	if err != nil {
		panic(err)
	}
	return string(j)
}

func blocks(s string) string {
	var all []string
	for l := range strings.Lines(s) {
		if l = strings.TrimSpace(l); l != "" {
			all = append(all, b(l))
		}
	}
	return strings.Join(all, ",")
}

func show(p scraper.Page) string {
	var s strings.Builder
	for _, l := range p.Lines {
		fmt.Fprintf(&s, "%d-%d %s| %s\n", l.From, l.To, l.Mark, l.Text)
	}
	for _, d := range p.Doubts {
		fmt.Fprintln(&s, "?", d)
	}
	return s.String()
}

func TestLines(t *testing.T) {
	for _, tt := range []struct{ name, blocks, want string }{
		{"a unit has its words one level below", `
			doc 1
			title 2 - О школах
			chapter 2 1
			heading 3 - Глава 1. ОБЩИЕ ПОЛОЖЕНИЯ
			article 3 4-1
			heading 4 - Статья 4-1. Предмет
			point 4 1
			text 5 - 1. Школа учит:
			subpoint 5 2-1
			text 6 - 2-1) детей.`, `
			4-4 heading| Глава 1. ОБЩИЕ ПОЛОЖЕНИЯ
			6-6 bold| Статья 4-1. Предмет
			8-8 | 1. Школа учит:
			10-10 | 2-1) детей.`},
		{"a heading in two blocks", `
			section 2 1
			heading 3 - Раздел I.
			heading 3 - Общие положения
			article 3 1
			heading 4 - Статья 1`, `
			2-3 heading| Раздел I. Общие положения
			5-5 bold| Статья 1`},
		{"two headings in one unit stay two", `
			section 2 1
			heading 3 - Раздел I
			heading 3 - Глава 1. Школа`, `
			2-2 heading| Раздел I
			3-3 heading| Глава 1. Школа`},
		{"an annex has several lines above its text", `
			attach 2 -
			heading 3 - Приложение к Закону
			heading 3 - Перечень школ`, `
			2-2 heading| Приложение к Закону
			3-3 heading| Перечень школ`},
		{"a line break is a blank", "text 2 - Школа¶ учит\u00a0 детей.", "1-1 | Школа учит детей."},
		{"a unit after a line break is doubted", "text 2 - Школа учит:¶2) детей.", `
			1-1 | Школа учит: 2) детей.
			? a unit opens after a line break inside a block (Школа учит: 2) детей.)`},
		{"line breaks of set text are kept", "pre 2 - один¶два¶¶", `
			1-1 | один
			1-1 | два`},
		{"notes", `
			note 2 - Сноска. Статья 1 с изменением.
			rcpi_notice 2 - Примечание ИЗПИ!
			text 2 - Примечание. См. постановление. HTML <i>Примечание. См. </i><i>постановление</i>.
			text 2 - Примечание. Школа – это дом.
			text 2 - Школа. HTML <i>Школа.</i>
			note 2 - Примечание. См. постановление. HTML <i>Примечание. См. постановление.</i>`, `
			1-1 note| Сноска. Статья 1 с изменением.
			2-2 editorial| Примечание ИЗПИ!
			3-3 note| Примечание. См. постановление.
			4-4 | Примечание. Школа – это дом.
			5-5 | Школа.
			6-6 note| Примечание. См. постановление.`},
		{"a note that may be law text", `
			article 2 1
			heading 3 - Статья 1. Школа
			text 3 - Школа учит детей.
			note 3 - Примечание. Детьми признаются лица до 18 лет.
			note 3 - Примечание. См. постановление.`, `
			2-2 bold| Статья 1. Школа
			3-3 | Школа учит детей.
			4-4 | Примечание. Детьми признаются лица до 18 лет.
			5-5 | Примечание. См. постановление.
			? the bank has a note where the law may have a remark of its own (Примечание. Детьми признаются лица до 18 лет.)`},
		{"a table", `
			table 2
			tableHeaderRow 3
			tableCell 4
			text 5 - Число
			text 5 - детей
			tableCell 4 - Мест
			tableRow 3
			tableCell 4 -
			tableCell 4
			table 5
			tableRow 6
			tableCell 7 - 5
			tableCell 7 - 6
			tableRow 3
			tableCell 4
			text 2 - Конец.`, `
			2-6 table| Число детей | Мест
			7-13 table| | 5 6
			16-16 | Конец.`},
		{"side notes are law text", "sideNoteGroup 2\nsideNote 3\ntext 4 - Мы, народ Казахстана,", "3-3 | Мы, народ Казахстана,"},
		{"a table of contents is none", "toc 2\ntext 3 - Глава 1. Школа\ntext 2 - Школа учит.", "2-2 note| Глава 1. Школа\n3-3 | Школа учит."},
		{"signatures", "signature 2\nworkPosition 3 - Аким села\npersonName 3 - Б. Иванов", "2-2 bold| Аким села\n3-3 bold| Б. Иванов"},
		{"an unknown kind", "hologram 2 - Школа.\nhologram 2 - Ещё.", `
			1-1 | Школа.
			2-2 | Ещё.
			? a block of an unknown kind "hologram" was read as text (Школа.), 2 times`},
		{"markup in the words", "text 2 - м<sup>2</sup>", "1-1 | м<sup>2</sup>\n? markup stands in the words (м<sup>2</sup>)"},
		{"another number", "point 2 3\ntext 3 - Сноска. Нет.\ntext 3 - 4. Школа.", `
			2-2 | Сноска. Нет.
			3-3 | 4. Школа.
			? the bank numbers a unit otherwise than its text (point 3: 4. Школа.)`},
		{"an article the text does not show", "article 2 1\nheading 3 - Статья 1. Школа\narticle 2 2\nheading 3 - О детях\ntext 3 - Детям.", `
			2-2 bold| Статья 1. Школа
			4-4 bold| О детях
			5-5 | Детям.
			? the bank numbers a unit otherwise than its text (article 2: О детях)
			? the bank has 2 articles, the text 1 (from article 2 on)`},
		{"another title", "title 2 - О садах\ntext 2 - Сад.", "2-2 | Сад.\n? the title in the text is not the one among the facts (О садах)"},
		{"levels that jump", "text 9 - а\ntext -1 - б\ntext 0 - в", "1-1 | а\n2-2 | б\n3-3 | в"},
	} {
		p, err := ParseText(strings.NewReader(answerOf(blocks(tt.blocks))))
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		want := ""
		for l := range strings.Lines(tt.want) {
			if l = strings.TrimSpace(l); l != "" {
				want += l + "\n"
			}
		}
		if diff := cmp.Diff(want, show(p)); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
}

func TestPictures(t *testing.T) {
	p, err := ParseText(strings.NewReader(answerOf(`{"id":"55","type":"image","level":2},{"type":"image","level":2,"properties":[{"key":"src","value":"/files/1.png"}]},` + b("text 2 - Школа."))))
	if diff := cmp.Diff([]string{"block 55", "/files/1.png"}, p.Pictures); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
}

func TestRefusedAnswers(t *testing.T) {
	good := answerOf(b("text 2 - Школа."))
	for _, tt := range []struct {
		name, body string
		want       error
		says       string
	}{
		{"nothing", "", scraper.ErrNoText, "empty"},
		{"a web page", "<!doctype html><p>404", scraper.ErrNoText, "not JSON"},
		{"maintenance", "<html>Ведутся технические работы", scraper.ErrMaintenance, ""},
		{"cut", good[:len(good)-40], scraper.ErrCut, ""},
		{"the second page is cut", good + good[:50], scraper.ErrCut, "page 2"},
		{"a list", "[1]", scraper.ErrNoText, ""},
		{"a message of the server", `{"message":"not found"}`, scraper.ErrNoText, "language"},
		{"no blocks", answerOf(""), scraper.ErrNoText, "no block"},
		{"blocks without words", answerOf(b("doc 1")), scraper.ErrNoText, "no block"},
		{"no content", strings.Replace(answerOf(""), `"content":[]`, `"content":null`, 1), scraper.ErrNoText, "no block"},
		{"HTML", strings.Replace(answerOf(""), `"content":[]`, `"content":"<p>Школа"`, 1), scraper.ErrNoText, "HTML"},
		{"not UTF-8", strings.Replace(good, "Школа", "\xd8\xea\xee\xeb\xe0", 1), scraper.ErrEncoding, ""},
		{"read as another encoding", strings.Replace(good, "Школа.", misread("Школа учит детей."), 1), scraper.ErrEncoding, ""},
		{"no date", strings.Replace(good, "2026-03-01", "", 1), scraper.ErrNoText, "date"},
		{"an unknown language", strings.Replace(good, `"rus"`, `"uzb"`, 1), scraper.ErrNoText, "uzb"},
		{"an id that is none", strings.Replace(good, "Z2600000001", "../etc", 1), scraper.ErrNoText, "act id"},
		{"a page is missing", strings.Replace(good, `"pagesCount":1`, `"pagesCount":3`, 1), scraper.ErrCut, "1 of 3"},
		{"a page of another edition", good + strings.Replace(good, "2026-03-01", "2026-04-01", 1), scraper.ErrNoText, "page 2"},
		{"a level that is none", strings.Replace(good, `"level":2`, `"level":"two"`, 1), scraper.ErrNoText, ""},
	} {
		_, err := ParseText(strings.NewReader(tt.body))
		if !errors.Is(err, tt.want) || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
	s, _ := New("", "8")
	if _, err := s.ParseText([]byte(good), ""); !errors.Is(err, scraper.ErrNoText) || !strings.Contains(err.Error(), `code "7"`) {
		t.Errorf("a text of another code: %v", err)
	}
}

func misread(s string) string {
	var b strings.Builder
	for i := range len(s) {
		b.WriteRune(rune(s[i]))
	}
	return b.String()
}
