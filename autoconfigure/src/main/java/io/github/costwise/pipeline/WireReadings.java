package io.github.costwise.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

import org.jspecify.annotations.Nullable;

import io.github.costwise.accounting.wire.WireReading;
import io.github.costwise.accounting.wire.WireUsage;

/**
 * What was read of the bodies that came while a call was in flight. Most calls have one;
 * an advisor of the application may have sent requests of its own meanwhile. Thread-safe.
 */
final class WireReadings {

	private static final int MOST = 8;

	private final Deque<WireUsage> usages = new ArrayDeque<>(1);

	private volatile boolean any;

	void add(WireUsage usage) {
		synchronized (this.usages) {
			if (this.usages.size() == MOST) {
				this.usages.removeFirst();
			}
			this.usages.addLast(usage);
			this.any = true;
		}
	}

	/**
	 * Returns the reading of an answer: of the newest body that has its id, or of the
	 * newest at all where either has none.
	 * @param id the id of the answer, or {@code null} when it is not known
	 * @return the reading, or {@code null} for none
	 */
	@Nullable WireReading of(@Nullable String id) {
		if (!this.any) {
			return null;
		}
		synchronized (this.usages) {
			for (Iterator<WireUsage> newest = this.usages.descendingIterator(); newest.hasNext();) {
				WireReading reading = newest.next().reading();
				if (reading != null && (id == null || reading.id() == null || id.equals(reading.id()))) {
					return reading;
				}
			}
			return null;
		}
	}

}
