package dossier

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/web/read"
)

// Feed tells those who follow a dossier what happened: stages that began, what
// was decided, documents.
func (d *Dossiers) Feed(w http.ResponseWriter, r *http.Request) error {
	v, err := d.askedPublic(r, r.PathValue("slug"))
	if err != nil {
		return err
	}
	x, err := d.tell(r.Context(), v)
	if err != nil {
		return err
	}
	var all []read.Event
	add := func(day law.Date, id, title, summary, place string) {
		if day != "" && day <= v.today {
			all = append(all, read.Event{ID: "dossiers/" + v.Slug + "/" + id, Title: title, Summary: strings.TrimSpace(summary), Href: v.public("#" + place), Day: day})
		}
	}
	for _, s := range x.timeline.Stages {
		add(s.stored.From, s.ID, s.Name.Text, s.When+". "+s.Note.Text, s.ID)
		for i, one := range s.stored.Decisions {
			what := v.said(one.What).Text
			if by := v.said(one.By).Text; by != "" {
				what = by + ": " + what
			}
			add(one.On, s.ID+"/"+strconv.Itoa(i+1), what, s.Name.Text, s.ID)
		}
	}
	for _, one := range x.documents {
		id := "document-" + strconv.Itoa(one.Number)
		add(one.On, id, v.said(one.Title).Text, v.loc.T("dos.document"), id)
	}
	return d.reader.EventFeed(w, r, "/dossiers/"+v.Slug, v.loc.T("dos.kick")+": "+v.said(v.Title).Text, all)
}
