package io.github.costwise.budget.account;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What was booked within a time that reaches back from now. Exact while no more than 512
 * bookings lie within it; with more, those within a 256th of the time count as one, as
 * long as the latest of them does. Bookings that lie further ahead than the time is long,
 * since the clock went back, count as of now. Not thread-safe.
 */
final class RollingSum {

	private static final int MOST = 512;

	private static final int GRAINS = 256;

	private static final long NANOS = 1_000_000_000L;

	private final long length;

	private long[] times = new long[8];

	private long[] amounts = new long[8];

	private int size;

	/** The first that counts. */
	private int first;

	/** What is later counts. */
	private long oldest = Long.MIN_VALUE;

	private long sum;

	RollingSum(Duration length) {
		this.length = length.toNanos();
	}

	/** What another one counts counts here, as far as it reaches back. */
	RollingSum(Duration length, @Nullable RollingSum other) {
		this(length);
		if (other != null) {
			copy(other.times, other.amounts, other.size);
			if (other.oldest != Long.MIN_VALUE) {
				moveTo(other.oldest + other.length);
			}
		}
	}

	void read(Fields from) {
		List<Long> numbers = from.numbers("sums");
		long[] read = new long[numbers.size() / 2];
		long[] counted = new long[read.length];
		for (int i = 0; i < read.length; i++) {
			read[i] = numbers.get(2 * i) + ((i > 0) ? read[i - 1] : 0);
			counted[i] = numbers.get(2 * i + 1);
		}
		copy(read, counted, read.length);
		long now = from.number("now", 0);
		if (now != 0) {
			moveTo(now);
		}
	}

	private void copy(long[] otherTimes, long[] otherAmounts, int count) {
		int room = this.times.length;
		while (room < count) {
			room *= 2;
		}
		this.times = Arrays.copyOf(Arrays.copyOf(otherTimes, count), room);
		this.amounts = Arrays.copyOf(Arrays.copyOf(otherAmounts, count), room);
		this.size = count;
		for (int i = 0; i < count; i++) {
			this.sum += this.amounts[i];
		}
	}

	/** Each time as what has passed since the one before. */
	void write(FieldsText to) {
		long[] numbers = new long[2 * this.size];
		long before = 0;
		for (int i = 0; i < this.size; i++) {
			numbers[2 * i] = this.times[i] - before;
			numbers[2 * i + 1] = this.amounts[i];
			before = this.times[i];
		}
		to.numbers("sums", numbers);
		to.number("now", (this.oldest == Long.MIN_VALUE) ? 0 : this.oldest + this.length);
	}

	/** Counts an amount, or takes one away where it is below zero. */
	void add(Instant at, long amount) {
		long time = nanos(at);
		if (amount < 0) {
			take(time, -amount);
		}
		else if (amount > 0) {
			insert(time, amount);
		}
	}

	private void insert(long time, long amount) {
		if (this.size == this.times.length) {
			makeRoom();
		}
		int place = place(time);
		System.arraycopy(this.times, place, this.times, place + 1, this.size - place);
		System.arraycopy(this.amounts, place, this.amounts, place + 1, this.size - place);
		this.times[place] = time;
		this.amounts[place] = amount;
		this.size++;
		if (time > this.oldest) {
			this.sum += amount;
		}
		else {
			this.first++;
		}
	}

	private void makeRoom() {
		drop();
		if (this.size >= MOST) {
			merge();
		}
		if (2 * this.size > this.times.length) {
			this.times = Arrays.copyOf(this.times, 2 * this.times.length);
			this.amounts = Arrays.copyOf(this.amounts, 2 * this.amounts.length);
		}
	}

	/** What counts no more is kept until then, since the clock may go back. */
	private void drop() {
		this.size -= this.first;
		System.arraycopy(this.times, this.first, this.times, 0, this.size);
		System.arraycopy(this.amounts, this.first, this.amounts, 0, this.size);
		this.first = 0;
	}

	/** Behind all that are not later. */
	private int place(long time) {
		int place = this.size;
		while (place > 0 && this.times[place - 1] > time) {
			place--;
		}
		return place;
	}

	/** First from what was booked at the time, then from what was booked next to it. */
	private void take(long time, long amount) {
		if (time <= this.oldest) {
			return;
		}
		int from = Math.max(this.first, place(time - 1));
		long rest = amount;
		for (int i = from; i < this.size && rest > 0; i++) {
			rest -= takeOf(i, rest);
		}
		for (int i = from - 1; i >= this.first && rest > 0; i--) {
			rest -= takeOf(i, rest);
		}
	}

	private long takeOf(int place, long amount) {
		long taken = Math.min(this.amounts[place], amount);
		this.amounts[place] -= taken;
		this.sum -= taken;
		return taken;
	}

	private void merge() {
		long grain = this.length / GRAINS;
		int last = 0;
		long begin = this.times[0];
		for (int i = 1; i < this.size; i++) {
			if (this.times[i] - begin < grain) {
				this.amounts[last] += this.amounts[i];
			}
			else {
				begin = this.times[i];
				this.amounts[++last] = this.amounts[i];
			}
			this.times[last] = this.times[i];
		}
		this.size = last + 1;
	}

	/** Goes to another time, which may be an earlier one. */
	void move(Instant now) {
		moveTo(nanos(now));
	}

	private void moveTo(long time) {
		this.oldest = time - this.length;
		while (this.first < this.size && this.times[this.first] <= this.oldest) {
			this.sum -= this.amounts[this.first++];
		}
		while (this.first > 0 && this.times[this.first - 1] > this.oldest) {
			this.sum += this.amounts[--this.first];
		}
		for (int i = this.size - 1; i >= 0 && this.times[i] > time + this.length; i--) {
			this.times[i] = time + this.length;
		}
	}

	long sum() {
		return this.sum;
	}

	/** When no more than an amount counts, or {@code null} if it is so now. */
	@Nullable Instant falls(long amount) {
		long left = this.sum;
		for (int i = this.first; i < this.size; i++) {
			if (left <= amount) {
				return (i == this.first) ? null : instant(this.times[i - 1] + this.length);
			}
			left -= this.amounts[i];
		}
		return (this.size == this.first) ? null : instant(this.times[this.size - 1] + this.length);
	}

	private static long nanos(Instant at) {
		return Math.addExact(Math.multiplyExact(at.getEpochSecond(), NANOS), at.getNano());
	}

	private static Instant instant(long nanos) {
		return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
	}

}
