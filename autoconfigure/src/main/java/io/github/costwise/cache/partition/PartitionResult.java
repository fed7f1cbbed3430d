package io.github.costwise.cache.partition;

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
	 * It cannot be told apart from others, so nothing may be shared with it.
	 *
	 * @param reason what is missing
	 * @param detail what exactly, without any text of the request
	 * @since 0.1.0
	 */
	record None(Reason reason, String detail) implements PartitionResult {

	}

	/** Why a turn has no partition. */
	enum Reason {

		/** The request does not end with a question in plain text. */
		NO_QUESTION,

		/** The request carries images or other media. */
		MEDIA,

		/** An option or a tool's context cannot be compared. */
		OPTIONS,

		/** Documents are retrieved, and no resolver says which. */
		CORPUS,

		/** A resolver kept the turn out, or failed. */
		RESOLVER,

		/** Nothing tells the model that would answer from others. */
		MODEL_UNKNOWN

	}

}
