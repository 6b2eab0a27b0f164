package accounts

import "time"

// How long a session lasts: since it was last used, since it began, and since
// the person last proved who they are for what asks for a fresh sign-in.
const (
	SessionIdle  = 12 * time.Hour
	SessionLife  = 7 * 24 * time.Hour
	SessionFresh = 10 * time.Minute
	// SessionTurn is how often the secret of a session is changed: one that was
	// copied is soon of no use.
	SessionTurn = 30 * time.Minute
	// SessionLap is how long the secret before still counts: requests that were
	// under way when it was turned.
	SessionLap = time.Minute
)

// Session is one browser signed in.
type Session struct {
	ID     string // as it stands in the list of sessions; not its secret
	Person PersonID
	Began  time.Time
	Used   time.Time
	Proved time.Time // the last time password and second factor were shown
	Turned time.Time // the last time its secret was changed
	// Second is set when a second factor was shown.
	Second bool
	Agent  string // browser and system in words, for the list of sessions
}

// Alive reports whether the session still counts.
func (s *Session) Alive(now time.Time) bool {
	return !now.Before(s.Began.Add(-time.Minute)) && now.Sub(s.Used) < SessionIdle && now.Sub(s.Began) < SessionLife
}

// Fresh reports whether the person has proved who they are within minutes.
func (s *Session) Fresh(now time.Time) bool { return now.Sub(s.Proved) < SessionFresh }

// Due reports whether the secret is to be changed.
func (s *Session) Due(now time.Time) bool { return now.Sub(s.Turned) >= SessionTurn }

// Verdict says whether an action is allowed, and if not what is missing.
type Verdict int

const (
	Allowed   Verdict = iota
	Hidden            // not a member, or not for this role: there is no such page
	NoSecond          // the role asks for a second factor, this session has none
	NotFresh          // sign in again first
	SignedOut         // no session
)

// Judge tells whether a session may do something in an organisation; m is the
// person's place in it, nil where there is none.
func Judge(s *Session, m *Member, a Action, now time.Time) Verdict {
	switch {
	case s == nil || !s.Alive(now):
		return SignedOut
	case m == nil || m.Person != s.Person || !m.Role.May(a):
		return Hidden
	case m.Role.NeedsSecondFactor() && !s.Second:
		return NoSecond
	case a.Fresh() && !s.Fresh(now):
		return NotFresh
	}
	return Allowed
}
