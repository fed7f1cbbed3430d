package io.github.costwise.accounting.usage;

import java.util.Map;
import java.util.Optional;

import com.openai.core.JsonField;
import com.openai.core.JsonValue;
import com.openai.models.completions.CompletionUsage;
import org.jspecify.annotations.Nullable;

/**
 * Reads the usage of OpenAI's Java client. Fields that the client does not know, such as
 * those of compatible providers, come from its additional properties. Only this class
 * sees the client.
 */
final class OpenAiFields {

	private OpenAiFields() {
	}

	static UsageFields of(Object usage) {
		CompletionUsage body = (CompletionUsage) usage;
		return (field) -> switch (field) {
			case PROMPT_TOKENS -> known(body._promptTokens());
			case COMPLETION_TOKENS -> known(body._completionTokens());
			case TOTAL_TOKENS -> known(body._totalTokens());
			case PROMPT_TOKENS_DETAILS -> body.promptTokensDetails().map(OpenAiFields::prompt).orElse(null);
			case COMPLETION_TOKENS_DETAILS -> body.completionTokensDetails().map(OpenAiFields::completion).orElse(null);
			default -> additional(body._additionalProperties(), field);
		};
	}

	private static UsageFields prompt(CompletionUsage.PromptTokensDetails details) {
		return (field) -> switch (field) {
			case CACHED_TOKENS -> known(details._cachedTokens());
			case AUDIO_TOKENS -> known(details._audioTokens());
			default -> additional(details._additionalProperties(), field);
		};
	}

	private static UsageFields completion(CompletionUsage.CompletionTokensDetails details) {
		return (field) -> switch (field) {
			case REASONING_TOKENS -> known(details._reasoningTokens());
			case AUDIO_TOKENS -> known(details._audioTokens());
			default -> additional(details._additionalProperties(), field);
		};
	}

	private static @Nullable Object known(JsonField<Long> field) {
		Optional<Long> value = field.asKnown();
		return value.isPresent() ? value.get() : null;
	}

	private static @Nullable Object additional(Map<String, JsonValue> properties, Field field) {
		if (properties.isEmpty()) {
			return null;
		}
		JsonValue value = properties.get(field.snake());
		return (value != null) ? value.convert(Object.class) : null;
	}

}
