// Package drafting reads the instructions of amending acts, in Russian and in
// Kazakh, and applies them to the text of a law.
//
// Read turns the lines of an act into instructions: the operation, the targets
// (citations made whole by the context they stand in), the quoted wording and
// the entry into force. Apply does them to the text as it was before the act and
// tells of each whether it was done, and why not.
//
// How acts phrase instructions is data (data/ru.json, data/kk.json): a lawyer
// can correct a formula or add one without a change of code.
//
// The room never guesses. A sentence that is not understood whole is kept as
// unparsed; a target that is not there, or may be several units, is left alone
// and said. It reads no clock and does no I/O.
package drafting
