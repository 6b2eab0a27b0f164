// Package diffing compares texts of a law: two trees in, changes out. It does no
// I/O, reads no clock, and its output depends on nothing but its input.
//
// Alignment comes first and words last, because a law is a list of provisions
// that are moved, renumbered, split and merged as wholes. Provisions are compared
// by their words without the leading number, in the comparison form of law.Fold
// and in lower case; a number alone never makes a pair.
//
//	old ─┐                                                        ┌─ new
//	     │  1 unique texts     a text that stands once on each side │
//	     │                     is its own pair; its equal neighbours│
//	     │                     come with it                         │
//	     │  2 chain            the heaviest order-preserving chain  │
//	     │                     of pairs; what is off it has moved   │
//	     │  3 gaps, equal      repeated texts between two links of  │
//	     │                     the chain, in order                  │
//	     │  4 gaps, similar    edited texts in a gap: the best chain│
//	     │                     of candidates, not the first good one│
//	     │  5 anywhere         what is left: equal texts, then edited
//	     │                     ones, the surest first, each likelier│
//	     │                     than any rival                       │
//	     │  6 headings         by what stands below them            │
//	     │  7 split, merge     a leftover beside a pair whose longer│
//	     │                     side holds its words in order        │
//	     └─ 8 words            the cheapest marking inside each pair┘
//
// Stages 2, 3 and 4 are one algorithm, heaviestChain, over different candidates.
// Everything is O(n log n) in the number of provisions and bounded in the length
// of each. docs/diffing.md has the measurement behind every constant.
package diffing
