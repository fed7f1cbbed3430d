package io.github.costwise.time;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/** Does something, waits, and does it again. Thread-safe. */
final class Repetition implements Alarm {

	private final Timers timers;

	private final Runnable task;

	private final Duration interval;

	private @Nullable Alarm next;

	private boolean cancelled;

	Repetition(Timers timers, Runnable task, Duration interval) {
		this.timers = timers;
		this.task = task;
		this.interval = interval;
	}

	synchronized void plan() {
		if (!this.cancelled) {
			this.next = this.timers.schedule(this::act, this.interval);
		}
	}

	private void act() {
		try {
			this.task.run();
		}
		finally {
			plan();
		}
	}

	@Override
	public synchronized void cancel() {
		this.cancelled = true;
		if (this.next != null) {
			this.next.cancel();
		}
	}

}
