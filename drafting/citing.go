package drafting

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/law"
)

// actKind is a kind of acts, as the section "write" of a language's data has it: a
// law is amended by a law, an order by an order.
type actKind struct {
	Word string `json:"word"` // in comparison form
	Name string `json:"name"` // as a frame spells it
	// This is the amending act in the sentence on its entry into force; Numbers are
	// the enumerators of its two provisions.
	This    string    `json:"this"`
	Numbers [2]string `json:"numbers"`
	// By is the act that has approved what is amended.
	By string `json:"by"`
	// Numbered acts are cited by their number, in the title too.
	Numbered bool `json:"numbered"`
	// To is the amending act where it refers to its annex, Stamp begins the annex.
	To    string `json:"to"`
	Stamp string `json:"stamp"`
}

// citedAct is the amended act as a frame names it.
type citedAct struct {
	g    *grammar
	kind actKind
	// act is «Закон Республики Казахстан», «приказ Министра …», or a code's own
	// name; title what its quotation marks hold, "" of a code.
	act, title   string
	date, number string
}

// numberOfAct is «№ 93-VIII ЗРК», «№ 907».
var numberOfAct = regexp.MustCompile(`[№N] ?[\p{L}\d/-]+( (?:ЗРК|ҚРЗ))?`)

// cited reads what is known of the amended act: its title («О масс-медиа»,
// «Уголовный кодекс Республики Казахстан», or the whole of «Указ Президента … от …
// № … «О …»»), its requisites and the day it was adopted.
func (g *grammar) cited(o WriteOptions) citedAct {
	c := citedAct{g: g, title: law.Squeeze(o.Title), date: g.date(o.Adopted)}
	if before, title, after, ok := quotedTitle(c.title); ok && before+after != "" {
		if _, named := g.actKind(before + after); named {
			o.Requisites, c.title = before+" "+after, title
		}
	} else if k, own := g.actKind(c.title); own && !ok {
		c.kind, c.act, c.title = k, c.title, ""
		c.cutDate()
		return c
	}
	for _, part := range beginnings(g.lang, law.Squeeze(withoutBrackets(o.Requisites))) {
		of := c
		of.act = part
		of.cutDate()
		if k, named := g.actKind(of.act); named {
			of.kind = k
			return of
		}
	}
	c.kind, c.act = g.Write.Acts[0], g.Write.LawUnnamed
	return c
}

// beginnings are what an act's requisites may be without what follows them
// («Зарегистрирован в Министерстве юстиции …»): in Russian the number ends them, in
// Kazakh a sentence, though not every full stop ends one («м.а.»).
func beginnings(lang law.Lang, s string) (out []string) {
	if at := numberOfAct.FindStringIndex(s); lang == law.RU && at != nil {
		return []string{s[:at[1]]}
	}
	for i := range s {
		if lang == law.KK && strings.HasPrefix(s[i:], ". ") {
			out = append(out, s[:i])
		}
	}
	return append(out, s)
}

// cutDate takes the date and the number out of the act's name.
func (c *citedAct) cutDate() {
	if n := numberOfAct.FindString(c.act); n != "" {
		c.act = strings.Replace(c.act, n, "", 1)
		c.number = strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(n, "ЗРК"), "ҚРЗ"))
	}
	if d := c.g.dateIn(c.act); d != "" {
		c.act, c.date = strings.Replace(c.act, d, "", 1), strings.TrimSpace(d)
		if c.g.lang == law.RU {
			c.act = strings.Replace(c.act, " от ", " ", 1)
			c.date = strings.TrimSuffix(strings.TrimSuffix(c.date, " г."), " года") + " года"
		}
	}
	c.act = strings.Trim(law.Squeeze(c.act), " .,")
}

// dateIn is the date of adoption that a name has.
func (g *grammar) dateIn(s string) string {
	if g.lang == law.KK {
		return kkDate().FindString(s)
	}
	if d := ruDate().FindString(s); d != "" {
		for _, year := range [...]string{" года", " г."} {
			if strings.Contains(s, d+year) {
				return d + year
			}
		}
		return d
	}
	return ""
}

// quotedTitle is what the outer marks of a name hold, and what stands around them.
func quotedTitle(s string) (before, title, after string, ok bool) {
	from, to := strings.IndexFunc(s, isMark), strings.LastIndexFunc(s, isMark)
	if from < 0 || from == to {
		return "", "", "", false
	}
	_, size := utf8.DecodeRuneInString(s[from:])
	_, end := utf8.DecodeRuneInString(s[to:])
	return strings.TrimSpace(s[:from]), s[from+size : to], strings.TrimSpace(s[to+end:]), true
}

// actKind finds the kind an act's name tells: in Russian by its first words, which
// are no «О …», in Kazakh by its last one, brackets left out.
func (g *grammar) actKind(name string) (actKind, bool) {
	words := strings.Fields(strings.ToLower(law.Fold(withoutBrackets(name))))
	if len(words) == 0 {
		return actKind{}, false
	}
	low := " " + strings.Join(words, " ") + " "
	var best actKind
	for _, k := range g.Write.Acts {
		word, found := " "+k.Word+" ", false
		switch {
		case g.lang == law.KK:
			found = strings.HasSuffix(low, word)
		case k.Word == "кодекс": // «Уголовный кодекс …»
			found = len(words[0]) > len("об") && strings.Contains(low, word)
		default:
			found = strings.HasPrefix(low, word)
		}
		if found && len(k.Word) > len(best.Word) {
			best = k
		}
	}
	return best, best.Word != ""
}

// in writes the name in the case that a frame wants: the accusative, the dative.
func (c *citedAct) in() string {
	name := c.act
	if c.g.lang == law.RU {
		if rest, ok := cutFold(name, c.kind.Word); ok {
			return c.kind.Name + rest
		}
		return name
	}
	bracket := ""
	if i := strings.Index(name, " ("); i > 0 {
		name, bracket = name[:i], name[i:]
	}
	at := strings.LastIndexByte(name, ' ') + 1
	last := name[at:]
	if c.title != "" && strings.EqualFold(last, c.kind.Name) { // «Қылмыстық кодексі» is the code's own print
		last = c.kind.Name
	}
	ending := "на"
	if strings.HasSuffix(last, "і") {
		ending = "не"
	}
	return name[:at] + last + ending + bracket
}

// cutFold cuts a word from the beginning of a name, whatever its print.
func cutFold(name, word string) (rest string, ok bool) {
	if len(name) >= len(word) && strings.EqualFold(name[:len(word)], word) {
		return name[len(word):], true
	}
	return "", false
}

// Cite names an act as others do, with its date, and as the title of an act that
// amends it does («… в Закон …», «… Заңына …»); ok is false in other languages.
func Cite(lang law.Lang, o WriteOptions) (name, amended string, ok bool) {
	g := grammarOf(lang)
	if g == nil {
		return "", "", false
	}
	c := g.cited(o)
	return c.written(c.act, true), c.name(false), true
}

// name names the act for the title of the amending act or, dated, for its frame.
func (c *citedAct) name(dated bool) string { return c.written(c.in(), dated) }

// written puts a name, in whatever case, together with date, number and title.
func (c *citedAct) written(name string, dated bool) string {
	full, before := dated || c.kind.Numbered, ""
	if c.g.lang == law.KK && c.kind.Numbered { // «Үкіметінің 2016 жылғы … № 907 қаулысына»
		at := strings.LastIndexByte(name, ' ') + 1
		name, before = name[at:], name[:at]
	}
	values := map[string]string{"act": name, "of": strings.TrimSpace(before), "title": c.title}
	if full {
		values["date"] = c.date
	}
	if c.kind.Numbered {
		values["number"] = c.number
	}
	return law.Squeeze(fillGiven(c.g.Write.Act, func(name string) string { return values[name] }))
}

// fillGiven fills a form, and leaves out what its square brackets hold where the
// value in it is "".
func fillGiven(form string, value func(name string) string) string {
	var b strings.Builder
	for form != "" {
		before, rest, _ := strings.Cut(form, "[")
		part, after, _ := strings.Cut(rest, "]")
		b.WriteString(fill(before, value))
		given := false
		filled := fill(part, func(name string) string {
			v := value(name)
			given = v != ""
			return v
		})
		if given {
			b.WriteString(filled)
		}
		form = after
	}
	return b.String()
}
