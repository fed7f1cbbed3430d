package io.github.costwise.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.costwise.text.Hex;

/**
 * An answer and the request that it was given to. Immutable. Times are kept in
 * milliseconds.
 *
 * @param id what {@link CacheKey#id()} gives for the request
 * @param partition the partition, 64 hexadecimal digits
 * @param group the answer group, 16 hexadecimal digits: entries of one partition with the
 * same group have the same answer
 * @param question the text that was asked; never to be logged
 * @param vector the vector of that text, or {@code null} for the exact tier alone
 * @param answer what was answered
 * @param labels by what the entry can be evicted, at most 255
 * @param createdAt when the answer was given
 * @param expiresAt from when on the entry is gone
 * @since 0.1.0
 */
public record CacheEntry(String id, String partition, String group, String question, @Nullable CacheVector vector,
		CachedAnswer answer, Set<CacheLabel> labels, Instant createdAt, Instant expiresAt) {

	static final int ID_DIGITS = 32;

	/** Length of a partition in hexadecimal digits. */
	public static final int PARTITION_DIGITS = 64;

	static final int GROUP_DIGITS = 16;

	private static final int MAX_LABELS = 255;

	/**
	 * Checks the digests.
	 * @throws IllegalArgumentException if a digest has not its number of lower-case
	 * hexadecimal digits, or there are too many labels
	 */
	public CacheEntry {
		Hex.require(id, ID_DIGITS);
		Hex.require(partition, PARTITION_DIGITS);
		Hex.require(group, GROUP_DIGITS);
		labels = Set.copyOf(labels);
		if (labels.size() > MAX_LABELS) {
			throw new IllegalArgumentException("An entry has " + MAX_LABELS + " labels at the most");
		}
		createdAt = createdAt.truncatedTo(ChronoUnit.MILLIS);
		expiresAt = expiresAt.truncatedTo(ChronoUnit.MILLIS);
	}

	/**
	 * Returns the group of an entry that begins one: the first half of its id.
	 * @param id the id of the entry
	 * @return the group, 16 hexadecimal digits
	 */
	public static String groupOf(String id) {
		return id.substring(0, GROUP_DIGITS);
	}

	/**
	 * Returns whether the entry is gone.
	 * @param now the time now
	 * @return whether it has expired
	 */
	public boolean isExpired(Instant now) {
		return !now.isBefore(this.expiresAt);
	}

	/**
	 * Names the entry without any text of it.
	 * @return the id, group and times
	 */
	@Override
	public String toString() {
		return "CacheEntry[id=" + this.id + ", group=" + this.group + ", createdAt=" + this.createdAt + ", expiresAt="
				+ this.expiresAt + "]";
	}

}
