package io.github.costwise.spi;

import java.util.Collection;
import java.util.List;

/**
 * An append-only list of what was learnt, for each learning group. Instances that share a
 * log learn from each other: appending never takes the place of what another one
 * appended, and all read the records of a group in the same order. Of a group at least
 * the latest {@value #KEPT} records are kept; older ones may go. Implementations are
 * thread-safe, and throw {@link CacheStoreException} and nothing else when they cannot do
 * their work.
 *
 * @since 0.1.0
 */
public interface LabelLog {

	/** How many of the latest records of a group are kept at least. */
	int KEPT = 20_000;

	/**
	 * Appends records. Whoever read everything before finds them with the next reading.
	 * @param learningGroup the digest of the learning group, 16 to 64 lower-case
	 * hexadecimal digits
	 * @param records what was learnt, in order; none of them empty
	 * @throws CacheStoreException if the log cannot take them; it may have kept them
	 * nevertheless when it did not answer in time
	 */
	void append(String learningGroup, Collection<byte[]> records);

	/**
	 * Reads the records after a position. A position stays valid for as long as the log
	 * exists: where the records behind it are gone, reading begins at the oldest one
	 * kept.
	 * @param learningGroup the digest of the learning group, 16 to 64 lower-case
	 * hexadecimal digits
	 * @param after where the last reading ended ({@link LabelBatch#next()}), 0 to read
	 * from the begin
	 * @param most how many records to read at the most, from 1
	 * @return the records in the order in which they were appended
	 * @throws CacheStoreException if the log cannot be read
	 */
	LabelBatch read(String learningGroup, long after, int most);

	/**
	 * Checks the digest of a learning group.
	 * @param learningGroup the digest
	 * @return the same digest
	 * @throws IllegalArgumentException if it is something else than 16 to 64 lower-case
	 * hexadecimal digits
	 */
	static String requireGroup(String learningGroup) {
		boolean digits = learningGroup.chars().allMatch((c) -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
		if (!digits || learningGroup.length() < 16 || learningGroup.length() > 64) {
			throw new IllegalArgumentException("A learning group is named by 16 to 64 lower-case hexadecimal digits");
		}
		return learningGroup;
	}

	/**
	 * Records that were read.
	 *
	 * @param records the records in order; empty when there was none
	 * @param next the position after the last of them, or the one that was asked for when
	 * there was none
	 * @since 0.1.0
	 */
	record LabelBatch(List<byte[]> records, long next) {

	}

}
