package citing

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tuzetu/tuzetu/law"
)

const lawdata = "../../shared/lawdata"

func real(t *testing.T, name string) *law.Document {
	t.Helper()
	if _, err := os.Stat(lawdata); err != nil {
		t.Skip("../shared absent")
	}
	b, err := os.ReadFile(filepath.Join(lawdata, name))
	if err != nil {
		t.Fatal(err)
	}
	var lines []law.Line
	var title string
	switch filepath.Ext(name) {
	case ".md":
		title, lines, err = law.ReadMarkdown(strings.NewReader(string(b)))
	case ".json":
		var flat struct{ Text string }
		if err = json.Unmarshal(b, &flat); err == nil {
			lines, err = law.ReadText(strings.NewReader(flat.Text))
		}
	default:
		lines, err = law.ReadText(strings.NewReader(string(b)))
	}
	if err != nil {
		t.Fatal(err)
	}
	lang, _ := law.DetectLang(lines)
	return law.Build(lang, title, lines)
}

// A law cites the same acts and units in both languages, though each names them in
// its own way. Run with -v for the figures.
func TestRealLanguages(t *testing.T) {
	for _, pair := range [][2]string{
		{"mass-media-law/2026-03-02.ru.md", "mass-media-law/2026-03-02.kk.md"},
		{"adilet-text/law_on_child_rights.txt", "adilet-text/law_on_child_rights_kz.txt"},
		{"adilet-text/law_on_consumer_protection.txt", "adilet-text/law_on_consumer_protection_kz.txt"},
		{"adilet-text/law_on_personal_data_protection.txt", "adilet-text/law_on_personal_data_protection_kz.txt"},
	} {
		var sides [2][]string
		for i, name := range pair {
			for _, c := range Read(real(t, name)) {
				said := string(c.At) + " " + string(c.Name.Kind) + " " + string(c.Name.Date)
				for _, u := range c.Units {
					said += "; " + u.In(law.EN)
				}
				sides[i] = append(sides[i], said)
			}
		}
		if diff := cmp.Diff(sides[0], sides[1]); diff != "" || len(sides[0]) == 0 {
			t.Errorf("%s: %s", pair[0], diff)
		}
		t.Logf("%s: %d citations of acts, the same in both languages", pair[0], len(sides[0]))
	}
}

// By-laws of one day, and what they say they were issued on.
func TestRealBasis(t *testing.T) {
	for name, want := range map[string][]string{
		"zan-json/223189.json": {"статьей 19, пунктом 4 статьи 69 Земельного кодекса Республики Казахстан", "статьей 35 Закона Республики Казахстан «О местном государственном управлении и самоуправлении в Республике Казахстан»"},
		"zan-json/223196.json": {"пунктом 8 статьи 18 Закона Республики Казахстан «О государственном регулировании развития агропромышленного комплекса и сельских территорий»"},
		"zan-json/223215.json": nil, // it repeals, on no ground that it names
		"zan-json/223249.json": {"статьей 27 Закона Республики Казахстан «О правовых актах»"},
		"zan-json/223251.json": nil,
	} {
		var got []string
		for _, c := range Read(real(t, name)) {
			if c.Basis {
				got = append(got, c.Text)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// A ruling of the Constitutional Court cites five acts by short names too. All of
// its citations of the Constitution's units are there.
func TestRealRuling(t *testing.T) {
	units := map[string]int{}
	for _, c := range Read(real(t, "zan-json/223231.json")) {
		if len(c.Units) > 0 {
			units[string(c.Name.Kind)+" "+c.Name.Title+strings.Join(c.Name.Before, " ")]++
		}
	}
	want := map[string]int{
		"constitution ": 18,
		"law о банках и банковской деятельности в республике казахстан": 11,
		"code о браке (супружестве) и семье":                            10,
		"law о конституционном суде республики казахстан":               2,
		"code гражданского": 2, "code уголовного": 2, "code гражданского процессуального": 1,
	}
	if diff := cmp.Diff(want, units); diff != "" {
		t.Error(diff)
	}
}

// The tree of the law is the same without the notes that stand in it.
func TestRealWithoutNotes(t *testing.T) {
	for _, name := range []string{"mass-media-law/2024-06-19.ru.md", "mass-media-law/2026-03-02.ru.md", "mass-media-law/2026-03-02.kk.md"} {
		doc := real(t, name)
		lines := withoutNotes(doc.Lines())
		if len(lines) == len(doc.Lines()) {
			t.Errorf("%s: no note was left out", name)
		}
		bare := law.Build(doc.Lang, doc.Title, lines)
		var want, got []string
		for _, p := range doc.Provisions {
			want = append(want, string(p.Address)+" "+p.Text)
		}
		for _, p := range bare.Provisions {
			got = append(got, string(p.Address)+" "+p.Text)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
