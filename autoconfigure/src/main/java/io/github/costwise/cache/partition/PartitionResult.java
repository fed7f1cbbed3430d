package io.github.costwise.cache.partition;

import io.github.costwise.cache.Bypass;

/**
 * Where a turn belongs in the cache.
 *
 * @since 0.1.0
 */
public sealed interface PartitionResult {

	/**
	 * The turn belongs to a partition.
	 *
	 * @param question the question
	 * @since 0.1.0
	 */
	record Found(PartitionedQuestion question) implements PartitionResult {

	}

	/**
	 * It cannot be distinguished from others, so nothing may be shared with it.
	 *
	 * @param reason what is missing
	 * @param detail what exactly, without any text of the request
	 * @since 0.1.0
	 */
	record None(Bypass reason, String detail) implements PartitionResult {

	}

}
