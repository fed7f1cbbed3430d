package io.github.costwise.advisor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import io.github.costwise.testsupport.Answer;

/** One usage body of a provider, and what it is to be booked as. */
record UsageCase(JsonNode node) {

	private static final JsonMapper mapper = new JsonMapper();

	private static final List<String> START_ONLY = List.of("service_tier", "inference_geo", "speed", "cache_creation");

	static List<UsageCase> read(byte[] json) {
		List<UsageCase> cases = new ArrayList<>();
		mapper.readTree(json).forEach((node) -> cases.add(new UsageCase(node)));
		return cases;
	}

	String client() {
		return this.node.path("client").asString();
	}

	String model() {
		return this.node.path("model").asString();
	}

	/** Whose the host is; empty for nobody's. */
	String provider() {
		return this.node.path("provider").asString("openai");
	}

	@Nullable String text(String name) {
		return this.node.has(name) ? this.node.path(name).asString() : null;
	}

	boolean is(String name) {
		return this.node.path(name).asBoolean(false);
	}

	@Nullable Map<String, Object> extra() {
		return this.node.has("extra") ? mapper.convertValue(this.node.path("extra"), new TypeReference<>() {
		}) : null;
	}

	JsonNode expected() {
		return this.node.path("expect");
	}

	private String answered() {
		return this.node.path("answered").asString(model());
	}

	private String usage() {
		return this.node.path("usage").toString();
	}

	/** Fields of the answer beside its usage, each with a comma behind it. */
	private String top() {
		String top = this.node.path("top").toString();
		return this.node.has("top") ? top.substring(1, top.length() - 1) + "," : "";
	}

	Answer call() {
		return Answer.text("").body(switch (client()) {
			case "openai" -> openAi("chat.completion", "\"message\":{\"role\":\"assistant\",\"content\":\"It is 42.\"},"
					+ "\"finish_reason\":\"stop\",\"logprobs\":null", usage());
			case "anthropic" -> message("[{\"type\":\"text\",\"text\":\"It is 42.\"}]", "\"end_turn\"");
			default -> google("It is 42.", ",\"finishReason\":\"STOP\"");
		});
	}

	Answer stream() {
		return Answer.text("").events(switch (client()) {
			case "openai" -> new String[] {
					event(openAi("chat.completion.chunk",
							"\"delta\":{\"role\":\"assistant\",\"content\":\"It is \"},\"finish_reason\":null", null)),
					event(openAi("chat.completion.chunk", "\"delta\":{\"content\":\"42.\"},\"finish_reason\":\"stop\"",
							null)),
					event(openAi("chat.completion.chunk", null, usage())), event("[DONE]") };
			case "anthropic" -> anthropic();
			default -> new String[] { event(google("It is ", "")), event(google("42.", ",\"finishReason\":\"STOP\"")) };
		});
	}

	private String openAi(String object, @Nullable String choice, @Nullable String usage) {
		return "{\"id\":\"c1\",\"object\":\"" + object + "\",\"created\":1,\"model\":\"" + answered()
				+ "\",\"choices\":[" + ((choice != null) ? "{\"index\":0," + choice + "}" : "") + "],"
				+ ((usage != null) ? top() + "\"usage\":" + usage : "\"usage\":null") + "}";
	}

	private String message(String content, String stopReason) {
		return "{\"id\":\"m1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"" + answered()
				+ "\",\"content\":" + content + ",\"stop_reason\":" + stopReason + ",\"stop_sequence\":null,\"usage\":"
				+ usage() + "}";
	}

	/** The last event has the counts without what they are made of. */
	private String[] anthropic() {
		JsonNode delta = this.node.path("delta");
		if (delta.isMissingNode()) {
			delta = ((ObjectNode) this.node.path("usage")).deepCopy().remove(START_ONLY);
		}
		return new String[] { named("message_start", "\"message\":" + message("[]", "null")),
				named("content_block_start", "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}"),
				named("content_block_delta", "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"It is 42.\"}"),
				named("content_block_stop", "\"index\":0"),
				named("message_delta",
						"\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":" + delta),
				named("message_stop", "\"index\":0") };
	}

	private static String named(String type, String rest) {
		return "event: " + type + "\n" + event("{\"type\":\"" + type + "\"," + rest + "}");
	}

	private String google(String text, String end) {
		return "{\"modelVersion\":\"" + answered()
				+ "\",\"responseId\":\"r\",\"candidates\":[{\"index\":0,\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\""
				+ text + "\"}]}" + end + "}]," + top() + "\"usageMetadata\":" + usage() + "}";
	}

	private static String event(String data) {
		return "data: " + data + "\n\n";
	}

	@Override
	public String toString() {
		return text("kind") + ": " + text("id");
	}

}
