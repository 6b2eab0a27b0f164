package campaigns

import (
	_ "embed"
	"encoding/json"
	"fmt"
)

//go:embed regions.json
var regionFile []byte

// Region is where a signer lives: a region of Kazakhstan by its ISO 3166-2 code,
// or Abroad.
type Region struct {
	Code string `json:"code"`
	Name Words  `json:"name"`
}

// Abroad is the code of everywhere else.
const Abroad = "other"

// Regions lists them as forms show them.
func Regions() ([]Region, error) {
	var out []Region
	if err := json.Unmarshal(regionFile, &out); err != nil {
		return nil, fmt.Errorf("regions: %w", err)
	}
	return out, nil
}

func knownRegion(regions []Region, code string) bool {
	for _, r := range regions {
		if r.Code == code {
			return true
		}
	}
	return false
}
