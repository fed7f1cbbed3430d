package io.github.costwise.sample.demo;

import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How requests and answers of one provider look on the wire. */
interface Protocol {

	/** Reads a request. */
	DemoRequest read(JsonNode body);

	/** Says what a request is billed for. */
	DemoUsage bill(DemoRequest request, DemoReply reply);

	/** Writes a whole answer. */
	String answer(DemoRequest request, DemoReply reply, DemoUsage usage);

	/** Writes an answer as server-sent events, each with its empty line at the end. */
	List<String> events(DemoRequest request, DemoReply reply, DemoUsage usage);

	/** Writes an error. */
	String error(Fault fault);

	/** Quotes a text for JSON. */
	static String quote(String text) {
		return JsonMapper.shared().writeValueAsString(text);
	}

	/** Joins the texts of a content, which is a text or a list of blocks. */
	static String text(JsonNode content) {
		if (!content.isArray()) {
			return content.asString("");
		}
		StringBuilder text = new StringBuilder();
		content.forEach((block) -> text.append(block.path("text").asString(""))
			.append(block.path("input").isMissingNode() ? "" : block.path("input").toString())
			.append(block.path("content").isMissingNode() ? "" : text(block.path("content"))));
		return text.toString();
	}

}
