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
		"Статья 1. <b>«Слово» & 'дело'</b>":     `<span class="nb">Статья 1.</span> &lt;b&gt;«Слово» &amp; &#39;дело&#39;&lt;/b&gt;`,
		"от 18 ноября 2025 года № 231-VIII ЗРК": `от <span class="nb">18 ноября 2025 года</span> <span class="nb">№ 231-VIII</span> ЗРК`,
		"№ 2-I; № 451<i>":          `<span class="nb">№ 2-I;</span> <span class="nb">№ 451&lt;i&gt;</span>`,
		"231-VIII":                 `<span class="nb">231-VIII</span>`,
		"статья 14-1, Wi-Fi, -VII": `<span class="nb">статья 14-1,</span> <span class="nb">Wi-Fi,</span> -VII`,
		"подпункт 3) пункта 1 статьи 25":                `<span class="nb">подпункт 3)</span> <span class="nb">пункта 1</span> <span class="nb">статьи 25</span>`,
		"25-баптың 1-тармағының 3) тармақшасы":          `<span class="nb">25-баптың</span> <span class="nb">1-тармағының</span> <span class="nb">3) тармақшасы</span>`,
		"2026 жылғы 2 наурыздағы редакция":              `<span class="nb">2026 жылғы</span> <span class="nb">2 наурыздағы</span> редакция`,
		"19 июня 2024 года\u00a0— 2 марта":              "<span class=\"nb\">19 июня 2024 года\u00a0—</span> <span class=\"nb\">2 марта</span>",
		"19 июня 2024 года — 2 марта 2026 года: 6":      `<span class="nb">19 июня 2024 года —</span> <span class="nb">2 марта 2026 года:</span> 6`,
		"в 2025 году, 12 марок, 2025 2026":              `<span class="nb">в 2025 году,</span> 12 марок, 2025 2026`,
		"права и обязанности в сети":                    `права <span class="nb">и обязанности</span> <span class="nb">в сети</span>`,
		"сказано и в ст. 5":                             `сказано <span class="nb">и в ст. 5</span>`,
		"абонент – лицо":                                `<span class="nb">абонент –</span> лицо`,
		"о масс-медиа":                                  `<span class="nb">о масс-медиа</span>`,
		"с государственно-правовыми":                    "с государственно-правовыми", // too long for a phone
		"(в том числе) В законе":                        `<span class="nb">(в том</span> числе) <span class="nb">В законе</span>`,
		"два  пробела в  ряд ":                          "два  пробела в  ряд ",
		"слово в":                                       "слово в",
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
	word := rapid.SampledFrom([]string{"в", "с", "№", "–", "-", "231-VIII", "ст.", "закон", "«О", "масс-медиа»", "2025", "года", "17", "июня", "статьи", "4-тармағы", "<b>", "&", "", "\u00a0", "ұ", "12)"})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOf(word).Draw(t, "words"), " ")
		if got := html.UnescapeString(held.ReplaceAllString(string(whole(text)), "")); got != text {
			t.Fatalf("%q became %q", text, got)
		}
	})
}
