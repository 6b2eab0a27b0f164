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
	"strconv"
	"strings"
	"time"

	"github.com/tuzetu/tuzetu/law"
	"github.com/tuzetu/tuzetu/scraper"
	"github.com/tuzetu/tuzetu/scraper/fetch"
)

// contact stands in the User-Agent, so that the people who run an official site
// can reach the people who read it. --contact names another.
const contact = "https://github.com/tuzetu/tuzetu"

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
	site, ok := siteNamed(words[0])
	if !ok {
		return args.wrong(fmt.Sprintf("no source %q (there are adilet and zan)", words[0]))
	}
	if editions != "all" && editions != "latest" {
		return args.wrong(fmt.Sprintf("--editions is all or latest, not %q", editions))
	}
	asked, err := newRequest(site, words[1], baseURL)
	if err != nil {
		return err
	}
	o := scraper.Options{Act: asked.act, Latest: editions == "latest", Now: a.now}
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
	if o.Source, err = asked.source(ctx, s); err != nil {
		return err
	}
	report, err := a.bringIn(ctx, o, words[1], baseURL, from)
	err = errors.Join(err, scraper.Note(context.WithoutCancel(ctx), s, site.name, holder(), a.now(), report))
	if report.Act == "" {
		return err
	}
	// What could be brought in is compared, whatever went wrong with the rest.
	return errors.Join(err, a.tellWitnesses(ctx, s, report.Act, o.Langs))
}

// bringIn runs the scraper for one act, which the source calls act, and tells
// what becomes of every page.
func (a *app) bringIn(ctx context.Context, o scraper.Options, act, baseURL, from string) (scraper.Report, error) {
	cfg := fetch.Config{Contact: from, Version: version(), Clock: systemClock{a.now}, Chance: rand.Float64, Log: slog.New(slog.NewTextHandler(a.stderr, nil))}
	if baseURL != "" {
		cfg.Private = []string{baseURL}
	}
	getter, err := fetch.New(cfg)
	if err != nil {
		return scraper.Report{}, err
	}
	o.Getter = getter
	fmt.Fprintf(a.stderr, "asking %s for %s, one page at a time\n", o.Source.Name(), act)
	o.Progress = func(p scraper.Progress) {
		fmt.Fprintf(a.stderr, "%2d/%-2d %s\n", p.Done, p.Total, p.Item)
	}
	report, err := scraper.Run(ctx, o)
	if n := len(report.Items); n > 0 {
		fmt.Fprintf(a.stderr, "%s: %d stored, %d revisions, %d unchanged, %d missing, %d refused\n", cmp.Or(report.Act, law.ActID(act)),
			report.Count(scraper.Stored), report.Count(scraper.Revision), report.Count(scraper.Unchanged),
			report.Count(scraper.Missing), report.Count(scraper.Refused))
	}
	if err != nil {
		return report, err
	}
	if n := report.Count(scraper.Refused); n > 0 {
		pages := "1 page of %s was refused"
		if n > 1 {
			pages = strconv.Itoa(n) + " pages of %s were refused"
		}
		return report, fmt.Errorf(pages+"; the last good texts stay", cmp.Or(report.Act, law.ActID(act)))
	}
	return report, nil
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
