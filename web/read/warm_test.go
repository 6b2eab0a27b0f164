package read

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/internal/sample"
	"github.com/tuzetu/tuzetu/law"
)

// library is a shelf that lists what it has, and an act whose text is gone.
type library struct {
	*shelf
	heads []law.EditionHead
}

const lostAct = law.ActID("Z9900000099")

func (l library) Acts(context.Context) ([]law.Act, error) {
	return []law.Act{{ID: lostAct}, l.act}, nil
}

func (l library) Editions(_ context.Context, id law.ActID) ([]law.EditionHead, error) {
	if id == lostAct {
		return []law.EditionHead{{EditionKey: law.EditionKey{Act: lostAct, Lang: law.RU, Status: law.Enacted, Date: sample.First}}}, nil
	}
	return l.heads, nil
}

// After Warm no text is read again for what an act was through its editions; an
// act that cannot be read is told of and passed over.
func TestWarm(t *testing.T) {
	s := &shelf{act: sample.Act(), texts: map[law.EditionKey]func() []law.Line{}}
	heads := []law.EditionHead{
		s.add(sample.First, 0, sampleLines(t, sample.First)),
		s.add(sample.Second, 0, sampleLines(t, sample.Second)),
		s.add(sample.Second, 1, sampleLines(t, sample.Second)),
	}
	l := library{s, heads}
	rd := &Reader{store: l, texts: newTexts(l, 1)}
	ctx, cancel := context.WithCancel(t.Context())
	if err := rd.Warm(ctx); !errors.Is(err, law.ErrNotFound) || !strings.Contains(err.Error(), string(lostAct)) {
		t.Errorf("the text that is gone: %v", err)
	}
	asked := s.asked
	if _, err := rd.texts.chronicle(ctx, s.act, sorted(heads).official()); err != nil || s.asked != asked {
		t.Errorf("%v, %d texts read again", err, s.asked-asked)
	}
	if asked != 3 { // the lost one, and two: of the revisions the last
		t.Errorf("%d texts read", asked)
	}
	cancel()
	rd.texts = newTexts(l, 1)
	if err := rd.Warm(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("after the end: %v", err)
	}
}
