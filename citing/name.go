package citing

import (
	"regexp"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// Kind is the form of an act.
type Kind string

const (
	Constitution Kind = "constitution"
	Code         Kind = "code"
	Law          Kind = "law"
	Decree       Kind = "decree"      // указ, жарлық
	Resolution   Kind = "resolution"  // постановление, қаулы
	Instruction  Kind = "instruction" // распоряжение, өкім
	Order        Kind = "order"       // приказ, бұйрық
	Decision     Kind = "decision"    // решение, шешім
	Rules        Kind = "rules"       // правила and what else an order approves
	ByLaw        Kind = "by_law"      // one of those, it is not known which
)

// BelowLaw reports whether acts of this kind are issued on the ground of a law.
func (k Kind) BelowLaw() bool {
	switch k {
	case "", Constitution, Code, Law:
		return false
	}
	return true
}

// Name is what a citation says of an act. What it does not say is empty.
type Name struct {
	// ID is of a link that the citation carries.
	ID law.ActID
	// Own is «настоящий Закон»: the act that cites.
	Own    bool
	Kind   Kind
	Title  string // quoted
	Date   law.Date
	Number string // "93-VIII", in comparison form
	// Before and After are the unquoted words that name a code: «Земельного»
	// stands before it, «об административных правонарушениях» after it. Both may
	// hold more than its name.
	Before, After []string
	// Annex says that rules are meant which this act approved.
	Annex bool
}

// Titled is a name that is a title alone.
func Titled(title string) Name { return Name{Title: titleKey(title)} }

// Named reports whether the words tell one act from others.
func (n *Name) Named() bool {
	return n.ID != "" || n.Own || n.Title != "" || n.Number != "" || n.Kind == Constitution || n.Kind == Code && len(n.Before)+len(n.After) > 0
}

var (
	numberForm = regexp.MustCompile(`^\s*([0-9]+[0-9\p{L}/-]*(?: [0-9]+/[0-9]+)?)`)
	// printedDate is of requisites: «от 29.10.2015».
	printedDate = regexp.MustCompile(`^\d\d\.\d\d\.\d{4}`)
)

// actNumber is the number of an act in comparison form, without what is put
// behind it: «93-VІІІ ЗРК» is "93-VIII".
func actNumber(s string) string {
	s = strings.ToUpper(law.Fold(s))
	for _, suffix := range [...]string{"-ЗРК", "-ҚРЗ", "ЗРК", "ҚРЗ"} {
		s = strings.TrimSuffix(s, suffix)
	}
	return strings.Trim(s, "-/. ")
}

// titleKey is a title in comparison form.
func titleKey(s string) string {
	s = strings.ToLower(law.Fold(s))
	return strings.TrimSpace(strings.ReplaceAll(strings.Trim(s, `". `), `"`, ""))
}
