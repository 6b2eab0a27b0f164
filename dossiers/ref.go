package dossiers

import (
	"fmt"
	"regexp"
	"strconv"

	"github.com/tuzetu/tuzetu/law"
)

// Ref names a text of the workbench: proposal:ID@VERSION:LANG, a version of a
// proposal, or bill:ID@VERSION:LANG, a version of the bill in the dossier ID. The
// texts of an act under their days (proposal:ACT@YYYY-MM-DD:LANG) are editions, see
// law.EditionKey; ids of acts begin with a letter, these are numbers.
type Ref struct {
	Status  law.Status // law.Proposed or law.BillVersion
	ID      int64
	Version int
	Lang    law.Lang
}

var refForm = regexp.MustCompile(`^(proposal|bill):([1-9]\d{0,8})@([1-9]\d{0,5}):([a-z]{2})$`)

// ParseRef reads what String writes.
func ParseRef(s string) (Ref, error) {
	m := refForm.FindStringSubmatch(s)
	if m == nil {
		return Ref{}, fmt.Errorf("not a version of a proposal or bill: %q (want proposal:ID@VERSION:LANG, like proposal:12@3:ru)", s)
	}
	r := Ref{Status: law.Proposed}
	if m[1] == "bill" {
		r.Status = law.BillVersion
	}
	var err error
	if r.ID, err = strconv.ParseInt(m[2], 10, 64); err != nil {
		return Ref{}, err
	}
	if r.Version, err = strconv.Atoi(m[3]); err != nil {
		return Ref{}, err
	}
	r.Lang, err = law.ParseLang(m[4])
	return r, err
}

func (r Ref) String() string {
	kind := "proposal"
	if r.Status == law.BillVersion {
		kind = "bill"
	}
	return fmt.Sprintf("%s:%d@%d:%s", kind, r.ID, r.Version, r.Lang)
}

// Ref is the beginning of the REF of its versions: "proposal:12".
func (id ProposalID) Ref() string { return "proposal:" + strconv.FormatInt(int64(id), 10) }

func parseProposal(s string) (ProposalID, error) {
	r, err := ParseRef(s + "@1:ru")
	if err == nil && r.Status != law.Proposed {
		err = fmt.Errorf("not a proposal: %q", s)
	}
	return ProposalID(r.ID), err
}

// Ref names a version in a language.
func (v Version) Ref(lang law.Lang) Ref {
	return Ref{law.Proposed, int64(v.Proposal), v.Number, lang}
}
