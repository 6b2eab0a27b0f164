package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/law"
)

// Discussed lists the campaigns that take comments and ask to change one of some
// texts, or for it, in whatever language they name it; and how many published
// comments stand at each place of those texts. It is one query, however many
// texts and places there are.
func (s *Store) Discussed(ctx context.Context, texts ...law.EditionKey) (out []campaigns.Discussion, err error) {
	defer wrap(&err, "comments on %v", texts)
	if len(texts) == 0 {
		return nil, nil
	}
	// A REF in the canonical text, up to its language. Quotes in what people wrote
	// are escaped there, so nothing else has this form.
	var like []string
	var editions, wanted []any
	for _, k := range texts {
		ref := strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(strings.TrimSuffix(k.String(), string(k.Lang)))
		for _, field := range []string{"base", "proposed"} {
			like, wanted = append(like, `t.body LIKE ? ESCAPE '\'`), append(wanted, `%"`+field+`":"`+ref+`%`)
		}
		editions = append(editions, k.String())
	}
	var rows []struct {
		Slug    string `db:"slug"`
		Body    string `db:"body"`
		Edition string `db:"edition"`
		Near    string `db:"near"`
		N       int    `db:"n"`
	}
	if err := list(ctx, s.read, &rows, `
		SELECT c.slug, t.body, coalesce(x.edition, '') AS edition, coalesce(x.near, '') AS near, count(x.edition) AS n
		FROM campaigns c JOIN campaign_texts t ON t.campaign = c.id AND t.version = c.version
		LEFT JOIN (
			SELECT campaign, edition, address AS near FROM comments WHERE state = 'published' AND edition IN (`+marks(len(texts))+`)
			UNION ALL
			SELECT k.campaign, p.edition, p.near FROM comment_places p JOIN comments k ON k.id = p.comment
			WHERE k.state = 'published' AND p.reason = '' AND p.edition IN (`+marks(len(texts))+`)) x ON x.campaign = c.id
		WHERE c.state IN ('live', 'paused') AND (`+strings.Join(like, " OR ")+`)
		GROUP BY c.id, c.slug, t.body, x.edition, x.near ORDER BY c.id`, append(append(editions, editions...), wanted...)...); err != nil {
		return nil, err
	}
	for _, r := range rows {
		if len(out) == 0 || out[len(out)-1].Slug != r.Slug {
			var t campaigns.Text
			if err := json.Unmarshal([]byte(r.Body), &t); err != nil {
				return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
			}
			out = append(out, campaigns.Discussion{Slug: r.Slug, Title: t.Title, Counts: map[law.EditionKey]map[law.Address]int{}})
		}
		if r.N == 0 {
			continue
		}
		key, err := law.ParseEditionKey(r.Edition)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		d := out[len(out)-1]
		if d.Counts[key] == nil {
			d.Counts[key] = map[law.Address]int{}
		}
		d.Counts[key][law.Address(r.Near)] = r.N
	}
	return out, nil
}
