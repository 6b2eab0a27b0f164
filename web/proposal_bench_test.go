package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/drafting/edit"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web"
	"github.com/tuzetu/tuzetu/web/people"
	"github.com/tuzetu/tuzetu/web/proposal"
)

// manyChanged is how many provisions the proposals of the benchmark change.
const manyChanged = 200

// benched is the application with a proposal of manyChanged changes, kept as a
// draft, for the text of a law.
func benched(b *testing.B, text string) (*atelier, dossiers.Draft) {
	b.Helper()
	ctx := context.Background()
	o := &atelier{office: &office{t: b, clock: today()}}
	must := func(err error) {
		b.Helper()
		if err != nil {
			b.Fatal(err)
		}
	}
	o.store = openStore(b, migrated.SQLite(b))
	var err error
	o.door = newDoor(b, o.store, o.now)
	o.own, err = o.door.AddOrganisation(ctx, map[string]string{"kk": "Қор", "ru": "Фонд", "en": "Fund"}, "")
	must(err)
	o.handler, err = web.New(web.Config{Store: o.store, Now: o.now, BaseURL: "https://tuzetu.example", People: &people.Config{Door: o.door}, Proposals: &proposal.Config{Store: o.store}})
	must(err)
	s := &site{tb: b, store: o.store}
	key := law.EditionKey{Act: draftedAct, Status: law.Enacted, Date: "2026-01-01", Lang: law.RU}
	s.act(law.Act{ID: key.Act, Titles: map[law.Lang]string{law.RU: "Закон"}})
	s.edition(key.Act, key.Status, key.Date, key.Lang, text)
	d, err := o.store.AddDossier(ctx, dossiers.Dossier{Org: string(o.own.ID), Slug: "d", Public: true, About: dossiers.About{Title: law.Words{law.RU: "Досье"}}}, accounts.Entry{At: o.now()})
	must(err)
	o.id, err = o.store.AddProposal(ctx, dossiers.Proposal{Org: string(o.own.ID), Dossier: d, Base: key, Subject: dossiers.Subject{Title: law.Words{law.RU: "Много"}}}, accounts.Entry{At: o.now()})
	must(err)
	_, o.editor = o.equip(o.hire("e@example.kz", accounts.Editor))
	o.desk = "/desk/" + string(o.own.ID) + "/proposals/" + strconv.FormatInt(int64(o.id), 10)
	e, err := o.store.EditionText(ctx, key)
	must(err)
	doc := law.Build(law.RU, e.Title, e.Lines)
	var all []edit.Words
	for _, p := range doc.Provisions {
		if len(all) < manyChanged && (p.Kind == law.Paragraph || p.Kind == law.Subparagraph) && len(p.Children) == 0 && !p.Placeholder() {
			text := strings.TrimRight(p.Text, ".;")
			all = append(all, edit.Words{At: p.Address, Text: text + ", кроме оговорённого договором" + p.Text[len(text):]})
		}
	}
	if len(all) < manyChanged {
		b.Fatalf("only %d provisions", len(all))
	}
	done, refused := edit.ReplaceAll(doc, all)
	if len(refused) > 0 {
		b.Fatal(refused)
	}
	return o, dossiers.Draft{Proposal: o.id, Person: o.person(o.editor), Content: dossiers.Content{Texts: map[law.Lang]string{law.RU: done.Document.Markdown()}}}
}

// A proposal of many changes is saved, and shows its redline.
func BenchmarkProposal(b *testing.B) {
	texts := map[string]string{}
	if raw, err := os.ReadFile("../../shared/lawdata/mass-media-law/2026-03-02.ru.md"); err == nil {
		texts["law"] = string(raw)
	} else {
		b.Log("../shared absent")
	}
	var own strings.Builder
	own.WriteString("# Закон\n\n")
	for i := 1; i <= 120; i++ {
		fmt.Fprintf(&own, "**Статья %d. Залы**\n\n", i)
		for k := 1; k <= 4; k++ {
			fmt.Fprintf(&own, "%d. Зал номер %d открыт для читателей с %d часов утра, и вход в него свободный для каждого жителя района, который имеет читательский билет.\n\n", k, 10*i+k, k+6)
		}
	}
	texts["generated"] = own.String()
	for name, text := range texts {
		b.Run(name, func(b *testing.B) {
			o, draft := benched(b, text)
			org := string(o.own.ID)
			at := "/ru" + o.desk + "/edit"
			b.Run("save", func(b *testing.B) {
				for b.Loop() {
					b.StopTimer()
					p, err := o.store.Proposal(context.Background(), org, o.id)
					if err != nil {
						b.Fatal(err)
					}
					draft.Parent, draft.Saved, draft.At = p.Newest, 0, o.now()
					if _, err := o.store.SaveDraft(context.Background(), org, draft); err != nil {
						b.Fatal(err)
					}
					b.StartTimer()
					if w := o.send(at, o.editor, url.Values{"saved": {"1"}, "do": {"version"}}, ""); w.Code != http.StatusSeeOther {
						b.Fatal(w.Code, w.Body)
					}
				}
			})
			b.Run("redline", func(b *testing.B) {
				for b.Loop() {
					if w := o.get("/ru"+o.desk+"/versions?from=0&to=1", o.editor); w.Code != http.StatusOK || strings.Count(w.Body.String(), "<ins>") < manyChanged {
						b.Fatal(w.Code)
					}
				}
			})
			b.Run("keep", func(b *testing.B) {
				n := 0
				for b.Loop() {
					f := o.editing(o.editor, "art_1")
					n++
					f.Set("t-ru-art_1", f.Get("t-ru-art_1")+strconv.Itoa(n))
					if w := o.send(at, o.editor, f, "application/json"); w.Code != http.StatusOK {
						b.Fatal(w.Code, w.Body)
					}
				}
			})
		})
	}
}
