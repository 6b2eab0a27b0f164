package drafting

import (
	"regexp"
	"strings"
	"sync"

	"github.com/tuzetu/tuzetu/law"
)

// Suspension is the time in which a unit does not apply, or applies in the wording
// of its instruction. The text stays as it is.
type Suspension struct {
	// From is the first day, "" where the suspension begins with the force of the
	// act; Until is the first day after it.
	From  law.Date `json:"from"`
	Until law.Date `json:"until"`
}

// pauses are how an instruction bounds a suspension: «с … до …», «… бастап …
// дейін».
var pauses = sync.OnceValue(func() map[law.Lang]*regexp.Regexp {
	return map[law.Lang]*regexp.Regexp{
		law.RU: regexp.MustCompile(`(?:(?:^| )с (?P<from>\d{4}-\d{2}-\d{2})(?: года)? )?(?P<by>до|по) (?P<until>\d{4}-\d{2}-\d{2})`),
		law.KK: regexp.MustCompile(`(?:(?P<from>\d{4}-\d{2}-\d{2}) бастап )?(?P<until>\d{4}-\d{2}-\d{2}) (?P<by>дейін|қоса алғанда)`),
	}
})

// suspensionOf reads the days of an instruction that suspends; nil where they are
// not two days in order.
func suspensionOf(lang law.Lang, text string) *Suspension {
	text, _, _ = strings.Cut(text, "установив") // what follows is of the wording meanwhile
	form := pauses()[lang]
	if form == nil {
		return nil
	}
	m := form.FindStringSubmatch(withDays(text, func(d law.Date) string { return string(d) }))
	if m == nil {
		return nil
	}
	s := &Suspension{From: law.Date(m[form.SubexpIndex("from")]), Until: law.Date(m[form.SubexpIndex("until")])}
	if by := m[form.SubexpIndex("by")]; by == "по" || by == "қоса алғанда" { // that day too
		s.Until = s.Until.AddDays(1)
	}
	if _, ok := s.Until.Time(); !ok || s.From >= s.Until {
		return nil
	}
	return s
}

// suspend leaves the text as it is and says until when; where the act is named, as
// for the lines in place of excluded units, the note that official editions put
// under an article is written.
func (b *base) suspend(p *plan, in *Instruction) *refusal {
	places, refused := b.places(p, in.Targets)
	if refused != nil {
		return refused
	}
	p.suspension = suspensionOf(b.doc.Lang, in.Text)
	if p.suspension == nil {
		p.notice(because("pause_unknown"))
		return nil
	}
	p.notice(because("paused", p.suspension.Until.Official()))
	for _, at := range places {
		if b.by != "" && at.unit != nil && at.unit.Article() != nil {
			p.marks = append(p.marks, mark{b.end(at.unit.Article()), b.pauseNote(at.unit, p.suspension)})
		}
	}
	return nil
}

// pauseNote is the note that official editions put under an article of which a
// unit is suspended.
func (b *base) pauseNote(u *law.Provision, s *Suspension) string {
	form := 0
	if s.From != "" {
		form = 1
	}
	return fill(grammarOf(b.doc.Lang).Write.Paused[form], func(name string) string {
		switch name {
		case "unit":
			return ofUnit(b.doc.Lang, u.Cite())
		case "from":
			return s.From.Official()
		case "until":
			return s.Until.Official()
		}
		return b.by
	})
}

// mark is a note that is put before provision at.
type mark struct {
	at   int
	text string
}
