package law

// Words is a text in some of the languages.
type Words map[Lang]string

// In returns the text in lang, or in the first language there is.
func (w Words) In(lang Lang) string {
	text, _ := w.Said(lang)
	return text
}

// Said is In with the language of the text; that is lang where there is none.
func (w Words) Said(lang Lang) (string, Lang) {
	if s := w[lang]; s != "" {
		return s, lang
	}
	for _, l := range Langs {
		if s := w[l]; s != "" {
			return s, l
		}
	}
	return "", lang
}
