package archive

import (
	"archive/tar"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/klauspost/compress/gzip"
)

// Check reads an archive to its end and finds every byte that is not as it was
// written: the error names the entry it is in. It unpacks nothing.
func Check(from io.Reader) (Head, error) {
	return walk(from, func(string, []byte) error { return nil })
}

// Read gives row after row, in the order they were written. What Check finds it
// finds too, but only at the end: nothing may be kept before it has returned
// without an error. An error of row ends it.
func Read(from io.Reader, row func(table string, columns []string, values []any) error) (Head, error) {
	return walk(from, func(name string, body []byte) error {
		z, err := gzip.NewReader(bytes.NewReader(body))
		if err != nil {
			return damaged(name, err.Error())
		}
		dec := json.NewDecoder(io.LimitReader(z, maxEntry))
		dec.UseNumber()
		var head entryHead
		if err := dec.Decode(&head); err != nil {
			return damaged(name, err.Error())
		}
		for {
			var values []any
			err := dec.Decode(&values)
			if errors.Is(err, io.EOF) {
				return nil
			}
			if err == nil {
				err = understand(values, len(head.Columns))
			}
			if err != nil {
				return damaged(name, err.Error())
			}
			if err := row(head.Table, head.Columns, values); err != nil {
				return err
			}
		}
	})
}

// understand turns the values of JSON into those Row was given.
func understand(values []any, columns int) error {
	if len(values) != columns {
		return fmt.Errorf("a row of %d values under %d columns", len(values), columns)
	}
	for i, v := range values {
		switch v := v.(type) {
		case nil, string:
		case json.Number:
			n, err := v.Int64()
			if err != nil {
				return err
			}
			values[i] = n
		case []any:
			if len(v) != 1 {
				return errors.New("bytes that are not in base64")
			}
			text, err := json.Marshal(v[0])
			if err != nil {
				return err
			}
			b := []byte{}
			if err := json.Unmarshal(text, &b); err != nil {
				return err
			}
			values[i] = b
		default:
			return fmt.Errorf("a value that is a %T", v)
		}
	}
	return nil
}

// walk goes through the entries. body is good until each returns.
func walk(from io.Reader, each func(name string, body []byte) error) (h Head, err error) {
	r := &reader{from: from}
	name, body, err := r.next()
	if err != nil {
		return h, err
	}
	if name != headName {
		return h, ErrNotArchive
	}
	if err := json.Unmarshal(body, &h); err != nil {
		return h, damaged(name, err.Error())
	}
	if h.Format > Format {
		return h, fmt.Errorf("%w (format %d, this program knows %d)", ErrNewer, h.Format, Format)
	}
	var sums strings.Builder
	for {
		fmt.Fprintf(&sums, "%s  %s\n", sum(body), name)
		if name, body, err = r.next(); err != nil {
			return h, err
		}
		if name == sumsName {
			break
		}
		if err := each(name, body); err != nil {
			return h, err
		}
	}
	if err := compareSums(string(body), sums.String()); err != nil {
		return h, err
	}
	return h, r.end()
}

// compareSums names the first entry whose sum is not the one that was written.
func compareSums(want, got string) error {
	if want == got {
		return nil
	}
	wanted := strings.Split(want, "\n")
	for i, line := range strings.Split(got, "\n") {
		if i >= len(wanted) || line != wanted[i] {
			if _, name, ok := strings.Cut(line, "  "); ok {
				return damaged(name, "its SHA-256 is not the one in "+sumsName)
			}
			break
		}
	}
	return damaged(sumsName, "it lists what is not there")
}

func damaged(entry, why string) error {
	return fmt.Errorf("%w: entry %s: %s", ErrDamaged, entry, why)
}

// reader takes entries off a tar file that is just as Writer writes it, so that
// no byte goes unchecked.
type reader struct {
	from io.Reader
	last string // the entry before
	body bytes.Buffer
}

func (r *reader) next() (name string, body []byte, err error) {
	head := make([]byte, block)
	n, err := io.ReadFull(r.from, head)
	switch {
	case errors.Is(err, io.EOF) && r.last == "":
		return "", nil, ErrNotArchive
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) && r.last != "":
		return "", nil, fmt.Errorf("%w: it is cut off after entry %s", ErrDamaged, r.last)
	case errors.Is(err, io.ErrUnexpectedEOF):
		return "", nil, notHead(head[:n])
	case err != nil:
		return "", nil, err
	}
	h, err := tar.NewReader(bytes.NewReader(head)).Next()
	if err != nil {
		return "", nil, r.badHead(head)
	}
	canonical, err := tarHead(h.Name, h.Size, h.ModTime)
	if err != nil || !bytes.Equal(canonical, head) || h.Size > maxEntry {
		return "", nil, r.badHead(head)
	}
	r.body.Reset()
	if _, err := io.CopyN(&r.body, r.from, h.Size); err != nil {
		return "", nil, cutOff(h.Name, err)
	}
	pad := make([]byte, padding(int(h.Size)))
	if _, err := io.ReadFull(r.from, pad); err != nil {
		return "", nil, cutOff(h.Name, err)
	}
	if !zero(pad) {
		return "", nil, damaged(h.Name, "there is something between it and the next")
	}
	r.last = h.Name
	return h.Name, r.body.Bytes(), nil
}

// badHead tells a damaged archive from a file of another kind.
func (r *reader) badHead(head []byte) error {
	if r.last == "" {
		return notHead(head)
	}
	name, _, _ := bytes.Cut(head[:100], []byte{0})
	if len(name) == 0 {
		return fmt.Errorf("%w: it ends after entry %s, without %s", ErrDamaged, r.last, sumsName)
	}
	return damaged(strings.ToValidUTF8(string(name), "\uFFFD"), "its head is not as it was written")
}

// notHead is what is wrong with a file that does not begin with a good head.
func notHead(head []byte) error {
	if bytes.HasPrefix(head, []byte(headName)) || len(head) > 262 && string(head[257:262]) == "ustar" && bytes.Contains(head, []byte("tuzetu")) {
		return damaged(headName, "its head is not as it was written")
	}
	return ErrNotArchive
}

// end reads what stands after the last entry.
func (r *reader) end() error {
	rest, err := io.ReadAll(io.LimitReader(r.from, 2*block+1))
	if err != nil {
		return err
	}
	if len(rest) != 2*block || !zero(rest) {
		return damaged(sumsName, "what stands after it is not the end of the backup")
	}
	return nil
}

func cutOff(name string, err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return damaged(name, "it is cut off")
	}
	return err
}

func zero(b []byte) bool { return len(bytes.TrimLeft(b, "\x00")) == 0 }
