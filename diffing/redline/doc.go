// Package redline renders a comparison for people and machines: a terminal, the
// JSON of `tuzetu diff`, a page that stands alone. It decides nothing about what
// changed, and it never shows a change by colour alone: what came is underlined
// or in {+ +}, what went is struck through or in [- -].
package redline
