package law

import "testing"

// TestForceOnTheArticlesOwnLine: amending acts have no heading on their last
// article, only the rule.
func TestForceOnTheArticlesOwnLine(t *testing.T) {
	for lang, text := range map[Lang][2]string{
		RU: {"Статья 1. Статью 3 исключить.", "Статья 2. Настоящий Закон вводится в действие по истечении десяти календарных дней после дня его первого официального опубликования."},
		KK: {"1-бап. 3-бап алып тасталсын.", "2-бап. Осы Заң алғашқы ресми жарияланған күнінен кейін күнтізбелік он күн өткен соң қолданысқа енгізіледі."},
	} {
		d := Build(lang, "", []Line{{Text: text[0], From: 1, To: 1}, {Text: text[1], From: 2, To: 2}})
		statements, doubts := d.Statements()
		if len(statements) != 1 || len(doubts) != 0 || statements[0].Verb != EntersForce || statements[0].InForce.Basis != "days_after_publication:10" {
			t.Errorf("%s: %+v %+v", lang, statements, doubts)
		}
	}
}
