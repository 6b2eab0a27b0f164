package read

import "github.com/tuzetu/tuzetu/law"

// Points is the line of editions on which two are picked to be compared. It is a
// form: two radio buttons an edition.
type Points struct {
	Action string
	Lang   law.Lang
	List   []Point // oldest first
	// Long: too many for a line, a choice from two lists is quicker
	Long bool
}

// Point is an edition on the line.
type Point struct {
	Value, Day, Name string // Name tells it in full
	Enacted          bool
	IsFrom, IsTo     bool
}

// longLine is from how many editions on the line becomes two lists.
const longLine = 24

func (s *speaker) points(act law.ActID, all editions, a, b law.EditionKey) *Points {
	list := all.in(a.Lang)
	if len(list) < 2 {
		return nil
	}
	p := &Points{Action: s.in(actPath(act) + "/compare"), Lang: a.Lang, Long: len(list) > longLine}
	for _, h := range list {
		p.List = append(p.List, Point{
			Value: h.Version(), Day: s.brief(h.EditionKey), Name: s.edition(h.EditionKey), Enacted: h.Status == law.Enacted,
			IsFrom: h.EditionKey == a, IsTo: h.EditionKey == b,
		})
	}
	return p
}
