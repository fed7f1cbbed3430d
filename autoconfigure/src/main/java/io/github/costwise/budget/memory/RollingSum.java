package io.github.costwise.budget.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * What was booked within a time that reaches back from now. Exact for as many entries as
 * it holds; with more, the oldest neighbours count as one, as long as the later of them
 * does. Not thread-safe.
 */
final class RollingSum {

	private static final int MOST = 512;

	private final long length;

	private long[] times = new long[8];

	private long[] amounts = new long[8];

	private int size;

	private long sum;

	RollingSum(Duration length) {
		this.length = length.toNanos();
	}

	void add(Instant at, long amount) {
		long time = nanos(at);
		int place = this.size;
		while (place > 0 && this.times[place - 1] > time) {
			place--;
		}
		if (this.size == MOST) {
			merge();
			place = Math.max(0, place - 1);
		}
		if (this.size == this.times.length) {
			this.times = Arrays.copyOf(this.times, 2 * this.size);
			this.amounts = Arrays.copyOf(this.amounts, 2 * this.size);
		}
		System.arraycopy(this.times, place, this.times, place + 1, this.size - place);
		System.arraycopy(this.amounts, place, this.amounts, place + 1, this.size - place);
		this.times[place] = time;
		this.amounts[place] = amount;
		this.size++;
		this.sum += amount;
	}

	/** The two that lie closest together become one, at the later time. */
	private void merge() {
		int closest = 0;
		for (int i = 1; i < this.size - 1; i++) {
			if (this.times[i + 1] - this.times[i] < this.times[closest + 1] - this.times[closest]) {
				closest = i;
			}
		}
		this.amounts[closest + 1] += this.amounts[closest];
		drop(closest, 1);
	}

	private void drop(int from, int count) {
		System.arraycopy(this.times, from + count, this.times, from, this.size - from - count);
		System.arraycopy(this.amounts, from + count, this.amounts, from, this.size - from - count);
		this.size -= count;
	}

	long sum(Instant now) {
		int over = 0;
		long oldest = nanos(now) - this.length;
		while (over < this.size && this.times[over] <= oldest) {
			this.sum -= this.amounts[over++];
		}
		if (over > 0) {
			drop(0, over);
		}
		return this.sum;
	}

	/** When no more than an amount counts, or {@code null} if it is so now. */
	@Nullable Instant falls(long amount) {
		long left = this.sum;
		for (int i = 0; i < this.size; i++) {
			if (left <= amount) {
				return (i == 0) ? null : instant(this.times[i - 1] + this.length);
			}
			left -= this.amounts[i];
		}
		return (this.size == 0) ? null : instant(this.times[this.size - 1] + this.length);
	}

	private static long nanos(Instant at) {
		return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000_000L), at.getNano());
	}

	private static Instant instant(long nanos) {
		return Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
	}

}
