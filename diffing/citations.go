package diffing

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/law"
)

// cited is a citation of the law's own units inside a text.
type cited struct {
	lang     law.Lang
	text     string // as printed
	from, to int    // bytes
	scope    scope
	doubt    string
}

// scope is what a citation that names no article is counted from.
type scope int

const (
	ofLaw       scope = iota // «статьи 5», «статьи 5 настоящего Закона»
	ofArticle                // «пункта 2 настоящей статьи»
	ofParagraph              // «подпунктом 1) настоящего пункта»
)

// within is the unit a citation that stands in p is counted from.
func (c *cited) within(p *law.Provision) *law.Provision {
	if c.scope == ofParagraph {
		for q := p; q != nil; q = q.Parent {
			if q.Kind == law.Paragraph {
				return q
			}
		}
	}
	return p.Article()
}

const (
	numberList  = `\d+(?:-\d+)*\)?(?:\s*(?:,|-|–|—|\sи\s|\sили\s|\sжәне\s|\sнемесе\s)\s*\d+(?:-\d+)*\)?)*`
	ruOrdinals  = `(?:перв|втор|трет|четверт|пят|шест|седьм|восьм|девят|десят)[а-я]{2,3}`
	ruUnits     = `(?:(?:под)?пункт[а-я]*|част[а-я]+|абзац[а-я]*|стат(?:ь[а-я]+|ей)|глав[а-я]+|раздел[а-я]*|параграф[а-я]*)`
	kkOrdinals  = `(?:бірінші|екінші|үшінші|төртінші|бесінші|алтыншы|жетінші|сегізінші|тоғызыншы|оныншы)`
	kkUnits     = `(?:тармақша|тармақ|тармағ|бап|баб|тарау|бөлім|параграф)[а-яәғқңөұүһі]*`
	kkPartUnits = `(?:бөлік|бөліг|абзац)[а-яәғқңөұүһі]*`
)

// Patterns are matched against the lowered text.
var (
	ruStep     = `(?:` + ruUnits + `\s(?:` + numberList + `|` + ruOrdinals + `)|` + ruOrdinals + `\s(?:част|абзац)[а-я]+)`
	ruCitation = regexp.MustCompile(`^` + ruStep + `(?:\s` + ruStep + `)*`)
	kkStep     = `(?:` + numberList + `[-\s]\s?` + kkUnits + `|` + kkOrdinals + `\s` + kkPartUnits + `)`
	kkCitation = regexp.MustCompile(`^` + kkStep + `(?:\s` + kkStep + `)*`)
	listForm   = regexp.MustCompile(numberList)
	oneNumber  = regexp.MustCompile(`\d+(?:-\d+)*\)?`)

	ruOwnAct   = regexp.MustCompile(`^\sнастоящ(?:его|ему|им|ем)\s(?:конституционн[а-я]+\s)?(?:закон|кодекс)`)
	ruOwnUnit  = regexp.MustCompile(`^\sнастоящ(?:ей|его)\s(стать|пункт|част)`)
	ruOtherAct = regexp.MustCompile(`^\s(?:[а-я-]+\s){0,4}(?:закон|кодекс|конституци|указ|правил|положени|договор|устав|постановлени|конвенци)[а-я]*`)
	kkOwnAct   = regexp.MustCompile(`осы\s(?:конституциялық\s)?(?:заңның|кодекстің)\s$`)
	kkOwnUnit  = regexp.MustCompile(`осы\s(баптың|тармақтың|бөліктің)\s$`)
	kkOtherAct = regexp.MustCompile(`(?:заңының|заңның|кодексінің|кодекстің|конституциясының|жарлығының|қағидаларының|ережесінің|шартының|қаулысының)\s(?:\([^)]*\)\s)?$`)
)

// citationsIn finds the citations of the law's own units in a text. Those said
// of another act are left out; where no act is named the citation is doubtful
// unless it names this law or this article.
func citationsIn(lang law.Lang, text string) (out []cited) {
	pattern := ruCitation
	switch lang {
	case law.RU:
	case law.KK:
		pattern = kkCitation
	default:
		return nil // laws are published in kk and ru; English texts are translations
	}
	if !mayCite(lang, text) {
		return nil
	}
	folded, at := lowered(text)
	found := findCitations(pattern, folded)
	var places []place
	for _, m := range found {
		c := cited{lang: lang, from: at.before(m[0]), to: at.after(m[1])}
		c.text = text[c.from:c.to]
		p := place{cited: c}
		if lang == law.RU {
			p.mine = p.placeRussian(folded[m[1]:])
		} else {
			p.mine = p.placeKazakh(folded[:m[0]])
		}
		places = append(places, p)
	}
	// «статьей 19, пунктом 4 статьи 69 Земельного кодекса»: the act is named once,
	// in Russian after the last of a list, in Kazakh before the first.
	for i := range places {
		k, by := i, i-1
		if lang == law.RU {
			k = len(places) - 1 - i
			by = k + 1
		}
		if by >= 0 && by < len(places) && places[k].doubt == DoubtAct && listed(folded[found[min(k, by)][1]:found[max(k, by)][0]]) {
			places[k].share(places[by])
		}
	}
	for _, p := range places {
		if p.mine {
			out = append(out, p.cited)
		}
	}
	return out
}

// place is a citation and whether it is of this law.
type place struct {
	cited
	mine bool
}

// share takes the act of another citation of one list. A citation without an
// article may take that one's too, which is not read here: the doubt stays.
func (p *place) share(of place) {
	if !of.mine {
		p.mine = false
	} else if of.scope == ofLaw && namesArticle.MatchString(strings.ToLower(p.text)) {
		p.doubt = of.doubt
	}
}

var (
	namesArticle  = regexp.MustCompile(`стат|бап|баб`)
	betweenListed = regexp.MustCompile(`^\s?(?:,|\sи|\sили|\sжәне|\sнемесе)+(?:\s(?:а|также|в|со?|и|к|по|из))*\s?$`)
)

// listed reports whether what stands between two citations makes them one list.
func listed(between string) bool { return betweenListed.MatchString(between) }

// findCitations is FindAllStringIndex for a pattern that can only begin with a
// word or a number it knows: the pattern is tried at those, not everywhere.
func findCitations(pattern *regexp.Regexp, folded string) (found [][2]int) {
	for i := 0; i < len(folded); {
		if kind, end := nextToken(folded, i); kind != wordToken && kind != numberToken {
			i = end
			continue
		}
		if mayBegin(folded[i:]) {
			if m := pattern.FindStringIndex(folded[i:]); m != nil {
				found = append(found, [2]int{i, i + m[1]})
				i += m[1]
				continue
			}
		}
		_, i = nextToken(folded, i)
	}
	return found
}

// mayBegin reports whether a citation may begin with what s begins with.
func mayBegin(s string) bool {
	if s[0] < utf8.RuneSelf {
		return s[0] >= '0' && s[0] <= '9'
	}
	for _, w := range [...]string{"под", "пункт", "част", "абзац", "стат", "глав", "раздел", "параграф", "перв", "втор", "трет",
		"четверт", "пят", "шест", "седьм", "восьм", "девят", "десят",
		"бірінші", "екінші", "үшінші", "төртінші", "бесінші", "алтыншы", "жетінші", "сегізінші", "тоғызыншы", "оныншы"} {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

// Every citation has one of these, whatever its letter case.
var (
	ruStems = [...]string{"тать", "татей", "ункт", "част", "Част", "бзац", "лав", "аздел", "араграф"}
	kkStems = [...]string{"бап", "баб", "тармақ", "тармағ", "тарау", "бөл", "абзац", "параграф"}
	ordinal = regexp.MustCompile(`^(?:перв|втор|трет|четв|пят|шест|седьм|восьм|девят|десят)`)
)

// mayCite tells quickly that a text has no citation: in most no unit's name has
// a number beside it, and the patterns are the dear part of a comparison.
func mayCite(lang law.Lang, text string) bool {
	stems := ruStems[:]
	if lang == law.KK {
		stems = kkStems[:]
	}
	for _, stem := range stems {
		for at := 0; ; {
			i := strings.Index(text[at:], stem)
			if i < 0 {
				break
			}
			start, end := at+i, at+i+len(stem)
			at = end
			before := strings.TrimRightFunc(text[:start], unicode.IsLetter)
			if lang == law.KK {
				before = strings.TrimRight(text[:start], " -\u00a0‑–")
				r, _ := utf8.DecodeLastRuneInString(before)
				if r == ')' || unicode.IsDigit(r) || strings.HasSuffix(before, "ші") || strings.HasSuffix(before, "ши") || strings.HasSuffix(before, "шы") || strings.HasSuffix(before, "шi") {
					return true
				}
				continue
			}
			after := strings.TrimLeft(strings.TrimLeftFunc(text[end:], unicode.IsLetter), " \u00a0")
			if after != "" && (unicode.IsDigit(rune(after[0])) || ordinal.MatchString(after)) {
				return true
			}
			before = strings.TrimRight(before, " \u00a0")
			if ordinal.MatchString(before[len(strings.TrimRightFunc(before, unicode.IsLetter)):]) {
				return true
			}
		}
	}
	return false
}

// offsets leads from a folded text back to the printed one, token by token.
type offsets struct{ printed, folded []int }

// before is where the token that holds the folded byte i begins.
func (o *offsets) before(i int) int {
	k, found := slices.BinarySearch(o.folded, i)
	if !found {
		k--
	}
	return o.printed[k]
}

// after is where the token that ends at or holds the folded byte i-1 ends.
func (o *offsets) after(i int) int {
	k, _ := slices.BinarySearch(o.folded, i)
	return o.printed[k]
}

// lowered is the comparison form of a text in lower case.
func lowered(text string) (string, offsets) {
	var b strings.Builder
	b.Grow(len(text))
	o := offsets{}
	start := 0
	for _, t := range cutTokens(text) {
		o.printed, o.folded = append(o.printed, start), append(o.folded, b.Len())
		if f := strings.ToLower(law.Fold(text[start:t])); f != "" {
			b.WriteString(f)
		} else {
			b.WriteByte(' ')
		}
		start = t
	}
	o.printed, o.folded = append(o.printed, len(text)), append(o.folded, b.Len())
	return b.String(), o
}

// placeRussian reads what follows a citation: of which act, of which unit.
func (c *cited) placeRussian(after string) bool {
	switch m := ruOwnUnit.FindStringSubmatch(after); {
	case m != nil && m[1] == "стать":
		c.scope = ofArticle
	case m != nil:
		c.scope = ofParagraph
	case ruOwnAct.MatchString(after):
	case ruOtherAct.MatchString(after):
		return false
	default:
		c.doubt = DoubtAct
	}
	return true
}

// placeKazakh reads what stands before a citation.
func (c *cited) placeKazakh(before string) bool {
	switch m := kkOwnUnit.FindStringSubmatch(before); {
	case m != nil && m[1] == "баптың":
		c.scope = ofArticle
	case m != nil:
		c.scope = ofParagraph
	case kkOwnAct.MatchString(before):
	case kkOtherAct.MatchString(before):
		return false
	default:
		c.doubt = DoubtAct
	}
	return true
}

// each reads the citation, once for every number of its list: «статьями 16 и 31»
// are two. Of a range the ends are read, and that is said.
func (c *cited) each() (out []law.Citation) {
	text := law.Fold(c.text)
	list := ""
	for _, l := range listForm.FindAllString(text, -1) {
		if len(oneNumber.FindAllString(l, -1)) > 1 {
			list = l
		}
	}
	numbers := []string{list}
	if list != "" {
		numbers = oneNumber.FindAllString(list, -1)
		if strings.Contains(list, " - ") || strings.Contains(list, ")-") {
			c.doubt = DoubtRange
		}
	}
	for _, n := range numbers {
		if one, err := law.ParseCitation(c.lang, strings.Replace(text, list, n, 1)); err == nil {
			out = append(out, one)
		}
	}
	return out
}
