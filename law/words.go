package law

// Words is a text in some of the languages.
type Words map[Lang]string

// In returns the text in lang, or in the first language there is.
func (w Words) In(lang Lang) string {
	if s := w[lang]; s != "" {
		return s
	}
	for _, l := range Langs {
		if s := w[l]; s != "" {
			return s
		}
	}
	return ""
}
