package law

import (
	"regexp"
	"strings"
)

// finalGrammar is how a language writes the article on entry into force. Texts
// are folded, in lower case, days in figures. The models are art. 70 of the
// mass-media law in both languages and art. 324 of the Entrepreneurial Code.
// Groups: list (units), from and until (days), by («по» counts its day), phrase.
type finalGrammar struct {
	// general is the sentence on the whole act: rule, and list where there are
	// exceptions.
	general func() *regexp.Regexp
	// exceptions parts them into units and phrases.
	exceptions func(t string) []exception
	// suspend is units that do not apply between two days.
	suspend func() *regexp.Regexp
	// until is units and the day they stop applying.
	until func() *regexp.Regexp
	// unit is units and the phrase of their entry into force.
	unit func() *regexp.Regexp
}

type exception struct{ list, phrase string }

const (
	ruEnters = `(?:вводится|вводятся|вступает|вступают) в (?:действие|силу)`
	enEnters = `(?:shall )?enters? into force`
)

var finalGrammars = map[Lang]*finalGrammar{
	RU: {
		general:    pattern(`^настоящ(?:ий|ая|ее) (?:конституционный )?\p{L}+(?: республики казахстан)? ` + ruEnters + ` (?P<rule>.*?),?(?: за исключением:? ?(?P<list>.*))?$`),
		exceptions: func(t string) []exception { return exceptAfter(t, ruWhich(), ruNext()) },
		suspend:    pattern(`^приостановить(?: на период)?(?: с (?P<from>` + day + `))? (?P<by>до|по) (?P<until>` + day + `) действие (?P<list>.+?)(?:, установив.*)?$`),
		until:      pattern(`^(?:установить, что )?(?P<list>.+?) действу[ею]т до (?P<until>` + day + `)$`),
		unit:       pattern(`^(?P<list>(?:стат|пункт|подпункт|част|абзац|глав|раздел|параграф).+?) ` + ruEnters + ` (?P<phrase>.+)$`),
	},
	KK: {
		general:    pattern(`^осы (?:конституциялық )?\p{L}+,? (?:(?P<list>.+?) қоспағанда,? )?(?P<rule>.+? (?:қолданысқа енгізіледі|күшіне енеді)(?: және .+ қолданылады)?)(?: және (?:ресми )?жариял\p{L}+ (?:тиіс|жатады))?$`),
		exceptions: exceptBefore,
		suspend:    pattern(`^(?P<list>.+?) күші,? (?:(?P<from>` + day + `) бастап )?(?P<until>` + day + `) дейін(?:гі кезеңде)? тоқтатыла тұр`),
		until:      pattern(`^(?P<list>.+?) (?P<until>` + day + `) дейін қолданылады(?: деп белгіленсін)?$`),
		unit:       pattern(`^(?P<list>\d.+?) (?P<phrase>(?:` + day + `) бастап қолданысқа енгізіледі)$`),
	},
	EN: {
		general:    pattern(`^this (?:constitutional )?\p{L}+(?: of the republic of kazakhstan)? ` + enEnters + ` (?P<rule>.*?),?(?: (?:with the exception of|except for):? ?(?P<list>.*))?$`),
		exceptions: func(t string) []exception { return exceptAfter(t, enWhich(), enNext()) },
		suspend:    pattern(`^suspend(?: from (?P<from>` + day + `))? until (?P<until>` + day + `) (?:the )?(?:effect|operation) of (?P<list>.+?)(?:,.*)?:?$`),
		until:      pattern(`^(?P<list>.+?) appl(?:ies|y) until (?P<until>` + day + `)$`),
		unit:       pattern(`^(?P<list>(?:article|paragraph|subparagraph|chapter|section).+?) ` + enEnters + ` (?P<phrase>.+)$`),
	},
}

// groups are the named groups of a match, nil where there is none.
func groups(form *regexp.Regexp, t string) map[string]string {
	m := form.FindStringSubmatch(t)
	if m == nil {
		return nil
	}
	out := map[string]string{}
	for i, name := range form.SubexpNames() {
		if name != "" && m[i] != "" {
			out[name] = m[i]
		}
	}
	return out
}

var (
	ruWhich = pattern(`,? (?:котор\p{L}+ )?` + ruEnters + ` `)
	ruNext  = pattern(`(?:;|,)? (?:и |а также )?(?:стат|пункт|подпункт|част|абзац|глав|раздел|параграф|положени)`)
	enWhich = pattern(`,? which ` + enEnters + ` `)
	enNext  = pattern(`(?:;|,)? (?:and )?(?:article|paragraph|subparagraph|chapter|section)`)
	// kkWhich ends a phrase that stands before its units; kkPhrase begins one.
	kkWhich  = pattern(`қолданысқа енгізілетін `)
	kkPhrase = pattern(`(?:` + day + `) бастап |(?:алғашқы )?ресми жарияланған`)
)

// exceptAfter reads «подпункта 5) статьи 6, который вводится в действие с
// 01.01.2026, и статьи 16, которая вводится в действие с 01.09.2025»: units, then
// their phrase, which ends where the next units begin.
func exceptAfter(t string, which, next *regexp.Regexp) (out []exception) {
	for t != "" {
		m := which.FindStringIndex(t)
		if m == nil {
			return out
		}
		x := exception{list: strings.Trim(t[:m[0]], " ,;")}
		t = t[m[1]:]
		end := len(t)
		if n := next.FindStringIndex(t); n != nil {
			end = n[0]
		}
		x.phrase = strings.Trim(t[:end], " ,;.")
		t = t[end:]
		out = append(out, x)
	}
	return out
}

// exceptBefore reads «01.01.2026 бастап қолданысқа енгізілетін 6-баптың 5)
// тармақшасын және 01.09.2025 бастап қолданысқа енгізілетін 16-бапты»: a phrase,
// then its units.
func exceptBefore(t string) (out []exception) {
	for {
		m := kkWhich().FindStringIndex(t)
		if m == nil {
			return out
		}
		x := exception{phrase: strings.Trim(t[:m[0]], " ,;") + " қолданысқа енгізіледі"}
		t = t[m[1]:]
		end := len(t)
		if kkWhich().MatchString(t) {
			if n := kkPhrase().FindStringIndex(t); n != nil {
				end = n[0]
			}
		}
		x.list = strings.Trim(t[:end], " ,;")
		t = t[end:]
		out = append(out, x)
	}
}
