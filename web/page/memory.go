package page

import (
	"container/list"
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/tuzetu/tuzetu/internal/i18n"
)

// memoryLimit bounds the bodies of kept answers, in bytes; their compressed
// forms, a sixth of that, come on top. It holds some 500 comparisons of a law.
const memoryLimit = 64 << 20

// briefLimit bounds the answers of a second.
const briefLimit = 8 << 20

// Mark says what is seen of the store now: while it stays the same, nothing was
// committed by anyone.
type Mark func(context.Context) (string, error)

// memory keeps whole answers, so that a page many ask for is made once. It
// forgets nothing too late: a kept answer is sent only while the mark of the
// store, read before the answer was made, and the day are still the same.
//
// Only what is public is kept: an answer with Cache-Control public, no cookie
// set, that does not vary by what else the client sent.
type memory struct {
	mark  Mark
	now   func() time.Time
	limit int
	brief bool // the mark is another one every second: many want the same at once

	mu     sync.Mutex
	making map[string]chan struct{} // closed when the answer of an address is made
	kept   map[string]*list.Element // of *keptAnswer, by address
	recent *list.List               // the latest used first
	weight int
}

type keptAnswer struct {
	address, mark string
	*answer
}

func newMemory(mark Mark, now func() time.Time, limit int) *memory {
	return &memory{mark: mark, now: now, limit: limit, kept: map[string]*list.Element{}, making: map[string]chan struct{}{}, recent: list.New()}
}

// around answers with what is kept, or by h, whose answer Write keeps.
func (m *memory) around(h Handler) Handler {
	if m == nil {
		return h
	}
	return func(w http.ResponseWriter, r *http.Request) error {
		if r.Method != http.MethodGet && r.Method != http.MethodHead || personal(r) {
			return h(w, r)
		}
		mark, err := m.mark(r.Context())
		if err != nil {
			return h(w, r) // it will meet the error too, if it needs the store
		}
		k := &keeper{ResponseWriter: w, memory: m, address: r.Host + r.URL.Path + "?" + r.URL.RawQuery, mark: mark + " " + string(i18n.Day(m.now()))}
		a := m.get(k.address, k.mark)
		if a == nil && m.brief {
			made, first := m.begin(k.address)
			if first {
				k.made = sync.OnceFunc(func() { m.end(k.address) })
				defer k.made()
				return h(k, r)
			}
			select {
			case <-made:
			case <-r.Context().Done():
				return r.Context().Err()
			}
			a = m.get(k.address, k.mark)
		}
		if a == nil { // none that is kept
			return h(k, r)
		}
		a.send(w, r)
		return nil
	}
}

// personal tells whether a request says who sends it: it carries a cookie other
// than that of the language.
func personal(r *http.Request) bool {
	for _, c := range r.Cookies() {
		if c.Name != LangCookie {
			return true
		}
	}
	return r.Header.Get("Authorization") != ""
}

func (m *memory) get(address, mark string) *answer {
	m.mu.Lock()
	defer m.mu.Unlock()
	e := m.kept[address]
	if e == nil {
		return nil
	}
	k := e.Value.(*keptAnswer)
	if k.mark != mark {
		m.drop(e)
		return nil
	}
	m.recent.MoveToFront(e)
	return k.answer
}

// begin tells whether nobody makes the answer of an address now: of many who ask
// for a page of a second one makes it, the others wait until made is closed.
// Other answers may be long in coming, and streams have no end.
func (m *memory) begin(address string) (made <-chan struct{}, first bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if c := m.making[address]; c != nil {
		return c, false
	}
	m.making[address] = make(chan struct{})
	return nil, true
}

func (m *memory) end(address string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	close(m.making[address])
	delete(m.making, address)
}

func (m *memory) put(k *keptAnswer) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if e := m.kept[k.address]; e != nil {
		m.drop(e)
	}
	m.kept[k.address] = m.recent.PushFront(k)
	m.weight += k.size()
	for m.weight > m.limit {
		m.drop(m.recent.Back())
	}
}

func (m *memory) drop(e *list.Element) {
	k := m.recent.Remove(e).(*keptAnswer)
	delete(m.kept, k.address)
	m.weight -= k.size()
}

// size estimates what an answer holds besides its body too, in bytes.
func (k *keptAnswer) size() int { return len(k.body) + len(k.address) + 2048 }

// keeper is the writer of a request whose answer may be kept.
type keeper struct {
	http.ResponseWriter
	memory        *memory
	address, mark string
	// made tells those who wait for the answer that it is there; nil: nobody does.
	made func()
}

// Unwrap lets http.ResponseController reach the writer below.
func (k *keeper) Unwrap() http.ResponseWriter { return k.ResponseWriter }

// keep remembers a public answer if it is one for everybody.
func (k *keeper) keep(a *answer) {
	vary := a.header.Get("Vary")
	if a.status == http.StatusOK && a.header.Get("Set-Cookie") == "" && (vary == "" || vary == "Accept-Encoding") {
		k.memory.put(&keptAnswer{k.address, k.mark, a})
	}
}
