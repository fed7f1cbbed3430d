package io.github.costwise.pipeline;

/**
 * What becomes of a chunk of a streamed answer.
 *
 * @since 0.1.0
 */
public enum ChunkStep {

	/** It waits. */
	HOLD,

	/** It is passed on. */
	PASS,

	/** It is passed on after all that waited. */
	PASS_HELD,

	/** It is the last one; the rest is of no use, and is not waited for. */
	STOP

}
