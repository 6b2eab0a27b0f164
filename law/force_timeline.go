package law

import (
	"slices"
	"strings"
	"unicode"
)

// Timeline knows every wording of every provision of an act in one language, and
// what the texts say of when each applies. It is made edition by edition and
// keeps no Document: a wording that did not change is kept once.
//
// Three things are put together. The notes of an edition that were not in the one
// before name the acts that brought its new wordings. The law's own article on
// entry into force gives the general rule, the exceptions and the suspensions. The
// days of publication turn phrases into days. Where two of them say different
// days of one unit, that is a doubt with both.
type Timeline struct {
	act       Act
	published func(NoteAct) Date
	editions  []editionFacts
	lineages  []lineage
	previous  *Document
	at        map[Address]int32 // lineage by address in the previous edition
}

// lineage is one provision through all editions, its wordings in order.
type lineage struct {
	wordings []wording
	// ended is the first edition without it, 0 while it stands.
	ended int
	by    []Statement // the acts that took it out
}

type wording struct {
	edition int // from this edition on, at this address
	first   int // the edition that brought the text
	address Address
	text    string
	brought []Statement // acts that may have brought it; empty where no note tells
}

// editionFacts is what one edition says, by address; "" is the whole act.
type editionFacts struct {
	date    Date
	units   []int32 // lineage by provision index
	parents []int32 // index of the parent, -1 at the top
	says    map[Verb]map[Address][]Statement
	// statements are those filed in says, in their order.
	statements []Statement
	changed    []change // wordings that first stand here
	ended      []int32  // lineages that stood in the edition before
	announced  []Statement
	doubts     []Doubt
	acts       map[Address]map[string]bool // act numbers named by the notes of an article
}

type change struct{ lineage, wording int32 }

// NewTimeline begins the timeline of an act. published tells the day of first
// official publication of an amending act, "" where unknown; nil knows none. The
// act's own days are in act.
func NewTimeline(act Act, published func(NoteAct) Date) *Timeline {
	if published == nil {
		published = func(NoteAct) Date { return "" }
	}
	return &Timeline{act: act, published: published}
}

// Add takes the next edition, in the order of dates. before tells what a provision
// was in the edition added last, nil for a new one; a nil before goes by address.
func (t *Timeline) Add(date Date, doc *Document, before func(*Provision) *Provision) {
	k := len(t.editions)
	e := editionFacts{date: date, says: map[Verb]map[Address][]Statement{}}
	brought := e.read(doc)
	var last *editionFacts
	if k > 0 {
		last = &t.editions[k-1]
		brought = slices.DeleteFunc(brought, func(s scoped) bool { return last.acts[s.top][s.Act.Number] })
	}
	e.units = make([]int32, len(doc.Provisions))
	e.parents = make([]int32, len(doc.Provisions))
	at := make(map[Address]int32, len(doc.Provisions))
	taken := make(map[int32]bool, len(doc.Provisions))
	for i, p := range doc.Provisions {
		e.parents[i] = -1
		if p.Parent != nil {
			e.parents[i] = int32(p.Parent.Index)
		}
		id := int32(-1)
		if k > 0 {
			id = t.was(p, before, last)
		}
		if id < 0 || taken[id] {
			id = int32(len(t.lineages))
			t.lineages = append(t.lineages, lineage{})
		}
		taken[id] = true
		e.units[i] = id
		at[p.Address] = id
		t.stands(&e, k, id, p, brought)
	}
	if last != nil {
		for i, id := range last.units {
			if taken[id] {
				continue
			}
			l := &t.lineages[id]
			l.ended, l.by = k, candidates(brought, t.previous.Provisions[i].Address)
			e.ended = append(e.ended, id)
		}
	}
	t.editions = append(t.editions, e)
	t.previous, t.at = doc, at
}

// was is the lineage p goes on, -1 for a new provision.
func (t *Timeline) was(p *Provision, before func(*Provision) *Provision, last *editionFacts) int32 {
	if before == nil {
		if id, ok := t.at[p.Address]; ok {
			return id
		}
		return -1
	}
	if q := before(p); q != nil && q.Index < len(last.units) && t.previous.Provisions[q.Index] == q {
		return last.units[q.Index]
	}
	return -1
}

// stands records that p is lineage id in edition k.
func (t *Timeline) stands(e *editionFacts, k int, id int32, p *Provision, brought []scoped) {
	l := &t.lineages[id]
	w := wording{edition: k, first: k, address: p.Address, text: p.Text}
	if n := len(l.wordings); n > 0 {
		before := &l.wordings[n-1]
		same := before.text == p.Text || sameNorm(before.text, p.Text)
		if same && before.address == p.Address {
			return
		}
		if same { // only its place is new
			w.brought, w.first, w.text = before.brought, before.first, before.text
			l.wordings = append(l.wordings, w)
			return
		}
	}
	switch own := ownStatements(p); {
	case len(own) > 0: // «3) исключен Законом РК от …»
		w.brought = own
	case k > 0:
		w.brought = candidates(brought, p.Address)
	}
	l.wordings = append(l.wordings, w)
	e.changed = append(e.changed, change{id, int32(len(l.wordings) - 1)})
}

// sameNorm reports whether two texts have the same words: a sign, a capital or a
// look-alike letter is corrected without an act and is no new wording.
func sameNorm(a, b string) bool {
	words := func(s string) string {
		return strings.Map(func(r rune) rune {
			if isLetter(r) || unicode.IsDigit(r) {
				return unicode.ToLower(r)
			}
			return -1
		}, Fold(s))
	}
	return words(a) == words(b)
}

// scoped is a statement of an amending act and the article (or the unit above all
// articles) whose wordings it may have brought.
type scoped struct {
	Statement
	top Address
}

// read files what a document says, and returns what its notes tell of amending
// acts.
func (e *editionFacts) read(doc *Document) (brought []scoped) {
	ss, doubts := doc.Statements()
	e.doubts = doubts
	e.acts = map[Address]map[string]bool{}
	for _, s := range ss {
		s.Source.Edition = e.date
		if s.Verb == Deleted && emptied(doc, s) {
			gone := s
			gone.Verb, gone.emptied = LostForce, true
			e.file(doc, gone)
		}
		switch {
		case s.Verb == Planned:
			e.announced = append(e.announced, s)
		case s.Act.Number == "" || s.Verb == Suspended || s.Verb == LostForce:
			e.file(doc, s)
		default:
			top := Address("")
			if len(s.Addresses) > 0 {
				top = topAddress(s.Addresses[0])
			}
			if e.acts[top] == nil {
				e.acts[top] = map[string]bool{}
			}
			e.acts[top][s.Act.Number] = true
			brought = append(brought, scoped{s, top})
		}
	}
	return brought
}

// emptied reports whether a note tells that its whole unit went: nothing of it is
// left but a heading or a placeholder.
func emptied(doc *Document, s Statement) bool {
	if len(s.Addresses) == 0 {
		return false
	}
	p := doc.Find(s.Addresses[0])
	c := noteTarget(s.Source.Text)
	return p != nil && p.Kind == Article && len(p.Children) == 0 && len(c) == 1 && c[0].Kind == Article && c[0].Number == p.Number
}

// file puts a statement where its units are looked up; what is said of a chapter
// is said of its articles.
func (e *editionFacts) file(doc *Document, s Statement) {
	put := func(a Address) {
		if e.says[s.Verb] == nil {
			e.says[s.Verb] = map[Address][]Statement{}
		}
		e.says[s.Verb][a] = append(e.says[s.Verb][a], s)
	}
	e.statements = append(e.statements, s)
	if len(s.Addresses) == 0 {
		put("")
	}
	for _, a := range s.Addresses {
		put(a)
		if p := doc.Find(a); p != nil && p.Kind != Article && p.Article() == nil {
			for _, q := range doc.Subtree(p) {
				if q.Kind == Article {
					put(q.Address)
				}
			}
		}
	}
}

// topAddress is the article of an address, or the address of what stands above
// articles.
func topAddress(a Address) Address {
	if !strings.HasPrefix(string(a), "art_") {
		return a
	}
	top, _, _ := strings.Cut(string(a), "__")
	return Address(top)
}

// above is the address of the unit that holds a, "" for the whole act.
func above(a Address) Address {
	i := strings.LastIndex(string(a), "__")
	if i < 0 {
		return ""
	}
	return a[:i]
}

// candidates are the acts that may have brought a wording at an address: those a
// note names for that very unit, else those of its article, else those told of the
// whole act.
func candidates(brought []scoped, at Address) []Statement {
	var exact, article, whole []Statement
	top := topAddress(at)
	for _, s := range brought {
		switch {
		case s.top == "":
			whole = append(whole, s.Statement)
		case s.top != top:
		case len(s.Addresses) == 1 && s.Addresses[0] != top && within(at, s.Addresses[0]) && len(noteTarget(s.Source.Text)) > 0:
			exact = append(exact, s.Statement)
		default:
			article = append(article, s.Statement)
		}
	}
	for _, found := range [...][]Statement{exact, article, whole} {
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

// within reports whether a is the unit or stands under it.
func within(a, unit Address) bool {
	rest, ok := strings.CutPrefix(string(a), string(unit))
	return ok && (rest == "" || strings.HasPrefix(rest, "__"))
}

// Placeholder reports whether the provision only holds the place of one that went:
// «3) исключен Законом РК от 18.07.2025 № 215-VIII (вводится в действие с …);».
func (p *Provision) Placeholder() bool {
	return placeholderForm().MatchString(strings.ToLower(head(p.Text, 160)))
}

// ownStatements reads what a placeholder tells of the unit that went.
func ownStatements(p *Provision) (ss []Statement) {
	if !p.Placeholder() {
		return nil
	}
	for _, a := range readNote(p.Text, p.Links) {
		if a.Verb == Temporary || a.Verb == Deleted || a.Verb == LostForce {
			ss = append(ss, Statement{Verb: a.Verb, InForce: a.InForce, Act: a, Addresses: []Address{p.Address},
				Source: Source{Address: p.Address, Text: p.Text, Lines: [2]int{p.From, p.To}}})
		}
	}
	return ss
}

var placeholderForm = pattern(`^[\d\-.)(\s]*(?:(?:статья|пункт|подпункт)\s[\d\-.)]+\s)?(?:исключен|утратил|действовал|алып тасталды|алынып тасталды|күші жойылды|deleted|excluded|repealed)|^[\d\-.)\s]*(?:бап\.\s)?(?:алып|алынып) тасталды`)
