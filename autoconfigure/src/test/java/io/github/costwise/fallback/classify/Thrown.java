package io.github.costwise.fallback.classify;

import java.time.Duration;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.Prompt;

import static org.assertj.core.api.Assertions.catchThrowable;

/** What a model throws. */
final class Thrown {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private Thrown() {
	}

	static Throwable by(ChatModel model, boolean stream) {
		Prompt prompt = new Prompt("Hello", model.getOptions());
		return catchThrowable(() -> {
			if (stream) {
				model.stream(prompt).blockLast(LIMIT);
			}
			else {
				model.call(prompt);
			}
		});
	}

}
