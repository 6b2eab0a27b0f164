// Command testreport reads the output of "go test -json" and tells it to people:
// a line a package, what failed with its output, every skip with its reason,
// what a test logged after "figure: ", and the counts. ./check runs it; nothing
// else in the house uses it.
//
// With -counts FILE it writes "PASSED FAILED SKIPPED" there. It exits 1 when
// something failed, and with -strict also when a test was skipped for another
// reason than allowedSkip.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"time"
)

// allowedSkip is the one reason for which a test may be skipped in CI: the
// folder of real laws beside the project is not part of it.
const allowedSkip = "../shared absent"

func main() {
	strict := flag.Bool("strict", false, "a skip for another reason than \""+allowedSkip+"\" is a failure")
	counts := flag.String("counts", "", "write the counts to this `FILE`")
	flag.Parse()
	r := report{out: os.Stdout, strict: *strict}
	if err := r.run(os.Stdin, *counts); err != nil {
		fmt.Fprintln(os.Stderr, "testreport:", err)
		os.Exit(1)
	}
	if r.failed > 0 {
		os.Exit(1)
	}
}

// event is a line of "go doc test2json".
type event struct {
	Action      string
	Package     string
	ImportPath  string // of a build
	Test        string
	Elapsed     float64
	Output      string
	FailedBuild string
}

type report struct {
	out    io.Writer
	strict bool

	passed, failed, skipped int

	output map[string]*strings.Builder // by package and test, or by build
	inside map[string]int              // failed tests by package
}

func (r *report) run(in io.Reader, counts string) error {
	r.output, r.inside = map[string]*strings.Builder{}, map[string]int{}
	lines := bufio.NewReader(in)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 {
			r.line(line)
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
	}
	if counts == "" {
		return nil
	}
	return os.WriteFile(counts, fmt.Appendf(nil, "%d %d %d\n", r.passed, r.failed, r.skipped), 0o644)
}

func (r *report) line(line []byte) {
	var e event
	if json.Unmarshal(line, &e) != nil {
		// What is not an event is the go command speaking, for instance of a
		// module that cannot be loaded.
		fmt.Fprintf(r.out, "%s", line)
		return
	}
	key := e.Package + " " + e.Test
	switch e.Action {
	case "output":
		r.keep(key, e.Output)
	case "build-output":
		r.keep(e.ImportPath, e.Output)
	case "pass", "fail", "skip":
		if e.Test == "" {
			r.packageEnded(e)
		} else {
			r.testEnded(e, key)
		}
		delete(r.output, key)
	}
}

func (r *report) testEnded(e event, key string) {
	name := strings.TrimPrefix(e.Package, "github.com/tuzetu/tuzetu/") + " " + e.Test
	switch e.Action {
	case "pass":
		r.passed++
		r.figures(name, r.said(key))
	case "fail":
		r.failed++
		r.inside[e.Package]++
		fmt.Fprintf(r.out, "FAIL  %s\n%s", name, indent(unframed(r.said(key))))
	case "skip":
		why := reason(r.said(key))
		if r.strict && !strings.Contains(why, allowedSkip) {
			r.failed++
			r.inside[e.Package]++
			fmt.Fprintf(r.out, "FAIL  %s\n    skipped, which CI does not allow: %s\n", name, why)
			return
		}
		r.skipped++
		fmt.Fprintf(r.out, "skip  %s: %s\n", name, why)
	}
}

// figures prints what a test measured.
func (r *report) figures(name, output string) {
	for line := range strings.Lines(output) {
		if _, figure, ok := strings.Cut(line, "figure: "); ok {
			fmt.Fprintf(r.out, "      %s: %s\n", name, strings.TrimSpace(figure))
		}
	}
}

func (r *report) packageEnded(e event) {
	took := time.Duration(e.Elapsed * float64(time.Second)).Round(100 * time.Millisecond)
	if e.Action != "fail" {
		// "skip" is a package without tests.
		fmt.Fprintf(r.out, "%-5s %s (%s)\n", map[string]string{"pass": "ok", "skip": "none"}[e.Action], e.Package, took)
		return
	}
	fmt.Fprintf(r.out, "FAIL  %s (%s)\n", e.Package, took)
	// A package fails without a failed test when it does not build, panics,
	// leaves by os.Exit or runs out of time: its own words are all there is.
	if r.inside[e.Package] == 0 {
		r.failed++
		fmt.Fprint(r.out, indent(r.said(e.FailedBuild)), indent(r.said(e.Package+" ")))
		for key := range r.output {
			if strings.HasPrefix(key, e.Package+" ") && key != e.Package+" " {
				fmt.Fprint(r.out, indent(r.said(key)))
			}
		}
	}
}

func (r *report) keep(key, text string) {
	if r.output[key] == nil {
		r.output[key] = &strings.Builder{}
	}
	r.output[key].WriteString(text)
}

func (r *report) said(key string) string {
	if b := r.output[key]; b != nil {
		return b.String()
	}
	return ""
}

var frameForm = regexp.MustCompile(`^\s*(=== |--- )`)

// reason is what a skipped test said, on one line.
func reason(output string) string {
	var said []string
	for line := range strings.Lines(unframed(output)) {
		said = append(said, strings.TrimSpace(line))
	}
	if len(said) == 0 {
		return "no reason given"
	}
	return strings.Join(said, " ")
}

// unframed leaves out what the test runner itself says around a test.
func unframed(output string) string {
	var b strings.Builder
	for line := range strings.Lines(output) {
		if !frameForm.MatchString(line) {
			b.WriteString(line)
		}
	}
	return b.String()
}

func indent(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString("    " + strings.TrimSuffix(line, "\n") + "\n")
	}
	return b.String()
}
