package page

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// answer is a whole answer, to be sent any number of times. Each compressed
// form is made once, when it is first asked for, the best first.
type answer struct {
	status int
	header http.Header
	tag    string // strong, without quotes; "" for an answer nobody may keep
	body   []byte
	packed []packing
}

// packFrom is the smallest body worth compressing, in bytes.
const packFrom = 1024

// packing is a compressed form of an answer.
type packing struct {
	name string // in headers, and at the end of the ETag: other bytes, other tag
	body func() []byte
}

// How long an answer lives says how well it is worth packing.
type lifetime int

const (
	// kept answers are sent many times. Levels are the highest that take less time
	// than they save on a slow line: of the comparison of a code (1.2 MB) zstd
	// makes 95 KB in 18 ms and gzip 115 KB in 19 ms, of that of the mass-media law
	// (111 KB) 17.7 and 18.7 KB.
	kept lifetime = iota
	// brief answers live for a second: zstd takes 50 MB of memory to make one.
	brief
	// once is for one person: to pack it well takes longer than to make the page.
	once
)

// packings are the compressed forms of a body.
func (l lifetime) packings(body []byte) []packing {
	form := func(name string, pack func([]byte) []byte) packing {
		return packing{name, sync.OnceValue(func() []byte { return pack(body) })}
	}
	switch l {
	case kept:
		return []packing{form("zstd", packZstd), form("gzip", packWell)}
	case brief:
		return []packing{form("gzip", packWell)}
	}
	return []packing{form("gzip", packQuickly)}
}

func packZstd(body []byte) []byte {
	w, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		panic(err) // a wrong option
	}
	return w.EncodeAll(body, nil)
}

func packWell(body []byte) []byte { return packGzip(body, 8) }

// packQuickly takes 0.3 MB of memory, level 8 takes 1 MB.
func packQuickly(body []byte) []byte { return packGzip(body, gzip.StatelessCompression) }

func packGzip(body []byte, level int) []byte {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, level)
	if err != nil {
		panic(err) // a wrong level
	}
	// Writing into memory does not fail.
	_, _ = w.Write(body)
	_ = w.Close()
	return b.Bytes()
}

// newAnswer makes an answer of a body and of headers, which it keeps.
func newAnswer(status int, header http.Header, body []byte, lives lifetime) *answer {
	a := &answer{status: status, header: header, body: body}
	if status == http.StatusOK {
		sum := sha256.Sum256(body)
		a.tag = hex.EncodeToString(sum[:12])
	}
	if len(body) >= packFrom && packable(header.Get("Content-Type")) {
		header.Add("Vary", "Accept-Encoding")
		a.packed = lives.packings(body)
	}
	return a
}

// packable tells whether bodies of a type become smaller; pictures and fonts
// are compressed already.
func packable(contentType string) bool {
	kind, _, _ := strings.Cut(contentType, ";")
	return strings.HasPrefix(kind, "text/") || strings.HasSuffix(kind, "json") || strings.HasSuffix(kind, "xml") || strings.HasSuffix(kind, "javascript")
}

// send writes the answer in the best form the client takes, or 304 when it has
// the answer already.
func (a *answer) send(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	maps.Copy(h, a.header)
	body, tag := a.body, a.tag
	for _, p := range a.packed {
		if accepts(r.Header.Get("Accept-Encoding"), p.name) {
			h.Set("Content-Encoding", p.name)
			body, tag = nil, tag+"-"+p.name
			if a.tag == "" || !has(r.Header.Get("If-None-Match"), a.tag) {
				body = p.body()
			}
			break
		}
	}
	if a.tag != "" {
		h.Set("ETag", `"`+tag+`"`)
		if has(r.Header.Get("If-None-Match"), a.tag) {
			h.Del("Content-Type")
			h.Del("Content-Encoding")
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(a.status)
	// A client that went away is no error of ours.
	_, _ = w.Write(body)
}

// accepts tells whether an Accept-Encoding names a coding and does not refuse
// it.
func accepts(header, coding string) bool {
	for c := range strings.SplitSeq(header, ",") {
		name, weight, _ := strings.Cut(c, ";")
		if strings.TrimSpace(name) != coding {
			continue
		}
		q, ok := strings.CutPrefix(strings.TrimSpace(weight), "q=")
		if v, err := strconv.ParseFloat(q, 64); !ok || err == nil && v > 0 {
			return true
		}
	}
	return false
}

// has tells whether an If-None-Match holds the tag, of whatever form of the
// answer. A weak mark is what a proxy puts on; it compares equal here (RFC 9110,
// 13.1.2).
func has(header, tag string) bool {
	for t := range strings.SplitSeq(header, ",") {
		t = strings.Trim(strings.TrimPrefix(strings.TrimSpace(t), "W/"), `"`)
		for _, coding := range [...]string{"-zstd", "-gzip"} {
			t = strings.TrimSuffix(t, coding)
		}
		if t == "*" || t == tag {
			return true
		}
	}
	return false
}
