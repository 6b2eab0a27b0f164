package score

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/read"
)

// TaskList is the tasks of a team. Outcomes to confirm stand elsewhere on the
// page: they are done by confirming.
type TaskList struct {
	Action string // "" for those who only read
	Open   []TaskRow
	Empty  string
	Add    []page.Field
	Done   []TaskRow
}

// TaskRow is a task.
type TaskRow struct {
	ID    int64
	Text  string
	Lang  law.Lang
	Who   read.Phrase // did it
	Links []page.Link
	When  string
	Late  bool
	// pressing: due today, or late.
	pressing bool
}

// doneTasks are shown, so that one can be opened again.
const doneTasks = 5

func (s *Scores) tasks(ctx context.Context, v view, typed url.Values, wrong faults, list *[]page.Link) (*TaskList, error) {
	out := &TaskList{Empty: v.loc.T("sc.tasks_none")}
	open, err := s.Store.OpenTasks(ctx, v.org())
	if err != nil {
		return nil, err
	}
	for _, t := range open {
		if t.Kind != dossiers.ConfirmOutcome {
			out.Open = append(out.Open, s.task(v, t))
		}
	}
	if !v.may(accounts.Edit) {
		return out, nil
	}
	out.Action = v.desk("/today")
	for _, x := range []page.Field{
		{ID: "task-text", Name: "text", Label: v.loc.T("sc.task_text"), Value: typed.Get("text"), Required: true},
		{ID: "task-due", Name: "due", Label: v.loc.T("sc.task_due"), Kind: "date", Value: typed.Get("due")},
	} {
		if x.Error = wrong[x.Name]; x.Error != "" {
			*list = append(*list, page.Link{Href: "#" + x.ID, Text: x.Label + ": " + x.Error})
		}
		out.Add = append(out.Add, x)
	}
	names, err := s.people.Names(ctx, v.who.Place.Organisation)
	if err != nil {
		return nil, err
	}
	done, err := s.Store.DoneTasks(ctx, v.org(), doneTasks)
	if err != nil {
		return nil, err
	}
	for _, t := range done {
		row := s.task(v, t)
		row.Late, row.When, row.Who = false, v.loc.Date(i18n.Day(t.DoneAt)), person(v, names, t.DoneBy)
		out.Done = append(out.Done, row)
	}
	return out, nil
}

// person is a member's name in the language of its letters; who left has none any
// more.
func person(v view, names map[string]string, id string) read.Phrase {
	if n := names[id]; n != "" {
		return read.Phrase{Text: n, Lang: langOf(n)}
	}
	return read.Phrase{Text: v.loc.T("sc.left"), Lang: v.ui}
}

// task is a task in words.
func (s *Scores) task(v view, t dossiers.Task) TaskRow {
	row := TaskRow{ID: t.ID, Text: t.Text, Lang: langOf(t.Text)}
	if t.Due != "" {
		when, left := s.due(v, t.Due)
		row.When, row.Late, row.pressing = when, left < 0, left <= 0
	}
	if p, in, ok := t.Outcome(); ok {
		row.Text, row.Lang = v.loc.T("sc.task_outcome", "text", read.Named(v.loc, in)), v.ui
		row.Links = []page.Link{{Href: v.desk(outcomePath(p)), Text: v.loc.T("sc.open")}}
	}
	if in, ok := t.Edition(); ok {
		row.Text, row.Lang = v.loc.T("sc.task_edition", "text", read.Named(v.loc, in), "act", string(in.Act)), v.ui
		row.Links = []page.Link{{Href: v.in("/acts/" + string(in.Act)), Text: v.loc.T("sc.open_act")}, {Href: v.desk("/outcomes"), Text: v.loc.T("sc.outcomes")}}
	}
	return row
}

// Work marks tasks as done, opens one again, or adds one.
func (s *Scores) Work(w http.ResponseWriter, r *http.Request) error {
	if err := page.ReadForm(r); err != nil {
		return err
	}
	v, f := s.view(r), r.PostForm
	switch f.Get("do") {
	case "done":
		for _, id := range f["task"] {
			if err := s.finish(r, v, id, true); err != nil {
				return err
			}
		}
		return page.See(w, r, v.desk("/today")+"?said=done")
	case "open":
		if err := s.finish(r, v, f.Get("task"), false); err != nil {
			return err
		}
		return page.See(w, r, v.desk("/today"))
	case "add":
		return s.addTask(w, r, v, f)
	}
	return page.ErrForm
}

func (s *Scores) finish(r *http.Request, v view, id string, done bool) error {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return errors.Join(page.ErrForm, err)
	}
	did := "task.done"
	if !done {
		did = "task.opened"
	}
	return page.Missing(s.Store.FinishTask(r.Context(), v.org(), n, done, s.entry(v, did)), dossiers.ErrNotFound)
}

func (s *Scores) addTask(w http.ResponseWriter, r *http.Request, v view, f url.Values) error {
	t, wrong := dossiers.Task{Org: v.org(), Text: page.Typed(f.Get("text"))}, faults{}
	switch {
	case t.Text == "":
		wrong["text"] = v.loc.T("sc.wrong_task")
	case unfit(t.Text):
		wrong["text"] = v.loc.N("sc.wrong_text", mostTyped)
	}
	if day := page.Typed(f.Get("due")); day != "" {
		var err error
		if t.Due, err = law.ParseDate(day); err != nil {
			wrong["due"] = v.loc.T("sc.wrong_due")
		}
	}
	if len(wrong) > 0 {
		return s.dayPage(w, r, http.StatusUnprocessableEntity, f, wrong)
	}
	if err := s.Store.AddTask(r.Context(), t, s.entry(v, "task.added")); err != nil {
		return err
	}
	return page.See(w, r, v.desk("/today")+"?said=added")
}
