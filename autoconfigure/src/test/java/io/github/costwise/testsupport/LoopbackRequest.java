package io.github.costwise.testsupport;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request that the loopback provider received. Immutable.
 *
 * @param number position among all requests, from 1
 * @param protocol the protocol, told by the path
 * @param path path and query
 * @param headers the headers, with names in lower case
 * @param body the body
 * @since 0.1.0
 */
public record LoopbackRequest(int number, Protocol protocol, String path, Map<String, String> headers, JsonNode body) {

	/**
	 * Returns the model asked for.
	 * @return the model, or an empty text
	 */
	public String model() {
		return this.protocol.wire.model(this);
	}

	/**
	 * Returns whether the answer is to be streamed.
	 * @return whether it is
	 */
	public boolean isStream() {
		return this.protocol.wire.isStream(this);
	}

	/**
	 * Returns the text of the last message, in the form of whichever protocol.
	 * @return the text, or an empty text when the last message holds none
	 */
	public String lastText() {
		JsonNode messages = this.body.path((this.protocol == Protocol.GOOGLE) ? "contents" : "messages");
		return messages.isEmpty() ? "" : textOf(messages.get(messages.size() - 1));
	}

	private static String textOf(JsonNode message) {
		JsonNode content = message.has("parts") ? message.path("parts") : message.path("content");
		StringBuilder text = new StringBuilder(content.isString() ? content.stringValue() : "");
		content.forEach((part) -> text.append(part.path("text").asString("")));
		return text.toString();
	}

	/** The protocols. */
	public enum Protocol {

		/** OpenAI chat completions. */
		OPENAI(new OpenAiWire()),

		/** OpenAI embeddings. */
		OPENAI_EMBEDDINGS(new OpenAiEmbeddingsWire()),

		/** Anthropic messages. */
		ANTHROPIC(new AnthropicWire()),

		/** Google GenAI. */
		GOOGLE(new GoogleWire()),

		/** Ollama chat. */
		OLLAMA(new OllamaWire());

		final Wire wire;

		Protocol(Wire wire) {
			this.wire = wire;
		}

		static @Nullable Protocol of(String path) {
			for (Protocol protocol : values()) {
				if (protocol.wire.serves(path)) {
					return protocol;
				}
			}
			return null;
		}

	}

}
