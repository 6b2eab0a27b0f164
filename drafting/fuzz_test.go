package drafting

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tuzetu/tuzetu/law"
)

func linesOf(text string) (out []law.Line) {
	for i, l := range strings.Split(text, "\n") {
		if l = law.Squeeze(l); l != "" {
			out = append(out, law.Line{Text: l, From: i + 1, To: i + 1})
		}
	}
	return out
}

const fuzzBase = `Статья 1. Зал
1. Зал хранит:
1) книги;
2) ноты.
Вторая часть. В ней два предложения.
2. Зал открыт.
Статья 2. Фонд
Фонд состоит из:
книг;
нот.
2-1-бап. Қор
1. Қор кітаптардан тұрады.`

// FuzzRead: never a panic, every line has a role, every instruction its lines.
func FuzzRead(f *testing.F) {
	for _, s := range seeds() {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		lines := linesOf(text)
		for _, lang := range []law.Lang{law.RU, law.KK} {
			r := newReader(grammarOf(lang), lang, lines)
			r.read()
			r.force()
			checkRoles(t, r.a, lines)
		}
	})
}

// checkRoles proves that nothing is lost: each line has a role, and what
// instructs or was not understood is in an instruction.
func checkRoles(t *testing.T, a *Amendment, lines []law.Line) {
	t.Helper()
	for i, role := range a.Roles {
		if role == "" {
			t.Fatalf("line %d has no role: %q", i+1, lines[i].Text)
		}
		if role != Instructing && role != Quoted && role != Unread {
			continue
		}
		held := false
		for _, in := range a.Instructions {
			held = held || in.From <= lines[i].From && lines[i].From <= in.To
		}
		if !held {
			t.Fatalf("line %d is %s and in no instruction: %q", i+1, role, lines[i].Text)
		}
	}
}

// FuzzApply: never a panic, and what is not touched stays as it is.
func FuzzApply(f *testing.F) {
	for _, s := range seeds() {
		f.Add(fuzzBase, s)
	}
	f.Fuzz(func(t *testing.T, base, act string) {
		for _, lang := range []law.Lang{law.RU, law.KK} {
			doc := law.Build(lang, "", linesOf(base))
			r := newReader(grammarOf(lang), lang, linesOf(act))
			r.read()
			r.force()
			result := Apply(doc, r.a, "2026-01-01")
			checkResult(t, doc, result)
		}
	})
}

// checkResult proves that every line of the text before stands in the result,
// in its order, unless an instruction took it out, and that a line without an
// instruction is as it was.
func checkResult(t *testing.T, doc *law.Document, r *Result) {
	t.Helper()
	last := -1
	for _, l := range r.Text {
		if l.Base == "" {
			continue
		}
		p := doc.Find(l.Base)
		if p == nil || p.Index <= last {
			t.Fatalf("%s stands out of order", l.Base)
		}
		last = p.Index
		if len(l.By) == 0 && l.Text != p.Text {
			t.Fatalf("%s was changed by nobody: %q", l.Base, l.Text)
		}
	}
	applied := false
	for _, o := range r.Outcomes {
		applied = applied || o.Status == Applied
		if o.Status != Applied && o.Reason == "" {
			t.Fatalf("%q is refused without a reason", o.Text)
		}
	}
	if !applied {
		unchanged(t, doc, r)
	}
}

// unchanged: where no instruction was applied, the text is the text before.
func unchanged(t interface{ Fatalf(string, ...any) }, doc *law.Document, r *Result) {
	var want, got []string
	for _, p := range doc.Provisions {
		want = append(want, p.Text)
	}
	for _, p := range law.Build(doc.Lang, "", Lines(r.Text)).Provisions {
		got = append(got, p.Text)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("changed although nothing was applied:\n%s", diff)
	}
}

func seeds() []string {
	return []string{
		"в статье 1:\nпункт 2 изложить в следующей редакции:\n«2. Зал закрыт.»;\nподпункт 2) пункта 1 исключить.",
		"Статья 1. Внести в Закон Республики Казахстан «О залах» следующие изменения:\n1) по всему тексту слова «зал» заменить словами «зала»;\nСтатья 2. Настоящий Закон вводится в действие с 1 января 2027 года, за исключением подпункта 1) статьи 1, который вводится в действие с 1 июля 2027 года.",
		"2-1-баптың 1-тармағындағы «қор» деген сөз алып тасталсын;\nмынадай мазмұндағы 2-2-баппен толықтырылсын:\n«2-2-бап. А\nМәтін.»;",
		"пункт 1 статьи 1 дополнить подпунктами 3) и 4) следующего содержания:\n«3) карты;\n4) атласы.».",
		"статью 2 дополнить абзацем следующего содержания:\n\"карт\";\nстатью 2 исключить",
		"слова \"а \"б\" в\" заменить словами \"г\nпункт 1 статьи 1 изложить в следующей редакции: «1. Зал",
		"2 и 3, 4) частью второй пункта 1 статьи 1 дополнить словами «,»",
		"по всему тексту:\nстатью 1 исключить;\nв тексте статьи 2:\nпункт 1 исключить;",
	}
}

// TestLinesInAnyOrder puts sentences of the truth set together at random: every
// line of what comes of it has a role, and what was not understood is not applied.
func TestLinesInAnyOrder(t *testing.T) {
	lines := map[law.Lang][]string{
		law.RU: {"по всему тексту:", "в тексте статьи 5:", "в статье 5 бис:", "в главе 2:", "в заголовке:", "Статья 2."},
		law.KK: {"бүкіл мәтін бойынша:", "мәтінде:", "5-бапта бис:", "2-тарауда:", "тақырыпта:", "2-бап."},
	}
	for _, s := range readTruth(t) {
		for _, l := range s.act() {
			lines[s.lang] = append(lines[s.lang], l.Text)
		}
	}
	base := linesOf(fuzzBase)
	rapid.Check(t, func(t *rapid.T) {
		lang := rapid.SampledFrom([]law.Lang{law.RU, law.KK}).Draw(t, "lang")
		act := rapid.SliceOfN(rapid.SampledFrom(lines[lang]), 2, 12).Draw(t, "lines")
		a, err := Read(lang, linesOf(strings.Join(act, "\n")))
		if err != nil {
			return
		}
		for i, role := range a.Roles {
			if role == "" {
				t.Fatalf("line %d has no role: %q", i+1, act[i])
			}
		}
		for _, o := range Apply(law.Build(lang, "", base), a, "2027-01-01").Outcomes {
			if o.Instruction.Reason != "" && o.Status != Unparsed {
				t.Fatalf("%s, though not understood: %q", o.Status, o.Text)
			}
		}
	})
}

// TestNothingAppliedNothingChanged: instructions that all fail leave the text as
// it is, whatever text and whatever units they name.
func TestNothingAppliedNothingChanged(t *testing.T) {
	doc := law.Build(law.RU, "", linesOf(fuzzBase))
	failing := []string{
		"статью %d исключить;", "пункт %d статьи 50 исключить;", "в пункте 2 статьи 1 слова «нет такого %d» заменить словами «есть»;",
		"статью 1 дополнить пунктом 9%d следующего содержания:\n«9%[1]d. Новый.»;", "подпункт %d) пункта 9 статьи 1 изложить в следующей редакции:\n«5) а;»;",
		"подпункт 3) статьи %d считать подпунктом 4);", "пункт 2 статьи 1 изложить в следующей редакции:\n«8%d. Другой номер.»;",
	}
	rapid.Check(t, func(t *rapid.T) {
		var act []string
		for range rapid.IntRange(1, 8).Draw(t, "instructions") {
			form := rapid.SampledFrom(failing).Draw(t, "form")
			n := rapid.IntRange(10, 99).Draw(t, "number")
			act = append(act, sprintf(form, n))
		}
		r := newReader(grammarOf(law.RU), law.RU, linesOf(strings.Join(act, "\n")))
		r.read()
		result := Apply(doc, r.a, "")
		for _, o := range result.Outcomes {
			if o.Status == Applied {
				t.Fatalf("applied: %q", o.Text)
			}
		}
		unchanged(t, doc, result)
	})
}

// sprintf puts a number into a form that may not use it.
func sprintf(form string, n int) string {
	return strings.NewReplacer("%[1]d", strconv.Itoa(n), "%d", strconv.Itoa(n)).Replace(form)
}
