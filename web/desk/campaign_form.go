package desk

import (
	"encoding/hex"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// The form of a campaign is kept as it was typed, so that nothing of it is lost
// however wrong it is. Names of fields: what is in several languages ends with
// "-kk"; milestones are lists side by side.

// wordsOf are the texts that stand in each of the languages: the name of the
// field, how long it may be, and its place in what is written.
var wordsOf = [...]struct {
	name string
	most int
	of   func(*campaigns.Writing) *campaigns.Words
}{
	{"title", 200, func(w *campaigns.Writing) *campaigns.Words { return &w.Text.Title }},
	{"ask", 2000, func(w *campaigns.Writing) *campaigns.Words { return &w.Text.Ask }},
	{"story", 20000, func(w *campaigns.Writing) *campaigns.Words { return &w.Text.Story }},
	{"target", 300, func(w *campaigns.Writing) *campaigns.Words { return &w.Text.Target }},
	{"funder", 300, func(w *campaigns.Writing) *campaigns.Words { return &w.Funder }},
	{"operator", 300, func(w *campaigns.Writing) *campaigns.Words { return &w.Operator.Name }},
}

// mostMiles is how many milestones a campaign has at most, mostThen how long the
// words of one are.
const (
	mostMiles = 12
	mostThen  = 300
	mostGoal  = 20_000_000 // about as many people live in Kazakhstan
)

func inLang(name string, lang law.Lang) string { return name + "-" + string(lang) }

// faults are what is wrong with a form, by the id of the field: keys of the
// locale.
type faults map[string]string

// typedOf is what is stored, as its form would hold it.
func typedOf(w campaigns.Writing) url.Values {
	f := url.Values{"slug": {w.Slug}, "bin": {w.Operator.BIN}, "closes": {string(w.Closes)}, "base": {w.Text.Base}, "proposed": {w.Text.Proposed}}
	if w.Goal > 0 {
		f.Set("goal", strconv.Itoa(w.Goal))
	}
	if k, err := law.ParseEditionKey(w.Text.Base); err == nil {
		f.Set("act", string(k.Act))
	}
	for _, lang := range w.Languages {
		f.Add("in", string(lang))
	}
	for _, lang := range law.Langs {
		for _, x := range wordsOf {
			f.Set(inLang(x.name, lang), (*x.of(&w))[lang])
		}
		for _, m := range w.Milestones {
			f.Add(inLang("then", lang), m.Then[lang])
		}
	}
	for _, m := range w.Milestones {
		f.Add("at", strconv.Itoa(m.At))
	}
	for _, r := range w.Recipients {
		f.Add("key", hex.EncodeToString(r.PublicKey[:]))
	}
	return f
}

// offeredForm is what is stored, as the form shows it first: where no key was
// chosen yet, all of the organisation are.
func offeredForm(w campaigns.Writing, keys []accounts.Key) url.Values {
	f := typedOf(w)
	if len(w.Recipients) == 0 {
		for _, r := range offered(w, keys) {
			f.Add("key", hex.EncodeToString(r.PublicKey[:]))
		}
	}
	return f
}

// written makes of a form what is to be stored; was is what its campaign is now,
// keys are those of the organisation.
func written(f url.Values, was campaigns.Writing, keys []accounts.Key, today law.Date) (campaigns.Writing, faults) {
	w, wrong := was, faults{}
	w.Text = campaigns.Text{Base: f.Get("base"), Proposed: f.Get("proposed")}
	w.Funder, w.Operator, w.Languages = nil, campaigns.Operator{}, nil
	if !was.State.Published() {
		w.Slug = strings.ToLower(strings.TrimSpace(f.Get("slug")))
		if w.Slug == "" {
			w.Slug = proposedSlug(f)
		}
		if !campaigns.IsSlug(w.Slug) {
			wrong["slug"] = "wr.slug_bad"
		}
	}
	for _, lang := range law.Langs {
		if slices.Contains(f["in"], string(lang)) {
			w.Languages = append(w.Languages, lang)
		}
		for _, x := range wordsOf {
			s := clean(f.Get(inLang(x.name, lang)))
			put(x.of(&w), lang, s)
			if fault := tooMuch(s, x.most); fault != "" {
				wrong[inLang(x.name, lang)] = fault
			}
		}
	}
	if w.Operator.BIN = strings.Join(strings.Fields(f.Get("bin")), ""); w.Operator.BIN != "" && !campaigns.IsBIN(w.Operator.BIN) {
		wrong["bin"] = "wr.bin_bad"
	}
	goal, ok := number(f.Get("goal"))
	if w.Goal = goal; !ok {
		wrong["goal"] = "wr.number_bad"
	}
	if w.Closes = law.Date(strings.TrimSpace(f.Get("closes"))); w.Closes != "" {
		if _, err := law.ParseDate(string(w.Closes)); err != nil {
			wrong["closes"] = "wr.date_bad"
		} else if w.Closes != was.Closes && w.Over(today) {
			wrong["closes"] = "wr.date_over"
		}
	}
	w.Milestones = readMiles(f, wrong)
	w.Recipients = readKeys(f, was, keys)
	return w, wrong
}

// readMiles leaves out rows that are empty.
func readMiles(f url.Values, wrong faults) (out []campaigns.Milestone) {
	for i := range min(rows(f), mostMiles) {
		m := campaigns.Milestone{}
		id := func(name string) string { return name + "-" + strconv.Itoa(i) }
		for _, lang := range law.Langs {
			s := clean(nth(f[inLang("then", lang)], i))
			put(&m.Then, lang, s)
			if fault := tooMuch(s, mostThen); fault != "" {
				wrong[id(inLang("then", lang))] = fault
			}
		}
		at, ok := number(nth(f["at"], i))
		switch {
		case !ok:
			wrong[id("at")] = "wr.number_bad"
			continue
		case at == 0 && m.Then == nil:
			continue
		case at == 0:
			wrong[id("at")] = "wr.mile_at"
		case len(out) > 0 && at <= out[len(out)-1].At:
			wrong[id("at")] = "wr.mile_order"
		}
		m.At = at
		out = append(out, m)
	}
	return out
}

// rows is how many milestones a form has, empty ones too.
func rows(f url.Values) int {
	n := len(f["at"])
	for _, lang := range law.Langs {
		n = max(n, len(f[inLang("then", lang)]))
	}
	return n
}

// readKeys are the keys that were chosen: those in use, and those that the
// campaign has had.
func readKeys(f url.Values, was campaigns.Writing, keys []accounts.Key) (out []campaigns.Recipient) {
	for _, r := range offered(was, keys) {
		if slices.Contains(f["key"], hex.EncodeToString(r.PublicKey[:])) {
			out = append(out, r)
		}
	}
	return out
}

// offered are the keys there are to choose from.
func offered(was campaigns.Writing, keys []accounts.Key) []campaigns.Recipient {
	out := slices.Clone(was.Recipients)
	for _, k := range keys {
		if k.InUse() && !slices.ContainsFunc(out, func(r campaigns.Recipient) bool { return r.PublicKey == k.PublicKey }) {
			out = append(out, campaigns.Recipient{Name: k.Name, PublicKey: k.PublicKey})
		}
	}
	return out
}

// proposedSlug is made of the title, in whichever language there is one that can
// be written in Latin letters.
func proposedSlug(f url.Values) string {
	for _, lang := range []law.Lang{law.EN, law.RU, law.KK} {
		if s := campaigns.Slug(f.Get(inLang("title", lang))); s != "" {
			return s
		}
	}
	return ""
}

// clean is a text as it is stored: browsers send lines of their own kind.
func clean(s string) string {
	lines := strings.Split(page.Lines(s), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRightFunc(line, unicode.IsSpace)
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

func put(w *campaigns.Words, lang law.Lang, s string) {
	if s == "" {
		return
	}
	if *w == nil {
		*w = campaigns.Words{}
	}
	(*w)[lang] = s
}

// tooMuch is what is wrong with a text, if anything is.
func tooMuch(s string, most int) string {
	switch {
	case utf8.RuneCountInString(s) > most:
		return "wr.too_long"
	case !page.Printable(s):
		return "wr.unprintable"
	}
	return ""
}

// number reads a number as people group it; empty is 0.
func number(s string) (int, bool) {
	s = strings.Join(strings.FieldsFunc(s, unicode.IsSpace), "")
	if s == "" {
		return 0, true
	}
	n, err := strconv.Atoi(s)
	return n, err == nil && n >= 0 && n <= mostGoal
}

func nth(all []string, i int) string {
	if i < len(all) {
		return all[i]
	}
	return ""
}
