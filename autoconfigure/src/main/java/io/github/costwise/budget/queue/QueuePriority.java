package io.github.costwise.budget.queue;

/**
 * Which of several waiting calls goes first, until others have waited for long.
 *
 * @since 0.1.0
 */
public enum QueuePriority {

	/** Somebody waits for the answer. */
	HIGH,

	/** As most calls. */
	NORMAL,

	/** Nobody minds when the answer comes. */
	LOW

}
