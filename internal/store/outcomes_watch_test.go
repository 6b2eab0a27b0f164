package store

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/internal/jobs"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/watch"
)

// failing is a store that loses its connection before it stores anything.
type failing struct{ *Store }

func (failing) AddOutcomes(context.Context, string, []dossiers.Suggestion, []dossiers.Task, []jobs.Job) (int, error) {
	return 0, errors.New("gone")
}

// TestSuggestOutcomes: a new edition and a version of a bill are compared with what
// is published and open, each once, and the team gets tasks and letters.
func TestSuggestOutcomes(t *testing.T) {
	eachDossier(t, func(t *testing.T, d *dossierTest) {
		ctx, s := t.Context(), d.s
		join(t, s, "fund", "dana", accounts.Viewer)
		join(t, s, "fund", "erlan", accounts.Editor)
		suggest := func(want int) {
			t.Helper()
			if n, err := watch.SuggestOutcomes(ctx, s, noon, true); err != nil || n != want {
				t.Fatalf("%d, %v; want %d", n, err, want)
			}
		}
		five, three, draft := d.proposal(), d.proposal(), d.proposal()
		d.save(five, 0, "1. Ответ даётся в течение пяти дней.")
		d.save(three, 0, "1. Ответ даётся в течение трёх дней, если запрос письменный.")
		d.save(draft, 0, "1. Ответ даётся сразу.")
		for _, id := range []dossiers.ProposalID{five, three} {
			_, err := s.Publish(ctx, "fund", id, 1, "2026-02-02", did("proposal.published"))
			d.must(err)
		}
		suggest(0) // nothing came yet
		lines := []string{"Статья 1. Ответ", "1. Ответ даётся в течение пяти дней.", "2. Отказ излагается письменно."}
		add(t, s, sampleEdition(t, "2025-06-01", law.RU, lines...)) // before the base
		add(t, s, sampleEdition(t, "2026-06-01", law.KK, "1-бап. Жауап"))
		bill := add(t, s, sampleEdition(t, "bill-2026-03-01", law.RU, "Статья 1. Ответ", "1. Ответ даётся в течение семи дней.", "2. Отказ излагается письменно."))
		enacted := add(t, s, sampleEdition(t, "2026-06-01", law.RU, lines...))
		if _, err := watch.SuggestOutcomes(ctx, failing{s}, noon, true); err == nil {
			t.Fatal("nothing was stored, and no error")
		}
		suggest(4 + 2) // four suggestions, and two texts to look at
		suggest(0)
		r, err := s.Record(ctx, "fund", five)
		d.must(err)
		got := map[law.EditionKey]dossiers.Status{}
		for _, g := range r.Suggestions {
			got[g.Edition] = g.Status
		}
		if want := map[law.EditionKey]dossiers.Status{bill: dossiers.Rejected, enacted: dossiers.Adopted}; cmp.Diff(want, got) != "" {
			t.Error(cmp.Diff(want, got))
		}
		if st := r.Standing(); st.Status != dossiers.Adopted || st.Confirmed {
			t.Errorf("%+v", st)
		}
		tasks, err := s.OpenTasks(ctx, "fund")
		if err != nil || len(tasks) != 6 {
			t.Errorf("%d tasks, %v", len(tasks), err)
		}
		letters, err := s.ClaimJobs(ctx, noon, 100)
		d.must(err)
		var to []string
		for _, l := range letters {
			var about dossiers.OutcomeLetter
			d.must(json.Unmarshal(l.Body, &about))
			to = append(to, about.Person)
			if l.Kind != dossiers.OutcomeLetters || len(about.Proposals) != 2 || about.Org != "fund" ||
				strings.Join(about.Texts, " ") != string(sampleAct)+"@2026-06-01 "+string(sampleAct)+"@bill-2026-03-01" {
				t.Errorf("%+v", about)
			}
		}
		if strings.Join(to, " ") != "asel erlan" && strings.Join(to, " ") != "erlan asel" {
			t.Errorf("letters to %v", to)
		}
		// What is settled is not compared any more.
		_, err = s.ConfirmOutcome(ctx, "fund", dossiers.Confirmation{Proposal: five, Edition: enacted, Status: dossiers.Adopted}, did("outcome.confirmed"))
		d.must(err)
		add(t, s, sampleEdition(t, "2026-07-01", law.RU, append(lines, "3. Ответ бесплатный.")...))
		suggest(1 + 1)
		// A new version is compared with all of them again.
		_, err = s.ConfirmOutcome(ctx, "fund", dossiers.Confirmation{Proposal: five, Status: dossiers.Pending}, did("outcome.confirmed"))
		d.must(err)
		d.save(five, 1, "1. Ответ даётся в течение четырёх дней.")
		_, err = s.Publish(ctx, "fund", five, 2, "2026-07-02", did("proposal.published"))
		d.must(err)
		suggest(3)
	})
}

// BenchmarkSaveVersion saves a proposal to a code with 200 changed provisions.
func BenchmarkSaveVersion(b *testing.B) {
	s := openTest(b, "sqlite:"+b.TempDir()+"/bench.db")
	ctx := b.Context()
	if err := s.AddOrganisation(ctx, accounts.Organisation{ID: "fund", Names: map[string]string{"kk": "Қор", "ru": "Фонд", "en": "Fund"}, Since: hired}, did("organisation.made")); err != nil {
		b.Fatal(err)
	}
	e := bigEdition(b, 0)
	base, _, err := s.AddEdition(ctx, e)
	if err != nil {
		b.Fatal(err)
	}
	dossier, err := s.AddDossier(ctx, dossiers.Dossier{Org: "fund", Slug: "code", About: dossiers.About{Title: words("Кодекс")}}, did("dossier.made"))
	if err != nil {
		b.Fatal(err)
	}
	id, err := s.AddProposal(ctx, dossiers.Proposal{Org: "fund", Dossier: dossier, Base: base, Subject: dossiers.Subject{Title: words("Поправки")}}, did("proposal.made"))
	if err != nil {
		b.Fatal(err)
	}
	v := dossiers.Version{Proposal: id}
	d := law.Build(law.RU, e.Title, e.Lines)
	text := d.Markdown()
	for n := range 200 {
		at := d.Provisions[13*n]
		text = strings.Replace(text, at.Text, at.Text+" в новой редакции", 1)
		v.Reasons = append(v.Reasons, dossiers.Reason{Change: dossiers.Change{Address: at.Address}, Text: words("Обоснование изменения")})
	}
	v.Texts = map[law.Lang]string{law.RU: text}
	for b.Loop() {
		saved, err := s.SaveVersion(ctx, "fund", v, 0, did("proposal.saved"))
		if err != nil {
			b.Fatal(err)
		}
		v.Parent = saved.Number
	}
}

// TestWhatFollowsANewText: whatever fails in between and however many servers look
// at once, a team has one task about a text, one about each outcome, and each who
// may decide one letter that tells of both.
func TestWhatFollowsANewText(t *testing.T) {
	eachDossier(t, func(t *testing.T, d *dossierTest) {
		ctx, s := t.Context(), d.s
		join(t, s, "fund", "erlan", accounts.Editor)
		id := d.proposal()
		d.save(id, 0, "1. Ответ даётся в течение пяти дней.")
		_, err := s.Publish(ctx, "fund", id, 1, "2026-02-02", did("proposal.published"))
		d.must(err)
		add(t, s, sampleEdition(t, "2026-06-01", law.RU, "Статья 1. Ответ", "1. Ответ даётся в течение пяти дней.", "2. Отказ излагается письменно."))
		for range 3 { // killed before anything was stored
			if _, err := watch.SuggestOutcomes(ctx, failing{s}, noon, true); err == nil {
				t.Fatal("nothing was stored, and no error")
			}
		}
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				// One of several at the same moment may be refused: it looks again in an hour.
				_, _ = watch.SuggestOutcomes(ctx, s, noon, true)
			})
		}
		all.Wait()
		for range 2 { // and after a restart
			if n, err := watch.SuggestOutcomes(ctx, s, noon.Add(time.Hour), true); err != nil {
				t.Fatal(n, err)
			}
			if _, err := watch.CarryComments(ctx, s); err != nil {
				t.Fatal(err)
			}
		}
		tasks, err := s.OpenTasks(ctx, "fund")
		d.must(err)
		kinds := map[dossiers.TaskKind]int{}
		for _, task := range tasks {
			kinds[task.Kind]++
		}
		if want := map[dossiers.TaskKind]int{dossiers.ConfirmOutcome: 1, dossiers.NewText: 1}; cmp.Diff(want, kinds) != "" {
			t.Error(cmp.Diff(want, kinds))
		}
		letters, err := s.ClaimJobs(ctx, noon.Add(2*time.Hour), 100)
		d.must(err)
		got := map[string]int{}
		for _, l := range letters {
			var about dossiers.OutcomeLetter
			d.must(json.Unmarshal(l.Body, &about))
			if len(about.Proposals) != 1 || len(about.Texts) != 1 {
				t.Errorf("%+v", about)
			}
			got[about.Person]++
		}
		if want := map[string]int{"asel": 1, "erlan": 1}; cmp.Diff(want, got) != "" {
			t.Error(cmp.Diff(want, got))
		}
		// What was looked at is not asked for again.
		for _, task := range tasks {
			d.must(s.FinishTask(ctx, "fund", task.ID, true, did("task.done")))
		}
		if n, err := watch.SuggestOutcomes(ctx, s, noon.Add(2*time.Hour), true); err != nil || n != 0 {
			t.Errorf("again: %d, %v", n, err)
		}
	})
}
