package io.github.costwise.accounting.wire;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.metadata.Usage;

/**
 * The usage of an answer as its provider wrote it. Immutable.
 *
 * @param body the usage object
 * @param id the id of the answer, or {@code null}
 * @param model the model that answered, or {@code null}
 * @param anthropic whether the document has the form of Anthropic's
 * @param settled whether it counts the whole answer, as far as the body tells
 * @param readable whether every usage of the body could be read
 * @since 0.1.0
 */
public record WireReading(Map<String, Object> body, @Nullable String id, @Nullable String model, boolean anthropic,
		boolean settled, boolean readable) implements Usage {

	@Override
	public Integer getPromptTokens() {
		return count("prompt_tokens", "input_tokens");
	}

	@Override
	public Integer getCompletionTokens() {
		return count("completion_tokens", "output_tokens");
	}

	@Override
	public Object getNativeUsage() {
		return this.body;
	}

	private int count(String... names) {
		for (String name : names) {
			if (this.body.get(name) instanceof Integer count) {
				return count;
			}
		}
		return 0;
	}

}
