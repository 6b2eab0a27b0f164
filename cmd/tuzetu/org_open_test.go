package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/campaigns/delivery"
	"github.com/tuzetu/tuzetu/campaigns/seal"
)

// oneSealed is the signatures of a campaign that one person signed.
type oneSealed struct {
	kept campaigns.Kept
	seal []byte
}

func (s oneSealed) Sealed(_ context.Context, _ campaigns.CampaignID, after campaigns.SignatureID, _ int) ([]campaigns.Kept, map[int64][]byte, error) {
	if after >= s.kept.ID {
		return nil, nil, nil
	}
	return []campaigns.Kept{s.kept}, map[int64][]byte{s.kept.ID.Batch(): s.seal}, nil
}

// An organisation opens its signatures on a computer of its own; the table does
// what no cell may do in a spreadsheet, and overwrites nothing.
func TestOpenSealed(t *testing.T) {
	dir := t.TempDir()
	file := func(name string, body []byte) string {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, body, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	var to []campaigns.Recipient
	var key seal.PrivateKey
	for _, name := range []string{"1", "2"} {
		k, err := seal.GenerateKey(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		key, to = k, append(to, campaigns.Recipient{Name: name, PublicKey: k.Public()})
	}
	sealed, err := seal.NewBatch(rand.Reader, to)
	if err != nil {
		t.Fatal(err)
	}
	k := campaigns.Kept{Standing: campaigns.Stands}
	k.ID, k.Level, k.Region = campaigns.BatchSize, campaigns.ByEmail, "KZ-75"
	plain, err := campaigns.Person{Given: "=cmd()", Surname: "Ким", Email: "kim@example.kz"}.Pack()
	if err != nil {
		t.Fatal(err)
	}
	if k.Box, err = sealed.Seal(1, k.ID, plain); err != nil {
		t.Fatal(err)
	}
	var body, locked bytes.Buffer
	if err := delivery.WriteSealed(t.Context(), &body, oneSealed{k, sealed.Header()}, 1); err != nil {
		t.Fatal(err)
	}
	const passphrase = "correct horse battery"
	if err := seal.WritePrivate(&locked, key, passphrase); err != nil {
		t.Fatal(err)
	}
	in, own, words := file("five.sealed.jsonl", body.Bytes()), file("own.key", locked.Bytes()), file("passphrase", []byte(passphrase+"\n"))
	out := filepath.Join(dir, "five.csv")
	var said strings.Builder
	a := &app{stderr: &said}
	if err := a.openSealed(in, own, words, out); err != nil {
		t.Fatal(err)
	}
	table, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(table), "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 2 || rows[1][0] != k.ID.Number() || rows[1][2] != "'=cmd()" || rows[1][3] != "Ким" || rows[1][4] != "kim@example.kz" {
		t.Errorf("%q, %v", rows, err)
	}
	if !strings.HasPrefix(said.String(), "1 signatures, 0 of them erased") {
		t.Error(said.String())
	}
	if err := a.openSealed(in, own, words, out); err == nil || !strings.Contains(err.Error(), "is there already") {
		t.Errorf("over a table: %v", err)
	}
	if err := a.openSealed(own, own, words, out+"2"); err == nil {
		t.Error("a key was read as signatures")
	}
}
