package law

import "strings"

// Words that open an editorial note, folded. «Примечание.» and «Ескертпе.» are
// not among them: with a full stop they are law text, unless they only send the
// reader to a ruling.
var (
	noteForm = pattern(`^(?:Сноска\s?[.:]|Ескерту\s?[.:]|Footnote\s?[.:]|` +
		`Примечание\s?\.\s?(?:См\.|В соответствии с\s.*(?:постановлени|заключени))|Ескертпе\s?\.\s?.*(?:қараңыз|қаулысын)|` +
		`Для удобства пользования|Қолданушыларға ыңғайлы)`)
	bangForm = pattern(`^(?:Примечани[ея] (?:ИЗПИ|РЦПИ|редакции)\s?!?|(?:ЗҚАИ|РҚАО|РҚАИ)-ның\s?ескертпесі\s?!?|` +
		`Вниманию пользовател\p{L}+\s?!?|Қолданушылар(?:дың)? назарына\s?!?|(?:Editor's note|Note of ILLI|Attention of users)\s?!?)`)
	contentsForm = pattern(`^(?:ОГЛАВЛЕНИЕ|СОДЕРЖАНИЕ|МАЗМҰНЫ|Оглавление|Содержание|Мазмұны|CONTENTS|Contents)\s?\.?$`)
	// noteBodyForm is what a notice says after «Примечание ИЗПИ!»: an act plans a
	// change, or the order of entry into force stands elsewhere.
	noteBodyForm = pattern(`предусматрива[ею]тся|введени[яе] в действие|вводится в действие|[Дд]ействова(?:л|ла|ло|ли) до|` +
		`РК от \d\d\.\d\d\.\d{4}|для удобства пользования|көзделген|қолданысқа енгіз|қараңыз|ҚР \d\d\.\d\d\.\d{4}|is to be|enters? into force`)
)

// classifyNote tells a note by its beginning; f is the folded beginning of text.
func classifyNote(f, text string) class {
	if !startsLikeNote(f) {
		return class{}
	}
	f = Fold(head(text, 200))
	switch {
	case noteForm().MatchString(f):
		return class{what: isNote}
	case contentsForm().MatchString(f):
		return class{what: isContents}
	}
	if m := bangForm().FindString(f); m != "" {
		if strings.TrimSpace(f[len(m):]) == "" {
			return class{what: isBang}
		}
		return class{what: isNote}
	}
	return class{}
}

// startsLikeNote spares the patterns for the few lines that can match.
func startsLikeNote(f string) bool {
	for _, word := range [...]string{"Сноска", "Ескерт", "Footnote", "Примечани", "Для удобства", "Қолданушы", "ЗҚАИ", "РҚА",
		"Вниманию", "Editor", "Note", "Attention", "О", "СОДЕРЖ", "Содерж", "МАЗМ", "Мазм", "C"} {
		if strings.HasPrefix(f, word) {
			return word != "О" && word != "C" || len(f) < 30
		}
	}
	return false
}

func noteBody(text string) bool { return noteBodyForm().MatchString(Fold(text)) }
