package io.github.costwise.advisor;

import org.springframework.ai.chat.client.ChatClientAttributes;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.model.tool.StructuredOutputChatOptions;
import org.springframework.util.StringUtils;

/**
 * Reads the output format that Spring AI adds to a request below the advisors: as text of
 * the user message, or as a schema where the model takes one. Streams never get one.
 */
final class OutputFormat {

	private OutputFormat() {
	}

	/** Returns the format that will be added, empty when there is none. */
	static String below(ChatClientRequest request) {
		String schema = text(request, ChatClientAttributes.STRUCTURED_OUTPUT_SCHEMA);
		boolean asSchema = !schema.isEmpty()
				&& request.context().containsKey(ChatClientAttributes.STRUCTURED_OUTPUT_NATIVE.getKey())
				&& request.prompt().getOptions() instanceof StructuredOutputChatOptions;
		return asSchema ? schema : text(request, ChatClientAttributes.OUTPUT_FORMAT);
	}

	private static String text(ChatClientRequest request, ChatClientAttributes key) {
		return (request.context().get(key.getKey()) instanceof String text && StringUtils.hasText(text)) ? text : "";
	}

}
