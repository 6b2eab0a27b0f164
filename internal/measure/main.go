// Command measure runs a command several times and prints the median time from
// its start to its last byte and its peak memory. "make bench" runs it; nothing
// else in the house uses it.
//
//	measure [-n 5] [-name "what it is"] COMMAND ARGUMENT…
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"syscall"
	"time"
)

func main() {
	n := flag.Int("n", 5, "how often to run the command")
	name := flag.String("name", "", "what to call it")
	flag.Parse()
	if flag.NArg() == 0 || *n < 1 {
		flag.Usage()
		os.Exit(2)
	}
	took, peak, err := measure(*n, flag.Args())
	if err != nil {
		fmt.Fprintln(os.Stderr, "measure:", err)
		os.Exit(1)
	}
	fmt.Printf("%-44s %8.1f ms %8.1f MB peak\n", *name, float64(took.Microseconds())/1e3, float64(peak)/1e6)
}

// measure returns the median time and the largest memory, in bytes, of n runs
// whose output goes to the null device.
func measure(n int, args []string) (median time.Duration, peak int64, err error) {
	var times []time.Duration
	for range n {
		cmd := exec.Command(args[0], args[1:]...)
		cmd.Stderr = os.Stderr
		start := time.Now()
		if err := cmd.Run(); err != nil {
			return 0, 0, fmt.Errorf("%s: %w", args[0], err)
		}
		times = append(times, time.Since(start))
		if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
			peak = max(peak, usage.Maxrss*1024) // Linux counts in kilobytes
		}
	}
	slices.Sort(times)
	return times[n/2], peak, nil
}
