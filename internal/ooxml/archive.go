package ooxml

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// What a file is when it is no Word document we read. Errors wrap one of these.
var (
	ErrNotWord   = errors.New("not a Word document (.docx)")
	ErrOldFormat = errors.New("a Word 97–2003 document (.doc): save it as .docx")
	ErrEncrypted = errors.New("the document is protected by a password: save it without one")
	ErrDamaged   = errors.New("the Word document is damaged or cut short")
	ErrTooLarge  = errors.New("the Word document is too large")
)

// Limits. A code of 1.3 MB of text is 2.1 MB of XML as LibreOffice writes it,
// packed 9:1; Word, which breaks runs at every edit and spelling mistake, writes
// several times that. The largest code has 5 MB of text. Lines that are all the
// same pack 400:1, but stay under largePart.
const (
	maxDirectory = 1 << 20  // bytes of the zip directory, some 10,000 parts
	maxUnpacked  = 48 << 20 // bytes of all parts that are read; hostile ones take 3 s
	largePart    = 16 << 20 // above it the ratio is looked at
	maxRatio     = 100
)

// archive is an opened file: its parts by name.
type archive struct {
	parts map[string]*zip.File
	left  int64 // bytes that may still be unpacked
}

func openArchive(r io.ReaderAt, size int64) (*archive, error) {
	head := make([]byte, 8)
	if n, err := r.ReadAt(head, 0); n < len(head) {
		if err != nil && err != io.EOF {
			return nil, fmt.Errorf("reading the file: %w", err)
		}
		return nil, ErrNotWord
	}
	if err := sniff(head, r, size); err != nil {
		return nil, err
	}
	if err := checkDirectory(r, size); err != nil {
		return nil, err
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, fmt.Errorf("%w (%v)", ErrDamaged, err)
	}
	a := &archive{parts: make(map[string]*zip.File, len(z.File)), left: maxUnpacked}
	for _, f := range z.File {
		// Part names are compared without case (ECMA-376 part 2, 6.2.2).
		name := strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/"))
		if _, twice := a.parts[name]; twice {
			return nil, fmt.Errorf("%w (two parts are named %.60q)", ErrDamaged, f.Name)
		}
		if f.Flags&1 != 0 {
			return nil, ErrEncrypted
		}
		a.parts[name] = f
	}
	return a, nil
}

// sniff names the formats people take for .docx.
func sniff(head []byte, r io.ReaderAt, size int64) error {
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return nil
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		if isEncrypted(r, size) {
			return ErrEncrypted
		}
		return ErrOldFormat
	case bytes.HasPrefix(head, []byte("{\\rtf")):
		return fmt.Errorf("%w: it is a .rtf, save it as .docx", ErrNotWord)
	case bytes.HasPrefix(head, []byte("%PDF")):
		return fmt.Errorf("%w: it is a .pdf", ErrNotWord)
	}
	return ErrNotWord
}

// isEncrypted looks for the stream that holds an encrypted document. Its name
// stands in the directory of the old container, in UTF-16.
func isEncrypted(r io.ReaderAt, size int64) bool {
	var name []byte
	for _, c := range []byte("EncryptedPackage") {
		name = append(name, c, 0)
	}
	buf := make([]byte, 64<<10)
	for at := int64(0); at < size; at += int64(len(buf) - len(name)) {
		n, err := r.ReadAt(buf, at)
		if bytes.Contains(buf[:n], name) {
			return true
		}
		if err != nil {
			break
		}
	}
	return false
}

// checkDirectory bounds what archive/zip will allocate: it reads directory
// entries as long as there are any, whatever their count is said to be.
func checkDirectory(r io.ReaderAt, size int64) error {
	const record, maxComment = 22, 1<<16 - 1
	tail := make([]byte, min(size, record+maxComment))
	if _, err := r.ReadAt(tail, size-int64(len(tail))); err != nil && err != io.EOF {
		return fmt.Errorf("reading the file: %w", err)
	}
	at := bytes.LastIndex(tail, []byte("PK\x05\x06"))
	if at < 0 || at+record > len(tail) {
		return fmt.Errorf("%w (its directory is missing)", ErrDamaged)
	}
	length := int64(binary.LittleEndian.Uint32(tail[at+12:]))
	offset := int64(binary.LittleEndian.Uint32(tail[at+16:]))
	end := size - int64(len(tail)) + int64(at)
	switch {
	case length > maxDirectory:
		return fmt.Errorf("%w (too many parts)", ErrTooLarge)
	case offset+length != end:
		return fmt.Errorf("%w (its directory is not where it should be)", ErrDamaged)
	}
	return nil
}

func (a *archive) has(name string) bool { return a.parts[strings.ToLower(name)] != nil }

// open opens a part for reading. Reading more of it than the limits allow is an
// error.
func (a *archive) open(name string) (io.ReadCloser, error) {
	f := a.parts[strings.ToLower(name)]
	if f == nil {
		return nil, fmt.Errorf("%w (no part %s)", ErrDamaged, name)
	}
	packed := int64(min(f.CompressedSize64, maxUnpacked))
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%w (%s: %v)", ErrDamaged, name, err)
	}
	return &bounded{ReadCloser: r, archive: a, name: name, left: max(largePart, packed*maxRatio)}, nil
}

type bounded struct {
	io.ReadCloser
	archive *archive
	name    string
	left    int64
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.left -= int64(n)
	b.archive.left -= int64(n)
	if b.left < 0 || b.archive.left < 0 {
		return 0, fmt.Errorf("%w (%s unpacks to too much)", ErrTooLarge, b.name)
	}
	if err != nil && err != io.EOF {
		err = fmt.Errorf("%w (%s: %.120s)", ErrDamaged, b.name, err)
	}
	return n, err
}

// mainPart finds the document by the relations of the package.
func (a *archive) mainPart() (string, error) {
	switch {
	case a.has("xl/workbook.xml"):
		return "", fmt.Errorf("%w: it is a spreadsheet", ErrNotWord)
	case a.has("ppt/presentation.xml"):
		return "", fmt.Errorf("%w: it is a presentation", ErrNotWord)
	case a.has("mimetype") && a.has("content.xml"):
		return "", fmt.Errorf("%w: it is an OpenDocument text, save it as .docx", ErrNotWord)
	case !a.has("_rels/.rels"):
		return "", fmt.Errorf("%w: it is another kind of zip archive", ErrNotWord)
	}
	rels, err := a.relations("")
	if err != nil {
		return "", err
	}
	for _, rel := range rels {
		if strings.HasSuffix(rel.kind, "/officeDocument") && a.has(rel.target) {
			return rel.target, nil
		}
	}
	return "", fmt.Errorf("%w: there is no document in it", ErrNotWord)
}

// relation leads from one part to another. Relations to the outside are left
// out: nothing here follows them.
type relation struct{ kind, target string }

// relations reads the relations of a part, of the package itself for "".
func (a *archive) relations(part string) ([]relation, error) {
	dir, base := path.Split(part)
	name := dir + "_rels/" + base + ".rels"
	if !a.has(name) {
		return nil, nil
	}
	f, err := a.open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var rels []relation
	x := newXMLReader(f, name)
	err = x.root(func(e element) error {
		if e.name == "Relationship" && e.attr("TargetMode") != "External" {
			target := e.attr("Target")
			if strings.HasPrefix(target, "/") {
				target = target[1:]
			} else {
				target = path.Join(dir, target)
			}
			rels = append(rels, relation{e.attr("Type"), target})
		}
		return x.skip()
	})
	return rels, err
}
