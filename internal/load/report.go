package main

import (
	"fmt"
	"io"
	"text/tabwriter"
)

// report is the table that is printed at the end; what is measured is also told
// as it comes.
type report struct {
	out    io.Writer
	rows   [][3]string
	failed int
}

// say tells a figure that is not judged.
func (r *report) say(what, format string, args ...any) { r.row("", what, fmt.Sprintf(format, args...)) }

// bar tells a figure that must reach something; wanted says what.
func (r *report) bar(reached bool, what, wanted, format string, args ...any) {
	verdict := "PASS"
	if !reached {
		verdict = "FAIL"
		r.failed++
	}
	r.row(verdict, what+" ("+wanted+")", fmt.Sprintf(format, args...))
}

func (r *report) row(verdict, what, figure string) {
	r.rows = append(r.rows, [3]string{verdict, what, figure})
	fmt.Fprintf(r.out, "%s  %s: %s\n", verdict, what, figure)
}

func (r *report) head(name string) {
	r.rows = append(r.rows, [3]string{"", "== " + name, ""})
	fmt.Fprintln(r.out, "== "+name)
}

func (r *report) table() {
	fmt.Fprintln(r.out)
	w := tabwriter.NewWriter(r.out, 0, 0, 2, ' ', 0)
	for _, row := range r.rows {
		fmt.Fprintf(w, "%s\t%s\t%s\n", row[0], row[1], row[2])
	}
	w.Flush()
	fmt.Fprintf(r.out, "%d bars not reached\n", r.failed)
}
