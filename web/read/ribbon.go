package read

import (
	"math"
	"unicode"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/law"
)

// Ribbon is the picture of a law: a tick an article, as high as the article is
// long, a gap after a chapter, touched articles in colour. It is drawn from the
// text, so each law has its own.
type Ribbon struct {
	Width, Height, Base int
	Ticks               []Tick
	Groups              []RibbonGroup
	Zones               []Zone
	Articles, Changed   int
	Named               bool   // the chapters are written below
	Changes             string // the numbers of the changed articles, spoken
}

// Tick is one article.
type Tick struct {
	X, Y, W, H  float64
	HitX, HitW  float64 // the place that can be pressed
	Mid, LabelY float64 // of the number above
	Number      string
	Class       string // "", "b--c" changed, "b--d" deleted
	Href        string // of a touched article
	At          law.Address
	Label       string
}

// Zone is a stretch of the ribbon wide enough for a finger, where a tick is too
// thin. It leads to the first change in it.
type Zone struct {
	X, W int
	Href string
}

// RibbonGroup is the base line under the articles of a chapter.
type RibbonGroup struct {
	X1, X2 float64
	Label  string // «Глава 1», the number alone, or "" where there is no room
	unit   *law.Provision
}

const (
	ribbonWidth = 1200.0
	// heights of the tallest tick, where the ribbon is a picture and where it is
	// a bar; room for the numbers above the picture
	tallRibbon, lowRibbon, ribbonHead = 52, 36, 24
	// chapterGap is the room between chapters, in articles.
	chapterGap = 0.9
	// widest a tick is drawn, in a short law
	widest = 16.0
	// labelsFit is how many articles leave room for the numbers of changed ones.
	labelsFit = 160
	// zones of a screen 320 px wide: 24 px each, the least a target may have
	// (WCAG 2.2, 2.5.8)
	zones = 12
)

// bar is an article to be drawn.
type bar struct {
	article *law.Provision
	class   string
}

// barsOf are the articles of one text.
func barsOf(t *text, touched map[*law.Provision]bool) []bar {
	var out []bar
	for _, p := range t.doc.Provisions {
		if p.Kind == law.Article {
			b := bar{article: p}
			if touched[p] {
				b.class = "b--c"
			}
			out = append(out, b)
		}
	}
	return out
}

// barsOfBoth are the articles of the new text, with deleted ones where they
// stood.
func barsOfBoth(c *comparison) []bar {
	var out []bar
	for _, p := range c.result.Pairs {
		f, t := first(p.From), first(p.To)
		switch {
		case t != nil && t.Kind == law.Article:
			b := bar{article: t}
			if c.touched[t] {
				b.class = "b--c"
			}
			out = append(out, b)
		case p.Kind == diffing.Deleted && f != nil && f.Kind == law.Article:
			out = append(out, bar{f, "b--d"})
		}
	}
	return out
}

// ribbon draws bars. tall is the height of the tallest tick, head the room for
// numbers above; href says where a touched article leads.
func (s *speaker) ribbon(bars []bar, tall, head float64, href func(*law.Provision) string) *Ribbon {
	if len(bars) == 0 {
		return nil
	}
	longest, gaps := 1, 0
	lengths := make([]int, len(bars))
	for i, b := range bars {
		lengths[i] = length(b.article)
		longest = max(longest, lengths[i])
		if i > 0 && b.article.Parent != bars[i-1].article.Parent {
			gaps++
		}
	}
	unit := ribbonWidth / (float64(len(bars)) + float64(gaps)*chapterGap)
	out := &Ribbon{Width: ribbonWidth, Base: int(head + tall), Articles: len(bars), Named: head > 0}
	out.Height = out.Base + 2
	if head > 0 {
		out.Height = out.Base + 14
	}
	x, wide := 0.0, math.Min(unit*0.52, widest)
	for i, b := range bars {
		if i > 0 && b.article.Parent != bars[i-1].article.Parent {
			x += unit * chapterGap
		}
		if i == 0 || b.article.Parent != bars[i-1].article.Parent {
			out.Groups = append(out.Groups, RibbonGroup{X1: round(x), unit: b.article.Parent})
		}
		// The square root keeps short articles visible beside very long ones.
		h := math.Max(2, tall*math.Sqrt(float64(lengths[i])/float64(longest)))
		t := Tick{
			X: round(x + unit/2 - wide/2), W: round(wide), H: round(h), Y: round(head + tall - h),
			HitX: round(x - unit*0.13), HitW: round(unit * 1.26), Class: b.class,
			Mid: round(x + unit/2), LabelY: round(head + tall - h - 5),
		}
		if b.class != "" {
			out.Changed++
			t.Href, t.Label, t.At = href(b.article), s.cite(b.article), b.article.Address
			if head > 0 && len(bars) <= labelsFit {
				t.Number = b.article.Number
			}
			if out.Changes != "" {
				out.Changes += ", "
			}
			out.Changes += b.article.Number
		}
		out.Ticks = append(out.Ticks, t)
		x += unit
		out.Groups[len(out.Groups)-1].X2 = round(x)
	}
	for i, g := range out.Groups {
		out.Groups[i].Label = s.groupLabel(g)
	}
	out.Zones = zonesOf(out.Ticks)
	return out
}

func zonesOf(ticks []Tick) []Zone {
	const wide = ribbonWidth / zones
	var out []Zone
	for _, t := range ticks {
		x := int(min(t.Mid, ribbonWidth-1)/wide) * wide
		if t.Href != "" && (len(out) == 0 || out[len(out)-1].X != x) {
			out = append(out, Zone{x, wide, t.Href})
		}
	}
	return out
}

// groupLabel names the unit a group stands for, as far as there is room.
func (s *speaker) groupLabel(g RibbonGroup) string {
	const letter = 6.5 // width of a letter of 11 px
	if g.unit == nil {
		return ""
	}
	for _, label := range []string{upper(s.cite(g.unit)), g.unit.Number} {
		if float64(utf8.RuneCountInString(label))*letter <= g.X2-g.X1 {
			return label
		}
	}
	return ""
}

// upper writes the first letter large.
func upper(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

func round(f float64) float64 { return math.Round(f*10) / 10 }
