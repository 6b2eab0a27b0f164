package comments

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/gate"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// Form is the form at a provision.
type Form struct {
	Action                string
	Text, At, Answer      string
	AnswerTo              string // what is answered
	SHA256, Consent256    string
	Stances               []page.Option
	StanceError           string
	Quote, Body, Wording  page.Field
	Given, Surname, Email page.Field
	Consent               campaigns.ConsentForm
	Agreed, Display       bool
	AgreedError           string
	Wrong                 []page.Link
	Warning               string
}

// typed is what was typed and what is wrong with it.
type typed struct {
	form    campaigns.CommentForm
	wrong   campaigns.FormError
	warning string
}

func (b *Board) form(r *http.Request, v view, t text, p *law.Provision, found []campaigns.PlacedComment, in *typed) (*Form, error) {
	if in == nil {
		in = &typed{}
	}
	consent, err := campaigns.ReadCommentConsentForm(v.ConsentIn(v.ui))
	if err != nil {
		return nil, err
	}
	filled, err := consent.Fill(v.Operator)
	if err != nil {
		return nil, err
	}
	if consent, err = consent.For(v.Operator); err != nil {
		return nil, err
	}
	f := &Form{Action: v.at("/comments"), Text: t.key.String(), At: string(p.Address), SHA256: campaigns.TextSum(p.Text),
		Consent: consent, Consent256: filled.SHA256, Agreed: in.form.Agreed, Display: in.form.Display, Warning: in.warning}
	if id, err := strconv.ParseInt(r.FormValue("answer"), 10, 64); err == nil {
		for _, c := range found {
			if int64(c.ID) == id && c.Parent == 0 {
				f.Answer = strconv.FormatInt(id, 10)
				if f.AnswerTo = c.Body; f.AnswerTo == "" {
					f.AnswerTo = c.Wording
				}
				if f.AnswerTo == "" {
					f.AnswerTo = StanceName(v.loc, c.Stance)
				}
			}
		}
	}
	field := func(name campaigns.Field, value, label, hint, kind, fill string, required bool) page.Field {
		x := page.Field{ID: "f-" + string(name), Name: string(name), Label: label, Hint: hint, Kind: kind, Value: value, Autocomplete: fill, Required: required}
		if bad, ok := in.wrong[name]; ok {
			x.Error = problem(v.loc, name, bad)
			f.Wrong = append(f.Wrong, page.Link{Href: "#" + x.ID, Text: label + ": " + x.Error})
		}
		return x
	}
	for _, s := range campaigns.Stances() {
		f.Stances = append(f.Stances, page.Option{Value: string(s), Text: StanceName(v.loc, s), Current: s == in.form.Stance})
	}
	if bad, ok := in.wrong[campaigns.FieldStance]; ok {
		f.StanceError = problem(v.loc, campaigns.FieldStance, bad)
		f.Wrong = append(f.Wrong, page.Link{Href: "#f-stance", Text: f.StanceError})
	}
	f.Quote = field(campaigns.FieldQuote, in.form.Anchor.Quote, v.loc.T("cm.quote"), v.loc.T("cm.quote_hint"), "textarea", "", false)
	f.Body = field(campaigns.FieldBody, in.form.Body, v.loc.T("cm.body"), v.loc.T("cm.body_hint"), "textarea", "", f.Answer != "")
	f.Wording = field(campaigns.FieldWording, in.form.Wording, v.loc.T("cm.wording"), v.loc.T("cm.wording_hint"), "textarea", "", false)
	f.Email = field(campaigns.FieldEmail, in.form.Email, v.loc.T("sign.email"), v.loc.T("cm.email_hint"), "email", "email", true)
	f.Given = field(campaigns.FieldGiven, in.form.Given, v.loc.T("sign.given"), "", "", "given-name", false)
	f.Surname = field(campaigns.FieldSurname, in.form.Surname, v.loc.T("sign.surname"), v.loc.T("cm.name_hint"), "", "family-name", false)
	if _, bad := in.wrong[campaigns.FieldAgreed]; bad {
		f.AgreedError = v.loc.T("cm.wrong_agreed")
		f.Wrong = append(f.Wrong, page.Link{Href: "#f-agreed", Text: f.AgreedError})
	}
	return f, nil
}

// problem says what is wrong with a field.
func problem(loc *i18n.Locale, field campaigns.Field, p campaigns.Problem) string {
	switch p {
	case campaigns.Missing, campaigns.Problem(gate.Empty):
		if field == campaigns.FieldStance {
			return loc.T("cm.wrong_stance")
		}
		return loc.T("wrong.missing")
	case campaigns.TooLong:
		return loc.T("wrong.long")
	case campaigns.NotAName:
		return loc.T("wrong.name")
	case campaigns.NoQuote:
		return loc.T("cm.wrong_quote")
	case campaigns.QuoteTwice:
		return loc.T("cm.wrong_twice")
	case campaigns.Problem(gate.MixedScripts):
		return loc.T("wrong.scripts")
	case campaigns.BadCharacter:
		return loc.T("wrong.character")
	}
	return loc.T("wrong.email")
}

// Post takes a comment. The answer is the same whoever wrote it: look into your
// mail.
func (b *Board) Post(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Referrer-Policy", "no-referrer")
	v, err := b.asked(r)
	if err != nil {
		return err
	}
	if err := page.ReadForm(r); err != nil {
		return err
	}
	get := r.PostForm.Get
	f := campaigns.CommentForm{
		Campaign: v.ID, Stance: campaigns.Stance(get("stance")), Body: get("body"), Wording: get("wording"), Lang: v.ui,
		ConsentSHA256: get("consent"), Given: get("given"), Surname: get("surname"), Email: get("email"),
		Agreed: get("agreed") != "", Display: get("display") != "",
		Anchor: campaigns.Anchor{Address: law.Address(get("at")), Quote: get("quote"), SHA256: get("sha256")},
	}
	t, err := b.textOf(r, v)
	if err != nil {
		return err
	}
	f.Anchor.Edition = t.key
	if answer := get("answer"); answer != "" {
		id, err := strconv.ParseInt(answer, 10, 64)
		if err != nil || id < 1 {
			return gone(campaigns.ErrNoComment)
		}
		f.Parent = campaigns.CommentID(id)
	}
	err = b.Intake.Comment(r.Context(), b.Store, f, b.client(r))
	in := &typed{form: f}
	switch {
	case err == nil:
		http.Redirect(w, r, v.at("/comments/sent"), http.StatusSeeOther)
		return nil
	case errors.As(err, &in.wrong):
		return b.board(w, r, http.StatusUnprocessableEntity, v, in)
	case errors.Is(err, campaigns.ErrTextChanged):
		in.warning, in.form.Agreed = v.loc.T("cm.changed"), false
		return b.board(w, r, http.StatusConflict, v, in)
	case errors.Is(err, campaigns.ErrState):
		return b.note(w, r, http.StatusConflict, b.layout(r, "/campaigns/"+v.Slug+"/comments", v.loc.T("cm.closed")), nil,
			page.Link{Href: v.at("/comments"), Text: v.loc.T("cm.title")})
	}
	return gone(err)
}
