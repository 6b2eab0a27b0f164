// Package citing finds in texts the citations of acts and of their units, says
// which act each one means, and answers who among the stored acts cites what.
//
// It never guesses: a citation whose act is not named, or is named in words that
// fit nothing stored, is nobody's; one that fits several acts is given with a
// doubt. It reads no clock and keeps nothing on disk: what it has read of an
// edition stays true, because editions never change.
package citing
