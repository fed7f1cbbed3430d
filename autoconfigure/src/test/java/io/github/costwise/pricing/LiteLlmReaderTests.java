package io.github.costwise.pricing;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.ModelId;
import io.github.costwise.model.ServiceTier;
import io.github.costwise.spi.CatalogFormatException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link LiteLlmReader}.
 */
@Tag("unit")
class LiteLlmReaderTests {

	@Test
	void readsTiersClassesAndUnitsExactly() {
		PriceRow row = only("""
				{"claude-x": {"litellm_provider": "anthropic", "mode": "chat",
				  "input_cost_per_token": 3e-06, "output_cost_per_token": 1.5e-05,
				  "cache_read_input_token_cost": 3e-07, "cache_creation_input_token_cost": 3.75e-06,
				  "cache_creation_input_token_cost_above_1hr": 6e-06,
				  "input_cost_per_token_above_200k_tokens": 6e-06,
				  "cache_creation_input_token_cost_above_1hr_above_200k_tokens": 1.2e-05,
				  "input_cost_per_token_batches": 1.5e-06,
				  "input_cost_per_token_above_200k_tokens_priority": 7e-06,
				  "output_cost_per_token_flex": 0.0000071, "input_cost_per_audio_token": 1e-06,
				  "output_cost_per_reasoning_token": 2e-05, "max_input_tokens": 200000,
				  "search_context_cost_per_query": {"search_context_size_medium": 0.01}}}""");
		assertThat(row.id()).isEqualTo(new ModelId("anthropic", "claude-x"));
		assertThat(row.rate(ServiceTier.STANDARD, 0, BilledUnit.INPUT)).isEqualByComparingTo("3");
		assertThat(row.rate(ServiceTier.STANDARD, 0, BilledUnit.CACHE_WRITE_1H)).isEqualByComparingTo("6");
		assertThat(row.rate(ServiceTier.STANDARD, 0, BilledUnit.OUTPUT_REASONING)).isEqualByComparingTo("20");
		assertThat(row.rate(ServiceTier.STANDARD, 0, BilledUnit.INPUT_AUDIO)).isEqualByComparingTo("1");
		assertThat(row.rate(ServiceTier.STANDARD, 0, BilledUnit.WEB_SEARCH)).isEqualByComparingTo("10000");
		assertThat(row.rate(ServiceTier.STANDARD, 200_000, BilledUnit.INPUT)).isEqualByComparingTo("6");
		assertThat(row.rate(ServiceTier.STANDARD, 200_000, BilledUnit.CACHE_WRITE_1H)).isEqualByComparingTo("12");
		assertThat(row.rate(ServiceTier.BATCH, 0, BilledUnit.INPUT)).isEqualByComparingTo("1.5");
		assertThat(row.rate(ServiceTier.PRIORITY, 200_000, BilledUnit.INPUT)).isEqualByComparingTo("7");
		assertThat(row.rate(ServiceTier.FLEX, 0, BilledUnit.OUTPUT)).isEqualByComparingTo("7.1");
	}

	@Test
	void takesTheProviderOffTheNames() {
		LiteLlmPrices prices = read("""
				{"gemini/gemini-x": %1$s "gemini"}, "bedrock/us.anthropic.c": %1$s "bedrock_converse"},
				 "vertex_ai/claude-y": %1$s "vertex_ai-anthropic_models"}, "azure_ai/phi": %1$s "azure_ai"},
				 "fireworks_ai/accounts/fireworks/models/glm": %1$s "fireworks_ai"},
				 "groq/openai/gpt-oss": %1$s "groq"}, "together_ai/Qwen/Q": %1$s "together_ai"}}"""
			.formatted("{\"mode\": \"chat\", \"input_cost_per_token\": 1e-6, \"output_cost_per_token\": 1e-6, "
					+ "\"litellm_provider\":"));
		assertThat(prices.rows()).extracting((row) -> row.id().toString())
			.containsExactlyInAnyOrder("google/gemini-x", "bedrock/us.anthropic.c", "vertex_ai/claude-y", "azure/phi",
					"fireworks/glm", "groq/openai/gpt-oss", "together/qwen/q");
	}

	@Test
	void anEmbeddingModelMayHaveNoOutputPrice() {
		PriceRow row = only("""
				{"e": {"litellm_provider": "openai", "mode": "embedding", "input_cost_per_token": 2e-8,
				 "output_cost_per_token": 0.0}}""");
		assertThat(row.rate(ServiceTier.STANDARD, 0, BilledUnit.OUTPUT)).isEqualByComparingTo("0");
	}

	@Test
	void leavesOutWhatCannotBeRightAndSaysWhy() {
		LiteLlmPrices prices = read(
				"""
						{"sample_spec": {"litellm_provider": "one of many", "mode": "one of: chat", "input_cost_per_token": 0.0},
						 "image": {"litellm_provider": "openai", "mode": "image_generation", "input_cost_per_token": 1e-6},
						 "unpriced": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 0,
						   "output_cost_per_token": 0},
						 "no-output": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 1e-6,
						   "output_cost_per_token": 0},
						 "negative": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": -1e-6,
						   "output_cost_per_token": 1e-6},
						 "absurd": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 1.0,
						   "output_cost_per_token": 1.0},
						 "dear-read": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 1e-6,
						   "output_cost_per_token": 1e-6, "cache_read_input_token_cost": 2e-6},
						 "cheap-hour": {"litellm_provider": "anthropic", "mode": "chat", "input_cost_per_token": 1.5e-5,
						   "output_cost_per_token": 7.5e-5, "cache_creation_input_token_cost": 1.875e-5,
						   "cache_creation_input_token_cost_above_1hr": 6e-06},
						 "text": 7, "words": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": "much"},
						 "good": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 1e-6,
						   "output_cost_per_token": 1e-6}}""");
		assertThat(prices.rows()).extracting((row) -> row.id().model()).containsExactly("good");
		Map<String, String> reasons = prices.rejections()
			.stream()
			.collect(Collectors.toMap((text) -> text.substring(0, text.indexOf(':')), (text) -> text));
		assertThat(reasons).containsOnlyKeys("no-output", "negative", "absurd", "dear-read", "cheap-hour");
		assertThat(reasons.get("cheap-hour"))
			.contains("CACHE_WRITE_5M at 18.75 is more expensive than CACHE_WRITE_1H at 6");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "<html>", "[1]", "{\"a\": ", "null" })
	void whatIsNoPriceListIsRefused(String text) {
		assertThatExceptionOfType(CatalogFormatException.class).isThrownBy(() -> read(text))
			.withMessageStartingWith("list, line 1: it is not");
	}

	private static PriceRow only(String json) {
		LiteLlmPrices prices = read(json);
		assertThat(prices.rejections()).isEmpty();
		assertThat(prices.rows()).hasSize(1);
		return prices.rows().get(0);
	}

	private static LiteLlmPrices read(String json) {
		return LiteLlmReader.read("list", json.getBytes(StandardCharsets.UTF_8));
	}

}
