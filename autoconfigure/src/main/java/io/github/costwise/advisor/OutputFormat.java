package io.github.costwise.advisor;

import java.util.Map;

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
		Map<String, Object> context = request.context();
		String schema = text(context, ChatClientAttributes.STRUCTURED_OUTPUT_SCHEMA);
		boolean asSchema = !schema.isEmpty()
				&& context.containsKey(ChatClientAttributes.STRUCTURED_OUTPUT_NATIVE.getKey())
				&& request.prompt().getOptions() instanceof StructuredOutputChatOptions;
		return asSchema ? schema : text(context, ChatClientAttributes.OUTPUT_FORMAT);
	}

	private static String text(Map<String, Object> context, ChatClientAttributes key) {
		return (context.get(key.getKey()) instanceof String text && StringUtils.hasText(text)) ? text : "";
	}

}
