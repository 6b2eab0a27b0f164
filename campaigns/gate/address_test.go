package gate

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func mailboxes(t testing.TB) *Mailboxes {
	t.Helper()
	m, err := ReadMailboxes()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestParse(t *testing.T) {
	m := mailboxes(t)
	for _, c := range []struct{ in, mail, key string }{
		{" Aigul.S@Gmail.com ", "Aigul.S@gmail.com", "aiguls@gmail.com"},
		{"aiguls+law@googlemail.com", "aiguls+law@googlemail.com", "aiguls@gmail.com"},
		{"A.Serik@yandex.kz", "A.Serik@yandex.kz", "a-serik@yandex.ru"},
		{"a-serik+x@ya.ru", "a-serik+x@ya.ru", "a-serik@yandex.ru"},
		{"a.serik@mail.ru", "a.serik@mail.ru", "a.serik@mail.ru"},
		{"a.serik+x@bk.ru", "a.serik+x@bk.ru", "a.serik@bk.ru"},
		{"a_se-rik@pm.me", "a_se-rik@pm.me", "aserik@proton.me"},
		{"a.serik@me.com", "a.serik@me.com", "a.serik@icloud.com"},
		{"a-serik@yahoo.com", "a-serik@yahoo.com", "a-serik@yahoo.com"},
		{"a.b+c@example.kz", "a.b+c@example.kz", "a.b@example.kz"},
		{"айгүл@пошта.қаз", "айгүл@xn--80a1acny.xn--80ao21a", "айгүл@xn--80a1acny.xn--80ao21a"},
		{"АЙГҮЛ@XN--80A1ACNY.xn--80ao21a", "АЙГҮЛ@xn--80a1acny.xn--80ao21a", "айгүл@xn--80a1acny.xn--80ao21a"},
		{"и\u0306@example.kz", "й@example.kz", "й@example.kz"},
		{"o'brien@example.ie", "o'brien@example.ie", "o'brien@example.ie"},
	} {
		domain := strings.Contains(c.in, "пошта")
		a, err := m.Parse(c.in)
		if domain {
			// The ASCII form is computed, not copied: only the two spellings agree.
			other, otherErr := m.Parse(a.Mail)
			if err != nil || otherErr != nil || other.Key != a.Key || !strings.HasPrefix(a.Mail, "айгүл@xn--") {
				t.Errorf("%q: %+v, %v; %+v, %v", c.in, a, err, other, otherErr)
			}
			continue
		}
		if err != nil || a.Mail != c.mail || a.Key != c.key {
			t.Errorf("%q: %+v, %v; want %s, %s", c.in, a, err, c.mail, c.key)
		}
	}
	for in, want := range map[string]Refusal{
		"":                                      Empty,
		" \t":                                   Empty,
		"aigul":                                 NoAt,
		"@example.kz":                           NoMailbox,
		"+x@gmail.com":                          NoMailbox,
		"-@pm.me":                               NoMailbox,
		"аigul@example.kz":                      MixedScripts, // Cyrillic а
		"aigul@@example.kz":                     BadCharacter,
		"a b@example.kz":                        BadCharacter,
		"\"a b\"@example.kz":                    BadCharacter,
		"a@example.kz\r\nBcc: b@":               BadCharacter,
		"a\r\nBcc:x@example.kz":                 BadCharacter,
		"a\x00@example.kz":                      BadCharacter,
		"a,b@example.kz":                        BadCharacter,
		"a<b@example.kz":                        BadCharacter,
		"a@example.kz\nx":                       BadDomain,
		".a@example.kz":                         BadDots,
		"a..b@example.kz":                       BadDots,
		"a@localhost":                           BadDomain,
		"a@127.0.0.1":                           BadDomain,
		"a@[127.0.0.1]":                         BadDomain,
		"a@example..kz":                         BadDomain,
		"a@-example.kz":                         BadDomain,
		"a@exa mple.kz":                         BadDomain,
		"\xff@example.kz":                       BadCharacter,
		strings.Repeat("a", 65) + "@example.kz": TooLong,
		strings.Repeat("a", 60) + "@" + strings.Repeat("b.", 100) + "com": TooLong,
	} {
		if a, err := m.Parse(in); err != want {
			t.Errorf("%q: %+v, %v; want %s", in, a, err, want)
		}
	}
}

// FuzzParse: the key of a key is that key, and nothing an address is taken with
// could end a header line.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"Aigul.S+law@Gmail.com", "айгүл@пошта.қаз", "İ@example.kz", "a.+b@x.kz", "ß@straße.de", "ǅ@x.kz", "ﬁ@x.kz"} {
		f.Add(s)
	}
	m := mailboxes(f)
	f.Fuzz(func(t *testing.T, s string) {
		a, err := m.Parse(s)
		if err != nil {
			if _, ok := err.(Refusal); !ok {
				t.Fatalf("%q: %v is no refusal", s, err)
			}
			return
		}
		if strings.ContainsAny(a.Mail+a.Key, "\r\n\x00 <>,;\"") {
			t.Fatalf("%q became %+v", s, a)
		}
		again, err := m.Parse(a.Key)
		if err != nil || again.Key != a.Key {
			t.Fatalf("%q: key %q, key of the key %q, %v", s, a.Key, again.Key, err)
		}
		if mail, err := m.Parse(a.Mail); err != nil || mail != a {
			t.Fatalf("%q: %+v became %+v, %v", s, a, mail, err)
		}
	})
}

func TestSameMailboxSameKey(t *testing.T) {
	m := mailboxes(t)
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringMatching(`[a-z][a-z0-9]{1,20}`).Draw(t, "name")
		domain := rapid.SampledFrom(m.Domains()).Draw(t, "domain")
		plain, err := m.Parse(name + "@" + domain)
		if err != nil {
			t.Fatal(err)
		}
		variant := strings.ToUpper(name)
		if domain != "yahoo.com" {
			variant += "+" + rapid.StringMatching(`[a-z0-9]{1,6}`).Draw(t, "tag")
		}
		if domain == "gmail.com" || domain == "googlemail.com" {
			variant = variant[:1] + "." + variant[1:]
		}
		other, err := m.Parse(variant + "@" + strings.ToUpper(domain))
		if err != nil || other.Key != plain.Key {
			t.Fatalf("%+v, %+v, %v", plain, other, err)
		}
	})
}
