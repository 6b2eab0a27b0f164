package main

import (
	"flag"
	"fmt"
	"io"
	"strings"

	"github.com/tuzetu/tuzetu/law"
)

// arguments reads the words after a command: flags may stand before, between
// or after the others; "--" ends them.
type arguments struct {
	command command
	args    []string
}

// parse declares the flags through declare, reads them, and returns the other
// words, of which there must be from least to most.
func (a *arguments) parse(least, most int, declare func(*flag.FlagSet)) ([]string, error) {
	fs := flag.NewFlagSet(a.command.name, flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	declare(fs)
	var words []string
	for rest := a.args; len(rest) > 0; {
		if err := fs.Parse(rest); err != nil {
			return nil, a.wrong(strings.ReplaceAll(err.Error(), "provided but not defined", "no such flag"))
		}
		after := fs.Args()
		if read := len(rest) - len(after); read > 0 && rest[read-1] == "--" {
			words = append(words, after...)
			break
		}
		if len(after) == 0 {
			break
		}
		words = append(words, after[0])
		rest = after[1:]
	}
	switch {
	case len(words) < least:
		return nil, a.wrong("something is missing")
	case len(words) > most:
		return nil, a.wrong(fmt.Sprintf("%q is too much", words[most]))
	}
	return words, nil
}

// languageFlag is --lang: the language in which a command says what it found.
func languageFlag(fs *flag.FlagSet, lang *law.Lang) {
	fs.Func("lang", "", func(s string) (err error) {
		*lang, err = law.ParseLang(s)
		return err
	})
}

// wrong is a usage error that shows how the command is written.
func (a *arguments) wrong(what string) error {
	return usageError(fmt.Sprintf("%s: %s (usage: tuzetu %s %s)", a.command.name, what, a.command.name, a.command.args))
}
