package io.github.costwise.model;

/**
 * What a part of an answer is.
 *
 * @since 0.1.0
 */
public enum PartKind {

	/** What the model answers. */
	TEXT,

	/** What the model thought before the answer, readable or not. */
	THOUGHT,

	/** A call of a tool. */
	TOOL_CALL,

	/** Where the answer comes from: citations, annotations, search results. */
	CITATION,

	/** The model's own words for not answering, which some protocols keep apart. */
	REFUSAL,

	/** An image, audio or another medium. */
	MEDIA

}
