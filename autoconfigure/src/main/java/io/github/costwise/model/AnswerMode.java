package io.github.costwise.model;

/**
 * How an answer was asked for.
 *
 * @since 0.1.0
 */
public enum AnswerMode {

	/** In one piece. */
	CALL,

	/** In chunks. */
	STREAM

}
