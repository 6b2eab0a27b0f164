package dossier

import (
	"bytes"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/dossiers"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/page"
)

// twin is a dossier for programs: what is said stands in all its languages.
type twin struct {
	Slug      string         `json:"slug"`
	Href      string         `json:"href"`
	Title     law.Words      `json:"title"`
	Summary   law.Words      `json:"summary"`
	Acts      []law.ActID    `json:"acts"`
	History   bool           `json:"history"`
	Stages    []stageTwin    `json:"stages"`
	Documents []documentTwin `json:"documents"`
	Deadlines []deadlineTwin `json:"deadlines"`
	Proposals []proposalTwin `json:"proposals"`
	Campaigns []string       `json:"campaigns"`
}

type stageTwin struct {
	Number int `json:"number"`
	dossiers.Stage
}

type documentTwin struct {
	Number int `json:"number"`
	dossiers.Document
	Bill     int                 `json:"bill"`
	Editions map[law.Lang]string `json:"editions"`
	File     *fileTwin           `json:"file"`
}

type fileTwin struct {
	Name   string `json:"name"`
	Media  string `json:"media"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
	Href   string `json:"href"`
}

type deadlineTwin struct {
	Number int `json:"number"`
	dossiers.Deadline
	Due       law.Date `json:"due"` // null where it cannot be computed
	Confirmed bool     `json:"confirmed"`
}

type proposalTwin struct {
	ID          dossiers.ProposalID `json:"id"`
	Href        string              `json:"href"`
	Title       law.Words           `json:"title"`
	Author      law.Words           `json:"author"`
	Carrier     law.Words           `json:"carrier"`
	Asked       law.Date            `json:"asked"`
	Progressive bool                `json:"progressive"`
	Status      dossiers.Status     `json:"status"`
	Confirmed   bool                `json:"confirmed"`
	Places      []dossiers.Place    `json:"places"`
}

func (d *Dossiers) twin(v view, x told) twin {
	base := d.pages.Base()
	out := twin{Slug: v.Slug, Href: base + v.public(""), Title: v.Title, Summary: v.Summary, Acts: v.Acts, History: v.History,
		Stages: []stageTwin{}, Documents: []documentTwin{}, Deadlines: []deadlineTwin{}, Proposals: []proposalTwin{}, Campaigns: []string{}}
	for _, s := range x.timeline.Stages {
		out.Stages = append(out.Stages, stageTwin{s.Number, s.stored})
	}
	for _, one := range x.documents {
		t := documentTwin{Number: one.Number, Document: one, Bill: one.Bill, Editions: map[law.Lang]string{}}
		for lang, k := range one.Editions {
			t.Editions[lang] = k.String()
		}
		if f := one.File; f != nil {
			t.File = &fileTwin{f.Name, f.Media, f.Size, f.SHA256, base + v.public("/files/"+f.SHA256)}
		}
		out.Documents = append(out.Documents, t)
	}
	for _, one := range x.deadlines {
		due, confirmed := one.Due(d.holidays)
		out.Deadlines = append(out.Deadlines, deadlineTwin{one.Number, one, due, confirmed && due != ""})
	}
	for _, rec := range x.records {
		stands := rec.Standing()
		p := proposalTwin{rec.ID, fmt.Sprintf("%s/%s/proposals/%d", base, v.ui, rec.ID), rec.Title, rec.Author, rec.Carrier, rec.Asked, rec.Progressive, stands.Status, stands.Confirmed, []dossiers.Place{}}
		p.Places = append(p.Places, rec.Places...)
		if c := stands.Confirmation; c != nil && len(c.Places) > 0 {
			p.Places = c.Places
		}
		out.Proposals = append(out.Proposals, p)
	}
	for _, c := range x.campaigns {
		out.Campaigns = append(out.Campaigns, base+c.Href)
	}
	return out
}

// linked describes the page to programs that read pages (schema.org).
func (d *Dossiers) linked(l page.Layout, v view, x told) map[string]any {
	var about []map[string]any
	for i, a := range x.acts {
		one := map[string]any{"@type": "Legislation", "name": page.Plain(a.Text), "legislationIdentifier": string(v.Acts[i])}
		if a.Href != "" {
			one["@id"] = l.Origin + a.Href
		}
		about = append(about, one)
	}
	out := map[string]any{"@context": "https://schema.org", "@type": "CollectionPage", "@id": l.Shared(), "url": l.Shared(), "name": page.Plain(l.Title),
		"description": page.Plain(l.Description), "inLanguage": v.ui, "thumbnailUrl": l.Origin + l.PicturePath(),
		"publisher": map[string]any{"@type": "Organization", "name": page.Plain(x.owner.Text)}}
	if about != nil {
		out["about"] = about
	}
	return out
}

// calendar sends the deadlines that are still to come as an iCalendar (RFC 5545):
// whole days, each with the same UID for ever.
func (d *Dossiers) calendar(w http.ResponseWriter, r *http.Request, v view, x told) error {
	l := d.pages.Frame(r, v.ui, "/dossiers/"+v.Slug)
	var b bytes.Buffer
	line := func(name, value string) {
		b.WriteString(folded(name + ":" + value))
		b.WriteString("\r\n")
	}
	line("BEGIN", "VCALENDAR")
	line("VERSION", "2.0")
	line("PRODID", "-//Tuzetu//Tuzetu//"+strings.ToUpper(string(v.ui)))
	line("X-WR-CALNAME", escaped(v.said(v.Title).Text))
	for _, one := range x.timeline.Open {
		day, ok := one.On.Time()
		if !ok {
			continue
		}
		line("BEGIN", "VEVENT")
		line("UID", "dossier-"+strconv.FormatInt(int64(v.ID), 10)+"-"+one.ID+"@tuzetu")
		today, _ := v.today.Time()
		line("DTSTAMP", today.Format("20060102T150405Z"))
		line("DTSTART;VALUE=DATE", day.Format("20060102"))
		line("DTEND;VALUE=DATE", day.Add(24*time.Hour).Format("20060102"))
		line("SUMMARY", escaped(one.Name()))
		about := v.said(v.Title).Text
		if one.Unsure {
			about += ". " + v.loc.T("dos.unconfirmed")
		}
		line("DESCRIPTION", escaped(about))
		line("URL", l.Shared()+"#"+one.ID)
		line("TRANSP", "TRANSPARENT")
		line("END", "VEVENT")
	}
	line("END", "VCALENDAR")
	w.Header().Set("Content-Disposition", `attachment; filename="`+v.Slug+`.ics"`)
	page.Write(w, r, http.StatusOK, "text/calendar; charset=utf-8", page.Fresh, b.Bytes())
	return nil
}

// escaped is a text of an iCalendar (RFC 5545, 3.3.11).
func escaped(s string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`).Replace(s)
}

// folded breaks a line after 75 bytes, between letters (RFC 5545, 3.1).
func folded(s string) string {
	var b strings.Builder
	room := 75
	for _, r := range s {
		n := utf8.RuneLen(r)
		if n > room {
			b.WriteString("\r\n ")
			room = 74
		}
		b.WriteRune(r)
		room -= n
	}
	return b.String()
}
