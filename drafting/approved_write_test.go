package drafting

import (
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/law"
)

// TestWriteApproved: what an order has approved is named before its paragraphs are.
func TestWriteApproved(t *testing.T) {
	for _, c := range []struct {
		lang               law.Lang
		title, text        string
		old, new           string
		frame, instruction string
	}{
		{law.RU, "приказ Министра культуры Республики Казахстан от 5 мая 2020 года № 40 «О залах»",
			"ПРИКАЗЫВАЮ:\n1. Утвердить Правила.\n2. Зал открыть для всех.\nУтверждены\nприказом Министра культуры\nот 5 мая 2020 года № 40\nПравила посещения\nзалов\n1. Зал открыт.\n2. Вход платный.",
			"платный", "свободный", "в Правилах посещения залов, утвержденных указанным приказом:", "в пункте 2 слово «платный» заменить словом «свободный»."},
		{law.KK, "«Залдар туралы» Қазақстан Республикасы Үкіметінің 2020 жылғы 5 мамырдағы № 40 қаулысы",
			"ҚАУЛЫ ЕТЕДІ:\n1. Қағидалар бекітілсін.\n2. Зал барлығына ашылсын.\nҮкіметтің\n2020 жылғы 5 мамырдағы\n№ 40 қаулысымен\nбекітілген\nЗалдарға бару қағидалары\n1. Зал ашық.\n2. Кіру ақылы.",
			"ақылы", "еркін", "көрсетілген қаулымен бекітілген Залдарға бару қағидаларында:", "2-тармақтағы «ақылы» деген сөз «еркін» деген сөзбен ауыстырылсын."},
	} {
		from := law.Build(c.lang, "", linesOf(c.text))
		to := law.Build(c.lang, "", linesOf(strings.Replace(c.text, c.old, c.new, 1)))
		a, err := Write(from, to, WriteOptions{Title: c.title})
		if err != nil {
			t.Fatal(err)
		}
		if len(a.Unexpressed) > 0 || len(a.Lines) != 5 || a.Lines[2].Text != c.frame || a.Lines[3].Text != c.instruction {
			t.Errorf("%s: %v, %v", c.lang, a.Lines, a.Unexpressed)
		}
	}
}

// TestLocative puts Kazakh titles in their case by the rules of harmony.
func TestLocative(t *testing.T) {
	f := &kazakh().Write.Approved
	for title, want := range map[string]string{
		"Залдарға бару қағидалары": "Залдарға бару қағидаларында", "Ұлттық Банк туралы ЕРЕЖЕ": "Ұлттық Банк туралы ережеде",
		"Қорды толықтыру тәртібі": "Қорды толықтыру тәртібінде", "Қауіпсіздік жөніндегі нұсқаулық": "Қауіпсіздік жөніндегі нұсқаулықта",
		"Нысаналы индикаторлар": "Нысаналы индикаторларда", "№ 5": "",
	} {
		if got := f.inCase(title); got != want {
			t.Errorf("%q: %q, want %q", title, got, want)
		}
	}
}
