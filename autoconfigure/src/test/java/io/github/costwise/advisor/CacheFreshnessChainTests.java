package io.github.costwise.advisor;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.github.costwise.Attribution;
import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.Money;
import io.github.costwise.cache.TestClock;
import io.github.costwise.cache.response.PolicyCounters.ShadowOutcome;
import io.github.costwise.cache.response.ResponseCache;
import io.github.costwise.spi.AttributionResolver;
import io.github.costwise.spi.TextEncoder;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.Eventually;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long answers are served, and what similar questions are given.
 */
@Timeout(60)
@Tag("chain")
class CacheFreshnessChainTests {

	private final LoopbackProvider provider = new LoopbackProvider();

	private int warmed;

	private final TestClock clock = new TestClock(Instant.parse("2026-11-23T12:00:00Z"));

	private final ApplicationContextRunner runner = CostwiseRunner.create()
		.withBean("model", ChatModel.class, () -> LoopbackModels.openAi(this.provider))
		.withBean(Clock.class, () -> this.clock)
		.withPropertyValues("costwise.policies.default.cache.mode=enforce", "costwise.policies.default.cache.ttl=1h",
				"costwise.policies.default.cache.ttl-jitter=0");

	private final ApplicationContextRunner semantic = this.runner.withBean(TextEncoder.class, LetterEncoder::new)
		.withPropertyValues("costwise.policies.default.cache.semantic.enabled=true",
				"costwise.policies.default.cache.semantic.profile=static:0.95");

	@AfterEach
	void close() {
		this.provider.close();
	}

	@Test
	void answersEndWithTheirTimeAndReadingDoesNotProlongIt() {
		this.provider.enqueue(Answer.text("old"), Answer.text("new"));
		this.runner.run((context) -> {
			ask(context, "Q?");
			awaitStored(context, 1);
			this.clock.advance(Duration.ofMinutes(59));
			assertThat(ask(context, "Q?")).isEqualTo("old");
			this.clock.advance(Duration.ofMinutes(1));
			assertThat(ask(context, "Q?")).isEqualTo("new");
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void staleAnswerIsServedWhileOneRequestAsksAgain(boolean streamed) {
		this.provider.enqueue(Answer.text("old")).handler((request) -> Answer.text("new"));
		this.runner.withPropertyValues("costwise.policies.default.cache.stale-while-revalidate=1h").run((context) -> {
			ask(context, "Q?");
			awaitStored(context, 1);
			this.clock.advance(Duration.ofMinutes(61));
			for (int i = 0; i < 2; i++) {
				assertThat(streamed ? stream(context, "Q?") : ask(context, "Q?")).isIn("old", "new");
			}
			awaitStored(context, 2);
			assertThat(streamed ? stream(context, "Q?") : ask(context, "Q?")).isEqualTo("new");
			assertThat(this.provider.requests()).hasSize(2);
		});
	}

	@Test
	void similarQuestionsOfOneTenantShareAnswers() {
		String[] tenant = { "acme" };
		this.semantic.withBean(AttributionResolver.class, () -> () -> new Attribution(null, tenant[0], null, Map.of()))
			.run((context) -> {
				warm(context, "one", "two");
				ask(context, "How do penguins sleep in winter?");
				awaitStored(context, this.warmed + 1);
				assertThat(ask(context, "How do penguins sleep in winters?")).isEqualTo("one");
				tenant[0] = "umbrella";
				assertThat(ask(context, "How do penguins sleep in winters?")).isEqualTo("two");
			});
	}

	@Test
	void observingTellsWhatSimilarQuestionsWouldSave() {
		this.semantic
			.withPropertyValues("costwise.policies.default.cache.mode=observe",
					"costwise.policies.default.cache.shared=true")
			.run((context) -> {
				warm(context, "one", "two");
				Money before = CacheClients.counters(context).wouldHaveSaved();
				assertThat(ask(context, "How do penguins sleep in winter?")).isEqualTo("one");
				awaitStored(context, this.warmed + 1);
				assertThat(ask(context, "How do penguins sleep in winters?")).isEqualTo("two");
				assertThat(CacheClients.counters(context).shadow(ShadowOutcome.SEMANTIC_HIT)).isPositive();
				assertThat(CacheClients.counters(context).wouldHaveSaved()).isGreaterThan(before);
				assertThat(CacheClients.counters(context).saved()).isEqualTo(Money.ZERO);
			});
	}

	@Test
	void refreshedAnswerIsStillFoundBySimilarQuestions() {
		this.semantic
			.withPropertyValues("costwise.policies.default.cache.stale-while-revalidate=1h",
					"costwise.policies.default.cache.shared=true")
			.run((context) -> {
				warm(context, "old", "new");
				ask(context, "How do penguins sleep in winter?");
				awaitStored(context, this.warmed + 1);
				this.clock.advance(Duration.ofMinutes(61));
				ask(context, "How do penguins sleep in winter?");
				awaitStored(context, this.warmed + 2);
				assertThat(ask(context, "How do penguins sleep in winters?")).isEqualTo("new");
				assertThat(this.provider.requests()).hasSize(2);
			});
	}

	@Test
	void similarQuestionsOfNobodyFailTheStart() {
		this.semantic.run((context) -> {
			assertThat(context).hasFailed();
			assertThat(context.getStartupFailure()).isInstanceOf(CostwiseConfigurationException.class)
				.hasMessageContaining("nothing says which user or tenant")
				.hasMessageContaining("AttributionResolver")
				.hasMessageContaining("costwise.policies.default.cache.shared");
		});
	}

	/** The encoder starts with the first look-up; asks until it is used. */
	private void warm(ApplicationContext context, String... answers) {
		this.provider.handler((request) -> Answer.text("warm"));
		this.warmed = LetterEncoder.warm(context);
		awaitStored(context, this.warmed);
		this.provider.reset();
		for (String answer : answers) {
			this.provider.enqueue(Answer.text(answer));
		}
	}

	private static String ask(ApplicationContext context, String question) {
		return String.valueOf(client(context).prompt(question).call().content());
	}

	private static String stream(ApplicationContext context, String question) {
		List<String> chunks = client(context).prompt(question).stream().content().collectList().block();
		return String.join("", (chunks != null) ? chunks : List.of());
	}

	private static void awaitStored(ApplicationContext context, long count) {
		Eventually
			.holds(() -> context.getBean(ResponseCache.class).statistics().policy("default").storedAnswers() >= count);
	}

	private static ChatClient client(ApplicationContext context) {
		return context.getBean(ChatClient.Builder.class).build();
	}

}
