package io.github.costwise.advisor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

import io.github.costwise.cache.memory.InMemoryLabelLog;
import io.github.costwise.cache.verify.LabelRecord;
import io.github.costwise.spi.LabelLog;

/** Keeps every label that was appended. */
final class RecordingLog implements LabelLog {

	private final LabelLog delegate = new InMemoryLabelLog();

	private final List<LabelRecord> records = new ArrayList<>();

	@Override
	public synchronized void append(String learningGroup, Collection<byte[]> labels) {
		this.delegate.append(learningGroup, labels);
		for (byte[] label : labels) {
			this.records.add(LabelRecord.of(Arrays.copyOfRange(label, Long.BYTES, label.length)));
		}
	}

	@Override
	public LabelBatch read(String learningGroup, long after, int most) {
		return this.delegate.read(learningGroup, after, most);
	}

	synchronized long labels() {
		return this.records.stream().filter((label) -> label.features().length > 0).count();
	}

	synchronized long repeats() {
		return this.records.stream().filter((label) -> label.repeat() != LabelRecord.Repeat.NONE).count();
	}

}
