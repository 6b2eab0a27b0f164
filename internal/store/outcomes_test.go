package store

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/internal/jobs"
	"github.com/tuzetu/tuzetu/law"
)

func TestOutcomes(t *testing.T) {
	eachDossier(t, func(t *testing.T, d *dossierTest) {
		ctx, s := t.Context(), d.s
		id := d.proposal()
		d.save(id, 0, "1. Пять.")
		_, err := s.Publish(ctx, "fund", id, 1, "2026-02-02", did("proposal.published"))
		d.must(err)
		found := d.found(id, 1)
		for n, want := range []int{1, 0} { // a second time nothing is added: no task, no letter
			added, err := s.AddOutcomes(ctx, "fund", []dossiers.Suggestion{found}, nil, []jobs.Job{letter("outcome for asel")})
			if err != nil || added != want {
				t.Fatalf("time %d: %d, %v", n+1, added, err)
			}
		}
		if waiting, _, err := s.CountJobs(ctx); err != nil || waiting != 1 {
			t.Errorf("%d letters, %v", waiting, err)
		}
		tasks, err := s.OpenTasks(ctx, "fund")
		d.must(err)
		if len(tasks) != 1 {
			t.Fatalf("%+v", tasks)
		}
		want := found.Edition
		want.Lang = ""
		if p, in, ok := tasks[0].Outcome(); !ok || p != id || in != want {
			t.Errorf("%+v", tasks[0])
		}
		r, err := s.Record(ctx, "fund", id)
		d.must(err)
		if cmp.Diff([]dossiers.Suggestion{found}, r.Suggestions) != "" {
			t.Error(cmp.Diff([]dossiers.Suggestion{found}, r.Suggestions))
		}
		c := dossiers.Confirmation{Proposal: id, Edition: found.Edition, Status: dossiers.Partly, Day: "2026-06-01"}
		if _, err := s.ConfirmOutcome(ctx, "fund", c, did("outcome.confirmed")); err == nil {
			t.Error("corrected without a reason")
		}
		c.Reason, c.Changes = words("Шесть, а не пять"), []dossiers.Judged{{Change: dossiers.Change{Address: "art_1__para_1"}, Status: dossiers.Partly}}
		c, err = s.ConfirmOutcome(ctx, "fund", c, did("outcome.confirmed"))
		d.must(err)
		if c.Number != 1 || !c.Corrected() || c.Suggested != dossiers.AdoptedChanged {
			t.Errorf("%+v", c)
		}
		r, err = s.PublicRecord(ctx, id)
		d.must(err)
		if cmp.Diff([]dossiers.Confirmation{c}, r.Confirmations) != "" || r.Changes()[0].Status != dossiers.Partly {
			t.Error(cmp.Diff([]dossiers.Confirmation{c}, r.Confirmations))
		}
		if open, err := s.OpenTasks(ctx, "fund"); err != nil || len(open) != 0 {
			t.Errorf("%+v, %v", open, err)
		}
		if done, err := s.DoneTasks(ctx, "fund", 5); err != nil || len(done) != 1 || done[0].DoneBy != "asel" {
			t.Errorf("%+v, %v", done, err)
		}
		c.Edition.Date = "2027-01-01"
		if _, err := s.ConfirmOutcome(ctx, "fund", c, did("outcome.confirmed")); !errors.Is(err, dossiers.ErrNotFound) {
			t.Errorf("a comparison that is not there: %v", err)
		}
		// A version published later has suggestions of its own.
		d.save(id, 1, "1. Три.")
		_, err = s.Publish(ctx, "fund", id, 2, "2026-02-03", did("proposal.published"))
		d.must(err)
		if r, err := s.Record(ctx, "fund", id); err != nil || len(r.Suggestions) != 0 || len(r.Confirmations) != 1 {
			t.Errorf("%+v, %v", r, err)
		}
		for _, table := range []string{"suggestions", "confirmations", "publications"} {
			if _, err := execute(ctx, s.write, `DELETE FROM `+table); err == nil {
				t.Errorf("%s can be deleted", table)
			}
		}
	})
}

func TestLoadHistory(t *testing.T) {
	eachDossier(t, func(t *testing.T, d *dossierTest) {
		ctx, s := t.Context(), d.s
		h, err := dossiers.GroundTruth()
		d.must(err)
		id, added, err := s.LoadHistory(ctx, "fund", h, did("dossier.loaded"))
		if err != nil || !added {
			t.Fatal(added, err)
		}
		before := backup(t, s)
		if again, added, err := s.LoadHistory(ctx, "fund", h, did("dossier.loaded")); err != nil || added || again != id {
			t.Errorf("%d, %v, %v", again, added, err)
		}
		if !slices.Equal(before, backup(t, s)) {
			t.Error("loading it again changed something")
		}
		if _, _, err := s.LoadHistory(ctx, "other", h, did("dossier.loaded")); !errors.Is(err, dossiers.ErrSlugTaken) {
			t.Error(err)
		}
		records, err := s.PublicRecords(ctx, id)
		d.must(err)
		words, err := dossiers.Statuses()
		d.must(err)
		if got := dossiers.Score(records, words); got.Asked != 18 || got.Unconfirmed != 0 {
			t.Errorf("%+v", got)
		}
		if stages, err := s.Stages(ctx, id); err != nil || len(stages) != len(h.Stages) || stages[0].Step != "idea" {
			t.Errorf("%d stages, %v", len(stages), err)
		}
	})
}

func TestIndicators(t *testing.T) {
	eachDossier(t, func(t *testing.T, d *dossierTest) {
		ctx, s := t.Context(), d.s
		enter := func(value, replaces int) (dossiers.Entry, error) {
			return s.AddIndicatorEntry(ctx, "fund", dossiers.Entry{Indicator: "journalists", Value: value, Day: "2026-02-01", What: words("Курс"),
				Sources: []dossiers.Source{{Title: words("Список участников")}}, Replaces: replaces}, did("indicator.entered"))
		}
		first, err := enter(21, 0)
		d.must(err)
		_, err = enter(12, first.Number)
		d.must(err)
		if _, err := enter(13, first.Number); !errors.Is(err, dossiers.ErrState) {
			t.Errorf("corrected twice: %v", err)
		}
		if _, err := enter(13, 99); !errors.Is(err, dossiers.ErrNotFound) {
			t.Errorf("nothing to correct: %v", err)
		}
		_, err = enter(8, 0)
		d.must(err)
		entries, err := s.IndicatorEntries(ctx, "fund")
		d.must(err)
		all, err := dossiers.Indicators()
		d.must(err)
		got := map[string]int{}
		for _, p := range dossiers.Measure(all, nil, entries) {
			got[p.ID] = p.Value
		}
		if want := map[string]int{"amendments": 0, "campaigns": 0, "journalists": 20, "media": 0, "universities": 0}; cmp.Diff(want, got) != "" {
			t.Error(cmp.Diff(want, got))
		}
		if other, err := s.IndicatorEntries(ctx, "other"); err != nil || len(other) != 0 {
			t.Errorf("%+v, %v", other, err)
		}
	})
}

func TestTasks(t *testing.T) {
	eachDossier(t, func(t *testing.T, d *dossierTest) {
		ctx, s := t.Context(), d.s
		for _, due := range []law.Date{"", "2026-05-02", "2026-05-01"} {
			d.must(s.AddTask(ctx, dossiers.Task{Org: "fund", Text: "Позвонить " + string(due), Due: due}, did("task.made")))
		}
		open, err := s.OpenTasks(ctx, "fund")
		d.must(err)
		if len(open) != 3 || open[0].Due != "2026-05-01" || open[2].Due != "" {
			t.Fatalf("%+v", open)
		}
		d.must(s.FinishTask(ctx, "fund", open[0].ID, true, did("task.done")))
		d.must(s.FinishTask(ctx, "fund", open[1].ID, true, did("task.done")))
		d.must(s.FinishTask(ctx, "fund", open[1].ID, false, did("task.opened")))
		if left, err := s.OpenTasks(ctx, "fund"); err != nil || len(left) != 2 || left[0].ID != open[1].ID {
			t.Errorf("%+v, %v", left, err)
		}
		if log, err := s.Log(ctx, "fund"); err != nil || accounts.CheckLog(log) != nil {
			t.Error(err)
		}
	})
}
