package proposal

import (
	"strings"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// mostFound is how many provisions a search shows.
const mostFound = 20

// find looks for provisions by address, citation or words.
func (e *editor) find(p *EditPage, in *compared) {
	said := law.Squeeze(e.f.Get("find"))
	p.Find = page.Field{ID: "find", Name: "find", Label: e.v.loc.T("prop.find"), Hint: e.v.loc.T("prop.find_hint"), Value: said, Autocomplete: "off"}
	if said == "" {
		return
	}
	found := named(in.doc, e.v.ui, nil, said)
	if len(found) == 0 {
		want := strings.ToLower(law.Fold(said))
		for _, x := range in.doc.Provisions {
			if strings.Contains(strings.ToLower(law.Fold(x.Text)), want) {
				found = append(found, x)
			}
		}
	}
	for i, x := range found {
		if i == mostFound {
			p.More = len(found) - i
			break
		}
		p.Found = append(p.Found, Found{At: x.Address, Label: x.Cite().In(e.v.ui), Text: page.Clip(x.Text, 160), Lang: in.doc.Lang})
	}
	p.None = len(found) == 0
}
