package ooxml

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"
)

func TestErrors(t *testing.T) {
	sound := docxWith(t, p(run("а")), "", "")
	document := func(content string) []byte {
		return zipOf(t, file{"_rels/.rels", testRels}, file{"word/document.xml", content})
	}
	var encrypted bytes.Buffer
	encrypted.WriteString("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 70000))
	for _, u := range utf16.Encode([]rune("EncryptedPackage")) {
		encrypted.Write([]byte{byte(u), byte(u >> 8)})
	}
	locked := bytes.Clone(sound) // the flag of an encrypted entry, in the directory
	at := bytes.Index(locked, []byte("PK\x01\x02"))
	locked[at+8] |= 1
	for _, tc := range []struct {
		name string
		file []byte
		want error
		says string
	}{
		{"nothing", nil, ErrNotWord, ""},
		{"a text", []byte("Статья 1. Маяк"), ErrNotWord, ""},
		{"an RTF", []byte(`{\rtf1\ansi`), ErrNotWord, ".rtf"},
		{"a PDF", []byte("%PDF-1.7\n"), ErrNotWord, ".pdf"},
		{"an old document", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on"), ErrOldFormat, ".docx"},
		{"a document with a password", encrypted.Bytes(), ErrEncrypted, ""},
		{"an encrypted zip", locked, ErrEncrypted, ""},
		{"cut short", sound[:len(sound)-100], ErrDamaged, ""},
		{"cut in the middle", sound[:len(sound)/2], ErrDamaged, ""},
		{"a zip of something else", zipOf(t, file{"a.txt", "а"}), ErrNotWord, "zip"},
		{"a spreadsheet", zipOf(t, file{"_rels/.rels", testRels}, file{"xl/workbook.xml", "<x/>"}), ErrNotWord, "spreadsheet"},
		{"an OpenDocument text", zipOf(t, file{"mimetype", "x"}, file{"content.xml", "<x/>"}), ErrNotWord, "OpenDocument"},
		{"no document in it", zipOf(t, file{"_rels/.rels", testRels}), ErrNotWord, "no document"},
		{"the same part twice", zipOf(t, file{"_rels/.rels", testRels}, file{"word/document.xml", "<a/>"}, file{"Word\\Document.xml", "<b/>"}), ErrDamaged, "two parts"},
		{"no body", document(`<w:document ` + wordSpace + `/>`), ErrNotWord, "body"},
		{"broken XML", document(`<w:document ` + wordSpace + `><w:body><w:p></w:body></w:document>`), ErrDamaged, "document.xml"},
		{"XML cut short", document(`<w:document ` + wordSpace + `><w:body><w:p>`), ErrDamaged, "document.xml"},
		{"entities", document(`<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]><w:document ` + wordSpace + `><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>`), ErrDamaged, "document type"},
		{"an entity without a type", document(`<w:document ` + wordSpace + `><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>`), ErrDamaged, ""},
		{"another encoding", document(`<?xml version="1.0" encoding="windows-1251"?><w:document ` + wordSpace + `/>`), ErrDamaged, "windows-1251"},
		{"too deep", document(`<w:document ` + wordSpace + `><w:body>` + strings.Repeat(`<w:sdt>`, 5000)), ErrTooLarge, "deep"},
		{"a zip bomb", document(`<w:document ` + wordSpace + `><w:body>` + strings.Repeat(" ", largePart)), ErrTooLarge, "unpacks"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, _, _, err := ReadLines(tc.file, Accept)
			if !errors.Is(err, tc.want) || !strings.Contains(fmt.Sprint(err), tc.says) {
				t.Errorf("%v, want %v with %q", err, tc.want, tc.says)
			}
			if err != nil && (strings.Contains(err.Error(), "\n") || len(err.Error()) > 300) {
				t.Errorf("not one clear line: %v", err)
			}
		})
	}
}

// The directory of a zip may claim any number of parts; archive/zip would
// allocate them all.
func TestManyParts(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := range 30_000 {
		if _, err := z.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("word/%d.xml", i), Method: zip.Store}); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if _, _, _, err := ReadLines(b.Bytes(), Accept); !errors.Is(err, ErrTooLarge) {
		t.Error(err)
	}
}

// A long law in one short line repeated is no bomb.
func TestRepetitiveText(t *testing.T) {
	d := NewDocument(Properties{})
	for range 20_000 {
		d.Add(Block{Style: Body, Runs: []Run{{Text: "1) то же самое;"}}})
	}
	var b bytes.Buffer
	if _, err := d.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	lines, _, _, err := ReadLines(b.Bytes(), Accept)
	if err != nil || len(lines) != 20_000 {
		t.Error(len(lines), err)
	}
}

// A macro-enabled document is read like any other, its macros are not.
func TestMacros(t *testing.T) {
	docx := zipOf(t, file{"_rels/.rels", testRels}, file{"word/vbaProject.bin", "\xd0\xcf\x11\xe0"},
		file{"word/document.xml", `<w:document ` + wordSpace + `><w:body>` + p(run("а")) + `</w:body></w:document>`})
	if lines, _, _, err := ReadLines(docx, Accept); err != nil || len(lines) != 1 {
		t.Error(lines, err)
	}
}
