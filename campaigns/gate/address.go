// Package gate decides who gets in: when two addresses are one person's mailbox,
// whether a link is the one that was sent, how many requests a network may make,
// and where the keys lie that the database must not hold.
//
// It never tells a stranger whether an address has signed: what it refuses, it
// refuses for the form of the input alone.
package gate

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
	"golang.org/x/text/unicode/norm"
)

// Limits of RFC 5321 (4.5.3.1), in octets; 254 is what is left of a path of 256
// between its brackets.
const (
	maxLocal   = 64
	maxAddress = 254
)

// Refusal is why an address is not taken, as a word pages translate.
type Refusal string

const (
	Empty        Refusal = "empty"
	NoAt         Refusal = "no_at"
	TooLong      Refusal = "too_long"
	BadCharacter Refusal = "bad_character"
	MixedScripts Refusal = "mixed_scripts" // «а» among Latin letters
	BadDots      Refusal = "bad_dots"
	BadDomain    Refusal = "bad_domain"
	NoMailbox    Refusal = "no_mailbox" // nothing is left of the name: +tag@gmail.com
)

func (r Refusal) Error() string { return "the e-mail address cannot be taken: " + string(r) }

// Address is an e-mail address understood.
type Address struct {
	// Mail is where letters go: as it was written, the domain in ASCII.
	Mail string
	// Key is the same for all addresses of one mailbox. Letters never go there.
	Key string
}

//go:embed mailboxes.json
var mailboxFile []byte

// Mailboxes knows which addresses are one mailbox.
type Mailboxes struct {
	domains map[string]*provider
	unknown *provider
}

// provider is one line of mailboxes.json.
type provider struct {
	Domains []string `json:"domains"`
	// Same: the domains share their mailboxes; else each has its own.
	Same bool `json:"same"`
	// Plus: what follows the first "+" is a tag.
	Plus bool `json:"plus"`
	// Ignored characters of the name; Dashes: "." is the same as "-".
	Ignored string `json:"ignored"`
	Dashes  bool   `json:"dashes"`
}

// ReadMailboxes reads the rules the program came with.
func ReadMailboxes() (*Mailboxes, error) {
	var file struct {
		Unknown   provider   `json:"unknown"`
		Providers []provider `json:"providers"`
	}
	if err := json.Unmarshal(mailboxFile, &file); err != nil {
		return nil, fmt.Errorf("mailboxes.json: %w", err)
	}
	m := &Mailboxes{domains: map[string]*provider{}, unknown: &file.Unknown}
	for i := range file.Providers {
		for _, d := range file.Providers[i].Domains {
			if m.domains[d] != nil {
				return nil, fmt.Errorf("mailboxes.json: %s stands there twice", d)
			}
			m.domains[d] = &file.Providers[i]
		}
	}
	return m, nil
}

// Parse understands an address, or returns a Refusal. The key of a key is that
// key.
func (m *Mailboxes) Parse(s string) (Address, error) {
	s = strings.Trim(s, " \t\u00a0")
	if s == "" {
		return Address{}, Empty
	}
	if !utf8.ValidString(s) || len(s) > 4*maxAddress {
		return Address{}, BadCharacter
	}
	s = norm.NFC.String(s)
	at := strings.LastIndexByte(s, '@')
	if at < 0 {
		return Address{}, NoAt
	}
	local, domain := s[:at], s[at+1:]
	if local == "" {
		return Address{}, NoMailbox
	}
	if err := checkLocal(local); err != nil {
		return Address{}, err
	}
	ascii, err := asciiDomain(domain)
	if err != nil {
		return Address{}, err
	}
	if len(local) > maxLocal || len(local)+1+len(ascii) > maxAddress {
		return Address{}, TooLong
	}
	key, err := m.key(local, ascii)
	if err != nil {
		return Address{}, err
	}
	return Address{Mail: local + "@" + ascii, Key: key}, nil
}

// checkLocal takes the unquoted names of RFC 5322 and 6531. Quoted ones are
// valid and nobody has one; they are how header injection is tried.
func checkLocal(local string) error {
	scripts := map[string]bool{}
	for _, r := range local {
		switch {
		case r < 0x80 && (r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'):
			scripts["Latin"] = true
		case r < 0x80 && (r >= '0' && r <= '9' || strings.ContainsRune("!#$%&'*+-/=?^_`{|}~.", r)):
		case r >= 0x80 && (unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r)):
			if script := scriptOf(r); script != "" {
				scripts[script] = true
			}
		default:
			return BadCharacter
		}
	}
	if len(scripts) > 1 {
		return MixedScripts
	}
	if strings.HasPrefix(local, ".") || strings.HasSuffix(local, ".") || strings.Contains(local, "..") {
		return BadDots
	}
	return nil
}

// scriptOf names the script of a letter; empty for what all scripts share.
func scriptOf(r rune) string {
	if unicode.In(r, unicode.Common, unicode.Inherited) {
		return ""
	}
	for _, name := range []string{"Latin", "Cyrillic"} {
		if unicode.Is(unicode.Scripts[name], r) {
			return name
		}
	}
	for name, table := range unicode.Scripts {
		if unicode.Is(table, r) {
			return name
		}
	}
	return "unknown"
}

// asciiDomain is a domain in the form the DNS has it: почта.қаз and
// xn--80a1acny.xn--80ao21a are the same.
func asciiDomain(domain string) (string, error) {
	profile := idna.New(idna.MapForLookup(), idna.BidiRule(), idna.StrictDomainName(true), idna.VerifyDNSLength(true))
	ascii, err := profile.ToASCII(domain)
	if err != nil {
		return "", BadDomain
	}
	labels := strings.Split(ascii, ".")
	last := labels[len(labels)-1]
	if len(labels) < 2 || strings.Trim(last, "0123456789") == "" {
		return "", BadDomain // a bare name, or an IP address
	}
	return ascii, nil
}

func (m *Mailboxes) key(local, domain string) (string, error) {
	p := m.domains[domain]
	if p == nil {
		p = m.unknown
	} else if p.Same {
		domain = p.Domains[0]
	}
	local = norm.NFC.String(strings.ToLower(local))
	if p.Plus {
		local, _, _ = strings.Cut(local, "+")
	}
	local = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(p.Ignored, r):
			return -1
		case p.Dashes && r == '.':
			return '-'
		}
		return r
	}, local)
	local = strings.Trim(local, ".") // "a.+x": what stood before the tag
	if local == "" {
		return "", NoMailbox
	}
	return local + "@" + domain, nil
}

// Domains lists the domains there are rules for.
func (m *Mailboxes) Domains() []string {
	var out []string
	for d := range m.domains {
		out = append(out, d)
	}
	slices.Sort(out)
	return out
}
