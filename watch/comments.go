package watch

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/law"
)

// Store is what a Carrier needs of the database.
type Store interface {
	// CommentedActs lists the acts whose enacted editions have comments.
	CommentedActs(ctx context.Context) ([]law.ActID, error)
	Editions(ctx context.Context, act law.ActID) ([]law.EditionHead, error)
	EditionText(ctx context.Context, key law.EditionKey) (law.Edition, error)
	// Uncarried lists the comments that stand in one edition, or were found not to,
	// and of which nothing is known in another.
	Uncarried(ctx context.Context, in, of law.EditionKey) ([]campaigns.PlacedComment, error)
	// AddFates notes what became of comments in an edition. What is known already
	// stays.
	AddFates(ctx context.Context, in law.EditionKey, fates map[campaigns.CommentID]campaigns.Fate) error
}

// CarryComments takes comments on to every enacted edition that was stored
// since, edition by edition, and tells how many it followed. Doing it again does
// nothing. Comments on proposals and bills stay with these.
func CarryComments(ctx context.Context, s Store) (n int, err error) {
	acts, err := s.CommentedActs(ctx)
	if err != nil {
		return 0, err
	}
	for _, act := range acts {
		heads, err := s.Editions(ctx, act)
		if err != nil {
			return n, fmt.Errorf("editions of %s: %w", act, err)
		}
		for _, lang := range law.Langs {
			row := enacted(heads, lang)
			for i := 1; i < len(row); i++ {
				followed, err := carryBetween(ctx, s, row[i-1], row[i])
				n += followed
				if err != nil {
					return n, fmt.Errorf("comments from %s to %s: %w", row[i-1], row[i], err)
				}
			}
		}
	}
	return n, nil
}

// enacted are the editions of an act in a language, oldest first.
func enacted(heads []law.EditionHead, lang law.Lang) (out []law.EditionKey) {
	for _, h := range heads {
		if h.Status == law.Enacted && h.Lang == lang {
			out = append(out, h.EditionKey)
		}
	}
	slices.SortFunc(out, func(a, b law.EditionKey) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.Revision, b.Revision))
	})
	return out
}

func carryBetween(ctx context.Context, s Store, from, to law.EditionKey) (int, error) {
	waiting, err := s.Uncarried(ctx, to, from)
	if err != nil || len(waiting) == 0 {
		return 0, err
	}
	old, err := document(ctx, s, from)
	if err != nil {
		return 0, err
	}
	now, err := document(ctx, s, to)
	if err != nil {
		return 0, err
	}
	c := newCarrying(diffing.Compare(old, now), to)
	fates := map[campaigns.CommentID]campaigns.Fate{}
	for _, w := range waiting {
		fate := w.Fate
		if fate.Reason == campaigns.Carried {
			fate = c.carry(fate.Anchor)
		} else {
			// It stays with the earlier text; the provision is still followed.
			fate.Near = c.near(fate.Near)
		}
		fates[w.ID] = fate
	}
	return len(fates), s.AddFates(ctx, to, fates)
}

// near follows the provision a comment was about that its words have left.
func (c *carrying) near(at law.Address) law.Address {
	if old := c.r.From.Find(at); old != nil {
		if now := c.same(old); now != nil {
			return now.Address
		}
	}
	return ""
}

func document(ctx context.Context, s Store, key law.EditionKey) (*law.Document, error) {
	e, err := s.EditionText(ctx, key)
	if err != nil {
		return nil, err
	}
	return law.Build(key.Lang, e.Title, e.Lines), nil
}
