package io.github.costwise.answer.anthropic;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.ai.anthropic.AnthropicWebSearchResult;
import org.springframework.ai.anthropic.Citation;

import io.github.costwise.answer.ForeignForm;

/**
 * Writes what Spring AI's client says of where an answer of Anthropic comes from.
 *
 * @since 0.1.0
 */
public final class CitationForm implements ForeignForm {

	private static final String PACKAGE = "org.springframework.ai.anthropic.";

	/** Creates the form. */
	public CitationForm() {
	}

	@Override
	public boolean knows(String className) {
		return className.equals(PACKAGE + "Citation") || className.equals(PACKAGE + "AnthropicWebSearchResult");
	}

	@Override
	public String write(Object value) {
		return ((value instanceof Citation citation) ? node(citation) : node((AnthropicWebSearchResult) value))
			.toString();
	}

	private static ObjectNode node(AnthropicWebSearchResult result) {
		ObjectNode node = JsonMapper.shared().createObjectNode();
		return node.put("title", result.title()).put("url", result.url()).put("age", result.pageAge());
	}

	private static ObjectNode node(Citation citation) {
		ObjectNode node = JsonMapper.shared()
			.createObjectNode()
			.put("type", citation.getType().name())
			.put("text", citation.getCitedText())
			.put("title", citation.getDocumentTitle());
		return switch (citation.getType()) {
			case WEB_SEARCH_RESULT_LOCATION -> node.put("url", citation.getUrl());
			case CHAR_LOCATION -> place(node, citation, citation.getStartCharIndex(), citation.getEndCharIndex());
			case PAGE_LOCATION -> place(node, citation, citation.getStartPageNumber(), citation.getEndPageNumber());
			case CONTENT_BLOCK_LOCATION ->
				place(node, citation, citation.getStartBlockIndex(), citation.getEndBlockIndex());
		};
	}

	private static ObjectNode place(ObjectNode node, Citation citation, @Nullable Integer start,
			@Nullable Integer end) {
		return node.put("document", citation.getDocumentIndex()).put("start", start).put("end", end);
	}

	@Override
	public Object read(String className, String text) {
		JsonNode node = JsonMapper.shared().readTree(text);
		return className.endsWith("Citation") ? citation(node)
				: new AnthropicWebSearchResult(required(node, "title"), required(node, "url"), text(node, "age"));
	}

	private static Citation citation(JsonNode node) {
		String cited = required(node, "text");
		String title = text(node, "title");
		int document = node.path("document").asInt(0);
		int start = node.path("start").asInt(0);
		int end = node.path("end").asInt(0);
		return switch (Citation.LocationType.valueOf(node.path("type").asString())) {
			case WEB_SEARCH_RESULT_LOCATION -> Citation.ofWebSearchResultLocation(cited, required(node, "url"), title);
			case CHAR_LOCATION -> Citation.ofCharLocation(cited, document, title, start, end);
			case PAGE_LOCATION -> Citation.ofPageLocation(cited, document, title, start, end);
			case CONTENT_BLOCK_LOCATION -> Citation.ofContentBlockLocation(cited, document, title, start, end);
		};
	}

	private static String required(JsonNode node, String field) {
		return node.path(field).asString("");
	}

	private static @Nullable String text(JsonNode node, String field) {
		return node.hasNonNull(field) ? node.path(field).asString() : null;
	}

	/** Citations have no equality of their own. */
	@Override
	public boolean isSame(Object written, Object read) {
		return write(written).equals(write(read));
	}

}
