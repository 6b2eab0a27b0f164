package dossiers

import (
	"cmp"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/tuzetu/tuzetu/law"
)

//go:embed data/targets.json
var targetFile []byte

// Indicator is something the organisation has set out to reach, with its target.
type Indicator struct {
	ID     string    `json:"id"`
	Name   law.Words `json:"name"`
	Means  law.Words `json:"means"` // what is counted and what is not
	Target int       `json:"target"`
	// Computed: the system counts it. The others are entered, with source and day.
	Computed bool `json:"computed"`
}

// Indicators that the system counts itself.
const (
	AmendmentTarget = "amendments" // see Scoreboard.Amendments
	CampaignTarget  = "campaigns"  // published ones
)

// Indicators lists them, in the order of the page.
func Indicators() ([]Indicator, error) {
	var out []Indicator
	if err := json.Unmarshal(targetFile, &out); err != nil {
		return nil, fmt.Errorf("targets: %w", err)
	}
	return out, nil
}

// Entry is a number that somebody entered for an indicator: how many came in on a
// day. It is never changed; a correction is another entry in its place.
type Entry struct {
	Number    int // within the organisation, given when it is stored
	Indicator string
	Value     int // what this adds, 12 journalists trained
	Day       law.Date
	What      law.Words // what happened
	Sources   []Source
	// Replaces is the entry it corrects, 0 for none; with the value 0 it takes that
	// one back.
	Replaces int
	By       string
	At       time.Time
}

// Validate tells why e cannot be stored.
func (e Entry) Validate(all []Indicator) error {
	i := slices.IndexFunc(all, func(i Indicator) bool { return i.ID == e.Indicator })
	switch {
	case i < 0:
		return fmt.Errorf("no indicator %q", e.Indicator)
	case all[i].Computed:
		return fmt.Errorf("%s is counted, not entered", e.Indicator)
	case e.Value < 0 || e.Value == 0 && e.Replaces == 0 || e.Value > 1_000_000:
		return errors.New("a number above zero is needed")
	case e.Day == "":
		return errors.New("the day is missing")
	case len(e.Sources) == 0:
		return errors.New("the source is missing")
	}
	return errors.Join(needed("what happened", e.What), checkDays(e.Day), checkSources(e.Sources))
}

// Progress is how far an indicator is.
type Progress struct {
	Indicator
	Value   int
	Entries []Entry // those that count, the oldest day first
}

// Percent of the target, at most 100.
func (p Progress) Percent() int { return min(100, 100*p.Value/max(p.Target, 1)) }

// Measure puts together what was counted, by the id of the indicator, and what was
// entered, corrections in the place of what they correct.
func Measure(all []Indicator, counted map[string]int, entries []Entry) []Progress {
	replaced := map[int]bool{}
	for _, e := range entries {
		replaced[e.Replaces] = true
	}
	out := make([]Progress, len(all))
	for i, of := range all {
		out[i] = Progress{Indicator: of, Value: counted[of.ID]}
		for _, e := range entries {
			if e.Indicator == of.ID && !replaced[e.Number] && !of.Computed {
				out[i].Value += e.Value
				if e.Value > 0 {
					out[i].Entries = append(out[i].Entries, e)
				}
			}
		}
		slices.SortStableFunc(out[i].Entries, func(a, b Entry) int { return cmp.Compare(a.Day, b.Day) })
	}
	return out
}
