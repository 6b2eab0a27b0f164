package accounts

import (
	"bytes"
	"crypto/rand"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// The whole table of who may what: a letter a role, in the order of Roles.
func TestRoles(t *testing.T) {
	want := map[Action]string{
		ReadDesk: "oemav", Edit: "oe", Publish: "oe", Moderate: "om", ReadNumbers: "oema", EnterPaper: "oem",
		Deliver: "oe", ManageMembers: "o", ManageKeys: "o", ReadAudit: "oe", ChangeSettings: "o",
	}
	if len(want) != len(Actions()) {
		t.Fatalf("%d actions in the table, %d in the house", len(want), len(Actions()))
	}
	for _, a := range Actions() {
		var got string
		for _, r := range Roles() {
			if r.May(a) {
				got += string(r)[:1]
			}
		}
		if got != want[a] {
			t.Errorf("%s is for %q, want %q", a, got, want[a])
		}
		if Role("").May(a) || Role("root").May(a) {
			t.Errorf("%s is for unknown roles", a)
		}
	}
	if Owner.May("") || Owner.May("unheard_of") {
		t.Error("an owner may do what nobody named")
	}
}

func TestLastOwner(t *testing.T) {
	two := []Member{{Person: "a", Role: Owner}, {Person: "b", Role: Owner}, {Person: "c", Role: Viewer}}
	one := two[1:]
	for _, c := range []struct {
		all []Member
		who PersonID
		to  Role
		err error
	}{
		{two, "a", Viewer, nil}, {two, "a", "", nil}, {one, "b", Editor, ErrLastOwner}, {one, "b", "", ErrLastOwner},
		{one, "b", Owner, nil}, {one, "c", Owner, nil}, {one, "c", "", nil}, {nil, "a", "", ErrLastOwner},
	} {
		if err := CheckChange(c.all, c.who, c.to); !errors.Is(err, c.err) {
			t.Errorf("%v: %s to %q: %v, want %v", c.all, c.who, c.to, err, c.err)
		}
	}
}

func TestCheckPassword(t *testing.T) {
	for password, want := range map[string]error{
		"короткий":                      ErrPasswordShort,
		"одиннадцать":                   ErrPasswordShort,
		"верно лошадь батарея":          nil,
		"дұрыс ат батарея қапсырма":     nil,
		strings.Repeat("ab", 10):        ErrPasswordCommon,
		"qwertyuiop12":                  ErrPasswordCommon,
		"obraztsova2026":                ErrPasswordCommon,
		"пароль пароль":                 ErrPasswordCommon,
		strings.Repeat("длинно ", 40):   ErrPasswordLong,
		"obraztsova likes long phrases": nil,
	} {
		if err := CheckPassword(password, "obraztsova@example.kz"); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", password, err, want)
		}
	}
}

func TestPassword(t *testing.T) {
	h, err := HashPassword(rand.Reader, "верно лошадь é")
	if err != nil {
		t.Fatal(err)
	}
	other, _ := HashPassword(rand.Reader, "верно лошадь é")
	for _, c := range []struct {
		stored, password string
		want             bool
	}{
		{h, "верно лошадь é", true},
		{h, "верно лошадь e\u0301", true}, // the same letters, another keyboard
		{h, "верно лошадь e", false}, {h, "", false}, {other, "верно лошадь é", true},
		{"", "", false}, {"$argon2id$v=19$m=1,t=1,p=1$$", "", false}, {"$argon2id$v=19$m=99999999,t=1,p=1$AA$AA", "x", false},
		{strings.Replace(h, "m=19456", "m=19457", 1), "верно лошадь é", false},
	} {
		if got := PasswordIs(c.stored, c.password); got != c.want {
			t.Errorf("%q of %q: %v", c.password, c.stored, got)
		}
	}
	if h == other {
		t.Error("two hashes of one password are the same")
	}
	if PasswordIsOld(h) || !PasswordIsOld(strings.Replace(h, "t=2", "t=1", 1)) || !PasswordIsOld("") {
		t.Error("the cost of a hash is misread")
	}
}

// Codes of RFC 6238, appendix B (the last six digits), and that none is good
// twice.
func TestTOTP(t *testing.T) {
	secret := []byte("12345678901234567890")
	for _, c := range []struct {
		at   int64
		code string
	}{{59, "287082"}, {1111111109, "081804"}, {1111111111, "050471"}, {1234567890, "005924"}, {2000000000, "279037"}} {
		now := time.Unix(c.at, 0)
		step, ok := CheckTOTP(secret, c.code, 0, now)
		if !ok || step != c.at/30 {
			t.Errorf("%s at %d: %d, %v", c.code, c.at, step, ok)
		}
		if _, again := CheckTOTP(secret, c.code, step, now); again {
			t.Errorf("%s is good twice", c.code)
		}
		if _, late := CheckTOTP(secret, c.code, 0, now.Add(90*time.Second)); late {
			t.Errorf("%s is good after 90 seconds", c.code)
		}
		if _, drift := CheckTOTP(secret, c.code, 0, now.Add(30*time.Second)); !drift {
			t.Errorf("%s is not good a step later", c.code)
		}
	}
	for _, code := range []string{"", "28708", "2870822", "abcdef", "０５０４７１"} {
		if _, ok := CheckTOTP(secret, code, 0, time.Unix(59, 0)); ok {
			t.Errorf("%q is a code", code)
		}
	}
	made, uri, err := NewTOTP(rand.Reader, "Tuzetu", "obraztsova@example.kz")
	if err != nil || len(made) != 20 || !strings.HasPrefix(uri, "otpauth://totp/Tuzetu:obraztsova@example.kz?") {
		t.Errorf("%q, %v", uri, err)
	}
}

func TestRecovery(t *testing.T) {
	codes, hashes, err := NewRecovery(rand.Reader)
	if err != nil || len(codes) != 10 || len(hashes) != 10 {
		t.Fatal(len(codes), len(hashes), err)
	}
	left, ok := Recover(hashes, " "+strings.ToUpper(strings.ReplaceAll(codes[3], "-", " ")))
	if !ok || len(left) != 9 {
		t.Fatalf("a code is refused: %v, %d left", ok, len(left))
	}
	if rest, again := Recover(left, codes[3]); again || len(rest) != 9 {
		t.Error("a code is good twice")
	}
	if _, ok := Recover(left, ""); ok {
		t.Error("nothing is a code")
	}
}

func TestSecrets(t *testing.T) {
	s, err := NewSecret(rand.Reader)
	if err != nil || len(s) < 22 {
		t.Fatalf("%q %v", s, err)
	}
	h := SecretHash(ToJoin, s)
	if !SecretIs(ToJoin, s, h) || SecretIs(ToReset, s, h) || SecretIs(ToJoin, s+"x", h) || SecretIs(ToJoin, s, nil) {
		t.Error("a secret is good for another purpose, or not for its own")
	}
	if _, err := NewSecret(bytes.NewReader([]byte{1, 2})); err == nil {
		t.Error("a secret without randomness")
	}
}

func TestJudge(t *testing.T) {
	full := Session{Person: "a", Began: noon, Used: noon, Proved: noon, Turned: noon, Second: true}
	with := func(change func(*Session)) *Session { s := full; change(&s); return &s }
	owner, viewer := &Member{Person: "a", Role: Owner}, &Member{Person: "a", Role: Viewer}
	for _, c := range []struct {
		name string
		s    *Session
		m    *Member
		a    Action
		at   time.Duration
		want Verdict
	}{
		{"fresh owner", &full, owner, Deliver, time.Minute, Allowed},
		{"owner after an hour", &full, owner, Deliver, time.Hour, NotFresh},
		{"owner reads after an hour", &full, owner, ReadDesk, time.Hour, Allowed},
		{"owner without a second factor", with(func(s *Session) { s.Second = false }), owner, ReadDesk, 0, NoSecond},
		{"viewer without a second factor", with(func(s *Session) { s.Second = false }), viewer, ReadDesk, 0, Allowed},
		{"viewer edits", &full, viewer, Edit, 0, Hidden},
		{"no member", &full, nil, ReadDesk, 0, Hidden},
		{"another person's membership", &full, &Member{Person: "b", Role: Owner}, ReadDesk, 0, Hidden},
		{"nobody", nil, owner, ReadDesk, 0, SignedOut},
		{"idle", &full, owner, ReadDesk, 13 * time.Hour, SignedOut},
		{"busy for a week", with(func(s *Session) { s.Used = noon.Add(8 * 24 * time.Hour) }), owner, ReadDesk, 8 * 24 * time.Hour, SignedOut},
		{"the clock jumped back", &full, owner, ReadDesk, -time.Hour, SignedOut},
	} {
		if got := Judge(c.s, c.m, c.a, noon.Add(c.at)); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// Whatever is done to one entry of a log shows.
func TestLogShowsChanges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var log []Entry
		var last *Entry
		for range rapid.IntRange(2, 12).Draw(t, "entries") {
			log = append(log, Next(last, Entry{Organisation: "o", At: noon, Person: "a", Did: rapid.String().Draw(t, "did"), To: rapid.String().Draw(t, "to")}))
			last = &log[len(log)-1]
		}
		chain := new(Chain)
		if err := chain.Follow(log); err != nil || chain.Number() != int64(len(log)) {
			t.Fatal(err)
		}
		head := chain.Head()
		// holds follows some entries in two parts.
		holds := func(log []Entry, head string) error {
			c, err := Holding(head)
			if err != nil {
				t.Fatal(err)
			}
			return errors.Join(c.Follow(log[:1]), c.Follow(log[1:]), c.Whole())
		}
		half := new(Chain)
		if err := errors.Join(half.Follow(log[:len(log)/2]), holds(log, half.Head())); err != nil {
			t.Fatal(err)
		}
		k := rapid.IntRange(0, len(log)-1).Draw(t, "entry")
		changed := slices.Clone(log)
		switch rapid.IntRange(0, 3).Draw(t, "what") {
		case 0:
			changed[k].Did += "x"
		case 1:
			changed[k].At = changed[k].At.Add(time.Microsecond)
		case 2:
			if k == len(log)-1 {
				if CheckLog(changed[:k]) != nil || holds(changed[:k], head) == nil {
					t.Fatal("a log cut short passes for the one whose head was noted")
				}
				return
			}
			changed = slices.Delete(changed, k, k+1)
		case 3:
			changed[k].Did, changed[k].To = changed[k].Did+changed[k].To+"y", ""
		}
		if CheckLog(changed) == nil {
			t.Fatal("a changed log passes")
		}
	})
}

func BenchmarkHashPassword(b *testing.B) {
	for b.Loop() {
		if _, err := HashPassword(rand.Reader, "верно лошадь батарея"); err != nil {
			b.Fatal(err)
		}
	}
}

func TestLimiter(t *testing.T) {
	l := NewLimiter(3, 60)
	allowed := func(name string, at time.Duration) (n int) {
		for range 10 {
			if l.Allow(name, noon.Add(at)) {
				n++
			}
		}
		return n
	}
	for _, c := range []struct {
		name string
		at   time.Duration
		want int
	}{{"a", 0, 3}, {"a", time.Minute, 1}, {"b", time.Minute, 3}, {"a", -time.Hour, 0}, {"b", time.Hour, 3}} {
		if got := allowed(c.name, c.at); got != c.want {
			t.Errorf("%s after %s: %d, want %d", c.name, c.at, got, c.want)
		}
	}
	l.Forgive("b")
	if got := allowed("b", time.Hour); got != 3 {
		t.Errorf("forgiven: %d", got)
	}
	for n := range maxBuckets + 10 {
		l.Allow(strings.Repeat("x", n%7)+string(rune(n)), noon)
	}
	if len(l.buckets) > maxBuckets+1 {
		t.Errorf("%d names are remembered", len(l.buckets))
	}
}
