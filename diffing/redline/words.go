package redline

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/law"
)

// words is what a redline says in one language. Counts stand after a colon, so
// that no form of a noun depends on a number.
type words struct {
	decimal                                      string
	kinds                                        map[diffing.PairKind]string
	moved, formerly, renumbered, technical, note string
	none, comparison, from, to, source           string
	warnings                                     map[diffing.Warning]string
	norms, overHalf                              string
	references                                   string
	fates                                        map[diffing.ReferenceFate]string
	doubts                                       map[string]string
}

func wordsIn(lang law.Lang) words {
	switch lang {
	case law.KK:
		return words{
			decimal: ",",
			kinds: map[diffing.PairKind]string{
				diffing.Same: "өзгеріссіз", diffing.Edited: "өзгертілді", diffing.Inserted: "қосылды",
				diffing.Deleted: "алып тасталды", diffing.Split: "бөлінді", diffing.Merged: "біріктірілді",
			},
			moved: "орны ауысты", formerly: "бұрын: %s", renumbered: "нөмірі өзгерді", technical: "техникалық түзету", note: "ескерту",
			none: "Айырмашылық жоқ.", comparison: "Редакцияларды салыстыру", from: "Бұрынғы редакция", to: "Жаңа редакция", source: "Tuzetu салыстырды",
			warnings: map[diffing.Warning]string{
				diffing.DifferentLanguages: "Мәтіндер әртүрлі тілде: салыстыру мағынасыз болуы мүмкін.",
				diffing.NothingInCommon:    "Мәтіндерде ортақ ештеңе жоқтың қасы: бұл әртүрлі актілер болуы мүмкін.",
			},
			norms:      "Нормалар: сақталғаны – %d, өзгертілгені – %d, жаңасы – %d. Мәтіннің %s %% өзгерді.",
			overHalf:   "Мәтіннің жартысынан көбі өзгерді: актіні жаңа редакцияда қабылдау қажет пе, тексеріңіз («Құқықтық актілер туралы» Заң, 26-баптың 9-тармағы).",
			references: "Заң ішіндегі тексеруді қажет ететін сілтемелер",
			fates: map[diffing.ReferenceFate]string{
				diffing.TargetMoved: "енді мына жерде: %s", diffing.TargetRenumbered: "енді мына нөмірмен: %s", diffing.TargetRemoved: "алып тасталды",
				diffing.TargetChanged: "мәтіні өзгерді", diffing.TargetMissing: "мұндай құрылымдық элемент жоқ",
			},
			doubts: map[string]string{
				diffing.DoubtAct: "қай актіге сілтеме жасалғаны айтылмаған", diffing.DoubtSeveral: "сілтеме бірнеше құрылымдық элементке сай келеді",
				diffing.DoubtJoined: "бөлінген немесе біріктірілген",
			},
		}
	case law.EN:
		return words{
			decimal: ".",
			kinds: map[diffing.PairKind]string{
				diffing.Same: "unchanged", diffing.Edited: "amended", diffing.Inserted: "added",
				diffing.Deleted: "removed", diffing.Split: "split", diffing.Merged: "merged",
			},
			moved: "moved", formerly: "formerly %s", renumbered: "renumbered", technical: "technical correction", note: "editorial note",
			none: "No differences.", comparison: "Comparison of editions", from: "Old edition", to: "New edition", source: "Compared by Tuzetu",
			warnings: map[diffing.Warning]string{
				diffing.DifferentLanguages: "The texts are in different languages: the comparison may be meaningless.",
				diffing.NothingInCommon:    "The texts have almost nothing in common: they may be different acts.",
			},
			norms:      "Provisions: kept – %d, amended – %d, new – %d. %s %% of the text changed.",
			overHalf:   "More than half of the text changed: check whether the act must be adopted in a new edition (Law on Legal Acts, Article 26(9)).",
			references: "References within the law that need checking",
			fates: map[diffing.ReferenceFate]string{
				diffing.TargetMoved: "now at: %s", diffing.TargetRenumbered: "now numbered: %s", diffing.TargetRemoved: "removed",
				diffing.TargetChanged: "its text changed", diffing.TargetMissing: "no such provision",
			},
			doubts: map[string]string{
				diffing.DoubtAct: "the citation does not say of which act", diffing.DoubtSeveral: "the citation fits several provisions",
				diffing.DoubtJoined: "the provision was split or merged",
			},
		}
	}
	return words{
		decimal: ",",
		kinds: map[diffing.PairKind]string{
			diffing.Same: "без изменений", diffing.Edited: "изменено", diffing.Inserted: "дополнено",
			diffing.Deleted: "исключено", diffing.Split: "разделено", diffing.Merged: "объединено",
		},
		moved: "перемещено", formerly: "ранее: %s", renumbered: "изменена нумерация", technical: "техническая правка", note: "сноска",
		none: "Различий нет.", comparison: "Сравнение редакций", from: "Прежняя редакция", to: "Новая редакция", source: "Сравнено программой Tuzetu",
		warnings: map[diffing.Warning]string{
			diffing.DifferentLanguages: "Тексты на разных языках: сравнение может не иметь смысла.",
			diffing.NothingInCommon:    "В текстах почти нет общего: возможно, это разные акты.",
		},
		norms:      "Нормы: сохранено – %d, изменено – %d, новых – %d. Изменилось %s %% текста.",
		overHalf:   "Изменилось более половины текста: проверьте, не требуется ли принять акт в новой редакции (Закон «О правовых актах», пункт 9 статьи 26).",
		references: "Ссылки внутри закона, требующие проверки",
		fates: map[diffing.ReferenceFate]string{
			diffing.TargetMoved: "теперь находится здесь: %s", diffing.TargetRenumbered: "теперь под другим номером: %s", diffing.TargetRemoved: "исключено",
			diffing.TargetChanged: "текст изменился", diffing.TargetMissing: "такой структурной единицы нет",
		},
		doubts: map[string]string{
			diffing.DoubtAct: "не указано, какого акта", diffing.DoubtSeveral: "подходит к нескольким структурным единицам",
			diffing.DoubtJoined: "структурная единица разделена или объединена",
		},
	}
}

// summary is the counts that are not nought, the most telling first.
func (t *words) summary(s diffing.Summary) string {
	var parts []string
	add := func(what string, n int) {
		if n > 0 {
			parts = append(parts, what+": "+strconv.Itoa(n))
		}
	}
	add(t.kinds[diffing.Edited], s.Edited)
	add(t.kinds[diffing.Inserted], s.Inserted)
	add(t.kinds[diffing.Deleted], s.Deleted)
	add(t.moved, s.Moved)
	add(t.renumbered, s.Renumbered)
	add(t.kinds[diffing.Split], s.Split)
	add(t.kinds[diffing.Merged], s.Merged)
	if len(parts) == 0 {
		return t.none
	}
	return strings.Join(parts, ", ")
}

// what names the change of a pair: «изменено; перемещено; ранее: статья 5».
func (t *words) what(p *diffing.Pair, lang law.Lang) string {
	parts := t.traits(p)
	if p.From != nil && p.To != nil && !p.Note && p.From.Provisions[0].Address != p.To.Provisions[0].Address {
		parts = append(parts, fmt.Sprintf(t.formerly, label(p.From, lang)))
	}
	return strings.Join(parts, "; ")
}

// traits are what a pair is: edited, moved, …
func (t *words) traits(p *diffing.Pair) []string {
	parts := []string{t.kinds[p.Kind]}
	if p.Kind == diffing.Same && p.Changed() {
		parts = nil
	}
	if p.Note {
		parts = append([]string{t.note}, parts...)
	}
	if p.Technical {
		parts = append(parts, t.technical)
	}
	if p.Renumbered {
		parts = append(parts, t.renumbered)
	}
	if p.Moved {
		parts = append(parts, t.moved)
	}
	return parts
}

// label names the provision or provisions of a side.
func label(s *diffing.Side, lang law.Lang) string {
	if len(s.Provisions) == 0 {
		return string(s.Note.Address)
	}
	l := s.Provisions[0].Cite().In(lang)
	if n := len(s.Provisions); n > 1 {
		l += " – " + s.Provisions[n-1].Cite().In(lang)
	}
	return l
}

// place names a pair: by the new text, or by the old where it is gone.
func place(p *diffing.Pair, lang law.Lang) string {
	if p.To != nil {
		return label(p.To, lang)
	}
	return label(p.From, lang)
}

// provenance says where the norms come from.
func (t *words) provenance(v diffing.Provenance) string {
	s := fmt.Sprintf(t.norms, v.Kept, v.Edited, v.New, strings.Replace(strconv.FormatFloat(v.ChangedShare*100, 'f', 1, 64), ".", t.decimal, 1))
	if v.OverHalf {
		s += "\n" + t.overHalf
	}
	return s
}

// reference says what became of the target of a citation.
func (t *words) reference(r *diffing.Result, ref diffing.Reference, lang law.Lang) string {
	cite := func(doc *law.Document, a law.Address) string {
		if p := doc.Find(a); p != nil {
			return p.Cite().In(lang)
		}
		return string(a)
	}
	s := cite(r.To, ref.At) + ": «" + ref.Text + "» – "
	fate := t.fates[ref.What]
	if strings.Contains(fate, "%s") {
		fate = fmt.Sprintf(fate, cite(r.To, ref.Now))
	}
	s += fate
	if ref.Doubt != "" {
		s += " (" + t.doubts[ref.Doubt] + ")"
	}
	return s
}
