package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"tuzetu": main})
}

// TestScripts runs every command as a stranger would. Each script finds the
// sample act's texts as sample.DATE.LANG.md, the sample by-law as bylaw.LANG.md, and $LAWDATA and $ADILET where
// ../shared is there ([shared] is the condition).
func TestScripts(t *testing.T) {
	shared, err := filepath.Abs("../../../shared")
	if err != nil {
		t.Fatal(err)
	}
	_, absent := os.Stat(filepath.Join(shared, "lawdata"))
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Condition: func(cond string) (bool, error) {
			return cond == "shared" && absent == nil, nil
		},
		Setup: func(env *testscript.Env) error {
			env.Setenv("LAWDATA", filepath.Join(shared, "lawdata"))
			env.Setenv("ADILET", filepath.Join(shared, "adilet-site"))
			texts := map[string]string{}
			for _, lang := range law.Langs {
				for _, date := range []law.Date{sample.First, sample.Second, sample.Proposed} {
					texts["sample."+string(date)+"."+string(lang)] = sample.Markdown(lang, date)
				}
				if lang != law.EN {
					texts["bylaw."+string(lang)] = sample.ByLawMarkdown(lang)
				}
			}
			for name, text := range texts {
				if err := os.WriteFile(filepath.Join(env.WorkDir, name+".md"), []byte(text), 0o644); err != nil {
					return err
				}
			}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"site":  serveSite,
			"exits": exits,
		},
	})
}

// exits runs a command that must end with the given exit code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND…")
	}
	err := ts.Exec(args[1], args[2:]...)
	code := 0
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		code = exit.ExitCode()
	}
	if got := strconv.Itoa(code); got != args[0] {
		ts.Fatalf("exit code %s, want %s (%v)", got, args[0], err)
	}
}
