package io.github.costwise.cache.verify;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("unit")
class GuardsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "flights on 3 May|flights on 4 May|NUMBER",
			"rooms for two|rooms for three|NUMBER", "pay $20|pay €20|NUMBER",
			"should I worry|should I not worry|NEGATION", "do they ship|don't they ship|NEGATION",
			"talk before 7am|talk after 7am|ANTONYM", "how to increase it|how to decrease it|ANTONYM",
			"is he ill|is she ill|ANTONYM", "what is it like|what was it like|ANTONYM",
			"flights Boston Denver|flights Denver Boston|ORDER", "does Kyle like Ann|does Ann like Kyle|ORDER",
			"is Kyle ill|is Robert ill|ENTITY", "who is the head of France|who is the head|ENTITY",
			"what does 'x' \"open\" do|what does do|LITERAL", "run getName now|run getAge now|LITERAL",
			"can my dog eat|can my snail eat|WORDING", "is Kyle an actor|is Kyle an average actor|WORDING",
			"can I bring my 🐶|can I bring my 🐱|LITERAL", "is 5 ≤ 6|is 5 ≥ 6|LITERAL",
			"what does 𝐱 mean|what does 𝐲 mean|WORDING", "what is की|what is का|WORDING",
			"fly to 🇩🇪🇫🇷|fly to 🇫🇷🇩🇪|ORDER",
			"would his family like Ann|would Alexander's family like Ann|PRONOUN",
			"if Ann and Joe met would Joe call|if Ann and Joe met would he call|PRONOUN",
			"can you freeze it|can you freeze my card|WORDING", "call it|call Boston|PRONOUN",
			"is that open on Sunday|is the library open on Sunday|PRONOUN",
			"tell them about Joe|tell my parents about Joe|PRONOUN", "it is broken|my new phone is broken|PRONOUN",
			"how old is she|how old is the Queen of England|PRONOUN" })
	void objects(String one, String other, Guard guard) {
		assertThat(Guards.between(TextFeatures.of(one), TextFeatures.of(other))).contains(guard);
		assertThat(Guards.between(TextFeatures.of(other), TextFeatures.of(one))).contains(guard);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "How do I pay by card?|how can i pay by card", "is Kyle ill|is Kyle really ill",
					"is Ann a nurse and an actor|is Ann an actor and a nurse", "two rooms|2 rooms",
					"can you freeze this card|can you freeze my card",
					"if I order a card when does it come|if I order a card when does the card come",
					"is it possible to pay|is it possible for me to pay" })
	void letsPass(String one, String other) {
		assertThat(Guards.between(TextFeatures.of(one), TextFeatures.of(other))).isEmpty();
	}

	@Test
	void twoNegationsAreNone() {
		assertThat(
				Guards.between(TextFeatures.of("I do not think it is not true"), TextFeatures.of("I think it is true")))
			.doesNotContain(Guard.NEGATION);
	}

	@Test
	void objectsToAMuchLongerText() {
		String text = "reset the password";
		String longer = text + " of my account ".repeat(4);
		assertThat(Guards.between(TextFeatures.of(text), TextFeatures.of(longer))).contains(Guard.LENGTH);
	}

}
