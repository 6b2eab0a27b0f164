package main

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/internal/store"
	"github.com/tuzetu/tuzetu/law"
)

// workbench is a database with the sample act, and an organisation that asks to
// change it: proposal 1, whose version 1 is the sample's proposed text.
func workbench(t *testing.T) (run func(args ...string) string, s *store.Store, org string) {
	t.Helper()
	db := filepath.Join(t.TempDir(), "t.db")
	run = func(args ...string) string {
		t.Helper()
		var said, errs strings.Builder
		a := &app{stdin: strings.NewReader(""), stdout: &said, stderr: &errs, getenv: testEnv(t, db), now: time.Now}
		if code := a.run(t.Context(), args); code != 0 {
			t.Fatalf("%v: exit code %d: %s", args, code, errs.String())
		}
		return said.String()
	}
	org = strings.TrimSpace(run("org", "add", "--kk", "Қор", "--ru", "Фонд", "--en", "Fund", "--bin", "012345678901"))
	s, err := store.Open(t.Context(), db)
	must(t, err)
	t.Cleanup(func() { s.Close() })
	base := sampleEdition(t, sample.Second, law.Enacted)
	_, _, err = s.AddEdition(t.Context(), base)
	must(t, err)
	did := accounts.Entry{At: time.Now(), Did: "test"}
	dossier, err := s.AddDossier(t.Context(), dossiers.Dossier{Org: org, Slug: "sample", Public: true, About: dossiers.About{Title: law.Words{law.RU: "Ответы"}}}, did)
	must(t, err)
	p, err := s.AddProposal(t.Context(), dossiers.Proposal{Org: org, Dossier: dossier, Base: base.EditionKey, Subject: dossiers.Subject{Title: law.Words{law.RU: "Быстрее"}}}, did)
	must(t, err)
	_, err = s.SaveVersion(t.Context(), org, dossiers.Version{Proposal: p, Content: dossiers.Content{Texts: map[law.Lang]string{law.RU: sample.Markdown(law.RU, sample.Proposed)}}}, 0, did)
	must(t, err)
	return run, s, org
}

func sampleEdition(t *testing.T, date law.Date, st law.Status) law.Edition {
	t.Helper()
	text := sample.Markdown(law.RU, date)
	title, lines, err := law.ReadMarkdown(strings.NewReader(text))
	must(t, err)
	e := law.Edition{MediaType: "text/markdown", Raw: []byte(text), Lines: lines}
	e.EditionKey, e.Title, e.FetchedAt = law.EditionKey{Act: sample.ActID, Status: st, Date: date, Lang: law.RU}, title, time.Now()
	return e
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestVersionIsRef: wherever a command reads an edition it reads a version, before
// it is published and after.
func TestVersionIsRef(t *testing.T) {
	run, s, org := workbench(t)
	base := string(sample.ActID) + "@" + string(sample.Second) + ":ru"
	out := t.TempDir()
	want := run("diff", base, "proposal:1@1:ru", "--format", "json")
	if !strings.Contains(want, `"kind":"edited"`) {
		t.Errorf("%.300s", want)
	}
	if got := run("outcome", base, "proposal:1@1:ru", "proposal:1@1:ru", "--format", "json"); !strings.Contains(got, `"adopted":`) || !strings.Contains(got, `"rejected":0`) {
		t.Errorf("%.300s", got)
	}
	if got := run("instruct", base, "proposal:1@1:ru"); !strings.Contains(got, "стат") {
		t.Errorf("%.300s", got)
	}
	run("table", base, "proposal:1@1:ru", "--form", "government", "-o", filepath.Join(out, "table.docx"))
	run("outline", "proposal:1@1:ru", "-o", filepath.Join(out, "again.md"))
	if got := run("diff", "proposal:1@1:ru", filepath.Join(out, "again.md"), "--format", "json"); strings.Contains(got, `"kind"`) {
		t.Errorf("its Markdown reads as another text: %.300s", got)
	}
	pub, err := s.Publish(t.Context(), org, 1, 1, "2026-09-02", accounts.Entry{At: time.Now(), Did: "test"})
	must(t, err)
	if got := run("diff", "proposal:1@1:ru", pub.Editions[law.RU].String(), "--format", "json"); strings.Contains(got, `"kind"`) {
		t.Errorf("published as another text: %.300s", got)
	}
}

// TestServeSuggestsOutcomes: what serve runs beside the pages compares an edition
// that came.
func TestServeSuggestsOutcomes(t *testing.T) {
	_, s, org := workbench(t)
	_, err := s.Publish(t.Context(), org, 1, 1, "2026-09-02", accounts.Entry{At: time.Now(), Did: "test"})
	must(t, err)
	enacted := sampleEdition(t, sample.Proposed, law.Enacted)
	_, _, err = s.AddEdition(t.Context(), enacted)
	must(t, err)
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	var said strings.Builder
	wait := (&app{stderr: &said, now: time.Now}).watchOutcomes(ctx, s, false)
	var tasks []dossiers.Task
	for len(tasks) == 0 && ctx.Err() == nil {
		tasks, err = s.OpenTasks(t.Context(), org)
		must(t, err)
		time.Sleep(10 * time.Millisecond)
	}
	stop()
	wait()
	r, err := s.Record(t.Context(), org, 1)
	must(t, err)
	p, in, ok := tasks[0].Outcome()
	if found := r.Suggested(in); !ok || p != 1 || found == nil || found.Edition != enacted.EditionKey || said.String() != "" {
		t.Errorf("%+v, %s", tasks, said.String())
	}
	if r.Standing().Status != dossiers.Adopted {
		t.Errorf("%s", r.Standing().Status)
	}
}
