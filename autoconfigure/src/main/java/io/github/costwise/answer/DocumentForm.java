package io.github.costwise.answer;

import java.util.HashMap;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.ai.document.Document;

/**
 * Writes the documents that retrieval advisors leave in the fields of an answer, unless
 * they are media or have metadata that are not plain.
 *
 * @since 0.1.0
 */
public final class DocumentForm implements ForeignForm {

	/** Creates the form. */
	public DocumentForm() {
	}

	@Override
	public boolean knows(String className) {
		return className.equals("org.springframework.ai.document.Document");
	}

	@Override
	public String write(Object value) {
		Document document = (Document) value;
		if (document.getText() == null) {
			throw new IllegalArgumentException("A document of media has no text form");
		}
		ObjectNode node = JsonMapper.shared().createObjectNode();
		node.put("id", document.getId()).put("text", document.getText()).put("score", document.getScore());
		ObjectNode metadata = node.putObject("metadata");
		document.getMetadata().forEach((name, field) -> write(metadata.putObject(name), field));
		return node.toString();
	}

	/** Numbers keep their type, so that they are equal again. */
	private static void write(ObjectNode node, Object value) {
		String type = value.getClass().getSimpleName();
		switch (type) {
			case "String", "Boolean", "Integer", "Long", "Double", "Float" -> node.put(type, value.toString());
			default -> throw new IllegalArgumentException("A document has a value of " + type);
		}
	}

	@Override
	public Object read(String className, String text) {
		JsonNode node = JsonMapper.shared().readTree(text);
		Map<String, Object> metadata = new HashMap<>();
		node.path("metadata").properties().forEach((field) -> metadata.put(field.getKey(), value(field.getValue())));
		Document.Builder document = Document.builder()
			.id(node.path("id").asString())
			.text(node.path("text").asString())
			.metadata(metadata);
		if (node.hasNonNull("score")) {
			document.score(node.path("score").asDouble());
		}
		return document.build();
	}

	private static Object value(JsonNode typed) {
		Map.Entry<String, JsonNode> field = typed.properties().iterator().next();
		String text = field.getValue().asString();
		return switch (field.getKey()) {
			case "Boolean" -> Boolean.valueOf(text);
			case "Integer" -> Integer.valueOf(text);
			case "Long" -> Long.valueOf(text);
			case "Double" -> Double.valueOf(text);
			case "Float" -> Float.valueOf(text);
			default -> text;
		};
	}

}
