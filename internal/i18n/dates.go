package i18n

import (
	"strconv"
	"strings"
	"time"

	"github.com/tuzetu/tuzetu/law"
)

// monthNames are the forms a date needs. Kazakh declines the month: its lists
// answer «қай күнгі» («2 наурыздағы редакция»), «қай күннен» and «қай күнге».
func monthNames(lang law.Lang, form int) []string {
	switch {
	case lang == law.RU:
		return strings.Fields("января февраля марта апреля мая июня июля августа сентября октября ноября декабря")
	case lang == law.EN:
		return strings.Fields("January February March April May June July August September October November December")
	case form == attributive:
		return strings.Fields("қаңтардағы ақпандағы наурыздағы сәуірдегі мамырдағы маусымдағы шілдедегі тамыздағы қыркүйектегі қазандағы қарашадағы желтоқсандағы")
	case form == ablative:
		return strings.Fields("қаңтардан ақпаннан наурыздан сәуірден мамырдан маусымнан шілдеден тамыздан қыркүйектен қазаннан қарашадан желтоқсаннан")
	case form == dative:
		return strings.Fields("қаңтарға ақпанға наурызға сәуірге мамырға маусымға шілдеге тамызға қыркүйекке қазанға қарашаға желтоқсанға")
	}
	return strings.Fields("қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан")
}

const (
	plain = iota
	attributive
	ablative
	dative
)

// Day is the calendar day of an instant in Kazakhstan. The whole country is five
// hours ahead of UTC since 1 March 2024 (IANA time zone database, release 2024a,
// Asia/Almaty), and no instant Tuzetu shows is older.
func Day(t time.Time) law.Date { return law.DateOf(local(t)) }

func local(t time.Time) time.Time { return t.In(time.FixedZone("UTC+5", 5*60*60)) }

// Date writes a day in words: «2024 жылғы 19 маусым», «19 июня 2024 года»,
// "19 June 2024". The unknown day is "". A no-break space keeps day and month
// on one line.
func (l *Locale) Date(d law.Date) string { return l.date(d, plain) }

// DateOf writes a day as the attribute of a noun that follows («2024 жылғы 19
// маусымдағы …»); Russian and English need no other form.
func (l *Locale) DateOf(d law.Date) string { return l.date(d, attributive) }

// Moment writes an instant to the minute, in the time of Kazakhstan.
func (l *Locale) Moment(t time.Time) string {
	return l.Date(Day(t)) + ", " + local(t).Format("15:04")
}

// DateFrom writes a day as a beginning («2024 жылғы 19 маусымнан»); Russian and
// English put their preposition in the sentence.
func (l *Locale) DateFrom(d law.Date) string { return l.date(d, ablative) }

// DateTo writes a day as an end («2024 жылғы 19 маусымға», before «дейін»);
// Russian and English put their preposition in the sentence.
func (l *Locale) DateTo(d law.Date) string { return l.date(d, dative) }

func (l *Locale) date(d law.Date, form int) string {
	t, ok := d.Time()
	if !ok {
		return string(d)
	}
	day, month, year := strconv.Itoa(t.Day()), monthNames(l.Lang, form)[t.Month()-1], strconv.Itoa(t.Year())
	switch l.Lang {
	case law.KK:
		return year + " жылғы " + day + "\u00a0" + month
	case law.RU:
		return day + "\u00a0" + month + " " + year + " года"
	}
	return day + "\u00a0" + month + " " + year
}

// Short writes a day in figures, 19.06.2024, as the official texts do in all
// three languages.
func (l *Locale) Short(d law.Date) string { return d.Official() }

// Today writes the day of an instant in Kazakhstan with its weekday:
// «Воскресенье, 22 ноября 2026 года».
func (l *Locale) Today(t time.Time) string {
	day := l.Date(Day(t))
	switch w := local(t).Weekday(); l.Lang {
	case law.KK:
		return day + ", " + strings.Fields("жексенбі дүйсенбі сейсенбі сәрсенбі бейсенбі жұма сенбі")[w]
	case law.RU:
		return strings.Fields("Воскресенье Понедельник Вторник Среда Четверг Пятница Суббота")[w] + ", " + day
	default:
		return w.String() + ", " + day
	}
}

// Number groups digits by threes: with a no-break space in Kazakh and Russian
// from five digits on, with a comma in English from four.
func (l *Locale) Number(n int) string {
	s := strconv.Itoa(n)
	sep, least := "\u00a0", 5
	if l.Lang == law.EN {
		sep, least = ",", 4
	}
	sign := ""
	if n < 0 {
		sign, s = "−", s[1:]
	}
	if len(s) < least {
		return sign + s
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + sep + s[i:]
	}
	return sign + s
}

// Percent writes a share between 0 and 1 with one decimal: «5,2 %» in Kazakh and
// Russian, "5.2%" in English. What is more than nothing or less than all is never
// rounded to either.
func (l *Locale) Percent(share float64) string {
	tenths := int(share*1000 + 0.5)
	if share > 0 {
		tenths = max(tenths, 1)
	}
	if share < 1 {
		tenths = min(tenths, 999)
	}
	comma, sign := ",", "\u00a0%"
	if l.Lang == law.EN {
		comma, sign = ".", "%"
	}
	s := strconv.Itoa(tenths / 10)
	if tenths%10 > 0 {
		s += comma + strconv.Itoa(tenths%10)
	}
	return s + sign
}
