package io.github.costwise.answer;

import java.util.HashMap;
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

	static final String OPENAI_THOUGHT = "reasoningContent";

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

	static ClientKind of(Map<String, Object> message) {
		if (message.containsKey("candidateIndex")) {
			return GOOGLE;
		}
		return (message.containsKey(OPENAI_THOUGHT) && message.containsKey("annotations")) ? OPENAI : OTHER;
	}

	/** Whether a field of a response is noise that hides the length of chunks. */
	boolean isPadding(String field) {
		return this == OPENAI && field.equals("obfuscation");
	}

	/**
	 * Returns a part with the thought of the next one where that holds the thought from
	 * its beginning, as chunks of OpenAI's client do.
	 */
	RecordedPart grown(RecordedPart part, RecordedPart next) {
		if (this == OPENAI && part.message().get(OPENAI_THOUGHT) instanceof String before
				&& next.message().get(OPENAI_THOUGHT) instanceof String now && now.startsWith(before)) {
			Map<String, Object> fields = new HashMap<>(part.message());
			fields.put(OPENAI_THOUGHT, now);
			return new RecordedPart(part.kind(), part.text(), fields, part.end());
		}
		return part;
	}

	/** The field that says when a chunk was made, or {@code null} for none. */
	@Nullable String momentField() {
		return (this == OLLAMA) ? "created-at" : null;
	}

}
