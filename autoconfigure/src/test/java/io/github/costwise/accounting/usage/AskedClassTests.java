package io.github.costwise.accounting.usage;

import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.google.genai.GoogleGenAiChatOptions;
import org.springframework.ai.model.ModelOptions;
import org.springframework.ai.openai.OpenAiChatOptions;

import io.github.costwise.model.ServiceTier;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link AskedClass}. */
@Tag("unit")
class AskedClassTests {

	static Stream<Arguments> asked() {
		return Stream.of(Arguments.of(OpenAiChatOptions.builder().serviceTier("flex").build(), ServiceTier.FLEX),
				Arguments.of(OpenAiChatOptions.builder().serviceTier("auto").build(), null),
				Arguments.of(OpenAiChatOptions.builder().extraBody(Map.of("service_tier", "priority")).build(),
						ServiceTier.PRIORITY),
				Arguments.of(OpenAiChatOptions.builder().build(), null),
				Arguments.of(new GeminiLike(Served.FLEX), ServiceTier.FLEX),
				Arguments.of(new GeminiLike(Served.SERVICE_TIER_PRIORITY), ServiceTier.PRIORITY),
				Arguments.of(new GeminiLike(null), null), Arguments.of(ChatOptions.builder().build(), null));
	}

	@ParameterizedTest
	@MethodSource("asked")
	void readsTheClassOfAnyClientsOptions(ModelOptions options, @Nullable ServiceTier tier) {
		assertThat(AskedClass.tier(options)).isEqualTo(tier);
	}

	@Test
	void knowsWhichRequestsNameARegion() {
		assertThat(AskedClass.isRegional(AnthropicChatOptions.builder().inferenceGeo("us").build())).isTrue();
		assertThat(AskedClass.isRegional(AnthropicChatOptions.builder().inferenceGeo("global").build())).isFalse();
		assertThat(AskedClass.isRegional(AnthropicChatOptions.builder().build())).isFalse();
		assertThat(AskedClass.isRegional(OpenAiChatOptions.builder().extraBody(Map.of("inference_geo", "eu")).build()))
			.isTrue();
	}

	static Stream<Arguments> searching() {
		return Stream.of(Arguments.of(GoogleGenAiChatOptions.builder().googleSearchRetrieval(true).build(), true),
				Arguments.of(GoogleGenAiChatOptions.builder().googleSearchRetrieval(false).build(), false),
				Arguments.of(GoogleGenAiChatOptions.builder().build(), false),
				Arguments.of(extra(Map.of("web_search_options", Map.of("search_context_size", "low"))), true),
				Arguments.of(extra(Map.of("web_search_options", Map.of())), true),
				Arguments.of(extra(Map.of("enable_search", true)), true),
				Arguments.of(extra(Map.of("enable_search", false)), false),
				Arguments.of(extra(Map.of("search_parameters", Map.of("mode", "auto"))), true),
				Arguments.of(extra(Map.of("search_parameters", Map.of("mode", "off"))), false),
				Arguments.of(extra(Map.of("top_k", 5)), false), Arguments.of(ChatOptions.builder().build(), false),
				Arguments.of(AnthropicChatOptions.builder().build(), false));
	}

	private static OpenAiChatOptions extra(Map<String, Object> body) {
		return OpenAiChatOptions.builder().extraBody(body).build();
	}

	@ParameterizedTest
	@MethodSource("searching")
	void knowsWhichRequestsAskForSearches(ModelOptions options, boolean searching) {
		assertThat(AskedClass.isSearching(options)).isEqualTo(searching);
	}

	/** Named as clients name them. */
	public enum Served {

		FLEX, SERVICE_TIER_PRIORITY

	}

	/** Has the class as an option of its own type, as Gemini's client does. */
	public record GeminiLike(@Nullable Served tier) implements ModelOptions {

		public @Nullable Served getServiceTier() {
			return this.tier;
		}

	}

}
