package io.github.costwise.sample.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import tools.jackson.databind.JsonNode;

import static io.github.costwise.sample.demo.Protocol.quote;

/** Anthropic's messages. */
final class AnthropicProtocol implements Protocol {

	private static final String MESSAGE = """
			{"id":"msg_simulated","type":"message","role":"assistant","model":%s,"content":[%s],\
			"stop_reason":%s,"stop_sequence":null,"usage":%s}""";

	private static final String TEXT = """
			{"type":"text","text":%s,"citations":null}""";

	private static final String TEXT_DELTA = """
			{"type":"text_delta","text":%s}""";

	private static final String TOOL_USE = """
			{"type":"tool_use","id":"toolu_%s","name":%s,"input":%s}""";

	private static final String TOOL_DELTA = """
			{"type":"input_json_delta","partial_json":%s}""";

	private static final String STOP = """
			{"stop_reason":%s,"stop_sequence":null}""";

	private static final String USAGE = """
			{"input_tokens":%d,"cache_read_input_tokens":%d,"cache_creation_input_tokens":%d,\
			"cache_creation":{"ephemeral_5m_input_tokens":%3$d,"ephemeral_1h_input_tokens":0},\
			"output_tokens":%4$d,"service_tier":"standard"}""";

	private static final String ERROR = """
			{"type":"error","error":{"type":"%s","message":"Simulated fault"}}""";

	private final PromptCache cache = new PromptCache();

	@Override
	public DemoRequest read(JsonNode body) {
		List<DemoRequest.Message> messages = new ArrayList<>();
		Integer cacheMark = isMarked(body.path("system")) || isMarked(body.path("tools")) ? Integer.valueOf(0) : null;
		for (JsonNode message : body.path("messages")) {
			JsonNode content = message.path("content");
			boolean toolResult = content.path(0).path("type").asString("").equals("tool_result");
			messages.add(new DemoRequest.Message(toolResult ? "tool" : message.path("role").asString(),
					Protocol.text(content)));
			cacheMark = isMarked(content) ? Integer.valueOf(messages.size()) : cacheMark;
		}
		List<DemoRequest.Tool> tools = new ArrayList<>();
		body.path("tools")
			.forEach(
					(tool) -> tools.add(new DemoRequest.Tool(tool.path("name").asString(), tool.path("input_schema"))));
		return new DemoRequest(body.path("model").asString(), Protocol.text(body.path("system")), messages, tools,
				cacheMark, body.path("stream").asBoolean(false), true);
	}

	@Override
	public DemoUsage bill(DemoRequest request, DemoReply reply) {
		return this.cache.marked(request, reply.tokens());
	}

	@Override
	public String answer(DemoRequest request, DemoReply reply, DemoUsage usage) {
		String content = (reply.tool() == null) ? TEXT.formatted(quote(reply.text()))
				: toolUse(reply.tool(), reply.text());
		return message(request, content, stopReason(reply), usage(usage, usage.output()));
	}

	@Override
	public List<String> events(DemoRequest request, DemoReply reply, DemoUsage usage) {
		String block = (reply.tool() == null) ? TEXT.formatted(quote("")) : toolUse(reply.tool(), "{}");
		String delta = (reply.tool() == null) ? TEXT_DELTA : TOOL_DELTA;
		List<String> events = new ArrayList<>();
		events.add(event("message_start", "message", message(request, "", "null", usage(usage, 1))));
		events.add(event("content_block_start", "index", "0", "content_block", block));
		reply.pieces()
			.forEach((piece) -> events
				.add(event("content_block_delta", "index", "0", "delta", delta.formatted(quote(piece)))));
		events.add(event("content_block_stop", "index", "0"));
		events.add(event("message_delta", "delta", STOP.formatted(stopReason(reply)), "usage",
				usage(usage, usage.output())));
		events.add(event("message_stop"));
		return events;
	}

	@Override
	public String error(Fault fault) {
		return ERROR.formatted(fault.errorType());
	}

	private static boolean isMarked(JsonNode blocks) {
		return blocks.isArray() && blocks.valueStream().anyMatch((block) -> block.hasNonNull("cache_control"));
	}

	private static String message(DemoRequest request, String content, String stopReason, String usage) {
		return MESSAGE.formatted(quote(request.model()), content, stopReason, usage);
	}

	private static String toolUse(String name, String input) {
		return TOOL_USE.formatted(UUID.randomUUID(), quote(name), input);
	}

	private static String usage(DemoUsage usage, int output) {
		return USAGE.formatted(usage.fresh(), usage.cached(), usage.written(), output);
	}

	private static String event(String type, String... namesAndValues) {
		StringBuilder fields = new StringBuilder("\"type\":" + quote(type));
		for (int i = 0; i < namesAndValues.length; i += 2) {
			fields.append(',').append(quote(namesAndValues[i])).append(':').append(namesAndValues[i + 1]);
		}
		return "event: " + type + "\ndata: {" + fields + "}\n\n";
	}

	private static String stopReason(DemoReply reply) {
		return quote((reply.tool() != null) ? "tool_use" : "end_turn");
	}

}
