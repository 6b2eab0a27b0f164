package redline

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/law"
)

// Meta says which text one side of a comparison is.
type Meta struct {
	Ref      string     `json:"ref,omitempty"` // as asked for: a file or an edition
	Act      law.ActID  `json:"act,omitempty"`
	Lang     law.Lang   `json:"lang"`
	Date     law.Date   `json:"date"`
	Revision int        `json:"revision,omitempty"`
	Status   law.Status `json:"status,omitempty"`
	Title    string     `json:"title"`
}

// Pair is a pair of a comparison as JSON gives it.
type Pair struct {
	Kind       diffing.PairKind `json:"kind"`
	Moved      bool             `json:"moved"`
	Renumbered bool             `json:"renumbered"`
	Technical  bool             `json:"technical"`
	Note       bool             `json:"note,omitempty"`
	From       *Side            `json:"from"`
	To         *Side            `json:"to"`
	Ops        []Op             `json:"ops"`
	Similarity float64          `json:"similarity"`
}

// Op is a run of text: equal and delete runs join to the old text, equal and
// insert runs to the new one, to the letter. Variant marks a word that is the
// same on both sides and only printed in two ways (a Latin «i», another dash or
// quotation mark): no change, though it takes a delete and an insert to print.
type Op struct {
	Kind    diffing.OpKind `json:"op"`
	Text    string         `json:"text"`
	Variant bool           `json:"variant,omitempty"`
}

// opsOf writes ops so that both sides rebuild to the letter.
func opsOf(ops []diffing.Op) []Op {
	out := make([]Op, 0, len(ops))
	for _, op := range ops {
		if op.FromText == "" {
			out = append(out, Op{Kind: op.Kind, Text: op.Text})
			continue
		}
		for _, p := range op.Prints() {
			if p.Old == p.New {
				out = append(out, Op{Kind: diffing.Equal, Text: p.New})
				continue
			}
			if p.Old != "" {
				out = append(out, Op{diffing.Delete, p.Old, true})
			}
			if p.New != "" {
				out = append(out, Op{diffing.Insert, p.New, true})
			}
		}
	}
	return out
}

// Side is one end of a pair. Addresses is there where the side has several
// provisions; Address is the first. A note's label is that of nothing: empty.
type Side struct {
	Address   law.Address   `json:"address"`
	Addresses []law.Address `json:"addresses,omitempty"`
	Label     law.Label     `json:"label"`
	Text      string        `json:"text"`
	Lines     [2]int        `json:"lines"`
}

// JSON writes a comparison by the contract of `tuzetu diff --format json`. Only
// changed pairs of law text are written; with all, every pair and every note.
func JSON(w io.Writer, r *diffing.Result, from, to Meta, all bool) error {
	out := &jsonWriter{w: bufio.NewWriter(w)}
	out.field("{\n\"from\": ", from)
	out.field(",\n\"to\": ", to)
	if r.Warning != "" {
		out.field(",\n\"warning\": ", r.Warning)
	}
	out.field(",\n\"summary\": ", r.Summary)
	out.raw(",\n\"pairs\": [")
	sep := "\n"
	for k := range r.Pairs {
		if p := &r.Pairs[k]; all || p.Changed() && !p.Note {
			out.field(sep, pairOf(p))
			sep = ",\n"
		}
	}
	refs := r.References()
	if refs == nil {
		refs = []diffing.Reference{}
	}
	out.field("],\n\"references\": ", refs)
	out.field(",\n\"provenance\": ", r.Provenance())
	out.raw("\n}\n")
	if out.err == nil {
		out.err = out.w.Flush()
	}
	if out.err != nil {
		return fmt.Errorf("writing the comparison: %w", out.err)
	}
	return nil
}

func pairOf(p *diffing.Pair) Pair {
	return Pair{
		Kind: p.Kind, Moved: p.Moved, Renumbered: p.Renumbered, Technical: p.Technical, Note: p.Note,
		From: sideOf(p.From), To: sideOf(p.To), Ops: opsOf(p.Ops),
		Similarity: math.Round(p.Similarity*1e4) / 1e4,
	}
}

func sideOf(s *diffing.Side) *Side {
	if s == nil {
		return nil
	}
	out := &Side{Text: s.Text, Lines: [2]int{s.First, s.Last}}
	if s.Note != nil {
		out.Address = s.Note.Address
		return out
	}
	out.Address, out.Label = s.Provisions[0].Address, s.Provisions[0].Label()
	if len(s.Provisions) > 1 {
		for _, p := range s.Provisions {
			out.Addresses = append(out.Addresses, p.Address)
		}
	}
	return out
}

// jsonWriter streams: a comparison of a code is too long to be held twice. After
// an error it writes nothing more.
type jsonWriter struct {
	w   *bufio.Writer
	err error
}

func (j *jsonWriter) raw(s string) {
	if j.err == nil {
		_, j.err = j.w.WriteString(s)
	}
}

func (j *jsonWriter) field(before string, v any) {
	j.raw(before)
	if j.err != nil {
		return
	}
	e := json.NewEncoder(trimmed{j.w})
	e.SetEscapeHTML(false)
	j.err = e.Encode(v)
}

// trimmed drops the line break that Encode ends with.
type trimmed struct{ w io.Writer }

func (t trimmed) Write(b []byte) (int, error) {
	n := len(b)
	if n > 0 && b[n-1] == '\n' {
		b = b[:n-1]
	}
	_, err := t.w.Write(b)
	return n, err
}
