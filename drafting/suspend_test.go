package drafting

import (
	"testing"

	"github.com/tuzetu/tuzetu/law"
)

// TestSuspend: a suspended unit keeps its text; its days are told, and the note
// written under the article is read by package law as the suspension it is.
func TestSuspend(t *testing.T) {
	for _, c := range []struct {
		lang              law.Lang
		base, act, by     string
		note, from, until string
	}{
		{law.RU, "Статья 1. Зал\n1. Зал хранит:\n1) книги;\n2) ноты.\nСтатья 2. Фонд\nФонд открыт.",
			"Приостановить до 1 января 2028 года действие подпункта 2) пункта 1 статьи 1 настоящего Закона, установив, что в период приостановления данный подпункт действует в следующей редакции:\n«2) ноты до 1 июля 2027 года.».",
			"Законом РК от 05.06.2026 № 1-IX",
			"Сноска. Действие подпункта 2) пункта 1 статьи 1 приостановлено до 01.01.2028 Законом РК от 05.06.2026 № 1-IX.", "", "2028-01-01"},
		{law.RU, "Статья 1. Зал\nЗал открыт.", "действие статьи 1 приостановить с 1 июля 2026 года по 31 декабря 2027 года.", "Законом РК от 05.06.2026 № 1-IX",
			"Сноска. Действие статьи 1 приостановлено с 01.07.2026 до 01.01.2028 Законом РК от 05.06.2026 № 1-IX.", "2026-07-01", "2028-01-01"},
		{law.KK, "1-бап. Зал\n1. Зал сақтайды:\n1) кітаптарды;\n2) ноталарды.\n2-бап. Қор\nҚор ашық.",
			"Осы Заңның 1-бабы 1-тармағы 2) тармақшасының күші 2028 жылғы 1 қаңтарға дейін тоқтатыла тұрсын.", "ҚР 05.06.2026 № 1-IX Заңымен",
			"Ескерту. 1-баптың 1-тармағы 2) тармақшасының күші 01.01.2028 дейін тоқтатыла тұрады – ҚР 05.06.2026 № 1-IX Заңымен.", "", "2028-01-01"},
		{law.KK, "1-бап. Зал\nЗал ашық.", "1-баптың қолданысы 2026 жылғы 1 шілдеден бастап 2028 жылғы 1 қаңтарға дейін тоқтатыла тұрсын.", "ҚР 05.06.2026 № 1-IX Заңымен",
			"Ескерту. 1-баптың күші 01.07.2026 бастап 01.01.2028 дейін тоқтатыла тұрады – ҚР 05.06.2026 № 1-IX Заңымен.", "2026-07-01", "2028-01-01"},
	} {
		doc := law.Build(c.lang, "", linesOf(c.base))
		a, err := Read(c.lang, linesOf(c.act))
		if err != nil {
			t.Fatal(err)
		}
		plain := Apply(doc, a, "")
		o := plain.Outcomes[0]
		if o.Status != Applied || o.Suspension == nil || o.Suspension.From != law.Date(c.from) || o.Suspension.Until != law.Date(c.until) {
			t.Errorf("%s: %s %s %+v", c.act, o.Status, o.Reason, o.Suspension)
		}
		unchanged(t, doc, plain)
		marked := Apply(doc, a, "", Placeholders(c.by))
		after := law.Build(c.lang, "", Lines(marked.Text))
		unchanged(t, doc, marked)
		if len(after.Notes) != 1 || after.Notes[0].Text != c.note {
			t.Fatalf("notes: %+v", after.Notes)
		}
		said, doubts := after.Statements()
		if len(said) != 1 || said[0].Verb != law.Suspended || said[0].Until != law.Date(c.until) || said[0].From != law.Date(c.from) ||
			len(said[0].Addresses) != 1 || said[0].Addresses[0] != o.Places[0] || len(doubts) > 0 {
			t.Errorf("%s is read as %+v, %v", c.note, said, doubts)
		}
	}
}

// TestSuspendWithoutDays: a suspension whose end was not understood is said to be
// one, and changes nothing.
func TestSuspendWithoutDays(t *testing.T) {
	doc := law.Build(law.RU, "", linesOf("Статья 1. Зал\nЗал открыт."))
	a, err := Read(law.RU, linesOf("Приостановить до принятия нового закона действие статьи 1."))
	if err != nil {
		t.Fatal(err)
	}
	r := Apply(doc, a, "", Placeholders("Законом РК от 05.06.2026 № 1-IX"))
	if o := r.Outcomes[0]; o.Suspension != nil || len(o.Notices) != 1 || o.Notices[0].Code() != "pause_unknown" {
		t.Errorf("%+v", o)
	}
	unchanged(t, doc, r)
}
