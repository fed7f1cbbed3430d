package io.github.costwise.actuate;

import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.github.costwise.CacheMetadata;
import io.github.costwise.CostScope;
import io.github.costwise.cache.response.ResponseCache;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.Eventually;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link CostCacheEndpoint}.
 */
@Tag("chain")
class CostCacheEndpointTests {

	private final LoopbackProvider provider = new LoopbackProvider().handler((request) -> Answer.text("yes"));

	private final ApplicationContextRunner runner = CostwiseRunner.create()
		.withBean("model", ChatModel.class, () -> LoopbackModels.openAi(this.provider))
		.withPropertyValues("management.endpoints.web.exposure.include=costcache",
				"costwise.policies.default.cache.mode=enforce");

	@AfterEach
	void close() {
		this.provider.close();
	}

	@Test
	void tellsHitsMissesAndWhy() {
		this.runner.run((context) -> {
			ask(context, "Is it in stock?");
			ask(context, "Is it in stock?");
			ask(context, "What is the weather today?");
			CostCacheReport report = endpoint(context).report();
			CostCacheReport.CachePolicyReport policy = report.policies().get("default");
			assertThat(policy.mode()).isEqualTo("enforce");
			assertThat(policy.hits().values()).containsExactly(1L);
			assertThat(policy.misses()).containsExactly(Map.entry("new", 1L));
			assertThat(policy.bypasses()).containsExactly(Map.entry("live-wording", 1L));
			assertThat(policy.recent().turns()).isEqualTo(3);
			assertThat(policy.recent().hitRate()).isBetween(.33, .34);
			assertThat(policy.savedNanoUsd()).isPositive();
			assertThat(report.store()).isNotNull();
			assertThat(report.advice()).isEmpty();
		});
	}

	@Test
	void advisesWhenLittleIsAnswered() {
		this.runner.run((context) -> {
			for (int i = 0; i < 200; i++) {
				ask(context, "Is article " + i + " in stock?");
			}
			assertThat(endpoint(context).report().advice()).singleElement()
				.asString()
				.startsWith("default: 0 % of the latest 200 turns were answered by the cache. new: 200 (similar");
		});
	}

	@Test
	void observingTellsWhatWouldBeSaved() {
		this.runner.withPropertyValues("costwise.policies.default.cache.mode=observe").run((context) -> {
			ask(context, "Is it in stock?");
			ask(context, "Is it in stock?");
			CostCacheReport report = endpoint(context).report();
			assertThat(report.policies().get("default").shadow().exactHits()).isOne();
			assertThat(report.advice()).singleElement().asString().contains("would have saved 0.0");
		});
	}

	@Test
	void removesByOneCriterion() {
		this.runner.run((context) -> {
			ask(context, "Is it in stock?");
			String entry = ask(context, "Is it in stock?");
			awaitStored(context);
			assertThat(evict(context, "umbrella", null, null)).isZero();
			assertThat(evict(context, null, entry.substring(0, 32), null)).isOne();
			ask(context, "Is it in stock?");
			evict(context, null, null, true);
			ask(context, "Is it in stock?");
			assertThat(this.provider.requests()).hasSize(3);
		});
	}

	@Test
	void refusesWhatItCannotUnderstand() {
		this.runner.run((context) -> {
			assertThatExceptionOfType(InvalidEndpointRequestException.class)
				.isThrownBy(() -> evict(context, null, null, null))
				.satisfies((ex) -> assertThat(ex.getReason()).contains("exactly one of"));
			assertThatExceptionOfType(InvalidEndpointRequestException.class)
				.isThrownBy(() -> evict(context, "a", "b", null));
			assertThatExceptionOfType(InvalidEndpointRequestException.class)
				.isThrownBy(() -> evict(context, null, "not an id", null));
			assertThatExceptionOfType(InvalidEndpointRequestException.class)
				.isThrownBy(() -> endpoint(context).markWrong("not a hit"));
		});
	}

	@Test
	void recordsWrongHits() {
		this.runner.run((context) -> {
			ask(context, "Is it in stock?");
			String hit = ask(context, "Is it in stock?");
			assertThat(endpoint(context).markWrong(hit)).containsEntry("removed", true);
			assertThat(endpoint(context).report().policies().get("default").wrongHits()).isOne();
			ask(context, "Is it in stock?");
			assertThat(this.provider.requests()).hasSize(2);
		});
	}

	/** Answers are stored beside the requests. */
	private static void awaitStored(ApplicationContext context) {
		Eventually
			.holds(() -> context.getBean(ResponseCache.class).statistics().policy("default").storedAnswers() != 0);
	}

	private static long evict(ApplicationContext context, String tenant, String entry, Boolean all) {
		return endpoint(context).evict(tenant, null, null, null, null, entry, all).get("removed");
	}

	private static CostCacheEndpoint endpoint(ApplicationContext context) {
		return context.getBean(CostCacheEndpoint.class);
	}

	private static String ask(ApplicationContext context, String question) {
		return CostScope.builder()
			.tenant("acme")
			.build()
			.get(() -> context.getBean(ChatClient.Builder.class)
				.build()
				.prompt(question)
				.call()
				.chatResponse()
				.getMetadata()
				.get(CacheMetadata.HIT));
	}

}
