package web_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
)

// A file becomes the draft's text; one that is none, of another language, or in the
// way of a draft is not taken.
func TestTextOfAFile(t *testing.T) {
	o := newAtelier(t, "https://tuzetu.example")
	send := func(saved, over, name, text string) *httptest.ResponseRecorder {
		var b bytes.Buffer
		m := multipart.NewWriter(&b)
		for _, f := range [][2]string{{"saved", saved}, {"over", over}, {"lang", "ru"}} {
			if err := m.WriteField(f[0], f[1]); err != nil {
				t.Fatal(err)
			}
		}
		part, err := m.CreateFormFile("file", name)
		if err != nil {
			t.Fatal(err)
		}
		part.Write([]byte(text))
		m.Close()
		r := httptest.NewRequest(http.MethodPost, "https://tuzetu.example/ru"+o.desk+"/text", &b)
		r.Header.Set("Content-Type", m.FormDataContentType())
		r.Header.Set("Cookie", "__Host-session="+o.editor)
		w := httptest.NewRecorder()
		o.handler.ServeHTTP(w, r)
		return w
	}
	good := strings.Replace(sample.Markdown(law.RU, sample.Second), "до пяти книг", "до десяти книг", 1)
	for _, c := range []struct {
		name, saved, over, file, text string
		want                          int
	}{
		{"nothing", "0", "", "a.md", "", http.StatusUnprocessableEntity},
		{"no text", "0", "", "a.md", "\x00\x01", http.StatusUnprocessableEntity},
		{"another language", "0", "", "a.md", sample.Markdown(law.KK, sample.Second), http.StatusUnprocessableEntity},
		{"a text", "0", "", "a.md", good, http.StatusSeeOther},
		{"over a draft unasked", "1", "", "a.md", sample.Markdown(law.RU, sample.Second), http.StatusConflict},
	} {
		if w := send(c.saved, c.over, c.file, c.text); w.Code != c.want {
			t.Errorf("%s: %d, want %d", c.name, w.Code, c.want)
		}
	}
	if got := standing(t, o.draft(o.person(o.editor)).Content, law.RU, "art_12__subpara_1"); !strings.Contains(got, "до десяти книг") {
		t.Errorf("the draft has %q", got)
	}
}
