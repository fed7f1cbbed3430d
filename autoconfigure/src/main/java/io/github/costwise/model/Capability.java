package io.github.costwise.model;

/**
 * What a request may need of a model beyond text in and text out.
 *
 * @since 0.1.0
 */
public enum Capability {

	/** Reads images. */
	VISION,

	/** Calls tools. */
	TOOLS,

	/** Answers in a given JSON schema. */
	STRUCTURED_OUTPUT,

	/** Sends its answer in pieces. */
	STREAMING

}
