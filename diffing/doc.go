package diffing

var shingleSizes = [...]int{8, 3, 1}

const (
	faintShare      = 0.25
	acceptScore     = 0.42
	leastSimilarity = 0.25
	neighbourBonus  = 0.07
	parentBonus     = 0.06
	numberBonus     = 0.05
	distinctShare   = 0.1
	rivalMargin     = 0.05
	ownNumber       = 1.4
	ownPhrase       = 0.1
	kindBonus       = 0.02
	childShare      = 0.5
	repeatLimit     = 8
	repeatBand      = 2
	smallGap        = 16
	rareWords       = 24
	postingLimit    = 200
	candidateLimit  = 8
	hunkCost        = 7
	mostCells       = 1 << 20
	longestSlide    = 200
	joinedNumber    = 0.3
	splitShare      = 0.5
	leastCommon     = 0.03
)
