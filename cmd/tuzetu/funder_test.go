package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tuzetu/tuzetu/law"
)

func TestFunderLine(t *testing.T) {
	for _, c := range []struct {
		said []string
		want funderLine
	}{
		{nil, nil},
		{[]string{"Funded by X"}, funderLine{law.KK: "Funded by X", law.RU: "Funded by X", law.EN: "Funded by X"}},
		{[]string{"ru=При поддержке Х", "Funded by X"}, funderLine{law.KK: "Funded by X", law.RU: "При поддержке Х", law.EN: "Funded by X"}},
		{[]string{"kk=Х қолдауымен"}, funderLine{law.KK: "Х қолдауымен"}},
		{[]string{"a=b"}, funderLine{law.KK: "a=b", law.RU: "a=b", law.EN: "a=b"}},
	} {
		var got funderLine
		for _, s := range c.said {
			if err := got.Set(s); err != nil {
				t.Errorf("%q: %v", s, err)
			}
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%q: %s", c.said, d)
		}
	}
	if err := new(funderLine).Set("ru="); err == nil {
		t.Error("an empty line is accepted")
	}
}
