package io.github.costwise.accounting.usage;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import com.openai.core.ObjectMappers;
import com.openai.models.completions.CompletionUsage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.CallRecord.UsageSource;
import io.github.costwise.model.PriceReason;
import io.github.costwise.model.ServiceTier;
import io.github.costwise.model.TokenUsage;
import io.github.costwise.spi.UsageNormalizer.NormalizedUsage;
import io.github.costwise.spi.UsageNormalizer.UsageContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OpenAiNormalizer} on OpenAI's chat API and those compatible with it.
 */
@Tag("unit")
class OpenAiNormalizerTests extends UsageNormalizerContract {

	@Override
	protected Map<String, Object> body(Random random) {
		int read = random.nextInt(5_000);
		int write = random.nextInt(2_000);
		int audio = random.nextInt(500);
		int reasoning = random.nextInt(3_000);
		int voice = random.nextInt(300);
		int prompt = read + write + audio + random.nextInt(10_000);
		int completion = reasoning + voice + random.nextInt(4_000);
		return Map.of("prompt_tokens", prompt, "completion_tokens", completion, "total_tokens", prompt + completion,
				"prompt_tokens_details",
				Map.of("cached_tokens", read, "cache_write_tokens", write, "audio_tokens", audio),
				"completion_tokens_details", Map.of("reasoning_tokens", reasoning, "audio_tokens", voice,
						"accepted_prediction_tokens", 0, "rejected_prediction_tokens", 0));
	}

	@Override
	protected long[] billed(Map<String, Object> body) {
		return new long[] { number(body, "prompt_tokens"), number(body, "completion_tokens") };
	}

	@Override
	protected String provider() {
		return "openai";
	}

	@Override
	protected Object typed(Map<String, Object> body) {
		return ObjectMappers.jsonMapper().convertValue(body, CompletionUsage.class);
	}

	@Test
	void sortsCachedWrittenAudioAndReasoning() {
		NormalizedUsage normalized = normalize(typed(
				Map.of("prompt_tokens", 4020, "completion_tokens", 90, "total_tokens", 4110, "prompt_tokens_details",
						Map.of("cached_tokens", 3000, "cache_write_tokens", 1000, "audio_tokens", 5),
						"completion_tokens_details", Map.of("reasoning_tokens", 64, "audio_tokens", 20))));
		assertThat(normalized.usage()).isEqualTo(TokenUsage.builder()
			.add(BilledUnit.CACHE_READ, 3000)
			.add(BilledUnit.CACHE_WRITE_5M, 1000)
			.add(BilledUnit.INPUT_AUDIO, 5)
			.add(BilledUnit.INPUT, 15)
			.add(BilledUnit.OUTPUT_REASONING, 64)
			.add(BilledUnit.OUTPUT_AUDIO, 20)
			.add(BilledUnit.OUTPUT, 6)
			.build());
	}

	@Test
	void readsTheResponsesApi() {
		NormalizedUsage normalized = normalize(Map.of("input_tokens", 1500, "input_tokens_details",
				Map.of("cached_tokens", 1200, "cache_write_tokens", 100), "output_tokens", 120, "output_tokens_details",
				Map.of("reasoning_tokens", 60), "total_tokens", 1620, "service_tier", "flex"));
		assertThat(normalized.usage().get(BilledUnit.INPUT)).isEqualTo(200);
		assertThat(normalized.usage().cacheReadTokens()).isEqualTo(1200);
		assertThat(normalized.usage().cacheWriteTokens()).isEqualTo(100);
		assertThat(normalized.usage().get(BilledUnit.OUTPUT_REASONING)).isEqualTo(60);
		assertThat(normalized.serviceTier()).isEqualTo(ServiceTier.FLEX);
		assertThat(normalized.source()).isEqualTo(UsageSource.REPORTED);
	}

	@Test
	void cachedAudioIsIdentifiedByItsOwnDetails() {
		NormalizedUsage normalized = normalize(Map.of("input_tokens", 100, "output_tokens", 10, "input_token_details",
				Map.of("audio_tokens", 60, "cached_tokens", 50, "cached_tokens_details", Map.of("audio_tokens", 40)),
				"output_token_details", Map.of("audio_tokens", 8)));
		assertThat(normalized.usage())
			.hasToString("{INPUT=30, INPUT_AUDIO=20, CACHE_READ=10, CACHE_READ_AUDIO=40, OUTPUT=2, OUTPUT_AUDIO=8}");
		assertThat(normalized.source()).isEqualTo(UsageSource.REPORTED);
	}

	@Test
	void cachedTokensOfOtherNamesAreFound() {
		Map<String, Object> deepSeek = Map.of("prompt_tokens", 976, "completion_tokens", 61, "total_tokens", 1037,
				"prompt_cache_hit_tokens", 896, "prompt_cache_miss_tokens", 80);
		Map<String, Object> mistral = Map.of("prompt_tokens", 100, "completion_tokens", 5, "total_tokens", 105,
				"num_cached_tokens", 64);
		Map<String, Object> together = Map.of("prompt_tokens", 100, "completion_tokens", 5, "total_tokens", 105,
				"cached_tokens", 32);
		assertThat(normalize(deepSeek).usage().cacheReadTokens()).isEqualTo(896);
		assertThat(normalize(typed(deepSeek)).usage().cacheReadTokens()).isEqualTo(896);
		assertThat(normalize(typed(mistral)).usage().cacheReadTokens()).isEqualTo(64);
		assertThat(normalize(together).usage().cacheReadTokens()).isEqualTo(32);
	}

	@Test
	void reasoningOnTopOfTheCompletionIsIdentifiedByTheTotal() {
		NormalizedUsage normalized = normalize(typed(Map.of("prompt_tokens", 32, "completion_tokens", 9, "total_tokens",
				135, "completion_tokens_details", Map.of("reasoning_tokens", 94), "cost_in_usd_ticks", 37_756_000)));
		assertThat(normalized.usage().outputTokens()).isEqualTo(103);
		assertThat(normalized.usage().get(BilledUnit.OUTPUT)).isEqualTo(9);
		assertThat(normalized.source()).isEqualTo(UsageSource.REPORTED);
		assertThat(normalized.providerCost()).isEqualByComparingTo(new BigDecimal("0.0037756"));
	}

	@Test
	void geminiBehindAnOpenAiClientHidesThoughtsInTheTotal() {
		NormalizedUsage normalized = normalize(
				Map.of("prompt_tokens", 10, "completion_tokens", 20, "total_tokens", 130),
				new UsageContext("google", "gemini-2.5-flash", false, false));
		assertThat(normalized.usage().get(BilledUnit.OUTPUT_REASONING)).isEqualTo(100);
		assertThat(normalized.source()).isEqualTo(UsageSource.PARTLY_ESTIMATED);
	}

	@Test
	void costsThatProvidersReportAreTaken() {
		Map<String, Object> openRouter = Map.of("prompt_tokens", 194, "completion_tokens", 2, "total_tokens", 196,
				"cost", 0.95e-3, "is_byok", false, "cost_details", Map.of("upstream_inference_cost", 19));
		Map<String, Object> ownKey = Map.of("prompt_tokens", 194, "completion_tokens", 2, "total_tokens", 196, "cost",
				0.001, "is_byok", true, "cost_details", Map.of("upstream_inference_cost", 0.02));
		Map<String, Object> perplexity = Map.of("prompt_tokens", 9, "completion_tokens", 5, "total_tokens", 14,
				"num_search_queries", 3, "cost", Map.of("request_cost", 0.006, "total_cost", 0.0061));
		assertThat(normalize(openRouter).providerCost()).isEqualByComparingTo("0.00095");
		assertThat(normalize(typed(openRouter)).providerCost()).isEqualByComparingTo("0.00095");
		assertThat(normalize(ownKey).providerCost()).isEqualByComparingTo("0.021");
		assertThat(normalize(perplexity).providerCost()).isEqualByComparingTo("0.0061");
		assertThat(normalize(perplexity).usage().get(BilledUnit.WEB_SEARCH)).isEqualTo(3);
	}

	@Test
	void contradictionsAreCutAndMarked() {
		NormalizedUsage normalized = normalize(Map.of("prompt_tokens", 100, "completion_tokens", 5, "total_tokens", 105,
				"prompt_tokens_details", Map.of("cached_tokens", 400)));
		assertThat(normalized.usage()).hasToString("{CACHE_READ=100, OUTPUT=5}");
		assertThat(normalized.source()).isEqualTo(UsageSource.PARTLY_ESTIMATED);
		assertThat(normalized.reasons()).containsExactly(PriceReason.COUNTS_CONTRADICT);
	}

	static Stream<Map<String, Object>> cachesOfGateways() {
		Map<String, Object> details = Map.of("cached_tokens", 300, "cache_creation_input_tokens", 50);
		return Stream.of(Map.of("cache_read_input_tokens", 300, "cache_creation_input_tokens", 50),
				Map.of("cache_read_tokens", 300, "cache_write_tokens", 50), Map.of("prompt_tokens_details", details),
				Map.of("prompt_tokens_details", details, "cache_read_input_tokens", 300),
				Map.of("input_token_details", Map.of("cached_input_tokens", 300, "cache_write_tokens", 50)),
				Map.of("prompt_cache_hit_tokens", 300, "cache_creation", Map.of("ephemeral_5m_input_tokens", 50)),
				Map.of("prompt_tokens_details", Map.of("cached_tokens", "300", "cache_creation_token_details",
						Map.of("ephemeral_5m_input_tokens", 50))));
	}

	@ParameterizedTest
	@MethodSource("cachesOfGateways")
	void readsCacheCountsWhereverTheyStand(Map<String, Object> cache) {
		Map<String, Object> inside = new HashMap<>(cache);
		inside.putAll(Map.of("prompt_tokens", 1000, "completion_tokens", 10, "total_tokens", 1010));
		Map<String, Object> apart = new HashMap<>(cache);
		apart.putAll(Map.of("prompt_tokens", 650, "completion_tokens", 10, "total_tokens", 1010));
		for (Map<String, Object> body : List.of(inside, apart)) {
			for (Object usage : List.of(body, typed(body))) {
				NormalizedUsage normalized = normalize(usage);
				assertThat(normalized.usage()).hasToString("{INPUT=650, CACHE_READ=300, CACHE_WRITE_5M=50, OUTPUT=10}");
				assertThat(normalized.source()).isEqualTo(UsageSource.REPORTED);
			}
		}
	}

	@Test
	void aTotalThatNothingExplainsGivesTheLargerReading() {
		NormalizedUsage normalized = normalize(Map.of("prompt_tokens", 1000, "completion_tokens", 10, "total_tokens",
				1300, "cache_read_input_tokens", 400));
		assertThat(normalized.usage()).hasToString("{INPUT=1000, CACHE_READ=400, OUTPUT=10}");
		assertThat(normalized.source()).isEqualTo(UsageSource.PARTLY_ESTIMATED);
	}

	@Test
	void costsMayBeTextButNotBeyondAllBounds() {
		assertThat(withCost("openrouter", "0.0123").providerCost()).isEqualByComparingTo("0.0123");
		assertThat(withCost("openrouter", "1e-5000000").providerCost()).isNull();
		assertThat(withCost("openrouter", "free").providerCost()).isNull();
	}

	@Test
	void zeroCostsCountOnlyWhereTheyCanBeTrue() {
		assertThat(withCost("openrouter", 0).providerCost()).isEqualByComparingTo("0");
		assertThat(withCost("openai", 0).providerCost()).isNull();
		assertThat(withCost("openai", 0).reasons()).containsExactly(PriceReason.AMOUNT_INCOMPLETE);
		assertThat(withCost("openrouter", 0).reasons()).isEmpty();
		assertThat(withCost("openai", 0.01).providerCost()).isEqualByComparingTo("0.01");
	}

	@Test
	void anOwnKeyWithoutTheProvidersAmountIsNoCost() {
		Map<String, Object> body = Map.of("prompt_tokens", 100, "completion_tokens", 1, "cost", 0.001, "is_byok", true);
		NormalizedUsage normalized = normalize(body, new UsageContext("openrouter", "gpt-5", false, false));
		assertThat(normalized.providerCost()).isNull();
		assertThat(normalized.reasons()).containsExactly(PriceReason.AMOUNT_INCOMPLETE);
	}

	@Test
	void countsSearchesThatAreDistinguished() {
		Map<String, Object> body = Map.of("prompt_tokens", 100, "completion_tokens", 1,
				"server_side_tool_usage_details", Map.of("web_search_calls", 2, "x_search_calls", 1));
		assertThat(normalize(body).usage().get(BilledUnit.WEB_SEARCH)).isEqualTo(3);
	}

	@Test
	void aTotalThatHasMoreThanItsPartsMakesAnEstimate() {
		assertThat(normalize(Map.of("prompt_tokens", 100, "completion_tokens", 7, "total_tokens", 90_000)).reasons())
			.containsExactly(PriceReason.TOTAL_MISMATCH);
		assertThat(normalize(Map.of("prompt_tokens", "18446744073709551716", "completion_tokens", 7)).reasons())
			.containsExactly(PriceReason.COUNTS_CONTRADICT);
	}

	@Test
	void citationTokensWithoutACostAreAnUnpricedFee() {
		Map<String, Object> body = Map.of("prompt_tokens", 100, "completion_tokens", 1, "citation_tokens", 7);
		assertThat(normalize(body).reasons()).containsExactly(PriceReason.FEE_ASSUMED);
	}

	private NormalizedUsage withCost(String provider, Object cost) {
		return normalize(Map.of("prompt_tokens", 100, "completion_tokens", 1, "cost", cost),
				new UsageContext(provider, "model", false, false));
	}

	@Test
	void zerosThatSpringAiPutsIntoStreamsAreNotReported() {
		Object made = CompletionUsage.builder().promptTokens(0).completionTokens(0).totalTokens(0).build();
		UsageContext streamed = new UsageContext("openai", "gpt-5-mini", true, false);
		assertThat(normalize(made, streamed).source()).isEqualTo(UsageSource.NONE);
		assertThat(normalize(made).source()).isEqualTo(UsageSource.REPORTED);
		assertThat(normalize(Map.of("prompt_tokens", 0, "completion_tokens", 0), streamed).source())
			.isEqualTo(UsageSource.REPORTED);
	}

}
