package io.github.costwise.cache.verify;

import java.util.List;

/**
 * What follows from a fresh answer. Immutable.
 *
 * @param group the group into which the new entry goes
 * @param outdated groups whose answer has changed: their entries are to be removed
 * @since 0.1.0
 */
public record Placement(long group, List<Long> outdated) {

	/**
	 * Copies the list.
	 */
	public Placement {
		outdated = List.copyOf(outdated);
	}

}
