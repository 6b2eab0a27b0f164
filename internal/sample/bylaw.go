package sample

import (
	"fmt"

	"github.com/tuzetu/tuzetu/law"
)

// ByLawID is the id of a made-up by-law issued under art. 6 subparagraph 2) of
// the sample law, and ByLawDate the day of its only edition.
const (
	ByLawID   law.ActID = "V9900000003"
	ByLawDate law.Date  = "2025-04-10"
)

// ByLaw is what is known of the by-law without its texts. It cites the law in its
// preamble and in paragraphs 1–6 of the rules it approves; in paragraph 7 it cites
// an act that does not exist.
func ByLaw() law.Act {
	return law.Act{
		ID: ByLawID,
		Titles: map[law.Lang]string{
			law.KK: "Аудандық кітапхананы пайдалану қағидаларын бекіту туралы (үлгі)",
			law.RU: "Об утверждении Правил пользования районной библиотекой (образец)",
		},
		Requisites: map[law.Lang]string{
			law.KK: "Үлгілі аудан әкімдігінің 2025 жылғы 10 сәуірдегі № 45 қаулысы (үлгі).",
			law.RU: "Постановление акимата Образцового района от 10 апреля 2025 года № 45 (образец).",
		},
		Adopted: ByLawDate,
		Sample:  true,
	}
}

// ByLawMarkdown is its text in Kazakh or Russian; as with Markdown, another
// language is a mistake in the program and panics.
func ByLawMarkdown(lang law.Lang) string {
	b, err := texts.ReadFile(fmt.Sprintf("texts/bylaw.%s.md", lang))
	if err != nil {
		panic(fmt.Sprintf("sample: no by-law in %q: %v", lang, err))
	}
	return string(b)
}
