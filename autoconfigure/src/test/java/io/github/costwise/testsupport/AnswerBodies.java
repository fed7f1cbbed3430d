package io.github.costwise.testsupport;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whole bodies of providers, for answers that consist of more than text: one answer both
 * as the body of a call and as that of a stream.
 *
 * @since 0.1.0
 */
public final class AnswerBodies {

	private AnswerBodies() {
	}

	/**
	 * Returns the body of a call of OpenAI's protocol.
	 * @param choices JSON of the choices, each with message and finish reason
	 * @return the body
	 */
	public static String openAi(String... choices) {
		return "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":17,\"model\":\"gpt-5-mini\",\"choices\":["
				+ String.join(",", choices)
				+ "],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":15}}";
	}

	/**
	 * Returns the body of a stream of OpenAI's protocol.
	 * @param choices JSON of one choice for each chunk, with delta and finish reason
	 * @return the body
	 */
	public static String openAiStream(String... choices) {
		StringBuilder body = new StringBuilder();
		for (String choice : choices) {
			openAiChunk(body, "\"choices\":[" + choice + "]");
		}
		openAiChunk(body,
				"\"choices\":[],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":15}");
		return body.append("data: [DONE]\n\n").toString();
	}

	private static void openAiChunk(StringBuilder body, String rest) {
		body.append("data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":17,")
			.append("\"model\":\"gpt-5-mini\",")
			.append(rest)
			.append("}\n\n");
	}

	/**
	 * Returns the body of a call of Anthropic's protocol.
	 * @param content JSON of the content blocks
	 * @param stopReason why it ended, or {@code null}
	 * @return the body
	 */
	public static String anthropic(String content, @Nullable String stopReason) {
		return "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-haiku-4-5\",\"content\":"
				+ content + ",\"stop_reason\":" + quoted(stopReason)
				+ ",\"stop_sequence\":null,\"usage\":{\"input_tokens\":10,\"output_tokens\":5}}";
	}

	/**
	 * Returns the body of a stream of Anthropic's protocol, in which texts and thoughts
	 * come in pieces of three characters.
	 * @param content JSON of the content blocks, as in {@link #anthropic}
	 * @param stopReason why it ended, or {@code null} to end after the last block
	 * @return the body
	 */
	public static String anthropicStream(String content, @Nullable String stopReason) {
		List<String> events = new ArrayList<>();
		events.add(event("message_start", "message", Json.object(anthropic("[]", null))));
		int index = 0;
		for (JsonNode block : Json.object("{\"content\":" + content + "}").path("content")) {
			addBlock(events, index++, (ObjectNode) block);
		}
		if (stopReason != null) {
			events.add(event("message_delta", "delta",
					Json.object("{\"stop_reason\":\"" + stopReason + "\",\"stop_sequence\":null}"), "usage",
					Map.of("output_tokens", 5)));
			events.add(event("message_stop"));
		}
		return String.join("", events);
	}

	private static void addBlock(List<String> events, int index, ObjectNode block) {
		ObjectNode start = block.deepCopy();
		List<Map<String, ?>> deltas = new ArrayList<>();
		block.path("citations")
			.forEach((citation) -> deltas.add(Map.of("type", "citations_delta", "citation", citation)));
		addPieces(deltas, start, "text", "text_delta");
		addPieces(deltas, start, "thinking", "thinking_delta");
		if (start.has("signature")) {
			deltas.add(Map.of("type", "signature_delta", "signature", block.path("signature").asString()));
			start.put("signature", "");
		}
		if (block.path("type").asString().equals("tool_use")) {
			deltas.add(Map.of("type", "input_json_delta", "partial_json", block.path("input").toString()));
			start.putObject("input");
		}
		if (start.has("citations")) {
			start.putArray("citations");
		}
		events.add(event("content_block_start", "index", index, "content_block", start));
		deltas.forEach((delta) -> events.add(event("content_block_delta", "index", index, "delta", delta)));
		events.add(event("content_block_stop", "index", index));
	}

	private static void addPieces(List<Map<String, ?>> deltas, ObjectNode start, String field, String type) {
		if (start.has(field)) {
			pieces(start.path(field).asString()).forEach((piece) -> deltas.add(Map.of("type", type, field, piece)));
			start.put(field, "");
		}
	}

	/**
	 * Cuts a text as a stream would.
	 * @param text the text
	 * @return pieces of three characters
	 */
	public static List<String> pieces(String text) {
		List<String> pieces = new ArrayList<>();
		for (int from = 0; from < text.length();) {
			int to = text.offsetByCodePoints(from, Math.min(3, text.codePointCount(from, text.length())));
			pieces.add(text.substring(from, to));
			from = to;
		}
		return pieces;
	}

	private static String event(String type, Object... rest) {
		Map<String, Object> data = Json.map("type", type);
		data.putAll(Json.map(rest));
		return "event: " + type + "\ndata: " + Json.write(data) + "\n\n";
	}

	private static String quoted(@Nullable String text) {
		return (text != null) ? Json.write(text) : "null";
	}

	/**
	 * Returns the body of a call of Google's protocol.
	 * @param parts JSON of the parts
	 * @param finishReason why it ended, or {@code null}
	 * @return the body
	 */
	public static String google(String parts, @Nullable String finishReason) {
		return "{\"modelVersion\":\"gemini-2.5-flash\",\"candidates\":[{\"index\":0,"
				+ ((finishReason != null) ? "\"finishReason\":\"" + finishReason + "\"," : "")
				+ "\"content\":{\"role\":\"model\",\"parts\":" + parts
				+ "}}],\"usageMetadata\":{\"promptTokenCount\":10,\"candidatesTokenCount\":5,\"totalTokenCount\":15}}";
	}

	/**
	 * Returns the body of a stream of Google's protocol.
	 * @param chunks bodies, as {@link #google} returns them
	 * @return the body
	 */
	public static String googleStream(String... chunks) {
		return "data: " + String.join("\n\ndata: ", chunks) + "\n\n";
	}

	/**
	 * Returns the body of a call of Ollama's protocol, or a line of a stream.
	 * @param message JSON of the message
	 * @param doneReason why it ended, or {@code null} for a line in the middle
	 * @return the body
	 */
	public static String ollama(String message, @Nullable String doneReason) {
		String head = "{\"model\":\"llama3.2\",\"created_at\":\"2026-01-01T00:00:00Z\",\"message\":" + message;
		return (doneReason != null)
				? head + ",\"done\":true,\"done_reason\":\"" + doneReason
						+ "\",\"total_duration\":100,\"prompt_eval_count\":10,\"eval_count\":5,\"eval_duration\":3}\n"
				: head + ",\"done\":false}\n";
	}

}
