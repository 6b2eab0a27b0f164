package main

import (
	"errors"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// funderLine is who pays for the site, by language: --funder "ru=При поддержке …"
// says it in one, --funder "…" in those that nothing else was said in.
type funderLine map[law.Lang]string

func (f *funderLine) String() string { return "" }

// Set reads one --funder.
func (f *funderLine) Set(text string) error {
	if *f == nil {
		*f = funderLine{}
	}
	if tag, words, ok := strings.Cut(text, "="); ok {
		if lang, err := law.ParseLang(tag); err == nil {
			(*f)[lang] = strings.TrimSpace(words)
			if (*f)[lang] == "" {
				return errors.New("nothing is said")
			}
			return nil
		}
	}
	for _, lang := range law.Langs {
		if (*f)[lang] == "" {
			(*f)[lang] = strings.TrimSpace(text)
		}
	}
	return nil
}
