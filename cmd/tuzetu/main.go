// Command tuzetu follows a law from official text to amended text.
//
// This package is wiring and commands only: what they do is in the rooms they
// call. A command writes its result to stdout, what a person should know beside
// it to stderr, and returns an error for everything that went wrong: one clear
// line, exit code 1, or 2 when the command itself was not understood.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	a := &app{
		stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr,
		getenv: os.Getenv, now: time.Now, terminal: isTerminal(os.Stderr), colour: isTerminal(os.Stdout),
	}
	if len(os.Args) > 1 && os.Args[1] != "serve" && os.Args[1] != "demo" {
		// A command that ends in a moment need not tidy up after itself as often as
		// a server: a tenth of its time otherwise. The 1.3 MB comparison stays far
		// under its 150 MB.
		debug.SetGCPercent(400)
	}
	code := a.run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}

// app is what commands need from outside.
type app struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	getenv         func(string) string
	now            func() time.Time
	// terminal and colour say whether a person watches stderr and stdout.
	terminal, colour bool
}

// command is one word after "tuzetu".
type command struct {
	name    string
	args    string // as usage shows them
	summary string
	run     func(*app, context.Context, *arguments) error
}

// commands in the order a newcomer meets them.
func commands() []command {
	return []command{
		{"demo", "[--addr HOST:PORT]", "a sample law, fetched, compared and served on this computer", (*app).demo},
		{"serve", "[--addr HOST:PORT] [--db DATABASE] [--public-url URL] [--funder [LANG=]TEXT]… [--follow-every 6h|0] [--no-jobs] [--keys FOLDER] [--smtp URL --mail-from ADDRESS [--dkim DOMAIN:SELECTOR:KEYFILE] [--bounces ADDRESS]] [--trusted-proxy NETWORK]…", "the web application; re-reads the acts it has", (*app).serve},
		{"fetch", "adilet ACT | zan ACT|CODE [--lang kk,ru,en] [--editions all|latest] [--base-url URL]", "bring official texts in", (*app).fetch},
		{"import", "FILE --act ACT --lang LANG --date YYYY-MM-DD [--status enacted|proposed] [--changes accept|reject]", "bring in a text from a file", (*app).importFile},
		{"outline", "REF [--format text|json] [-o FILE]", "the structure of a text", (*app).outline},
		{"diff", "REF REF [--format term|json|html|docx] [--all] [--variants] [-o FILE]", "what changed between two texts", (*app).diff},
		{"blame", "REF REF… [--format term|json] [-o FILE]", "which edition brought each word of the last one", (*app).blame},
		{"outcome", "BASE PROPOSED [ENACTED] [--format term|json|html|docx] [-o FILE]", "what became of a proposal", (*app).outcome},
		{"table", "BASE PROPOSED --form government|committee [--bill REF] [--rows FILE.csv] -o FILE.docx|.xlsx|.html", "the comparative table", (*app).table},
		{"apply", "BASE AMENDING-TEXT [--act TITLE] [--published YYYY-MM-DD] [--placeholder BY] [--lang kk|ru|en] [--format text|json] [-o FILE]", "an amending act applied to the text before it", (*app).apply},
		{"instruct", "REF REF [--act TITLE] [--adopted YYYY-MM-DD] [--in-force PHRASE] [--lang kk|ru|en] [--format text|docx|json] [-o FILE]", "the amending act that makes one text the other, in their language", (*app).instruct},
		{"parity", "RU-TEXT KK-TEXT [--act TITLE-RU --act-kk TITLE-KK] [--lang kk|ru|en] [--format text|json] [-o FILE]", "an amending act in Russian and in Kazakh: the same operations, addresses, numbers and days?", (*app).parity},
		{"cites", "ACT[#UNIT] [--lang kk|ru|en] [--format text|json] [-o FILE] [--db DATABASE]", "who cites an act, or a unit of it, among the acts in the database", (*app).cites},
		{"export", "ACT -o FOLDER [--db DATABASE]", "every edition of an act as files to read without this program", (*app).export},
		{"backup", "-o FILE [--db DATABASE]", "everything in one file, also while the server runs", (*app).backup},
		{"restore", "FILE [--db DATABASE]", "a backup into a new database, SQLite or PostgreSQL", (*app).restore},
		{"org", "keygen -o FILE [--passphrase FILE] | open FILE --key PRIVATE-KEY [--passphrase FILE] -o FILE.csv | add --kk NAME --ru NAME --en NAME [--bin BIN] | audit --check [--org ID] [--head HEAD]", "the key pair that signatures are sealed to, whose private key stays with you; the signatures opened with it; an organisation; its audit log", (*app).org},
		{"user", "add ADDRESS [--org ID] [--role ROLE] [--lang LANG] [--public-url URL]", "a link by which somebody joins an organisation: how its first owner comes in", (*app).user},
		{"bounce", "[FILE|-] [--db DATABASE] [--keys FOLDER]", "a letter that came back, piped in by the mail server: without a mailbox the signature does not count", (*app).bounce},
		{"dossier", "load media-law [--org ID] [--db DATABASE]", "the history of the law on mass media, what was asked for and what became of it, as a dossier", (*app).dossier},
		{"migrate", "[--db DATABASE]", "bring a database up to date", (*app).migrate},
		{"health", "[URL]", "ask a running server whether it is well", (*app).health},
	}
}

func (a *app) run(ctx context.Context, args []string) int {
	err := a.dispatch(ctx, args)
	var usage usageError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &usage):
		fmt.Fprintf(a.stderr, "tuzetu: %v\n", err)
		return 2
	}
	fmt.Fprintf(a.stderr, "tuzetu: %s\n", oneLine(err))
	return 1
}

func (a *app) dispatch(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return usageError("what should be done? See: tuzetu help")
	}
	switch args[0] {
	case "help", "-h", "-help", "--help":
		return a.help(args[1:])
	}
	for _, c := range commands() {
		if c.name != args[0] {
			continue
		}
		for _, arg := range args[1:] {
			if arg == "-h" || arg == "--help" || arg == "-help" {
				return a.help(args[:1])
			}
			if arg == "--" {
				break
			}
		}
		return c.run(a, ctx, &arguments{command: c, args: args[1:]})
	}
	return usageError(fmt.Sprintf("no command %q. See: tuzetu help", args[0]))
}

func (a *app) help(args []string) error {
	for _, c := range commands() {
		if len(args) > 0 && args[0] == c.name {
			fmt.Fprintf(a.stdout, "tuzetu %s %s\n\n  %s\n\n%s", c.name, c.args, c.summary, commonHelp)
			return nil
		}
	}
	if len(args) > 0 {
		return usageError(fmt.Sprintf("no command %q. See: tuzetu help", args[0]))
	}
	fmt.Fprintln(a.stdout, "tuzetu follows a law from official text to amended text.")
	for _, c := range commands() {
		fmt.Fprintf(a.stdout, "\n  tuzetu %s %s\n      %s\n", c.name, c.args, c.summary)
	}
	fmt.Fprint(a.stdout, "\n"+commonHelp)
	return nil
}

const commonHelp = `REF is a file (.html of adilet, .md, .docx, or .txt with one paragraph a line) or an
edition in the database: ACT@YYYY-MM-DD[~REVISION]:LANG, for a proposal
proposal:ACT@YYYY-MM-DD:LANG, as another source has it zan:ACT@YYYY-MM-DD:LANG; or a
version of the workbench: proposal:ID@VERSION:LANG, bill:DOSSIER@VERSION:LANG.
DATABASE is a path, sqlite:PATH or postgres://…; without --db it is $TUZETU_DB or data/tuzetu.db.

  tuzetu fetch adilet Z2400000093
  tuzetu fetch zan 197914
  tuzetu outline Z2400000093@2026-03-02:kk
  tuzetu diff Z2400000093@2025-01-01:ru Z2400000093@2026-03-02:ru
  tuzetu diff old.txt new.md -o redline.html
`

// usageError says that the words of a command were not understood: exit code 2.
type usageError string

func (e usageError) Error() string { return string(e) }

// oneLine keeps an error to one line: what a library put on several is joined.
func oneLine(err error) string {
	return strings.Join(strings.FieldsFunc(err.Error(), func(r rune) bool { return r == '\n' || r == '\r' }), "; ")
}

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
