package io.github.costwise.testsupport;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * GenAI. Every chunk of a stream reports a usage: the prompt so far, and all of it in the
 * last one.
 */
final class GoogleWire implements Wire {

	private static final String EXAMPLE = "{\"promptTokenCount\":10,\"candidatesTokenCount\":5,\"totalTokenCount\":15}";

	@Override
	public boolean serves(String path) {
		return path.contains(":generateContent") || path.contains(":streamGenerateContent");
	}

	@Override
	public String model(LoopbackRequest request) {
		String path = request.path();
		int model = path.indexOf("/models/") + "/models/".length();
		return path.substring(model, path.indexOf(':', model));
	}

	@Override
	public boolean isStream(LoopbackRequest request) {
		return request.path().contains(":streamGenerateContent");
	}

	@Override
	public Object body(LoopbackRequest request, Answer answer) {
		List<Object> parts = new ArrayList<>();
		if (!answer.text().isEmpty()) {
			parts.add(Map.of("text", answer.text()));
		}
		answer.toolCalls().forEach((call) -> parts.add(functionCall(call)));
		return response(request, answer, candidate(parts, "STOP"), answer.usageOr(EXAMPLE));
	}

	@Override
	public List<String> chunks(LoopbackRequest request, Answer answer) {
		List<Object> parts = new ArrayList<>();
		answer.textChunks().forEach((text) -> parts.add(Map.of("text", text)));
		answer.toolCalls().forEach((call) -> parts.add(functionCall(call)));
		ObjectNode usage = answer.usageOr(EXAMPLE);
		List<String> chunks = new ArrayList<>();
		for (int i = 0; i < parts.size(); i++) {
			boolean last = i == parts.size() - 1;
			Object candidate = candidate(List.of(parts.get(i)), last ? "STOP" : null);
			chunks.add("data: " + Json.write(response(request, answer, candidate, last ? usage : promptOf(usage)))
					+ "\n\n");
		}
		return chunks;
	}

	@Override
	public Object error(int status) {
		return Map.of("error", Map.of("code", status, "message", "Simulated failure " + status, "status",
				(status == 429) ? "RESOURCE_EXHAUSTED" : "INTERNAL"));
	}

	private static @Nullable ObjectNode promptOf(@Nullable ObjectNode usage) {
		if (usage == null || !usage.has("promptTokenCount")) {
			return null;
		}
		int prompt = usage.get("promptTokenCount").intValue();
		return Json.object("{}").put("promptTokenCount", prompt).put("totalTokenCount", prompt);
	}

	private static Object response(LoopbackRequest request, Answer answer, Object candidate,
			@Nullable ObjectNode usage) {
		return Json.map("candidates", List.of(candidate), "usageMetadata", usage, "modelVersion",
				answer.modelOr(request.model()), "responseId", answer.id());
	}

	private static Object candidate(List<Object> parts, @Nullable String finishReason) {
		return Json.map("index", 0, "content", Map.of("role", "model", "parts", parts), "finishReason", finishReason);
	}

	private static Object functionCall(Answer.ToolCall call) {
		return Map.of("functionCall", Map.of("name", call.name(), "args", call.arguments()));
	}

}
