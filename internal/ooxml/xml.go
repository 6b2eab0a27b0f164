package ooxml

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// maxDepth bounds how deep elements stand in one another. Tables in tables in
// drafts reach 40.
const maxDepth = 500

// namespace is one of the vocabularies a document mixes.
type namespace int

const (
	foreign namespace = iota
	word
	markup // markup compatibility: alternatives for older programs
	math
)

func namespaceOf(uri string) namespace {
	switch uri {
	case "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
		"http://purl.oclc.org/ooxml/wordprocessingml/main":
		return word
	case "http://schemas.openxmlformats.org/markup-compatibility/2006":
		return markup
	case "http://schemas.openxmlformats.org/officeDocument/2006/math",
		"http://purl.oclc.org/ooxml/officeDocument/math":
		return math
	}
	return foreign
}

type element struct {
	space namespace
	name  string
	attrs []xml.Attr
}

// attr is the value of an attribute, whatever its prefix; "" without it.
func (e *element) attr(name string) string {
	for i := range e.attrs {
		if e.attrs[i].Name.Local == name {
			return e.attrs[i].Value
		}
	}
	return ""
}

// on is the value of a switch like <w:b/>: present is on, unless it says
// otherwise.
func (e *element) on() bool {
	switch e.attr("val") {
	case "0", "false", "off", "none":
		return false
	}
	return true
}

// xmlReader walks one part, element by element, without keeping it.
type xmlReader struct {
	d     *xml.Decoder
	part  string
	depth int
}

func newXMLReader(r io.Reader, part string) *xmlReader {
	d := xml.NewDecoder(r)
	d.CharsetReader = func(charset string, r io.Reader) (io.Reader, error) {
		return nil, fmt.Errorf("its encoding is %.40q, not UTF-8", charset)
	}
	return &xmlReader{d: d, part: part}
}

// next is Token with the errors of this package. Document types are refused:
// they are how entities are defined, and no Word document has one.
func (x *xmlReader) next() (xml.Token, error) {
	t, err := x.d.Token()
	if err != nil {
		if errors.Is(err, ErrTooLarge) || errors.Is(err, ErrDamaged) {
			return nil, err
		}
		return nil, fmt.Errorf("%w (%s: %.120s)", ErrDamaged, x.part, err)
	}
	switch t.(type) {
	case xml.Directive:
		return nil, fmt.Errorf("%w (%s declares a document type)", ErrDamaged, x.part)
	case xml.StartElement:
		if x.depth++; x.depth > maxDepth {
			return nil, fmt.Errorf("%w (%s: elements stand too deep in one another)", ErrTooLarge, x.part)
		}
	case xml.EndElement:
		x.depth--
	}
	return t, nil
}

// root visits the children of the outermost element.
func (x *xmlReader) root(visit func(element) error) error {
	for {
		t, err := x.next()
		if err != nil {
			return err
		}
		if _, ok := t.(xml.StartElement); ok {
			return x.children(visit)
		}
	}
}

// children visits the children of the element that was just opened, up to its
// end. visit reads each child to its end: with children, text or skip.
func (x *xmlReader) children(visit func(element) error) error {
	for {
		t, err := x.next()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.EndElement:
			return nil
		case xml.StartElement:
			if err := visit(element{namespaceOf(t.Name.Space), t.Name.Local, t.Attr}); err != nil {
				return err
			}
		}
	}
}

// text is the character data of the element that was just opened.
func (x *xmlReader) text() (string, error) {
	var b strings.Builder
	for open := 1; open > 0; {
		t, err := x.next()
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.StartElement:
			open++
		case xml.EndElement:
			open--
		case xml.CharData:
			if open == 1 {
				b.Write(t)
			}
		}
	}
	return b.String(), nil
}

// skip passes over the element that was just opened.
func (x *xmlReader) skip() error {
	for open := 1; open > 0; {
		t, err := x.next()
		if err != nil {
			return err
		}
		switch t.(type) {
		case xml.StartElement:
			open++
		case xml.EndElement:
			open--
		}
	}
	return nil
}
