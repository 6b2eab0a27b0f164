package archive

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var made = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

type row struct {
	Table   string
	Columns []string
	Values  []any
}

// rows are of two tables, one larger than an entry.
func rows() []row {
	var all []row
	for i := range 3 {
		all = append(all, row{"acts", []string{"id", "n", "raw", "none"},
			[]any{fmt.Sprintf("Заң %d <b>\"\\\u2028\n", i), int64(i) << 60, []byte{0, 0xff, byte(i)}, nil}})
	}
	for i := range 5 {
		all = append(all, row{"packs", []string{"body"}, []any{bytes.Repeat([]byte{byte(i)}, 1<<20)}})
	}
	return append(all, row{"visits", []string{"url", "raw"}, []any{"", []byte{}}})
}

func write(t testing.TB, rows []row) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := NewWriter(&b, Head{Schema: 4, Made: made})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if err := w.Row(r.Table, r.Columns, r.Values); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func read(b []byte) (Head, []row, error) {
	var got []row
	h, err := Read(bytes.NewReader(b), func(table string, columns []string, values []any) error {
		got = append(got, row{table, columns, values})
		return nil
	})
	return h, got, err
}

func TestComesBack(t *testing.T) {
	for _, want := range [][]row{rows(), nil} {
		b := write(t, want)
		head := Head{Format: 1, Schema: 4, Made: made}
		h, got, err := read(b)
		if err != nil || h != head {
			t.Fatalf("%+v, %v", h, err)
		}
		if !reflect.DeepEqual(want, got) { // cmp takes long over megabytes
			t.Errorf("%d rows came back as %d, or others", len(want), len(got))
		}
		if h, err := Check(bytes.NewReader(b)); err != nil || h != head {
			t.Errorf("%+v, %v", h, err)
		}
		if !bytes.Equal(b, write(t, want)) {
			t.Error("the same rows make another archive")
		}
	}
}

// TestAnyTar: the archive is what tar and sha256sum can read.
func TestAnyTar(t *testing.T) {
	r := tar.NewReader(bytes.NewReader(write(t, rows())))
	var names []string
	var sums strings.Builder
	for {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, h.Name)
		body, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if h.Name == "SHA256SUMS" && string(body) != sums.String() {
			t.Errorf("%s\nwant\n%s", body, sums.String())
		}
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(body), h.Name)
	}
	want := []string{"tuzetu-backup.json", "0001-acts.jsonl.gz", "0002-packs.jsonl.gz", "0003-packs.jsonl.gz", "0004-visits.jsonl.gz", "SHA256SUMS"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Error(diff)
	}
}

// TestOneChangedByte changes each byte of an archive in turn, cuts it short at
// each, and puts one after it: every time it is refused, and the entry named.
func TestOneChangedByte(t *testing.T) {
	good := write(t, rows()[:3])
	var owner []string // of each byte
	for r := (&reader{from: bytes.NewReader(good)}); r.last != sumsName; {
		name, body, err := r.next()
		if err != nil {
			t.Fatal(err)
		}
		for range block + len(body) + padding(len(body)) {
			owner = append(owner, name)
		}
	}
	for at := range good {
		entry := sumsName // the end is its
		if at < len(owner) {
			entry = owner[at]
		}
		bad := bytes.Clone(good)
		bad[at] ^= 0x20
		_, err := Check(bytes.NewReader(bad))
		if !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrNotArchive) && !errors.Is(err, ErrNewer) {
			t.Fatalf("byte %d of %s changed: %v", at, entry, err)
		}
		// A changed name is named as it is now, a changed sum by what it is of.
		if entry != sumsName && at%block >= 100 && !strings.Contains(err.Error(), entry) {
			t.Errorf("byte %d of %s changed: %v", at, entry, err)
		}
		if at%17 == 0 {
			if _, _, err := read(bad); err == nil {
				t.Fatalf("byte %d changed: read", at)
			}
		}
		if _, err := Check(bytes.NewReader(good[:at])); !errors.Is(err, ErrDamaged) && at > block {
			t.Fatalf("cut off after %d bytes: %v", at, err)
		}
	}
	if _, err := Check(bytes.NewReader(append(bytes.Clone(good), 0))); !errors.Is(err, ErrDamaged) {
		t.Errorf("a byte more: %v", err)
	}
}

func TestNotAnArchive(t *testing.T) {
	var other bytes.Buffer
	w := tar.NewWriter(&other)
	if err := w.WriteHeader(&tar.Header{Name: "law.txt", Mode: 0o644}); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string][]byte{
		"nothing": nil, "a text": []byte("Статья 1."), "a long text": bytes.Repeat([]byte("Статья 1. "), 1000),
		"another tar": other.Bytes(), "zeros": make([]byte, 5000),
	} {
		if _, err := Check(bytes.NewReader(b)); !errors.Is(err, ErrNotArchive) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestRefusals(t *testing.T) {
	w, err := NewWriter(io.Discard, Head{Made: made})
	if err != nil {
		t.Fatal(err)
	}
	for name, values := range map[string][]any{"too few": {}, "a float": {1.5}, "a time": {made}} {
		if err := w.Row("acts", []string{"id"}, values); err == nil {
			t.Errorf("%s: written", name)
		}
	}
	huge := []any{strings.Repeat("x", maxEntry)}
	if err := errors.Join(w.Row("acts", []string{"id"}, huge), w.Close()); err == nil {
		t.Error("a row larger than a reader takes: written")
	}
	full := errors.New("the disk is full")
	if _, err := Read(bytes.NewReader(write(t, rows())), func(string, []string, []any) error { return full }); !errors.Is(err, full) {
		t.Error(err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(write(f, rows()[:2]))
	f.Fuzz(func(t *testing.T, b []byte) {
		_, _, err := read(b)
		_, checkErr := Check(bytes.NewReader(b))
		if err == nil && checkErr != nil {
			t.Errorf("read, though %v", checkErr)
		}
	})
}

// No bytes are no bytes, whether a driver gives them as nil or not: the archive
// is the same, and they do not come back as NULL.
func TestNoBytes(t *testing.T) {
	of := func(none []byte) []byte { return write(t, []row{{"visits", []string{"raw"}, []any{none}}}) }
	if !bytes.Equal(of(nil), of([]byte{})) {
		t.Error("two archives of the same row")
	}
	_, got, err := read(of(nil))
	if err != nil || len(got) != 1 {
		t.Fatal(len(got), err)
	}
	if b, ok := got[0].Values[0].([]byte); !ok || b == nil {
		t.Errorf("came back as %#v", got[0].Values[0])
	}
}
