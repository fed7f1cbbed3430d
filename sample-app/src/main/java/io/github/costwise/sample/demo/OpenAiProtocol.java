package io.github.costwise.sample.demo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import tools.jackson.databind.JsonNode;

import static io.github.costwise.sample.demo.Protocol.quote;

/** OpenAI's chat completions. */
final class OpenAiProtocol implements Protocol {

	private static final String ENVELOPE = """
			{"id":"chatcmpl-simulated","object":"%s","created":%d,"model":%s,"service_tier":"default",\
			"choices":[%s],"usage":%s}""";

	private static final String TEXT = """
			{"role":"assistant","content":%s,"refusal":null}""";

	private static final String TOOLS = """
			{"role":"assistant","content":null,"refusal":null,"tool_calls":[%s]}""";

	private static final String TOOL_CALL = """
			{"index":0,"id":"call_%s","type":"function","function":{"name":%s,"arguments":%s}}""";

	private static final String ARGUMENTS = """
			{"index":0,"function":{"arguments":%s}}""";

	private static final String CHOICE = """
			{"index":0,"%s":%s,"logprobs":null,"finish_reason":%s}""";

	private static final String USAGE = """
			{"prompt_tokens":%d,"completion_tokens":%d,"total_tokens":%d,\
			"prompt_tokens_details":{"cached_tokens":%d,"audio_tokens":0},\
			"completion_tokens_details":{"reasoning_tokens":0,"audio_tokens":0}}""";

	private static final String ERROR = """
			{"error":{"message":"Simulated fault","type":"%s","param":null,"code":null}}""";

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
		String message = (reply.tool() == null) ? TEXT.formatted(quote(reply.text()))
				: TOOLS.formatted(toolCall(reply.tool(), reply.text()));
		String choice = CHOICE.formatted("message", message, quote(finishReason(reply)));
		return envelope(request, "chat.completion", choice, usage(usage));
	}

	@Override
	public List<String> events(DemoRequest request, DemoReply reply, DemoUsage usage) {
		List<String> deltas = new ArrayList<>();
		if (reply.tool() == null) {
			deltas.add(TEXT.formatted(quote("")));
			reply.pieces().forEach((piece) -> deltas.add("{\"content\":" + quote(piece) + "}"));
		}
		else {
			deltas.add(TOOLS.formatted(toolCall(reply.tool(), "")));
			reply.pieces()
				.forEach((piece) -> deltas.add("{\"tool_calls\":[" + ARGUMENTS.formatted(quote(piece)) + "]}"));
		}
		List<String> events = new ArrayList<>();
		deltas.forEach((delta) -> events.add(chunk(request, delta, "null")));
		events.add(chunk(request, "{}", quote(finishReason(reply))));
		if (request.streamUsage()) {
			events.add(event(envelope(request, "chat.completion.chunk", "", usage(usage))));
		}
		events.add(event("[DONE]"));
		return events;
	}

	@Override
	public String error(Fault fault) {
		return ERROR.formatted(fault.errorType());
	}

	private static String chunk(DemoRequest request, String delta, String finishReason) {
		String choice = CHOICE.formatted("delta", delta, finishReason);
		return event(envelope(request, "chat.completion.chunk", choice, "null"));
	}

	private static String event(String data) {
		return "data: " + data + "\n\n";
	}

	private static String envelope(DemoRequest request, String object, String choice, String usage) {
		return ENVELOPE.formatted(object, Instant.now().getEpochSecond(), quote(request.model()), choice, usage);
	}

	private static String toolCall(String name, String arguments) {
		return TOOL_CALL.formatted(UUID.randomUUID(), quote(name), quote(arguments));
	}

	private static String usage(DemoUsage usage) {
		return USAGE.formatted(usage.prompt(), usage.output(), usage.prompt() + usage.output(), usage.cached());
	}

	private static String finishReason(DemoReply reply) {
		return (reply.tool() != null) ? "tool_calls" : "stop";
	}

}
