package redline

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/law"
)

func TestBlame(t *testing.T) {
	blamed := diffing.Blame(
		document(law.RU, []byte("Статья 1. Маяк\n1. Маяк светит ночью на три мили.\n2. Вход воспрещен посторонним.")),
		document(law.RU, []byte("Статья 1. Маяк\n1. Маяк светит ночью и в туман на три мили.\n2. Вход воспрещен посторонним.\nСноска. Статья 1 с изменением, внесенным Законом РК от 01.02.2025 № 1-VIII.")),
	)
	editions := []Meta{{Lang: law.RU, Date: "2024-06-19"}, {Lang: law.RU, Date: "2025-03-01"}}
	var b bytes.Buffer
	if err := BlameTerminal(&b, blamed, editions, TerminalOptions{Lang: law.RU}); err != nil {
		t.Fatal(err)
	}
	want := "пункт 1 статьи 1\n  1. Маяк светит ночью {+и в туман+} [01.03.2025, № 1-VIII] на три мили.\n"
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Error(diff)
	}
	b.Reset()
	if err := BlameJSON(&b, blamed, editions); err != nil {
		t.Fatal(err)
	}
	var v struct {
		Editions   []Meta
		Provisions []BlameProvision
	}
	if err := json.Unmarshal(b.Bytes(), &v); err != nil {
		t.Fatal(err)
	}
	if len(v.Editions) != 2 || len(v.Provisions) != 3 || v.Provisions[1].Spans[1].Acts[0].Number != "1-VIII" {
		t.Errorf("%+v", v)
	}
	if BlameTerminal(brokenWriter{}, blamed, editions, TerminalOptions{}) == nil || BlameJSON(brokenWriter{}, blamed, editions) == nil {
		t.Error("a broken writer went unnoticed")
	}
}
