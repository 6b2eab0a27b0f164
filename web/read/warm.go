package read

import (
	"context"
	"errors"
	"fmt"
)

// Warm reads the chronicles of the acts that are followed, one at a time, so that
// after a start nobody waits for them. It leaves off when half the room for
// chronicles is taken: what is asked for has the rest. An act that cannot be read
// does not keep the others from it.
func (rd *Reader) Warm(ctx context.Context) error {
	acts, lists, err := rd.followed(ctx)
	if err != nil {
		return err
	}
	var failed []error
	for i, act := range acts {
		for _, lang := range lists[i].langs() {
			list := lists[i].in(lang).official()
			if len(list) == 0 {
				continue
			}
			if rd.texts.chronicles.taken() > chroniclesLimit/2 {
				return errors.Join(failed...)
			}
			if _, err := rd.texts.chronicle(ctx, act, list); ctx.Err() != nil {
				return ctx.Err()
			} else if err != nil {
				failed = append(failed, fmt.Errorf("%s in %s: %w", act.ID, lang, err))
			}
		}
	}
	return errors.Join(failed...)
}
