package io.github.costwise.cache.memory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.github.costwise.spi.LabelLog;
import io.github.costwise.spi.LabelLog.LabelBatch;

/**
 * The latest records of a learning group. Thread-safe.
 */
final class LabelRing {

	/** Old ones are removed many at a time, as that moves all others. */
	private static final int SLACK = LabelLog.KEPT / 4;

	private static final int FRAME = 1000;

	private final List<byte[]> records = new ArrayList<>();

	/** The position before the oldest record. */
	private long begin;

	private long bytes;

	LabelRing(long begin) {
		this.begin = begin;
	}

	synchronized void append(Collection<byte[]> added) {
		for (byte[] record : added) {
			this.records.add(record.clone());
			this.bytes += record.length;
		}
		int surplus = this.records.size() - LabelLog.KEPT;
		if (surplus > SLACK) {
			List<byte[]> oldest = this.records.subList(0, surplus);
			this.bytes -= oldest.stream().mapToLong((record) -> record.length).sum();
			oldest.clear();
			this.begin += surplus;
		}
	}

	/** Where records are missing, the positions of those before move up to the others. */
	synchronized void restore(LabelFrame frame) {
		this.begin += Math.max(0, frame.position() - end());
		append(frame.records());
	}

	synchronized LabelBatch read(long after, int most) {
		long position = (after >= this.begin && after <= end()) ? after : this.begin;
		int from = (int) (position - this.begin);
		int to = (int) Math.min(this.records.size(), (long) from + most);
		List<byte[]> found = this.records.subList(from, to).stream().map(byte[]::clone).toList();
		return new LabelBatch(found, found.isEmpty() ? after : this.begin + to);
	}

	synchronized long end() {
		return this.begin + this.records.size();
	}

	synchronized long bytes() {
		return this.bytes;
	}

	synchronized List<LabelFrame> frames(String learningGroup) {
		List<LabelFrame> frames = new ArrayList<>();
		for (int from = 0; from < this.records.size(); from += FRAME) {
			int to = Math.min(from + FRAME, this.records.size());
			frames.add(new LabelFrame(learningGroup, this.begin + from, List.copyOf(this.records.subList(from, to))));
		}
		return frames;
	}

}
