package io.github.costwise.accounting.usage;

import java.util.List;
import java.util.Map;
import java.util.Random;

import com.anthropic.core.ObjectMappers;
import com.anthropic.models.messages.MessageDeltaUsage;
import com.anthropic.models.messages.Usage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.ai.chat.metadata.DefaultUsage;

import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.CallRecord.UsageSource;
import io.github.costwise.model.PriceReason;
import io.github.costwise.model.ServiceTier;
import io.github.costwise.spi.UsageNormalizer.NormalizedUsage;
import io.github.costwise.spi.UsageNormalizer.UsageContext;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link AnthropicNormalizer} on Anthropic's Messages API. */
@Tag("unit")
class AnthropicNormalizerTests extends UsageNormalizerContract {

	@Override
	protected Map<String, Object> body(Random random) {
		int write5m = random.nextInt(2_000);
		int write1h = random.nextInt(2_000);
		int thinking = random.nextInt(1_000);
		return Map.of("input_tokens", random.nextInt(5_000), "cache_read_input_tokens", random.nextInt(50_000),
				"cache_creation_input_tokens", write5m + write1h, "cache_creation",
				Map.of("ephemeral_5m_input_tokens", write5m, "ephemeral_1h_input_tokens", write1h), "output_tokens",
				thinking + random.nextInt(2_000), "output_tokens_details", Map.of("thinking_tokens", thinking),
				"server_tool_use", Map.of("web_search_requests", random.nextInt(3), "web_fetch_requests", 0),
				"service_tier", "standard");
	}

	@Override
	protected long[] billed(Map<String, Object> body) {
		return new long[] { number(body, "input_tokens") + number(body, "cache_read_input_tokens")
				+ number(body, "cache_creation_input_tokens"), number(body, "output_tokens") };
	}

	@Override
	protected String provider() {
		return "anthropic";
	}

	@Override
	protected Object typed(Map<String, Object> body) {
		return ObjectMappers.jsonMapper().convertValue(body, Usage.class);
	}

	@Test
	void keepsLifetimesSearchesThinkingAndTierApart() {
		NormalizedUsage normalized = normalize(
				typed(Map.of("input_tokens", 3, "cache_read_input_tokens", 100, "cache_creation_input_tokens", 30,
						"cache_creation", Map.of("ephemeral_5m_input_tokens", 10, "ephemeral_1h_input_tokens", 20),
						"output_tokens", 50, "output_tokens_details", Map.of("thinking_tokens", 40), "server_tool_use",
						Map.of("web_search_requests", 2, "web_fetch_requests", 1), "service_tier", "batch")));
		assertThat(normalized.usage()).hasToString("{INPUT=3, CACHE_READ=100, CACHE_WRITE_5M=10, CACHE_WRITE_1H=20, "
				+ "OUTPUT=10, OUTPUT_REASONING=40, WEB_SEARCH=2}");
		assertThat(normalized.serviceTier()).isEqualTo(ServiceTier.BATCH);
		assertThat(normalized.source()).isEqualTo(UsageSource.REPORTED);
	}

	@Test
	void streamsTakeTheLifetimeFromTheRequestAndTheInputFromTheClient() {
		Object delta = ObjectMappers.jsonMapper()
			.convertValue(Map.of("output_tokens", 33, "cache_read_input_tokens", 5, "cache_creation_input_tokens", 418),
					MessageDeltaUsage.class);
		DefaultUsage usage = new DefaultUsage(7, 33, 40, delta, 5L, 418L);
		NormalizedUsage hour = this.normalizers.normalize(usage,
				new UsageContext("anthropic", "claude-sonnet-5", true, true));
		assertThat(hour.usage()).hasToString("{INPUT=7, CACHE_READ=5, CACHE_WRITE_1H=418, OUTPUT=33}");
		assertThat(hour.source()).isEqualTo(UsageSource.PARTLY_ESTIMATED);
		NormalizedUsage minutes = this.normalizers.normalize(usage,
				new UsageContext("anthropic", "claude-sonnet-5", true, false));
		assertThat(minutes.usage().get(BilledUnit.CACHE_WRITE_5M)).isEqualTo(418);
	}

	@Test
	void streamsWithoutWritesAreReportedWhole() {
		Object delta = ObjectMappers.jsonMapper()
			.convertValue(Map.of("output_tokens", 33, "input_tokens", 9), MessageDeltaUsage.class);
		NormalizedUsage normalized = this.normalizers.normalize(new DefaultUsage(7, 33, 40, delta),
				new UsageContext("anthropic", "claude-sonnet-5", true, true));
		assertThat(normalized.usage()).hasToString("{INPUT=9, OUTPUT=33}");
		assertThat(normalized.source()).isEqualTo(UsageSource.REPORTED);
	}

	@Test
	void compactionIsBilledBesideTheTotals() {
		NormalizedUsage normalized = normalize(typed(Map.of("input_tokens", 23, "output_tokens", 10, "iterations",
				List.of(Map.of("type", "compaction", "input_tokens", 180, "output_tokens", 35),
						Map.of("type", "message", "input_tokens", 23, "output_tokens", 10)))));
		assertThat(normalized.usage()).hasToString("{INPUT=203, OUTPUT=45}");
	}

	@Test
	void surchargesThatAreNotPricedAreMarked() {
		assertThat(normalize(Map.of("input_tokens", 1, "output_tokens", 1, "speed", "fast")).reasons())
			.containsExactly(PriceReason.SURCHARGE_UNPRICED);
		for (String region : List.of("us", "eu", "de")) {
			assertThat(normalize(Map.of("input_tokens", 1, "output_tokens", 1, "inference_geo", region)).regional())
				.isTrue();
		}
		for (String region : List.of("global", "not_available", "")) {
			assertThat(normalize(Map.of("input_tokens", 1, "output_tokens", 1, "inference_geo", region)).regional())
				.isFalse();
		}
	}

}
