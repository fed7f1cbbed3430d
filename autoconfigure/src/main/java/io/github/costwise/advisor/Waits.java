package io.github.costwise.advisor;

import java.time.Duration;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import io.github.costwise.time.Alarm;
import io.github.costwise.time.Timers;

/**
 * Waiting without a thread: the timers as reactive streams see them. What comes after a
 * wait does not keep the timers. Thread-safe.
 */
final class Waits {

	private final Timers timers;

	private final Scheduler then;

	/**
	 * Creates an instance.
	 * @param timers tell when time is up
	 */
	Waits(Timers timers) {
		this(timers, Schedulers.parallel());
	}

	/**
	 * Creates an instance.
	 * @param timers tell when time is up
	 * @param then does what comes after
	 */
	Waits(Timers timers, Scheduler then) {
		this.timers = timers;
		this.then = then;
	}

	/**
	 * Waits from each subscription on.
	 * @param delay how long
	 * @return a value once time is up; to cancel it ends the wait
	 */
	Mono<Boolean> after(Duration delay) {
		return Mono.<Boolean>create((sink) -> {
			Alarm alarm = this.timers.schedule(() -> sink.success(Boolean.TRUE), delay);
			sink.onDispose(alarm::cancel);
		}).publishOn(this.then);
	}

}
