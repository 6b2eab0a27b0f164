package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestReport(t *testing.T) {
	const (
		passes = `{"Action":"run","Package":"m/a","Test":"TestA"}
{"Action":"output","Package":"m/a","Test":"TestA","Output":"=== RUN   TestA\n"}
{"Action":"pass","Package":"m/a","Test":"TestA","Elapsed":0.1}
{"Action":"pass","Package":"m/a","Elapsed":0.2}
`
		fails = `{"Action":"output","Package":"m/b","Test":"TestB/kk","Output":"    b_test.go:3: got 1\n"}
{"Action":"fail","Package":"m/b","Test":"TestB/kk"}
{"Action":"fail","Package":"m/b","Test":"TestB"}
{"Action":"fail","Package":"m/b"}
`
		absent = `{"Action":"output","Package":"m/c","Test":"TestC","Output":"    c_test.go:9: ../shared absent\n"}
{"Action":"output","Package":"m/c","Test":"TestC","Output":"--- SKIP: TestC (0.00s)\n"}
{"Action":"skip","Package":"m/c","Test":"TestC"}
{"Action":"pass","Package":"m/c"}
`
		browser = `{"Action":"output","Package":"m/c","Test":"TestD","Output":"    c_test.go:9: no chromium\n"}
{"Action":"skip","Package":"m/c","Test":"TestD"}
{"Action":"pass","Package":"m/c"}
`
		unbuilt = `{"ImportPath":"m/d","Action":"build-output","Output":"d.go:1:1: syntax error\n"}
{"ImportPath":"m/d","Action":"build-fail"}
{"Action":"fail","Package":"m/d","FailedBuild":"m/d"}
`
		panics = `{"Action":"output","Package":"m/e","Test":"TestE","Output":"panic: out of time\n"}
{"Action":"fail","Package":"m/e"}
`
		empty = `{"Action":"skip","Package":"m/f"}
`
		measures = `{"Action":"output","Package":"m/g","Test":"TestG","Output":"    g_test.go:7: figure: 12 ms\n"}
{"Action":"pass","Package":"m/g","Test":"TestG"}
`
	)
	for _, c := range []struct {
		name, in, counts string
		strict           bool
		says             []string
	}{
		{"passes", passes + empty, "1 0 0", true, []string{"ok    m/a (200ms)", "none  m/f"}},
		{"a figure", measures, "1 0 0", true, []string{"      m/g TestG: 12 ms\n"}},
		{"fails", passes + fails, "1 2 0", false, []string{"FAIL  m/b TestB/kk\n        b_test.go:3: got 1\n", "FAIL  m/b (0s)"}},
		{"the allowed skip", absent, "0 0 1", true, []string{"skip  m/c TestC: c_test.go:9: ../shared absent\n"}},
		{"another skip", browser, "0 0 1", false, []string{"skip  m/c TestD: c_test.go:9: no chromium"}},
		{"another skip in CI", browser, "0 1 0", true, []string{"FAIL  m/c TestD", "does not allow: c_test.go:9: no chromium"}},
		{"does not build", unbuilt, "0 1 0", false, []string{"FAIL  m/d (0s)\n    d.go:1:1: syntax error\n"}},
		{"panics", panics, "0 1 0", false, []string{"panic: out of time"}},
		{"not an event", "go: cannot load module\n", "0 0 0", false, []string{"go: cannot load module\n"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var out bytes.Buffer
			file := filepath.Join(t.TempDir(), "counts")
			r := report{out: &out, strict: c.strict}
			if err := r.run(strings.NewReader(c.in), file); err != nil {
				t.Fatal(err)
			}
			got, err := os.ReadFile(file)
			if err != nil || string(got) != c.counts+"\n" {
				t.Errorf("counts %q, %v; want %q", got, err, c.counts)
			}
			for _, want := range c.says {
				if !strings.Contains(out.String(), want) {
					t.Errorf("said:\n%s\nwant:\n%s", out.String(), want)
				}
			}
		})
	}
}
