package law

import "testing"

func paragraphs(texts ...string) *Document {
	var lines []Line
	for i, text := range texts {
		lines = append(lines, Line{Text: text, From: i + 1, To: i + 1})
	}
	return Build(RU, "", lines)
}

// A wording keeps its first day after another has replaced it.
func TestForceOfWordings(t *testing.T) {
	first := paragraphs("Статья 1. Чтение", "1. Читать можно утром.", "2. Писать можно вечером.",
		"Статья 2. Порядок введения в действие настоящего Закона", "Настоящий Закон вводится в действие по истечении десяти календарных дней после дня его первого официального опубликования.")
	second := paragraphs("Статья 1. Чтение", "1. Читать можно утром.", "2. Писать можно всегда.",
		"Сноска. Статья 1 с изменением, внесенным Законом РК от 01.05.2025 № 9-I (вводится в действие с 10.05.2025).",
		"Статья 2. Порядок введения в действие настоящего Закона", "Настоящий Закон вводится в действие по истечении десяти календарных дней после дня его первого официального опубликования.")
	tl := NewTimeline(Act{Adopted: "2025-01-10", Published: "2025-01-20"}, nil)
	tl.Add("2025-01-10", first, nil)
	tl.Add("2025-06-01", second, nil)
	for _, c := range []struct {
		edition int
		at      Address
		since   Date
	}{
		{0, "art_1__para_2", "2025-01-31"},
		{1, "art_1__para_1", "2025-01-31"},
		{1, "art_1__para_2", "2025-05-10"}, // before the edition that first prints it
		{1, "art_9", ""}, {2, "art_1", ""}, {-1, "art_1", ""},
	} {
		if f := tl.In(c.edition, "2026-01-01", "art_2", c.at)[1]; f.Since != c.since || (c.since != "") != (f.Status == InForceNow) {
			t.Errorf("%d %s: %+v, want since %s", c.edition, c.at, f, c.since)
		}
	}
}
