package store

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/internal/store/storetest"
	"github.com/tuzetu/tuzetu/law"
)

// TestNarrowSignatures migrates a database that people have signed in: every
// signature is what it was, the count agrees, and a row that makes no sense stops
// the migration instead of being guessed at.
func TestNarrowSignatures(t *testing.T) {
	wide := func(t *testing.T, url string) *Store {
		t.Helper()
		s, err := Open(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		if _, err := s.migrateTo(t.Context(), 8); err != nil {
			t.Fatal(err)
		}
		for _, statement := range []string{
			`INSERT INTO campaigns (id, slug, org, state, version, closes_on, about) VALUES (1, 'old', 'ngo', 'live', 1, '', '{}')`,
			`INSERT INTO batches (id, campaign, seal) VALUES (256, 1, x'00')`,
			`INSERT INTO signatures (id, campaign, version, consent, level, standing, region, lang, day, duplicate_key, confirm_hash, manage_hash, box, shown, updates_to) VALUES
				(256, 1, 1, 7, 'email', 'stands', 'KZ-75', 'kk', '2026-03-01', x'01010101010101010101010101010101', x'02020202020202020202020202020202', x'03030303030303030303030303030303', x'04', x'05', x'06'),
				(257, 1, 1, 7, 'email', 'bounced', 'other', 'ru', '2026-01-01', x'11010101010101010101010101010101', NULL, x'13030303030303030303030303030303', x'14', NULL, NULL),
				(258, 1, 1, 7, 'paper', 'stands', 'KZ-71', 'en', '2025-12-31', NULL, NULL, NULL, x'24', NULL, NULL),
				(259, 1, 1, 7, 'email', 'invalid', 'KZ-71', 'ru', '2027-02-28', NULL, NULL, NULL, x'34', NULL, NULL)`,
			`INSERT INTO tallies (campaign, version, level, region, day, lang, n) VALUES (1, 1, 'email', 'KZ-75', '2026-03-01', 'kk', 1)`,
			`INSERT INTO uncounted (signature, version, delta, campaign, level, region, day, lang) VALUES (258, 1, 1, 1, 'paper', 'KZ-71', '2025-12-31', 'en')`,
		} {
			if s.at.dialect == onPostgres {
				statement = hexLiterals(statement)
			}
			if _, err := s.write.ExecContext(t.Context(), statement); err != nil {
				t.Fatal(err)
			}
		}
		return s
	}
	storetest.Each(t, func(t *testing.T, url string) {
		s := wide(t, url)
		if _, err := s.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		same := func(b byte) []byte { return []byte{b, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1} }
		all := func(b byte) []byte { return []byte{b, b, b, b, b, b, b, b, b, b, b, b, b, b, b, b} }
		for id, want := range map[campaigns.SignatureID]campaigns.Kept{
			256: {Signature: campaigns.Signature{Level: campaigns.ByEmail, Region: "KZ-75", Lang: law.KK, DuplicateKey: all(1), ConfirmHash: all(2),
				ManageHash: all(3), Box: []byte{4}, Shown: []byte{5}, UpdatesTo: []byte{6}}, Standing: campaigns.Stands, Day: "2026-03-01"},
			257: {Signature: campaigns.Signature{Level: campaigns.ByEmail, Region: "other", Lang: law.RU, DuplicateKey: same(0x11),
				ManageHash: append([]byte{0x13}, all(3)[1:]...), Box: []byte{0x14}}, Standing: campaigns.Bounced, Day: "2026-01-01"},
			258: {Signature: campaigns.Signature{Level: campaigns.OnPaper, Region: "KZ-71", Lang: law.EN, Box: []byte{0x24}}, Standing: campaigns.Stands, Day: "2025-12-31"},
			259: {Signature: campaigns.Signature{Level: campaigns.ByEmail, Region: "KZ-71", Lang: law.RU, Box: []byte{0x34}}, Standing: campaigns.Invalid, Day: "2027-02-28"},
		} {
			want.ID, want.Campaign, want.Version, want.Consent, want.Confirmed = id, 1, 1, 7, true
			got, err := s.Signature(t.Context(), id)
			if err != nil || cmp.Diff(want, got) != "" {
				t.Errorf("%v\n%s", err, cmp.Diff(want, got))
			}
		}
		if by, err := s.SignatureBy(t.Context(), all(1)); err != nil || by.ID != 256 {
			t.Errorf("found %d, %v", by.ID, err)
		}
		if _, err := execute(t.Context(), s.write, `INSERT INTO signatures (id, campaign, version, consent, level, standing, day, region, lang, duplicate_key, box)
			SELECT 300, campaign, version, consent, level, standing, day, region, lang, duplicate_key, box FROM signatures WHERE id = 256`); err == nil {
			t.Error("one address signed twice")
		}
		drift, err := s.Recount(t.Context())
		if err != nil || len(drift) > 0 {
			t.Errorf("%v, %v", drift, err)
		}
		if n, _, err := s.Count(t.Context(), "test", noon, 1, 10); n != 1 || err != nil {
			t.Errorf("%d counted, %v", n, err)
		}
		if drift, err = s.Recount(t.Context()); err != nil || len(drift) > 0 {
			t.Errorf("%v, %v", drift, err)
		}
	})
	storetest.Each(t, func(t *testing.T, url string) {
		s := wide(t, url)
		if _, err := execute(t.Context(), s.write, `UPDATE signatures SET day = '2026-13-45' WHERE id = 259`); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Migrate(t.Context()); err == nil {
			t.Fatal("a day that is none was migrated")
		}
		var n int
		if err := get(t.Context(), s.read, &n, `SELECT count(*) FROM signatures WHERE level = 'email' AND day <> ''`); err != nil || n != 3 {
			t.Errorf("%d rows are left, %v", n, err)
		}
	})
}

// hexLiterals puts x'00' into the form of PostgreSQL.
func hexLiterals(statement string) string { return strings.ReplaceAll(statement, `x'`, `'\x`) }
