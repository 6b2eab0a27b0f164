package web_test

import (
	"net/http"
	"strings"
	"testing"
)

// The overview says in the visitor's words what the two languages of a version do
// not have in common, and never in codes.
func TestLanguagesThatDiffer(t *testing.T) {
	o := newAtelier(t, "https://tuzetu.example")
	f := o.editing(o.editor, second, "art_12__subpara_3", "art_4__para_1")
	f.Set("t-ru-"+second, "Книга выдаётся на 14 дней.")
	f.Set("t-kk-"+second, "Кітап 20 күнге беріледі.")
	f.Set("t-ru-art_12__subpara_3", "пользоваться каталогом ночью;")
	f.Set("t-ru-art_4__para_1", strings.Replace(f.Get("t-ru-art_4__para_1"), " ", " повсюду ", 1)) // words put in
	f.Set("t-kk-art_4__para_1", "Кітапхана барша жұртқа ашық.")                                    // a new wording
	f.Set("do", "version")
	if w := o.send("/ru"+o.desk+"/edit", o.editor, f, ""); w.Code != http.StatusSeeOther {
		t.Fatal(w.Code, w.Body)
	}
	for ui, want := range map[string][]string{
		"ru": {"Расходится: ", "числа в кавычках (2, 14 / 2, 20)", "Только на русском", "вид указания"},
		"kk": {"Айырмашылығы: ", "тырнақшадағы сандар (2, 14 / 2, 20)", "Тек орысша", "нұсқаудың түрі"},
		"en": {"Differs: ", "numbers (2, 14 / 2, 20)", "In Russian only", "operation"},
	} {
		got := text(o.document(o.get("/"+ui+o.desk, o.editor), http.StatusOK).Find("section[aria-labelledby=parity]"))
		for _, s := range want {
			if !strings.Contains(got, s) {
				t.Errorf("%s does not say %q: %s", ui, s, got)
			}
		}
		for _, s := range []string{" | ", "art_", "replace_", "new_"} {
			if strings.Contains(got, s) {
				t.Errorf("%s says %q: %s", ui, s, got)
			}
		}
	}
}
