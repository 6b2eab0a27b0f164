// Package sample holds the project's own made-up law in Kazakh, Russian and
// English, two editions and one proposal, and a small web site that serves it
// in the markup of adilet.zan.kz. The demonstration follows this law, and tests
// use it where the real laws are absent.
//
// Every text says in its title and in its first note that it is a sample. The
// package never serves or copies a real law.
//
// # What changed
//
// From [First] to [Second], in every language:
//
//   - inserted: art. 1 subparagraph 3-1), art. 7-1, art. 9 paragraph 3-1;
//   - edited: art. 4 paragraph 2;
//   - excluded: art. 6 subparagraph 4), a placeholder stays;
//   - moved: art. 10 paragraph 3 is art. 16 paragraph 4, a placeholder stays;
//   - technical: one letter's case in art. 5 paragraph 2;
//   - notes: one dropped (art. 6), six new ones, a notice of a planned change
//     before art. 18 paragraph 2.
//
// Nothing else is a change, though the print differs: quotation marks in
// art. 16, a dash in art. 9, a no-break space in art. 7 (en: also art. 18),
// ё in art. 9 (ru), Latin letters inside Cyrillic words in art. 18 (ru, kk).
//
// From [Second] to the proposal of [Proposed]:
//
//   - inserted: art. 4 paragraph 4;
//   - edited: art. 12 subparagraph 2), the last row of the annex;
//   - deleted: art. 15 paragraph 3;
//   - split: art. 17 paragraph 1 is paragraphs 1 and 1-1.
package sample

import (
	"embed"
	"fmt"

	"github.com/tuzetu/tuzetu/law"
)

// ActID is the id of the sample act; AmendingActID that of the made-up law that
// brought its second edition.
const (
	ActID         law.ActID = "Z9900000001"
	AmendingActID law.ActID = "Z9900000002"
)

// Dates of the texts: two enacted editions and a proposal.
const (
	First    law.Date = "2025-03-01"
	Second   law.Date = "2026-02-01"
	Proposed law.Date = "2026-09-01"
)

// Days of first official publication. Sixty days after the second one the
// edition of [Second] enters into force.
const (
	published         law.Date = "2025-03-03"
	amendingAdopted   law.Date = "2025-11-28"
	amendingPublished law.Date = "2025-12-02"
)

//go:embed texts/*.md
var texts embed.FS

// Markdown is the text of the act in a language, as the official reference bank
// writes its Markdown, at First, Second or Proposed. The texts are part of the
// program, so asking for another date is a mistake in it and panics.
func Markdown(lang law.Lang, date law.Date) string {
	b, err := texts.ReadFile(fmt.Sprintf("texts/%s.%s.md", date, lang))
	if err != nil {
		panic(fmt.Sprintf("sample: no text of %s in %q: %v", date, lang, err))
	}
	return string(b)
}

// Proposal is Markdown at Proposed: the whole act as the proposal would have it.
func Proposal(lang law.Lang) string { return Markdown(lang, Proposed) }

// Act is what is known of the sample act without its texts.
func Act() law.Act {
	return law.Act{
		ID: ActID,
		Titles: map[law.Lang]string{
			law.KK: "Аудандық кітапханалар және оқу залдары туралы (үлгі)",
			law.RU: "О районных библиотеках и читальных залах (образец)",
			law.EN: "On District Libraries and Reading Rooms (sample)",
		},
		Requisites: map[law.Lang]string{
			law.KK: "Қазақстан Республикасының Заңы (үлгі) 2025 жылғы 1 наурыздағы № 1-I ҚРЗ.",
			law.RU: "Закон Республики Казахстан (образец) от 1 марта 2025 года № 1-I ЗРК.",
			law.EN: "Law of the Republic of Kazakhstan (sample) dated 1 March 2025 № 1-I.",
		},
		Adopted:   First,
		Published: published,
		Sample:    true,
	}
}

// amendingAct is the made-up law behind the second edition.
func amendingAct() law.Act {
	return law.Act{
		ID: AmendingActID,
		Titles: map[law.Lang]string{
			law.KK: "«Аудандық кітапханалар және оқу залдары туралы (үлгі)» Қазақстан Республикасының Заңына өзгерістер мен толықтырулар енгізу туралы (үлгі)",
			law.RU: "О внесении изменений и дополнений в Закон Республики Казахстан «О районных библиотеках и читальных залах (образец)» (образец)",
			law.EN: "On Amendments and Additions to the Law of the Republic of Kazakhstan “On District Libraries and Reading Rooms (sample)” (sample)",
		},
		Requisites: map[law.Lang]string{
			law.KK: "Қазақстан Республикасының Заңы (үлгі) 2025 жылғы 28 қарашадағы № 2-I ҚРЗ.",
			law.RU: "Закон Республики Казахстан (образец) от 28 ноября 2025 года № 2-I ЗРК.",
			law.EN: "Law of the Republic of Kazakhstan (sample) dated 28 November 2025 № 2-I.",
		},
		Adopted:   amendingAdopted,
		Published: amendingPublished,
		Sample:    true,
	}
}
