package proposal

import (
	"github.com/tuzetu/tuzetu/drafting/edit"
	"github.com/tuzetu/tuzetu/internal/i18n"
)

// refusalText is why an operation on a text was refused.
func refusalText(loc *i18n.Locale, r *edit.Refusal) string {
	switch r.Code {
	case edit.NotFound:
		return loc.T("edit.not_found")
	case edit.NoWords:
		return loc.T("edit.no_words")
	case edit.OneLine:
		return loc.T("edit.one_line")
	case edit.OtherKind:
		return loc.T("edit.other_kind", "number", r.Number)
	case edit.OtherNumber:
		return loc.T("edit.other_number", "number", r.Number)
	case edit.KindNotEdited:
		return loc.T("edit.kind")
	case edit.NotNumbered:
		return loc.T("edit.not_numbered")
	case edit.NotANumber:
		return loc.T("edit.not_a_number", "number", r.Number)
	case edit.NumberTaken:
		return loc.T("edit.number_taken", "number", r.Number)
	case edit.NumberOrder:
		return loc.T("edit.number_order", "number", r.Number)
	case edit.NoNumber:
		return loc.T("edit.no_number")
	case edit.WordsChanged:
		return loc.T("edit.words_changed")
	case edit.AlreadyThere:
		return loc.T("edit.already_there")
	case edit.HolderGone:
		return loc.T("edit.holder_gone")
	case edit.InsideItself:
		return loc.T("edit.inside_itself")
	}
	return loc.T("edit.reads_otherwise")
}
