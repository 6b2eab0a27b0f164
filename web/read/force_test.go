package read

import (
	"testing"

	"github.com/tuzetu/tuzetu/law"
)

func TestPublished(t *testing.T) {
	amending := law.Act{ID: "Z2500000231", Adopted: "2025-11-17", Published: "2025-11-18",
		Requisites: map[law.Lang]string{law.RU: "Закон Республики Казахстан от 17 ноября 2025 года № 231-VIII ЗРК."}}
	g := gazette{byID: map[law.ActID]law.Date{amending.ID: amending.Published}, byNumber: []law.Act{amending}}
	for _, c := range []struct {
		name string
		act  law.NoteAct
		want law.Date
	}{
		{"by link", law.NoteAct{Number: "231-VIII", Href: "/rus/docs/Z2500000231#z12"}, "2025-11-18"},
		{"by link to an edition", law.NoteAct{Href: "https://adilet.zan.kz/kaz/docs/Z2500000231/02.03.2026"}, "2025-11-18"},
		{"the link names another act", law.NoteAct{Number: "231-VIII", Date: "2025-11-17", Href: "/rus/docs/Z2500000999"}, ""},
		{"by number and day", law.NoteAct{Number: "231-VIII", Date: "2025-11-17"}, "2025-11-18"},
		{"the number of another Parliament", law.NoteAct{Number: "231-VIII", Date: "2015-11-17"}, ""},
		{"part of the number", law.NoteAct{Number: "231-VII", Date: "2025-11-17"}, ""},
		{"another number of that day", law.NoteAct{Number: "31-VIII", Date: "2025-11-17"}, ""},
		{"nothing", law.NoteAct{}, ""},
	} {
		if got := g.published(c.act); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
