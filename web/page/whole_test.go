package page

import "testing"

func TestWhole(t *testing.T) {
	for text, want := range map[string]string{
		"": "",
		"Статья 1. <b>«Слово» & 'дело'</b>":     "Статья 1. &lt;b&gt;«Слово» &amp; &#39;дело&#39;&lt;/b&gt;",
		"от 18 ноября 2025 года № 231-VIII ЗРК": `от 18 ноября 2025 года <span class="nb">№ 231-VIII</span> ЗРК`,
		"№ 2-I; № 451<i>":          `<span class="nb">№ 2-I</span>; <span class="nb">№ 451</span>&lt;i&gt;`,
		"231-VIII":                 `<span class="nb">231-VIII</span>`,
		"статья 14-1, Wi-Fi, -VII": "статья 14-1, Wi-Fi, -VII",
	} {
		if got := string(whole(text)); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
