package io.github.costwise.testsupport;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;

import io.github.costwise.time.Alarm;
import io.github.costwise.time.Time;
import io.github.costwise.time.Timers;

/**
 * Time that stands still until a test advances it. Its clock, its ticker and its timers
 * move together; what is due is done by the thread that lets time pass, in the order in
 * which it is due, and sees the time at which it is. Thread-safe.
 */
public final class FakeTime extends Clock implements Timers {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	/** Where the ticker begins, which means nothing. */
	private static final long TICKS = 1_000_000_007;

	private final PriorityQueue<Planned> planned = new PriorityQueue<>(
			Comparator.comparingLong(Planned::at).thenComparingLong(Planned::number));

	private final List<Throwable> failures = new CopyOnWriteArrayList<>();

	private final Object passing = new Object();

	private final Instant start;

	private final ZoneId zone;

	/** Nanoseconds since the start. */
	private long now;

	private long number;

	/** Creates a time that stands at noon of some day. */
	public FakeTime() {
		this(Instant.parse("2026-11-23T12:00:00Z"));
	}

	/**
	 * Creates a time that stands still.
	 * @param start what its clock shows
	 */
	public FakeTime(Instant start) {
		this.start = start;
		this.zone = ZoneOffset.UTC;
	}

	/**
	 * Returns this time as parts of Costwise take it.
	 * @return its clock, its ticker and its timers
	 */
	public Time time() {
		return new Time(this, () -> TICKS + nanos(), this);
	}

	/**
	 * Lets time pass, and does what is due meanwhile; what that plans may be due as well.
	 * @param duration how much, at least zero
	 */
	public void advance(Duration duration) {
		synchronized (this.passing) {
			long end = nanos() + duration.toNanos();
			for (Planned next = due(end); next != null; next = due(end)) {
				run(next.task());
			}
			moveTo(end);
		}
	}

	private void run(Runnable task) {
		try {
			task.run();
		}
		catch (Throwable ex) {
			this.failures.add(ex);
		}
	}

	private synchronized @Nullable Planned due(long end) {
		Planned next = this.planned.peek();
		if (next == null || next.at() > end) {
			return null;
		}
		this.planned.remove();
		this.now = Math.max(this.now, next.at());
		return next;
	}

	private synchronized void moveTo(long end) {
		this.now = Math.max(this.now, end);
	}

	/**
	 * Returns what planned tasks have thrown.
	 * @return the failures, in order
	 */
	public List<Throwable> failures() {
		return this.failures;
	}

	/**
	 * Returns how many tasks wait for their time.
	 * @return their number
	 */
	public synchronized int waiting() {
		return this.planned.size();
	}

	/**
	 * Waits, in real time, until another thread waits for this one.
	 * @param tasks how many tasks must be planned
	 * @throws InterruptedException if this thread is interrupted
	 */
	public synchronized void awaitWaiting(int tasks) throws InterruptedException {
		long end = System.nanoTime() + PATIENCE.toNanos();
		while (this.planned.size() < tasks) {
			long left = (end - System.nanoTime()) / 1_000_000;
			if (left <= 0) {
				throw new IllegalStateException(this.planned.size() + " tasks are planned, not " + tasks);
			}
			wait(left);
		}
	}

	private synchronized long nanos() {
		return this.now;
	}

	@Override
	public synchronized Alarm schedule(Runnable task, Duration delay) {
		long at = this.now + (delay.isNegative() ? 0 : delay.toNanos());
		Planned added = new Planned(at, this.number++, task);
		this.planned.add(added);
		notifyAll();
		return () -> cancel(added);
	}

	private synchronized void cancel(Planned added) {
		this.planned.remove(added);
	}

	@Override
	public Instant instant() {
		return this.start.plusNanos(nanos());
	}

	@Override
	public ZoneId getZone() {
		return this.zone;
	}

	@Override
	public Clock withZone(ZoneId other) {
		return this;
	}

	private record Planned(long at, long number, Runnable task) {

	}

}
