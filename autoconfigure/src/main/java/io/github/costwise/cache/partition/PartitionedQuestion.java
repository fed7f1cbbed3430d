package io.github.costwise.cache.partition;

import org.jspecify.annotations.Nullable;

import io.github.costwise.model.CacheKey;

/**
 * A question and where its answer may be found. Immutable.
 *
 * @param key partition and digest of the question
 * @param question the text asked, normalised; never to be logged
 * @param followUp whether it continues a conversation
 * @param encoder id of the encoder that is part of the partition, or {@code null} when
 * there is none
 * @since 0.1.0
 */
public record PartitionedQuestion(CacheKey key, String question, boolean followUp, @Nullable String encoder) {

	/**
	 * Names the question without its text.
	 * @return the partition
	 */
	@Override
	public String toString() {
		return "PartitionedQuestion[partition=" + this.key.partition() + "]";
	}

}
