package dossiers_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/law"
)

// What is typed in one language leaves the titles in the others.
func TestReadSources(t *testing.T) {
	const at = "https://example.kz/1"
	both := law.Words{law.KK: "Хабарлама мәтіні", law.RU: "Текст сообщения"}
	was := []dossiers.Source{{Href: at, Title: both}, {Title: law.Words{law.RU: "Протокол  собрания", law.EN: "Minutes"}}}
	for _, c := range []struct {
		name, text string
		ui         law.Lang
		want       []dossiers.Source
		bad        string
	}{
		{"as it stands", dossiers.SourceLines(was, law.RU), law.RU, was, ""},
		{"as it stands in another language", dossiers.SourceLines(was, law.EN), law.EN, was, ""},
		{"turned round, with blanks", "  Текст  сообщения " + at + "\r\n\n", law.RU, was[:1], ""},
		{"another title", at + " Текст заявления", law.RU, []dossiers.Source{{Href: at, Title: law.Words{law.KK: both[law.KK], law.RU: "Текст заявления"}}}, ""},
		{"another title without letters of Kazakh", at + " Хабарлар топтамасы", law.KK, []dossiers.Source{{Href: at, Title: law.Words{law.KK: "Хабарлар топтамасы", law.RU: both[law.RU]}}}, ""},
		{"a translation", at + " Text of the notice", law.EN, []dossiers.Source{{Href: at, Title: law.Words{law.KK: both[law.KK], law.RU: both[law.RU], law.EN: "Text of the notice"}}}, ""},
		{"another address", at + "0 Текст сообщения", law.RU, []dossiers.Source{{Href: at + "0", Title: both}}, ""},
		{"the title taken out", at, law.RU, []dossiers.Source{{Href: at, Title: law.Words{law.KK: both[law.KK]}}}, ""},
		{"new ones", "http://a.kz Жаңа дереккөз\nКнига", law.RU, []dossiers.Source{{Href: "http://a.kz", Title: law.Words{law.KK: "Жаңа дереккөз"}}, {Title: law.Words{law.RU: "Книга"}}}, ""},
		{"no address", "javascript://x Текст статьи", law.RU, []dossiers.Source{{Title: law.Words{law.RU: "javascript://x Текст статьи"}}}, "javascript://x Текст статьи"},
		{"two addresses", at + " http://b.kz", law.EN, []dossiers.Source{{Href: at, Title: law.Words{law.KK: both[law.KK], law.RU: both[law.RU], law.EN: "http://b.kz"}}}, ""},
		{"nothing", " \n", law.RU, nil, ""},
	} {
		got, bad := dossiers.ReadSources(c.text, was, c.ui)
		if bad != c.bad || !slices.EqualFunc(got, c.want, dossiers.Source.Equal) {
			t.Errorf("%s: %+v, %q; want %+v, %q", c.name, got, bad, c.want, c.bad)
		}
	}
	if !maps.Equal(was[0].Title, law.Words{law.KK: "Хабарлама мәтіні", law.RU: "Текст сообщения"}) {
		t.Error("reading changed what was")
	}
}
