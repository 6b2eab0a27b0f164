package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/tuzetu/tuzetu/internal/store"
	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/scraper"
	"github.com/tuzetu/tuzetu/scraper/adilet"
	"github.com/tuzetu/tuzetu/scraper/zan"
)

// site is an official site that can be asked.
type site struct {
	name string
	base string // its own address
	// coded: the site knows an act by a code of its own.
	coded bool
	// open turns to the site at an address ("" is its own) for an act by its code.
	open func(base, code string) (scraper.Source, error)
	// read reads a text that came from there.
	read func(body []byte) (scraper.Page, error)
}

func sites() []site {
	return []site{
		{
			name: "adilet", base: adilet.DefaultBase,
			open: func(base, _ string) (scraper.Source, error) { return adilet.New(base) },
			read: readAdilet,
		},
		{
			name: "zan", base: zan.DefaultBase, coded: true,
			open: func(base, code string) (scraper.Source, error) { return zan.New(base, code) },
			read: readZan,
		},
	}
}

func siteNamed(name string) (site, bool) {
	for _, s := range sites() {
		if s.name == name {
			return s, true
		}
	}
	return site{}, false
}

// request is what is asked for: an act at a site.
type request struct {
	site site
	base string
	name string    // of the act, as it was given
	act  law.ActID // "" for a code: then the text tells the act
}

func newRequest(s site, name, base string) (request, error) {
	r := request{site: s, base: base, name: name}
	id, err := law.ParseActID(name)
	if err == nil {
		r.act = id
		_, err = scraper.ParseBase(base, s.base)
		return r, err
	}
	if !s.coded {
		return r, err
	}
	_, err = s.open(base, name)
	return r, err
}

// source turns to the site. The code of an act is looked for among those that
// are known.
func (r request) source(ctx context.Context, s *store.Store) (scraper.Source, error) {
	if !r.site.coded || r.act == "" {
		return r.site.open(r.base, r.name)
	}
	code, err := s.Alias(ctx, r.site.name, r.act)
	if errors.Is(err, law.ErrNotFound) {
		return nil, fmt.Errorf("%w: the number of %s in the reference bank is not known; tuzetu fetch adilet %s learns it from the page of the act, or give the number in zan.gov.kz/client/#!/doc/NUMBER",
			law.ErrNotFound, r.act, r.act)
	}
	if err != nil {
		return nil, err
	}
	return r.site.open(r.base, code)
}

// baseURLs are the addresses that stand for those of the sites, by their names.
type baseURLs map[string]string

// set reads "URL", which is adilet's, or "SITE=URL".
func (b baseURLs) set(value string) error {
	name, url, ok := strings.Cut(value, "=")
	if _, known := siteNamed(name); !ok || !known {
		name, url = "adilet", value
	}
	s, _ := siteNamed(name)
	_, err := scraper.ParseBase(url, s.base)
	b[name] = url
	return err
}
