package io.github.costwise.answer;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/**
 * The client of Spring AI that made an answer, by the fields that only it fills.
 *
 * @since 0.1.0
 */
public enum ClientKind {

	/** {@code OpenAiChatModel}, whatever server it asks. */
	OPENAI,

	/** {@code AnthropicChatModel}. */
	ANTHROPIC,

	/** {@code GoogleGenAiChatModel}. */
	GOOGLE,

	/** {@code OllamaChatModel}. */
	OLLAMA,

	/** Another client, or one that cannot be told. */
	OTHER;

	private static final String ANTHROPIC_SDK = "com.anthropic.";

	/**
	 * Tells the client of a response.
	 * @param response the answer to a call, or a chunk
	 * @return the client; {@link #OTHER} where this response shows none
	 */
	public static ClientKind of(ChatResponse response) {
		for (Generation generation : response.getResults()) {
			ClientKind kind = of(generation.getOutput().getMetadata());
			if (kind != OTHER) {
				return kind;
			}
		}
		if (response.getMetadata().containsKey("created-at") && response.getMetadata().containsKey("done")) {
			return OLLAMA;
		}
		Object usage = response.getMetadata().getUsage().getNativeUsage();
		return (usage != null && usage.getClass().getName().startsWith(ANTHROPIC_SDK)) ? ANTHROPIC : OTHER;
	}

	private static ClientKind of(Map<String, Object> message) {
		if (message.containsKey("candidateIndex")) {
			return GOOGLE;
		}
		return (message.containsKey("reasoningContent") && message.containsKey("annotations")) ? OPENAI : OTHER;
	}

	/** Whether a field of a response is noise that hides the length of chunks. */
	boolean isPadding(String field) {
		return this == OPENAI && field.equals("obfuscation");
	}

	/** The field that says when a chunk was made, or {@code null} for none. */
	@Nullable String momentField() {
		return (this == OLLAMA) ? "created-at" : null;
	}

}
