package redline

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
)

// program finds a program the tests need. Where there is none the test is
// skipped, but not in CI.
func program(t *testing.T, name, debian string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is missing (apt-get install %s)", name, debian)
		}
		t.Skipf("no %s here (apt-get install %s)", name, debian)
	}
	return path
}

// office converts files with LibreOffice, all in one run since it starts
// slowly, and returns the folder with what it made.
func office(t *testing.T, format string, files map[string][]byte) string {
	t.Helper()
	soffice := program(t, "soffice", "libreoffice-writer-nogui")
	in, out := t.TempDir(), t.TempDir()
	args := []string{"--headless", "-env:UserInstallation=file://" + t.TempDir(), "--convert-to", format, "--outdir", out}
	for name, content := range files {
		name = filepath.Join(in, name)
		if err := os.WriteFile(name, content, 0o644); err != nil {
			t.Fatal(err)
		}
		args = append(args, name)
	}
	if message, err := exec.Command(soffice, args...).CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, message)
	}
	return out
}

// LibreOffice opens the file and prints what came and what went, the header and
// the table.
func TestDOCXPrintsInLibreOffice(t *testing.T) {
	pdftotext := program(t, "pdftotext", "poppler-utils")
	from, to := sampleAt(t, law.RU, sample.Second), sampleAt(t, law.RU, sample.Proposed)
	dir := office(t, "pdf", map[string][]byte{"redline.docx": docxOf(t, from, to)})
	printed, err := exec.Command(pdftotext, filepath.Join(dir, "redline.pdf"), "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	text := law.Squeeze(strings.ReplaceAll(string(printed), "\n", " "))
	contains(t, text, "Сравнение редакций: 01.03.2025 → 01.02.2026", from.Title, "До возмещения читатель пользуется только читальным залом.", "Из них для детей")
	for _, p := range to.Provisions[:40] {
		if len(p.Text) < 80 && p.Kind != law.Table { // longer lines are broken by page numbers
			contains(t, text, p.Text)
		}
	}
}

// LibreOffice understands every tracked change as it is meant: what it saves
// again reads the same both ways.
func TestDOCXSurvivesLibreOffice(t *testing.T) {
	type pair struct{ from, to *law.Document }
	table := func(rows ...string) *law.Document {
		lines := []law.Line{{Text: "Приложение 1", From: 1, To: 1}}
		for i, r := range rows {
			lines = append(lines, law.Line{Text: r, From: i + 2, To: i + 2, Mark: law.TableMark})
		}
		return law.Build(law.RU, "", lines)
	}
	pairs := map[string]pair{
		"enacted.docx":  {sampleAt(t, law.KK, sample.First), sampleAt(t, law.KK, sample.Second)},
		"proposed.docx": {sampleAt(t, law.RU, sample.Second), sampleAt(t, law.RU, sample.Proposed)},
		"rows.docx": {table("Город | Жителей | Площадь", "Алматы | 2 000 000 | 682", "Астана | 1 400 000 | 797"),
			table("Город | Жителей | Площадь", "Алматы | 2 100 000 | 682", "Шымкент | 1 200 000 | 1 170")},
		"merged.docx": {sampleAt(t, law.EN, sample.Proposed), sampleAt(t, law.EN, sample.First)},
	}
	files := map[string][]byte{}
	for name, p := range pairs {
		files[name] = docxOf(t, p.from, p.to)
	}
	dir := office(t, "docx:MS Word 2007 XML", files)
	for name, p := range pairs {
		saved, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		provesDOCX(t, saved, p.from, p.to)
	}
}
