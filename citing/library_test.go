package citing

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
)

// shelf is a store of texts by their keys that counts what is read.
type shelf struct {
	texts map[string]string // by key
	acts  []law.Act
	mu    sync.Mutex
	read  map[string]int
}

func (s *shelf) Acts(context.Context) ([]law.Act, error) {
	acts := slices.Clone(s.acts)
	for i := range acts {
		acts[i].Titles = law.Words{}
		for k, v := range s.acts[i].Titles {
			acts[i].Titles[k] = v
		}
	}
	return acts, nil
}

func (s *shelf) Current(context.Context, law.Date) (out []law.EditionHead, err error) {
	for key := range s.texts {
		k, err := law.ParseEditionKey(key)
		if err != nil {
			return nil, err
		}
		title, _, _ := strings.Cut(s.texts[key], "\n")
		out = append(out, law.EditionHead{EditionKey: k, Title: title})
	}
	return out, nil
}

func (s *shelf) EditionText(_ context.Context, key law.EditionKey) (e law.Edition, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.read[key.String()]++
	_, text, _ := strings.Cut(s.texts[key.String()], "\n")
	if text == "" {
		return e, errors.New("damaged")
	}
	e.Lines, err = law.ReadText(strings.NewReader(text))
	return e, err
}

func shelved() *shelf {
	return &shelf{
		acts: []law.Act{{ID: "Z1100000012"}, {ID: "Z990000012_"}, {ID: "V1800000264"}, {ID: "V1800000265"}, {ID: "V1800000266"}, {ID: "Z1200000001"}, {ID: "Z1300000001"}},
		texts: map[string]string{
			"Z1100000012@2011-05-03:ru": "О паромах\nСтатья 1. Паром\nПаром ходит по статье 5 Закона «О паромах».",
			"V1800000264@2018-06-15:ru": "О билетах\nВ соответствии с пунктом 2 статьи 5 Закона «О паромах» ПРИКАЗЫВАЮ:\n1. Билет именной.",
			"V1800000264@2018-06-15:kk": "Билеттер туралы\n«Паромдар туралы» Қазақстан Республикасы Заңының 5-бабы 2-тармағына сәйкес БҰЙЫРАМЫН:\n1. Билет атаулы.",
			"V1800000265@2018-06-15:ru": "О причалах\nСноска. Утратил силу приказом Министра от 01.02.2020 № 7.\nВ соответствии со статьей 6 Закона «О паромах» ПРИКАЗЫВАЮ:\n1. Причал открыт.",
			"V1800000266@2018-06-15:ru": "О якорях\n",
			"Z1300000001@2013-01-01:ru": "О внесении изменения в Закон «О паромах»\nСтатья 1. В статье 5 Закона «О паромах» слово «паром» заменить словом «паромы».",
			"Z1200000001@2012-01-01:ru": "О маяках\nСтатья 1. Маяк\nВ соответствии со статьей 7 Закона «О паромах» приказываю свету гореть.",
		},
		read: map[string]int{},
	}
}

func TestLibrary(t *testing.T) {
	s := shelved()
	l := NewLibrary(s)
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			a, err := l.Citing(t.Context(), "Z1100000012", law.RU, "2026-01-01")
			if err != nil {
				t.Error(err)
				return
			}
			var got []string
			for _, f := range a.Found {
				said := f.Edition.String() + " " + string(f.At) + " " + string(f.Kind)
				if f.Basis {
					said += " basis"
				}
				got = append(got, said)
			}
			// The repealed order is silent; a law is issued on nothing.
			if want := "V1800000264@2018-06-15:ru preamble by_law basis|Z1200000001@2012-01-01:ru art_1__part_1 law"; strings.Join(got, "|") != want {
				t.Errorf("\n got %s\nwant %s", strings.Join(got, "|"), want)
			}
			if a.Acts != 2 || len(a.Unread) != 1 || a.Unread[0].Act != "V1800000266" {
				t.Errorf("acts %d, unread %v", a.Acts, a.Unread)
			}
		})
	}
	wait.Wait()
	for key, n := range s.read {
		if n != 1 && !strings.HasPrefix(key, "V1800000266") {
			t.Errorf("%s was read %d times", key, n)
		}
	}
	if s.read["V1800000264@2018-06-15:kk"] != 0 {
		t.Error("a text in the other language was read")
	}

	// Two acts of one title: which one is meant is not said.
	s.texts["Z990000012_@1999-05-03:ru"] = "О паромах\nСтатья 5. Паром\n"
	a, err := l.Citing(t.Context(), "Z1100000012", law.RU, "2026-01-01")
	if err != nil || len(a.Found) != 2 || !a.Found[0].Several {
		t.Errorf("%+v %v", a.Found, err)
	}

	if err := l.Warm(t.Context(), "2026-01-01"); err == nil || !strings.Contains(err.Error(), "V1800000266@2018-06-15:ru: damaged") {
		t.Errorf("Warm: %v", err)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := NewLibrary(s).Citing(gone, "Z1100000012", law.RU, "2026-01-01"); !errors.Is(err, context.Canceled) {
		t.Errorf("nobody waits any more: %v", err)
	}
}

// So is that of our own writing, in every language and edition.
func TestWithoutNotes(t *testing.T) {
	for _, lang := range law.Langs {
		for _, date := range []law.Date{sample.First, sample.Second} {
			_, lines, err := law.ReadMarkdown(strings.NewReader(sample.Markdown(lang, date)))
			if err != nil {
				t.Fatal(err)
			}
			whole, bare := law.Build(lang, "", lines), law.Build(lang, "", withoutNotes(lines))
			if len(whole.Notes) == len(bare.Notes) {
				t.Errorf("%s %s: no note was left out", date, lang)
			}
			for i, p := range whole.Provisions {
				if i >= len(bare.Provisions) || bare.Provisions[i].Address != p.Address || bare.Provisions[i].Text != p.Text {
					t.Fatalf("%s %s: %s", date, lang, p.Address)
				}
			}
		}
	}
}
