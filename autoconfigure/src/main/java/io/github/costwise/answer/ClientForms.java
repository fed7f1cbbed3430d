package io.github.costwise.answer;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

import io.github.costwise.model.ClientKind;
import io.github.costwise.model.RecordedPart;

/** What only some clients of Spring AI do. */
final class ClientForms {

	private ClientForms() {
	}

	static final String OPENAI_THOUGHT = "reasoningContent";

	private static final String ANTHROPIC_SDK = "com.anthropic.";

	/** Tells the client of a response; {@code OTHER} where this one shows none. */
	static ClientKind of(ChatResponse response) {
		for (Generation generation : response.getResults()) {
			ClientKind kind = of(generation.getOutput().getMetadata());
			if (kind != ClientKind.OTHER) {
				return kind;
			}
		}
		if (response.getMetadata().containsKey("created-at") && response.getMetadata().containsKey("done")) {
			return ClientKind.OLLAMA;
		}
		Object usage = response.getMetadata().getUsage().getNativeUsage();
		return (usage != null && usage.getClass().getName().startsWith(ANTHROPIC_SDK)) ? ClientKind.ANTHROPIC
				: ClientKind.OTHER;
	}

	static ClientKind of(Map<String, Object> message) {
		if (message.containsKey("candidateIndex")) {
			return ClientKind.GOOGLE;
		}
		return (message.containsKey(OPENAI_THOUGHT) && message.containsKey("annotations")) ? ClientKind.OPENAI
				: ClientKind.OTHER;
	}

	/** Whether a field of a response is noise that hides the length of chunks. */
	static boolean isPadding(ClientKind kind, String field) {
		return kind == ClientKind.OPENAI && field.equals("obfuscation");
	}

	/**
	 * Returns a part with the thought of the next one where that holds the thought from
	 * its beginning, as chunks of OpenAI's client do.
	 */
	static RecordedPart grown(ClientKind kind, RecordedPart part, RecordedPart next) {
		if (kind == ClientKind.OPENAI && part.message().get(OPENAI_THOUGHT) instanceof String before
				&& next.message().get(OPENAI_THOUGHT) instanceof String now && now.startsWith(before)) {
			Map<String, Object> fields = new HashMap<>(part.message());
			fields.put(OPENAI_THOUGHT, now);
			return new RecordedPart(part.kind(), part.text(), fields, part.end());
		}
		return part;
	}

	/** The field that says when a chunk was made, or {@code null} for none. */
	static @Nullable String momentField(ClientKind kind) {
		return (kind == ClientKind.OLLAMA) ? "created-at" : null;
	}

}
