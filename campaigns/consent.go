package campaigns

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

//go:embed consents/*.json
var consentFiles embed.FS

// ConsentForm is the consent to the processing of personal data in one
// language, before the operator is filled in. Its items are those of law 94-V,
// art. 8 p. 4, and its file can be corrected by a lawyer without touching code;
// a correction gets a new version.
type ConsentForm struct {
	Version int      `json:"version"`
	Lang    law.Lang `json:"lang"`
	Title   string   `json:"title"`
	// Items are in the order of the law: operator, subject, term, third parties,
	// cross-border transfer, public sources, list of data, other.
	Items []ConsentItem `json:"items"`
	// Display and Updates are separate consents (art. 7 p. 3): refusing either
	// does not keep anybody from signing.
	Display string `json:"display"`
	Updates string `json:"updates"`
}

// ConsentItem is one of the eight.
type ConsentItem struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// consentItems is how many items art. 8 p. 4 asks for.
const consentItems = 8

// Consent is a form filled in for an operator: the very words a person agreed
// to. Signatures name it by its hash.
type Consent struct {
	Form   int // version of the form
	Lang   law.Lang
	Text   string
	SHA256 string
}

// ReadConsentForm returns the current form of signers in a language.
func ReadConsentForm(lang law.Lang) (ConsentForm, error) { return readForm("", lang) }

// ReadCommentConsentForm returns that of people who comment.
func ReadCommentConsentForm(lang law.Lang) (ConsentForm, error) { return readForm(commentForm, lang) }

const commentForm = "comment-"

func readForm(of string, lang law.Lang) (ConsentForm, error) {
	b, err := consentFiles.ReadFile("consents/" + of + string(lang) + ".json")
	if err != nil {
		return ConsentForm{}, fmt.Errorf("no form of consent in %q", lang)
	}
	var f ConsentForm
	if err := json.Unmarshal(b, &f); err != nil {
		return ConsentForm{}, fmt.Errorf("form of consent in %s: %w", lang, err)
	}
	if f.Lang != lang || len(f.Items) != consentItems || f.Version < 1 {
		return ConsentForm{}, fmt.Errorf("form of consent in %s: not the %d items of art. 8 p. 4", lang, consentItems)
	}
	return f, nil
}

// For is the form with the operator written into its items. The person is not
// written in: who agreed stands in the sealed box of the signature.
func (f ConsentForm) For(op Operator) (ConsentForm, error) {
	name := op.Name[f.Lang]
	if name == "" || !binForm.MatchString(op.BIN) {
		return ConsentForm{}, fmt.Errorf("consent in %s: name or BIN of the operator is missing", f.Lang)
	}
	fill := strings.NewReplacer("{operator}", name, "{bin}", op.BIN)
	f.Items = slices.Clone(f.Items)
	for i := range f.Items {
		f.Items[i].Text = fill.Replace(f.Items[i].Text)
	}
	return f, nil
}

// Fill is the form as one text: what a person agrees to.
func (f ConsentForm) Fill(op Operator) (Consent, error) {
	f, err := f.For(op)
	if err != nil {
		return Consent{}, err
	}
	var b strings.Builder
	b.WriteString(f.Title + "\n")
	for i, item := range f.Items {
		fmt.Fprintf(&b, "%d. %s: %s\n", i+1, item.Name, item.Text)
	}
	c := Consent{Form: f.Version, Lang: f.Lang, Text: b.String()}
	sum := sha256.Sum256([]byte(c.Text))
	c.SHA256 = hex.EncodeToString(sum[:])
	return c, nil
}

// ConsentIn is the language in which somebody who reads lang is asked: where the
// campaign has it not, that of the texts beside it (law.Words.In).
func (c Campaign) ConsentIn(lang law.Lang) law.Lang {
	if slices.Contains(c.Languages, lang) {
		return lang
	}
	return c.Languages[0]
}

// Consents are the filled forms of a campaign, one for each of its languages.
func (c Campaign) Consents() ([]Consent, error) { return c.filled("") }

// CommentConsents are those for people who comment.
func (c Campaign) CommentConsents() ([]Consent, error) { return c.filled(commentForm) }

func (c Campaign) filled(of string) ([]Consent, error) {
	var out []Consent
	for _, lang := range c.Languages {
		form, err := readForm(of, lang)
		if err != nil {
			return nil, err
		}
		filled, err := form.Fill(c.Operator)
		if err != nil {
			return nil, err
		}
		out = append(out, filled)
	}
	return out, nil
}
