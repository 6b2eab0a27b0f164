package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/tuzetu/tuzetu/campaigns/count"
	"github.com/tuzetu/tuzetu/campaigns/gate"
	"github.com/tuzetu/tuzetu/campaigns/intake"
	"github.com/tuzetu/tuzetu/internal/jobs"
	"github.com/tuzetu/tuzetu/internal/mail"
	"github.com/tuzetu/tuzetu/web"
	"github.com/tuzetu/tuzetu/web/campaign"
)

// serverRole makes this program the web application, in a process of its own, as
// "tuzetu serve" runs it. Its mail server is a line on the standard output:
//
//	at ADDRESS                  it listens
//	letter ADDRESS TOKEN TOKEN  a letter went out: the links to confirm and to manage
//	heap BYTES                  the answer to "heap" on the standard input
//
// It ends when the standard input does, so it outlives nobody.
const serverRole = "server"

func serve(ctx context.Context, args []string, in io.Reader, out io.Writer) (err error) {
	if len(args) != 3 {
		return errors.New("server DATABASE KEYS LOG")
	}
	d, err := openDesk(ctx, args[0], args[1])
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.store.Close()) }()
	logFile, err := os.OpenFile(args[2], os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer logFile.Close()
	log := slog.New(slog.NewJSONHandler(logFile, nil))
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	say := &mouth{to: out}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	pages, wait, err := d.start(ctx, say, log, "http://"+l.Addr().String())
	if err != nil {
		return err
	}
	defer func() { stop(); wait() }()
	app, err := web.New(web.Config{Store: d.store, Logger: log, Now: time.Now, BaseURL: "http://" + l.Addr().String(), Campaigns: pages})
	if err != nil {
		return err
	}
	server := web.NewServer(app)
	go func() {
		for lines := bufio.NewScanner(in); lines.Scan(); {
			var m runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&m)
			say.line("heap", m.HeapAlloc)
		}
		stop()
		server.Close()
	}()
	say.line("at", l.Addr())
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// start runs all that takes signatures, as "tuzetu serve" does.
func (d *desk) start(ctx context.Context, say *mouth, log *slog.Logger, base string) (*campaign.Config, func(), error) {
	in, err := intake.New(intake.Config{Store: d.store, Keys: d.keys, Random: rand.Reader, Now: time.Now, Limiter: gate.NewLimiter(gate.Burst, gate.PerHour)})
	if err != nil {
		return nil, nil, err
	}
	manager, err := intake.NewManager(d.store, d.keys, rand.Reader, time.Now)
	if err != nil {
		return nil, nil, err
	}
	writer, err := mail.NewWriter(say, base)
	if err != nil {
		return nil, nil, err
	}
	courier, err := intake.NewCourier(d.store, d.keys, mail.NewSigners(writer, d.store), time.Now)
	if err != nil {
		return nil, nil, err
	}
	counter := &count.Counter{Store: d.store, Holder: rand.Text(), Now: time.Now, Logger: log}
	runner := &jobs.Runner{Store: d.store, Handlers: courier.Handlers(), Now: time.Now, Logger: log, Workers: intake.LettersAtOnce, Every: time.Second}
	var all sync.WaitGroup
	for _, run := range []func(context.Context){in.Run, courier.Run, counter.Run, runner.Run} {
		all.Go(func() { run(ctx) })
	}
	return &campaign.Config{Store: d.store, Intake: in, Manager: manager, Counter: counter,
		Trusted: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, Target: 20, Ending: ctx.Done()}, all.Wait, nil
}

// mouth says what happens, a line in one write: what was said before a kill is
// said.
type mouth struct {
	mu sync.Mutex
	to io.Writer
}

func (m *mouth) line(words ...any) {
	m.mu.Lock()
	defer m.mu.Unlock()
	fmt.Fprintln(m.to, words...)
}

// Send is the mail server.
func (m *mouth) Send(_ context.Context, l mail.Letter) error {
	text := l.Href + " " + strings.Join(l.Small, " ")
	m.line("letter", l.To, tokenIn(text, "/confirm/"), tokenIn(text, "/manage/"))
	return nil
}

// tokenIn is what follows a place in a text, up to a blank; "-" for none.
func tokenIn(text, place string) string {
	_, rest, found := strings.Cut(text, place)
	token, _, _ := strings.Cut(rest, " ")
	if !found {
		return "-"
	}
	return token
}

// running is a server in its own process.
type running struct {
	cmd   *exec.Cmd
	in    io.WriteCloser
	at    string
	heaps chan int64
	read  chan struct{} // closed when all it said was read
}

// startServer starts a server; post gets the letters it sends.
func startServer(ctx context.Context, db *database, keys string, post func(to, confirm, manage string)) (*running, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	r := &running{heaps: make(chan int64, 1), read: make(chan struct{})}
	r.cmd = exec.Command(self, serverRole, db.address, keys, filepath.Join(filepath.Dir(keys), "server.log"))
	r.cmd.Env = append(os.Environ(), serverRole+"=1")
	r.cmd.Stderr = os.Stderr
	if r.in, err = r.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	pipe, err := r.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := r.cmd.Start(); err != nil {
		return nil, err
	}
	at := make(chan string, 1)
	go func() {
		defer close(r.read)
		for lines := bufio.NewScanner(pipe); lines.Scan(); {
			switch w := strings.Fields(lines.Text()); {
			case len(w) == 2 && w[0] == "at":
				at <- w[1]
			case len(w) == 2 && w[0] == "heap":
				n, _ := strconv.ParseInt(w[1], 10, 64)
				r.heaps <- n
			case len(w) == 4 && w[0] == "letter":
				post(w[1], w[2], w[3])
			}
		}
	}()
	select {
	case r.at = <-at:
		return r, nil
	case <-r.read:
		return nil, errors.Join(errors.New("the server ended at once"), r.cmd.Wait())
	case <-ctx.Done():
		return nil, errors.Join(ctx.Err(), r.kill())
	}
}

// kill is kill -9.
func (r *running) kill() error {
	err := r.cmd.Process.Kill()
	<-r.read
	r.cmd.Wait() // "signal: killed"
	return err
}

// stop lets the server end what it has begun.
func (r *running) stop() error {
	err := r.in.Close()
	<-r.read
	return errors.Join(err, r.cmd.Wait())
}

// memory is what the server's heap holds, after a collection, and what the
// system has given it, in MB.
func (r *running) memory() (heap, rss float64, err error) {
	if _, err := fmt.Fprintln(r.in, "heap"); err != nil {
		return 0, 0, err
	}
	select {
	case n := <-r.heaps:
		heap = float64(n) / 1e6
	case <-r.read:
		return 0, 0, errors.New("the server has ended")
	}
	statm, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", r.cmd.Process.Pid))
	if err != nil {
		return heap, 0, nil // not Linux
	}
	var size, resident int
	if _, err := fmt.Sscan(string(statm), &size, &resident); err != nil {
		return 0, 0, err
	}
	return heap, float64(resident*os.Getpagesize()) / 1e6, nil
}
