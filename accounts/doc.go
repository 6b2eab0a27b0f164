// Package accounts is who works here: organisations, their members and what each
// may do, how a person proves to be that person, and what the organisation can
// read afterwards of what was done.
//
// It holds types and rules. It stores nothing, sends nothing and reads no clock;
// randomness is passed in. It knows nothing of those who sign: they have no
// account.
package accounts
