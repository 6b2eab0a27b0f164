package redline

import (
	"github.com/tuzetu/tuzetu/diffing"
	"github.com/tuzetu/tuzetu/law"
)

// Doubt says in a sentence, without a capital and a full stop, why words alone do
// not tell what became of a change.
func Doubt(d diffing.OutcomeDoubt, lang law.Lang) string {
	return map[diffing.OutcomeDoubt]law.Words{
		diffing.DoubtOtherwise: {
			law.KK: "бұл жерге ұсынылғаннан өзге мәтін жазылған, мағынасы бірдей болуы да, басқа болуы да мүмкін",
			law.RU: "на этом месте записано не то, что предложено; значить это может и то же, и другое",
			law.EN: "something other than what was proposed is written here; it may mean the same, or not",
		},
		diffing.DoubtTurned: {
			law.KK: "норманың мағынасын өзгертетін сөз («емес», «тек», «қоспағанда», «міндетті») мәтіндердің бірінде ғана бар",
			law.RU: "слово, от которого меняется смысл нормы («не», «только», «кроме», «обязан»), стоит лишь в одном из текстов",
			law.EN: "a word that changes the meaning of the norm (“not”, “only”, “except”, “must”) stands in only one of the texts",
		},
		diffing.DoubtNumber: {
			law.KK: "ұсынылғаннан басқа сан қабылданған",
			law.RU: "принято другое число, чем предложено",
			law.EN: "a number other than the one proposed was enacted",
		},
		diffing.DoubtReplaced: {
			law.KK: "осы жерде немесе қатарында жаңа норма пайда болды, оның осы мәселе туралы екені сөздерден көрінбейді",
			law.RU: "на этом месте или рядом появилась новая норма; о том же она или нет, по словам не видно",
			law.EN: "a new norm stands here or beside; the words do not show whether it is about the same",
		},
		diffing.DoubtRepealed: {
			law.KK: "өзгерту ұсынылған ереже толық алып тасталған, бұл ұсынылғаннан артық та, кем де болуы мүмкін",
			law.RU: "положение, которое предлагали изменить, исключено целиком; это может быть и больше, и меньше предложенного",
			law.EN: "the provision to be changed was taken out whole, which may be more than was asked, or less",
		},
		diffing.DoubtElsewhere: {
			law.KK: "осы сөздер басқа жерде, өзге мәтіннің бір бөлігі ретінде қабылданған және онда мағынасы өзге болуы мүмкін",
			law.RU: "те же слова приняты в другом месте, в составе другого текста, и значить там могут иное",
			law.EN: "the same words were enacted in another place, within another text, where they may mean something else",
		},
	}[d].In(lang)
}
