package io.github.costwise.embedding;

/**
 * How the vectors of a text's tokens become the vector of the text.
 *
 * @since 0.1.0
 */
public enum Pooling {

	/** Their mean, as all-MiniLM, E5 and GTE models want it. */
	MEAN,

	/** The vector of the first token, as BGE models want it. */
	CLS

}
