package draft

import (
	"github.com/tuzetu/tuzetu/citing"
	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/drafting"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/read"
)

// references groups the citations of what changes by the act they stand in: the
// act itself, then by-laws that rest on it, then the others.
func references(l *i18n.Locale, w *done) (out References) {
	out.Count, out.Looked = len(w.refs), w.looked.Acts
	for _, key := range w.looked.Unread {
		out.Unread = append(out.Unread, key.String())
	}
	place := map[law.ActID]int{}
	rests := map[law.ActID]bool{}
	for i := range w.refs {
		ref := &w.refs[i]
		var id law.ActID
		if ref.Act != nil {
			id = ref.Act.ID
		}
		at, known := place[id]
		if !known {
			at = len(out.Citing)
			place[id] = at
			out.Citing = append(out.Citing, citingAct(l, w.base.Lang, ref.Act))
		}
		if ref.Basis && !rests[id] {
			rests[id] = true
			out.NoBasis++
		}
		out.Citing[at].List = append(out.Citing[at].List, reference(l, w.base, ref))
	}
	return out
}

func citingAct(l *i18n.Locale, lang law.Lang, a *drafting.CitingAct) Citing {
	if a == nil {
		return Citing{Lang: lang}
	}
	c := Citing{Name: a.Name.In(l.Lang), Lang: a.Edition.Lang}
	if c.Name == "" {
		c.Name = string(a.ID)
	}
	if c.Name == a.Title.In(l.Lang) { // its requisites would say the kind
		c.Kind = kind(l, a.Kind)
	}
	return c
}

func kind(l *i18n.Locale, k citing.Kind) string {
	switch k {
	case citing.Constitution:
		return l.T("draft.kind_of.constitution")
	case citing.Code:
		return l.T("draft.kind_of.code")
	case citing.Law:
		return l.T("draft.kind_of.law")
	case citing.Decree:
		return l.T("draft.kind_of.decree")
	case citing.Resolution:
		return l.T("draft.kind_of.resolution")
	case citing.Instruction:
		return l.T("draft.kind_of.instruction")
	case citing.Order:
		return l.T("draft.kind_of.order")
	case citing.Decision:
		return l.T("draft.kind_of.decision")
	case citing.Rules:
		return l.T("draft.kind_of.rules")
	case citing.ByLaw:
		return l.T("draft.kind_of.by_law")
	}
	return ""
}

func reference(l *i18n.Locale, base *law.Document, ref *drafting.Reference) Reference {
	r := Reference{At: ref.Label.In(l.Lang), Text: ref.Text, Word: fate(l, ref.What)}
	if ref.Act != nil {
		r.Href = read.EditionPath(l.Lang, ref.Act.Edition, ref.At)
	}
	if p := base.Find(ref.Target); p != nil {
		r.What = p.Cite().In(l.Lang)
	}
	if r.Doubt = read.ReferenceDoubt(l, ref.Doubt); ref.Doubt == drafting.DoubtActs {
		r.Doubt = l.T("draft.ref.doubt_acts")
	}
	if ref.Basis {
		r.Basis = basis(l, ref.What)
	}
	return r
}

func fate(l *i18n.Locale, f diffing.ReferenceFate) string {
	switch f {
	case diffing.TargetMoved:
		return l.T("draft.ref.moved")
	case diffing.TargetRenumbered:
		return l.T("draft.ref.renumbered")
	case diffing.TargetRemoved:
		return l.T("draft.ref.removed")
	case diffing.TargetChanged:
		return l.T("draft.ref.changed")
	}
	return l.T("draft.ref.missing")
}

// basis warns of a by-law that rests on what changes.
func basis(l *i18n.Locale, f diffing.ReferenceFate) string {
	switch f {
	case diffing.TargetRemoved:
		return l.T("draft.basis.removed")
	case diffing.TargetChanged:
		return l.T("draft.basis.changed")
	}
	return l.T("draft.basis.elsewhere")
}
