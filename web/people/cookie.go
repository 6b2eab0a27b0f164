package people

import (
	"net"
	"net/http"
	"strings"
	"time"
)

// Cookies: of a session, and of one who has shown a password and not yet the
// second factor.
const (
	sessionCookie = "session"
	halfCookie    = "half"
)

// relaxed reports whether a request may be answered with cookies for plain HTTP:
// only on this computer, and only where the site is not said to be reached by
// HTTPS. Not every browser keeps a secure cookie there.
func (p *People) relaxed(r *http.Request) bool {
	host := r.Host
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return r.TLS == nil && !strings.HasPrefix(p.pages.Base(), "https:") && (host == "localhost" || ip != nil && ip.IsLoopback())
}

// cookieName has the prefix by which a browser refuses one that another host or
// an insecure page has set.
func (p *People) cookieName(r *http.Request, name string) string {
	if p.relaxed(r) {
		return name
	}
	return "__Host-" + name
}

func (p *People) cookie(r *http.Request, name string) (string, bool) {
	c, err := r.Cookie(p.cookieName(r, name))
	if err != nil || c.Value == "" {
		return "", false
	}
	return c.Value, true
}

func (p *People) setCookie(w http.ResponseWriter, r *http.Request, name, value string, good time.Duration) {
	http.SetCookie(w, &http.Cookie{
		Name: p.cookieName(r, name), Value: value, Path: "/", MaxAge: int(good / time.Second),
		Secure: !p.relaxed(r), HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

func (p *People) dropCookie(w http.ResponseWriter, r *http.Request, name string) {
	http.SetCookie(w, &http.Cookie{
		Name: p.cookieName(r, name), Path: "/", MaxAge: -1, Secure: !p.relaxed(r), HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

// agent says in words which browser asks, for the list of sessions.
func agent(r *http.Request) string {
	ua := r.UserAgent()
	find := func(names ...string) string { // the mark, the word
		for i := 0; i < len(names); i += 2 {
			if strings.Contains(ua, names[i]) {
				return names[i+1]
			}
		}
		return ""
	}
	browser := find("YaBrowser", "Yandex", "Edg", "Edge", "OPR", "Opera", "SamsungBrowser", "Samsung Internet", "Firefox", "Firefox", "FxiOS", "Firefox", "CriOS", "Chrome", "Chrome", "Chrome", "Safari", "Safari")
	system := find("Android", "Android", "iPhone", "iPhone", "iPad", "iPad", "Windows", "Windows", "Mac OS X", "macOS", "CrOS", "ChromeOS", "Linux", "Linux")
	return strings.Trim(browser+", "+system, ", ")
}
