package diffing

import "strings"

// stopWords are words that every law text has: two texts that share nothing
// else have nothing in common. Lower case, comparison form (law.Fold).
func stopWords() map[string]bool {
	m := make(map[string]bool, 160)
	for w := range strings.FieldsSeq(ruStops + kkStops + enStops) {
		m[w] = true
	}
	return m
}

const (
	ruStops = ` и в во на не по с со о об от до за из к ко для при или либо а но то что как его ее их им
 они он она оно если этого этой этих этом эти это тот том той тех те также так же иные иных иного иной
 быть был была были является являются может могут который которая которые которого которой которых
 которым случае случаях порядке лиц лица лицо настоящего настоящей настоящим настоящий числе статьи
 статья пункта пункт подпункта части глава закона закон кодекса республики казахстан рк года `
	kkStops = ` және мен бен пен немесе да де та те үшін бойынша туралы осы сол бұл ол оның олардың олар
 ал не болып табылады жағдайда жағдайларда тәртіппен сондай-ақ өзге басқа бар жоқ емес болған болса
 егер мүмкін арқылы кейін дейін ретінде қатысты сәйкес бап баптың бабының тармақ тармағының
 тармақшасында тарау заңның заң қазақстан республикасы республикасының қр жылғы `
	enStops = ` the a an and or of to in on at by for with from as is are be been shall may not this that
 these those such any other its their it which who article paragraph law republic kazakhstan `
)
