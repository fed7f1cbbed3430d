package io.github.costwise.accounting.usage;

import java.util.Map;
import java.util.Optional;

import com.anthropic.core.JsonField;
import com.anthropic.core.JsonValue;
import com.anthropic.models.messages.CacheCreation;
import com.anthropic.models.messages.MessageDeltaUsage;
import com.anthropic.models.messages.OutputTokensDetails;
import com.anthropic.models.messages.ServerToolUsage;
import com.anthropic.models.messages.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Reads the usage of Anthropic's Java client: that of a whole message and that of a
 * stream, which has no cache lifetimes. Only this class sees the client.
 */
final class AnthropicFields {

	private AnthropicFields() {
	}

	static UsageFields of(Object usage) {
		return (usage instanceof MessageDeltaUsage delta) ? stream(delta) : message((Usage) usage);
	}

	private static UsageFields message(Usage body) {
		return (field) -> switch (field) {
			case INPUT_TOKENS -> known(body._inputTokens());
			case OUTPUT_TOKENS -> known(body._outputTokens());
			case CACHE_READ_INPUT_TOKENS -> known(body._cacheReadInputTokens());
			case CACHE_CREATION_INPUT_TOKENS -> known(body._cacheCreationInputTokens());
			case CACHE_CREATION -> body.cacheCreation().map(AnthropicFields::lifetimes).orElse(null);
			case SERVER_TOOL_USE -> body.serverToolUse().map(AnthropicFields::tools).orElse(null);
			case OUTPUT_TOKENS_DETAILS -> body.outputTokensDetails().map(AnthropicFields::output).orElse(null);
			case SERVICE_TIER -> body.serviceTier().map(Usage.ServiceTier::asString).orElse(null);
			case INFERENCE_GEO -> known(body._inferenceGeo());
			default -> additional(body._additionalProperties(), field);
		};
	}

	private static UsageFields stream(MessageDeltaUsage body) {
		return (field) -> switch (field) {
			case INPUT_TOKENS -> known(body._inputTokens());
			case OUTPUT_TOKENS -> known(body._outputTokens());
			case CACHE_READ_INPUT_TOKENS -> known(body._cacheReadInputTokens());
			case CACHE_CREATION_INPUT_TOKENS -> known(body._cacheCreationInputTokens());
			case SERVER_TOOL_USE -> body.serverToolUse().map(AnthropicFields::tools).orElse(null);
			case OUTPUT_TOKENS_DETAILS -> body.outputTokensDetails().map(AnthropicFields::output).orElse(null);
			default -> additional(body._additionalProperties(), field);
		};
	}

	private static UsageFields lifetimes(CacheCreation body) {
		return (field) -> switch (field) {
			case EPHEMERAL_5M_INPUT_TOKENS -> known(body._ephemeral5mInputTokens());
			case EPHEMERAL_1H_INPUT_TOKENS -> known(body._ephemeral1hInputTokens());
			default -> null;
		};
	}

	private static UsageFields tools(ServerToolUsage body) {
		return (field) -> (field == Field.WEB_SEARCH_REQUESTS) ? known(body._webSearchRequests()) : null;
	}

	private static UsageFields output(OutputTokensDetails body) {
		return (field) -> (field == Field.THINKING_TOKENS) ? known(body._thinkingTokens()) : null;
	}

	private static @Nullable Object known(JsonField<?> field) {
		Optional<?> value = field.asKnown();
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
