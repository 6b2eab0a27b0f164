package people

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/accounts"
	"github.com/tuzetu/tuzetu/internal/i18n"
	"github.com/tuzetu/tuzetu/law"
)

var didForm = regexp.MustCompile(`^[a-z]+\.[a-z_]+$`)

// dids are the deeds that the program writes into logs: every literal of that
// form which is the Did of an entry, is assigned to or declared as "did", or is
// handed to a function that makes an entry.
func dids(t *testing.T) (out []string) {
	t.Helper()
	add := func(x ast.Expr) {
		if lit, ok := x.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if s, err := strconv.Unquote(lit.Value); err == nil && didForm.MatchString(s) {
				out = append(out, s)
			}
		}
	}
	isDid := func(x ast.Expr) bool {
		id, ok := x.(*ast.Ident)
		return ok && strings.EqualFold(id.Name, "did")
	}
	files := 0
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || strings.HasPrefix(d.Name(), ".") && len(d.Name()) > 2) {
			return fs.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		files++
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.KeyValueExpr:
				if isDid(n.Key) {
					add(n.Value)
					// What is not a literal must be a name that leads to one.
					if id, ok := n.Value.(*ast.Ident); ok && !slices.Contains([]string{"did", "what"}, id.Name) {
						t.Errorf("%s: the deed of an entry is %s: call it did", path, id.Name)
					}
				}
			case *ast.AssignStmt:
				for i := range min(len(n.Lhs), len(n.Rhs)) {
					if isDid(n.Lhs[i]) {
						add(n.Rhs[i])
					}
				}
			case *ast.ValueSpec:
				for i := range min(len(n.Names), len(n.Values)) {
					if isDid(n.Names[i]) {
						add(n.Values[i])
					}
				}
			case *ast.CallExpr:
				name := ""
				switch f := n.Fun.(type) {
				case *ast.Ident:
					name = f.Name
				case *ast.SelectorExpr:
					name = f.Sel.Name
				}
				if slices.Contains([]string{"T", "N"}, name) { // words of pages
					return true
				}
				for _, arg := range n.Args {
					if slices.Contains([]string{"did", "entry", "setPassword", "addFactor", "useSecond", "second"}, name) {
						add(arg)
					}
				}
			}
			return true
		})
		return nil
	})
	if err != nil || files < 100 {
		t.Fatal(files, err)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Whatever the program writes into a log is told in words, in each language.
func TestDeedsHaveWords(t *testing.T) {
	bundle, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	all := dids(t)
	for _, must := range []string{"organisation.made", "member.role", "password.reset", "passkey.added", "recovery.used", "session.began", "session.proved",
		"comments.published", "comments.rejected", "comments.undone", "delivery.made", "delivery.received", "answer.published", "paper.entered", "key.added",
		"campaign.added", "campaign.state", "account.erased"} {
		if !slices.Contains(all, must) {
			t.Errorf("%s was not found in the program", must)
		}
	}
	for _, did := range all {
		for _, lang := range law.Langs {
			words := told(bundle.Locale(lang), accounts.Entry{Did: did, To: "campaign 3, text 2, sheet 1, lines 5, decision 4, delivery 6"})
			if strings.Contains(words, did) || strings.Contains(words, "did.") || strings.ContainsAny(words, "{}") || len(words) < 5 {
				t.Errorf("%s, %s: %q", did, lang, words)
			}
		}
	}
}

func TestTold(t *testing.T) {
	bundle, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		lang          law.Lang
		did, to, want string
	}{
		{law.RU, "paper.entered", "campaign 3, sheet 7, lines 21", "Кампания № 3: внесён бумажный лист № 7, 21 подпись"},
		{law.KK, "paper.entered", "campaign 3, sheet 7, lines 2", "№ 3 науқан: № 7 қағаз парақ енгізілді, 2 қолтаңба"},
		{law.EN, "campaign.state", "campaign 3, paused", "Campaign no. 3: " + bundle.Locale(law.EN).T("state.paused")},
		{law.RU, "campaign.saved", "campaign 3, text 2", "Кампания № 3: сохранена версия 2 текста"},
		{law.RU, "campaign.saved", "campaign 3", "Кампания № 3: изменены сведения"},
		{law.RU, "unknown.deed", "x", "unknown.deed x"},
	} {
		if got := told(bundle.Locale(c.lang), accounts.Entry{Did: c.did, To: c.to}); got != c.want {
			t.Errorf("%s: %q, want %q", c.did, got, c.want)
		}
	}
}
