package io.github.costwise.cache.admission;

import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Questions that anybody may ask pass; those about this moment or this person do not.
 */
@Tag("unit")
class WordingTests {

	private static final List<String> FREQUENT = List.of("How do I change my PIN?", "Can I close my account online?",
			"What documents do I need to open an account?", "How do I reset my password?",
			"I lost my card, what should I do now?", "How long does a transfer to another bank take?",
			"Which currencies do you support?", "Is there a fee for cash withdrawals abroad?",
			"How can I top up my account by cheque?", "Why do I have to verify my identity?",
			"Where can I see how the exchange rate is set?", "Do you ship to Austria?", "How do I cancel my order?",
			"Can I change my delivery address after ordering?", "What is your refund policy?",
			"How old must I be to get a card?", "What happens if my payment is declined?",
			"I would like to update my email address", "Is it possible to share my subscription?",
			"What is the difference between debit and credit?");

	@Test
	void frequentQuestionsMostlyPass() {
		List<String> kept = FREQUENT.stream()
			.filter((question) -> Wording.isLive(question) || Wording.isPersonal(question))
			.toList();
		assertThat(kept).hasSizeLessThanOrEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "What is my account balance?", "Where is my order?", "Show me our last invoices",
			"When will my parcel arrive?", "How much do we owe?", "Who am I?", "Can you show me my transactions?" })
	void questionsAboutThePersonDoNotPass(String question) {
		assertThat(Wording.isPersonal(question)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "What is the weather in Vienna?", "Is the shop open today?", "What’s the gold price?",
			"Who is leading right now?", "What is the latest software version?", "Is the service down now?" })
	void questionsAboutThisMomentDoNotPass(String question) {
		assertThat(Wording.isLive(question)).isTrue();
	}

}
