package edit

import (
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/law"
)

func TestReplaceAll(t *testing.T) {
	title, lines, err := law.ReadMarkdown(strings.NewReader("# О залах\n\n**Статья 1. Зал**\n\n1. Первый.\n\n2. Второй.\n\n3. Третий.\n\n4. Четвёртый.\n"))
	if err != nil {
		t.Fatal(err)
	}
	d := law.Build(law.RU, title, lines)
	done, refused := ReplaceAll(d, []Words{{"art_1__para_1", "Новый первый."}, {"art_1__para_2", "9. Другой номер."}, {"art_1__para_3", "3. Новый третий."},
		{"art_1__para_4", "два\nместа"}, {"art_7", "нет такой"}, {"art_1", "Зал для чтения"}})
	want := map[law.Address]string{"art_1": "Статья 1. Зал для чтения", "art_1__para_1": "1. Новый первый.", "art_1__para_2": "2. Второй.", "art_1__para_3": "3. Новый третий.", "art_1__para_4": "4. Четвёртый."}
	for at, text := range want {
		if got := done.Document.Find(at).Text; got != text {
			t.Errorf("%s: %q, want %q", at, got, text)
		}
		if done.Now[at] != at {
			t.Errorf("%s went to %q", at, done.Now[at])
		}
	}
	codes := map[int]Code{1: OtherNumber, 3: OneLine, 4: NotFound}
	if len(refused) != len(codes) {
		t.Errorf("refused: %v", refused)
	}
	for i, code := range codes {
		if r := refused[i]; r == nil || r.Code != code {
			t.Errorf("%d: %v, want %s", i, r, code)
		}
	}
	if done, refused := ReplaceAll(d, []Words{{"art_1__para_4", ""}}); done != nil || refused[0].Code != NoWords {
		t.Errorf("nothing to do: %v, %v", done, refused)
	}
}
