package io.github.costwise.sample.demo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;

import static io.github.costwise.sample.demo.Protocol.quote;

/** OpenAI's chat completions. */
final class OpenAiProtocol implements Protocol {

	private final PromptCache cache = new PromptCache();

	@Override
	public DemoRequest read(JsonNode body) {
		StringBuilder system = new StringBuilder();
		List<DemoRequest.Message> messages = new ArrayList<>();
		for (JsonNode message : body.path("messages")) {
			String role = message.path("role").asString();
			String text = Protocol.text(message.path("content"));
			if (role.equals("system") || role.equals("developer")) {
				system.append(text);
			}
			else {
				String calls = message.has("tool_calls") ? message.path("tool_calls").toString() : "";
				messages.add(new DemoRequest.Message(role, text + calls));
			}
		}
		List<DemoRequest.Tool> tools = new ArrayList<>();
		body.path("tools")
			.forEach((tool) -> tools.add(new DemoRequest.Tool(tool.path("function").path("name").asString(),
					tool.path("function").path("parameters"))));
		return new DemoRequest(body.path("model").asString(), system.toString(), messages, tools, null,
				body.path("stream").asBoolean(false),
				body.path("stream_options").path("include_usage").asBoolean(false));
	}

	@Override
	public DemoUsage bill(DemoRequest request, DemoReply reply) {
		return this.cache.automatic(request, reply.tokens());
	}

	@Override
	public String answer(DemoRequest request, DemoReply reply, DemoUsage usage) {
		String message = (reply.tool() == null)
				? "{\"role\":\"assistant\",\"content\":%s,\"refusal\":null}".formatted(quote(reply.text()))
				: "{\"role\":\"assistant\",\"content\":null,\"refusal\":null,\"tool_calls\":[%s]}"
					.formatted(toolCall(reply.tool(), reply.text()));
		String choice = "{\"index\":0,\"message\":%s,\"logprobs\":null,\"finish_reason\":\"%s\"}".formatted(message,
				finishReason(reply));
		return envelope(request, "chat.completion", choice, usage(usage));
	}

	@Override
	public List<String> events(DemoRequest request, DemoReply reply, DemoUsage usage) {
		List<String> deltas = new ArrayList<>();
		deltas.add("{\"role\":\"assistant\",\"content\":\"\"}");
		if (reply.tool() != null) {
			deltas.add("{\"tool_calls\":[%s]}".formatted(toolCall(reply.tool(), "")));
			reply.pieces()
				.forEach((piece) -> deltas
					.add("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":%s}}]}".formatted(quote(piece))));
		}
		else {
			reply.pieces().forEach((piece) -> deltas.add("{\"content\":%s}".formatted(quote(piece))));
		}
		List<String> events = deltas.stream()
			.map((delta) -> chunk(request, delta, "null"))
			.collect(Collectors.toCollection(ArrayList::new));
		events.add(chunk(request, "{}", quote(finishReason(reply))));
		if (request.streamUsage()) {
			events.add("data: " + envelope(request, "chat.completion.chunk", "", usage(usage)) + "\n\n");
		}
		events.add("data: [DONE]\n\n");
		return events;
	}

	@Override
	public String error(Fault fault) {
		return "{\"error\":{\"message\":\"Simulated fault\",\"type\":\"%s\",\"param\":null,\"code\":null}}"
			.formatted(fault.errorType());
	}

	private static String chunk(DemoRequest request, String delta, String finishReason) {
		String choice = "{\"index\":0,\"delta\":%s,\"logprobs\":null,\"finish_reason\":%s}".formatted(delta,
				finishReason);
		return "data: " + envelope(request, "chat.completion.chunk", choice, "null") + "\n\n";
	}

	private static String envelope(DemoRequest request, String object, String choice, String usage) {
		return """
				{"id":"chatcmpl-simulated","object":"%s","created":%d,"model":%s,"service_tier":"default",\
				"choices":[%s],"usage":%s}""".formatted(object, Instant.now().getEpochSecond(), quote(request.model()),
				choice, usage);
	}

	private static String toolCall(String name, String arguments) {
		return "{\"index\":0,\"id\":\"call_%s\",\"type\":\"function\",\"function\":{\"name\":%s,\"arguments\":%s}}"
			.formatted(UUID.randomUUID(), quote(name), quote(arguments));
	}

	private static String usage(DemoUsage usage) {
		return """
				{"prompt_tokens":%d,"completion_tokens":%d,"total_tokens":%d,\
				"prompt_tokens_details":{"cached_tokens":%d,"audio_tokens":0},\
				"completion_tokens_details":{"reasoning_tokens":0,"audio_tokens":0}}""".formatted(usage.prompt(),
				usage.output(), usage.prompt() + usage.output(), usage.cached());
	}

	private static String finishReason(DemoReply reply) {
		return (reply.tool() != null) ? "tool_calls" : "stop";
	}

}
