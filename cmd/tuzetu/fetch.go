package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/scraper"
	"github.com/tuzetu/tuzetu/scraper/adilet"
	"github.com/tuzetu/tuzetu/scraper/fetch"
	"github.com/tuzetu/tuzetu/scraper/zan"
)

// contact stands in the User-Agent, so that the people who run an official site
// can reach the people who read it. --contact names another.
const contact = "https://github.com/tuzetu/tuzetu"

// source is an official site that can be asked. open turns to it at an address
// ("" is the site's own) for an act, by the name the site knows it by.
type source struct {
	name string
	open func(o *scraper.Options, act, baseURL string) error
}

func sources() []source {
	return []source{
		{"adilet", func(o *scraper.Options, act, baseURL string) (err error) {
			if o.Act, err = law.ParseActID(act); err != nil {
				return err
			}
			o.Source, err = adilet.New(baseURL)
			return err
		}},
		{"zan", func(o *scraper.Options, code, baseURL string) (err error) {
			o.Source, err = zan.New(baseURL, code) // the text tells the act
			return err
		}},
	}
}

// fetch: bring official texts in.
func (a *app) fetch(ctx context.Context, args *arguments) (err error) {
	var langs, editions, baseURL, from string
	var db *string
	words, err := args.parse(2, 2, func(fs *flag.FlagSet) {
		fs.StringVar(&langs, "lang", "", "")
		fs.StringVar(&editions, "editions", "all", "")
		fs.StringVar(&baseURL, "base-url", "", "")
		fs.StringVar(&from, "contact", contact, "")
		db = a.databaseFlag(fs)
	})
	if err != nil {
		return err
	}
	i := slices.IndexFunc(sources(), func(s source) bool { return s.name == words[0] })
	if i < 0 {
		return args.wrong(fmt.Sprintf("no source %q (there are adilet and zan)", words[0]))
	}
	if editions != "all" && editions != "latest" {
		return args.wrong(fmt.Sprintf("--editions is all or latest, not %q", editions))
	}
	o := scraper.Options{Latest: editions == "latest", Now: a.now}
	if err := sources()[i].open(&o, words[1], baseURL); err != nil {
		return err
	}
	if langs != "" { // else all that the source has
		for _, l := range strings.Split(langs, ",") {
			lang, err := law.ParseLang(strings.TrimSpace(l))
			if err != nil {
				return args.wrong(err.Error())
			}
			o.Langs = append(o.Langs, lang)
		}
	}
	s, err := a.openStore(ctx, *db)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	o.Store = s
	return a.bringIn(ctx, o, words[1], baseURL, from)
}

// bringIn runs the scraper for one act, which the source calls act, and tells
// what becomes of every page.
func (a *app) bringIn(ctx context.Context, o scraper.Options, act, baseURL, from string) error {
	cfg := fetch.Config{Contact: from, Version: version(), Clock: systemClock{a.now}, Chance: rand.Float64, Log: slog.New(slog.NewTextHandler(a.stderr, nil))}
	if baseURL != "" {
		cfg.Private = []string{baseURL}
	}
	getter, err := fetch.New(cfg)
	if err != nil {
		return err
	}
	o.Getter = getter
	fmt.Fprintf(a.stderr, "asking %s for %s, one page at a time\n", o.Source.Name(), act)
	o.Progress = func(p scraper.Progress) {
		fmt.Fprintf(a.stderr, "%2d/%-2d %s\n", p.Done, p.Total, p.Item)
		a.tellDifferences(p.Differences)
	}
	report, err := scraper.Run(ctx, o)
	if n := len(report.Items); n > 0 {
		fmt.Fprintf(a.stderr, "%s: %d stored, %d revisions, %d unchanged, %d missing, %d refused\n", cmp.Or(report.Act, law.ActID(act)),
			report.Count(scraper.Stored), report.Count(scraper.Revision), report.Count(scraper.Unchanged),
			report.Count(scraper.Missing), report.Count(scraper.Refused))
		if same, differ := report.Count(scraper.Same), report.Count(scraper.Differs); same+differ > 0 {
			fmt.Fprintf(a.stderr, "compared with what another source brought: %d the same, %d not\n", same, differ)
		}
	}
	if err != nil {
		return err
	}
	if n := report.Count(scraper.Refused); n > 0 {
		pages := "1 page of %s was refused"
		if n > 1 {
			pages = strconv.Itoa(n) + " pages of %s were refused"
		}
		return fmt.Errorf(pages+"; the last good texts stay", cmp.Or(report.Act, law.ActID(act)))
	}
	return nil
}

// shownDifferences bounds what is told of one text: a table of numbers that two
// sites print otherwise has hundreds.
const shownDifferences = 40

// tellDifferences lists the provisions two sources do not have alike.
func (a *app) tellDifferences(ds []scraper.Difference) {
	for i, d := range ds {
		if i == shownDifferences {
			fmt.Fprintf(a.stderr, "      and %d more\n", len(ds)-i)
			return
		}
		fmt.Fprintf(a.stderr, "      %s\n", d)
	}
}

// version is the program's own, as the build knows it: "v1.2.3", or "" for a
// build from a work tree.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "(devel)" {
		return ""
	}
	return info.Main.Version
}

// systemClock is the time fetching lives in.
type systemClock struct{ now func() time.Time }

func (c systemClock) Now() time.Time { return c.now() }

func (c systemClock) Sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
