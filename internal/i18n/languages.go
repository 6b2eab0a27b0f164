package i18n

import "github.com/tuzetu/tuzetu/law"

// Own is the name of a language in itself, as a list of languages has it.
func Own(lang law.Lang) string {
	switch lang {
	case law.KK:
		return "Қазақша"
	case law.RU:
		return "Русский"
	}
	return "English"
}

// Language is the name of a language: «казахский».
func (l *Locale) Language(lang law.Lang) string {
	switch lang {
	case law.KK:
		return l.T("people.in.kk")
	case law.RU:
		return l.T("people.in.ru")
	}
	return l.T("people.in.en")
}

// InLanguage is what words about a text add, in full: «на казахском языке».
func (l *Locale) InLanguage(lang law.Lang) string {
	switch lang {
	case law.KK:
		return l.T("language.kk")
	case law.RU:
		return l.T("language.ru")
	}
	return l.T("language.en")
}

// In is what a label adds: «на казахском».
func (l *Locale) In(lang law.Lang) string {
	switch lang {
	case law.KK:
		return l.T("wr.in_kk")
	case law.RU:
		return l.T("wr.in_ru")
	}
	return l.T("wr.in_en")
}
