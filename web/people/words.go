package people

import (
	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/law"
)

// roleName is a role in words, roleMay what it is allowed.
func roleName(l *i18n.Locale, r accounts.Role) string {
	switch r {
	case accounts.Owner:
		return l.T("role.owner")
	case accounts.Editor:
		return l.T("role.editor")
	case accounts.Moderator:
		return l.T("role.moderator")
	case accounts.Analyst:
		return l.T("role.analyst")
	}
	return l.T("role.viewer")
}

func roleMay(l *i18n.Locale, r accounts.Role) string {
	switch r {
	case accounts.Owner:
		return l.T("role.may.owner")
	case accounts.Editor:
		return l.T("role.may.editor")
	case accounts.Moderator:
		return l.T("role.may.moderator")
	case accounts.Analyst:
		return l.T("role.may.analyst")
	}
	return l.T("role.may.viewer")
}

// nameLang is the language a name is written in, as far as its letters tell.
func nameLang(l *i18n.Locale, name string) law.Lang {
	if lang, ok := law.DetectLang([]law.Line{{Text: name}}); ok {
		return lang
	}
	return l.Lang
}
