package store

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/internal/store/storetest"
	"github.com/tuzetu/tuzetu/law"
)

// Tests start this test binary again, as a process that plays a role on the
// database at addressEnv and prints what was acknowledged, one line each.
const (
	roleEnv    = "TUZETU_STORE_TEST_ROLE"
	addressEnv = "TUZETU_STORE_TEST_ADDRESS"
)

func playRole(role string) int {
	if err := play(context.Background(), role, os.Getenv(addressEnv)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

func play(ctx context.Context, role, url string) error {
	if role == "read" {
		s, err := OpenReading(ctx, url)
		if err != nil {
			return err
		}
		heads, err := s.Editions(ctx, sampleAct)
		fmt.Println(len(heads), "editions")
		return firstError(err, s.Close())
	}
	if role == "restore" {
		return playRestore(ctx, url)
	}
	s, err := Open(ctx, url)
	if err != nil {
		return err
	}
	defer s.Close()
	switch role {
	case "write":
		fmt.Println("open")
	case "loop": // adds numbered editions until it is killed
		for n := 0; ; n++ {
			e, err := numbered(n)
			if err != nil {
				return err
			}
			if _, _, err := s.AddEdition(ctx, e); err != nil {
				return err
			}
			fmt.Println(n)
		}
	case "race": // adds sharedTexts editions when told to
		fmt.Println("ready")
		if _, err := bufio.NewReader(os.Stdin).ReadString('\n'); err != nil {
			return err
		}
		added := 0
		for n := range sharedTexts {
			e, err := numbered(n)
			if err != nil {
				return err
			}
			if _, ok, err := s.AddEdition(ctx, e); err != nil {
				return err
			} else if ok {
				added++
			}
		}
		fmt.Println(added)
	case "lease":
		return playLease(ctx, s)
	case "news":
		return playNews(ctx, s)
	default:
		return fmt.Errorf("no role %q", role)
	}
	return nil
}

const sharedTexts = 30

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// numbered is edition n of a long row, large enough to fill many pages of a
// database file.
func numbered(n int) (law.Edition, error) {
	e, err := makeEdition("1996-01-01", law.RU, strings.Repeat(fmt.Sprintf("Редакция %d. ", n), 2000))
	e.Date = e.Date.AddDays(n)
	// Bytes that do not compress, so that the transaction is a large one.
	x := uint64(n) + 1
	for range 100_000 {
		x ^= x << 13
		x ^= x >> 7
		x ^= x << 17
		e.Raw = append(e.Raw, byte(x))
	}
	e.SHA256 = ""
	return e, err
}

type process struct {
	*exec.Cmd
	in  io.WriteCloser
	out *bufio.Scanner
}

func roleCommand(ctx context.Context, role, url string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, os.Args[0])
	cmd.Env = append(os.Environ(), roleEnv+"="+role, addressEnv+"="+url)
	return cmd
}

func start(t *testing.T, role, url string) process {
	t.Helper()
	cmd := roleCommand(t.Context(), role, url)
	cmd.Stderr = t.Output()
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return process{cmd, in, bufio.NewScanner(out)}
}

// TestKilled kills a process with SIGKILL while it adds editions: all that it
// said is there, and what is there is whole.
func TestKilled(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		openTest(t, url)
		acknowledged := -1
		for round := range 4 {
			p := start(t, "loop", url)
			for range 3 + 5*round {
				if !p.out.Scan() {
					t.Fatal("the process ended by itself")
				}
			}
			if err := p.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			last := p.out.Text()
			for p.out.Scan() {
				last = p.out.Text()
			}
			p.Wait() // "signal: killed"
			n, err := strconv.Atoi(last)
			if err != nil {
				t.Fatal(err)
			}
			acknowledged = max(acknowledged, n)

			s := openTest(t, url)
			heads, err := s.Editions(t.Context(), sampleAct)
			if err != nil {
				t.Fatal(err)
			}
			// One more than acknowledged: killed between storing and saying so.
			if len(heads) != acknowledged+1 && len(heads) != acknowledged+2 {
				t.Fatalf("%d editions stored, %d acknowledged", len(heads), acknowledged+1)
			}
			for i, h := range heads {
				want, err := numbered(i)
				if err != nil {
					t.Fatal(err)
				}
				got, err := s.Edition(t.Context(), h.EditionKey)
				if err != nil {
					t.Fatal(err)
				}
				if string(got.Raw) != string(want.Raw) || textSum(got.Lines) != textSum(want.Lines) || h.Date != want.Date {
					t.Fatalf("%s is not what was added", h.EditionKey)
				}
			}
			if s.at.dialect == onSQLite {
				var verdict string
				if err := get(t.Context(), s.write, &verdict, `PRAGMA integrity_check`); err != nil || verdict != "ok" {
					t.Fatalf("integrity: %s, %v", verdict, err)
				}
			}
		}
	})
}

// startBoth starts two processes of a kind and lets them go at once.
func startBoth(t *testing.T, role, url string) []process {
	t.Helper()
	both := []process{start(t, role, url), start(t, role, url)}
	for _, p := range both {
		if !p.out.Scan() || p.out.Text() != "ready" {
			t.Fatalf("not ready: %q", p.out.Text())
		}
	}
	for _, p := range both {
		if _, err := io.WriteString(p.in, "go\n"); err != nil {
			t.Fatal(err)
		}
	}
	return both
}

// TestTwoProcesses has two processes add the same texts at the same time.
func TestTwoProcesses(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		s := openTest(t, url)
		both := startBoth(t, "race", url)
		total := 0
		for _, p := range both {
			p.out.Scan()
			n, err := strconv.Atoi(p.out.Text())
			if err != nil {
				t.Errorf("said %q", p.out.Text())
			}
			total += n
			if err := p.Wait(); err != nil {
				t.Error(err)
			}
		}
		heads, err := s.Editions(t.Context(), sampleAct)
		if err != nil || len(heads) != sharedTexts || total != sharedTexts {
			t.Errorf("%d editions stored, %d acknowledged as added, %v; want %d", len(heads), total, err, sharedTexts)
		}
	})
}
