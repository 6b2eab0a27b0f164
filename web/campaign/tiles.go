package campaign

import (
	"strconv"

	"github.com/tuzetu/tuzetu/campaigns"
	"github.com/tuzetu/tuzetu/law"
)

// Tile is a region on the map of tiles: one square each, roughly where it lies.
type Tile struct {
	X, Y  int    // of the square
	AX    int    // of the words
	AY    int    // of the name
	NY    int    // of the number
	Name  string // shortened
	Whole string // what it is short for
	Count string
	Class string // how dark: "c1" … "c4"
}

// Size of a square with its margin, in units of the drawing (562 by 266).
const (
	tileWidth  = 80
	tileHeight = 66
)

// place is where a region stands on the map and how its name is shortened.
type place struct {
	code     string
	col, row int
	short    map[law.Lang]string
}

func places() []place {
	at := func(code string, col, row int, kk, ru, en string) place {
		return place{code, col, row, map[law.Lang]string{law.KK: kk, law.RU: ru, law.EN: en}}
	}
	return []place{
		at("KZ-27", 0, 1, "БҚО", "ЗКО", "WKZ"), at("KZ-23", 0, 2, "АТЫ", "АТЫ", "ATY"), at("KZ-47", 0, 3, "МАҢ", "МАН", "MAN"),
		at("KZ-15", 1, 1, "АҚТ", "АКТ", "AKT"), at("KZ-39", 2, 0, "ҚОС", "КОС", "KOS"), at("KZ-62", 2, 1, "ҰЛЫ", "УЛЫ", "ULY"),
		at("KZ-43", 2, 2, "ҚЫЗ", "КЫЗ", "KYZ"), at("KZ-59", 3, 0, "СҚО", "СКО", "NKZ"), at("KZ-71", 3, 1, "АСТ", "АСТ", "AST"),
		at("KZ-61", 3, 2, "ТҮР", "ТУР", "TUR"), at("KZ-79", 3, 3, "ШЫМ", "ШЫМ", "SHY"), at("KZ-11", 4, 0, "АҚМ", "АКМ", "AKM"),
		at("KZ-35", 4, 1, "ҚАР", "КАР", "KAR"), at("KZ-31", 4, 2, "ЖАМ", "ЖАМ", "JAM"), at("KZ-55", 5, 0, "ПАВ", "ПАВ", "PAV"),
		at("KZ-10", 5, 1, "АБАЙ", "АБАЙ", "ABAI"), at("KZ-19", 5, 2, "АЛО", "АЛО", "ALR"), at("KZ-75", 5, 3, "АЛМ", "АЛМ", "ALA"),
		at("KZ-63", 6, 1, "ШҚО", "ВКО", "EKZ"), at("KZ-33", 6, 2, "ЖЕТ", "ЖЕТ", "JET"),
	}
}

// tiles draw the counts of regions, each as dark as its share of the largest.
func (v view) tiles(areas []campaigns.Part, regions []campaigns.Region) []Tile {
	counts, largest, whole := map[string]int64{}, int64(1), map[string]string{}
	for _, r := range regions {
		whole[r.Code] = v.said(r.Name).Text
	}
	for _, p := range areas {
		counts[p.Name] = p.N
		if p.Name != campaigns.Abroad {
			largest = max(largest, p.N)
		}
	}
	var out []Tile
	for _, p := range places() {
		x, y := 1+p.col*tileWidth, 1+p.row*tileHeight
		shade := 1 + min(3, 4*counts[p.code]/(largest+1))
		out = append(out, Tile{X: x, Y: y, AX: x + 5, AY: y + 24, NY: y + 54, Name: p.short[v.ui], Whole: whole[p.code],
			Count: v.part(areas, p.code), Class: "c" + strconv.FormatInt(shade, 10)})
	}
	return out
}
