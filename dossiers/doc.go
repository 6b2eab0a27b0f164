// Package dossiers is what is asked for and what became of it: the dossier of an
// effort with its stages, documents and deadlines; proposals with their versions
// and reasons; outcomes, suggested by comparison and confirmed by people; the
// scoreboard and the targets counted from them.
//
// It holds types and pure rules: it asks no database and reads no clock. What a
// lawyer must be able to correct without a programmer (stages, holidays,
// statuses, targets, the history of the media law) is data in data/*.json. A
// comparison only ever suggests; a day that cannot be computed is no day.
package dossiers
