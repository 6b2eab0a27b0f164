package law

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// outlineOf builds a .txt of one paragraph a line and prints kind and address
// of each line, "note" for notes; doubts follow.
func outlineOf(t *testing.T, text string) []string {
	t.Helper()
	lines, err := ReadText(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return printOutline(Build(RU, "", lines))
}

func printOutline(d *Document) []string {
	var out []string
	d.each(func(p *Provision, n *Note) {
		if n != nil {
			out = append(out, strings.TrimSpace("note "+string(n.Address)))
			return
		}
		out = append(out, fmt.Sprintf("%s %s", p.Kind, p.Address))
	})
	for _, q := range d.Doubts {
		out = append(out, fmt.Sprintf("doubt %d", q.From))
	}
	return out
}

// TestBuild holds the rules of levels and every trap of the real texts, each in
// a few lines of our own writing.
func TestBuild(t *testing.T) {
	for _, tc := range []struct{ name, text, want string }{
		{"lists twice in one paragraph", `
Статья 22. Заявление
6. В заявлении указываются:
1) имя;
2) адрес.
К заявлению прилагаются:
1) копия;
2) форма сведений:
о помещении;
о работниках.
7. Срок – десять дней.`, `
article art_22
paragraph art_22__para_6
subparagraph art_22__para_6__subpara_1
subparagraph art_22__para_6__subpara_2
part art_22__para_6__part_2
subparagraph art_22__para_6__part_2__subpara_1
subparagraph art_22__para_6__part_2__subpara_2
indent art_22__para_6__part_2__subpara_2__indent_2
indent art_22__para_6__part_2__subpara_2__indent_3
paragraph art_22__para_7`},
		{"a line inside a list that goes on", `
Статья 45. Операторы
1. Оператор обязан:
1) вести учёт;
2) передавать сигнал.
Передача ведётся бесплатно.
3) хранить записи.
Записи хранятся месяц.`, `
article art_45
paragraph art_45__para_1
subparagraph art_45__para_1__subpara_1
subparagraph art_45__para_1__subpara_2
part art_45__para_1__subpara_2__part_2
subparagraph art_45__para_1__subpara_3
part art_45__para_1__part_2`},
		{"kk list item that begins with a quoted title", `
45-бап. Операторлар
2. Операторлар:
«Кітап туралы» Заңға сәйкес жұмыс істейді;
есеп береді.`, `
article art_45
paragraph art_45__para_2
indent art_45__para_2__indent_2
indent art_45__para_2__indent_3`},
		{"subparagraphs right under the article", `
Статья 1. Понятия
В настоящем Законе используются понятия:
1) книга – издание;
1-1) журнал – издание;
2) зал – помещение.`, `
article art_1
part art_1__part_1
subparagraph art_1__subpara_1
subparagraph art_1__subpara_1-1
subparagraph art_1__subpara_2`},
		{"parts of an article without paragraphs", `
Статья 2. Читатель
Читатель вправе брать книги.
Читатель обязан:
1) вернуть книгу;
2) беречь книгу.
Иное запрещено.`, `
article art_2
part art_2__part_1
part art_2__part_2
subparagraph art_2__part_2__subpara_1
subparagraph art_2__part_2__subpara_2
part art_2__part_3`},
		{"remark is law text, notes are not", `
Статья 2. Свобода
1. Текст.
Примечание. Для целей Закона книгой признаётся и журнал.
Сноска. Статья 2 с изменением, внесенным Законом РК от 30.12.2025 № 248-VIII.
Примечание ИЗПИ!
В пункт 1 предусматривается изменение Законом РК от 09.01.2026 № 256-VIII.
1-1. Текст.`, `
article art_2
paragraph art_2__para_1
remark art_2__remark
note art_2
note art_2__para_1
note art_2__para_1
paragraph art_2__para_1-1`},
		{"a remark with its own paragraphs", `
Статья 3. Сроки
1. Текст.
Примечания:
1. Первое.
2. Второе.
Статья 4. Далее`, `
article art_3
paragraph art_3__para_1
remark art_3__remark
paragraph art_3__remark__para_1
paragraph art_3__remark__para_2
article art_4`},
		{"kk: remark, note and notice", `
2-бап. Бостандық
1. Мәтін.
Ескертпе. Осы Заңның мақсаттары үшін кітап деп журнал да түсініледі.
Ескерту. 2-бапқа өзгеріс енгізілді - ҚР 30.12.2025 № 248-VIII Заңымен.
ЗҚАИ-ның ескертпесі!
2) тармақшаға өзгеріс енгізу көзделген – ҚР 09.01.2026 № 256-VIII Заңымен.
2. Мәтін:
1) бір;
2) екі.`, `
article art_2
paragraph art_2__para_1
remark art_2__remark
note art_2
note art_2__para_2__subpara_2
note art_2__para_2__subpara_2
paragraph art_2__para_2
subparagraph art_2__para_2__subpara_1
subparagraph art_2__para_2__subpara_2`},
		{"headings with a blank before the stop, hyphen numbers, no title", `
1-тарау. ЖАЛПЫ ЕРЕЖЕЛЕР
31-бап . Кепілдіктер
14-1-бап. Қосымша
73-1-бап`, `
chapter chp_1
article art_31
article art_14-1
article art_73-1`},
		{"a word is no heading", `
Статья 54. Начало
1. Сведения указываются в порядке, который устанавливает
статья 55 настоящего Закона.
Статья 55 настоящего Закона применяется всегда.
22-бапта көрсетілген тәртіп.`, `
article art_54
paragraph art_54__para_1
indent art_54__para_1__indent_2
part art_54__para_1__part_2
part art_54__para_1__part_3`},
		{"ranges and lists of excluded units", `
Статья 5. Права
1. Читатель вправе:
1) читать;
2) писать;
3)-6) исключены Законом РК от 01.02.2020 № 1-VI;
7), 8) исключены Законом РК от 01.02.2020 № 1-VI;
9) молчать.
Иное решает библиотекарь.
2. Исключен Законом РК от 01.02.2020 № 1-VI.`, `
article art_5
paragraph art_5__para_1
subparagraph art_5__para_1__subpara_1
subparagraph art_5__para_1__subpara_2
subparagraph art_5__para_1__subpara_3
subparagraph art_5__para_1__subpara_7
subparagraph art_5__para_1__subpara_9
part art_5__para_1__part_2
paragraph art_5__para_2`},
		{"repeated numbers get ~2 and a doubt", `
Статья 6. Повтор
1. Первый.
1. Опять первый.
2. Перечень:
1) раз;
1) два.`, `
article art_6
paragraph art_6__para_1
paragraph art_6__para_1~2
paragraph art_6__para_2
subparagraph art_6__para_2__subpara_1
subparagraph art_6__para_2__subpara_1~2
doubt 3
doubt 6`},
		{"a heading that stands twice", `
Статья 6. Дважды
Статья 6. Дважды
Текст.`, `
article art_6
text art_6__text_1
part art_6__part_1
doubt 2`},
		{"sections, chapters, divisions", `
РАЗДЕЛ I. ОБЩЕЕ
Глава 1. Начало
Параграф 1. Первый
Статья 1. Раз
Текст.
Параграф 2. Второй
Статья 2. Два
Текст.
Глава 1-1. Вставленная
Параграф 1. Опять первый
Статья 2-1. Текст
Раздел II
Глава 2
Статья 3`, `
section sec_I
chapter chp_1
division chp_1__dvs_1
article art_1
part art_1__part_1
division chp_1__dvs_2
article art_2
part art_2__part_1
chapter chp_1-1
division chp_1-1__dvs_1
article art_2-1
section sec_II
chapter chp_2
article art_3`},
		{"quoted wording over several lines", `
Статья 70. Введение в действие
2. Приостановить действие статьи 5, установив, что она действует в следующей редакции:
"Статья 5. Права
1. Читатель вправе читать закон "О книгах";
2. Читатель вправе писать.".
3. Признать утратившим силу закон.`, `
article art_70
paragraph art_70__para_2
indent art_70__para_2__indent_2
indent art_70__para_2__indent_3
indent art_70__para_2__indent_4
paragraph art_70__para_3`},
		{"a wording quoted on one line", `
Статья 70. Введение в действие
1. Статья 5 действует в следующей редакции:
"Статья 5. Права читателя".
2. Пункт 3 действует в следующей редакции:
"3. Закон "О книгах" применяется";
3. Признать утратившим силу закон.`, `
article art_70
paragraph art_70__para_1
indent art_70__para_1__indent_2
paragraph art_70__para_2
indent art_70__para_2__indent_2
paragraph art_70__para_3`},
		{"table of contents", `
СОДЕРЖАНИЕ
Глава 1. Начало
Статья 1. Раз
Настоящий Закон регулирует чтение.
Глава 1. Начало
Статья 1. Раз
Текст.`, `
note
note
note
preamble preamble
chapter chp_1
article art_1
part art_1__part_1`},
		{"signatures only at the end, annex after them", `
Статья 1. Раз
Председатель Республики
1. Текст.
Президент Республики Казахстан
К. ОБРАЗЦОВ
Приложение 1 к Закону
1. Перечень:
1) стол.`, `
article art_1
part art_1__part_1
paragraph art_1__para_1
signature signature_1
signature signature_2
annex annex_1
paragraph annex_1__para_1
subparagraph annex_1__para_1__subpara_1`},
		{"an amending act: paragraphs without an article", `
1. В Закон «О книгах»:
1) в статье 5:
пункт 2 исключить;
2) статью 6 исключить.`, `
paragraph para_1
subparagraph para_1__subpara_1
indent para_1__subpara_1__indent_2
subparagraph para_1__subpara_2`},
		{"preamble in broken lines", `
Мы, читатели,
сознавая пользу книг,
принимаем настоящий Закон.
Раздел I. Общее
Статья 1`, `
preamble preamble
indent preamble__indent_2
indent preamble__indent_3
section sec_I
article art_1`},
		{"signatures as sites break them", `
Статья 1. Раз
1. Текст
Президент
Республики Казахстан К. ОБРАЗЦОВ`, `
article art_1
paragraph art_1__para_1
signature signature_1
signature signature_2`},
		{"a signature on one line, an order's signatures", `
Статья 1. Раз
1. Текст.
Президент Республики Казахстан Н. Образцов`, `
article art_1
paragraph art_1__para_1
signature signature_1`},
		{"kk signature in two lines, kk annexes", `
1-бап. Бір
1. Мәтін.
Қазақстан Республикасының
Президенті Қ. ҮЛГІЛІ
1-қосымша
1. Тізбе.
2-ҚОСЫМША
1. Тізбе.`, `
article art_1
paragraph art_1__para_1
signature signature_1
signature signature_2
annex annex_1
paragraph annex_1__para_1
annex annex_2
paragraph annex_2__para_1`},
		{"a kk stamp of an annex over several lines", `
1. Зал ашық.
2. Бұйрық қолданысқа енгізіледі.
Мәдениет министрі
Б. БЕЛГІСІЗ
Қазақстан Республикасы
Мәдениет министрінің
2020 жылғы 28 наурыздағы
№ 263 бұйрығына
1-қосымша
Залдар қағидалары
1. Зал жарық.
Залдар
қағидаларына
қосымша
Акт
Күні
№
қосымша`, `
paragraph para_1
paragraph para_2
signature signature_1
signature signature_2
annex annex_1
part annex_1__part_1
paragraph annex_1__para_1
annex annex_1~2
part annex_1~2__part_1
part annex_1~2__part_2
part annex_1~2__part_3
indent annex_1~2__part_3__indent_2
doubt 12`},
		{"what an act approves", `
1. Утвердить правила.
2. Постановление вводится в действие.
Министр
Б. БЕЗЫМЯННЫЙ
Утверждены
приказом Министра
от 3 мая 2020 года № 5
Правила залов
1. Зал открыт.`, `
paragraph para_1
paragraph para_2
signature signature_1
signature signature_2
text text_1
text text_2
text text_3
text text_4
paragraph para_1~2
doubt 9
doubt 9`},
		{"what a kk act approves", `
1. Қағидалар бекітілсін.
Үкіметтің
2012 жылғы 3 мамырдағы
№ 570 қаулысымен
бекітілген
Залдар қағидалары
1-тарау. Зал
1. Зал ашық.`, `
paragraph para_1
text text_1
text text_2
chapter chp_1
paragraph chp_1__para_1`},
		{"a kk annex stamp begins with the title of the act", `
1-бап. Бір
1. «Залдар туралы» Заңға 1-қосымша
«Залдар туралы» Заңның мақсаты
«Кітапханалардағы оқу залдары мен оларда сақталатын кітаптар, ноталар және карталар туралы» Қазақстан Республикасының Заңына 1-қосымша
1. Тізбе.`, `
article art_1
paragraph art_1__para_1
part art_1__para_1__part_2
annex annex_1
paragraph annex_1__para_1`},
		{"a remark with a list, and the article goes on", `
Статья 1. Раз
1. Первый.
Примечание. Под книгой понимаются:
1) том;
2) тетрадь.
2. Второй.`, `
article art_1
paragraph art_1__para_1
remark art_1__remark
subparagraph art_1__remark__subpara_1
subparagraph art_1__remark__subpara_2
paragraph art_1__para_2`},
		{"superscript and dotted numbers", `
Статья 73¹. Вставленная
1. Раз.
1¹. Ещё раз:
2¹) перечень.
6.1. Дробный.
Статья 5.1. Дробная`, `
article art_73-1
paragraph art_73-1__para_1
paragraph art_73-1__para_1-1
subparagraph art_73-1__para_1-1__subpara_2-1
paragraph art_73-1__para_6.1
article art_5.1`},
		{"ranges of excluded articles and paragraphs", `
Статья 1. Раз
1. Текст.
2-4. Исключены Законом РК от 01.02.2020 № 1-VI.
5., 6. Исключены Законом РК от 01.02.2020 № 1-VI.
9.-11. Исключены Законом РК от 01.02.2020 № 1-VI.
Статьи 2-5. Исключены Законом РК от 01.02.2020 № 1-VI.
Глава 3 исключена Законом РК от 01.02.2020 № 1-VI.
ГЛАВА ЧЕТВЕРТАЯ. КОНЕЦ
Статья 6 – Тире
Текст.`, `
article art_1
paragraph art_1__para_1
paragraph art_1__para_2
paragraph art_1__para_5
paragraph art_1__para_9
article art_2
chapter chp_3
chapter chp_4
article art_6
part art_6__part_1`},
		{"what begins like a unit and is none is doubted", `
Статья 1. Раз
1. Текст.
Article 2 Readers
1985. Год начала.`, `
article art_1
paragraph art_1__para_1
part art_1__para_1__part_2
paragraph art_1__para_1985
doubt 3
doubt 4`},
		{"English", `
Chapter 1. GENERAL PROVISIONS
Article 5. Readers
1. A reader may:
1) read;
2) write.
Note. A journal is a book.
Footnote. Article 5 as amended by the Law dated 30.12.2025 № 2-I.`, `
chapter chp_1
article art_5
paragraph art_5__para_1
subparagraph art_5__para_1__subpara_1
subparagraph art_5__para_1__subpara_2
remark art_5__remark
note art_5`},
		{"nothing we know", `
Просто строка.
Ещё одна строка.`, `
text text_1
text text_2
doubt 1
doubt 2`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := strings.Join(outlineOf(t, strings.TrimPrefix(tc.text, "\n")), "\n")
			if diff := cmp.Diff(strings.TrimPrefix(tc.want, "\n"), got); diff != "" {
				t.Errorf("outline (-want +got):\n%s", diff)
			}
		})
	}
}

// TestMarks shows what the markup of a source adds: a chapter set as an article
// («<p><b>»), an article set as a chapter (kk art. 42), two headings in one h3,
// and a bold line that is none.
func TestMarks(t *testing.T) {
	lines := []Line{
		{Text: "Раздел 1. Общее", Mark: Heading, From: 1, To: 1},
		{Text: "Глава 1. Начало", Mark: Heading, From: 1, To: 1},
		{Text: "42-бап. Субъектілер", Mark: Heading, From: 2, To: 2},
		{Text: "Мәтін.", From: 3, To: 3},
		{Text: "Глава 2. Конец", Mark: Bold, From: 4, To: 4},
		{Text: "Статья 43 Без точки", Mark: Bold, From: 5, To: 5},
		{Text: "Важно знать", Mark: Bold, From: 6, To: 6},
		{Text: "Қазақстан Республикасының Президенті", Mark: Bold, From: 7, To: 7},
		{Text: "Ә. ҮЛГІБАЕВ", Mark: Bold, From: 8, To: 8},
	}
	want := []string{"section sec_1", "chapter chp_1", "article art_42", "part art_42__part_1", "chapter chp_2",
		"article art_43", "text chp_2__text_1", "signature signature_1", "signature signature_2", "doubt 6"}
	if diff := cmp.Diff(want, printOutline(Build(KK, "", lines))); diff != "" {
		t.Errorf("outline (-want +got):\n%s", diff)
	}
}

func TestReadTextForms(t *testing.T) {
	block := "     1. Пункт\nпервый.\n\n     Сноска. Статья 1 – в редакции Закона РК от 01.02.2020 \n№ 3-VI\n (вводится в действие с 01.03.2020).\n\n Глава 2. Далее\nСтатья 2. Ещё\n\n     1) раз;\n"
	lines, err := ReadText(strings.NewReader(block))
	if err != nil {
		t.Fatal(err)
	}
	want := []Line{
		{Text: "1. Пункт первый.", From: 1, To: 2},
		{Text: "Сноска. Статья 1 – в редакции Закона РК от 01.02.2020 № 3-VI (вводится в действие с 01.03.2020).", From: 4, To: 6},
		{Text: "Глава 2. Далее", From: 8, To: 8},
		{Text: "Статья 2. Ещё", From: 9, To: 9},
		{Text: "1) раз;", From: 11, To: 11},
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("paragraphs in blocks (-want +got):\n%s", diff)
	}
}

// TestReadTextList: a few empty lines between chapters do not make blocks.
func TestReadTextList(t *testing.T) {
	lines, err := ReadText(strings.NewReader("Глава 1. Раз\n\nСтатья 1. Один\n1. Текст:\n1) а;\n2) б.\n\nГлава 2. Два\n\n"))
	if err != nil {
		t.Fatal(err)
	}
	if len(lines) != 6 || lines[3].Text != "1) а;" || lines[5].From != 8 {
		t.Errorf("lines: %+v", lines)
	}
	lines, err = ReadText(strings.NewReader("Просто строка.\nВторая строка.\n"))
	if err != nil || len(lines) != 2 {
		t.Errorf("two lines became %+v, %v", lines, err)
	}
}

func TestReadErrors(t *testing.T) {
	for name, tc := range map[string]struct{ text, want string }{
		"empty":     {"", "the text is empty"},
		"blanks":    {" \n\u00a0\n", "the text is empty"},
		"zero byte": {"Статья 1\nx\x00y", "line 2: not a text in UTF-8 (a zero byte)"},
		"cp1251":    {"ok\nok\n\xd1\xf2\xe0\xf2\xfc\xff", "line 3: not a text in UTF-8"},
	} {
		if _, err := ReadText(strings.NewReader(tc.text)); err == nil || err.Error() != tc.want {
			t.Errorf("%s: %v, want %q", name, err, tc.want)
		}
		if _, _, err := ReadMarkdown(strings.NewReader(tc.text)); err == nil || err.Error() != tc.want {
			t.Errorf("%s as Markdown: %v, want %q", name, err, tc.want)
		}
	}
}

// FuzzRead: whatever comes, every character of it stands in a provision or a
// note, addresses are unique, and Markdown reads back.
func FuzzRead(f *testing.F) {
	f.Add("Статья 1. Раз\n1. Текст:\n1) один;\nи ещё;\n2) два.\nПримечание. Да.", false)
	f.Add("# Закон\n\n## Глава 1. Раз\n\n**1-бап. Бір**\n\n> *Ескерту. 1-бап [№ 1-I](/x) енгізілді.*\n\n1\\) *бір*;\n\n| a | b |\n", true)
	f.Add("Статья 1. Раз\nСноска. Статья 1 с изменением, внесенным Законом РК от 01.02.2020 № 1-VI (см. Закон РК от 05.05.2020 № 2-VI (с 01.03.2020); от 01.03.2021 № 3-VI (.", false)
	f.Add("СОДЕРЖАНИЕ\n\nСтатья 1\n\nПримечание ИЗПИ!\n\n\"2. a\n\nb.\".\n", false)
	f.Fuzz(func(t *testing.T, text string, markdown bool) {
		var title string
		var lines []Line
		var err error
		if markdown {
			title, lines, err = ReadMarkdown(strings.NewReader(text))
		} else {
			lines, err = ReadText(strings.NewReader(text))
		}
		if err != nil {
			return
		}
		d := Build(RU, title, lines)
		if !markdown && strings.TrimSpace(wholeText(d)) != Squeeze(strings.TrimPrefix(text, "\ufeff")) {
			t.Fatalf("text lost: %q became %q", text, wholeText(d))
		}
		seen := map[Address]bool{}
		for i, p := range d.Provisions {
			if seen[p.Address] || p.Address == "" || p.Text == "" || p.Index != i {
				t.Fatalf("provision %d: address %q, text %q", i, p.Address, p.Text)
			}
			seen[p.Address] = true
			for _, lang := range Langs {
				if p.Cite().In(lang) == "" {
					t.Fatalf("%s has no citation in %s", p.Address, lang)
				}
			}
		}
		if len(d.Provisions)+len(d.Notes) != len(lines) {
			t.Fatalf("%d lines became %d provisions and %d notes", len(lines), len(d.Provisions), len(d.Notes))
		}
	})
}

// TestResolveRefusesToGuess: what may mean two places is two places.
func TestResolveRefusesToGuess(t *testing.T) {
	lines, err := ReadText(strings.NewReader("Статья 22. А\n6. Указываются:\n1) имя;\n2) адрес.\nПрилагаются:\n1) копия;\n2) форма.\nСтатья 23. Б\n1. Раз:\n1) а;\n2) б."))
	if err != nil {
		t.Fatal(err)
	}
	d := Build(RU, "", lines)
	for words, want := range map[string]string{
		"подпункт 2) пункта 6 статьи 22":              "art_22__para_6__subpara_2 art_22__para_6__part_2__subpara_2",
		"подпункт 2) части первой пункта 6 статьи 22": "art_22__para_6__subpara_2",
		"подпункт 2) части второй пункта 6 статьи 22": "art_22__para_6__part_2__subpara_2",
		"подпункт 2) пункта 1 статьи 23":              "art_23__para_1__subpara_2",
		"подпункт 2) статьи 23":                       "art_23__para_1__subpara_2", // a level left out, but only one place
		"часть первая пункта 6 статьи 22":             "art_22__para_6",
		"часть вторая пункта 6 статьи 22":             "art_22__para_6__part_2",
		"пункт 7 статьи 22":                           "",
		"статья 24":                                   "",
	} {
		c, err := ParseCitation(RU, words)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, p := range d.Resolve(c, nil) {
			got = append(got, string(p.Address))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %s", words, got, want)
		}
	}
}
