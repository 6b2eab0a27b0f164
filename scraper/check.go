package scraper

import (
	"fmt"
	"unicode"

	"github.com/tuzetu/tuzetu/law"
)

const (
	// What is left of the letters or articles of the text before, whichever lost
	// more. Of 27 steps between real editions (ua-press-law, mass-media-law) the
	// greatest loss left 0.985, and a repealed law keeps its text on the site.
	//
	// A new edition may repeal chapters, so only the loss of most is a damage; a
	// revision of one edition is the site's own correction and repeals nothing.
	// What is lost between is told.
	minKept    = 0.5
	minRevised = 0.9
	tellKept   = 0.95
	// Two texts that share less than this share of their lines are of two acts,
	// if their titles differ too. Neighbouring real editions share 0.886 or more,
	// but one that was broken into other lines 0.155: so it takes both, and acts
	// are renamed: a title alone proves nothing.
	minShared = 0.5
)

// judge says why a page that came is refused as the text of an act in a
// language, "" if it is not, and what a person should know of one that is
// accepted. before is the text before it, if there is one; revises says that it
// is of the same edition.
func judge(p Page, act law.ActID, lang law.Lang, before *law.Edition, revises bool) (refused, remark string) {
	switch {
	case p.Cut:
		return ErrCut.Error(), ""
	case p.Lang != "" && p.Lang != lang:
		return fmt.Sprintf("wrong language: the page says it is in %s", p.Lang), ""
	case p.Act != "" && p.Act != act:
		return fmt.Sprintf("another act: the page says it is of %s", p.Act), ""
	}
	if is, ok := law.DetectLang(p.Lines); ok && is != lang {
		return fmt.Sprintf("wrong language: the letters are those of a text in %s", is), ""
	}
	now := measure(p.Title, p.Lines, lang)
	if before == nil {
		return "", ""
	}
	was := measure(before.Title, before.Lines, lang)
	if law.Fold(p.Title) != law.Fold(before.Title) && now.shared(was) < minShared {
		return fmt.Sprintf("another act: the title is %q, it was %q, and the text is another one", p.Title, before.Title), ""
	}
	kept := min(share(now.letters, was.letters), share(now.articles, was.articles))
	left := fmt.Sprintf("%d of %d letters and %d of %d articles are left of the edition of %s",
		now.letters, was.letters, now.articles, was.articles, before.Date)
	switch {
	case kept < minKept:
		return "most of the text is lost: " + left, ""
	case revises && kept < minRevised:
		return "too much of the text is lost for a revision of the same edition: " + left, ""
	case kept < tellKept:
		return "", "part of the text before is gone: " + left
	}
	return "", ""
}

// share is what is left of a number; all of it where there was none.
func share(now, was int) float64 {
	if was == 0 {
		return 1
	}
	return float64(now) / float64(was)
}

// volume is how much law text there is, notes left out.
type volume struct {
	letters, articles int
	texts             map[string]bool // folded
}

func measure(title string, lines []law.Line, lang law.Lang) volume {
	v := volume{texts: map[string]bool{}}
	for _, p := range law.Build(lang, title, lines).Provisions {
		if p.Kind == law.Article {
			v.articles++
		}
		v.texts[law.Fold(p.Text)] = true
		for _, r := range p.Text {
			if unicode.IsLetter(r) {
				v.letters++
			}
		}
	}
	return v
}

// shared is the share of the larger text's lines that both have.
func (v volume) shared(w volume) float64 {
	n := 0
	for t := range v.texts {
		if w.texts[t] {
			n++
		}
	}
	return float64(n) / float64(max(1, len(v.texts), len(w.texts)))
}
