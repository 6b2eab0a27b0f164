package dossiers

import (
	"strings"
	"testing"

	"github.com/tuzetu/tuzetu/law"
)

var judgedLaw = map[law.Lang]string{
	law.RU: `**Статья 1. Ответ на запрос**

1. Ответ на запрос дается в течение семи рабочих дней со дня его поступления.

2. Отказ в ответе излагается письменно с указанием причин.

3. Запрос может быть направлен редакцией или журналистом.

4. Журналист вправе обжаловать отказ в суд.

5. Срок рассмотрения жалобы составляет 15 календарных дней.

**Статья 2. Учет**

1. Сетевое издание ставится на учет в уполномоченном органе до начала выпуска.

2. Уполномоченный орган отказывает в постановке на учет, если:

1) заявление подано ненадлежащим заявителем;

2) не указаны тематическая направленность и территория распространения;

3) не уплачен сбор за постановку на учет.

3. Срок постановки на учет не превышает десяти рабочих дней.

**Статья 3. Приостановление**

1. Выпуск издания может быть приостановлен по решению собственника или суда.

2. Основаниями для приостановления являются разглашение тайны, пропаганда насилия, а также нарушение порядка распространения.

3. Приостановление допускается на срок не более трех месяцев.

**Статья 4. Аккредитация**

1. Иностранные журналисты аккредитуются в порядке, определяемом уполномоченным органом.

2. Аккредитация может быть отозвана за два нарушения правил в течение года.`,
	law.KK: `**1-бап. Сауалға жауап**

1. Сауалға жауап ол келіп түскен күннен бастап жеті жұмыс күні ішінде беріледі.

2. Жауап беруден бас тарту себептері көрсетіліп, жазбаша жазылады.

3. Журналист бас тартуға сотқа шағымдана алады.

**2-бап. Есепке алу**

1. Желілік басылым шығарыла бастағанға дейін уәкілетті органда есепке қойылады.

2. Есепке қою мерзімі он жұмыс күнінен аспайды.`,
}

// TestJudgeWhatBecame asks what a lawyer would say of typical fates. What words do
// not tell is unclear, with the reason; it is never a status that may be wrong.
func TestJudgeWhatBecame(t *testing.T) {
	const (
		limit   = "Срок постановки на учет не превышает десяти рабочих дней"
		ground  = "2) не указаны тематическая направленность и территория распространения;"
		without = "\n\n" + ground + "\n\n3) не"
		meeting = "Журналист вправе присутствовать на заседаниях органов власти и задавать вопросы."
		added   = "4-1. " + meeting + "\n\n5. Срок рассмотрения"
		article = "1. Выпуск издания может быть приостановлен по решению собственника или суда.\n\n2. Основаниями для приостановления являются разглашение тайны, пропаганда насилия, а также нарушение порядка распространения.\n\n3. Приостановление допускается на срок не более трех месяцев."
	)
	answered := "дается в течение семи рабочих дней со дня его поступления"
	for _, c := range []struct {
		what          string
		asked, became []string // replacements in the base
		want          string   // the status; for unclear, why
	}{
		{"ignored", []string{"десяти рабочих", "трех рабочих"}, nil, "rejected"},
		{"ignored while another article changed", []string{"десяти рабочих", "трех рабочих"}, []string{"в уполномоченном органе", "в министерстве"}, "rejected"},
		{"adopted", []string{"десяти рабочих", "трех рабочих"}, []string{"десяти рабочих", "трех рабочих"}, "adopted"},
		{"reworded", []string{"указанием причин", "указанием причин и порядка обжалования"}, []string{"указанием причин", "указанием причин и способа обжалования"}, "adopted_changed"},
		{"one of two", []string{"десяти рабочих", "трех рабочих", "два нарушения", "пять нарушений"}, []string{"десяти рабочих", "трех рабочих"}, "partly"},
		{"the same in other words", []string{answered, "дается не позднее пятого рабочего дня после поступления"}, []string{answered, "представляется в пятидневный срок с даты получения"}, "unclear replaced"},
		{"a nearer number", []string{"семи рабочих", "трех рабочих"}, []string{"семи рабочих", "пяти рабочих"}, "adopted_changed"},
		{"a number the other way", []string{"семи рабочих", "трех рабочих"}, []string{"семи рабочих", "десяти рабочих"}, "opposite"},
		{"figures the other way", []string{"15 календарных", "10 календарных"}, []string{"15 календарных", "30 календарных"}, "opposite"},
		{"one number nearer, one the other way", []string{"семи рабочих дней со дня", "трех рабочих дней с пятого дня"}, []string{"семи рабочих дней со дня", "десяти рабочих дней с пятого дня"}, "unclear number"},
		{"another number of another unit", []string{"семи рабочих", "семи календарных"}, []string{"семи рабочих", "пяти рабочих"}, "unclear number"},
		{"a right denied", []string{"Журналист вправе", "Журналист и редакция вправе"}, []string{"Журналист вправе", "Журналист не вправе"}, "unclear turned"},
		{"enacted with a not", []string{"указанием причин", "указанием причин и подлежит обжалованию в суде"}, []string{"указанием причин", "указанием причин и не подлежит обжалованию в суде"}, "unclear turned"},
		{"adopted with an exception", []string{"семи рабочих дней", "пяти рабочих дней"}, []string{answered, "дается в течение пяти рабочих дней со дня его поступления, кроме случаев, определенных уполномоченным органом"}, "unclear turned"},
		{"at least instead of at most", []string{"десяти", "трех"}, []string{"не превышает десяти", "составляет не менее трех"}, "unclear turned"},
		{"another word in its place", []string{"вправе обжаловать", "может оспорить"}, []string{"вправе обжаловать", "должен исполнить"}, "unclear turned"},
		{"the other half of a choice", []string{"собственника или суда", "суда"}, []string{"собственника или суда", "собственника"}, "unclear otherwise"},
		{"the provision changed elsewhere", []string{"десяти рабочих", "трех рабочих"}, []string{limit, "Предельный срок постановки на учет для новых изданий не превышает десяти рабочих дней"}, "unclear otherwise"},
		{"the article written anew", []string{"собственника или суда", "суда"}, []string{article, "1. Суд по иску прокурора вправе временно остановить работу масс-медиа.\n\n2. Порядок остановки устанавливает процессуальный закон.\n\n3. Собственник сам определяет, когда прервать выход."}, "unclear replaced"},
		{"a limit to what was repealed", []string{"трех месяцев", "одного месяца"}, []string{"**Статья 3. Приостановление**\n\n" + article + "\n\n", ""}, "unclear repealed"},
		{"an addition to what was repealed", []string{"трех месяцев", "трех месяцев подряд"}, []string{"**Статья 3. Приостановление**\n\n" + article + "\n\n", ""}, "opposite"},

		{"deletion, numbers closed up", []string{without, "\n\n2) не"}, []string{without, "\n\n2) не"}, "adopted"},
		{"deletion, the line left", []string{without, "\n\n2) не"}, []string{ground, "2) исключен Законом РК от 05.05.2026 № 7-VIII;"}, "adopted"},
		{"deletion with a line, ignored", []string{ground, "2) исключен;"}, nil, "rejected"},
		{"deletion with a line, done", []string{ground, "2) исключен;"}, []string{ground, "2) исключен Законом РК от 05.05.2026 № 7-VIII;"}, "adopted"},
		{"deletion, half done", []string{without, "\n\n2) не"}, []string{"тематическая направленность и территория", "территория"}, "unclear otherwise"},
		{"deletion, widened instead", []string{ground + "\n\n", ""}, []string{"и территория распространения;", "и территория распространения, а также язык издания;"}, "opposite"},
		{"deletion, another norm in its place", []string{without, "\n\n2) не"}, []string{ground, "2) в заявлении отсутствуют сведения о главном редакторе;"}, "unclear replaced"},
		{"deletion, ignored", []string{ground + "\n\n", ""}, nil, "rejected"},

		{"insertion under another number", []string{"5. Срок рассмотрения", added}, []string{"**Статья 2. Учет**", "6. " + meeting + "\n\n**Статья 2. Учет**"}, "adopted"},
		{"insertion in another article", []string{"5. Срок рассмотрения", added}, []string{"2. Аккредитация", "1-1. " + meeting + "\n\n2. Аккредитация"}, "adopted"},
		{"insertion in another article, reworded", []string{"5. Срок рассмотрения", added}, []string{"2. Аккредитация", "1-1. Журналист имеет право присутствовать на открытых заседаниях органов власти и задавать вопросы.\n\n2. Аккредитация"}, "adopted_changed"},
		{"insertion denied", []string{"5. Срок рассмотрения", added}, []string{"5. Срок рассмотрения", "4-1. Журналист не вправе присутствовать на заседаниях органов власти и задавать вопросы.\n\n5. Срок рассмотрения"}, "unclear turned"},
		{"another norm under its number", []string{"5. Срок рассмотрения", added}, []string{"5. Срок рассмотрения", "4-1. Жалоба подается через портал.\n\n5. Срок рассмотрения"}, "unclear replaced"},
		{"a common phrase enacted elsewhere", []string{"вправе обжаловать отказ в суд", "вправе по первому требованию обжаловать отказ в суд"}, []string{"аккредитуются в порядке", "аккредитуются по первому требованию в порядке"}, "unclear elsewhere"},
		{"insertion ignored", []string{"5. Срок рассмотрения", added}, nil, "rejected"},

		{"kk: adopted", []string{"жеті жұмыс", "бес жұмыс"}, []string{"жеті жұмыс", "бес жұмыс"}, "adopted"},
		{"kk: ignored", []string{"жеті жұмыс", "бес жұмыс"}, nil, "rejected"},
		{"kk: a nearer number", []string{"жеті жұмыс", "үш жұмыс"}, []string{"жеті жұмыс", "бес жұмыс"}, "adopted_changed"},
		{"kk: a number the other way", []string{"жеті жұмыс", "үш жұмыс"}, []string{"жеті жұмыс", "он жұмыс"}, "opposite"},
		{"kk: denied", []string{"Журналист бас", "Журналист пен редакция бас"}, []string{"шағымдана алады", "шағымдана алмайды"}, "unclear otherwise"},
		{"kk: adopted and denied", []string{"Журналист бас", "Журналист пен редакция бас"}, []string{"Журналист бас тартуға сотқа шағымдана алады", "Журналист пен редакция бас тартуға сотқа шағымдана алмайды"}, "unclear turned"},
		{"kk: the same in other words", []string{"жазбаша жазылады", "электрондық құжат түрінде де жіберіледі"}, []string{"жазбаша жазылады", "хат немесе электрондық хабарлама нысанында ресімделеді"}, "unclear otherwise"},
	} {
		lang := law.RU
		if strings.HasPrefix(c.what, "kk:") {
			lang = law.KK
		}
		text := func(changes []string) *law.Document {
			for i := 0; i < len(changes); i += 2 {
				if !strings.Contains(judgedLaw[lang], changes[i]) {
					t.Fatalf("%s: the law has no %q", c.what, changes[i])
				}
			}
			_, lines, err := law.ReadMarkdown(strings.NewReader(strings.NewReplacer(changes...).Replace(judgedLaw[lang])))
			if err != nil {
				t.Fatal(err)
			}
			return law.Build(lang, "", lines)
		}
		v, ok := Judge(text(nil), text(c.asked), text(c.became))
		got := string(v.Status)
		if v.Status == Unclear {
			got += " " + string(v.Changes[0].Doubt)
		}
		if !ok || got != c.want || strings.HasPrefix(c.what, "deletion") && len(v.Changes) != 1 {
			t.Errorf("%s: %s, want %s: %+v", c.what, got, c.want, v.Changes)
		}
	}
}
