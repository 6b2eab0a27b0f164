package adilet

import (
	"strings"

	xhtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

func attr(t xhtml.Token, key string) string {
	for _, a := range t.Attr {
		if a.Key == key {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

func isBlock(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Div, atom.Li, atom.Ul, atom.Ol, atom.Dl, atom.Dt, atom.Dd, atom.Table, atom.Tr, atom.Td, atom.Th,
		atom.Tbody, atom.Thead, atom.Tfoot, atom.Caption, atom.Blockquote, atom.Center, atom.Hr, atom.Pre, atom.Section,
		atom.Article, atom.Header, atom.Footer, atom.Figure:
		return true
	}
	return isHeading(a)
}

func isHeading(a atom.Atom) bool {
	switch a {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

func isCell(a atom.Atom) bool { return a == atom.Td || a == atom.Th }

func isTablePart(a atom.Atom) bool {
	switch a {
	case atom.Table, atom.Tr, atom.Tbody, atom.Thead, atom.Tfoot:
		return true
	}
	return isCell(a)
}

func void(a atom.Atom) bool {
	switch a {
	case atom.Area, atom.Base, atom.Col, atom.Embed, atom.Input, atom.Link, atom.Meta, atom.Param, atom.Source, atom.Track, atom.Wbr:
		return true
	}
	return false
}

// isLink leaves out scripts and empty links.
func isLink(href string) bool {
	scheme, _, ok := strings.Cut(href, ":")
	return href != "" && (!ok || strings.ContainsAny(scheme, "/?#") || strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https"))
}

func isRed(t xhtml.Token) bool {
	c := attr(t, "color")
	if c == "" {
		for d := range strings.SplitSeq(attr(t, "style"), ";") {
			if k, v, ok := strings.Cut(d, ":"); ok && strings.EqualFold(strings.TrimSpace(k), "color") {
				c = strings.TrimSpace(v)
			}
		}
	}
	switch strings.ToLower(strings.ReplaceAll(c, " ", "")) {
	case "#ff0000", "#f00", "ff0000", "red", "rgb(255,0,0)":
		return true
	}
	return false
}

// isHidden: an element with a hyphen in its name is never the site's; browser
// extensions leave such behind in saved pages.
func isHidden(t xhtml.Token) bool {
	switch t.DataAtom {
	case atom.Script, atom.Style, atom.Template, atom.Noscript, atom.Iframe, atom.Svg, atom.Head, atom.Title, atom.Object, atom.Button, atom.Select, atom.Textarea:
		return true
	}
	return strings.Contains(t.Data, "-")
}

// superscript keeps «73<sup>1</sup>» from becoming «731».
func superscript(s string) string {
	return strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵",
		"6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹", "-", "⁻").Replace(s)
}
