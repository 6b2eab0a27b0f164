package web

import (
	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/people"
)

// peopleRoutes are the pages of those who work here.
func peopleRoutes(t *table, pages *page.Pages, p *people.People) {
	public, signedIn, proved := t.with(people.Open(), pages.Handle), t.with(people.SignedIn(), pages.Handle), t.with(people.Proved(), pages.Handle)
	may := func(a accounts.Action, pattern string, h page.Handler) {
		t.with(people.May(a), pages.Handle)(pattern, h)
	}
	for _, ui := range law.Langs {
		get, post := "GET /"+string(ui), "POST /"+string(ui)
		public(get+"/sign-in", p.SignIn)
		public(post+"/sign-in", p.DoSignIn)
		public(post+"/sign-in/passkey", p.PasskeySignIn)
		public(get+"/sign-in/second", p.Second)
		public(post+"/sign-in/second", p.DoSecond)
		public(get+"/sign-in/recovery", p.Recovery)
		public(post+"/sign-in/recovery", p.DoRecovery)
		public(get+"/forgot", p.Forgot)
		public(post+"/forgot", p.DoForgot)
		public(get+"/forgot/sent", p.ForgotSent)
		public(get+"/reset/{token}", p.Reset)
		public(post+"/reset/{token}", p.DoReset)
		public(get+"/join/{token}", p.Join)
		public(post+"/join/{token}", p.DoJoin)

		signedIn(post+"/sign-out", p.SignOut)
		signedIn(get+"/account", p.Account)
		signedIn(post+"/account/sessions", p.EndSession)
		signedIn(get+"/account/again", p.Again)
		signedIn(post+"/account/again", p.DoAgain)
		signedIn(post+"/account/again/passkey", p.PasskeyAgain)
		proved(get+"/account/password", p.Password)
		proved(post+"/account/password", p.DoPassword)
		proved(get+"/account/totp", p.TOTP)
		proved(post+"/account/totp", p.DoTOTP)
		proved(post+"/account/passkey", p.DoPasskey)
		proved(post+"/account/remove", p.RemoveFactor)
		proved(post+"/account/codes", p.DoRecoveryCodes)
		proved(get+"/account/data.json", p.Data)
		proved(get+"/account/erase", p.Erase)
		proved(post+"/account/erase", p.DoErase)

		signedIn(get+"/desk", p.Desk)
		desk := "/desk/{organisation}"
		may(accounts.ReadDesk, get+desk, p.OrganisationDesk)
		may(accounts.ReadDesk, get+desk+"/members", p.Members)
		may(accounts.ManageMembers, post+desk+"/members", p.Invite)
		may(accounts.ManageMembers, post+desk+"/members/{person}", p.SetRole)
		may(accounts.ManageMembers, post+desk+"/members/invitations/{invitation}", p.Withdraw)
		may(accounts.ReadAudit, get+desk+"/audit", p.Audit)
		may(accounts.ReadAudit, get+desk+"/audit.csv", p.AuditCSV)
		may(accounts.ManageKeys, get+desk+"/keys", p.Keys)
		may(accounts.ManageKeys, post+desk+"/keys", p.AddKey)
		may(accounts.ManageKeys, post+desk+"/keys/{key}/retire", p.RetireKey)
		may(accounts.ChangeSettings, get+desk+"/settings", p.Settings)
		may(accounts.ChangeSettings, post+desk+"/settings", p.DoSettings)

		if p.Demo != nil {
			public(get+"/outbox", p.Outbox)
		}
	}
}
