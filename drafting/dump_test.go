package drafting

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/law"
)

func TestDump(t *testing.T) {
	name := os.Getenv("DUMP")
	if name == "" {
		t.Skip()
	}
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := law.ReadText(f)
	if err != nil {
		t.Fatal(err)
	}
	lang, _ := law.DetectLang(lines)
	a, err := Read(lang, lines)
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range a.Roles {
		fmt.Printf("%-11s %s\n", r, head(lines[i].Text, 120))
	}
	fmt.Printf("acts %+v\n", a.Acts)
	for _, in := range a.Instructions {
		var ts []string
		for _, x := range in.Targets {
			ts = append(ts, string(x.Address())+fmt.Sprintf("(%v|%s)", x.Whole, x.In(lang)))
		}
		fmt.Printf("%d %s %s old=%.80q new=%.80q wording=%d reason=%q doubt=%q\n", in.N, in.Op, strings.Join(ts, ","), in.Old, in.New, len(in.Wording), in.Reason, in.Doubt)
	}
}
