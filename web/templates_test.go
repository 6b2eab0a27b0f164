package web

import (
	"regexp"
	"strings"
	"testing"

	"github.com/jba/templatecheck"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/campaign"
	"github.com/tuzetu/tuzetu/web/comments"
	"github.com/tuzetu/tuzetu/web/desk"
	"github.com/tuzetu/tuzetu/web/dossier"
	"github.com/tuzetu/tuzetu/web/draft"
	"github.com/tuzetu/tuzetu/web/page"
	"github.com/tuzetu/tuzetu/web/people"
	"github.com/tuzetu/tuzetu/web/proposal"
	"github.com/tuzetu/tuzetu/web/read"
	"github.com/tuzetu/tuzetu/web/score"
)

// pageStructs is what each page's template is filled with.
var pageStructs = map[string]any{
	"dossiers":          dossier.AllPage{},
	"dossier":           dossier.ShowPage{},
	"dossier_list":      dossier.ListPage{},
	"dossier_desk":      dossier.DeskPage{},
	"dossier_form":      dossier.FormPage{},
	"dossier_steps":     dossier.StepsPage{},
	"dossier_remove":    dossier.RemovePage{},
	"score_outcomes":    score.OutcomesPage{},
	"score_outcome":     score.OutcomePage{},
	"score_board":       score.BoardPage{},
	"score_targets":     score.TargetsPage{},
	"score_entries":     score.EntriesPage{},
	"score_today":       score.TodayPage{},
	"score_card":        score.CardPage{},
	"home":              read.HomePage{},
	"act":               read.ActPage{},
	"edition":           read.EditionPage{},
	"compare":           read.ComparePage{},
	"outcome":           read.OutcomePage{},
	"history":           read.HistoryPage{},
	"timeline":          read.CalendarPage{},
	"parallel":          read.ParallelPage{},
	"parallel_compare":  read.ParallelComparePage{},
	"styleguide":        read.StyleguidePage{},
	"glossary":          read.GlossaryPage{},
	"cite":              read.CitePage{},
	"problem":           page.ProblemPage{},
	"sources":           read.SourcesPage{},
	"sourcediff":        read.SourceDiffPage{},
	"embed":             read.EmbedPage{},
	"feed":              read.FeedContent{},
	"draft":             draft.Page{},
	"draft_parity":      draft.ParityPage{},
	"form":              people.FormPage{},
	"codes":             people.CodesPage{},
	"account":           people.AccountPage{},
	"members":           people.MembersPage{},
	"audit":             people.AuditPage{},
	"desk":              people.DeskPage{},
	"outbox":            people.OutboxPage{},
	"campaigns":         campaign.ListPage{},
	"campaign":          campaign.ShowPage{},
	"campaign_sign":     campaign.SignPage{},
	"campaign_text":     campaign.VersionsPage{},
	"campaign_sent":     campaign.SentPage{},
	"campaign_confirm":  campaign.ConfirmPage{},
	"campaign_thanks":   campaign.ThanksPage{},
	"campaign_manage":   campaign.ManagePage{},
	"campaign_lost":     campaign.LostPage{},
	"campaign_leave":    campaign.LeavePage{},
	"campaign_block":    campaign.BlockPage{},
	"campaign_note":     campaign.NotePage{},
	"comments":          comments.BoardPage{},
	"comment_own":       comments.OwnPage{},
	"receive":           comments.ReceivePage{},
	"desk_list":         desk.ListPage{},
	"desk_campaigns":    desk.CampaignsPage{},
	"desk_campaign":     desk.CampaignPage{},
	"desk_move":         desk.MovePage{},
	"desk_news":         desk.NewsPage{},
	"desk_versions":     desk.VersionsPage{},
	"desk_numbers":      desk.NumbersPage{},
	"campaign_edit":     desk.EditPage{},
	"keep":              people.KeepPage{},
	"proposal":          proposal.PublicPage{},
	"proposals":         proposal.ListPage{},
	"proposal_desk":     proposal.ShowPage{},
	"proposal_about":    proposal.AboutPage{},
	"proposal_edit":     proposal.EditPage{},
	"proposal_drop":     proposal.DropPage{},
	"proposal_merge":    proposal.MergePage{},
	"proposal_versions": proposal.VersionsPage{},
	"proposal_comments": proposal.CommentsPage{},
	"proposal_publish":  proposal.PublishPage{},
	"proposal_file":     proposal.UploadPage{},
	"moderation":        desk.QueuePage{},
	"desk_picture":      desk.PicturePage{},
	"paper":             desk.PaperPage{},
	"keys":              people.KeysPage{},
	"erase":             people.ErasePage{},
	"deliveries":        desk.DeliveryPage{},
	"campaign_sheet":    campaign.SheetPage{},
	"campaign_appeal":   campaign.AppealPage{},
}

func TestTemplatesFitTheirStructs(t *testing.T) {
	pages, err := load() // checking parses; what other tests show is already escaped
	if err != nil {
		t.Fatal(err)
	}
	names, err := files.ReadDir("templates/pages")
	if err != nil {
		t.Fatal(err)
	}
	if len(names) != len(pageStructs) {
		t.Errorf("%d page templates, %d page structs", len(names), len(pageStructs))
	}
	for name, data := range pageStructs {
		for _, lang := range law.Langs {
			tmpl := pages.Template(lang, name)
			if tmpl == nil {
				t.Errorf("no template %q", name)
				continue
			}
			if err := templatecheck.CheckHTML(tmpl.Lookup("layout"), data); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// What people read stands in the locales, not in templates.
func TestTemplatesHoldNoSentences(t *testing.T) {
	word := regexp.MustCompile(`>[^<{]*\p{L}{4,}[^<{]*<`)
	names := map[string]bool{"Қазақша": true, "Русский": true, "English": true, "зету": true}
	for _, dir := range []string{"templates", "templates/pages", "templates/partials"} {
		entries, err := files.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if e.IsDir() {
				continue
			}
			b, err := files.ReadFile(dir + "/" + e.Name())
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range word.FindAllString(string(b), -1) {
				if s := strings.Trim(m, "<> "); !names[s] && !strings.HasPrefix(s, "tuzetu fetch") {
					t.Errorf("%s/%s: %q", dir, e.Name(), s)
				}
			}
		}
	}
}
