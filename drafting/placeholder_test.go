package drafting

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
)

func TestPlaceholders(t *testing.T) {
	for lang, c := range map[law.Lang][4]string{
		law.RU: {
			"Статья 1. Зал\n1. Зал хранит:\n1) книги;\n2) ноты;\n3) карты.\n2. Вход свободный.\nСтатья 2. Фонд\nФонд открыт.\n",
			"подпункт 2) пункта 1 статьи 1 исключить;\nпункт 2 статьи 1 исключить;\nстатью 2 исключить.\n",
			"Законом РК от 05.06.2026 № 1-IX",
			"Статья 1. Зал\n1. Зал хранит:\n1) книги;\n2) исключен Законом РК от 05.06.2026 № 1-IX;\n3) карты.\n2. Исключен Законом РК от 05.06.2026 № 1-IX.\nСтатья 2. Исключена Законом РК от 05.06.2026 № 1-IX.\n",
		},
		law.KK: {
			"1-бап. Зал\n1. Зал:\n1) кітаптарды;\n2) ноталарды сақтайды.\n2. Кіру тегін болып табылады.\n",
			"1-баптың 2-тармағы алып тасталсын.\n",
			"ҚР 05.06.2026 № 1-IX Заңымен",
			"1-бап. Зал\n1. Зал:\n1) кітаптарды;\n2) ноталарды сақтайды.\n2. Алып тасталды – ҚР 05.06.2026 № 1-IX Заңымен.\n",
		},
	} {
		a, err := Read(lang, linesOf(c[1]))
		if err != nil {
			t.Fatal(err)
		}
		r := Apply(law.Build(lang, "", linesOf(c[0])), a, "", Placeholders(c[2]))
		if diff := cmp.Diff(c[3], joined(r.Text)); diff != "" {
			t.Errorf("%s:\n%s", lang, diff)
		}
		for _, p := range law.Build(lang, "", Lines(r.Text)).Provisions {
			if is := IsPlaceholder(p); is != (p.Text != "" && containsAny(p.Text, c[2])) {
				t.Errorf("%s: placeholder %v", p.Text, is)
			}
		}
	}
}

func containsAny(s, by string) bool {
	return len(s) > len(by) && cmp.Equal(tail(s[:len(s)-1], len(by)), by)
}

// The act between two editions says «исключить» where the new one has the
// editors' line.
func TestPlaceholderIsAnExclusion(t *testing.T) {
	a := roundTrip(t, sampleText(t, law.RU, sample.First), sampleText(t, law.RU, sample.Second))
	found := false
	for _, o := range a.Instructions {
		found = found || o.Op == DeleteUnit && o.Places[0] == "art_6__subpara_4"
	}
	if !found {
		t.Errorf("subparagraph 4) of article 6 is not excluded:\n%s", a.Text())
	}
}

// A unit that old editors have excluded in brackets is known to be gone: taking its
// line out is told.
func TestExcludedInBrackets(t *testing.T) {
	a, err := Read(law.RU, linesOf("пункт 2 статьи 22 исключить.\n"))
	if err != nil {
		t.Fatal(err)
	}
	r := Apply(law.Build(law.RU, "", linesOf("Статья 22. Зал\n1. Зал открыт.\n2. (Исключен - Законом РК от 10 января 2006 года № 116).\n")), a, "")
	if o := r.Outcomes[0]; o.Status != Applied || len(o.Notices) != 1 || o.Notices[0].Code() != "excluded_before" {
		t.Errorf("%s, notices %v", o.Status, o.Notices)
	}
}
