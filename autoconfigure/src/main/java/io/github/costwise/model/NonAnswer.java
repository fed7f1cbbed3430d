package io.github.costwise.model;

/**
 * Why a text does not answer.
 *
 * @since 0.1.0
 */
public enum NonAnswer {

	/** The model does not want to, or may not. */
	REFUSED,

	/** The answer is not known, not given or not understood. */
	UNKNOWN,

	/** Something failed, and tells so instead of an answer. */
	ERROR,

	/** It is a form without content, such as {@code {}} or {@code N/A}. */
	EMPTY

}
