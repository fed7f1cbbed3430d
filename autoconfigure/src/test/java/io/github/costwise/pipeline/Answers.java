package io.github.costwise.pipeline;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/** Answers and pieces of answers, as clients return them. */
final class Answers {

	/** Tokens of the prompt of each answer that tells its usage. */
	static final int PROMPT = 100;

	private Answers() {
	}

	/** A whole answer, of which each character is a token. */
	static ChatResponse of(String text) {
		return of(text, "STOP");
	}

	static ChatResponse of(String text, @Nullable String finishReason) {
		return response(text, Map.of(), finishReason, new DefaultUsage(PROMPT, text.length()));
	}

	/** A piece of an answer. */
	static ChatResponse chunk(String text) {
		return response(text, Map.of(), null, null);
	}

	/** The end of an answer, without a text. */
	static ChatResponse end(int tokens) {
		return response("", Map.of(), "STOP", new DefaultUsage(PROMPT, tokens));
	}

	static ChatResponse thought(String text) {
		return response(text, Map.of("isThought", true), null, null);
	}

	static ChatResponse signed(String text) {
		return response(text, Map.of("isThought", true, "thoughtSignatures", List.of(new byte[1])), null, null);
	}

	private static ChatResponse response(String text, Map<String, Object> fields, @Nullable String finishReason,
			@Nullable DefaultUsage usage) {
		AssistantMessage message = AssistantMessage.builder().content(text).properties(fields).build();
		ChatGenerationMetadata end = ChatGenerationMetadata.builder().finishReason(finishReason).build();
		ChatResponseMetadata.Builder metadata = ChatResponseMetadata.builder();
		if (usage != null) {
			metadata.usage(usage);
		}
		return new ChatResponse(List.of(new Generation(message, end)), metadata.build());
	}

}
