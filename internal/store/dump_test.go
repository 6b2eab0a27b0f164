package store

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/gate"
	"github.com/tuzetu/tuzetu/campaigns/intake"
	"github.com/tuzetu/tuzetu/campaigns/seal"
)

// secrets are what must stand nowhere in a database, with jobs pending.
func secrets(letters []intake.Letter) []string {
	out := []string{"Гүлжаһан", "Тоқтарбекова", "Гүлжаһан Т.", "gulzhahan.t", "qyzmet.example", "журналист-фрилансер", "Мне ответили через", "Опекун"}
	for _, l := range letters {
		out = append(out, l.Confirm, l.Manage, l.Block)
	}
	return out
}

// TestDumpNamesNobody reads a backup and every file of the database, the
// write-ahead log and all, while letters wait to be sent.
func TestDumpNamesNobody(t *testing.T) {
	eachNewsroom(t, func(t *testing.T, c *newsroom) {
		f := c.form(0)
		f.Given, f.Surname, f.Email = "Гүлжаһан", "Тоқтарбекова", "Gulzhahan.T+1@qyzmet.example"
		f.Occupation, f.Comment = "журналист-фрилансер", "Мне ответили через сорок дней."
		f.Adult, f.Representative, f.Display, f.Updates = false, "Опекун Опекунов", true, true
		c.sign(f)
		letters := c.letters()
		if _, err := c.intake.Confirm(t.Context(), letters[0].Confirm); err != nil {
			t.Fatal(err)
		}
		c.count()
		f.Email = "second@qyzmet.example"
		c.mail.down = true
		c.sign(f)
		c.letters() // begun, not delivered
		c.publish("Новость")
		c.newText("Просим сократить срок до трёх дней")
		c.post() // on their way
		for _, table := range []string{"mailings", "news_letters", "jobs"} {
			if c.rows(table) == 0 {
				t.Errorf("nothing in %s", table)
			}
		}
		manager, err := intake.NewManager(c.s, c.keys, rand.Reader, c.clock)
		c.must(err)
		c.must(manager.Block(t.Context(), letters[0].Block, true))
		dumps := map[string][]byte{"backup": backup(t, c.s)}
		for name, content := range everyByte(t, c.s) {
			dumps[name] = content
		}
		found := false
		for name, content := range dumps {
			found = found || bytes.Contains(content, []byte("Срок ответа"))
			for _, secret := range secrets(letters) {
				if bytes.Contains(content, []byte(secret)) || bytes.Contains(bytes.ToLower(content), []byte(strings.ToLower(secret))) {
					t.Errorf("%s: %q", name, secret)
				}
			}
		}
		if !found {
			t.Error("what is public stands nowhere either: the search is blind")
		}
	})
}

// everyByte is all the database holds, as it lies on the disk or is dumped.
func everyByte(t *testing.T, s *Store) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	if s.at.dialect == onSQLite {
		files, err := filepath.Glob(s.at.path + "*")
		if err != nil || len(files) < 2 {
			t.Fatalf("%v, %v: database and log expected", files, err)
		}
		for _, name := range files {
			content, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			out[filepath.Base(name)] = content
		}
		return out
	}
	for _, table := range append(keptTables(), keptTable{"jobs", "id"}, keptTable{"letters", "day"}, keptTable{"mailings", "id"}, keptTable{"news_letters", "day"}) {
		var rows []string
		if err := list(t.Context(), s.read, &rows, `SELECT CAST(t.* AS TEXT) FROM `+table.name+` t`); err != nil {
			t.Fatal(err)
		}
		var columns []struct {
			Name string `db:"column_name"`
		}
		if err := list(t.Context(), s.read, &columns, `
			SELECT column_name FROM information_schema.columns
			WHERE table_schema = current_schema() AND table_name = ? AND data_type = 'bytea'`, table.name); err != nil {
			t.Fatal(err)
		}
		all := []byte(strings.Join(rows, "\n"))
		for _, column := range columns {
			var values [][]byte
			if err := list(t.Context(), s.read, &values, `SELECT `+column.Name+` FROM `+table.name); err != nil {
				t.Fatal(err)
			}
			all = append(all, bytes.Join(values, []byte("\n"))...)
		}
		out[table.name] = all
	}
	return out
}

// TestWhatServerSecretsOpen: the database with all of the server's secrets opens
// the addresses of those who asked for mail and no others; when a campaign's key
// is destroyed, not even a guessed address can be tested.
func TestWhatServerSecretsOpen(t *testing.T) {
	eachCampaign(t, func(t *testing.T, c *campaignTest) {
		for n := range 6 {
			c.signed(n)
		}
		server, err := c.keys.Server()
		c.must(err)
		opened := func(key gate.Key, id campaigns.SignatureID, closed []byte) string {
			plain, err := seal.OpenSecret(key, fmt.Sprintf("signature %d", id), closed)
			if errors.Is(err, seal.ErrClosed) {
				return ""
			}
			c.must(err)
			return string(plain)
		}
		updates, err := server.For(intake.UseUpdates)
		c.must(err)
		shown, err := server.For(intake.UseShown)
		c.must(err)
		sealed, seals, err := c.s.Sealed(t.Context(), c.id, 0, 100)
		c.must(err)
		for n, s := range sealed {
			k, err := c.s.Signature(t.Context(), s.ID)
			c.must(err)
			wantName, wantAddress := "", ""
			if c.form(n).Display {
				wantName = "Айгүл С."
			}
			if c.form(n).Updates {
				wantAddress = fmt.Sprintf("aigul%d@example.kz", n)
			}
			if name, address := opened(shown, k.ID, k.Shown), opened(updates, k.ID, k.UpdatesTo); name != wantName || address != wantAddress {
				t.Errorf("person %d: %q, %q", n, name, address)
			}
			if got := opened(shown, k.ID+1, k.Shown); got != "" {
				t.Error("a name opened at another signature")
			}
			for _, key := range []gate.Key{server, updates, shown} {
				if _, err := seal.Open(seals[k.ID.Batch()], seal.PrivateKey(key)); !errors.Is(err, seal.ErrClosed) {
					t.Error("a box opened with a key of the server")
				}
			}
		}
		c.must(c.keys.DestroyCampaign(c.id))
		if _, err := c.keys.Campaign(c.id); !errors.Is(err, gate.ErrNoKey) {
			t.Error(err)
		}
	})
}
