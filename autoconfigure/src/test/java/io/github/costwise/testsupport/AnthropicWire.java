package io.github.costwise.testsupport;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Messages. A stream reports the whole usage but the output in its first event, and the
 * sums in {@code message_delta}, which has no split of cache writes by lifetime.
 */
final class AnthropicWire implements Wire {

	private static final String EXAMPLE = "{\"input_tokens\":10,\"output_tokens\":5}";

	private static final Set<String> USAGE_OF_DELTA = Set.of("input_tokens", "cache_creation_input_tokens",
			"cache_read_input_tokens", "output_tokens", "output_tokens_details", "server_tool_use", "iterations");

	@Override
	public boolean serves(String path) {
		return path.endsWith("/messages");
	}

	@Override
	public Object body(LoopbackRequest request, Answer answer) {
		List<Object> content = new ArrayList<>();
		if (!answer.text().isEmpty()) {
			content.add(Map.of("type", "text", "text", answer.text()));
		}
		answer.toolCalls().forEach((call) -> content.add(toolUse(call, call.arguments())));
		Map<String, Object> message = message(request, answer, answer.usageOr(EXAMPLE));
		message.put("content", content);
		message.put("stop_reason", stopReason(answer));
		return message;
	}

	@Override
	public List<String> chunks(LoopbackRequest request, Answer answer) {
		ObjectNode usage = answer.usageOr(EXAMPLE);
		List<String> events = new ArrayList<>();
		events.add(event("message_start", "message", startOf(request, answer, usage)));
		int index = 0;
		if (!answer.textChunks().isEmpty()) {
			addBlock(events, index++, Map.of("type", "text", "text", ""), textDeltas(answer));
		}
		for (Answer.ToolCall call : answer.toolCalls()) {
			addBlock(events, index++, toolUse(call, Map.of()),
					List.of(Map.of("type", "input_json_delta", "partial_json", Json.write(call.arguments()))));
		}
		events.add(event("message_delta", "delta", Map.of("stop_reason", stopReason(answer)), "usage",
				(usage != null) ? usage.retain(USAGE_OF_DELTA) : Map.of("output_tokens", 0)));
		events.add(event("message_stop"));
		return events;
	}

	@Override
	public Object error(int status) {
		String type = switch (status) {
			case 429 -> "rate_limit_error";
			case 529 -> "overloaded_error";
			default -> "api_error";
		};
		return Map.of("type", "error", "error", Map.of("type", type, "message", "Simulated failure " + status));
	}

	private static Map<String, Object> startOf(LoopbackRequest request, Answer answer, @Nullable ObjectNode usage) {
		ObjectNode first = (usage != null) ? usage.deepCopy().put("output_tokens", 1)
				: Json.object("{\"input_tokens\":0,\"output_tokens\":0}");
		Map<String, Object> message = message(request, answer, first);
		message.put("content", List.of());
		return message;
	}

	private static Map<String, Object> message(LoopbackRequest request, Answer answer, @Nullable ObjectNode usage) {
		return Json.map("id", answer.id(), "type", "message", "role", "assistant", "model",
				answer.modelOr(request.model()), "usage", usage);
	}

	private static List<Map<String, ?>> textDeltas(Answer answer) {
		List<Map<String, ?>> deltas = new ArrayList<>();
		answer.textChunks().forEach((text) -> deltas.add(Map.of("type", "text_delta", "text", text)));
		return deltas;
	}

	private static void addBlock(List<String> events, int index, Object start, List<? extends Map<String, ?>> deltas) {
		events.add(event("content_block_start", "index", index, "content_block", start));
		deltas.forEach((delta) -> events.add(event("content_block_delta", "index", index, "delta", delta)));
		events.add(event("content_block_stop", "index", index));
	}

	private static Map<String, Object> toolUse(Answer.ToolCall call, Object input) {
		return Json.map("type", "tool_use", "id", call.id(), "name", call.name(), "input", input);
	}

	private static String event(String type, Object... rest) {
		Map<String, Object> data = Json.map("type", type);
		data.putAll(Json.map(rest));
		return "event: " + type + "\ndata: " + Json.write(data) + "\n\n";
	}

	private static String stopReason(Answer answer) {
		return answer.toolCalls().isEmpty() ? "end_turn" : "tool_use";
	}

}
