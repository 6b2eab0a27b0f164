package law

import (
	"regexp"
	"sync"
)

// pattern is a regular expression that is compiled when it is first used: most
// texts meet few of them, and compiling all would take a tenth of the time a
// command has.
func pattern(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}
