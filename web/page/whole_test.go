package page

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestWhole(t *testing.T) {
	for text, want := range map[string]string{
		"": "",
		"Статья 1. <b>«Слово» & 'дело'</b>":     "Статья 1. &lt;b&gt;«Слово» &amp; &#39;дело&#39;&lt;/b&gt;",
		"от 18 ноября 2025 года № 231-VIII ЗРК": `от 18 ноября 2025 года <span class="nb">№ 231-VIII</span> ЗРК`,
		"№ 2-I; № 451<i>":          `<span class="nb">№ 2-I;</span> <span class="nb">№ 451&lt;i&gt;</span>`,
		"231-VIII":                 `<span class="nb">231-VIII</span>`,
		"статья 14-1, Wi-Fi, -VII": "статья 14-1, Wi-Fi, -VII",
		"права и обязанности в сети": `права <span class="nb">и обязанности</span> <span class="nb">в сети</span>`,
		"сказано и в ст. 5":          `сказано <span class="nb">и в ст. 5</span>`,
		"абонент – лицо":             `<span class="nb">абонент –</span> лицо`,
		"с государственно-правовыми": "с государственно-правовыми", // too long for a phone
		"(в том числе) В законе":     `<span class="nb">(в том</span> числе) <span class="nb">В законе</span>`,
		"два  пробела в  ряд ":       "два  пробела в  ряд ",
		"слово в":                    "слово в",
		"бұқаралық ақпарат құралы – мерзімді баспасөз;": `бұқаралық ақпарат <span class="nb">құралы –</span> мерзімді баспасөз;`,
	} {
		if got := string(whole(text)); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

var held = regexp.MustCompile(`</?span[^>]*>`)

// What stands on the page, and is copied from it, is the text to the character.
func TestWholeChangesNoCharacter(t *testing.T) {
	word := rapid.SampledFrom([]string{"в", "с", "№", "–", "-", "231-VIII", "ст.", "закон", "«О", "масс-медиа»", "<b>", "&", "", "\u00a0", "ұ", "12)"})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOf(word).Draw(t, "words"), " ")
		if got := html.UnescapeString(held.ReplaceAllString(string(whole(text)), "")); got != text {
			t.Fatalf("%q became %q", text, got)
		}
	})
}
