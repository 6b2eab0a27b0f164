package people

import (
	"errors"
	"net/http"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// Settings shows what an organisation is called.
func (p *People) Settings(w http.ResponseWriter, r *http.Request) error {
	o, err := p.Door.Store.Organisation(r.Context(), visitor(r).Place.Organisation)
	if err != nil {
		return page.Missing(err, accounts.ErrNone)
	}
	return p.render(w, r, "form", p.settings(r, o))
}

func (p *People) settings(r *http.Request, o accounts.Organisation) FormPage {
	l := p.locale(r)
	f := FormPage{Frame: p.DeskFrame(r, "/settings", l.T("settings.title")), Submit: l.T("settings.do")}
	f.Lead = l.T("settings.lead")
	for _, lang := range law.Langs {
		f.Fields = append(f.Fields, page.Field{ID: "name-" + string(lang), Name: "name-" + string(lang), Label: l.T("settings.name", "lang", l.Language(lang)),
			Value: o.Names[string(lang)], Autocomplete: "off", Required: true})
	}
	f.Fields = append(f.Fields, page.Field{ID: "bin", Name: "bin", Label: l.T("settings.bin"), Hint: l.T("settings.bin_hint"), Value: o.BIN, Autocomplete: "off"})
	return f
}

// DoSettings changes it.
func (p *People) DoSettings(w http.ResponseWriter, r *http.Request) error {
	v, l := visitor(r), p.locale(r)
	o := accounts.Organisation{ID: v.Place.Organisation, Names: map[string]string{}, BIN: r.PostFormValue("bin")}
	for _, lang := range law.Langs {
		o.Names[string(lang)] = r.PostFormValue("name-" + string(lang))
	}
	err := p.Door.ChangeOrganisation(r.Context(), v.Person.ID, o)
	switch {
	case errors.Is(err, accounts.ErrOrganisationName):
		f := p.settings(r, o)
		for i, lang := range law.Langs {
			if _, err := accounts.CleanOrganisationName(o.Names[string(lang)]); err != nil {
				f.Fields[i].Error = l.T("settings.name_bad")
			}
		}
		return p.failed(w, r, "form", f)
	case errors.Is(err, accounts.ErrBIN):
		f := p.settings(r, o)
		f.Fields[len(f.Fields)-1].Error = l.T("settings.bin_bad")
		return p.failed(w, r, "form", f)
	case err != nil:
		return page.Missing(err, accounts.ErrNone)
	}
	return p.see(w, r, "/desk/"+string(o.ID)+"/settings?said=settings")
}
