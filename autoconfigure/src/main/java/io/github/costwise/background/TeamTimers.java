package io.github.costwise.background;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

import io.github.costwise.time.Alarm;
import io.github.costwise.time.Timers;

/** The timers of the machine, on one thread of a team. Thread-safe. */
final class TeamTimers implements Timers {

	private final ScheduledThreadPoolExecutor timer;

	private final Team team;

	TeamTimers(Team team) {
		this.team = team;
		this.timer = team.timer();
	}

	@Override
	public Alarm schedule(Runnable task, Duration delay) {
		Future<?> planned = this.timer.schedule(() -> this.team.guard(task), nanos(delay), TimeUnit.NANOSECONDS);
		return () -> planned.cancel(false);
	}

	@Override
	public boolean await(CompletableFuture<?> until, Duration atMost) throws InterruptedException {
		try {
			until.get(nanos(atMost), TimeUnit.NANOSECONDS);
			return true;
		}
		catch (ExecutionException | CancellationException ex) {
			return true;
		}
		catch (TimeoutException ex) {
			return false;
		}
	}

	@Override
	public void park(Object blocker, Duration atMost) {
		LockSupport.parkNanos(blocker, nanos(atMost));
	}

	/** Nobody waits for 292 years to see the difference. */
	private static long nanos(Duration time) {
		try {
			return Math.max(0, time.toNanos());
		}
		catch (ArithmeticException ex) {
			return time.isNegative() ? 0 : Long.MAX_VALUE;
		}
	}

}
