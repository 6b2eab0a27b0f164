package web_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
)

// kind is a kind of page: what a reader would call another page, and every
// state of it that looks different.
type kind struct {
	name string
	// path is its address on the site of auditedSite; {ui} stands for the
	// language of the interface, and of the text where that is the same.
	path   string
	status int // 0 is 200
	// alone: the page is for one person.
	alone bool
}

// kinds is the one list of page kinds. A page written here once is audited in
// three languages, light and dark, at 320 and 1280 px (axe_test.go), its
// languages, headings, text spacing and headers are checked, and its layout must
// not shift.
var kinds = []kind{
	{name: "home", path: "/{ui}"},
	{name: "act", path: "/{ui}" + sampleAct},
	{name: "act without text", path: "/{ui}/acts/" + string(sample.AmendingActID)},
	{name: "edition", path: "/{ui}" + sampleSecond + "/{ui}"},
	{name: "edition, superseded", path: "/{ui}" + sampleFirst + "/{ui}"},
	{name: "edition, a day without one", path: "/{ui}" + sampleAct + "/2025-06-15/{ui}"},
	{name: "edition, two languages", path: "/{ui}" + sampleSecond + "/ru+kk"},
	{name: "timeline", path: "/{ui}" + sampleAct + "/timeline/{ui}"},
	{name: "glossary", path: "/{ui}/glossary"},
	{name: "style guide", path: "/{ui}/styleguide"},
	{name: "edition, text in another language", path: "/{ui}" + sampleFirst + "/ru"},
	{name: "compare", path: "/{ui}" + sampleCompare + "/{ui}"},
	{name: "compare, text in another language", path: "/{ui}" + sampleCompare + "/kk"},
	{name: "compare, side by side", path: "/{ui}" + sampleCompare + "/{ui}?view=side"},
	{name: "compare, before", path: "/{ui}" + sampleCompare + "/{ui}?view=before"},
	{name: "compare, after", path: "/{ui}" + sampleCompare + "/{ui}?view=after&technical=hide"},
	{name: "compare, backwards", path: "/{ui}" + sampleAct + "/compare/2026-02-01...2025-03-01/{ui}"},
	{name: "compare, nothing changed", path: "/{ui}" + sampleAct + "/compare/2026-02-01...2026-02-01/{ui}"},
	{name: "compare, two languages", path: "/{ui}" + sampleCompare + "/ru+kk"},
	{name: "compare, second page", path: "/{ui}/acts/" + string(draftedAct) + "/compare/2025-03-01...2026-02-01/ru?page=2"},
	{name: "outcome, pending", path: "/{ui}" + sampleOutcome + "/{ui}"},
	{name: "outcome", path: "/{ui}" + fullOutcome + "/ru"},
	{name: "outcome, one status", path: "/{ui}" + fullOutcome + "/ru?status=rejected"},
	{name: "history", path: "/{ui}" + sampleAct + "/at/art_4__para_2/{ui}"},
	{name: "history, article", path: "/{ui}" + sampleAct + "/at/art_10/{ui}"},
	{name: "history, whose words", path: "/{ui}" + sampleAct + "/at/art_4/{ui}?view=blame"},
	{name: "history, beside", path: "/{ui}" + sampleAct + "/at/art_4/ru?with=kk"},
	{name: "cite", path: "/{ui}" + sampleSecond + "/{ui}/cite?at=art_4__para_2"},
	{name: "history, ended", path: "/{ui}" + sampleAct + "/at/art_6__subpara_4/{ui}?edition=2025-03-01"},
	{name: "card of a comparison", path: "/{ui}/embed" + sampleCompare + "/{ui}"},
	{name: "card of a change", path: "/{ui}/embed" + sampleCompare + "/{ui}" + sampleChange},
	{name: "card of a wording", path: "/{ui}/embed" + sampleUnit + "/{ui}"},
	{name: "card of an outcome", path: "/{ui}/embed" + fullOutcome + "/ru"},
	{name: "draft parity", path: "/{ui}/draft/parity"},
	{name: "draft", path: "/{ui}/draft?edition=" + string(sample.ActID) + "@2025-03-01:ru"},
	{name: "campaigns", path: "/{ui}/campaigns"},
	{name: "campaigns, none such", path: "/{ui}/campaigns?state=closed"},
	{name: "campaign", path: "/{ui}" + boothPath},
	{name: "campaign, sign", path: "/{ui}" + boothPath + "/sign"},
	{name: "campaign, look into your mail", path: "/{ui}" + boothPath + "/sent"},
	{name: "campaign, sheet", path: "/{ui}" + boothPath + "/sheet"},
	{name: "campaign, appeal", path: "/{ui}" + boothPath + "/appeal"},
	{name: "campaign, history of its text", path: "/{ui}" + boothPath + "/text"},
	{name: "campaign, lost link", path: "/{ui}" + boothPath + "/lost"},
	{name: "campaign, link is on its way", path: "/{ui}" + boothPath + "/lost/sent"},
	{name: "campaign, withdrawn", path: "/{ui}" + boothPath + "/withdrawn"},
	{name: "campaign, confirm", path: "/{ui}/confirm/pending", alone: true},
	{name: "campaign, thanks", path: "/{ui}/confirm/done", alone: true},
	{name: "campaign, manage", path: "/{ui}/manage/done", alone: true},
	{name: "campaign, unsubscribe", path: "/{ui}/unsubscribe/done", alone: true},
	{name: "letters, forbid", path: "/{ui}/block/none-yet", alone: true},
	{name: "campaign, link not valid", path: "/{ui}/confirm/none", status: http.StatusNotFound, alone: true},
	{name: "comments", path: "/{ui}" + boothPath + "/comments"},
	{name: "comments at a provision", path: "/{ui}" + boothPath + "/comments?at=art_4__para_4"},
	{name: "comment, look into your mail", path: "/{ui}" + boothPath + "/comments/sent"},
	{name: "comment, confirm", path: "/{ui}/comment/confirm/pending", alone: true},
	{name: "comment, confirmed", path: "/{ui}/comment/confirm/done", alone: true},
	{name: "comment, manage", path: "/{ui}/comment/manage/done", alone: true},
	{name: "campaign, delivered", path: "/{ui}/campaigns/delivered-library"},
	{name: "campaign, answered", path: "/{ui}/campaigns/" + answeredSlug},
	{name: "campaign, two versions of its text", path: "/{ui}/campaigns/" + answeredSlug + "/text"},
	{name: "receive", path: "/{ui}/receive/" + openToken, alone: true},
	{name: "receive, link not valid", path: "/{ui}/receive/" + receiveToken, status: http.StatusNotFound, alone: true},
	{name: "edition, commented on", path: "/{ui}" + askedPath + "/ru"},
	{name: "compare, commented on", path: "/{ui}" + askedChange + "/ru"},
	{name: "sources", path: "/{ui}/sources"},
	{name: "sources, a page refused", path: "/{ui}/sources/refused/" + refusedSum},
	{name: "sources, two texts", path: "/{ui}/sources" + sampleSecond + "/ru"},
	{name: "comment, link not valid", path: "/{ui}/comment/confirm/none", status: http.StatusNotFound, alone: true},
	{name: "problem, no page", path: "/{ui}/nothing", status: http.StatusNotFound},
	{name: "problem, no such date", path: "/{ui}" + sampleAct + "/2020-01-01/{ui}", status: http.StatusNotFound},
	{name: "problem, texts that do not fit", path: "/{ui}" + sampleAct + "/outcome/2025-03-01...2026-02-01/{ui}", status: http.StatusBadRequest},
}

// in is the address of the kind in an interface language.
func (k kind) in(ui law.Lang) string { return strings.ReplaceAll(k.path, "{ui}", string(ui)) }

const draftedAct law.ActID = "Z9900000002"

// auditedSite has a page of every kind.
func auditedSite(tb testing.TB) *site {
	tb.Helper()
	s := decided(tb)
	s.act(law.Act{ID: sample.AmendingActID, Titles: map[law.Lang]string{law.RU: "О внесении изменений"}})
	s.act(law.Act{ID: draftedAct, Titles: map[law.Lang]string{law.RU: "Кодекс дворов (образец)"}})
	before, after := draftedTexts(210) // two pages of changes, the second a short one
	s.edition(draftedAct, law.Enacted, sample.First, law.RU, before)
	s.edition(draftedAct, law.Enacted, sample.Second, law.RU, after)
	signedBy(s)
	watched(s)
	return s
}

// Every kind answers in every language, under the strict policy.
func TestEveryKindIsGuarded(t *testing.T) {
	s := auditedSite(t)
	for _, k := range kinds {
		for _, ui := range law.Langs {
			w := s.get(k.in(ui))
			want := k.status
			if want == 0 {
				want = http.StatusOK
			}
			if w.Code != want {
				t.Errorf("%s: %s: %d, want %d", k.name, k.in(ui), w.Code, want)
			}
			if _, title, _ := strings.Cut(w.Body.String(), "<title>"); strings.HasPrefix(title, "{") {
				t.Errorf("%s: the title is %.60q", k.name, title)
			}
			policy := directives(w.Header().Get("Content-Security-Policy"))
			embed := strings.HasPrefix(k.path, "/{ui}/embed/")
			strict := map[string]string{
				"default-src": "'none'", "script-src": "'self'", "font-src": "'self'", "connect-src": "'self'",
				"form-action": "'self'", "base-uri": "'none'",
			}
			if embed { // runs no script, holds no form
				strict["script-src"], strict["connect-src"], strict["form-action"] = "", "", "'none'"
			}
			for name, want := range strict {
				if policy[name] != want {
					t.Errorf("%s: %s is %q, want %q", k.name, name, policy[name], want)
				}
			}
			if (policy["frame-ancestors"] == "'none'") == embed || (w.Header().Get("X-Frame-Options") == "DENY") == embed {
				t.Errorf("%s: frame-ancestors %q, X-Frame-Options %q", k.name, policy["frame-ancestors"], w.Header().Get("X-Frame-Options"))
			}
			referrer := "strict-origin-when-cross-origin"
			if k.alone {
				referrer = "no-referrer"
			}
			for name, want := range map[string]string{
				"X-Content-Type-Options": "nosniff", "Referrer-Policy": referrer,
				"Cross-Origin-Opener-Policy": "same-origin", "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
				"Content-Language": string(ui), "Set-Cookie": "",
			} {
				if got := w.Header().Get(name); got != want {
					t.Errorf("%s: %s is %q, want %q", k.name, name, got, want)
				}
			}
		}
	}
}

// directives parts a policy by its names.
func directives(policy string) map[string]string {
	m := map[string]string{}
	for d := range strings.SplitSeq(policy, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(d), " ")
		m[name] = value
	}
	return m
}
