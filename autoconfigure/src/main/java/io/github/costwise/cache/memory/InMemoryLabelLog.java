package io.github.costwise.cache.memory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.costwise.spi.LabelLog;

/**
 * Keeps labels in this process. Thread-safe.
 *
 * @since 0.1.0
 */
public final class InMemoryLabelLog implements LabelLog {

	private final Map<String, LabelRing> groups = new ConcurrentHashMap<>();

	private final long first;

	/** Creates an empty log. */
	public InMemoryLabelLog() {
		this(0);
	}

	/**
	 * Creates an empty log.
	 * @param first the position before the first record of each group
	 */
	InMemoryLabelLog(long first) {
		this.first = first;
	}

	@Override
	public void append(String learningGroup, Collection<byte[]> records) {
		ring(learningGroup, this.first).append(records);
	}

	@Override
	public LabelBatch read(String learningGroup, long after, int most) {
		LabelRing ring = this.groups.get(LabelLog.requireGroup(learningGroup));
		return (ring != null) ? ring.read(after, most) : new LabelBatch(List.of(), after);
	}

	/**
	 * Appends records that had positions before.
	 * @param frame the records
	 */
	void restore(LabelFrame frame) {
		ring(frame.learningGroup(), frame.position()).restore(frame);
	}

	/**
	 * Returns the position after the latest record of a group.
	 * @param learningGroup the digest of the learning group
	 * @return the position
	 */
	long end(String learningGroup) {
		return ring(learningGroup, this.first).end();
	}

	/**
	 * Returns what the records of all groups take.
	 * @return bytes, without overhead
	 */
	long bytes() {
		return this.groups.values().stream().mapToLong(LabelRing::bytes).sum();
	}

	/**
	 * Returns the records of every group.
	 * @return frames that hold them in order
	 */
	List<LabelFrame> frames() {
		List<LabelFrame> frames = new ArrayList<>();
		this.groups.forEach((group, ring) -> frames.addAll(ring.frames(group)));
		return frames;
	}

	private LabelRing ring(String learningGroup, long position) {
		return this.groups.computeIfAbsent(LabelLog.requireGroup(learningGroup), (name) -> new LabelRing(position));
	}

}
