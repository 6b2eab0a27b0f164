package page

import (
	"net/http"
	"strconv"

	"github.com/tuzetu/tuzetu/internal/i18n"
)

// Versions are two numbered versions that an address names, to be compared.
type Versions struct {
	A, B     int
	From, To Field  // to choose others
	Query    string // names the two; "" where the address named none
}

// PickVersions are those a request names, else the last two. base is what stands
// before version 1, as version 0; "" for nothing.
func PickVersions(r *http.Request, l *i18n.Locale, newest int, base string) (v Versions) {
	first := 1
	if base != "" {
		first = 0
	}
	choose := func(name, label string, n int) (int, Field) {
		if asked, err := strconv.Atoi(r.URL.Query().Get(name)); err == nil && asked >= first && asked <= newest {
			n = asked
		}
		f := Field{ID: name, Name: name, Kind: "select", Label: label}
		for i := first; i <= newest; i++ {
			text := l.T("wr.version_n", "n", i)
			if i == 0 {
				text = base
			}
			f.Options = append(f.Options, Option{Value: strconv.Itoa(i), Text: text, Current: i == n})
		}
		return n, f
	}
	v.A, v.From = choose("from", l.T("wr.from"), newest-1)
	v.B, v.To = choose("to", l.T("wr.to"), newest)
	if r.URL.RawQuery != "" {
		v.Query = "from=" + strconv.Itoa(v.A) + "&to=" + strconv.Itoa(v.B)
	}
	return v
}
