package people

import (
	"bytes"
	"encoding/hex"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/web/page"
)

// auditRows is how many entries a page of the log holds.
const auditRows = 100

// AuditPage is the audit log of an organisation.
type AuditPage struct {
	Frame
	Head  string
	CSV   string
	Table page.Table
	Pager []page.Tab
}

// Audit shows a page of it, the latest entry first, after every entry of the log
// was checked.
func (p *People) Audit(w http.ResponseWriter, r *http.Request) error {
	v, l := visitor(r), p.locale(r)
	of := v.Place.Organisation
	chain, last := new(accounts.Chain), int64(0)
	err := p.Door.Store.ReadLog(r.Context(), of, func(some []accounts.Entry) error {
		if len(some) > 0 {
			last = some[len(some)-1].Number
		}
		return chain.Follow(some)
	})
	changed := errors.Is(err, accounts.ErrLogChanged)
	if err != nil && !changed {
		return err
	}
	f := AuditPage{Frame: p.DeskFrame(r, "/audit", l.T("people.audit"))}
	f.Lead, f.CSV = l.T("people.audit_lead"), "/"+string(l.Lang)+f.Path+".csv"
	if changed {
		f.warn(l.T("people.audit_changed"), l.T("people.audit_changed_text"))
		if last, err = p.lastEntry(r, of, last); err != nil {
			return err
		}
	} else {
		f.Head = chain.Head()
		f.Notices = append(f.Notices, page.Notice{Title: l.T("people.audit_whole"), Texts: []string{l.N("people.audit_count", int(last))}})
	}
	sheets := max(1, (int(last)+auditRows-1)/auditRows)
	sheet, _ := strconv.Atoi(r.URL.Query().Get("page"))
	sheet = min(max(1, sheet), sheets)
	link := func(n int, key, rel string) {
		f.Pager = append(f.Pager, page.Tab{Href: "?page=" + strconv.Itoa(n), Text: key, Rel: rel})
	}
	if sheet > 1 {
		f.Query = "page=" + strconv.Itoa(sheet)
		link(sheet-1, l.T("people.newer"), "prev")
	}
	if sheet < sheets {
		link(sheet+1, l.T("people.older"), "next")
	}
	until := last - int64(sheet-1)*auditRows
	log, err := p.Door.Store.Entries(r.Context(), of, max(0, until-auditRows), int(min(until, auditRows)))
	if err != nil {
		return err
	}
	names := map[accounts.PersonID]string{}
	f.Table = page.Table{Caption: l.T("people.audit"), Head: auditHead(l)}
	for _, e := range slices.Backward(log) {
		who, whom, err := p.named(r, names, e)
		if err != nil {
			return err
		}
		f.Table.Rows = append(f.Table.Rows, []page.Cell{
			{Text: strconv.FormatInt(e.Number, 10)}, {Text: l.Moment(e.At)}, nameCell(l, who), {Text: told(l, e)}, nameCell(l, whom),
		})
	}
	return p.render(w, r, "audit", f)
}

// lastEntry is the number of the last entry of a log that could not be followed
// to its end.
func (p *People) lastEntry(r *http.Request, of accounts.OrganisationID, after int64) (int64, error) {
	for {
		some, err := p.Door.Store.Entries(r.Context(), of, after, auditRows)
		if err != nil || len(some) == 0 {
			return after, err
		}
		after = some[len(some)-1].Number
	}
}

func auditHead(l *i18n.Locale) []string {
	return []string{l.T("people.audit_number"), l.T("people.audit_when"), l.T("people.audit_who"), l.T("people.audit_what"), l.T("people.audit_whom")}
}

// AuditCSV is the whole log for a spreadsheet, the oldest entry first, with what
// is needed to check it elsewhere. It is sent as it is read.
func (p *People) AuditCSV(w http.ResponseWriter, r *http.Request) error {
	l := p.locale(r)
	names := map[accounts.PersonID]string{}
	begun := false
	send := func(rows [][]string) error {
		var b bytes.Buffer
		if err := campaigns.WriteCSV(&b, rows); err != nil {
			return err
		}
		part := b.Bytes()
		if begun {
			part = bytes.TrimPrefix(part, []byte("\ufeff"))
		} else {
			h := w.Header()
			h.Set("Content-Type", "text/csv; charset=utf-8; header=present")
			h.Set("Content-Disposition", `attachment; filename="audit.csv"`)
			h.Set("Cache-Control", string(page.Private))
			begun = true
		}
		_, err := w.Write(part)
		return err
	}
	err := p.Door.Store.ReadLog(r.Context(), visitor(r).Place.Organisation, func(some []accounts.Entry) error {
		var rows [][]string
		if !begun {
			rows = append(rows, append(auditHead(l), "did", "object", "person", "before", "sha256"))
		}
		for _, e := range some {
			who, whom, err := p.named(r, names, e)
			if err != nil {
				return err
			}
			rows = append(rows, []string{strconv.FormatInt(e.Number, 10), e.At.UTC().Format(time.RFC3339Nano), who, told(l, e), whom,
				e.Did, e.To, string(e.Person), hex.EncodeToString(e.Before[:]), hex.EncodeToString(e.Sum[:])})
		}
		return send(rows)
	})
	if err != nil && begun {
		// Half a log must not pass for a whole one: the download fails.
		panic(http.ErrAbortHandler)
	}
	return err
}

// named are the names of who did something and whom it concerns; those that were
// looked up are kept in names.
func (p *People) named(r *http.Request, names map[accounts.PersonID]string, e accounts.Entry) (who, whom string, err error) {
	of := func(id accounts.PersonID) string {
		switch name, known := names[id]; {
		case known:
			return name
		case id == nobody:
			return ""
		case id == "":
			return p.locale(r).T("people.audit_program")
		}
		person, lookup := p.Door.Store.Person(r.Context(), id)
		if errors.Is(lookup, accounts.ErrNone) { // an erased account
			person.Name, lookup = string(id), nil
		}
		err = errors.Join(err, lookup)
		names[id] = person.Name
		return person.Name
	}
	who, whom = of(e.Person), of(concerned(e))
	return who, whom, err
}

// nobody is whom an entry concerns that is not about another person.
const nobody accounts.PersonID = "-"

// concerned is the other person that an entry is about.
func concerned(e accounts.Entry) accounts.PersonID {
	switch first, _, _ := strings.Cut(e.To, " "); e.Did {
	case "member.role", "member.removed":
		return accounts.PersonID(first)
	}
	return nobody
}

// nameCell is a name, in whatever language it is written.
func nameCell(l *i18n.Locale, name string) page.Cell {
	return page.Cell{Text: name, Lang: nameLang(l, name)}
}
