package io.github.costwise.time;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.costwise.testsupport.Eventually;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What every source of timers keeps to, real or not. */
@Timeout(60)
public abstract class TimersContract {

	private static final Duration LONG = Duration.ofHours(1);

	private static final Duration SHORT = Duration.ofMillis(5);

	private final List<String> done = new CopyOnWriteArrayList<>();

	private final CompletableFuture<Object> never = new CompletableFuture<>();

	/**
	 * Returns the timers.
	 * @return the same at each call
	 */
	protected abstract Timers timers();

	/**
	 * Returns the ticker that moves with them.
	 * @return the ticker
	 */
	protected abstract Ticker ticker();

	/** Lets a few milliseconds pass, now or while the caller goes on. */
	protected abstract void pass();

	/**
	 * Returns what tasks have thrown.
	 * @return the number of failures
	 */
	protected abstract long failures();

	/**
	 * Returns how many tasks are kept.
	 * @return their number
	 */
	protected abstract int waiting();

	@AfterEach
	void nothingIsLeft() {
		Thread.interrupted();
		assertThat(waiting()).isZero();
	}

	@Test
	void taskIsDoneOnceAndNotBeforeItsTime() {
		long start = ticker().read();
		List<Long> times = new CopyOnWriteArrayList<>();
		timers().schedule(() -> times.add(ticker().read()), SHORT);
		passUntil(() -> !times.isEmpty());
		pass();
		assertThat(times).singleElement()
			.satisfies((time) -> assertThat(time - start).isGreaterThanOrEqualTo(SHORT.toNanos()));
	}

	@Test
	void tasksAreDoneInTheOrderInWhichTheyAreDue() {
		timers().schedule(() -> this.done.add("last"), SHORT.multipliedBy(8));
		timers().schedule(() -> this.done.add("first"), Duration.ZERO);
		timers().schedule(() -> this.done.add("before"), Duration.ofSeconds(-1));
		passUntil(() -> this.done.size() == 3);
		assertThat(this.done).containsExactly("first", "before", "last");
	}

	@Test
	void cancelledTaskIsForgottenAtOnce() {
		Alarm alarm = timers().schedule(() -> this.done.add("x"), LONG);
		assertThat(waiting()).isOne();
		alarm.cancel();
		alarm.cancel();
		assertThat(waiting()).isZero();
		assertThat(this.done).isEmpty();
	}

	@Test
	void taskMayBeCancelledAfterItIsDone() {
		Alarm alarm = timers().schedule(() -> this.done.add("x"), SHORT);
		passUntil(() -> !this.done.isEmpty());
		alarm.cancel();
		assertThat(this.done).containsExactly("x");
	}

	@Test
	void whatATaskThrowsIsReportedAndKeepsNoOtherFromBeingDone() {
		timers().schedule(() -> {
			throw new NoClassDefFoundError("test");
		}, SHORT);
		timers().schedule(() -> this.done.add("next"), SHORT);
		passUntil(() -> !this.done.isEmpty());
		assertThat(failures()).isOne();
	}

	@Test
	void taskThatIsRepeatedGoesOnWhateverItThrowsUntilItIsCancelled() {
		AtomicInteger times = new AtomicInteger();
		Alarm alarm = timers().every(() -> {
			times.incrementAndGet();
			throw new IllegalStateException("test");
		}, SHORT);
		passUntil(() -> times.get() >= 3);
		alarm.cancel();
		Eventually.holds(() -> waiting() == 0);
		int last = times.get();
		pass();
		assertThat(times.get()).isLessThanOrEqualTo(last + 1);
		Eventually.holds(() -> failures() >= 3);
	}

	@Test
	void repeatedTaskMayCancelItself() {
		CompletableFuture<Alarm> own = new CompletableFuture<>();
		own.complete(timers().every(() -> {
			this.done.add("once");
			own.join().cancel();
		}, SHORT));
		passUntil(() -> !this.done.isEmpty());
		Eventually.holds(() -> waiting() == 0);
		assertThat(this.done).containsExactly("once");
	}

	@Test
	void waitingEndsWithWhatIsWaitedForHoweverItEnds() throws Exception {
		CompletableFuture<String> cancelled = new CompletableFuture<>();
		cancelled.cancel(false);
		assertThat(timers().await(CompletableFuture.completedFuture("x"), LONG)).isTrue();
		assertThat(timers().await(CompletableFuture.failedFuture(new IllegalStateException()), LONG)).isTrue();
		assertThat(timers().await(cancelled, LONG)).isTrue();
		assertThat(timers().await(CompletableFuture.completedFuture("x"), Duration.ZERO)).isTrue();
		for (boolean fails : new boolean[] { false, true }) {
			CompletableFuture<String> later = new CompletableFuture<>();
			Thread other = new Thread(() -> complete(later, fails));
			other.start();
			assertThat(timers().await(later, LONG)).isTrue();
			other.join();
		}
	}

	private static void complete(CompletableFuture<String> later, boolean fails) {
		if (fails) {
			later.completeExceptionally(new IllegalStateException("test"));
		}
		else {
			later.complete("x");
		}
	}

	@Test
	void waitingEndsWithTime() throws Exception {
		assertThat(timers().await(this.never, Duration.ZERO)).isFalse();
		assertThat(timers().await(this.never, Duration.ofSeconds(-1))).isFalse();
		Thread waiting = new Thread(() -> waitAndSleep(SHORT));
		waiting.start();
		passUntil(() -> this.done.size() == 2);
		waiting.join();
		assertThat(this.done).containsExactly("false", "slept");
	}

	private void waitAndSleep(Duration time) {
		try {
			this.done.add(String.valueOf(timers().await(this.never, time)));
			timers().sleep(time);
			this.done.add("slept");
		}
		catch (InterruptedException ex) {
			this.done.add("interrupted");
		}
	}

	@Test
	void threadThatWaitsMayBeInterrupted() throws Exception {
		Thread waiting = new Thread(() -> waitAndSleep(LONG));
		waiting.start();
		waiting.interrupt();
		waiting.join();
		assertThat(this.done).containsExactly("interrupted");
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> timers().await(this.never, LONG));
	}

	@Test
	void parkedThreadGoesOnInTimeAndWhenItIsUnparked() throws Exception {
		CountDownLatch begun = new CountDownLatch(1);
		Thread parked = new Thread(() -> {
			timers().park(this, Duration.ZERO);
			timers().park(this, SHORT);
			this.done.add("in time");
			begun.countDown();
			timers().park(this, LONG);
			this.done.add("unparked");
		});
		parked.start();
		passUntil(() -> begun.getCount() == 0);
		assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
		LockSupport.unpark(parked);
		parked.join();
		assertThat(this.done).containsExactly("in time", "unparked");
	}

	private void passUntil(Callable<Boolean> condition) {
		Eventually.holds(() -> {
			pass();
			return condition.call();
		});
	}

}
