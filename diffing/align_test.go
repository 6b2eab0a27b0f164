package diffing

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tuzetu/tuzetu/law"
)

// story writes a comparison as «old lines > new lines kind flags», one changed
// pair each.
func story(r *Result) (out []string) {
	lines := func(s *Side) string {
		switch {
		case s == nil:
			return "-"
		case s.First == s.Last:
			return fmt.Sprint(s.First)
		}
		return fmt.Sprintf("%d-%d", s.First, s.Last)
	}
	for k := range r.Pairs {
		p := &r.Pairs[k]
		if !p.Changed() {
			continue
		}
		s := fmt.Sprintf("%s > %s %s", lines(p.From), lines(p.To), p.Kind)
		if p.Note {
			s += " note"
		}
		if p.Moved {
			s += " moved"
		}
		if p.Renumbered {
			s += " renumbered"
		}
		if p.Technical {
			s += " technical"
		}
		out = append(out, s)
	}
	return out
}

func TestAlign(t *testing.T) {
	for _, c := range []struct {
		name     string
		lang     law.Lang
		old, new string
		want     []string
	}{
		{
			"a number alone makes no pair", law.RU,
			"Статья 5. Маяки\n1. Смотритель зажигает огонь на закате.",
			"Статья 5. Библиотеки\n1. Читатель возвращает книгу вовремя.",
			[]string{"1 > - deleted", "2 > - deleted", "- > 1 inserted", "- > 2 inserted"},
		},
		{
			"a formula alone makes no pair", law.RU,
			"1) в порядке, установленном законом, или в иных случаях;\n2) огонь маяка гаснет на рассвете;",
			"1) огонь маяка гаснет на рассвете;\n2) в случаях и порядке, которые установлены законом о почте;",
			[]string{"1 > - deleted", "2 > 1 edited renumbered technical", "- > 2 inserted"},
		},
		{
			"another heading over the same paragraphs", law.RU,
			"Статья 1. Огни\n1. Маяк светит всю ночь на двадцать миль.\n2. В туман звонит колокол каждые две минуты.",
			"Статья 1. Сигналы судам\n1. Маяк светит всю ночь на двадцать миль.\n2. В туман звонит колокол каждые две минуты.",
			[]string{"1 > 1 edited"},
		},
		{
			"a paragraph becomes an article", law.RU,
			"Статья 1. Огни\n1. Маяк светит всю ночь на двадцать миль.\n2. Смотритель маяка назначается капитаном порта на пять лет.",
			"Статья 1. Огни\n1. Маяк светит всю ночь на двадцать миль.\nСтатья 2. Смотритель маяка назначается капитаном порта на пять лет.",
			[]string{"3 > 3 edited technical"},
		},
		{
			"moved to another article and edited", law.RU,
			"Статья 1. Огни\n1. Маяк светит всю ночь на двадцать миль.\n2. Смотритель записывает погоду в вахтенный журнал четыре раза в сутки.\n3. Гасить огонь ночью воспрещается.\nСтатья 2. Журнал\n1. Журнал прошнурован и скреплен печатью порта.\n2. Листы журнала нумеруются.",
			"Статья 1. Огни\n1. Маяк светит всю ночь на двадцать миль.\n2. Гасить огонь ночью воспрещается.\nСтатья 2. Журнал\n1. Журнал прошнурован и скреплен печатью порта.\n2. Смотритель записывает погоду и видимость в вахтенный журнал шесть раз в сутки.\n3. Листы журнала нумеруются.",
			[]string{"4 > 3 edited renumbered technical", "3 > 6 edited moved", "7 > 7 edited renumbered technical"},
		},
		{
			"an article moved whole, its boilerplate with it", law.RU,
			"Статья 1. Огни\nМаяк светит всю ночь на двадцать миль.\nПорядок утверждает капитан порта.\nСтатья 2. Колокола\nКолокол звонит в туман каждые две минуты.\nПорядок утверждает капитан порта.\nСтатья 3. Журнал\nЖурнал ведется чернилами без помарок.\nЛисты журнала нумеруются.\nПорядок утверждает капитан порта.",
			"Статья 1. Колокола\nКолокол звонит в туман каждые две минуты.\nПорядок утверждает капитан порта.\nСтатья 2. Журнал\nЖурнал ведется чернилами без помарок.\nЛисты журнала нумеруются.\nПорядок утверждает капитан порта.\nСтатья 3. Огни\nМаяк светит всю ночь на двадцать миль.\nПорядок утверждает капитан порта.",
			[]string{"4 > 1 edited renumbered technical", "7 > 4 edited renumbered technical", "1 > 8 edited moved technical", "2 > 9 same moved", "3 > 10 same moved"},
		},
		{
			"split and merged", law.RU,
			"1. Маяк светит всю ночь на двадцать миль, а в туман звонит колокол каждые две минуты.\n2. Смотритель живет на маяке.\n3. Смотритель получает паек и дрова на зиму.",
			"1. Маяк светит всю ночь на двадцать миль,\nа в туман звонит колокол каждые две минуты.\n2. Смотритель живет на маяке. 3. Смотритель получает паек и дрова на зиму.",
			[]string{"1 > 1-2 split", "2-3 > 3 merged"},
		},
		{
			"merged and edited: the number inside tells", law.RU,
			"9) огонь маяка виден за двадцать миль в ясную погоду;\n10) колокол звонит в туман;",
			"9) огонь маяка виден за двадцать миль в ясную погоду; 10) гудок и колокол звучат;",
			[]string{"1-2 > 1 merged"},
		},
		{
			"only signs, case and blanks", law.RU,
			"1. Маяк ,светит ночью; Колокол звонит.",
			"1) Маяк, светит ночью: колокол звонит.",
			[]string{"1 > 1 edited technical"},
		},
		{
			"look-alike letters, blanks, dashes and quotes are no change", law.KK,
			"1. «Бiлiм» туралы заң — негізгі заң.", "1. \"Білім\" туралы заң - негізгі заң.", nil,
		},
		{
			"a note is no law text", law.RU,
			"Статья 1. Огни\nСноска. Статья 1 с изменениями, внесенными Законом РК от 01.02.2025 № 1-VIII.",
			"Статья 1. Огни\nСноска. Статья 1 с изменениями, внесенными законами РК от 01.02.2025 № 1-VIII; от 05.03.2026 № 2-VIII.",
			[]string{"2 > 2 edited note"},
		},
		{"nothing at all", law.RU, "", "", nil},
		{"something out of nothing", law.RU, "", "Статья 1. Огни", []string{"- > 1 inserted"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := Compare(readText(c.lang, c.old), readText(c.lang, c.new))
			checkResult(t, r)
			if diff := cmp.Diff(c.want, story(r)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWarning(t *testing.T) {
	ru := readText(law.RU, "1. Смотритель зажигает огонь на закате и гасит на рассвете.")
	for _, c := range []struct {
		name string
		to   *law.Document
		want Warning
	}{
		{"itself", ru, ""},
		{"another language", readText(law.KK, "1. Күзетші отты күн батқанда жағады, таң ата сөндіреді."), DifferentLanguages},
		{"another law", readText(law.RU, "1. Читатель возвращает книгу вовремя."), NothingInCommon},
		{"nothing", readText(law.RU, ""), ""},
	} {
		if got := Compare(ru, c.to).Warning; got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// The word diff marks whole words, joins phrases, and keeps numbers and dates
// whole.
func TestWordDiff(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{"Срок до 01.01.2025 года", "Срок до 01.07.2025 года", "Срок до [-01.01.2025-]{+01.07.2025+} года"},
		{"маяки по статье 14-1 и подпункту 256-10)", "маяки по статье 14-2 и подпункту 256-11)", "маяки по статье [-14-1-]{+14-2+} и подпункту [-256-10-]{+256-11+})"},
		{"22-баптың 6-тармағы", "23-баптың 6-тармағы", "[-22-]{+23+}-баптың 6-тармағы"},
		{"Закон о маяках № 93-VIII", "Закон о маяках № 94-VIII", "Закон о маяках № [-93-VIII-]{+94-VIII+}"},
		{"в течение пяти рабочих дней", "в течение десяти календарных дней", "в течение [-пяти рабочих-]{+десяти календарных+} дней"},
		{"права и свободы человека", "обязанности и долг человека", "[-права и свободы-]{+обязанности и долг+} человека"},
		{"маяк, порт, склад.", "маяк, пристань, порт, склад.", "маяк, {+пристань, +}порт, склад."},
		{"маяк, порт.", "маяк, порт, склад.", "маяк, порт{+, склад+}."},
		{"лицо (гражданин) вправе", "лицо вправе", "лицо [-(гражданин) -]вправе"},
		{"информационно-просветительская работа", "просветительская работа", "[-информационно-просветительская-]{+просветительская+} работа"},
		{"масс-медиа", "масс–медиа", "масс–медиа"},
		{"“Егемен” и «Казправда»", "«Егемен» и «Казправда»", "«Егемен» и «Казправда»"},
	} {
		r := Compare(document(law.RU, c.old), document(law.RU, c.new))
		checkResult(t, r)
		var b strings.Builder
		for _, p := range r.Pairs {
			for _, op := range p.Ops {
				b.WriteString(map[OpKind]string{Delete: "[-", Insert: "{+"}[op.Kind] + op.Text + map[OpKind]string{Delete: "-]", Insert: "+}"}[op.Kind])
			}
		}
		if b.String() != c.want {
			t.Errorf("%q → %q\n got %s\nwant %s", c.old, c.new, &b, c.want)
		}
	}
	r := Compare(document(law.RU, "масс-медиа"), document(law.RU, "масс–медиа"), ShowVariants())
	if len(r.Pairs) != 1 || r.Pairs[0].Kind != Edited {
		t.Errorf("variants not shown: %+v", r.Pairs)
	}
}
