package people

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/internal/i18n"
)

// told is an entry of the log in words; what has none is told as it is stored,
// and a test fails.
func told(l *i18n.Locale, e accounts.Entry) string {
	first, rest, _ := strings.Cut(e.To, " ")
	role := func(s string) string { return roleName(l, accounts.Role(s)) }
	switch e.Did {
	case "organisation.made":
		return l.T("did.organisation_made")
	case "organisation.changed":
		return l.T("did.organisation_changed")
	case "key.added":
		return l.T("did.key_added", "key", e.To)
	case "key.retired":
		return l.T("did.key_retired", "key", e.To)
	case "member.invited":
		return l.T("did.member_invited", "role", role(first))
	case "invitation.withdrawn":
		return l.T("did.invitation_withdrawn")
	case "member.joined":
		return l.T("did.member_joined", "role", role(first))
	case "member.role":
		return l.T("did.member_role", "role", role(rest))
	case "member.removed":
		return l.T("did.member_removed")
	case "account.erased":
		return l.T("did.account_erased")
	case "session.began":
		return l.T("did.session_began")
	case "session.proved":
		return l.T("did.session_proved")
	case "sessions.ended":
		return l.T("did.sessions_ended")
	case "password.changed":
		return l.T("did.password_changed")
	case "password.reset":
		return l.T("did.password_reset")
	case "totp.added":
		return l.T("did.totp_added")
	case "totp.removed":
		return l.T("did.totp_removed")
	case "passkey.added":
		return l.T("did.passkey_added")
	case "passkey.removed":
		return l.T("did.passkey_removed")
	case "recovery.made":
		return l.T("did.recovery_made")
	case "recovery.used":
		return l.T("did.recovery_used")
	}
	of := parts(e.To)
	return cmp.Or(toldCampaign(l, e.Did, of), toldProposal(l, e.Did, of), toldDossier(l, e.Did, of["dossier"]), toldScore(l, e.Did, of), strings.TrimSpace(e.Did+" "+e.To))
}

// parts reads what an entry names: "campaign 3, sheet 1, live".
func parts(to string) map[string]string {
	out := map[string]string{}
	for part := range strings.SplitSeq(to, ", ") {
		if name, value, ok := strings.Cut(part, " "); ok {
			out[name] = value
		} else {
			out["state"] = part
		}
	}
	return out
}

// toldCampaign is what was done to a campaign, "" for another entry.
func toldCampaign(l *i18n.Locale, did string, of map[string]string) string {
	n := of["campaign"]
	switch did {
	case "campaign.added":
		return l.T("did.campaign_added", "campaign", n)
	case "campaign.saved", "campaign.text":
		if of["text"] != "" {
			return l.T("did.campaign_version", "campaign", n, "version", of["text"])
		}
		return l.T("did.campaign_saved", "campaign", n)
	case "campaign.state":
		state := of["state"]
		if slices.Contains(campaigns.States(), campaigns.State(state)) {
			key := "state." + state
			state = l.T(key)
		}
		return l.T("did.campaign_state", "campaign", n, "state", state)
	case "signers.erased":
		return l.T("did.signers_erased", "campaign", n)
	case "campaign.update":
		return l.T("did.campaign_update", "campaign", n)
	case "picture.set":
		return l.T("did.picture_set", "campaign", n)
	case "picture.described":
		return l.T("did.picture_described", "campaign", n)
	case "picture.removed":
		return l.T("did.picture_removed", "campaign", n)
	case "paper.entered":
		lines, _ := strconv.Atoi(of["lines"])
		return l.N("did.paper_entered", lines, "campaign", n, "sheet", of["sheet"])
	case "name.hidden":
		return l.T("did.name_hidden", "campaign", n)
	case "paper.withdrawn":
		return l.T("did.paper_withdrawn", "campaign", n)
	case "comments.published":
		return l.T("did.comments_published", "campaign", n, "decision", of["decision"])
	case "comments.rejected":
		return l.T("did.comments_rejected", "campaign", n, "decision", of["decision"])
	case "comments.undone":
		return l.T("did.comments_undone", "campaign", n, "decision", of["decision"])
	case "signers.fetched":
		return l.T("did.signers_fetched", "campaign", n)
	case "delivery.made":
		return l.T("did.delivery_made", "campaign", n, "delivery", of["delivery"])
	case "delivery.received":
		return l.T("did.delivery_received", "campaign", n, "delivery", of["delivery"])
	case "answer.published":
		return l.T("did.answer_published", "campaign", n)
	}
	return ""
}

// toldDossier is what was done to a dossier, "" for another entry.
func toldDossier(l *i18n.Locale, did, n string) string {
	switch did {
	case "dossier.loaded":
		return l.T("did.dossier_loaded", "dossier", n)
	case "dossier.made", "dossier.added":
		return l.T("did.dossier_made", "dossier", n)
	case "dossier.saved", "dossier.changed":
		return l.T("did.dossier_changed", "dossier", n)
	case "dossier.stage":
		return l.T("did.dossier_stage", "dossier", n)
	case "dossier.shown":
		return l.T("did.dossier_shown", "dossier", n)
	case "dossier.hidden":
		return l.T("did.dossier_hidden", "dossier", n)
	case "dossier.stage_removed":
		return l.T("did.dossier_stage_removed", "dossier", n)
	case "dossier.document":
		return l.T("did.dossier_document", "dossier", n)
	case "dossier.document_changed":
		return l.T("did.dossier_document_changed", "dossier", n)
	case "dossier.document_removed":
		return l.T("did.dossier_document_removed", "dossier", n)
	case "dossier.deadline":
		return l.T("did.dossier_deadline", "dossier", n)
	case "dossier.deadline_removed":
		return l.T("did.dossier_deadline_removed", "dossier", n)
	}
	return ""
}
