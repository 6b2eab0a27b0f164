package read

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/law"
)

func TestStretches(t *testing.T) {
	for _, c := range []struct{ text, flags, want string }{
		{"one two", "1111111", "+one two"},
		{"one, two", "11100000", "+one, |-two"},
		{", one two", "001110000", "+, one |-two"},
		{"...", "000", "-..."},
		{"", "", "-"},
	} {
		var flags []bool
		for _, r := range c.flags {
			flags = append(flags, r == '1')
		}
		var got []string
		for _, s := range stretches([]rune(c.text), flags) {
			got = append(got, map[bool]string{true: "+", false: "-"}[s.flag]+s.text)
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%q %s: %q, want %q", c.text, c.flags, strings.Join(got, "|"), c.want)
		}
	}
}

// Whatever is proposed and enacted: the columns, without what they strike out,
// are the proposed and the enacted text.
func TestColumnsAreTheTexts(t *testing.T) {
	words := rapid.SliceOfN(rapid.SampledFrom([]string{"editor", "answers", "within", "five", "days,", "unless", "court", "rules", "otherwise;"}), 1, 12)
	rapid.Check(t, func(rt *rapid.T) {
		text := func(name string) *law.Document {
			line := "1. " + strings.Join(words.Draw(rt, name), " ")
			in, err := law.ReadText(strings.NewReader("Article 1. Requests\n" + line + "\n2. The editor keeps a register.\n"))
			if err != nil {
				rt.Fatal(err)
			}
			return law.Build(law.EN, "", in)
		}
		out := diffing.Outcome(text("base"), text("proposed"), text("enacted"))
		for i := range out.Items {
			it := &out.Items[i]
			kept := survives(it)
			if it.Proposed.To != nil {
				same(rt, askedSpans(it, kept), it.Proposed.To.Text)
			}
			if it.Enacted != nil && it.Enacted.To != nil {
				same(rt, enactedSpans(it, kept), it.Enacted.To.Text)
			}
		}
	})
}

func same(t *rapid.T, list []Span, want string) {
	var b strings.Builder
	for _, s := range list {
		if s.Kind != "del" && s.Kind != "from" {
			b.WriteString(s.Text)
		}
	}
	if got := strings.Join(strings.Fields(b.String()), " "); got != want {
		t.Errorf("column reads %q, want %q", got, want)
	}
}
