package drafting

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/tuzetu/tuzetu/citing"
	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/law"
)

// Reference is a citation that leads to something changed, with a warning in each
// language. At is an address in the text that cites.
type Reference struct {
	diffing.Reference
	// Act is the other act that cites; nil where the act cites itself.
	Act *CitingAct `json:"act,omitempty"`
	// Basis says that the citing by-law was issued on what is changed.
	Basis   bool                `json:"basis"`
	Label   law.Label           `json:"label"` // of At
	Warning map[law.Lang]string `json:"warning"`
}

// CitingAct is an act that cites another.
type CitingAct struct {
	ID      law.ActID      `json:"id"`
	Kind    citing.Kind    `json:"kind"`
	Title   law.Words      `json:"title"`
	Name    law.Words      `json:"name"` // requisites and title
	Edition law.EditionKey `json:"-"`
	Version string         `json:"edition"`
	Page    string         `json:"page"` // of the very provision on the site
}

// DoubtActs is of a citation whose words fit several of the stored acts.
const DoubtActs = "the citation fits several stored acts"

// References lists the citations that lead to what a change moved, renumbered,
// excluded or changed: the classical slip is to amend a unit and to forget those
// that cite it. Citations in the act itself come first, by-laws that lose their
// basis next. itself are citations of the act in the text before, by its name;
// others those in other acts.
func References(changes *diffing.Result, itself []citing.Citation, others []citing.Found) (out []Reference) {
	after := changes.To
	for _, ref := range changes.References() {
		r := Reference{Reference: ref}
		if p := after.Find(ref.At); p != nil {
			r.Label = p.Label()
		}
		out = append(out, r.warned(changes.From))
	}
	fates := changes.Fates()
	for i := range itself {
		p := changes.From.Find(itself[i].At)
		if p == nil {
			continue
		}
		now := fates.Now(p)
		if now == nil || !strings.Contains(now.Text, itself[i].Text) {
			continue // the citation went, or was written anew
		}
		for _, r := range follow(changes, fates, &itself[i]) {
			r.At, r.Label = now.Address, now.Label()
			out = append(out, r.warned(changes.From))
		}
	}
	var rest []Reference
	for i := range others {
		o := &others[i]
		for _, r := range follow(changes, fates, &o.Citation) {
			r.At, r.Label, r.Basis = o.At, o.Where.Label(o.At), o.Basis
			if o.Several {
				r.Doubt = DoubtActs
			}
			r.Act = ActOf(o)
			if r = r.warned(changes.From); r.Basis {
				out = append(out, r)
			} else {
				rest = append(rest, r)
			}
		}
	}
	return append(out, rest...)
}

// follow finds what became of the units of a citation. Several units of one
// citation that share a fate stay apart: each has to be looked at.
func follow(changes *diffing.Result, fates *diffing.Fates, c *citing.Citation) (out []Reference) {
	seen := map[law.Address]bool{}
	for _, units := range c.Units {
		for _, unit := range citing.Singles(changes.From, units, nil) {
			ref, changed := fates.Became(c.Targets(changes.From, unit), c.Targets(changes.To, unit))
			if !changed || seen[ref.Target] {
				continue
			}
			seen[ref.Target] = true
			ref.Text = c.Text
			out = append(out, Reference{Reference: ref})
		}
	}
	return out
}

// ActOf tells of the act that a found citation stands in.
func ActOf(f *citing.Found) *CitingAct {
	a := &CitingAct{ID: f.Act.ID, Kind: f.Kind, Title: law.Words{}, Name: law.Words{}, Edition: f.Edition, Version: f.Edition.String()}
	a.Page = fmt.Sprintf("/%s/acts/%s/%s/%s#%s", f.Edition.Lang, f.Act.ID, f.Edition.Version(), f.Edition.Lang, f.At)
	for _, lang := range law.Langs {
		title := f.Act.Titles[lang]
		if title == "" {
			continue
		}
		a.Title[lang] = title
		requisites, _, _ := strings.Cut(strings.TrimSuffix(f.Act.Requisites[lang], "."), ". ") // «… Зарегистрирован …»
		a.Name[lang] = title
		if requisites != "" {
			a.Name[lang] = fill(warnings()[lang]["act"], func(name string) string {
				if name == "title" {
					return strings.Trim(title, "«»\"")
				}
				return requisites
			})
		}
	}
	return a
}

// warned adds what to say of a reference in each language.
func (r Reference) warned(base *law.Document) Reference {
	what := string(r.What)
	if r.Basis {
		what = "basis " + what
	}
	r.Warning = map[law.Lang]string{}
	for _, lang := range law.Langs {
		at, target := r.Label.In(lang), r.Text
		if at == "" {
			at = string(r.At)
		}
		if r.Act != nil {
			if name := r.Act.Name.In(lang); name != "" {
				at = name + ", " + at
			} else {
				at = string(r.Act.ID) + ", " + at
			}
		}
		if p := base.Find(r.Target); p != nil {
			target = p.Cite().In(lang)
		}
		r.Warning[lang] = fill(warnings()[lang][what], func(name string) string {
			if name == "at" {
				return at
			}
			return target
		})
	}
	return r
}

// CountReferences says how many references there are and among how many acts they
// were looked for; searched is nil where only the act itself was.
func CountReferences(refs []Reference, searched *Searched, lang law.Lang) string {
	n := map[string]int{}
	for i := range refs {
		switch {
		case refs[i].Act == nil:
			n["own"]++
		case refs[i].Basis:
			n["basis"]++
			fallthrough
		default:
			n["others"]++
		}
	}
	said := warnings()[lang]["count"]
	if searched != nil {
		n["acts"] = searched.Acts
		said += warnings()[lang]["searched"]
	}
	return fill(said, func(name string) string { return strconv.Itoa(n[name]) })
}

// warnings are the templates of data/references.json.
var warnings = sync.OnceValue(func() map[law.Lang]map[string]string {
	var out map[law.Lang]map[string]string
	b, err := data.ReadFile("data/references.json")
	if err == nil {
		err = json.Unmarshal(b, &out)
	}
	if err != nil {
		panic("data/references.json: " + err.Error()) // part of the program; a test reads it
	}
	return out
})
