package io.github.costwise.model;

import io.github.costwise.text.Hex;

/**
 * Which entries to remove. Immutable.
 *
 * @param kind by what they are chosen
 * @param value the id, group, label's digest or partition, in hexadecimal digits; empty
 * for all
 * @since 0.1.0
 */
public record CacheEviction(EvictionKind kind, String value) {

	/**
	 * Checks the value.
	 * @throws IllegalArgumentException if it has not the digits that its kind has
	 */
	public CacheEviction {
		Hex.require(value, kind.digits);
	}

	/**
	 * Returns the eviction of everything.
	 * @return the eviction
	 */
	public static CacheEviction all() {
		return new CacheEviction(EvictionKind.ALL, "");
	}

	/**
	 * Returns the eviction of one entry.
	 * @param id its id
	 * @return the eviction
	 */
	public static CacheEviction entry(String id) {
		return new CacheEviction(EvictionKind.ENTRY, id);
	}

	/**
	 * Returns the eviction of all entries with the same answer.
	 * @param group their answer group
	 * @return the eviction
	 */
	public static CacheEviction group(String group) {
		return new CacheEviction(EvictionKind.GROUP, group);
	}

	/**
	 * Returns the eviction of all entries with a label.
	 * @param label the label
	 * @return the eviction
	 */
	public static CacheEviction label(CacheLabel label) {
		return new CacheEviction(EvictionKind.LABEL, label.digest());
	}

	/**
	 * Returns the eviction of a partition.
	 * @param partition the partition
	 * @return the eviction
	 */
	public static CacheEviction partition(String partition) {
		return new CacheEviction(EvictionKind.PARTITION, partition);
	}

	/**
	 * Returns whether an entry is among those to remove.
	 * @param entry the entry
	 * @return whether it is
	 */
	public boolean concerns(CacheEntry entry) {
		return switch (this.kind) {
			case ALL -> true;
			case ENTRY -> entry.id().equals(this.value);
			case GROUP -> entry.group().equals(this.value);
			case LABEL -> entry.labels().stream().anyMatch((label) -> label.digest().equals(this.value));
			case PARTITION -> entry.partition().equals(this.value);
		};
	}

	/** By what entries are chosen. */
	public enum EvictionKind {

		/** All of them. */
		ALL(0),

		/** By id. */
		ENTRY(CacheEntry.ID_DIGITS),

		/** By answer group. */
		GROUP(CacheEntry.GROUP_DIGITS),

		/** By label. */
		LABEL(2 * CacheLabel.BYTES),

		/** By partition. */
		PARTITION(CacheEntry.PARTITION_DIGITS);

		private final int digits;

		EvictionKind(int digits) {
			this.digits = digits;
		}

	}

}
