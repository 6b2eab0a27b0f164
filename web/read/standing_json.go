package read

import "github.com/tuzetu/tuzetu/law"

// standingJSON is how an act stands on a day, for programs. Of the provisions it
// lists those whose standing is their own.
type standingJSON struct {
	ID         law.ActID          `json:"id"`
	Lang       law.Lang           `json:"lang"`
	Day        law.Date           `json:"day"`
	Edition    string             `json:"edition"` // newest on or before the day
	Known      law.Date           `json:"known"`   // the day this was answered
	Act        forceJSON          `json:"act"`
	Provisions []provisionForce   `json:"provisions"`
	Elsewhere  []elsewhereJSON    `json:"elsewhere"`
	Announced  []announcementJSON `json:"announced"`
	Doubts     []law.OutlineDoubt `json:"doubts"`
}

type forceJSON struct {
	Status    law.ForceStatus `json:"status"`
	Since     law.Date        `json:"since"`
	Until     law.Date        `json:"until"`
	Phrase    string          `json:"phrase"`
	Basis     string          `json:"basis"`
	Acts      []law.NoteAct   `json:"acts"`
	Temporary []string        `json:"temporary"`
	Doubts    []string        `json:"doubts"`
	Sources   []law.Source    `json:"sources"`
}

type provisionForce struct {
	Address law.Address `json:"address"`
	Label   law.Label   `json:"label"`
	forceJSON
}

type elsewhereJSON struct {
	Edition string      `json:"edition"`
	Address law.Address `json:"address"`
	Label   law.Label   `json:"label"`
	Shown   law.Address `json:"shown"` // of the provision it replaces
	Text    string      `json:"text"`
	forceJSON
}

type announcementJSON struct {
	Addresses []law.Address `json:"addresses"`
	Day       law.Date      `json:"day"`
	Phrase    string        `json:"phrase"`
	Basis     string        `json:"basis"`
	Act       law.NoteAct   `json:"act"`
	Source    law.Source    `json:"source"`
}

func forceOf(f law.Force) forceJSON {
	return forceJSON{f.Status, f.Since, f.Until, f.Phrase, f.Basis, orNone(f.Acts), orNone(f.Temporary), orNone(f.Doubts), orNone(f.Sources)}
}

func (m marker) json(today law.Date) standingJSON {
	key := m.shown.head.EditionKey
	out := standingJSON{
		ID: key.Act, Lang: key.Lang, Day: m.st.Day, Edition: key.Version(), Known: today, Act: forceOf(m.st.Act),
		Provisions: []provisionForce{}, Elsewhere: []elsewhereJSON{}, Announced: []announcementJSON{}, Doubts: []law.OutlineDoubt{},
	}
	for i, p := range m.shown.doc.Provisions {
		if f := m.st.Force[i]; f.Own {
			out.Provisions = append(out.Provisions, provisionForce{p.Address, p.Label(), forceOf(f)})
		}
	}
	for _, x := range m.st.Elsewhere {
		label := m.docs[x.Edition].places[x.Address].Label()
		out.Elsewhere = append(out.Elsewhere, elsewhereJSON{m.st.list[x.Edition].Version(), x.Address, label, x.Shown, x.Text, forceOf(x.Force)})
	}
	for _, a := range m.st.Announced {
		out.Announced = append(out.Announced, announcementJSON{orNone(a.Addresses), a.Day, a.InForce.Phrase, a.InForce.Basis, a.Act, a.Source})
	}
	for _, d := range m.st.Doubts {
		out.Doubts = append(out.Doubts, law.OutlineDoubt{Lines: [2]int{d.From, d.To}, Text: d.Text, Reason: d.Reason})
	}
	return out
}
