package io.github.costwise.time;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;

/**
 * Where all waiting is done: whoever replaces it decides when time is up. Thread-safe.
 *
 * @since 0.1.0
 */
public interface Timers {

	/**
	 * Does something later, once.
	 * @param task what is done, on a thread of the timers; it must be short and must not
	 * wait; what it throws is reported
	 * @param delay how long to wait before; negative is as zero
	 * @return cancels it
	 */
	Alarm schedule(Runnable task, Duration delay);

	/**
	 * Does something again and again until it is cancelled, whatever it throws.
	 * @param task what is done, as with {@link #schedule}
	 * @param interval how long to wait before the first time, and after each
	 * @return cancels it
	 */
	default Alarm every(Runnable task, Duration interval) {
		Repetition repetition = new Repetition(this, task, interval);
		repetition.plan();
		return repetition;
	}

	/**
	 * Waits on this thread until something is there or time is up.
	 * @param until what is waited for; how it completes does not matter
	 * @param atMost how long to wait at the most; negative is as zero
	 * @return whether it is there
	 * @throws InterruptedException if this thread is interrupted
	 */
	default boolean await(CompletableFuture<?> until, Duration atMost) throws InterruptedException {
		if (until.isDone() || atMost.isZero() || atMost.isNegative()) {
			return until.isDone();
		}
		CompletableFuture<Void> up = new CompletableFuture<>();
		Alarm alarm = schedule(() -> up.complete(null), atMost);
		try {
			CompletableFuture.anyOf(until, up).get();
		}
		catch (ExecutionException ex) {
			return true;
		}
		finally {
			alarm.cancel();
		}
		return until.isDone();
	}

	/**
	 * Waits on this thread.
	 * @param time how long; negative is as zero
	 * @throws InterruptedException if this thread is interrupted
	 */
	default void sleep(Duration time) throws InterruptedException {
		await(new CompletableFuture<>(), time);
	}

	/**
	 * Parks this thread until it is unparked or interrupted, time is up, or for no
	 * reason.
	 * @param blocker who waits, for those who look at threads
	 * @param atMost how long to wait at the most
	 */
	default void park(Object blocker, Duration atMost) {
		Thread waiting = Thread.currentThread();
		Alarm alarm = schedule(() -> LockSupport.unpark(waiting), atMost);
		LockSupport.park(blocker);
		alarm.cancel();
	}

}
