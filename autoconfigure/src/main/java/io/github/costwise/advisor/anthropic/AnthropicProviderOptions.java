package io.github.costwise.advisor.anthropic;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import com.anthropic.models.messages.ThinkingConfigParam;
import com.anthropic.models.messages.ToolChoice;
import com.anthropic.models.messages.ToolChoiceNone;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.anthropic.AnthropicCacheTtl;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.prompt.ChatOptions;

import io.github.costwise.advisor.ModelFamily;
import io.github.costwise.advisor.ProviderOptions;
import io.github.costwise.text.TextPattern;

/**
 * Options of the Anthropic client. Thread-safe.
 *
 * @since 0.1.0
 */
public final class AnthropicProviderOptions implements ProviderOptions {

	/** What the client does where nobody says anything. */
	private static final int DEFAULT_RETRIES = 2;

	/** Models from before extended thinking. */
	private static final TextPattern THOUGHTLESS = TextPattern.of("claude-(?:2|instant|3-(?!7))");

	@Override
	public boolean supports(ChatOptions options) {
		return options instanceof AnthropicChatOptions;
	}

	@Override
	public boolean marksCalls() {
		return true;
	}

	@Override
	public boolean asksForOneHourCache(ChatOptions options) {
		return ((AnthropicChatOptions) options).getCacheOptions()
			.getMessageTypeTtl()
			.containsValue(AnthropicCacheTtl.ONE_HOUR);
	}

	@Override
	public ChatOptions marked(ChatOptions options, String callId) {
		AnthropicChatOptions anthropic = (AnthropicChatOptions) options;
		Map<String, String> headers = new HashMap<>();
		if (anthropic.getHttpHeaders() != null) {
			headers.putAll(anthropic.getHttpHeaders());
		}
		headers.put(CALL_HEADER, callId);
		return anthropic.mutate().httpHeaders(headers).build();
	}

	@Override
	public ChatOptions capped(ChatOptions options, int maxOutputTokens) {
		Integer asked = options.getMaxTokens();
		return (asked != null && asked <= maxOutputTokens) ? options
				: options.mutate().maxTokens(maxOutputTokens).build();
	}

	@Override
	public @Nullable Boolean sameConnection(ChatOptions one, ChatOptions other) {
		boolean same = connection((AnthropicChatOptions) one).equals(connection((AnthropicChatOptions) other));
		return (same && !tellsConnection((AnthropicChatOptions) one)) ? null : same;
	}

	/** A client that the application built itself is not described by the options. */
	@Override
	public @Nullable Integer retries(ChatOptions own) {
		AnthropicChatOptions options = (AnthropicChatOptions) own;
		Integer asked = options.getMaxRetries();
		return !tellsConnection(options) ? null : Integer.valueOf((asked != null) ? asked : DEFAULT_RETRIES);
	}

	private static boolean tellsConnection(AnthropicChatOptions options) {
		return connection(options).stream().anyMatch(Objects::nonNull);
	}

	private static List<@Nullable Object> connection(AnthropicChatOptions options) {
		return Arrays.asList(options.getBaseUrl(), options.getApiKey());
	}

	@Override
	public Map<String, Function<ChatOptions, @Nullable Object>> refusable() {
		return Map.of("thinking", (options) -> ((AnthropicChatOptions) options).getThinking());
	}

	@Override
	public ChatOptions classDefaults(ChatOptions options) {
		return ChatOptions.builder().maxTokens(AnthropicChatOptions.DEFAULT_MAX_TOKENS).build();
	}

	@Override
	public ChatOptions sharing(ChatOptions asked, ChatOptions options) {
		AnthropicChatOptions from = (AnthropicChatOptions) asked;
		AnthropicChatOptions.Builder builder = ((AnthropicChatOptions) options).mutate();
		if (from.getToolChoice() != null) {
			builder.toolChoice(from.getToolChoice());
		}
		if (from.getDisableParallelToolUse() != null) {
			builder.disableParallelToolUse(from.getDisableParallelToolUse());
		}
		return (from.getCitationDocuments() != null) ? builder.citationDocuments(from.getCitationDocuments()).build()
				: builder.build();
	}

	/**
	 * A thinking model takes no temperature and no top-k, and its budget must leave room
	 * for the answer.
	 */
	@Override
	public ChatOptions fitted(ChatOptions options, String model) {
		AnthropicChatOptions anthropic = (AnthropicChatOptions) options;
		AnthropicChatOptions.Builder builder = anthropic.mutate();
		ModelFamily.of(model).leaveOut(anthropic, builder);
		ThinkingConfigParam thinking = anthropic.getThinking();
		if (thinking != null && !thinking.isDisabled()) {
			if (THOUGHTLESS.isIn(model) || budget(thinking) >= anthropic.getMaxTokens()) {
				builder.thinking(null);
			}
			else {
				builder.temperature(null).topP(null).topK(null);
			}
		}
		return builder.model(model).build();
	}

	/** A conversation in which tools were called must go on naming them. */
	@Override
	public ChatOptions withoutTools(ChatOptions options) {
		return ((AnthropicChatOptions) options).mutate()
			.toolChoice(ToolChoice.ofNone(ToolChoiceNone.builder().build()))
			.build();
	}

	@Override
	public int thinkingBudget(ChatOptions options) {
		ThinkingConfigParam thinking = ((AnthropicChatOptions) options).getThinking();
		return (thinking != null) ? (int) Math.min(Integer.MAX_VALUE - 1, budget(thinking)) : 0;
	}

	private static long budget(ThinkingConfigParam thinking) {
		return thinking.isEnabled() ? thinking.asEnabled().budgetTokens() : 0;
	}

}
