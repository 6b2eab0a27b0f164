package people

import (
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns/seal"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// KeysPage is the public keys of an organisation.
type KeysPage struct {
	Frame
	InUse, Retired []KeyRow
	Fields         []page.Field
	Command        string // that makes a key
}

// KeyRow is a key.
type KeyRow struct {
	ID, Name, Fingerprint, When string
	NameLang                    law.Lang
}

// keyBytes is more than a public key and its name; keyName bounds a name.
const (
	keyBytes = 16 << 10
	keyName  = 60
)

// Keys shows them.
func (p *People) Keys(w http.ResponseWriter, r *http.Request) error {
	f, err := p.keys(r)
	if err != nil {
		return err
	}
	return p.render(w, r, "keys", f)
}

// keys is the page; the form is filled in again with the name only.
func (p *People) keys(r *http.Request) (f KeysPage, err error) {
	v, l := visitor(r), p.locale(r)
	f = KeysPage{Frame: p.DeskFrame(r, "/keys", l.T("keys.title_of"))}
	f.Lead, f.Command = l.T("keys.lead"), "tuzetu org keygen -o key.age"
	all, err := p.Door.Store.Keys(r.Context(), v.Place.Organisation)
	if err != nil {
		return f, err
	}
	for _, k := range all {
		row := KeyRow{ID: hex.EncodeToString(k.PublicKey[:]), Name: k.Name, NameLang: nameLang(l, k.Name), Fingerprint: seal.Fingerprint(k.PublicKey)}
		if k.InUse() {
			row.When = l.T("people.since", "date", l.DateFrom(i18n.Day(k.AddedAt)))
			f.InUse = append(f.InUse, row)
		} else {
			row.When = l.T("keys.retired_on", "date", l.Date(i18n.Day(k.RetiredAt)))
			f.Retired = append(f.Retired, row)
		}
	}
	if len(f.InUse) < accounts.EnoughKeys {
		f.warn(l.T("keys.few"), l.T("keys.few_text"))
	}
	f.Fields = []page.Field{
		{ID: "name", Name: "name", Label: l.T("keys.name"), Hint: l.T("keys.name_hint"), Value: r.PostFormValue("name"), Autocomplete: "off", Required: true},
		{ID: "key", Name: "key", Label: l.T("keys.line"), Hint: l.T("keys.line_hint"), Kind: "textarea", Autocomplete: "off"},
		{ID: "file", Name: "file", Label: l.T("keys.file"), Kind: "file"},
	}
	return f, nil
}

// AddKey takes a public key. What is a private one is refused, kept nowhere and
// shown to nobody.
func (p *People) AddKey(w http.ResponseWriter, r *http.Request) error {
	v, l := visitor(r), p.locale(r)
	text, err := keyText(w, r)
	if err != nil {
		return err
	}
	again := func(field int, fault, warning, more string) error {
		f, err := p.keys(r)
		if err != nil {
			return err
		}
		f.Fields[field].Error = fault
		if warning != "" {
			f.warn(warning, more)
		}
		return p.failed(w, r, "keys", f)
	}
	name := strings.TrimSpace(r.PostFormValue("name"))
	if seal.LooksPrivate(text) || seal.LooksPrivate(name) {
		if seal.LooksPrivate(name) {
			r.PostForm.Set("name", "")
		}
		return again(1, l.T("keys.private_field"), l.T("keys.private"), l.T("keys.private_text"))
	}
	if n := utf8.RuneCountInString(name); n == 0 || n > keyName || !utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl) {
		return again(0, l.N("keys.name_bad", keyName), "", "")
	}
	public, err := seal.ParsePublic(text)
	if err != nil {
		return again(1, l.T("keys.bad"), "", "")
	}
	err = p.Door.AddKey(r.Context(), v.Person.ID, v.Place.Organisation, name, public, seal.Fingerprint(public))
	if errors.Is(err, accounts.ErrKeyKnown) {
		return again(1, l.T("keys.known"), "", "")
	}
	if err != nil {
		return page.Missing(err, accounts.ErrNone)
	}
	return p.see(w, r, "/desk/"+string(v.Place.Organisation)+"/keys?said=key")
}

// keyText is what was pasted, or the file that was chosen.
func keyText(w http.ResponseWriter, r *http.Request) (string, error) {
	r.Body = http.MaxBytesReader(w, r.Body, keyBytes)
	if err := r.ParseMultipartForm(keyBytes); err != nil && !errors.Is(err, http.ErrNotMultipart) {
		return "", errors.Join(page.ErrForm, err)
	}
	if text := strings.TrimSpace(r.PostFormValue("key")); text != "" {
		return text, nil
	}
	file, _, err := r.FormFile("file")
	if err != nil {
		return "", nil // none was chosen
	}
	defer file.Close() // it was read from memory
	b, err := io.ReadAll(file)
	return strings.TrimSpace(string(b)), err
}

// RetireKey keeps a key from new campaigns.
func (p *People) RetireKey(w http.ResponseWriter, r *http.Request) error {
	v := visitor(r)
	b, err := hex.DecodeString(r.PathValue("key"))
	if err != nil || len(b) != 32 {
		return page.ErrNoPage
	}
	public := [32]byte(b)
	if err := p.Door.RetireKey(r.Context(), v.Person.ID, v.Place.Organisation, public, seal.Fingerprint(public)); err != nil {
		return page.Missing(err, accounts.ErrNone)
	}
	return p.see(w, r, "/desk/"+string(v.Place.Organisation)+"/keys?said=retired")
}
