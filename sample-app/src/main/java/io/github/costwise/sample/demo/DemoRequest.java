package io.github.costwise.sample.demo;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a client asks for, whatever the protocol.
 *
 * @param model the model asked for
 * @param system the system text
 * @param messages the conversation
 * @param tools the tools as the client describes them
 * @param cacheMark how many messages the client marks for caching (0 for the tools and
 * the system text only), or {@code null} for no mark
 * @param streamed whether the answer is to be streamed
 * @param streamUsage whether a stream is to end with its usage
 */
record DemoRequest(String model, String system, List<Message> messages, List<Tool> tools, @Nullable Integer cacheMark,
		boolean streamed, boolean streamUsage) {

	/** Returns the prompt up to and including a number of messages. */
	String prompt(int messageCount) {
		StringBuilder prompt = new StringBuilder();
		this.tools.forEach((tool) -> prompt.append(tool.definition()).append('\n'));
		prompt.append(this.system).append('\n');
		this.messages.stream()
			.limit(messageCount)
			.forEach((message) -> prompt.append(message.role()).append(": ").append(message.text()).append('\n'));
		return prompt.toString();
	}

	String prompt() {
		return prompt(this.messages.size());
	}

	Message last() {
		return this.messages.get(this.messages.size() - 1);
	}

	/**
	 * A message of the conversation.
	 *
	 * @param role {@code user}, {@code assistant} or {@code tool}
	 * @param text its text
	 */
	record Message(String role, String text) {

	}

	/**
	 * A tool that the model may ask for.
	 *
	 * @param name its name
	 * @param schema the JSON schema of its arguments
	 */
	record Tool(String name, JsonNode schema) {

		String definition() {
			return this.name + this.schema;
		}

		String firstArgument() {
			return this.schema.path("properties").propertyNames().iterator().next();
		}

	}

}
