package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/tuzetu/tuzetu/campaigns/seal"
	"github.com/tuzetu/tuzetu/law"
)

// leastPassphrase: the key file will be copied about, and a stolen copy can be
// tried at leisure.
const leastPassphrase = 12

// org: what an organisation does on a computer of its own.
func (a *app) org(ctx context.Context, args *arguments) error {
	var out, passphraseFile, key, bin, of, head string
	var check bool
	var db, keys *string
	names := map[string]string{}
	words, err := args.parse(1, 2, func(fs *flag.FlagSet) {
		fs.StringVar(&out, "o", "", "")
		fs.StringVar(&passphraseFile, "passphrase", "", "")
		fs.StringVar(&key, "key", "", "")
		for _, lang := range law.Langs {
			fs.Func(string(lang), "", func(name string) error { names[string(lang)] = name; return nil })
		}
		fs.StringVar(&bin, "bin", "", "")
		fs.StringVar(&of, "org", "", "")
		fs.BoolVar(&check, "check", false, "")
		fs.StringVar(&head, "head", "", "")
		db, keys = a.databaseFlag(fs), a.keysFlag(fs)
	})
	if err != nil {
		return err
	}
	if (len(words) == 2) != (words[0] == "open") {
		return args.wrong("only open takes a file, and it needs one")
	}
	switch words[0] {
	case "open":
		if key == "" || out == "" {
			return args.wrong("open FILE --key PRIVATE-KEY -o FILE.csv")
		}
		return a.openSealed(words[1], key, passphraseFile, out)
	case "add":
		for _, lang := range law.Langs {
			if strings.TrimSpace(names[string(lang)]) == "" {
				return args.wrong("its name is needed in three languages: --kk, --ru, --en")
			}
		}
		if bin != "" && (len(bin) != 12 || strings.Trim(bin, "0123456789") != "") {
			return args.wrong("--bin is twelve digits")
		}
		return a.addOrganisation(ctx, *db, *keys, names, bin)
	case "audit":
		if !check && head == "" {
			return args.wrong("--check is needed")
		}
		return a.checkAudit(ctx, *db, of, head)
	case "keygen":
	default:
		return args.wrong(fmt.Sprintf("%q is not known", words[0]))
	}
	if out == "" {
		return args.wrong("-o FILE is needed")
	}
	passphrase, err := a.passphrase(passphraseFile)
	if err != nil {
		return err
	}
	return a.keygen(out, passphrase)
}

// passphrase reads one line from a file, or from the standard input.
func (a *app) passphrase(name string) (string, error) {
	from := a.stdin
	if name != "" {
		f, err := os.Open(name)
		if err != nil {
			return "", err
		}
		defer f.Close()
		from = f
	} else if a.terminal {
		fmt.Fprint(a.stderr, "passphrase (it is shown as you type): ")
	}
	line, err := bufio.NewReader(io.LimitReader(from, 4096)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	line = strings.TrimRight(line, "\r\n")
	if n := utf8.RuneCountInString(line); n < leastPassphrase {
		return "", fmt.Errorf("the passphrase has %d characters, at least %d are needed", n, leastPassphrase)
	}
	return line, nil
}

// keygen writes a locked private key and prints what the server is to be given.
func (a *app) keygen(out, passphrase string) (err error) {
	key, err := seal.GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(out, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is there already; a key overwrites nothing", out)
	}
	if err != nil {
		return err
	}
	err = seal.WritePrivate(f, key, passphrase)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(out))
	}
	public := key.Public()
	fmt.Fprintf(a.stdout, "%s\n", seal.PublicText(public))
	fmt.Fprintf(a.stderr, "fingerprint: %s\nprivate key: %s, locked; it never goes to the server. Without it and its passphrase nobody reads the signatures: keep a copy elsewhere.\n",
		seal.Fingerprint(public), out)
	return nil
}
