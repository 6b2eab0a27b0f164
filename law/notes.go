package law

import (
	"regexp"
	"strconv"
	"strings"
)

// placeNotes finds the provision each note belongs to and reads what it says.
// after[i] is the provision note i follows.
func (d *Document) placeNotes(after []*Provision) {
	for i := range d.Notes {
		n := &d.Notes[i]
		follows := after[i]
		n.Acts = readNote(n.Text, n.Links)
		if p := d.named(n, follows); p != nil {
			n.Address = p.Address
		} else if follows != nil {
			n.Address = follows.Address
		}
	}
	// «Примечание ИЗПИ!» alone on its line belongs where what it announces does.
	for i := len(d.Notes) - 2; i >= 0; i-- {
		n, body := &d.Notes[i], &d.Notes[i+1]
		if n.After == body.After && classifyNote(Fold(head(n.Text, beginning)), n.Text).what == isBang {
			n.Address = body.Address
		}
	}
}

// named returns the provision a note names, if the note stands there: in the
// same article, right before it, or under the same heading. A note that names
// another article is doubted: the kk text of the mass-media law has «68-бапқа»
// under article 67.
func (d *Document) named(n *Note, follows *Provision) *Provision {
	c := noteTarget(n.Text)
	if len(c) == 0 {
		return nil
	}
	var next *Provision
	if n.After < len(d.Provisions) {
		next = d.Provisions[n.After]
	}
	// A footnote stands after what it speaks of, an announcement before it.
	places := [...]*Provision{next, follows}
	if noteOpening().MatchString(strings.ToLower(Fold(head(n.Text, 40)))) {
		places = [...]*Provision{follows, nil}
	}
	for _, near := range places {
		if near == nil {
			continue
		}
		for u := near; u != nil; u = u.Parent {
			if found := d.Resolve(c, u); len(found) > 0 && sharesTop(found[0], near) {
				return closest(found, n.After)
			}
			if isTopKind(u.Kind) && u.Kind == Article {
				break
			}
		}
	}
	if a := follows.Article(); a != nil && c[0].Kind == Article && c[0].Number != a.Number {
		d.Doubts = append(d.Doubts, Doubt{From: n.From, To: n.To, Text: n.Text,
			Reason: "the note names article " + c[0].Number + " and stands in article " + a.Number})
	}
	return nil
}

// sharesTop reports whether p stands where near does: in one article, or above
// it.
func sharesTop(p, near *Provision) bool {
	for u := near; u != nil; u = u.Parent {
		if u == p {
			return true
		}
	}
	a := p.Article()
	return a != nil && a == near.Article() || a == nil && p.Kind == Preamble
}

// closest prefers the unit nearest to the note's place.
func closest(found []*Provision, after int) *Provision {
	best := found[0]
	for _, p := range found[1:] {
		if abs(p.Index-after) < abs(best.Index-after) {
			best = p
		}
	}
	return best
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

var noteOpening = pattern(`^(?:сноска|ескерту|footnote)\s?[.:]\s?|^(?:примечание|ескертпе)\s?[.:]\s?`)

// noteTarget reads the unit a note names at its beginning: «Сноска. Статья 2 с
// изменением…», «В пункт 7 предусматривается…», «Ескерту. 14-бапқа өзгеріс…».
func noteTarget(text string) Citation {
	f := strings.ToLower(Fold(head(text, 300)))
	f = f[len(noteOpening().FindString(f)):]
	for _, p := range [...]string{"в ", "во ", "заголовок ", "действие ", "порядок введения в действие "} {
		f = strings.TrimPrefix(f, p)
	}
	for _, lang := range [...]Lang{RU, KK, EN} {
		if c, _ := scanCitation(lang, f); len(c) > 0 {
			return c
		}
	}
	return nil
}

// actForm finds «от 30.12.2025 № 248-VIII», «ҚР 2010.11.23 № 354-IV», «№ 63-V»
// and the bracket that may follow with the entry into force.
var actForm = pattern(`(\d\d\.\d\d\.\d{4}|\d{4}\.\d\d\.\d\d|\d{1,2} [а-я]{3,8} \d{4} года|\d{4} жылғы \d{1,2} [а-яәғқңөұүһі]{3,20})\s?(?:г\.|ж\.)?,?\s?(?:№|No\.?)\s?(\d+(?:-[IVXLCНП\d]+)?)`)

var ownForce = pattern(`вводится в действие|вводятся в действие|қолданысқа енгізіледі|enters? into force|действу[ею]т (?:до|с \d)|қолданылады|действовал[аио]? до`)

// readNote reads which acts a note names, what each did and from when.
func readNote(text string, links []Link) []NoteAct {
	f := Fold(text)
	found := actForm().FindAllStringSubmatchIndex(f, -1)
	var acts []NoteAct
	verb, from := OtherVerb, 0
	for _, m := range found {
		if m[0] < from {
			continue // an act named in the bracket of another
		}
		if v := verbIn(f[from:m[0]]); v != "" {
			verb = v
		}
		act := NoteAct{Number: f[m[4]:m[5]], Date: noteDate(f[m[2]:m[3]]), Verb: verb}
		from = m[1]
		if phrase, end := bracket(f, m[1]); phrase != "" {
			act.InForce = readInForce(phrase)
			if exceptForm().MatchString(strings.ToLower(phrase)) {
				// The exception may be the very unit: its units are those of the act.
				act.InForce = InForce{Phrase: act.InForce.Phrase, Basis: "see"}
			}
			from = end
		}
		acts = append(acts, act)
	}
	if len(found) > 0 && verb == OtherVerb { // kk: «… ҚР 09.01.2026 № 256-VIII Заңымен толықтырылды»
		if v := verbIn(f[from:]); v != "" {
			for i := range acts {
				acts[i].Verb = v
			}
		}
	}
	if len(acts) == 0 && ownForce().MatchString(strings.ToLower(f)) {
		body := strings.TrimSpace(f[len(noteOpening().FindString(strings.ToLower(f))):])
		act := NoteAct{Verb: EntersForce, InForce: readInForce(body)}
		switch v := verbIn(body); {
		case v.amends(): // «Статья 6 с изменением, внесенным Законом РК от 08.06.2022 (…)», of a referendum
			act.Verb = v
		case act.InForce.Basis == "until":
			act.Verb = Temporary
		}
		acts = append(acts, act)
	}
	linkActs(acts, links)
	return acts
}

// linkActs gives each act the link whose words hold its number; the printed
// link text is not folded.
func linkActs(acts []NoteAct, links []Link) {
	used := make([]bool, len(links))
	for i := range acts {
		for j, l := range links {
			if acts[i].Number != "" && !used[j] && numberIn(Fold(l.Text)) == acts[i].Number {
				acts[i].Href, used[j] = l.Href, true
				break
			}
		}
	}
}

var numberForm = pattern(`\d+(?:-[IVXLCНП\d]+)?`)

func numberIn(s string) string { return numberForm().FindString(s) }

// noteDate reads 23.11.2010, the older 2010.11.23, and days in words.
func noteDate(s string) Date {
	s = withDays(s)
	if len(s) < 10 {
		return ""
	}
	if s[4] == '.' {
		s = s[8:] + "." + s[5:7] + "." + s[:4]
	}
	d, _ := ParseDate(s)
	return d
}

// bracket returns the text in the bracket that opens after i, before the next
// act; brackets nest.
func bracket(f string, i int) (inside string, end int) {
	rest := f[i:]
	open := strings.IndexByte(rest, '(')
	if open < 0 || strings.ContainsAny(rest[:open], ";") || strings.Contains(rest[:open], "№") || actForm().MatchString(rest[:open]) {
		return "", i
	}
	depth := 0
	for j := open; j < len(rest); j++ {
		switch rest[j] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return strings.TrimSpace(rest[open+1 : j]), i + j + 1
			}
		}
	}
	// The bracket was never closed: it ends before the next act.
	end = len(f)
	if m := actForm().FindStringIndex(rest[open:]); m != nil {
		end = i + open + m[0]
	}
	return strings.TrimSpace(f[i+open+1 : end]), end
}

// verbs in the order they win when several stand in one piece of a note.
var verbForms = []struct {
	verb Verb
	form func() *regexp.Regexp
}{
	{Planned, pattern(`предусматрива[ею]тся|көзделген|is to be`)},
	{Suspended, pattern(`приостановлен|тоқтатыл|suspended`)},
	{LostForce, pattern(`утратил[аио]? силу|күші жойылды|күшін жойды|lost force|repealed`)},
	{Reworded, pattern(`в редакции|жаңа редакцияда|reworded`)},
	{Amended, pattern(`с изменени|внесены изменени|өзгеріс|amended`)},
	{Inserted, pattern(`дополнен|толықтырыл|inserted|supplemented`)},
	{Deleted, pattern(`исключен|алып тасталды|алынып тасталды|deleted|excluded`)},
	{Replaced, pattern(`заменен|ауыстырыл|replaced`)},
}

func verbIn(s string) Verb {
	s = strings.ToLower(s)
	for _, v := range verbForms {
		if v.form().MatchString(s) {
			return v.verb
		}
	}
	return ""
}

func days(n int) string   { return "days_after_publication:" + strconv.Itoa(n) }
func months(n int) string { return "months_after_publication:" + strconv.Itoa(n) }
