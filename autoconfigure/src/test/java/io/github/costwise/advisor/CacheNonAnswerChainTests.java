package io.github.costwise.advisor;

import java.util.function.BiFunction;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.github.costwise.model.NonAnswer;
import io.github.costwise.spi.NonAnswerRule;
import io.github.costwise.cache.admission.Refusal;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Texts that do not answer are given to who asked, and to nobody else.
 */
@Tag("chain")
class CacheNonAnswerChainTests {

	private static final String QUESTION = "How long is the warranty?";

	private final LoopbackProvider provider = new LoopbackProvider();

	private final ApplicationContextRunner runner = CacheClients.runner(this.provider);

	@AfterEach
	void close() {
		this.provider.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Sorry, I can't discuss that.                   | REFUSED
			Dazu kann ich Ihnen leider nichts beantworten. | REFUSED
			The documents do not mention a warranty.       | NEGATIVE
			Je n'en ai aucune idée.                        | NEGATIVE
			Something went wrong. Please retry later.      | ERROR
			{"error": {"message": "Overloaded"}}           | ERROR
			{}                                             | EMPTY
			""")
	void textsThatDoNotAnswerAreNotStored(String text, Refusal reason) {
		this.provider.handler((request) -> Answer.text(text));
		isAskedAgain(CacheClients::ask, text, reason);
		isAskedAgain(CacheClients::stream, text, reason);
	}

	private void isAskedAgain(BiFunction<ApplicationContext, String, String> client, String text, Refusal reason) {
		int before = this.provider.requests().size();
		this.runner.run((context) -> {
			for (int i = 1; i <= 2; i++) {
				int times = i;
				assertThat(client.apply(context, QUESTION)).isEqualTo(text);
				CacheClients.await(() -> CacheClients.counters(context).refusals(reason) == times);
				assertThat(this.provider.requests()).hasSize(before + i);
			}
		});
	}

	@Test
	void answersThatLookAlikeAreStored() {
		this.provider.handler((request) -> Answer.text("Unfortunately it ended: the warranty covers two years only."));
		isAskedOnce(CacheClients::ask);
		isAskedOnce(CacheClients::stream);
	}

	private void isAskedOnce(BiFunction<ApplicationContext, String, String> client) {
		int before = this.provider.requests().size();
		this.runner.run((context) -> {
			String first = client.apply(context, QUESTION);
			CacheClients.awaitStored(context, 1);
			assertThat(client.apply(context, QUESTION)).isEqualTo(first);
			assertThat(this.provider.requests()).hasSize(before + 1);
		});
	}

	@Test
	void ruleOfTheApplicationDecides() {
		this.provider.handler((request) -> Answer.text("I don't know."));
		this.runner.withBean(NonAnswerRule.class, () -> (question, answer) -> null).run((context) -> {
			CacheClients.ask(context, QUESTION);
			CacheClients.awaitStored(context, 1);
		});
		this.provider.handler((request) -> Answer.text("Two years."));
		this.runner.withBean(NonAnswerRule.class, () -> (question, answer) -> NonAnswer.UNKNOWN).run((context) -> {
			CacheClients.ask(context, QUESTION);
			CacheClients.await(() -> CacheClients.counters(context).refusals(Refusal.NEGATIVE) == 1);
		});
	}

	@Test
	void ruleThatFailsStoresNothingAndIsReported() {
		this.provider.handler((request) -> Answer.text("Two years."));
		this.runner.withBean(NonAnswerRule.class, () -> (question, answer) -> {
			throw new IllegalStateException("no rule");
		}).run((context) -> {
			assertThat(CacheClients.ask(context, QUESTION)).isEqualTo("Two years.");
			assertThat(CacheClients.ask(context, QUESTION)).isEqualTo("Two years.");
			assertThat(this.provider.requests()).hasSize(2);
		});
	}

}
