package diffing

// The constants below were chosen by the figures that
// `go test ./diffing -run Figures -v` prints; docs/diffing.md lists what each of
// them gave at other values. Most are flat around the value: only the marked
// ones decide.
const (
	// acceptScore is what similarity and context must reach together. Flat from
	// 0.32 to 0.47; at 0.52 heavily edited lines are lost.
	acceptScore = 0.42
	// leastSimilarity is the floor no context makes up for: a quarter of the
	// words by rarity. At 0.35 the most edited lines are lost.
	leastSimilarity = 0.25
	// What context adds to similarity: a neighbour paired likewise, parents
	// paired, the same number. Together less than acceptScore, so that they
	// never make a pair.
	neighbourBonus = 0.07
	parentBonus    = 0.06
	numberBonus    = 0.05
	// rivalMargin decides: by how much a far pair must beat every other pair of
	// either text. Without the comparison a third of the moves reported in a
	// formulaic law are wrong.
	rivalMargin = 0.05
	// ownNumber decides: how much more a far pair counts that kept its number.
	// Without it 7 in 100 moved and edited lines of the worst law are lost.
	ownNumber = 1.4
	// faintShare is what a stop word or a number weighs of a word as rare.
	faintShare = 0.25
	// childShare is how much of what stands below two headings must be paired
	// for them to be a pair.
	childShare = 0.5
	// splitShare is how much of a leftover's words its neighbour's partner must
	// hold in order; joinedNumber is what the leftover's number found there adds.
	splitShare   = 0.5
	joinedNumber = 0.3
	// leastCommon: texts with less in common than this are hardly one law. Unrelated
	// Kazakhstan laws have 0.02–0.04 in common, the press laws of 1999 and 2024 0.45.
	leastCommon = 0.05
)

// Bounds keep the work near-linear; they are far above what real laws need.
const (
	smallGap       = 16  // gaps up to this squared are weighed pair by pair
	rareWords      = 12  // words of a text that are looked up
	postingLimit   = 200 // places of one word that are followed
	candidateLimit = 8   // candidates a text keeps
	repeatLimit    = 8   // a text repeated more is paired by rank …
	repeatBand     = 2   // … give or take this
)

const (
	// hunkCost is what one more marked place costs in characters: two changed words
	// become one phrase over a run of less than half of it, which is a blank, a
	// comma or a word of one or two letters. At 1 they stay scattered over a
	// rewritten sentence; joining them costs 0.8 % more marked characters.
	hunkCost = 10
	// mostCells bounds the table of one word diff, a megabyte. Longer texts are
	// cut first at the runs of words that stand once in both.
	mostCells = 1 << 20
	// mostShortest bounds, in tokens of both sides, a stretch without any such run
	// that go-diff is asked for: 16,000 take 0.1 s (BenchmarkShortest).
	mostShortest = 16000
	// longestSlide is how far a mark is moved, in tokens, for a better boundary.
	longestSlide = 200
)

// shingleSizes are the runs that long texts are cut at, the surest first.
var shingleSizes = [...]int{8, 3, 1}
