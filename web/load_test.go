package web_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
)

// Cached pages a second over loopback HTTP, as browsers ask for them; the client
// runs on the same processors. «make load» prints it.
func BenchmarkLoad(b *testing.B) {
	for _, c := range []struct {
		name, path string
		site       func(testing.TB) *site
	}{
		{"home", "/ru", sampled},
		{"compare", "/ru" + sampleCompare + "/ru", sampled},
		{"massmedia-compare", "/ru/acts/Z2400000093/compare/2024-06-19...2026-03-02/ru", massMediaSite},
		{"code-compare", "/ru" + sampleCompare + "/ru", codeSite},
	} {
		b.Run(c.name, func(b *testing.B) {
			srv := httptest.NewServer(c.site(b).handler)
			defer srv.Close()
			client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64, DisableCompression: true}}
			defer client.CloseIdleConnections()
			read := func() error {
				req, err := http.NewRequest(http.MethodGet, srv.URL+c.path, nil)
				if err != nil {
					return err
				}
				req.Header.Set("Accept-Encoding", "gzip, zstd")
				resp, err := client.Do(req)
				if err != nil {
					return err
				}
				n, err := io.Copy(io.Discard, resp.Body)
				if err = errors.Join(err, resp.Body.Close()); err == nil && (n == 0 || resp.StatusCode != http.StatusOK || resp.Header.Get("Content-Encoding") != "zstd") {
					err = fmt.Errorf("status %d, %d bytes, coding %q", resp.StatusCode, n, resp.Header.Get("Content-Encoding"))
				}
				return err
			}
			if err := read(); err != nil { // the page is made
				b.Fatal(err)
			}
			b.SetParallelism(8)
			b.ResetTimer()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					if err := read(); err != nil {
						b.Error(err)
						return
					}
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "reads/s")
		})
	}
}
