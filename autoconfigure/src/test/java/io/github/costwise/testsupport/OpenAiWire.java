package io.github.costwise.testsupport;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Chat completions. */
final class OpenAiWire implements Wire {

	private static final String EXAMPLE = "{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":15}";

	@Override
	public boolean serves(String path) {
		return path.endsWith("/chat/completions");
	}

	@Override
	public Object body(LoopbackRequest request, Answer answer) {
		Map<String, Object> message = Json.map("role", "assistant", "content", answer.text());
		if (!answer.toolCalls().isEmpty()) {
			message.put("tool_calls", answer.toolCalls().stream().map((call) -> toolCall(call, null)).toList());
		}
		Map<String, Object> choice = Json.map("index", 0, "message", message, "finish_reason", finishReason(answer));
		return Json.map("id", answer.id(), "object", "chat.completion", "created", 1, "model",
				answer.modelOr(request.model()), "choices", List.of(choice), "usage", answer.usageOr(EXAMPLE));
	}

	@Override
	public List<String> chunks(LoopbackRequest request, Answer answer) {
		List<String> chunks = new ArrayList<>();
		String role = "assistant";
		for (String text : answer.textChunks()) {
			chunks.add(chunk(request, answer, delta(Json.map("role", role, "content", text), null)));
			role = null;
		}
		for (int i = 0; i < answer.toolCalls().size(); i++) {
			Object call = toolCall(answer.toolCalls().get(i), i);
			chunks.add(chunk(request, answer, delta(Json.map("role", role, "tool_calls", List.of(call)), null)));
		}
		chunks.add(chunk(request, answer, delta(Json.map(), finishReason(answer))));
		ObjectNode usage = answer.usageOr(EXAMPLE);
		if (usage != null && request.body().path("stream_options").path("include_usage").asBoolean(false)) {
			chunks.add(chunk(request, answer, Json.map("choices", List.of(), "usage", usage)));
		}
		chunks.add("data: [DONE]\n\n");
		return chunks;
	}

	@Override
	public Object error(int status) {
		return errorOf(status);
	}

	static Object errorOf(int status) {
		String type = (status == 429) ? "rate_limit_exceeded" : "server_error";
		return Map.of("error", Map.of("message", "Simulated failure " + status, "type", type, "code", type));
	}

	private static String chunk(LoopbackRequest request, Answer answer, Map<String, Object> rest) {
		Map<String, Object> chunk = Json.map("id", answer.id(), "object", "chat.completion.chunk", "created", 1,
				"model", answer.modelOr(request.model()));
		chunk.putAll(rest);
		return "data: " + Json.write(chunk) + "\n\n";
	}

	private static Map<String, Object> delta(Map<String, Object> delta, @Nullable String finishReason) {
		return Json.map("choices", List.of(Json.map("index", 0, "delta", delta, "finish_reason", finishReason)));
	}

	private static Map<String, Object> toolCall(Answer.ToolCall call, @Nullable Integer index) {
		return Json.map("index", index, "id", call.id(), "type", "function", "function",
				Map.of("name", call.name(), "arguments", Json.write(call.arguments())));
	}

	private static String finishReason(Answer answer) {
		return answer.toolCalls().isEmpty() ? "stop" : "tool_calls";
	}

}
