package io.github.costwise.answer;

import java.util.Collection;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.model.Generation;

import io.github.costwise.model.AnswerMode;
import io.github.costwise.model.ClientKind;

/**
 * Where the clients of Spring AI put what a message has no field for. Anthropic makes
 * each thought a generation of its own, marked by {@code thinking} in a stream and by its
 * {@code signature} otherwise; a redacted one has {@code data} and no text. Google marks
 * generations by {@code isThought}. OpenAI and Ollama keep the thought beside the text;
 * OpenAI's chunks hold all of it that came so far.
 */
final class MessageFields {

	/** Where the last message of Anthropic keeps the thoughts before it. */
	static final String THINKING_CONTENTS = "anthropicThinkingContents";

	private static final String THINKING_MESSAGE = "org.springframework.ai.anthropic.AnthropicChatModel$AnthropicAssistantMessage";

	private MessageFields() {
	}

	static boolean isThought(AssistantMessage message) {
		Map<String, Object> fields = message.getMetadata();
		if (fields.containsKey("signature") || Boolean.TRUE.equals(fields.get("thinking"))) {
			return true;
		}
		return "true".equals(String.valueOf(fields.get("isThought")))
				|| (message.getText() == null && fields.get("data") instanceof String);
	}

	static @Nullable String thought(AssistantMessage message) {
		Object thought = message.getMetadata().get(ClientForms.OPENAI_THOUGHT);
		return (thought instanceof String text) ? text : text(message, "thinking");
	}

	/** Whether each chunk holds the thought from its beginning. */
	static boolean repeatsThought(AssistantMessage message) {
		return ClientForms.of(message.getMetadata()) == ClientKind.OPENAI;
	}

	/**
	 * Whether nothing is lost when the message is built again from its text and fields.
	 * Anthropic's client has a class of its own for messages with thoughts, which it
	 * reads back from the field of any message.
	 */
	static boolean isWhole(AssistantMessage message) {
		return message.getClass() == AssistantMessage.class || (message.getMetadata().containsKey(THINKING_CONTENTS)
				&& message.getClass().getName().equals(THINKING_MESSAGE));
	}

	static @Nullable String refusal(AssistantMessage message) {
		return text(message, "refusal");
	}

	private static @Nullable String text(AssistantMessage message, String field) {
		return (message.getMetadata().get(field) instanceof String text) ? text : null;
	}

	/** OpenAI's client writes a list of one empty map where there are no annotations. */
	static boolean isAnnotated(AssistantMessage message) {
		return message.getMetadata().get("annotations") instanceof Collection<?> annotations
				&& annotations.stream().anyMatch((annotation) -> !Map.of().equals(annotation));
	}

	static boolean isCited(@Nullable ChatResponseMetadata metadata) {
		return metadata != null && (isFilled(metadata.get("citations")) || isFilled(metadata.get("web-search-results"))
				|| isFilled(metadata.get("search_results")));
	}

	private static boolean isFilled(@Nullable Object value) {
		return value instanceof Collection<?> values && !values.isEmpty();
	}

	/** Which alternative a message belongs to, as it says itself or by its place. */
	static int choice(AssistantMessage message, int place) {
		Map<String, Object> fields = message.getMetadata();
		Object index = fields.containsKey("index") ? fields.get("index") : fields.get("candidateIndex");
		return (index instanceof Number number) ? number.intValue() : place;
	}

	/** Google's client says STOP where the server said nothing. */
	static Ending ending(Generation generation, AnswerMode mode) {
		Ending ending = Ending.of(generation.getMetadata().getFinishReason());
		boolean assumed = mode == AnswerMode.STREAM && ending == Ending.END
				&& generation.getOutput().getMetadata().containsKey("candidateIndex");
		return assumed ? Ending.ASSUMED : ending;
	}

}
