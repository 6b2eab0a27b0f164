package people

import "github.com/tuzetu/tuzetu/internal/i18n"

// toldProposal is what was done to a proposal, "" for another entry.
func toldProposal(l *i18n.Locale, did string, of map[string]string) string {
	n := of["proposal"]
	switch did {
	case "proposal.added", "proposal.made":
		if n == "" { // the log names its dossier: it has no number yet
			return l.T("did.proposal_new", "dossier", of["dossier"])
		}
		return l.T("did.proposal_added", "proposal", n)
	case "proposal.changed":
		return l.T("did.proposal_changed", "proposal", n)
	case "proposal.saved":
		return l.T("did.proposal_saved", "proposal", n)
	case "proposal.restored":
		return l.T("did.proposal_restored", "proposal", n)
	case "proposal.commented":
		return l.T("did.proposal_commented", "proposal", n)
	case "proposal.settled":
		return l.T("did.proposal_settled", "proposal", n)
	case "proposal.published":
		return l.T("did.proposal_published", "proposal", n)
	}
	return ""
}
