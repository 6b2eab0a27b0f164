package drafting

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/law"
)

// TestRealSentencesFigures reads the real sentences of lawdata and compares operation
// and target with what the file says of them.
func TestRealSentencesFigures(t *testing.T) {
	b, err := os.ReadFile(lawdata + "/amendments/instructions.tsv")
	if err != nil {
		t.Skip("../shared absent")
	}
	rows := strings.Split(strings.TrimSpace(string(b)), "\n")[1:]
	right := 0
	for _, row := range rows {
		f := strings.Split(row, "\t")
		context, want := englishTarget(f[3])
		got := readAlone(law.Lang(f[0]), context, f[1])
		if slices.Equal(got.targets, want) && sameOperation(f[2], got.op, f[1]) {
			right++
			continue
		}
		t.Logf("%s | %s\n got  %s %q %s\n want %s %q", f[0], f[1], got.op, got.targets, got.reason, f[2], want)
	}
	t.Logf("real sentences: %d of %d read right (%.1f %%)", right, len(rows), 100*float64(right)/float64(len(rows)))
	if right*100 < len(rows)*97 {
		t.Error("under 97 %")
	}
}

type readSentence struct {
	op      string
	targets []string
	reason  string
}

// readAlone reads a sentence in a context that the file gives as an address.
func readAlone(lang law.Lang, context law.Citation, text string) (out readSentence) {
	g := grammarOf(lang)
	s := g.parse(text)
	r := newReader(g, lang, []law.Line{{Text: text, From: 1, To: 1}})
	var cs contexts
	if context != nil {
		cs = cs.open("", "", []Target{{Citation: context}})
	}
	if s.context != nil {
		out.op = "context"
		for _, t := range cs.complete(s.context) {
			out.targets = append(out.targets, string(t.Address()))
		}
	}
	for i := range s.clauses {
		in := r.instruction(0, &s, &s.clauses[i], cs)
		out.op, out.reason = string(in.Op), in.Reason.String()
		for _, t := range in.Targets {
			address := string(t.Address())
			if t.Whole {
				address += "*"
			}
			if !slices.Contains(out.targets, address) {
				out.targets = append(out.targets, address)
			}
		}
	}
	return out
}

// sameOperation compares with the coarser names of the file.
func sameOperation(theirs, ours, sentence string) bool {
	same := map[string][]string{
		"add_unit": {"add_unit", "add_part", "add_indent", "add_sentence"}, "exclude_unit": {"delete_unit"},
		"exclude_words": {"delete_words"}, "insert_words": {"add_words_after"}, "add_words": {"add_words_end"},
		"replace_words": {"replace_words", "replace_figures"},
	}
	if names, ok := same[theirs]; ok {
		return slices.Contains(names, ours)
	}
	return theirs == ours
}

var (
	unitForm   = regexp.MustCompile(`(article|chapter|point|part|subparagraph|indent|heading|notes|table of contents|table)s?`)
	numberForm = regexp.MustCompile(`\d+(?:-\d+)*`)
)

// englishTarget reads «(context article 7, point 1) subparagraph 2)».
func englishTarget(s string) (context law.Citation, targets []string) {
	for _, end := range []string{"(its end)", "(at its end)", ", at the end", "(at its end)", "(text in the state language)", "(after the last, 8th)", "new last "} {
		s = strings.TrimSpace(strings.ReplaceAll(s, end, ""))
	}
	if i := strings.Index(s, " (at "); i > 0 {
		s = s[:i]
	}
	if strings.HasPrefix(s, "(context") {
		depth := 0
		for i, r := range s {
			if r == '(' {
				depth++
			}
			if r == ')' && (i+1 == len(s) || s[i+1] == ' ') {
				inner := strings.TrimSpace(strings.TrimPrefix(s[:i], "(context"))
				s = strings.TrimSpace(s[i+1:])
				if inner == "" { // «(context) article 692-1, part 1»
					inner, s = s, ""
				}
				for _, c := range englishCitations(inner) {
					context = c
				}
				break
			}
		}
	}
	if strings.Contains(s, "whole text") {
		return context, []string{"*"}
	}
	s = strings.ReplaceAll(s, "the law, ", "")
	for _, one := range strings.Split(s, ";") {
		for _, c := range englishCitations(one) {
			targets = append(targets, string(Target{Citation: append(context[:len(context):len(context)], c...)}.Address()))
		}
	}
	if targets == nil {
		targets = []string{string(Target{Citation: context}.Address())}
	}
	return context, targets
}

func englishCitations(s string) []law.Citation {
	kinds := map[string]law.Kind{"article": law.Article, "chapter": law.Chapter, "point": law.Paragraph, "part": law.Part,
		"subparagraph": law.Subparagraph, "indent": law.Indent, "heading": Heading, "notes": law.Remark, "table of contents": Contents, "table": Tabular}
	if strings.TrimSpace(s) == "" {
		return nil
	}
	var c chain
	heading := false
	marks := unitForm.FindAllStringSubmatchIndex(s, -1)
	for i, m := range marks {
		end := len(s)
		if i+1 < len(marks) {
			end = marks[i+1][0]
		}
		kind := kinds[s[m[2]:m[3]]]
		if kind == Heading && i+1 < len(marks) {
			heading = true // «heading and points 1, 2»
			continue
		}
		g := group{kind: kind}
		numbers := strings.ReplaceAll(s[m[1]:end], "7)-13)", "7), 8), 9), 10), 11), 12), 13)")
		numbers = strings.ReplaceAll(numbers, "21-2)-21-8)", "21-2), 21-3), 21-4), 21-5), 21-6), 21-7), 21-8)")
		numbers = strings.ReplaceAll(numbers, "1-1 to 1-5", "1-1, 1-2, 1-3, 1-4, 1-5")
		for _, n := range numberForm.FindAllString(numbers, -1) {
			step := law.Step{Kind: kind, Number: n}
			if kind == law.Part && strings.Contains(n, "-") {
				step.Kind = law.Paragraph
			}
			g.steps = append(g.steps, step)
		}
		if len(g.steps) == 0 {
			g.steps = []law.Step{{Kind: kind}}
		}
		c = append(c, g)
	}
	out := c.spread()
	if heading {
		out = append([]law.Citation{{{Kind: Heading}}}, out...)
	}
	return out
}
