package io.github.costwise.testsupport;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.node.ObjectNode;

/** Ollama chat: streams are lines of JSON, usage is part of the last object. */
final class OllamaWire implements Wire {

	private static final String EXAMPLE = "{\"prompt_eval_count\":10,\"eval_count\":5}";

	@Override
	public boolean serves(String path) {
		return path.endsWith("/api/chat");
	}

	@Override
	public String streamType() {
		return "application/x-ndjson";
	}

	@Override
	public Object body(LoopbackRequest request, Answer answer) {
		return last(request, answer, message(answer.text(), answer.toolCalls()));
	}

	@Override
	public List<String> chunks(LoopbackRequest request, Answer answer) {
		List<String> lines = new ArrayList<>();
		for (String text : answer.textChunks()) {
			lines.add(Json.write(response(request, answer, message(text, List.of()), false)) + "\n");
		}
		if (!answer.toolCalls().isEmpty()) {
			lines.add(Json.write(response(request, answer, message("", answer.toolCalls()), false)) + "\n");
		}
		lines.add(Json.write(last(request, answer, message("", List.of()))) + "\n");
		return lines;
	}

	@Override
	public Object error(int status) {
		return Map.of("error", "Simulated failure " + status);
	}

	private static Map<String, Object> last(LoopbackRequest request, Answer answer, Object message) {
		Map<String, Object> last = response(request, answer, message, true);
		last.put("done_reason", "stop");
		last.put("total_duration", 1000);
		ObjectNode usage = answer.usageOr(EXAMPLE);
		if (usage != null) {
			usage.properties().forEach((field) -> last.put(field.getKey(), field.getValue()));
		}
		return last;
	}

	private static Map<String, Object> response(LoopbackRequest request, Answer answer, Object message, boolean done) {
		return Json.map("model", answer.modelOr(request.model()), "created_at", "2026-01-01T00:00:00Z", "message",
				message, "done", done);
	}

	private static Map<String, Object> message(String text, List<Answer.ToolCall> calls) {
		List<Object> toolCalls = new ArrayList<>();
		calls.forEach((call) -> toolCalls
			.add(Json.map("id", call.id(), "function", Map.of("name", call.name(), "arguments", call.arguments()))));
		return Json.map("role", "assistant", "content", text, "tool_calls", toolCalls.isEmpty() ? null : toolCalls);
	}

}
