package accounts

import "slices"

// Role is what a member is to an organisation.
type Role string

const (
	Owner     Role = "owner"
	Editor    Role = "editor"
	Moderator Role = "moderator"
	Analyst   Role = "analyst"
	Viewer    Role = "viewer"
)

// Roles lists them, the most powerful first.
func Roles() []Role { return []Role{Owner, Editor, Moderator, Analyst, Viewer} }

// ParseRole reads a role's name.
func ParseRole(s string) (Role, bool) { return Role(s), slices.Contains(Roles(), Role(s)) }

// Action is something a member may or may not do.
type Action string

const (
	ReadDesk       Action = "read_desk"       // drafts, tasks, campaigns that are not public
	Edit           Action = "edit"            // campaigns, proposals, dossiers
	Publish        Action = "publish"         // let the public see it, pause it, close it
	Moderate       Action = "moderate"        // comments and reports of them
	ReadNumbers    Action = "read_numbers"    // counts below what the public is shown
	EnterPaper     Action = "enter_paper"     // signatures collected on paper
	Deliver        Action = "deliver"         // make and fetch a delivery pack
	ManageMembers  Action = "manage_members"  // invite, change roles, remove
	ManageKeys     Action = "manage_keys"     // the organisation's recipient keys
	ReadAudit      Action = "read_audit"      // what was done by whom
	ChangeSettings Action = "change_settings" // the organisation's name and addresses
)

// Actions lists them.
func Actions() []Action {
	return []Action{ReadDesk, Edit, Publish, Moderate, ReadNumbers, EnterPaper, Deliver, ManageMembers, ManageKeys, ReadAudit, ChangeSettings}
}

// May reports whether a role allows an action. What is not named is not allowed.
func (r Role) May(a Action) bool {
	switch r {
	case Owner:
		return slices.Contains(Actions(), a)
	case Editor:
		return slices.Contains([]Action{ReadDesk, Edit, Publish, ReadNumbers, EnterPaper, Deliver, ReadAudit}, a)
	case Moderator:
		return slices.Contains([]Action{ReadDesk, Moderate, ReadNumbers, EnterPaper}, a)
	case Analyst:
		return slices.Contains([]Action{ReadDesk, ReadNumbers}, a)
	case Viewer:
		return a == ReadDesk
	}
	return false
}

// NeedsSecondFactor reports whether a member in this role signs in with a second
// factor or not at all: those who can publish, read or take away.
func (r Role) NeedsSecondFactor() bool { return r == Owner || r == Editor || r == Moderator }

// Fresh reports whether an action asks for a sign-in of the last minutes: a
// session left open on a shared computer must not be enough for it.
func (a Action) Fresh() bool { return a == Deliver || a == ManageMembers || a == ManageKeys }
